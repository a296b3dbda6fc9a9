"""Phrases: terms of one or several words, in every form, found in one pass over a text's words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

NUMBER = "#"  # in a term, any number stands here
_IN_LETTERS = re.compile(
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|(?:hundred|thousand|million|billion|dozen)s?|trillion|half"
)
_TOKEN = re.compile(r"\w+(?:[’'.,-]\w+)*|[^\w\s]")


class Token(NamedTuple):
    """A word or a mark: its place, and how it is compared (in lower case, with straight apostrophes)."""

    start: int
    end: int
    word: str


def tokens(text: str, start: int, end: int, most: int | None = None) -> list[Token]:
    """Return the words and marks of text[start:end], at most so many; marks are tokens, so that no term runs over one.

    >>> [token.word for token in tokens("It’s late.", 0, 10)]
    ["it's", 'late', '.']
    """
    found = islice(_TOKEN.finditer(text, start, end), most)
    return [Token(m.start(), m.end(), m[0].lower().replace("’", "'")) for m in found]


def inflected(term: str, part: str) -> set[str]:
    """Return every form of a term: a noun's by its last word, a verb's by its first, else the term alone.

    >>> sorted(inflected("call for", "verb"))
    ['call for', 'called for', 'calling for', 'calls for']
    """
    if part not in {"noun", "verb"}:
        return {term}
    words = term.split()
    head = words[-1] if part == "noun" else words[0]
    forms = {head, *_forms(head, part.upper())}
    if part == "noun":
        return {" ".join([*words[:-1], form]) for form in forms}
    return {" ".join([form, *words[1:]]) for form in forms}


@cache
def _forms(word: str, part: str) -> frozenset[str]:
    from lemminflect import getAllInflections

    return frozenset(form for of_tag in getAllInflections(word, upos=part).values() for form in of_tag)


def is_number(word: str) -> bool:
    """Return whether a word is a number, in digits or letters; "one" is none.

    >>> is_number("12,000"), is_number("dozen"), is_number("one")
    (True, True, False)
    """
    return word[:1].isdigit() or _IN_LETTERS.fullmatch(word) is not None


def one_of(forms: Iterable[str], behind: str) -> str:
    """Return a regular expression for one of many, the first that fits, with none of `behind` right before it.

    The forms are regular expressions that begin with a letter or digit. `re` tries one after the other at every
    character of a text; kept by their first letters, which it looks for, they take a fiftieth of the time.

    >>> re.findall(one_of(["Mira Voss", "Mira", "Orrin"], behind="-"), "Mira, Orrin-Mira")
    ['Mira', 'Orrin']
    """
    by_first: dict[str, list[str]] = {}
    for form in forms:
        by_first.setdefault(form[0], []).append(form[1:])
    kept = (rf"{first}(?<![{behind}].)(?:{'|'.join(rests)})" for first, rests in by_first.items())
    return rf"(?:{'|'.join(kept)})"


class Found(NamedTuple, Generic[T]):
    """A term found: the first and the last of its tokens (exclusive), and what the codebook says of it."""

    first: int
    last: int
    entry: T


class Phrases(Generic[T]):
    """Terms with an entry each. Where several fit, the longest is found; none overlap."""

    def __init__(self, terms: Iterable[tuple[str, T]]) -> None:
        """Hold the terms; the first entry of a form counts."""
        self._by_first: dict[str, dict[tuple[str, ...], T]] = {}
        for term, entry in terms:
            first, *rest = term.lower().split()
            self._by_first.setdefault(first, {}).setdefault(tuple(rest), entry)
        self._ordered = {
            first: sorted(rests.items(), key=lambda item: -len(item[0])) for first, rests in self._by_first.items()
        }

    def find(self, words: Sequence[str], first: int = 0, last: int | None = None) -> Iterator[Found[T]]:
        """Yield the terms among words[first:last]; a number at a term's end is no part of it.

        >>> [found.entry for found in Phrases([("about #", "hedge")]).find(["about", "12", "ships"])]
        ['hedge']
        """
        last = len(words) if last is None else last
        past = first
        for at in [i for i in range(first, last) if words[i] in self._ordered]:
            if at < past:
                continue
            for rest, entry in self._ordered[words[at]]:
                end = at + 1 + len(rest)
                if end <= last and all(
                    word == own or (own == NUMBER and is_number(word))
                    for word, own in zip(words[at + 1 : end], rest, strict=True)
                ):
                    stop = end - 1 if rest and rest[-1] == NUMBER else end
                    yield Found(at, stop, entry)
                    past = stop
                    break
