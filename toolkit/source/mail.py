"""Mail: the words of a message and what its headers say of it; and mailboxes of many messages."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256
from typing import IO, NamedTuple

from toolkit.errors import SourceError
from toolkit.source import web_page
from toolkit.source.content import Content, Piece, Unread, taken
from toolkit.source.decode import decode, visible
from toolkit.source.options import Options, flag

_ODD = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError)  # of headers that break rules
_SOFT_BREAK = re.compile(r"(?<=[^\n]) \r?\n(?!-- \r?\n)")
_ENVELOPE = re.compile(rb"From \S+.*\d{4}")  # what opens a message of a mailbox, where a header follows
_HEADER = re.compile(rb"[!-9;-~]+:")
_FEW = 60  # words of a plain part that may be a notice to read the web page instead
_SAME = 0.8  # share of a web page's words that the plain parts of the same text have
_PAGE_FROM = "Saved by "  # browsers save a page with its pictures as a message from themselves


def content(data: bytes, name: str, options: Options) -> Content:
    """Return the words of a message: its plain parts, or else what its HTML holds; attachments are left out.

    A message that only forwards another is that one; a page that a browser saved as one file is that page.

    Raises
    ------
    SourceError
        When it has no words, or is encrypted.
    """
    del options
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return _content(message, name)


def _content(message: EmailMessage, name: str) -> Content:
    if _header(message, "snapshot-content-location") or _PAGE_FROM in _header(message, "from"):
        page = next((part for part in message.walk() if part.get_content_subtype() == "html"), None)
        if isinstance(page, EmailMessage):
            text = _decoded(_payload(page), page.get_content_charset(), name)
            return web_page.of_page(text, "mail (web page)", name)
    found = [part for part in _parts(message, name) if visible(part.words)]
    if not found:
        forwarded = [part.get_payload(0) for part in message.walk() if part.get_content_type() == "message/rfc822"]
        if len(forwarded) == 1 and isinstance(forwarded[0], EmailMessage):
            return _content(forwarded[0], name)
        if any(part.get_content_subtype() in _ENCRYPTED for part in message.walk()):
            raise SourceError(f"{name} is encrypted: save its text from your mail program, and name that")
        raise SourceError(f"{name} is a message without words: save what is attached to it, and name that")
    kinds = ", ".join(dict.fromkeys(part.kind for part in found))
    return taken("\n\n".join(part.words for part in found), f"mail ({kinds})", _metadata(message), name)


_ENCRYPTED = frozenset({"encrypted", "pkcs7-mime", "x-pkcs7-mime"})


class _Part(NamedTuple):
    """A part of a message that is shown with it."""

    kind: str
    words: str


def _parts(message: EmailMessage, name: str) -> Iterator[_Part]:
    """Yield the words of a message in order, of alternatives the best one."""
    kind = message.get_content_type()
    try:
        apart = message.is_attachment() or (kind.startswith("text/") and message.get_filename() is not None)
        inner = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
    except _ODD:
        apart, inner = False, []
    if apart or message.get_content_maintype() == "message":
        return
    if kind == "multipart/alternative":
        yield from _best([list(_readable(part, name)) for part in inner])
    elif kind == "multipart/related":
        yield from (found for part in inner[:1] for found in _parts(part, name))
    elif message.is_multipart():
        yield from _each_once([found for part in inner for found in _parts(part, name)])
    elif kind in {"text/plain", "text/html"} or (message.get_content_maintype() == "text" and kind not in _OF_PROGRAMS):
        yield _part(message, name)


_OF_PROGRAMS = frozenset({"text/calendar", "text/vcard", "text/x-vcard", "text/css", "text/csv"})


def _readable(message: EmailMessage, name: str) -> Iterator[_Part]:
    try:
        yield from _parts(message, name)
    except SourceError:  # another of the alternatives may be read
        return


def _best(alternatives: list[list[_Part]]) -> list[_Part]:
    """Return the plain one of alternatives, or the web page where that is but a notice of it."""

    def length(parts: list[_Part]) -> int:
        return sum(len(part.words.split()) for part in parts)

    told = [parts for parts in alternatives if length(parts)]
    plain = next((parts for parts in told if all(part.kind == "plain" for part in parts)), [])
    longest = max(told, key=length, default=[])
    return longest if length(plain) < min(_FEW, length(longest) / 2) else plain


def _each_once(parts: list[_Part]) -> list[_Part]:
    """Return parts without the plain ones' words as a web page, where a program did not say that they are the same."""
    plain = {word for part in parts if part.kind == "plain" for word in part.words.split()}

    def is_new(part: _Part) -> bool:
        words = set(part.words.split())
        return part.kind != "html" or len(words & plain) < _SAME * len(words)

    return [part for part in parts if is_new(part)]


def _part(message: EmailMessage, name: str) -> _Part:
    kind = message.get_content_subtype()
    text = _decoded(_payload(message), message.get_content_charset(), name)
    words = _of_html(text, name) if kind == "html" else text
    if message.get_param("format") == "flowed":
        words = _SOFT_BREAK.sub(" ", words)
    return _Part(kind, words)


def _of_html(html: str, name: str) -> str:
    """Return the article of a message in HTML, or else all its words: few messages are built like a page."""
    try:
        return web_page.words(html, name)
    except SourceError:
        return web_page.fragment(html)


def _payload(message: EmailMessage) -> bytes:
    payload = message.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(data: bytes, charset: str | None, name: str) -> str:
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, ValueError):
        return decode(data, name)[0]


def _metadata(message: EmailMessage) -> dict[str, str]:
    """Return subject, sender, day, and the list or organization, as title, author, date and outlet."""
    phrase, address = parseaddr(_header(message, "from"))
    listed = re.sub(r"<.*", "", _header(message, "list-id")).strip(" \"'")
    found = {
        "title": _header(message, "subject"),
        "author": phrase or address,
        "outlet": _header(message, "organization") or listed,
    }
    try:
        found["date"] = parsedate_to_datetime(_header(message, "date")).date().isoformat()
    except (*_ODD, OverflowError):
        pass
    return {key: value for key, value in found.items() if value}


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except _ODD:
        return ""


def pieces(stream: IO[bytes], name: str, options: Options) -> Iterator[Piece | Unread]:
    """Yield a document for each message of a mailbox (mbox), numbered from 1."""
    for number, data in enumerate(_messages(stream, name, options), 1):
        at = f", message {number}"
        try:
            yield Piece(at, sha256(data).hexdigest(), content(data, f"{name}{at}", options))
        except SourceError as error:
            yield Unread(f"{name}{at}", str(error))


def _messages(stream: IO[bytes], name: str, options: Options) -> Iterator[bytes]:
    """Yield the bytes of each message.

    The next one is opened by a line with "From ", a sender and a time, behind an empty line and before a header: many
    programs do not mark a sentence that begins with "From".
    """
    lines: list[bytes] = []
    size, blank, line = 0, True, stream.readline(options.max_bytes + 1)
    while line:
        following = stream.readline(options.max_bytes + 1)
        size += len(line)
        if size > options.max_bytes:
            raise SourceError(
                f"{name} has a message larger than {options.max_megabytes:g} MB: raise {flag('max_megabytes')}"
            )
        if blank and _ENVELOPE.match(line) and _HEADER.match(following):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        else:
            lines.append(re.sub(rb"\A>(>*From )", rb"\1", line))
        blank = not line.strip()
        line = following
    if lines:
        yield b"".join(lines)
