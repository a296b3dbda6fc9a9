"""Names: what a written name is made of - titles, the name itself, a country - and when two are one."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook import nations
from toolkit.codebook.nouns import known
from toolkit.extract.actors import people

TOKEN = re.compile(r"[^\W_]+(?:[-’'.&][^\W_]+)*\.?")
PREPOSITION = re.compile(r"\s(?:of|at|in|for|from|with|on|to|by)\s")
_POSSESSIVE = re.compile(r"[’']s?\Z")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "mp", "mep", "msp", "sc", "qc", "kc", "esq", "phd", "md"})
_SMALL = frozenset({"the", "of", "for", "and", "on", "in", "at", "de", "’s", "'s"})
_PARTICLES = frozenset(
    ("al", "bin", "da", "de", "del", "der", "di", "den", "dos", "du", "el", "ibn", "la", "le", "ter", "van", "von", "y")
)
_PREPOSITIONS = frozenset({"of", "for", "at", "from", "in", "with"})
_BRITISH = {"defence": "defense", "labour": "labor", "centre": "center", "organisation": "organization"}
# titles that as often begin the name of a body: "General Motors", "State Duma"
_BEGIN_BODIES = frozenset(
    ("general", "state", "house", "press", "first", "chief", "foreign", "interior", "finance", "defence", "defense")
) | {"republican", "democratic", "justice", "crown", "national"}
# "Koreanist", "orientalist": a word for what somebody does, before a whole name
_DOER = re.compile(r"[a-z](?:[eo]r|ist|ian|aut|man|woman|ess)\Z")
_SCHOLAR = re.compile(r"[^\W_]{4,}ist\Z")


class Name(NamedTuple):
    """A name as it is written once.

    core: the tokens that identify it. titles: the lower-case tokens before a person's. kind: person,
    state, institution, media, group or place. country: an ISO code, where the name tells one;
    of_country: the lower-case words that tell it. whole: what stands there, where tokens would lose a mark.
    body: what a state's body is, where the codebook knows it by a name of its own ("State Department").
    generation: what tells a father from a son ("Jr."). front: what stands before a person's name, as written.
    """

    core: tuple[str, ...]
    titles: tuple[str, ...]
    kind: str
    country: str | None
    of_country: frozenset[str] = frozenset()
    whole: str = ""
    body: str = ""
    generation: str = ""
    front: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The name's words as names of people are compared."""
        return people.key(self.core)

    @property
    def written(self) -> str:
        """The name as it stands, without titles, articles and a possessive ending."""
        return self.whole or " ".join(self.core)

    @property
    def bag(self) -> frozenset[str]:
        """The words of an institution's name, in any order: "Ministry of Defence" is "Defense Ministry"."""
        if self.body:
            return frozenset(_BRITISH.get(w, w) for w in self.body.split())
        low = (_POSSESSIVE.sub("", t).lower().rstrip(".") for t in self.core)
        words = frozenset(_BRITISH.get(t, t) for t in low) - _SMALL
        return (words - self.of_country) or words


def read(written: str, tagged: str = "") -> Name | None:
    """Return what a written name is; `tagged` is the tagger's kind where it found the name.

    >>> read("Russian President Vladimir Putin").core
    ('Vladimir', 'Putin')
    """
    tokens = [_POSSESSIVE.sub("", t) for t in TOKEN.findall(written)]
    if tokens and tokens[0].lower() in codebook.words("function_words", "word", use="determiner"):
        tokens = tokens[1:]
    generation = ""
    while len(tokens) > 1 and tokens[-1].lower().rstrip(".") in _SUFFIXES:
        generation = people.generation(tokens.pop()) or generation
    if not tokens:
        return None
    if state := nations.state(" ".join(tokens)):
        return Name(tuple(tokens), (), "state", state.code)
    kind = _kind(tokens, tagged)
    if kind == "person":
        if small := next((i for i, t in enumerate(tokens) if i and t in _PREPOSITIONS), None):
            tokens = tokens[:small]  # "Mira Voss of the Guild"
        cut = _titles_end(tokens)
        country, _ = of_nation(tokens[:cut])
        core = tuple(tokens[cut:])
        whole = " ".join([*core, generation]) if generation else ""
        titles = tuple(t.lower().rstrip(".") for t in tokens[:cut])
        return Name(core, titles, kind, country, whole=whole, generation=generation, front=" ".join(tokens[:cut]))
    country, words = of_nation(tokens)
    at = written.find(tokens[0])
    whole = _POSSESSIVE.sub("", written[at:].strip(" ,;:.")) if at >= 0 else ""
    if medium := codebook.media().get(_classless(tokens)):
        return Name(tuple(tokens), (), "media", medium.country, frozenset(), _classless(tokens), medium.name.lower())
    known = nations.bodies().get(" ".join(t for t in tokens if t.lower() not in words))
    if known and known.code and country in (None, known.code):
        return Name(tuple(tokens), (), "institution", known.code, frozenset(), whole, known.body)
    return Name(tuple(tokens), (), kind, country, words, whole)


