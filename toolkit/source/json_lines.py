"""JSON Lines: a line is a document, its keys are its columns. And JSON: so is each object of a list."""

import codecs
import io
import json
from collections.abc import Iterator
from typing import IO, Any

from toolkit.errors import SourceError, one_line
from toolkit.source.columns import Columns, columns, document, flat
from toolkit.source.content import Piece, Unread
from toolkit.source.decode import decode
from toolkit.source.options import Options, flag

_ODD = (ValueError, RecursionError)
_PATIENCE = 20  # objects without a text that may come before the first with one


def pieces(stream: IO[bytes], name: str, options: Options) -> Iterator[Piece | Unread]:
    """Yield a document for each line, or for each object of a file that is one list of objects.

    An object in an object gives columns of its keys: "article.body".

    Raises
    ------
    SourceError
        When the first objects have no such column, or it is a list and no whole one.
    """
    stream, encoding = _in_utf_8(stream, name, options)
    found = (_of_whole if _is_list(stream) else _of_lines)(stream, name, options)
    named: Columns | None = None
    waiting: list[Unread] = []
    complaint: SourceError | None = None
    nothing = True
    for at, row, read_as in found:
        nothing = False
        where = f"{name}{at}"
        if isinstance(row, Unread):
            yield row
            continue
        if not isinstance(row, dict):
            yield Unread(where, f"{where} is JSON but no object: write it as {{...}} with a text under a key")
            continue
        row = flat(row)
        if named is None:
            try:
                named = columns(list(row), options, name)
            except SourceError as error:
                complaint = complaint or error
                waiting.append(Unread(where, f"{where}{str(error).removeprefix(name)}"))
                if len(waiting) > _PATIENCE:
                    break
                continue
            yield from waiting
        named_here = (
            columns(list(row), options, name) if named.text in row and not set(named) <= {*row, None} else named
        )
        yield document(row, named_here, at, name, encoding or read_as)
    if complaint and named is None:
        raise complaint
    if nothing:
        raise SourceError(f"{name} holds no object: write {{...}} on each line, with a text under a key")


Row = tuple[str, Any, str]  # where it is in the file, the object or why there is none, how it was read


def _of_lines(stream: IO[bytes], name: str, options: Options) -> Iterator[Row]:
    number = 0
    while line := stream.readline(options.max_bytes + 1):
        number += 1
        at = f", line {number}"
        where = f"{name}{at}"
        if len(line) > options.max_bytes:
            raise SourceError(f"{where} is longer than {options.max_megabytes:g} MB: raise {flag('max_megabytes')}")
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        try:
            try:
                row, encoding = json.loads(line.decode()), "utf-8"
            except UnicodeDecodeError:
                written, encoding = decode(line, where)
                row = json.loads(written)
            items = _items(row, name, options) if number == 1 and not _goes_on(stream) else None
            yield from (
                ((f", item {n}", r, encoding) for n, r in enumerate(items, 1)) if items else [(at, row, encoding)]
            )
        except _ODD as error:
            yield at, Unread(where, f"{where} is not JSON ({one_line(error)[:120]}): mend it, or leave it out"), ""
        except SourceError as error:
            yield at, Unread(where, str(error)), ""


def _in_utf_8(stream: IO[bytes], name: str, options: Options) -> tuple[IO[bytes], str]:
    """Return a stream in UTF-8 and, where it had to be read for that, how it was."""
    marked = stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    stream.seek(0)
    if not marked:
        return stream, ""
    written, encoding = decode(_whole(stream, name, options), name)
    return io.BytesIO(written.encode("utf-8", "replace")), encoding


def _whole(stream: IO[bytes], name: str, options: Options) -> bytes:
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise SourceError(
            f"{name} is larger than {options.max_megabytes:g} MB and cannot be read line by line: "
            f"write an object on each line, in UTF-8, or raise {flag('max_megabytes')}"
        )
    return data


def _is_list(stream: IO[bytes]) -> bool:
    """Tell whether a file is one list, or one object on several lines; the stream is left at its beginning."""
    head = stream.read(4096).removeprefix(codecs.BOM_UTF8)
    stream.seek(0)
    first = head.lstrip().partition(b"\n")[0].strip()
    return first.startswith(b"[") or first == b"{"


def _of_whole(stream: IO[bytes], name: str, options: Options) -> Iterator[Row]:
    written, encoding = decode(_whole(stream, name, options), name)
    try:
        found = json.loads(written)
    except _ODD as error:
        raise SourceError(
            f"{name} is not JSON ({one_line(error)[:120]}): mend it, or write an object on each line"
        ) from None
    items = _items(found, name, options)
    yield from ((f", item {n}", row, encoding) for n, row in enumerate(items, 1)) if items else [("", found, encoding)]


def _goes_on(stream: IO[bytes]) -> bool:
    at = stream.tell()
    following = stream.read(1024).strip()
    stream.seek(at)
    return bool(following)


def _items(found: Any, name: str, options: Options) -> list[Any] | None:
    """Return the objects of a list, or of the only list of objects in an object that is no text itself."""
    if not isinstance(found, dict):
        return found if isinstance(found, list) else None
    try:
        columns(list(flat(found)), options, name)
    except SourceError:
        lists = [value for value in flat(found).values() if _is_of_objects(value)]
        return lists[0] if len(lists) == 1 else None
    return None


def _is_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)
