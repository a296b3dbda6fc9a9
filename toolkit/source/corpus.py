"""An annotated corpus: documents as JSON Lines, with what people found in them."""

import json
from pathlib import Path
from typing import Any

from toolkit.errors import SourceError, one_line
from toolkit.source.files import TextFile, shown
from toolkit.spans import identity


def read_corpus(path: Path) -> list[dict[str, Any]]:
    """Return the documents of a corpus, each with doc_id, text and attributions.

    Raises
    ------
    SourceError
        Naming the file, the line and what is wrong with it.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"{shown(path)} cannot be read ({one_line(error)}): name a JSON Lines file in UTF-8"
        ) from None
    documents: list[dict[str, Any]] = []
    ids: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{shown(path)}, line {number}"
        try:
            document = json.loads(line)
        except ValueError as error:
            raise SourceError(f"{where} is not JSON ({one_line(error)}): mend it or leave it out") from None
        if not isinstance(document, dict) or not all(isinstance(document.get(k), str) for k in ("doc_id", "text")):
            raise SourceError(f'{where} lacks a "doc_id" or a "text": give it both, as strings')
        if document["doc_id"] in ids:
            raise SourceError(f"{where} has the doc_id {document['doc_id']!r} again: give every document its own")
        ids.add(document["doc_id"])
        documents.append(document)
    if not documents:
        raise SourceError(f"{shown(path)} holds no document: put one on each line")
    return documents


def text_of(document: dict[str, Any]) -> TextFile:
    """Return the text of a corpus document, offsets in it being those of the corpus."""
    doc_id, text = document["doc_id"], document["text"]
    return TextFile(doc_id, Path(), doc_id, "", "utf-8", text, identity(len(text)), {})


def annotated(documents: list[dict[str, Any]], path: Path, layer: str) -> list[dict[str, Any]]:
    """Return the documents, each of which has a layer of annotation.

    Raises
    ------
    SourceError
        Naming the first document that lacks the layer.
    """
    for document in documents:
        if layer not in document:
            raise SourceError(
                f"{shown(path)}, document {document['doc_id']!r} lacks {layer!r}: name a corpus that people annotated"
            )
    return documents
