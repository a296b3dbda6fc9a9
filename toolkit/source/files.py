"""Find the texts that a user names, in files and folders, and read them one after the other."""

import hashlib
import io
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from toolkit.errors import SourceError, one_line
from toolkit.source import folders
from toolkit.source.clean import printable
from toolkit.source.clock import within
from toolkit.source.content import Metadata, Unread
from toolkit.source.decode import decode
from toolkit.source.handover import SUFFIX, received
from toolkit.source.kinds import SUFFIXES
from toolkit.source.options import Options, flag
from toolkit.source.readers import pieces
from toolkit.spans import Alignment

__all__ = ["SUFFIXES", "TextFile", "Unread", "find", "inside", "parse", "read", "shown", "slug", "texts"]
_LONGEST_ID = 80
_DEFAULT = Options()


class TextFile(NamedTuple):
    """A text as it was found: its id, the file that it is in, what was read there.

    `source_path` names the text for people, with its place in the file where that holds many
    ("news.csv, row 7"); `sha256` is of its own bytes (of a row, of its own cells). `plain` is the
    text without markup, `alignment` leads from it to the decoded file, or to `taken`, the text that
    was taken out of a file that is none, whose pages begin at the offsets `pages`. `place` is where
    in its file the text is, and `by_path` whether reading `path` alone gives this text.
    """

    doc_id: str
    path: Path
    source_path: str
    sha256: str
    encoding: str
    plain: str
    alignment: Alignment
    metadata: Metadata
    taken: str | None = None
    pages: tuple[int, ...] = ()
    place: str = ""
    by_path: bool = True


def find(sources: Iterable[str | Path]) -> list[tuple[str, Path]]:
    """Return the document id and path of every file: sources as they are given, folders by path.

    A folder stands for all files below it in one of the formats (see `folders`). The id is the file
    name's stem as a slug; a digest of the path is added where two would be the same.

    Raises
    ------
    SourceError
        When a source does not exist, or a folder holds no text.
    """
    paths: dict[str, Path] = {}
    for source in map(Path, sources):
        if source.is_dir():
            found = folders.below(source)
            if not found:
                raise SourceError(
                    f"{shown(source)} holds no text: put files ending in .txt, .md, .html, .pdf, .docx ... there"
                )
            paths |= {str(p): p for p in found}
        elif source.exists():
            paths[str(source)] = source
        elif source.is_symlink():
            raise SourceError(f"{shown(source)} is a link that leads to itself or to nothing: name the text itself")
        else:
            raise SourceError(f"{shown(source)} does not exist: check the path, or name a file or folder of texts")
    slugs = {key: slug(_stem(path)) for key, path in paths.items()}
    shared = {s for s, times in Counter(slugs.values()).items() if times > 1}
    taken = set(slugs.values()) - shared
    out = []
    for key, path in paths.items():
        doc_id = slugs[key]
        if doc_id in shared:
            doc_id = _free(doc_id, path.as_posix(), taken)
        out.append((doc_id, path))
    return out


def _stem(path: Path) -> str:
    return Path(path.stem).stem if path.suffix.lower() == ".gz" else path.stem


def _free(doc_id: str, name: str, taken: set[str]) -> str:
    """Return an id with a digest of the name that nobody has yet, and take it."""
    doc_id = f"{doc_id}-{_digest(name)}"
    while doc_id in taken:  # another file is named like this id
        doc_id = f"{doc_id}-{_digest(doc_id)}"
    taken.add(doc_id)
    return doc_id


def texts(sources: Iterable[str | Path], options: Options = _DEFAULT) -> Iterator[TextFile | Unread]:
    """Yield every text of the sources as it is read, and, with the reason, what could not be read.

    Files come in the order of `find`, the texts of one file in its own; no more than one text is
    held at a time.

    Raises
    ------
    SourceError
        When a source does not exist, or a folder holds no text.
    """
    found = find(sources)
    taken = {doc_id for doc_id, _ in found}
    own_ids: dict[tuple[str, str], str] = {}
    for file_id, path in found:
        for item in _of_file(file_id, path, options):
            if isinstance(item, Unread):
                yield item
                continue
            text, own_id = item
            if own_id is not None:
                where = text.source_path
                given = (where.rpartition(", ")[0], own_id)  # another file may number its texts likewise
                if given in own_ids:
                    told = f"{where} has the id {printable(own_id)[:60]!r} of {own_ids[given]}: give every text its own"
                    yield Unread(where, told)
                    continue
                own_ids[given] = where
            if text.doc_id != file_id or own_id is not None:
                if text.doc_id in taken:
                    text = text._replace(doc_id=_free(text.doc_id, text.source_path, taken))
                taken.add(text.doc_id)
            yield text


