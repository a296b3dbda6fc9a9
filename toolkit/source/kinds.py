"""Which format a file is in, told by what it holds; its name counts where the content leaves it open."""

import json
import re
import zipfile
from pathlib import PurePath
from typing import IO

from toolkit.source import delimited
from toolkit.source.columns import flat, key, usual
from toolkit.source.decode import glimpse
from toolkit.source.options import Options

HEAD = 65_536
_SUFFIXES = {
    "text": (".txt", ".text"),
    "markdown": (".md", ".markdown"),
    "web page": (".html", ".htm", ".xhtml", ".xht"),
    "pdf": (".pdf",),
    "docx": (".docx", ".docm", ".dotx"),
    "mail": (".eml", ".mhtml", ".mht"),
    "mailbox": (".mbox",),
    "csv": (".csv", ".tsv"),
    "json lines": (".jsonl", ".ndjson", ".json"),
    "parquet": (".parquet",),
    "zip": (".zip",),
    "tar": (".tar", ".tgz"),
    "gzip": (".gz",),
}
_BY_SUFFIX = {suffix: kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes}
SUFFIXES = frozenset(_BY_SUFFIX)
# What also holds texts, and is told of instead of being passed over.
_NOT_READ = frozenset(
    {".doc", ".dot", ".rtf", ".odt", ".ott", ".ods", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ppt", ".pptx", ".xml"}
    | {".epub", ".mobi", ".wpd", ".msg", ".pst", ".bz2", ".tbz2", ".xz", ".txz", ".7z", ".rar", ".zst"}
)
_ZIPPED = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "an Excel workbook",
    "xl/workbook.bin": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint file",
    "content.xml": "an OpenDocument file",
    "META-INF/container.xml": "an EPUB book",
}
_WEB_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.DOTALL)
_TAG = re.compile(r"<(?:p|div|br|title|meta|article|span|table|h[1-6])\b", re.I)
_HEADER = re.compile(r"[!-9;-~]+:[ \t]?.*(?:\r?\n[ \t].*)*\r?\n")
_MAIL_NAMES = frozenset({"received", "return-path", "message-id", "mime-version", "delivered-to", "dkim-signature"})
_JSON = re.compile(r'\s*(?:\[\s*\{|\{)\s*"(?:[^"\\\n]|\\.)*"\s*:')
_OBJECTS = re.compile(r"\s*\[\s*\{")
_WITH_WORDS = re.compile(r'"([\w .-]{1,60})"\s*:\s*\[?\s*"')
_MAILBOX = re.compile(r"From \S+.*\d{4}.*\r?\n(?=[!-9;-~]+:)")


def takes(name: str) -> bool:
    """Tell whether a folder's or an archive's file of this name is opened: it ends like a format that holds text.

    >>> takes("a.PDF"), takes("a.odt"), takes("a.png"), takes(".a.txt")
    (True, True, False, False)
    """
    path = PurePath(name)
    return path.suffix.lower() in SUFFIXES | _NOT_READ and not path.name.startswith(".")


def signed(head: bytes) -> bool:
    """Tell whether a file without an ending shows by its first bytes that it is a text in one of the formats."""
    by_bytes = _by_bytes(head)
    return by_bytes is not None or bool(_WEB_PAGE.match(glimpse(head)))


def lists_texts(head: bytes) -> bool:
    """Tell whether a JSON file begins like texts: a list of objects, or an object with a text. Many are something else.

    >>> lists_texts(b'[{"nr": 7}]'), lists_texts(b'{"body": "Calm."}'), lists_texts(b'{"notes": [{"text": "?"}]}')
    (True, True, False)
    """
    text = glimpse(head)
    try:
        found = flat(json.loads(text))
    except (ValueError, RecursionError, AttributeError):  # a list, or longer than its beginning
        return bool(_OBJECTS.match(text)) or any(key(name) in usual("text") for name in _WITH_WORDS.findall(text))
    return any(key(name.rpartition(".")[2]) in usual("text") for name, value in found.items() if isinstance(value, str))


def kind(stream: IO[bytes], name: str, options: Options) -> str:
    """Return the format of a file: a key of the readers, or with an article ("an Excel workbook") one that is not read.

    The stream is left at its beginning.
    """
    head = stream.read(HEAD)
    stream.seek(0)
    suffix = PurePath(name).suffix.lower()
    found = _by_bytes(head) or _by_text(glimpse(head), _BY_SUFFIX.get(suffix, "text"), options)
    if found == "zip":
        found = _zipped(stream, suffix)
        stream.seek(0)
    return found


def _by_bytes(head: bytes) -> str | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"PAR1"):
        return "parquet"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return "tar" if head[257:262] == b"ustar" else None


def _zipped(stream: IO[bytes], suffix: str) -> str:
    """Return what a ZIP file is; many formats are one."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return "docx" if suffix == ".docx" else "zip"
    found = next((what for name, what in _ZIPPED.items() if name in names), None)
    if found == "an OpenDocument file" and "mimetype" not in names:
        found = None
    return found or ("docx" if suffix == ".docx" else "zip")


def _by_text(text: str, by_name: str, options: Options) -> str:
    """Return the format of a text of which this is the beginning."""
    if by_name in {"csv", "json lines", "markdown"}:
        return by_name
    if _WEB_PAGE.match(text) or (by_name == "web page" and _TAG.search(text)):
        return "web page"
    if text.lstrip().startswith("<?xml"):
        return "an XML file"
    if _MAILBOX.match(text):
        return "mailbox"
    if _is_mail(text, by_name):
        return "mail"
    first = text.partition("\n")[0]
    if (first.startswith("{") and _is_object(first)) or _JSON.match(text):
        return "json lines"
    if delimited.is_table(text, options):
        return "csv"
    return "text"


def _is_mail(text: str, by_name: str) -> bool:
    """Tell whether a text begins with a message's headers, among them one that only mail programs write."""
    at, names = 0, set()
    while header := _HEADER.match(text, at):
        names.add(header[0].partition(":")[0].lower())
        at = header.end()
    ended = not text[at:].strip() or text.startswith(("\n", "\r\n"), at)
    return ended and ((len(names) > 2 and bool(names & _MAIL_NAMES)) or (by_name == "mail" and "from" in names))


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
