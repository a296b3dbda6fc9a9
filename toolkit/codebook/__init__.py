"""Codebook: the word lists that the extractors read, as commented CSV, and their loader.

Lines that begin with # are comments; the first other line names the columns.
"""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from toolkit.codebook.phrases import Phrases, inflected
from toolkit.errors import CodebookError

# The tables that are measured one by one, as the measures in accuracy.csv call them.
MEASURED = ("dates", "quantities", "references", "places", "certainty", "negation", "wording")
_FOLDER = Path(__file__).parent


class Cue(NamedTuple):
    """A cue word: its dictionary form and its class."""

    lemma: str
    cue_class: str


class Mark(NamedTuple):
    """A word of certainty: what it is (see certainty.csv), the class that it gives, whether it negates."""

    kind: str
    certainty: str
    negated: bool


class WordingClass(NamedTuple):
    """A class of wording: its name, whether it is a stance or charged, what it means."""

    name: str
    kind: str
    definition: str


class Medium(NamedTuple):
    """One of the media: its first name, and the state that an agency is of (ISO 3166)."""

    name: str
    country: str | None


class Accuracy(NamedTuple):
    """One measured figure: what was measured, on which corpus, over how many cases."""

    measure: str
    value: float
    cases: int
    corpus: str


def rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a codebook file, each with exactly these columns.

    Raises
    ------
    CodebookError
        Naming the file and the line that does not fit.
    """
    out: list[dict[str, str]] = []
    header: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in next(csv.reader([line]))]
        if header is None:
            header = cells
            if tuple(header) != columns:
                raise CodebookError(f"{path.name}, line {number}: write the columns as {','.join(columns)}")
        elif len(cells) != len(header):
            raise CodebookError(f"{path.name}, line {number}: has {len(cells)} cells, give it {len(header)}")
        else:
            out.append(dict(zip(header, cells, strict=True)))
    return out


@cache
def cues() -> dict[str, Cue]:
    """Return every form of every cue verb, in lower case, with the verb it belongs to.

    >>> cues()["said"].lemma
    'say'
    """
    from lemminflect import getAllInflections

    forms: dict[str, Cue] = {}
    for row in rows(_FOLDER / "cues.csv", ("lemma", "class")):
        cue = Cue(row["lemma"], row["class"])
        inflected = {form for of_tag in getAllInflections(cue.lemma, upos="VERB").values() for form in of_tag}
        for form in {cue.lemma} | inflected:
            forms.setdefault(form.lower(), cue)
    return forms


@cache
def words(name: str, column: str, **where: str) -> frozenset[str]:
    """Return one column of a word list, of the rows whose other columns have the values given.

    >>> "ministry" in words("speakers", "noun", kind="institution")
    True
    """
    columns = {
        "speakers": ("noun", "kind"),
        "function_words": ("word", "use"),
        "titles": ("title",),
        "closed_class": ("word", "class"),
        "metonymy": ("word", "slot", "use"),
    }[name]
    return frozenset(
        row[column] for row in rows(_FOLDER / f"{name}.csv", columns) if all(row[k] == v for k, v in where.items())
    )


@cache
def small(use: str) -> frozenset[str]:
    """Return the small words of a use, such as auxiliary or determiner.

    >>> "cannot" in small("auxiliary")
    True
    """
    [own] = (row["words"] for row in rows(_FOLDER / "small_words.csv", ("use", "words")) if row["use"] == use)
    return frozenset(own.split())


@cache
def certainty_classes() -> dict[str, str]:
    """Return every class of certainty with its definition, in the order in which they win.

    >>> list(certainty_classes())[:2]
    ['asked', 'conditional']
    """
    return {r["class"]: r["definition"] for r in rows(_FOLDER / "certainty_classes.csv", ("class", "definition"))}


@cache
def marks(*kinds: str) -> Phrases[Mark]:
    """Return the words of certainty of these kinds, in every form.

    >>> [found.entry.certainty for found in marks("modal", "negation").find("it will not rain".split())]
    ['predicted', 'asserted']
    """
    columns = ("term", "mark", "part", "class", "negated")
    return Phrases(
        (form, Mark(row["mark"], row["class"], row["negated"] == "yes"))
        for row in rows(_FOLDER / "certainty.csv", columns)
        if row["mark"] in kinds
        for form in sorted(inflected(row["term"], row["part"]))
    )


@cache
def wording_classes() -> tuple[WordingClass, ...]:
    """Return the classes of wording, as the codebook orders them."""
    columns = ("class", "kind", "definition")
    return tuple(WordingClass(*(r[c] for c in columns)) for r in rows(_FOLDER / "wording_classes.csv", columns))


@cache
def wording() -> Phrases[str]:
    """Return the class of every listed term in every form; the hedges and evidentials of certainty.csv among them.

    >>> [found.entry for found in wording().find("the sanctions regime of the regime".split())]
    ['plain', 'government label']
    """
    own = rows(_FOLDER / "wording.csv", ("term", "class", "part"))
    columns = ("term", "mark", "part", "class", "negated")
    stance = [
        {**row, "class": row["mark"]}
        for row in rows(_FOLDER / "certainty.csv", columns)
        if row["mark"] in {"hedge", "evidential"}
    ]
    return Phrases(
        (form, row["class"]) for row in [*own, *stance] for form in sorted(inflected(row["term"], row["part"]))
    )


@cache
def dates(kind: str) -> dict[str, str]:
    """Return the words of a kind that dates are made of, such as month or weekday, with their value.

    >>> dates("month")["march"], dates("weekday")["sunday"]
    ('3', '6')
    """
    return {r["word"]: r["value"] for r in rows(_FOLDER / "dates.csv", ("word", "kind", "value")) if r["kind"] == kind}


@cache
def accuracy() -> tuple[Accuracy, ...]:
    """Return what was measured of the extractor that this version ships."""
    return tuple(
        Accuracy(row["measure"], float(row["value"]), int(row["cases"]), row["corpus"])
        for row in rows(_FOLDER / "accuracy.csv", ("measure", "value", "cases", "corpus"))
    )


@cache
def salience() -> dict[str, float]:
    """Return the weight of each feature by which somebody stands out before a pronoun."""
    return {row["feature"]: float(row["weight"]) for row in rows(_FOLDER / "salience.csv", ("feature", "weight"))}


@cache
def floor() -> dict[str, float]:
    """Return the weight of each sign of who has a turn of a talk."""
    return {row["sign"]: float(row["weight"]) for row in rows(_FOLDER / "floor.csv", ("sign", "weight"))}


@cache
def given_names() -> dict[str, str]:
    """Return the gender, female or male, that a given name mostly tells."""
    return {row["name"]: row["gender"] for row in rows(_FOLDER / "given_names.csv", ("name", "gender"))}


@cache
def speaks_as() -> dict[str, str]:
    """Return what the bearer of a role speaks as: official, military, expert, journalist or witness."""
    return {row["role"]: row["speaks_as"] for row in rows(_FOLDER / "roles.csv", ("role", "speaks_as"))}


@cache
def belonging() -> dict[str, str]:
    """Return what those speak as who belong to a body, by a noun of its name or the whole of it.

    >>> belonging()["university"]
    'expert'
    """
    return {row["body"]: row["speaks_as"] for row in rows(_FOLDER / "belonging.csv", ("body", "speaks_as"))}


@cache
def media() -> dict[str, Medium]:
    """Return the media and news agencies whose words do not tell that they are ones, by each of their names.

    >>> media()["ITAR-TASS"]
    Medium(name='TASS', country='RU')
    """
    listed = rows(_FOLDER / "media.csv", ("name", "aliases", "country"))
    return {
        name: Medium(row["name"], row["country"] or None)
        for row in listed
        for name in (row["name"], *(a for a in row["aliases"].split(";") if a))
    }
