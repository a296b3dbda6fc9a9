"""Gazetteer: the places of the world that the codebook knows, by every spelling of their names."""

import csv
import gzip
import io
import unicodedata
from functools import cache
from math import log10
from pathlib import Path
from typing import NamedTuple

from toolkit.codebook import nations
from toolkit.codebook.facts import code, numbered, parts, point
from toolkit.errors import CodebookError

_FOLDER = Path(__file__).parent
_TOWNS = ("name", "others", "latitude", "longitude", "country", "region", "population", "geonames")
_REGIONS = ("name", "others", "latitude", "longitude", "country", "region", "short", "kind")
_WEIGHTS = {"state": 7.0, "town": 4.5, "site": 4.5}  # of what has no number of inhabitants
_WEIGHT, _OF_A_CAPITAL = 6.0, 1.0  # a region or a sea is as likely meant as a town of a million
_LETTERS = str.maketrans("’‘ʼłŁıøØđ", "'''lLioOd")


class Place(NamedTuple):
    """A place: point (degrees), codes of its country (ISO 3166) and region, kind, weight, number in its gazetteer.

    `weight` is the logarithm of a town's inhabitants: how likely the bare name means it.
    """

    name: str
    latitude: float
    longitude: float
    country: str | None
    region: str | None
    kind: str
    weight: float
    gazetteer: str


def folded(name: str) -> str:
    """Return a name without marks over its letters, apostrophes all alike; capitals stay.

    >>> folded("Łódź"), folded("Sana’a")
    ('Lodz', "Sana'a")
    """
    if name.isascii():
        return name
    plain = name.translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def places(name: str) -> tuple[Place, ...]:
    """Return the places of a name, the likeliest first.

    >>> [(p.country, p.region) for p in places("London")[:2]]
    [('GB', 'ENG'), ('CA', 'ON')]
    """
    return tuple(sorted(_by_name().get(folded(name), ()), key=lambda p: (-p.weight, p.gazetteer)))


def after_comma(short: str) -> tuple[str, str | None] | None:
    """Return (country, region) of what may stand behind a town and a comma, None for other words.

    >>> after_comma("Calif."), after_comma("France"), after_comma("Monday")
    (('US', 'CA'), ('FR', None), None)
    """
    return _after_comma().get(short)


@cache
def _towns() -> list[tuple[Place, tuple[str, ...]]]:
    """Return the towns of places.csv.gz with their other spellings, the largest first."""
    lines = io.StringIO(gzip.decompress((_FOLDER / "places.csv.gz").read_bytes()).decode())
    table = csv.reader(line for line in lines if not line.startswith("#"))
    if tuple(next(table)) != _TOWNS:
        raise CodebookError("places.csv.gz: its columns are others: make it again with tests/bench/gazetteer.py")
    capitals = {(folded(c), s.code) for s in nations.states() for c in s.capitals}
    out = []
    for name, others, north, east, country, region, people, number in table:
        weight = log10(max(int(people), 1_000))
        if (folded(name), country) in capitals:
            capitals.discard((folded(name), country))  # the largest of the name is the capital
            weight += _OF_A_CAPITAL
        own = (country, region or None, "town", weight, f"geonames:{number}")
        out.append((Place(name, float(north), float(east), *own), tuple(others.split(";")) if others else ()))
    return out


def read_regions(path: Path, known: frozenset[str]) -> list[tuple[Place, tuple[str, ...], tuple[str, ...]]]:
    """Return the regions of a file: (place, its other names, its short forms); `known` are the codes of countries.

    Raises
    ------
    CodebookError
        Naming file and line: a name given twice, a wrong code, a point that is not on the globe.
    """
    out: list[tuple[Place, tuple[str, ...], tuple[str, ...]]] = []
    seen: set[str] = set()
    for where, row in numbered(path, _REGIONS):
        others, short = parts(row["others"]), parts(row["short"])
        for name in (row["name"], *others):
            if not name or name in seen:
                raise CodebookError(f"{where}: {name!r} is named above too, or empty: keep one")
            seen.add(name)
        country = code(where, row["country"], known) if row["country"] else None
        weight = _WEIGHTS.get(row["kind"], _WEIGHT)
        north, east = point(where, row["latitude"], row["longitude"])
        own = (country, row["region"] or None, row["kind"], weight, f"codebook:{row['name']}")
        out.append((Place(row["name"], north, east, *own), others, short))
    return out


@cache
def _regions() -> list[tuple[Place, tuple[str, ...], tuple[str, ...]]]:
    return read_regions(_FOLDER / "regions.csv", frozenset({town.country or "" for town, _ in _towns()}))


@cache
def _after_comma() -> dict[str, tuple[str, str | None]]:
    out: dict[str, tuple[str, str | None]] = {}
    for state in nations.states():
        out |= dict.fromkeys((state.name, *state.aliases), (state.code, None))
    for place, others, short in _regions():
        if place.kind in {"province", "island"} and place.country:
            forms = (*short, *((place.name, *others) if place.name not in out else ()))
            out |= dict.fromkeys(forms, (place.country, place.region))
    return out


@cache
def _by_name() -> dict[str, list[Place]]:
    out: dict[str, list[Place]] = {}

    def add(place: Place, *names: str) -> None:
        for name in dict.fromkeys(folded(n) for n in (place.name, *names)):
            out.setdefault(name, []).append(place)

    largest: dict[tuple[str, str | None], Place] = {}
    for town, spellings in _towns():
        largest.setdefault((town.name, town.country), town)
        add(town, *spellings)
    for where, row in numbered(_FOLDER / "spellings.csv", ("spelling", "name", "country")):
        if (row["name"], row["country"]) not in largest:
            raise CodebookError(f"{where}: places.csv.gz has no {row['name']!r} in {row['country']}: mend the name")
        add(largest[row["name"], row["country"]], row["spelling"])
    for place, names, _ in _regions():
        add(place, *names)
    for state in nations.states():
        whole = (state.latitude, state.longitude, state.code, None, "state", _WEIGHTS["state"], f"iso:{state.code}")
        add(Place(state.name, *whole), state.official, *state.aliases)
    return out
