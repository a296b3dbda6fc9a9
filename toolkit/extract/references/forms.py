"""Forms: what names of acts and documents are made of, and the year in which one was made."""

import re
from typing import NamedTuple

from toolkit import codebook
from toolkit.spans import Span

CAP = r"[A-ZÀ-ÖØ-Þ][\w’'&-]*(?:\.(?:[A-Z]\.)+|(?<=\bU)\.(?:[A-Z]\.)*)?"
LEFT = re.compile(r"([^\s(“\"‘—–,;:]+)[ \u00a0]+\Z")
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DAY = rf"(?:{MONTH}(?:\s+\d{{1,2}})?(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{MONTH}(?:\s+\d{{4}})?|\d{{4}})"
_MADE = re.compile(
    rf",?\s+(?:(?:which|that)\s+was\s+)?(?:signed|adopted|ratified|concluded|passed|agreed|approved|enacted|reached|issued|sealed)"
    rf"\s+(?:(?:unanimously|jointly)\s+)?(?:in\s+(?:[A-Z]\w+\s+)?|on\s+|by\s+\w+\s+in\s+|at\s+\w+\s+in\s+)?(?:{DAY})"
)
_YEAR = re.compile(r"\b(1[0-9]\d\d|20\d\d)\b")


class Name(NamedTuple):
    """An act or document that is named: its place, name, kind and head, maker and year, and letters it goes by."""

    span: Span
    instrument: str
    kind: str
    head: str
    body: str | None = None
    year: int | None = None
    letters: str | None = None
    number: str | None = None


def noun_follows(text: str, at: int) -> bool:
    """Return whether a noun stands behind, so that what is before only says of what kind it is ("the treaty line")."""
    found = re.compile(r"[ \u00a0]+([a-z][\w-]*)").match(text, at)
    if not found or found[1] in codebook.words("closed_class", "word") or found[1].endswith(("ed", "ly")):
        return False
    from lemminflect import getAllLemmas

    lemmas = getAllLemmas(found[1])
    return "NOUN" in lemmas and not ("VERB" in lemmas and found[1].endswith("s"))


def plain(written: str) -> str:
    """Return a name as it is told: with single spaces, without quotation marks around it."""
    return " ".join(written.split()).strip('“”"')


def year_of(words: str) -> int | None:
    """Return the first year in some words, None where there is none."""
    found = _YEAR.search(words)
    return int(found[1]) if found else None


def year_behind(text: str, at: int, stop: int) -> int | None:
    """Return the year in which something was made where the words right behind say so: ", signed on May 4, 1988"."""
    found = _MADE.match(text, at, stop)
    return year_of(found[0]) if found else None
