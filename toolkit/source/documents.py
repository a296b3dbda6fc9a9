"""Texts to the tables of sources: documents, their alignment to the files, the pages of those that are no text."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from toolkit.errors import SourceError
from toolkit.source import files
from toolkit.source.clean import clean, printable
from toolkit.source.days import day
from toolkit.source.language import language
from toolkit.source.segment import layout, words
from toolkit.spans import composed
from toolkit.tables import conform
from toolkit.tables.contracts import ALIGNMENT, DOCUMENTS, FAILURES, PAGES


def load(sources: Iterable[str | Path]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables documents (a row per text) and alignment (a row per kept stretch).

    Raises
    ------
    SourceError
        When a source is not there, or any text cannot be read.
    """
    found = []
    for text in files.texts(sources):
        if isinstance(text, files.Unread):
            raise SourceError(text.reason)
        found.append(text)
    return from_texts(found)


def from_texts(texts: Iterable[files.TextFile]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return documents and alignment of texts that are already read; see `load`."""
    documents, stretches = [], []
    for file in texts:
        text, to_plain = clean(file.plain)
        alignment = composed(to_plain, file.alignment)
        parts = layout(text)
        dated, metadata = parts.dateline, file.metadata
        headline = text[slice(*parts.headline)] if parts.headline else None
        documents.append(
            {
                "doc_id": file.doc_id,
                "title": _filled(metadata.get("title")) or headline,
                "author": _filled(metadata.get("author")) or parts.author,
                "outlet": _filled(metadata.get("outlet")),
                "published": day(metadata.get("date", "")) or (dated.date if dated else None),
                "dateline": dated.place if dated else None,
                "language": language(text),
                "encoding": file.encoding,
                "source_path": file.source_path,
                "sha256": file.sha256,
                "words": words(text),
                "text": text,
            }
        )
        stretches += [{"doc_id": file.doc_id, **link._asdict()} for link in alignment]
    return conform(pd.DataFrame(documents), DOCUMENTS), conform(pd.DataFrame(stretches), ALIGNMENT)


def pages(texts: Iterable[files.TextFile]) -> pd.DataFrame:
    """Return the table pages: a row per page of each text that was taken out of a file that is no plain text."""
    rows: list[dict[str, object]] = []
    for text in texts:
        if text.taken is None:
            continue
        starts = text.pages or (0,)
        ends = (*starts[1:], len(text.taken))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), bool(text.pages)):
            page = {"doc_id": text.doc_id, "page": number, "raw_start": start, "raw_end": end}
            rows.append({**page, "text": text.taken[start:end]})
    return conform(pd.DataFrame(rows), PAGES)


def failures(unread: Sequence[files.Unread]) -> pd.DataFrame:
    """Return the table failures: a row per file, or text in one, that could not be read."""
    return conform(pd.DataFrame(unread, columns=list(files.Unread._fields)).drop_duplicates(), FAILURES)


def _filled(value: str | None) -> str | None:
    return printable(" ".join(value.split())) or None if value else None
