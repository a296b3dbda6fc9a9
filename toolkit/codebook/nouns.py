"""Nouns: what the dictionary says of a word's number, and how far a noun phrase goes; no parser is asked."""

import re
from functools import cache

from toolkit.codebook import small, words
from toolkit.spans import Span

_WORD = re.compile(r"[\s\u00a0]+([^\W\d_][\w.]*(?:[’'-]\w+)*-?)")
_MOST = 5  # words before the head
_CLOSED = words("closed_class", "word") - {"more", "other", "such", "many", "same", "own", "few", "former"}
_BETWEEN = frozenset({"more", "other", "such", "same", "own", "former", "further", "additional"})


@cache
def _lemmas(word: str) -> dict[str, tuple[str, ...]]:
    from lemminflect import getAllLemmas

    return dict(getAllLemmas(word))


@cache
def singular(word: str) -> str:
    """Return the singular of a noun, the word itself where it has none.

    >>> singular("warships"), singular("forces"), singular("personnel")
    ('warship', 'force', 'personnel')
    """
    low = word.lower().replace("’", "'")
    own = [lemma for lemma in _lemmas(low).get("NOUN", ()) if lemma != low]
    if own:
        return own[0]
    if _lemmas(low) or low in small("plural without an s"):
        return low
    if "-" in low:
        first, _, last = low.rpartition("-")
        return f"{first}-{singular(last)}"
    if low.endswith("ies"):
        return low[:-3] + "y"
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is", "'s")) else low


@cache
def is_plural(word: str) -> bool:
    """Return whether a word is a noun in the plural, or one that is counted without an s.

    >>> is_plural("warships"), is_plural("police"), is_plural("news"), is_plural("this")
    (True, True, False, False)
    """
    low = word.lower().replace("’", "'")
    return low in small("plural without an s") or ("." not in low and low not in _CLOSED and singular(low) != low)


def known(word: str) -> bool:
    """Return whether a word is in the dictionary, and so no mere name."""
    return bool(_lemmas(word.lower()))


@cache
def only_a_verb(word: str) -> bool:
    """Return whether a word is a form of a verb and nothing else."""
    return set(_lemmas(word.lower())) == {"VERB"}


@cache
def _may_be_a_verb(word: str) -> bool:
    return "VERB" in _lemmas(word.lower())


def counted(text: str, at: int, stop: int) -> Span | None:
    """Return what stands behind a number as counted: up to the first noun in the plural, None where there is none.

    >>> counted("12 patrol boats left", 2, 20)
    Span(start=3, end=15)
    """
    begin, end, last, shared = -1, -1, at, False
    for i in range(_MOST + 1):
        found = _WORD.match(text, last, stop)
        if not found:
            break
        word = found[1].rstrip(".")
        low = word.lower().replace("’", "'")
        if low in _CLOSED and not (shared and low in {"and", "or"}):
            break
        shared = word.endswith("-")  # "coal- and gas-fired plants"
        if begin < 0:
            begin = found.start(1)
        plural = is_plural(word) and not word.endswith(("’s", "'s"))
        if end >= 0 and not (plural and not _may_be_a_verb(word)):
            break
        if plural:
            end = found.start(1) + len(word)
        elif end < 0 and i == 0 and only_a_verb(word) and _closed_follows(text, found.end(), stop):
            break
        if len(word) < len(found[1]) and not (len(word) <= 2 or "." in word):
            break
        last = found.end()
    return Span(begin, end) if end >= 0 else None


def phrase(text: str, at: int, stop: int, most: int = 3) -> Span | None:
    """Return the noun phrase at a place without its article, of at most so many words, None where there is none.

    >>> phrase("of water was lost", 2, 17)
    Span(start=3, end=8)
    """
    begin, end, last = -1, -1, at
    adjective = True
    for i in range(most):
        found = _WORD.match(text, last, stop)
        if not found:
            break
        word = found[1].rstrip(".")
        if (
            word.lower().replace("’", "'") in _CLOSED
            or only_a_verb(word)
            or (not adjective and _may_be_a_verb(word) and (word.endswith("ed") or _goes_on(text, found)))
        ):
            break
        adjective = "ADJ" in _lemmas(word.lower()) or (word[0].isupper() and not word.endswith("s"))
        begin = found.start(1) if begin < 0 else begin
        if not (i == 0 and word.lower() in _BETWEEN):
            end = found.start(1) + len(word)
        last = found.end()
        if len(word) < len(found[1]):
            break
    return Span(begin, end) if end >= 0 else None


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """Return whether the sentence goes on behind a word in -s, which may be its verb: "exports go", not "gases, "."""
    return is_plural(found[1]) and text[found.end() : found.end() + 1] not in {",", ";", ")"}


@cache
def may_be_a_noun(word: str) -> bool:
    """Return whether the dictionary has a word as a noun, or does not have it."""
    return not _lemmas(word.lower()) or "NOUN" in _lemmas(word.lower())


def _closed_follows(text: str, at: int, stop: int) -> bool:
    found = _WORD.match(text, at, stop)
    return found is None or found[1].lower().replace("’", "'") in _CLOSED
