"""What is in the sources of a plan: its texts by id, place and digest, and later the texts themselves, in order."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit import digests
from toolkit.cache import Cache
from toolkit.errors import SourceError
from toolkit.source.content import Unread
from toolkit.source.options import Options

if TYPE_CHECKING:
    from toolkit.report.plan import Run
    from toolkit.source.files import TextFile


class Listed(NamedTuple):
    """A text of a plan: its id, its file, where it is there, and the digest of its own bytes."""

    doc_id: str
    source: Path
    place: str
    sha256: str


class Listing(NamedTuple):
    """All texts of a plan, and what could not be read."""

    texts: list[Listed]
    unread: list[Unread]


def listing(sources: Sequence[Path], reading: Options, kept: Cache | None) -> Listing:
    """Return what is in sources; where no file has changed, as it was kept.

    Raises
    ------
    SourceError
        When a source does not exist, or a folder holds no text.
    """
    from toolkit.source import files

    key = _key(files.find(sources), reading)
    if kept and (known := kept.get(key)):
        found, unread = json.loads(known)
        texts = [Listed(doc_id, Path(source), place, sha256) for doc_id, source, place, sha256 in found]
        return Listing(texts, [Unread(*one) for one in unread])
    listed = Listing([], [])
    for text in files.texts(sources, reading):
        if isinstance(text, Unread):
            listed.unread.append(text)
        else:
            listed.texts.append(Listed(text.doc_id, text.path, text.place, text.sha256))
    if kept:
        rows = [(text.doc_id, str(text.source), *text[2:]) for text in listed.texts]
        kept.put(key, json.dumps([rows, listed.unread]).encode())
    return listed


def _key(found: Iterable[tuple[str, Path]], reading: Options) -> str:
    """Return one digest of all that decides what is found in files."""
    made_of: list[object] = [digests.code(), repr(reading)]
    for doc_id, path in found:
        try:
            made_of.append([doc_id, str(path), digests.of_file(path)])
        except OSError as error:
            made_of.append([doc_id, str(path), error.errno])
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()


def with_texts(runs: Iterable["Run"], reading: Options) -> "Iterator[tuple[Run, TextFile | SourceError]]":
    """Yield each run with its text, as it is read, or with why it cannot be; no more than one text is held.

    Runs come in the order of their plan, so that each file is read once.
    """
    from toolkit.source.files import inside

    for source, of_source in groupby(runs, key=lambda run: run.source):
        found = inside(source, reading)
        for (place, sha256), same in groupby(of_source, key=lambda run: (run.place, run.sha256)):
            text = text_at(found, place, sha256)
            for run in same:
                yield run, SourceError(text.reason) if isinstance(text, Unread) else text._replace(doc_id=run.doc_id)


def text_at(found: "Iterator[TextFile | Unread]", place: str, sha256: str | None = None) -> "TextFile | Unread":
    """Return the next text that is at a place in its file, with a digest, if one is given."""
    last = None
    for item in found:
        if isinstance(item, Unread):
            last = item
        elif item.place == place and sha256 in (None, item.sha256):
            return item
    return last or Unread("", "the text changed since the batch began: start it again")
