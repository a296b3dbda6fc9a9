"""Instruments: the nouns that head names of legal acts and documents, short names, and the bodies that make them."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from toolkit.codebook import rows

_FOLDER = Path(__file__).parent


class Head(NamedTuple):
    """A noun that heads a name: its singular, kind, what a word that points back to it may mean, how much it needs."""

    noun: str
    kind: str
    family: str
    strong: bool
    alone: bool


class ShortName(NamedTuple):
    """A name without a noun of its kind: the full name, kind, body and year."""

    instrument: str
    kind: str
    body: str
    year: int | None


@cache
def heads() -> dict[str, Head]:
    """Return every head, by its singular and plural in lower case.

    >>> heads()["accords"].family
    'treaty'
    """
    out = {}
    for row in rows(_FOLDER / "reference_heads.csv", ("noun", "kind", "family", "strength", "alone")):
        head = Head(row["noun"], row["kind"], row["family"], row["strength"] == "strong", row["alone"] == "yes")
        noun = head.noun
        plural = f"{noun[:-1]}ies" if noun[-1] == "y" else f"{noun[:-2]}a" if noun.endswith("dum") else f"{noun}s"
        out[noun] = out[plural] = head
    return out


@cache
def short_names() -> dict[str, ShortName]:
    """Return what short names stand for, as they are written."""
    columns = ("name", "instrument", "kind", "body", "year")
    return {
        r["name"]: ShortName(r["instrument"], r["kind"], r["body"], int(r["year"]) if r["year"] else None)
        for r in rows(_FOLDER / "reference_names.csv", columns)
    }


@cache
def bodies() -> dict[str, str]:
    """Return the usual name of bodies, by every form.

    >>> bodies()["UNSC"]
    'UN Security Council'
    """
    return {row["form"]: row["body"] for row in rows(_FOLDER / "reference_bodies.csv", ("form", "body"))}
