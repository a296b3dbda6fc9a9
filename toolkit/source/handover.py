"""A document handed from the process that read it to a notebook, in a file of its own.

What lies in an archive or a table, or was read with options, is written out with all that was
found in it, so that the notebook's tables are those of the document itself.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import SourceError
from toolkit.source.clean import printable
from toolkit.source.content import Content
from toolkit.spans import Link

if TYPE_CHECKING:
    from toolkit.source.files import TextFile

SUFFIX = ".document.json"


def hand_over(text: "TextFile", folder: Path) -> Path:
    """Return the path at which `read` finds this document: its own file, or one that is written into the folder."""
    if text.by_path:
        return text.path
    content = {
        "doc_id": text.doc_id,
        "source_path": printable(text.path.name) + text.place,  # the same wherever the file lies
        "sha256": text.sha256,
        "encoding": text.encoding,
        "plain": text.plain,
        "alignment": text.alignment,
        "metadata": dict(text.metadata),
        "taken": text.taken,
        "pages": text.pages,
    }
    path = folder / f"{text.doc_id}{SUFFIX}"
    path.write_text(json.dumps(content) + "\n", encoding="ascii")
    return path


def received(raw: str, name: str) -> tuple[str, str, str, Content]:
    """Return the doc_id, the path, the digest and the content of a document that was handed over.

    Raises
    ------
    SourceError
        When it is damaged.
    """
    try:
        found: dict[str, Any] = json.loads(raw)
        links = tuple(Link(*map(int, link)) for link in found["alignment"])
        metadata = {str(key): str(value) for key, value in found["metadata"].items()}
        pages = tuple(map(int, found["pages"]))
        texts = [found[key] for key in ("doc_id", "source_path", "sha256", "encoding", "plain")]
        if not all(isinstance(t, str) for t in texts) or not isinstance(found["taken"], str | None):
            raise TypeError
        ends = [0, *(link.end for link in links)]
        if [link.start for link in links] != ends[:-1] or ends[-1] != len(found["plain"]):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SourceError(f"{name} is a damaged hand-over of a document: run the report again") from None
    doc_id, source_path, sha256, encoding, plain = texts
    return doc_id, source_path, sha256, Content(encoding, plain, links, metadata, found["taken"], pages)
