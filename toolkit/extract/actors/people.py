"""People: when two written names are one person's, and which surname or first name shortens which full one."""

import re
import unicodedata
from functools import cache

from toolkit import codebook

_PARTS = re.compile(r"[-.]")
_ARTICLES = frozenset({"al", "el", "as", "ash", "an", "ar", "ad", "ud"})  # "al-Sisi", "ash-Shara"
_PARTICLES = frozenset(
    ("al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "ter", "van", "von", "y")
)
# what tells a father from a son
_GENERATIONS = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}
_FEMALE = frozenset({"mrs", "ms", "miss", "lady", "queen", "princess", "dame", "sister", "spokeswoman", "woman"})
_MALE = frozenset({"mr", "mister", "sir", "king", "prince", "lord", "father", "spokesman", "man", "congressman"})


@cache
def key(core: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name's words as names are compared: without case, accents, hyphens, points and Arabic articles.

    >>> key(("Kim", "Jong-un")), key(("J.D.", "Vance")), key(("Abdel", "Fattah", "al-Sisi"))
    (('kim', 'jong', 'un'), ('j', 'd', 'vance'), ('abdel', 'fattah', 'sisi'))
    """
    out: list[str] = []
    for token in core:
        folded = "".join(c for c in unicodedata.normalize("NFKD", token.casefold()) if not unicodedata.combining(c))
        apart = [p for p in _PARTS.split(folded.replace("’", "'")) if p]
        if (len(apart) > 1 or (out and apart)) and apart[0] in _ARTICLES:
            apart = apart[1:]
        out += apart
    return tuple(out) or core


def generation(token: str) -> str:
    """Return what behind a name tells a father from a son ("Jr.", "III"), "" for any other word."""
    return _GENERATIONS.get(token.lower().rstrip("."), "")


def same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two full names, as keys, are one person's.

    First and last agree, or an initial does, and no two middle initials differ; or one is the other's beginning or
    end, as in Spanish, where a second surname is left out, and behind particles.

    >>> same(("mira", "t", "voss"), ("m", "voss")), same(("george", "w", "bush"), ("george", "h", "w", "bush"))
    (True, False)
    >>> same(("andres", "manuel", "lopez", "obrador"), ("lopez", "obrador"))
    True
    """
    short, full = sorted((one, other), key=len)
    if short[-1] == full[-1] and _agree(short[0], full[0]):
        middles = [[w for w in k[1:-1] if len(w) == 1] for k in (short, full)]
        return not all(middles) or middles[0] == middles[1]
    if len(short) < 2 or len(short) == len(full):
        return False
    if short == full[: len(short)]:
        return True
    return short == full[-len(short) :] and short[0].title() not in codebook.given_names()


def shortens(short: tuple[str, ...], core: tuple[str, ...]) -> int:
    """Return how well a short name, as a key, fits a full name's words: 2 as its end, 1 as others, 0 not at all.

    >>> shortens(("kim",), ("Kim", "Jong-un")), shortens(("van", "der", "tak"), ("Sjaak", "van", "der", "Tak"))
    (1, 2)
    >>> shortens(("un",), ("Kim", "Jong-un"))
    0
    """
    ends = (core[i:] for i in range(len(core)))
    if any(short == key(end) for end in ends):
        return 2
    if len(short) == 1 and short[0] in _PARTICLES:
        return 0
    n = len(core)
    return int(any(short == key(core[i:j]) for i in range(n) for j in range(i + 1, n)))


def is_surname(words: tuple[str, ...]) -> bool:
    """Tell whether a name, as a key, is one surname: a single word, or particles and a word ("van der Tak")."""
    return len(words) == 1 or all(w in _PARTICLES for w in words[:-1])


def gender_of(roles: set[str] | tuple[str, ...], core: tuple[str, ...]) -> bool | None:
    """Return whether titles or else a given name are a woman's; None where nothing tells."""
    if not _FEMALE.isdisjoint(roles):
        return True
    if not _MALE.isdisjoint(roles):
        return False
    known = codebook.given_names().get(core[0].title()) if core else None
    return None if known is None else known == "female"


def _agree(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
