"""Codebook: the word lists that the extractors read, as commented CSV, and their loader.

Lines that begin with # are comments; the first other line names the columns.
"""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import CodebookError

_FOLDER = Path(__file__).parent


class Cue(NamedTuple):
    """A cue word: its dictionary form and its class."""

    lemma: str
    cue_class: str


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
        "metonymy": ("word", "slot", "use"),
    }[name]
    return frozenset(
        row[column] for row in rows(_FOLDER / f"{name}.csv", columns) if all(row[k] == v for k, v in where.items())
    )


@cache
def accuracy() -> tuple[Accuracy, ...]:
    """Return what was measured of the extractor that this version ships."""
    return tuple(
        Accuracy(row["measure"], float(row["value"]), int(row["cases"]), row["corpus"])
        for row in rows(_FOLDER / "accuracy.csv", ("measure", "value", "cases", "corpus"))
    )
