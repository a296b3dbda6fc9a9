"""Standing: what the words beside a person's name say that they are, and where."""

import re
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook import nations
from toolkit.extract.actors.names import TOKEN, singular

_LONGEST = 160  # characters: what is told of a person right behind the name
_BEHIND = re.compile(
    r"(?:,\s+|\s+\()(?:(?:a|an|the)\s+)?(?P<role>(?:[^\W\d_][\w’'-]*\s+){0,7}?[^\W\d_][\w’'-]*)"
    r"(?P<at>(?:\s+(?:of|at|for|from|with|in)\s+(?:the\s+|its\s+)?[^,.;()—–]*)?)"
    r"(?=[,.;()]|\s[–—]|\Z|\s(?:who|said|says|told)\b)"
)
_NAMED = r"(?P<body>[A-Z][\w’'&-]*(?:\s+(?:(?:of|for|the|and|on)\s+)*[A-Z][\w’'&-]*)*)"
_BODY = re.compile(rf"\b(?:of|at|for|from|with|in)\s+(?:the\s+)?{_NAMED}")
_OF = re.compile(rf"\s+(?:of|at|from)\s+(?:the\s+)?{_NAMED}")
_LEARNED = frozenset({"university", "institute", "academy", "college", "school", "laboratory", "centre", "center"})
_SCHOLAR = re.compile(r"[a-z]{4,}(?:ist|ician|ologer)s?\Z")


class Standing(NamedTuple):
    """What a person is, in the text's words, and the body that they belong to; None where nothing tells."""

    role: str | None
    affiliation: str | None


def behind(text: str, end: int) -> Standing:
    """Return what an apposition says of the person whose name ends at an offset.

    >>> behind("Mira Voss, head of the soil unit at the Orrin Institute, said", 9)
    Standing(role='head of the soil unit', affiliation='Orrin Institute')
    """
    if of := _OF.match(text, end, min(len(text), end + _LONGEST)):
        return Standing(None, of["body"])
    found = _BEHIND.match(text, end, min(len(text), end + _LONGEST))
    if not found:
        return Standing(None, None)
    told = f"{found['role']}{found['at']}"
    if not any(_is_role(t) for t in TOKEN.findall(told)[:5]):
        return Standing(None, None)
    body = _BODY.search(told)
    return Standing(told[: body.start()].strip() or None if body else told.strip(), body["body"] if body else None)


def before(words: str) -> Standing:
    """Return what the words before a name say: "former Upper House deputy", "Orrin University economist".

    >>> before("former Upper House deputy ")
    Standing(role='former deputy', affiliation='Upper House')
    """
    tokens = TOKEN.findall(words)
    lower = codebook.words("function_words", "word", use="determiner")
    kept = [t for t in tokens if t.lower() not in lower]
    body: list[str] = []
    for at, token in enumerate(kept):
        nation = nations.nation(token) or (at + 1 < len(kept) and nations.nation(f"{token} {kept[at + 1]}"))
        goes_on = bool(body) and body[-1] == kept[at - 1]  # "Upper House": the second word is a body's, no role
        if token[0].isupper() and not nation and (goes_on or not _is_role(token)) and kept[-1].islower():
            body.append(token)
    role = " ".join(t for t in kept if t not in body)
    return Standing(role or None, " ".join(body) or None)


def learned(affiliation: str | None) -> bool:
    """Return whether a body is one of learning, whose people speak as experts."""
    return affiliation is not None and bool({w.lower() for w in affiliation.split()} & _LEARNED)


def _is_role(word: str) -> bool:
    low = word.lower()
    return (
        low in codebook.speaks_as()
        or low in codebook.words("titles", "title")
        or _SCHOLAR.match(low) is not None
        or singular(low) in codebook.words("speakers", "noun", kind="person")
    )
