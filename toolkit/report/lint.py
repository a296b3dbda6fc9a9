"""Lint: a finished report is read once more, by what it must never do. It fails rather than mislead.

It reads the page as it is written, not the findings behind it: what went wrong on the way shows here.
"""

import re
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from toolkit import codebook

_BLOCKS = {"p", "li", "h1", "h2", "h3", "td", "th", "dt", "dd", "figcaption", "caption", "summary", "pre"}
_PICTURES = {"svg", "img", "ol"}  # what the words for those who cannot see a figure stand on; its links have others
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr"}
_QUOTED = re.compile(r"“[^”]*”|‹[^›]*›")
_WORD = re.compile(r"\w[\w’'-]*")
_PLACE, _LINK = re.compile(r'<\w+[^>]* id="([^"]+)"'), re.compile(r'<a [^>]*?href="([^"]*)"')
# Where nothing is the toolkit's own: the article, the sentences beside a statement, what is drawn. Left out for speed.
_OF_SOURCES = re.compile(
    r'<p class="passage[^>]*>.*?</p>|(<details class="evidence">.*?</summary>).*?(</details>)|(<svg[^>]*>).*?(</svg>)',
    re.DOTALL,
)
_REPEATED = 7  # as many words in a row are no accident
_ALT = 15  # fewer letters state no finding


class Complaint(NamedTuple):
    """What a report does that it must not, and the words where it does."""

    rule: str
    words: str


def complaints(page: str) -> list[Complaint]:
    """Return what is wrong with the parts of a page (or of outputs) that the toolkit wrote.

    claimant    what a source says stands without who says it, or in the report's own voice
    charged     a charged term stands outside quotation marks
    verb        a verb that judges a speaker stands outside quotation marks
    evidence    a number leads nowhere
    alternative a figure has no words for those who cannot see it

    >>> complaints('<div class="attribution"><p>The regime counted 3 gates.</p></div>')
    [Complaint(rule='charged', words='regime'), Complaint(rule='evidence', words='The regime counted 3 gates.')]
    """
    read = _Reader()
    read.feed(_OF_SOURCES.sub(r"\1\2\3\4", page))
    read.close()
    found = list(read.found)
    said = {run for content in read.contents for run in _runs(content)}
    for words in read.own:
        own = _QUOTED.sub(" ", words)
        found += [Complaint(rule, word) for word in _WORD.findall(own) for rule in [_forms().get(word.lower())] if rule]
        if any(run in said for run in _runs(own)):
            found.append(Complaint("claimant", words))
    places = {f"#{place}" for place in _PLACE.findall(page)}
    found += [Complaint("evidence", words) for words in read.bare if re.search("[1-9]", _QUOTED.sub(" ", words))]
    return found + [Complaint("evidence", f"a link to {to}") for to in sorted({*_LINK.findall(page)} - places)]


def _runs(words: str) -> list[tuple[str, ...]]:
    tokens = [word.lower() for word in _WORD.findall(words)]
    return list(zip(*(tokens[i:] for i in range(_REPEATED)), strict=False))


@cache
def _forms() -> dict[str, str]:
    rows = codebook.rows(Path(str(files("toolkit.report") / "own_words.csv")), ("class", "forms"))
    return {form: row["class"] for row in rows for form in row["forms"].split()}


class _Element(NamedTuple):
    tag: str
    classes: frozenset[str]
    given: bool


class _Reader(HTMLParser):
    """Sort a report's words: its own, its sources', those that lead to evidence, those that need none."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Complaint] = []
        self.own: list[str] = []  # blocks of the report's own words
        self.bare: list[str] = []  # of these, with numbers that lead nowhere; what leads somewhere is taken out
        self.contents: list[str] = []  # what sources are given as saying
        self._open: list[_Element] = []
        self._blocks: list[tuple[list[str], list[str]]] = []
        self._claimant = ""
        self._alt: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if self._alt and tag in _PICTURES:
            self._alt[-1] = max(self._alt[-1], told.get("aria-label", ""), told.get("alt", ""), key=len)
        if tag in _VOID:
            return
        self._open.append(_Element(tag, frozenset(told.get("class", "").split()), "data-given" in told))
        if tag in _BLOCKS:
            self._blocks.append(([], []))
        if tag == "figure":
            self._alt.append("")
        if self._in("statements") and tag == "li":
            self._claimant = ""
        if "content" in self._open[-1].classes:
            self.contents.append("")
            if not self._claimant.strip():
                self.found.append(Complaint("claimant", "a statement without a claimant"))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            element = self._open.pop()
            if element.tag in _BLOCKS and self._blocks:
                own, bare = ("".join(words) for words in self._blocks.pop())
                if own.strip():
                    self.own.append(own)
                if re.search("[1-9]", bare):
                    self.bare.append(bare)
            if element.tag == "figure" and len(self._alt.pop()) < _ALT:
                self.found.append(Complaint("alternative", "a figure without alternative text"))
            if element.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._in("attribution"):
            return
        if self._in("claimant"):
            self._claimant += data
        if self._in("content"):
            self.contents[-1] += data
        if self._sources() or not self._blocks:
            return
        own, bare = self._blocks[-1]
        own.append(data)
        given = any(element.given for element in self._open)
        needs_none = given or self._has("a") or self._in("evidence") or self._has("b")
        bare.append(" … " if needs_none else data)

    def _sources(self) -> bool:
        """Return whether what is read are words of the text: its head, names, what is said, pictures."""
        cited = self._in("evidence") and not self._has("summary")
        return (
            cited
            or any(map(self._in, ("name", "content", "passage", "passage-headline")))
            or (any(map(self._has, ("header", "svg", "style"))))
        )

    def _in(self, name: str) -> bool:
        return any(name in element.classes for element in self._open)

    def _has(self, tag: str) -> bool:
        return any(element.tag == tag for element in self._open)
