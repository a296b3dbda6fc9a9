"""Markdown to plain text: the markup goes, the words and their places stay."""

import re

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from toolkit.spans import Alignment, Link

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_LINK_END = ""
_LINK_TARGET = re.compile(r"\](?:\([^)\n]*\)|\[[^\]\n]*\])?")
Metadata = dict[str, str]


def plain(raw: str) -> tuple[str, Alignment, Metadata]:
    """Return the words of a Markdown text, their alignment to it, and its front matter.

    Blocks are parted by an empty line. The front matter's simple entries (title, author, date,
    outlet ...) come back as strings.

    >>> plain("# To *sea*")[0]
    'To sea'
    """
    body_start, metadata = _front_matter(raw)
    # markdown-it drops carriage returns and replaces NUL; keep its text the same length as ours.
    body = raw[body_start:].replace("\r\n", " \n").replace("\r", "\n").replace("\0", "\ufffd")
    line_starts = [0, *(m.end() for m in re.finditer("\n", body)), len(body)]
    pieces: list[str] = []
    links: list[Link] = []
    length = 0

    def put(words: str, start: int, end: int) -> None:
        nonlocal length
        pieces.append(words)
        links.append(Link(length, length + len(words), body_start + start, body_start + end))
        length += len(words)

    at = 0
    for token in MarkdownIt("commonmark").enable("table").parse(body):
        words = list(_words(token))
        if not words:
            continue
        if token.map:
            at = max(at, line_starts[min(token.map[0], len(line_starts) - 1)])
        new_block = bool(pieces)
        for content in words:
            if content == _LINK_END:
                at = target.end() if (target := _LINK_TARGET.match(body, at)) else at
                continue
            start = body.find(content, at)
            if start < 0:  # an entity or escape whose characters differ: it stands at the cursor
                start, end = at, min(at + 1, len(body))
            else:
                end = start + len(content)
            if new_block:
                put("\n\n", start, start)
                new_block = False
            put(content, start, end)
            at = end
    return "".join(pieces), tuple(links), metadata


def _words(token: Token) -> list[str]:
    """Return the pieces of text in a block token, in order, as they stand in the source."""
    if token.type in {"fence", "code_block"}:
        return [line for line in re.findall(r"[^\n]+\n?", token.content) if line.strip()]
    if token.type == "html_block":
        return [piece for piece in _TAG.split(token.content) if piece.strip()]
    words = []
    for child in token.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            words.append("\n")
        elif child.type == "link_close":
            words.append(_LINK_END)
        elif child.type in {"text", "text_special", "code_inline", "image"} and child.content:
            words.append(child.content)
    return words


def _front_matter(raw: str) -> tuple[int, Metadata]:
    found = _FRONT_MATTER.match(raw)
    if not found:
        return 0, {}
    try:
        entries = yaml.safe_load(found[1])
    except yaml.YAMLError:
        return 0, {}
    if not isinstance(entries, dict):
        return 0, {}
    simple = {str(k).lower(): str(v) for k, v in entries.items() if v is not None and not isinstance(v, list | dict)}
    return found.end(), simple