def of_nation(tokens: Sequence[str]) -> tuple[str | None, frozenset[str]]:
    """Return the country that one of a name's words tells, and the words, in lower case."""
    for phrase in _phrases(tokens):
        if code := nations.nation(phrase):
            return code, frozenset(phrase.lower().split())
    return None, frozenset()


def _phrases(tokens: Sequence[str]) -> list[str]:
    """Return the pairs and the single words of a name, in which an adjective of a country may stand."""
    return [" ".join(pair) for pair in zip(tokens, tokens[1:], strict=False)] + list(tokens)


def _classless(tokens: Sequence[str]) -> str:
    """Return a name without the small words that say what it is: "Yonhap news agency", "state agency TASS"."""
    return " ".join(t for t in tokens if not t.islower()) if any(not t.islower() for t in tokens) else " ".join(tokens)


def _kind(tokens: list[str], tagged: str) -> str:
    low = {singular(t.lower()) for t in tokens}
    nouns = codebook.words("speakers", "noun")
    if low & codebook.words("speakers", "noun", kind="document"):
        return "document"
    if tagged == "place" and singular(tokens[-1].lower()) in ("bank", "house", "center", "centre", "camp"):
        return "place"
    cut = _titles_end(tokens)
    titled = cut > 0 and tagged in ("person", "") and not tokens[cut].islower()
    if titled and not {singular(t.lower()) for t in tokens[cut:]} & nouns:
        return "person"
    if low & codebook.words("speakers", "noun", kind="media") or _classless(tokens) in codebook.media():
        return "media"
    if low & codebook.words("speakers", "noun", kind="institution"):
        return "institution"
    if nations.people(" ".join(tokens)):
        return "group"
    if nations.capital(" ".join(tokens)):
        return "place"
    if len(tokens) > 1 and tokens[-1].lower() in codebook.words("function_words", "word", use="body-word"):
        return _not_a_person(tagged)
    body = cut == len(tokens) - 1 and tokens[cut - 1].lower() in _BEGIN_BODIES
    if tagged == "person" or (has_the_shape_of_a_person(tokens) and not body):
        return "person" if tagged in ("person", "") or cut else _not_a_person(tagged)
    return _not_a_person(tagged)


def _not_a_person(tagged: str) -> str:
    return "place" if tagged == "place" else "institution"


def has_the_shape_of_a_person(tokens: list[str]) -> bool:
    """Tell whether tokens look like a person's name: a title and a name, or two words and more, all capitalised."""
    cut = _titles_end(tokens)
    if {t.lower() for t in tokens[cut:]} & codebook.words("function_words", "word", use="place-word"):
        return False
    titled = cut > 0
    ends_in_title = tokens[-1].lower() in codebook.words("titles", "title")
    proper = sum(not t.islower() and not t.isupper() for t in tokens)
    return not ends_in_title and (
        titled or (proper > 1 and not any(t.islower() and t not in _PARTICLES for t in tokens))
    )


def _titles_end(tokens: list[str]) -> int:
    """Return where a person's name begins behind titles, offices and what somebody does."""
    titles = codebook.words("titles", "title")
    jobs = codebook.words("speakers", "noun", kind="person")
    # "Astronomer Anna Voss": a common word for who does something, before a given name
    common = len(tokens) > 2 and tokens[1] in codebook.given_names() and tokens[0] not in codebook.given_names()
    last = 0 if common and _DOER.search(tokens[0]) and known(tokens[0].lower()) else -1
    for i, token in enumerate(tokens[:-1]):
        low = token.lower().rstrip(".")
        scholar = _SCHOLAR.match(low) and i + 2 < len(tokens)
        small = token.islower() and low not in _PARTICLES | _PREPOSITIONS | _SMALL
        if low in titles or singular(low) in jobs or small or scholar:
            last = i
    return last + 1


@cache
def singular(noun: str) -> str:
    """Return the form of a noun that the codebook's list of speakers has, or the noun itself."""
    nouns = codebook.words("speakers", "noun")
    stems = (
        noun,
        noun.removesuffix("s"),
        noun.removesuffix("es"),
        f"{noun.removesuffix('ies')}y",
        f"{noun.removesuffix('men')}man",
    )
    return next((s for s in stems if s in nouns), noun)


def initials(core: tuple[str, ...]) -> str:
    """Return the acronym that a name's capitalised words make.

    >>> initials(("Institute", "for", "the", "Study", "of", "War"))
    'ISW'
    """
    return "".join(part[0] for token in core for part in token.split("-") if part[:1].isupper())