def _of_file(file_id: str, path: Path, options: Options) -> Iterator[tuple[TextFile, str | None] | Unread]:
    """Yield the texts of a file, each with the id that the file gives it; nothing is raised."""
    name = shown(path)
    slow = f"{name} takes longer than {options.max_seconds:g} s to read: leave it out, or raise {flag('max_seconds')}"
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # opening a pipe would wait for its writer
            raise SourceError(f"{name} is a pipe or a device, no file: save what comes out of it, and name that")
        with path.open("rb") as stream:
            before = os.fstat(stream.fileno())
            found = _texts(file_id, path, stream, options)
            held: list[tuple[TextFile, str | None] | Unread] = []
            while True:
                with within(options.max_seconds, slow):
                    item = next(found, None)
                if item is None:
                    break
                yield from held  # the last is kept back until the file is known not to have changed
                held = [item]
            after = os.fstat(stream.fileno())
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            yield from held
        else:
            yield Unread(name, f"{name} changed while it was read: read it again when nothing writes to it")
    except SourceError as error:
        yield Unread(name, str(error))
    except OSError as error:
        why = (error.strerror or one_line(error)).lower()
        yield Unread(name, f"{name} cannot be read ({why}): check the file and its permissions")
    except MemoryError:
        yield Unread(name, f"{name} needs more memory than there is: part it, or leave it out")
    except Exception as error:  # one text must not end a run of thousands
        why = f"{type(error).__name__}: {one_line(error)[:120]}"
        yield Unread(name, f"{name} cannot be read ({why}): report this as a bug of the toolkit")


def _texts(
    file_id: str, path: Path, stream: IO[bytes], options: Options
) -> Iterator[tuple[TextFile, str | None] | Unread]:
    name = shown(path)
    if path.name.endswith(SUFFIX):
        doc_id, source_path, sha256, content = received(decode(stream.read(), name)[0], name)
        yield TextFile(doc_id, path, source_path, sha256, *content), None
        return
    for piece in pieces(stream, name, options):
        if isinstance(piece, Unread):
            yield piece
            continue
        within_file = re.sub(r"(?<=[^/])\.\w{1,8}\Z", "", piece.name) if piece.name.startswith("/") else piece.name
        doc_id = slug(piece.own_id) if piece.own_id else slug(f"{file_id}{within_file}") if piece.name else file_id
        by_path = not piece.name and options == _DEFAULT
        text = TextFile(doc_id, path, name + piece.name, piece.sha256, *piece.content)
        yield text._replace(place=piece.name, by_path=by_path), piece.own_id


def inside(path: Path, options: Options = _DEFAULT) -> Iterator[TextFile | Unread]:
    """Yield every text of one file, told by its `place`, and what in it could not be read; nothing is raised."""
    for item in _of_file(slug(_stem(path)), path, options):
        yield item if isinstance(item, Unread) else item[0]


def read(doc_id: str, path: Path, options: Options = _DEFAULT) -> TextFile:
    """Return the text of a file that holds one.

    Raises
    ------
    SourceError
        When the file cannot be read, is empty, holds no text or many.
    """
    return _only(doc_id, path, list(_of_file(doc_id, path, options)))


def parse(doc_id: str, path: Path, data: bytes) -> TextFile:
    """Return the text in the bytes of a file that holds one; its path need not be there.

    Raises
    ------
    SourceError
        When the bytes are empty, hold no text or many.
    """
    return _only(doc_id, path, list(_texts(doc_id, path, io.BytesIO(data), _DEFAULT)))


def _only(doc_id: str, path: Path, found: list[tuple[TextFile, str | None] | Unread]) -> TextFile:
    if len(found) != 1:
        raise SourceError(f"{shown(path)} holds {len(found)} texts: read it with `texts`, which yields each")
    if isinstance(found[0], Unread):
        raise SourceError(found[0].reason)
    return found[0][0]._replace(doc_id=doc_id)


def slug(stem: str) -> str:
    """Return a file name's stem in lower-case letters, digits, hyphens and underscores.

    >>> slug("Café – Nº 7")
    'cafe-no-7'
    """
    ascii_only = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9_]+", "-", ascii_only.lower()).strip("-")
    return words[:_LONGEST_ID].strip("-") or f"text-{_digest(stem)}"


def shown(path: Path) -> str:
    """Return a path as people may safely see it, in any terminal and table."""
    return printable(path.as_posix())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
