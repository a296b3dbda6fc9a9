"""Units: forms of units of measure and money, and the words that say how a number is meant, as patterns."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from toolkit.codebook import rows

_FOLDER = Path(__file__).parent
_SHORT = 3  # letters of a form whose capitals count: "MW" is no "mw"


class Unit(NamedTuple):
    """A unit: what the table calls it, and whether it is a share, a multiple, money, time or a measure."""

    name: str
    kind: str


class Units:
    """The units that stand before or after a number, found at a place of a text."""

    def __init__(self, place: str) -> None:
        """Read the units of a place, the longest forms first."""
        self._exact: dict[str, Unit] = {}
        self._folded: dict[str, Unit] = {}
        for row in rows(_FOLDER / "units.csv", ("unit", "kind", "place", "forms")):
            for form in row["forms"].split(";") if row["place"] == place else ():
                to = self._exact if len(form) <= _SHORT else self._folded
                to.setdefault(form if to is self._exact else form.lower(), Unit(row["unit"], row["kind"]))
        forms = sorted([*self._exact, *self._folded], key=lambda form: (-len(form), form))
        parts = [
            re.escape(form).replace(r"\ ", r"\s+")
            if form in self._exact
            else f"(?i:{re.escape(form)})".replace(r"\ ", r"\s+")
            for form in forms
        ]
        self.pattern = "|".join(parts)

    def __getitem__(self, written: str) -> Unit:
        """Return the unit of a form as written."""
        plain = " ".join(written.split())
        return self._exact.get(plain) or self._folded[plain.lower()]


@cache
def units(place: str) -> Units:
    """Return the units that stand before or after a number.

    >>> units("after")["Metric tons"]
    Unit(name='tonnes', kind='measure')
    """
    return Units(place)


@cache
def currencies() -> tuple[str, ...]:
    """Return the words for currencies behind a number, the longest first."""
    own = rows(_FOLDER / "units.csv", ("unit", "kind", "place", "forms"))
    forms = {f for r in own if r["kind"] == "money" and r["place"] == "after" for f in r["forms"].split(";")}
    return tuple(sorted((form for form in forms if form.islower()), key=lambda form: (-len(form), form)))


@cache
def quantity_modifiers(place: str) -> dict[str, str]:
    """Return the words before or after a number that belong to it, with what they mean: about, from or to."""
    own = rows(_FOLDER / "quantity_modifiers.csv", ("phrase", "place", "means"))
    return {row["phrase"]: row["means"] for row in own if row["place"] == place}


@cache
def counted_kinds() -> dict[str, str]:
    """Return the kind of thing that a noun counts, by the noun in the singular.

    >>> counted_kinds()["warship"]
    'ships'
    """
    own = rows(_FOLDER / "counted.csv", ("kind", "nouns"))
    return {noun: row["kind"] for row in reversed(own) for noun in row["nouns"].split(";")}
