"""Nations: the states of the world, their peoples, capitals and seats of government, and who held office when."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from toolkit.codebook.facts import code, numbered, parts, point
from toolkit.codebook.phrases import one_of
from toolkit.errors import CodebookError

_FOLDER = Path(__file__).parent
_LEADING = {"president", "prime minister", "chancellor", "leader", "supreme leader", "monarch", "crown prince"}
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class State(NamedTuple):
    """A state: ISO 3166 code, names, words for its people, capitals, and a point to draw it at (degrees)."""

    code: str
    name: str
    official: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    latitude: float
    longitude: float


class Seat(NamedTuple):
    """A building, street or town that stands for a government: state, name, what institution is meant."""

    code: str
    seat: str
    institution: str


class Body(NamedTuple):
    """A body of a state, or of any state: the state's code or None, and what it is."""

    code: str | None
    body: str


class Office(NamedTuple):
    """Somebody's time in an office: state, office, name, first and last day (ISO, perhaps only year and month)."""

    code: str
    office: str
    holder: str
    since: str
    until: str | None


class NationMention(NamedTuple):
    """Where a text has a name of a state, a people, a capital or a seat of government, and of which state (or None)."""

    start: int
    end: int
    code: str | None


def read_states(path: Path) -> tuple[State, ...]:
    """Return the states of a file.

    Raises
    ------
    CodebookError
        Naming file and line: a wrong code, a name given to two states, a point that is not on the globe.
    """
    columns = ("code", "name", "official", "aliases", "adjectives", "people", "capitals", "latitude", "longitude")
    out: list[State] = []
    owners: dict[tuple[str, str], str] = {}
    for where, row in numbered(path, columns):
        key = code(where, row["code"])
        if any(key == s.code for s in out):
            raise CodebookError(f"{where}: {key} has a row above: keep one")
        if not row["name"]:
            raise CodebookError(f"{where}: {key} has no name: give it one")
        lists = {name: parts(row[name]) for name in ("aliases", "adjectives", "people", "capitals")}
        own = {"name": [row["name"], row["official"], *lists["aliases"]], **lists}
        for sort in ("name", "adjectives", "people", "capitals"):
            for word in filter(None, own[sort]):
                if (other := owners.setdefault((sort, word), key)) != key or own[sort].count(word) > 1:
                    raise CodebookError(f"{where}: {word!r} is given to {other} above too: give it to one")
        north, east = point(where, row["latitude"], row["longitude"])
        out.append(State(key, row["name"], row["official"] or row["name"], **lists, latitude=north, longitude=east))
    return tuple(out)


def read_offices(path: Path, known: frozenset[str]) -> tuple[Office, ...]:
    """Return the office holders of a file; `known` are the codes of states that there are.

    Raises
    ------
    CodebookError
        Naming file and line: an unknown state, a day that is none, a time in office that ends before it begins.
    """
    out: list[Office] = []
    for where, row in numbered(path, ("code", "office", "holder", "from", "to")):
        code(where, row["code"], known)
        out.append(_office(where, row["code"], row["office"], row["holder"], row))
    return tuple(out)


def office_of(where: str, kind: str, name: str, country: str | None, row: dict[str, str]) -> Office:
    """Return the office that a row of a user's codebook gives somebody, checked as those of offices.csv are."""
    if kind != "person" or country is None:
        raise CodebookError(f"{where}: an office is a person's, of a country: make the kind person and give a country")
    return _office(where, country, row["office"], name, row)


def _office(where: str, key: str, office: str, holder: str, row: dict[str, str]) -> Office:
    for day in filter(None, (row["from"], row["to"])):
        if not _DAY.fullmatch(day):
            raise CodebookError(f"{where}: {day!r} is no day: write it as 2014-05-26, 2014-05 or 2014")
    if not holder or not row["from"]:
        raise CodebookError(f"{where}: give a holder, and since when")
    if row["to"] and row["to"] < row["from"][: len(row["to"])]:
        raise CodebookError(f"{where}: {holder} leaves before coming: mend from or to")
    return Office(key, office, holder, row["from"], row["to"] or None)


@cache
def states() -> tuple[State, ...]:
    """Return the states of the world, as states.csv has them."""
    return read_states(_FOLDER / "states.csv")


@cache
def seats() -> tuple[Seat, ...]:
    """Return the buildings, streets and towns that stand for a government."""
    out = []
    for where, row in numbered(_FOLDER / "seats.csv", ("code", "seat", "institution")):
        code(where, row["code"], frozenset(_by_code()))
        out.append(Seat(**row))
    return tuple(out)


@cache
def bodies() -> dict[str, Body]:
    """Return the bodies of states by each of their own names.

    >>> bodies()["Foreign Office"]
    Body(code='GB', body='foreign ministry')
    """
    out: dict[str, Body] = {}
    for where, row in numbered(_FOLDER / "bodies.csv", ("code", "body", "names")):
        key = code(where, row["code"], frozenset(_by_code())) if row["code"] else None
        for name in parts(row["names"]):
            if name in out:
                raise CodebookError(f"{where}: {name!r} is listed above too: keep one")
            out[name] = Body(key, row["body"])
    return out


