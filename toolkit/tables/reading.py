"""Reading: the rows of a table by document, and the paragraphs that sentences make."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from toolkit.spans import Span


def by_document(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the rows of a table, by the document that they are in."""
    return {key: list(rows.itertuples(index=False)) for key, rows in frame.groupby("doc_id", sort=False)}


def paragraphs(sentences: Sequence[Any]) -> list[Span]:
    """Return the headline and the paragraphs, each from its first sentence to its last."""
    ends: dict[tuple[str, int], Span] = {}
    for row in sentences:
        span = ends.get((row.part, row.paragraph), Span(row.start, row.end))
        ends[row.part, row.paragraph] = Span(min(span.start, row.start), max(span.end, row.end))
    return sorted(ends.values())
