"""The bytes of a file become its documents: each format's reader by what the bytes are."""

import io
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import PurePath
from typing import IO

from toolkit.errors import SourceError
from toolkit.source import archive, delimited, docx, json_lines, mail, markdown, parquet, pdf, web_page
from toolkit.source.archive import Meter, TooMuch
from toolkit.source.content import Content, Piece, Unread
from toolkit.source.decode import decode, visible
from toolkit.source.kinds import kind
from toolkit.source.options import Options, flag
from toolkit.spans import identity


def _text(data: bytes, name: str, options: Options) -> Content:
    del options
    text, encoding = decode(data, name)
    return Content(encoding, text, identity(len(text)), {})


def _markdown(data: bytes, name: str, options: Options) -> Content:
    del options
    raw, encoding = decode(data, name)
    plain, alignment, metadata = markdown.plain(raw)
    if not visible(plain):
        raise SourceError(f"{name} holds markup but no words: put text into it, or leave it out")
    return Content(encoding, plain, alignment, metadata)


# Formats of which a file is one document, of which it holds many, and of which it holds other files.
_ONE: dict[str, Callable[[bytes, str, Options], Content]] = {
    "text": _text,
    "markdown": _markdown,
    "web page": web_page.content,
    "pdf": pdf.content,
    "docx": docx.content,
    "mail": mail.content,
}
_MANY: dict[str, Callable[[IO[bytes], str, Options], Iterator[Piece | Unread]]] = {
    "csv": delimited.pieces,
    "json lines": json_lines.pieces,
    "parquet": parquet.pieces,
    "mailbox": mail.pieces,
}
_PACKED = {"zip": archive.zipped, "tar": archive.tarred, "gzip": archive.gzipped}


def pieces(stream: IO[bytes], name: str, options: Options, meter: Meter | None = None) -> Iterator[Piece | Unread]:
    """Yield the documents in a file, and what could not be read of it.

    Raises
    ------
    SourceError
        When nothing, or nothing more, can be read of it.
    """
    meter = meter or Meter(name, _size(stream), options)
    format = kind(stream, PurePath(name).name, options)
    if reader := _MANY.get(format):
        yield from reader(stream, name, options)
    elif unpack := _PACKED.get(format):
        meter.depth += 1
        if meter.depth > options.max_depth:
            raise SourceError(f"{name} lies {meter.depth} archives deep: unpack it, or raise {flag('max_depth')}")
        yield from unpack(stream, name, meter, _inner(options, meter))
        meter.depth -= 1
    elif read := _ONE.get(format):
        data = stream.read(options.max_bytes + 1)
        if len(data) > options.max_bytes:
            raise SourceError(
                f"{name} is larger than {options.max_megabytes:g} MB: leave it out, or raise {flag('max_megabytes')}"
            )
        yield Piece("", sha256(data).hexdigest(), read(data, name, options))
    else:
        remedy = "save its cells as CSV" if "workbook" in format else "save it as plain text"
        raise SourceError(f"{name} is {format}, which this version does not read: {remedy}")


def _inner(options: Options, meter: Meter) -> archive.Inner:
    """Return how a member of an archive is read; one that cannot be read does not end the archive."""

    def read(stream: IO[bytes], name: str, within: str) -> Iterator[Piece | Unread]:
        depth = meter.depth
        try:
            for piece in pieces(stream, name, options, meter):
                yield piece._replace(name=within + piece.name) if isinstance(piece, Piece) else piece
        except TooMuch:
            raise
        except SourceError as error:
            yield Unread(name, str(error))
        finally:
            meter.depth = depth

    return read


def _size(stream: IO[bytes]) -> int:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size