@cache
def offices() -> tuple[Office, ...]:
    """Return who held which office when, of the states that offices.csv lists."""
    return read_offices(_FOLDER / "offices.csv", frozenset(_by_code()))


def holders(key: str, noun: str, day: str, among: Sequence[Office] | None = None) -> list[str]:
    """Return who held a state's office on a day (ISO), of those shipped or others; a leader is any who leads.

    >>> holders("FR", "president", "2020-05-01"), holders("DE", "leader", "2010-01-01")
    (['Emmanuel Macron'], ['Angela Merkel'])
    """
    wanted = _LEADING if noun == "leader" else {noun.replace("defense", "defence")}
    return [
        o.holder
        for o in (offices() if among is None else among)
        if o.code == key and o.office in wanted and o.since <= day and (o.until is None or day <= o.until)
    ]


def state(written: str) -> State | None:
    """Return the state of a name, in any of its forms.

    >>> state("DPRK").name, state("Britain").code
    ('North Korea', 'GB')
    """
    return _states_by_name().get(written)


def nationality(written: str) -> tuple[str, ...] | None:
    """Return the codes of the states whose people or things a word tells of, None where it is no such word.

    >>> nationality("Swiss"), nationality("Korean"), nationality("Swift")
    (('CH',), ('KP', 'KR'), None)
    """
    return _nationalities().get(written)


def nation(written: str) -> str | None:
    """Return the code of the one state that an adjective or a name tells of: "Russian", "US"."""
    named = state(written)
    codes = (named.code,) if named else nationality(written) or ()
    return codes[0] if len(codes) == 1 else None


def people(written: str) -> str | None:
    """Return the code of the state whose people a noun means: "Russians", "Swiss"."""
    return _peoples().get(written)


def seat(written: str) -> str | None:
    """Return the code of the state of which a name is the capital or a seat of government.

    >>> seat("Kiev"), seat("Downing Street"), seat("Lyon")
    ('UA', 'GB', None)
    """
    return _seats_by_name().get(written)


def capital(written: str) -> str | None:
    """Return the code of the state of which a name is the capital.

    >>> capital("Kiev"), capital("Downing Street")
    ('UA', None)
    """
    return _capitals().get(written)


def state_of(key: str) -> str:
    """Return the name of the state with a code, the code itself where there is none."""
    return _by_code()[key].name if key in _by_code() else key


def by_code(key: str) -> State | None:
    """Return the state with a code, None where there is none."""
    return _by_code().get(key)


def adjective(key: str) -> str:
    """Return the adjective of a state: "Russian" for RU; its name where it has none."""
    found = _by_code().get(key)
    return (found.adjectives or (found.name,))[0] if found else key


def mentions(text: str) -> Iterator[NationMention]:
    """Yield every name of a state, a people, a capital or a seat in a text, the longest at each place.

    >>> [text[m.start:m.end] for text in ["North Korean troops left Kyiv"] for m in mentions(text)]
    ['North Korean', 'Kyiv']
    """
    for found in _pattern().finditer(text):
        written = found[0] if found[0] in _codes() else found[0].title()
        yield NationMention(*found.span(), _codes()[written])


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_codes(), key=len, reverse=True)
    shouted = [f.upper() for f in forms if len(f) > 4 and f.upper().title() == f]
    either = one_of((re.escape(f).replace("'", "[’']") for f in [*forms, *shouted]), behind=r"\w-")
    return re.compile(rf"{either}(?![\w])(?!-\w)")


@cache
def _codes() -> dict[str, str | None]:
    out: dict[str, str | None] = {}
    for word, codes in _nationalities().items():
        out[word] = codes[0] if len(codes) == 1 else None
    out |= _seats_by_name()
    for form, owner in _states_by_name().items():
        out[form] = owner.code
    return {**{form.replace("'", "’"): key for form, key in out.items()}, **out}


@cache
def _by_code() -> dict[str, State]:
    return {s.code: s for s in states()}


@cache
def _peoples() -> dict[str, str]:
    return {word: s.code for s in states() for word in s.people}


@cache
def _capitals() -> dict[str, str]:
    return {c: s.code for s in states() for c in s.capitals}


@cache
def _states_by_name() -> dict[str, State]:
    return {form: s for s in states() for form in (s.name, s.official, *s.aliases)}


@cache
def _seats_by_name() -> dict[str, str]:
    return {c: s.code for s in states() for c in s.capitals} | {s.seat: s.code for s in seats()}


@cache
def _nationalities() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {word: (s.code,) for s in states() for word in (*s.adjectives, *s.people)}
    for where, row in numbered(_FOLDER / "nationalities.csv", ("word", "codes")):
        for one in parts(row["codes"]):
            code(where, one, frozenset(_by_code()))
        if row["word"] in out:
            raise CodebookError(f"{where}: {row['word']!r} is in states.csv or above too: keep one")
        out[row["word"]] = parts(row["codes"])
    return out
