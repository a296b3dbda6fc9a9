"""Texts to the first two tables: documents, and their alignment to the files."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from toolkit.source import files
from toolkit.source.clean import clean, printable
from toolkit.source.language import language
from toolkit.source.segment import full_date, layout, words
from toolkit.spans import composed
from toolkit.tables import conform
from toolkit.tables.contracts import ALIGNMENT, DOCUMENTS


def load(sources: Iterable[str | Path]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables documents (a row per text) and alignment (a row per kept stretch).

    Raises
    ------
    SourceError
        When a source is not there or cannot be read.
    """
    return from_texts(files.read(doc_id, path) for doc_id, path in files.find(sources))


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
                "published": full_date(metadata.get("date", "")) or (dated.date if dated else None),
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


def _filled(value: str | None) -> str | None:
    return printable(" ".join(value.split())) or None if value else None
