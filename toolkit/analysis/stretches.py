"""Whose words is each stretch of the text?"""

from typing import NamedTuple

import pandas as pd

from toolkit.analysis.query import asked_once
from toolkit.source.segment import words
from toolkit.spans import Span, innermost
from toolkit.tables import Tables

COLUMNS = ("doc_id", "paragraph", "sentence_id", "start", "end", "attribution_id", "words")


class _Content(NamedTuple):
    start: int
    end: int
    attribution_id: str


@asked_once
def stretches(tables: Tables) -> pd.DataFrame:
    """Return one row per stretch of a sentence that is in one voice, in reading order.

    Where contents lie in each other, a stretch belongs to the innermost. `attribution_id` is
    missing where the author speaks. `words` counts the words that begin in the stretch.
    """
    contents: dict[str, list[_Content]] = {}
    spans = tables.attribution_spans
    for row in spans[spans["role"] == "content"].itertuples(index=False):
        contents.setdefault(row.doc_id, []).append(_Content(row.start, row.end, row.attribution_id))
    rows = []
    for document in tables.documents.itertuples(index=False):
        own = sorted(contents.get(document.doc_id, []))
        sentences = tables.sentences[tables.sentences["doc_id"] == document.doc_id]
        first = 0
        for sentence in sentences.itertuples(index=False):
            while first < len(own) and own[first].end <= sentence.start:
                first += 1
            over = []
            for content in own[first:]:
                if content.start >= sentence.end:
                    break
                if content.end > sentence.start:
                    over.append(content)
            for span, owner in innermost(Span(sentence.start, sentence.end), over):
                rows.append(
                    (
                        document.doc_id,
                        sentence.paragraph,
                        sentence.sentence_id,
                        span.start,
                        span.end,
                        owner,
                        words(document.text[slice(*span)]),
                    )
                )
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"attribution_id": "str"})
