"""Mail: the words of a message and what its headers say of it; and mailboxes of many messages."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256
from typing import IO

from toolkit.errors import SourceError
from toolkit.source import web_page
from toolkit.source.content import Content, Piece, Unread, taken
from toolkit.source.decode import decode
from toolkit.source.options import Options, flag

_ODD = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError)  # of headers that break rules
_SOFT_BREAK = re.compile(r"(?<=[^\n]) \r?\n(?!-- \r?\n)")


def content(data: bytes, name: str, options: Options) -> Content:
    """Return the words of a message: its plain part, or else what its HTML holds; attachments are left out.

    Raises
    ------
    SourceError
        When it has no words.
    """
    del options
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = _body(message)
    if body is None:
        raise SourceError(f"{name} is a message without words: save what is attached to it, and name that")
    kind = body.get_content_subtype()
    payload = body.get_payload(decode=True)
    words = payload if isinstance(payload, bytes) else b""
    text = _decoded(words, body.get_content_charset(), name)
    found = web_page.words(text, name) if kind == "html" else text
    if body.get_param("format") == "flowed":
        found = _SOFT_BREAK.sub(" ", found)
    return taken(found, f"mail ({kind})", _metadata(message), name)


def _body(message: EmailMessage) -> EmailMessage | None:
    try:
        body = message.get_body(("plain", "html"))
    except _ODD:
        body = None
    if body is None and message.get_content_maintype() == "text":
        return message
    return body if isinstance(body, EmailMessage) else None


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
    """Yield the bytes of each message; a line that begins with "From " after an empty one opens the next."""
    lines: list[bytes] = []
    size, blank, opened = 0, True, False
    while line := stream.readline(options.max_bytes + 1):
        size += len(line)
        if size > options.max_bytes:
            raise SourceError(
                f"{name} has a message larger than {options.max_megabytes:g} MB: raise {flag('max_megabytes')}"
            )
        if blank and line.startswith(b"From "):
            if opened:
                yield b"".join(lines)
            lines, size, opened = [], 0, True
        else:
            lines.append(re.sub(rb"\A>(>*From )", rb"\1", line))
        blank = not line.strip()
    if opened or lines:
        yield b"".join(lines)
