"""Bytes to characters: which encoding a text is in, said aloud."""

import codecs

from toolkit.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FORMATS = (
    (b"\xd0\xcf\x11\xe0", "an old or an encrypted Word or Excel file, or an Outlook message"),
    (b"{\\rtf", "an RTF file"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_CONTROLS = set(range(32)) - {9, 10, 11, 12, 13, 27, 31}
DAMAGED = " (damaged)"


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the characters of a text file and the name of its encoding.

    Tried in this order: a byte order mark, UTF-16 without one, UTF-8, Windows-1252. UTF-8 with a
    few broken bytes stays UTF-8, marked as damaged, each broken byte as U+FFFD.

    Raises
    ------
    SourceError
        When the bytes are empty or no text.

    >>> decode("naïve".encode("cp1252"), "a.txt")
    ('naïve', 'windows-1252')
    """
    if not data.strip():
        raise SourceError(f"{name} is empty: put text into it, or leave it out")
    for magic, what in _OTHER_FORMATS:
        if data.startswith(magic):
            remedy = "unpack it and name what it holds" if "archive" in what else "save it as plain text"
            raise SourceError(f"{name} is {what}, which this version does not read: {remedy}")
    text, encoding = _decode(data)
    if text is None or sum(ord(c) in _CONTROLS for c in text) > len(text) // 50:
        raise SourceError(f"{name} holds binary data, not text: save it as plain text in UTF-8")
    if not visible(text):
        raise SourceError(f"{name} holds no text that can be seen: put text into it, or leave it out")
    return text, encoding


def glimpse(head: bytes) -> str:
    """Return the characters with which a text begins, whatever they are; its last may be cut."""
    return _decode(head)[0] or head.decode("latin-1")


def visible(text: str) -> bool:
    """Tell whether a text has a character that can be seen."""
    return any(c.isprintable() and not c.isspace() for c in text)


def _decode(data: bytes) -> tuple[str | None, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, errors="replace")
            return text, encoding + (DAMAGED if "\ufffd" in text else "")
    if (utf16 := _utf16_without_mark(data)) is not None:
        return utf16
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        return None, ""
    lenient = data.decode("utf-8", errors="surrogateescape")
    broken = sum("\udc80" <= c <= "\udcff" for c in lenient)
    whole = sum(c > "\x7f" for c in lenient) - broken
    if broken < whole:
        return "".join("\ufffd" if "\udc80" <= c <= "\udcff" else c for c in lenient), "utf-8" + DAMAGED
    # The five bytes that Windows-1252 leaves open are the C1 controls, as browsers read them.
    text = "".join(chr(b) if b in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else bytes([b]).decode("cp1252") for b in data)
    return text, "windows-1252"


def _utf16_without_mark(data: bytes) -> tuple[str, str] | None:
    """Return the text when every other byte is mostly zero, as in Western text in UTF-16."""
    head = data[:4096]
    for encoding, zeros, others in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        if len(data) % 2 == 0 and zeros and zeros.count(0) > 0.4 * len(zeros) and others.count(0) < 0.1 * len(others):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                return None
    return None
