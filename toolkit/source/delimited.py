"""CSV and its kin: a row is a document, the delimiter is found by the header."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

from toolkit.errors import SourceError, one_line
from toolkit.source.clean import printable
from toolkit.source.columns import Columns, columns, document, key, usual
from toolkit.source.content import Piece, Unread
from toolkit.source.decode import decode
from toolkit.source.options import Options, flag

_DELIMITERS = (",", ";", "\t", "|")
_STEP = 1 << 20
_LONGEST_NAME = 80
_SAID = re.compile(r'"?sep=(.)"?\s*')  # the line with which Excel says which delimiter it wrote


def is_table(head: str, options: Options) -> bool:
    """Tell whether a text begins like a table: a header that names the text, and a row of as many cells."""
    delimiter = _delimiter(head[:8192].splitlines(), options)
    try:
        parsed = [row for row in csv.reader(io.StringIO(head), delimiter=delimiter) if row][:2]
    except csv.Error:
        return False
    if len(parsed) < 2 or len(parsed[0]) < 2 or max(map(len, parsed[0])) > _LONGEST_NAME:
        return False
    return _names_the_text(parsed[0], options) and len(parsed[0]) == len(parsed[1])


def pieces(stream: IO[bytes], name: str, options: Options) -> Iterator[Piece | Unread]:
    """Yield a document for each row; rows are numbered as in a spreadsheet, the header being the first.

    Raises
    ------
    SourceError
        When the file is no table, or has no such column.
    """
    lines, encoding = _lines(stream, name, options)
    ahead = list(islice(lines, 1))
    if said := _SAID.fullmatch(ahead[0] if ahead else ""):
        ahead = []
    delimiter = said[1] if said else _delimiter(ahead, options)
    csv.field_size_limit(min(options.max_bytes, 2**31 - 1))
    source = _Lines(_both(ahead, lines))
    rows = csv.reader(source, delimiter=delimiter)
    number = 0
    try:
        header = next((row for row in rows if row), [])
        if len(header) < 2 and not _names_the_text(header, options):
            alone = printable(header[0][:60]) if header else ""
            raise SourceError(
                f"{name} has one column, {alone!r}: part its cells by commas, semicolons, tabs or |, or save it as CSV"
            )
        named = columns(header, options, name)
        if header.count(named.text) > 1:
            raise SourceError(f"{name} has several columns {named.text!r}: rename all but the one that holds the text")
        for number, row in enumerate(rows, 2):
            if any(row):
                yield _of_row(row, header, named, number, name, encoding, source.ended)
        if not number:
            raise SourceError(f"{name} holds names of columns and no row: put texts below them, or leave it out")
    except csv.Error as error:
        raise SourceError(
            f"{name} cannot be read beyond row {number or 1} ({one_line(error)}): "
            f"check its quotation marks, or raise {flag('max_megabytes')}"
        ) from None


def _of_row(
    row: list[str], header: list[str], named: Columns, number: int, name: str, encoding: str, is_open: bool
) -> Piece | Unread:
    at = f", row {number}"
    where = f"{name}{at}"
    if is_open:
        return Unread(where, f"{where} opens a quotation mark that nothing closes: close it, for all below is in it")
    if len(row) != len(header):
        told = f"{where} has {len(row)} cells, the header {len(header)}: "
        return Unread(where, told + "put its text in quotation marks, and double those in it")
    return document(dict(zip(header, row, strict=True)), named, at, name, encoding)


class _Lines:
    """Lines of a table; when a row is complete and the lines have ended, it ended inside quotation marks."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self.ended = iter(lines), False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            return next(self._lines)
        except StopIteration:
            self.ended = True
            raise


def _names_the_text(header: list[str], options: Options) -> bool:
    wanted = {key(options.text_column)} if options.text_column else set(usual("text"))
    return not wanted.isdisjoint(map(key, header))


def _delimiter(ahead: list[str], options: Options) -> str:
    """Return the delimiter under which the header names the text, or else has most columns."""

    def promise(delimiter: str) -> tuple[bool, int]:
        try:
            header = next(csv.reader(ahead, delimiter=delimiter), [])
        except csv.Error:
            return False, 0
        return _names_the_text(header, options), len(header)

    return max(_DELIMITERS, key=promise)


def _both(ahead: Iterable[str], lines: Iterable[str]) -> Iterator[str]:
    yield from ahead
    yield from lines


def _decoded(stream: IO[bytes]) -> Iterator[str]:
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        yield from lines
    finally:
        if not stream.closed:
            lines.detach()  # it would close the stream, which is not its own


def _lines(stream: IO[bytes], name: str, options: Options) -> tuple[Iterator[str], str]:
    """Return the lines of a file and its encoding; UTF-8 is read as a stream, others as a whole."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        seen = 0
        while block := stream.read(_STEP):
            decoder.decode(block)
            seen |= b"\x00" in block or (not seen and block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)))
        decoder.decode(b"", final=True)
        whole = not seen
    except UnicodeDecodeError:
        whole = False
    stream.seek(0)
    if whole:
        return _decoded(stream), "utf-8"
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise SourceError(
            f"{name} is larger than {options.max_megabytes:g} MB and not in UTF-8: save it in UTF-8, "
            f"or raise {flag('max_megabytes')}"
        )
    text, encoding = decode(data, name)
    return iter(io.StringIO(text, newline="")), encoding
