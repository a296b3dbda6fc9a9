"""Markdown to plain text: the markup goes, the words and their places stay."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from toolkit.spans import Alignment, Link

# Without text_join, an escape or an entity stays a token of its own, which knows how it was written.
_PARSER = MarkdownIt("commonmark").enable("table").disable("text_join")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_SILENT = r"<!--.*?-->|<(?P<silent>script|style)\b.*?(?:</(?P=silent)\s*>|\Z)"
_HTML = re.compile(rf"{_SILENT}|</?(?P<tag>[a-z][a-z0-9]*)[^<>]*>|(?P<entity>&#?\w+;)|[^<&]+|.", re.DOTALL | re.I)
_PHRASES = frozenset({"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "u"})
_IMAGE = re.compile(r"!\[")
_TARGET = re.compile(r"\](?:\([^)\n]*\)|\[[^\]\n]*\])?")
Metadata = dict[str, str]


class _Piece(NamedTuple):
    """A piece of a block: how it is written in the source, and the words that it stands for."""

    written: str
    words: str


_SKIP_TARGET = _Piece("", "](")
_SKIP_IMAGE = _Piece("", "![")


def plain(raw: str) -> tuple[str, Alignment, Metadata]:
    """Return the words of a Markdown text, their alignment to it, and its front matter.

    Blocks are parted by an empty line. The front matter's simple entries (title, author, date,
    outlet ...) come back as strings, lists of names parted by commas.

    >>> plain("# To *sea*")[0]
    'To sea'
    """
    body_start, metadata = _front_matter(raw)
    # markdown-it drops carriage returns and replaces NUL; keep its text the same length as ours.
    body = raw[body_start:].replace("\r\n", " \n").replace("\r", "\n").replace("\0", "\ufffd")
    line_starts = [0, *(m.end() for m in re.finditer("\n", body)), len(body)]
    pieces: list[str] = []
    links: list[Link] = []
    length = at = 0

    def put(words: str, start: int, end: int) -> None:
        nonlocal length
        pieces.append(words)
        links.append(Link(length, length + len(words), body_start + start, body_start + end))
        length += len(words)

    for token in _PARSER.parse(body):
        if token.map:
            first = token.map[0] + (token.type == "fence")  # a fence's first line is no code
            at = max(at, line_starts[min(first, len(line_starts) - 1)])
        new_block, parted = True, not pieces
        for piece in _pieces(token):
            if piece in {_SKIP_IMAGE, _SKIP_TARGET}:
                skipped = _IMAGE.search(body, at) if piece is _SKIP_IMAGE else _TARGET.match(body, at)
                at = skipped.end() if skipped else at
                continue
            start, end = _place(body, piece.written, at)
            if piece.words and not (new_block and piece.words.isspace()):
                if new_block and not parted:
                    put("\n\n", start, start)
                new_block = False
                put(piece.words, start, end)
            at = end
        while not new_block and pieces[-1].isspace():  # breaks before the end of a block part nothing
            length = links.pop().start
            pieces.pop()
    return "".join(pieces), tuple(links), metadata


def _place(body: str, written: str, at: int) -> tuple[int, int]:
    """Return where a piece stands at or after an offset; white space may have changed its kind."""
    start = body.find(written, at)
    if start >= 0:
        return start, start + len(written)
    loosely = re.compile(r"\s+".join(re.escape(part) for part in written.split())).search(body, at)
    return loosely.span() if loosely else (at, min(at + 1, len(body)))


def _pieces(token: Token) -> Iterator[_Piece]:
    """Yield the pieces of a block token in order."""
    if token.type in {"fence", "code_block"}:
        for i, line in enumerate(token.content.rstrip("\n").split("\n")):
            if i:
                yield _Piece("\n", "\n")
            if line.strip():
                yield _Piece(line, line)
    elif token.type == "html_block":
        yield from _html_pieces(token.content)
    for child in token.children or []:
        if child.type == "text":
            yield _Piece(child.content, child.content)
        elif child.type == "text_special":
            yield _Piece(child.markup, child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            yield _Piece("\n", "\n")
        elif child.type == "code_inline":
            yield _Piece(child.content, child.content)
        elif child.type == "html_inline":
            yield from _html_pieces(child.content)
        elif child.type == "image":
            yield _SKIP_IMAGE
            yield _Piece(child.content, child.content)
            yield _SKIP_TARGET
        elif child.type == "link_close":
            yield _SKIP_TARGET


def _html_pieces(content: str) -> Iterator[_Piece]:
    """Yield the words between tags; a tag that is no part of a phrase breaks the line."""
    for part in _HTML.finditer(content):
        if part["entity"]:
            yield _Piece(part[0], html.unescape(part[0]))
        elif part["tag"]:
            yield _Piece(part[0], "" if part["tag"].lower() in _PHRASES else "\n")
        elif part["silent"] or part[0].startswith("<!--"):
            yield _Piece(part[0], "")
        else:
            yield _Piece(part[0], part[0])


def _front_matter(raw: str) -> tuple[int, Metadata]:
    found = _FRONT_MATTER.match(raw)
    if not found:
        return 0, {}
    try:
        entries = yaml.load(found[1], Loader=yaml.BaseLoader)  # every scalar stays the string it is
    except (yaml.YAMLError, RecursionError, ValueError):
        return 0, {}
    if not isinstance(entries, dict):
        return 0, {}
    lists = {k: ", ".join(v) for k, v in entries.items() if isinstance(v, list) and all(isinstance(e, str) for e in v)}
    simple = {**entries, **lists}
    return found.end(), {str(k).lower(): v for k, v in simple.items() if isinstance(v, str) and v.strip()}
