"""Archives: the texts in ZIP, TAR and gzip files, read in memory; nothing is ever unpacked onto the disk."""

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from gzip import GzipFile
from pathlib import PurePosixPath
from typing import IO, Any

from toolkit.errors import SourceError, one_line
from toolkit.source.clean import printable
from toolkit.source.content import Piece, Unread
from toolkit.source.kinds import HEAD, lists_texts, signed, takes
from toolkit.source.options import Options, flag

Inner = Callable[[IO[bytes], str, str], Iterator[Piece | Unread]]  # a member's bytes, its name, its name within
_UNPACKERS = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError)
_BROKEN = (*_UNPACKERS, ValueError, IndexError, KeyError, OverflowError)  # what they meet in damaged headers
_STEP = 1 << 18


class _Header(tarfile.TarInfo):
    """A header that says so when it is damaged; tarfile takes one for the end of the archive."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> "_Header":
        try:
            return super().fromtarfile(archive)
        except (tarfile.TruncatedHeaderError, tarfile.InvalidHeaderError) as error:  # type: ignore[attr-defined]
            raise tarfile.ReadError(str(error)) from None


class TooMuch(SourceError):
    """An archive that asks for more than it may; no more of it is read."""


class Meter:
    """Count what is unpacked from one file, at every depth, and stop it where it is too much for its size."""

    def __init__(self, name: str, packed: int, options: Options) -> None:
        """Allow `max_ratio` times the packed size, or a megabyte where that is more."""
        self.name, self.options = name, options
        self.left = max(options.max_ratio * packed, 1_000_000)
        self.depth = 0

    def data(self, stream: IO[bytes] | GzipFile, name: str) -> bytes:
        """Return the bytes of one file in the archive.

        Raises
        ------
        SourceError
            When it is too large; TooMuch when the archive is.
        """
        blocks, size = [], 0
        while block := stream.read(_STEP):
            size += len(block)
            self.spend(len(block))
            if size > self.options.max_bytes:
                raise SourceError(
                    f"{name} is larger than {self.options.max_megabytes:g} MB: leave it out, "
                    f"or raise {flag('max_megabytes')}"
                )
            blocks.append(block)
        return b"".join(blocks)

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked."""
        self.left -= size
        if self.left < 0:
            raise TooMuch(
                f"{self.name} unpacks to over {self.options.max_ratio} times its size, as archives do that are made "
                f"to fill a machine: leave it out, or raise {flag('max_ratio')}"
            )


def zipped(stream: IO[bytes], name: str, meter: Meter, inner: Inner) -> Iterator[Piece | Unread]:
    """Yield the documents of a ZIP file's members, in the order of the archive."""
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise _damaged(name, "ZIP", error) from None
    with archive:
        members = [(m.filename, m) for m in archive.infolist() if not m.filename.endswith("/")]

        def opened(member: Any) -> IO[bytes]:
            if member.flag_bits & 1:
                raise SourceError("is encrypted: unpack it with its password and name what it holds")
            if member.external_attr >> 28 == 0xA:
                raise SourceError(_LINK)
            return archive.open(member)

        yield from _members(iter(members), name, opened, meter, inner)


def tarred(stream: IO[bytes], name: str, meter: Meter, inner: Inner) -> Iterator[Piece | Unread]:
    """Yield the documents of a TAR file's members, in the order of the archive."""
    try:
        archive = tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header)  # noqa: SIM115
    except _BROKEN as error:
        raise _damaged(name, "TAR", error) from None
    with archive:

        def opened(member: Any) -> IO[bytes]:
            if not member.isfile():
                raise SourceError(_LINK)
            found = archive.extractfile(member)
            assert found is not None
            return found

        def members() -> Iterator[tuple[str, Any]]:
            for member in archive:
                archive.members = []  # type: ignore[attr-defined]  # else each is remembered
                if not member.isdir():
                    yield member.name, member

        yield from _members(members(), name, opened, meter, inner)


def gzipped(stream: IO[bytes], name: str, meter: Meter, inner: Inner) -> Iterator[Piece | Unread]:
    """Yield the documents of the file that was packed, or of the TAR file that was."""
    unpacked = GzipFile(fileobj=stream)
    try:
        is_tar = unpacked.read(512)[257:262] == b"ustar"
        unpacked.seek(0)
        if is_tar:
            yield from tarred(io.BufferedReader(_Metered(unpacked, meter)), name, meter, inner)
            return
        data = meter.data(unpacked, name)
    except _BROKEN as error:
        raise _damaged(name, "gzip", error) from None
    yield from inner(io.BytesIO(data), name.removesuffix(".gz"), "")


_LINK = "is a link or a device, which is not followed: put the text itself into the archive"


def _members(
    members: Iterator[tuple[str, Any]], name: str, opened: Callable[[Any], IO[bytes]], meter: Meter, inner: Inner
) -> Iterator[Piece | Unread]:
    nothing = True
    while True:
        try:
            found = next(members, None)
        except _BROKEN as error:
            raise _damaged(name, "archive", error) from None
        if found is None:
            break
        written, member = found
        path = PurePosixPath(written.replace("\\", "/"))
        like = signed if "." not in path.name else lists_texts if path.suffix.lower() == ".json" else None
        if not (takes(path.name) or like) or "__MACOSX" in path.parts or path.name.startswith("."):
            continue
        within = f"/{printable(path.as_posix())}"
        item = _taken_out(path, f"{name}{within}", partial(opened, member), meter)
        if like and (isinstance(item, Unread) or not like(item[:HEAD])):
            continue
        nothing = False
        if isinstance(item, Unread):
            yield item
        else:
            yield from inner(io.BytesIO(item), f"{name}{within}", within)
    if nothing:
        raise SourceError(f"{name} holds no text: put files of a format that is read into it, or leave it out")


def _taken_out(path: PurePosixPath, where: str, opened: Callable[[], IO[bytes]], meter: Meter) -> bytes | Unread:
    """Return the bytes of a member, or why there are none."""
    try:
        if path.is_absolute() or ".." in path.parts or path.drive or ":" in path.parts[0]:
            raise SourceError("has a name that leads out of the archive: rename it there")
        return meter.data(opened(), where)
    except TooMuch:
        raise
    except SourceError as error:
        return Unread(where, str(error) if str(error).startswith(where) else f"{where} {error}")
    except _BROKEN as error:
        return Unread(where, f"{where} is damaged ({one_line(error)[:120]}): pack it anew")


def _damaged(name: str, what: str, error: BaseException) -> SourceError:
    return SourceError(f"{name} is a damaged {what} ({one_line(error)[:120]}): pack it anew")


class _Metered(io.RawIOBase):
    """A stream that is unpacked while it is read, counted against its archive's meter."""

    def __init__(self, stream: GzipFile, meter: Meter) -> None:
        self.stream, self.meter = stream, meter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self.stream.read(len(buffer))
        self.meter.spend(len(block))
        buffer[: len(block)] = block
        return len(block)
