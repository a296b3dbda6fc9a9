"""Terms: the words that weaken, strengthen, source or judge, by class, with who uses them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pandas as pd

from toolkit import codebook
from toolkit.analysis.voices import AUTHOR
from toolkit.report.blocks import Fragment, Paragraph
from toolkit.report.displays import Table
from toolkit.report.inline import Inline, Line, Link, Name, Reference, Text, line
from toolkit.report.wording import anchor, capital, led, named, plural, rates

TABLE = "table-wording"
_MOST = 40  # uses in a cell; more are counted, and not listed


def wording(found: pd.DataFrame, include: str) -> Fragment:
    """Return who uses which listed words. Source: `toolkit.analysis.wording`; `include` none leaves the words out."""
    if found.empty:
        told = line("Charged, hedging or boosting words: none detected. ", *rates("wording", "listed words"))
        return Fragment(Paragraph(told, "", TABLE))
    rows = []
    uses = list(zip(found["class"], found.itertuples(index=False), strict=True))
    classes = [c for c in codebook.wording_classes() if c.name in set(found["class"])]
    for kind in sorted(classes, key=lambda c: c.kind):
        own = [row for name, row in uses if name == kind.name]
        rows.append(
            (
                line(kind.name),
                line(led(TABLE, len(own))),
                _uses([row for row in own if row.voice == AUTHOR], include) or line("–"),
                _by_others([row for row in own if row.voice != AUTHOR], include) or line("–"),
            )
        )
    columns = ("Class", "Uses", "The author", "Others, as quoted or told in the article")
    both = tuple(columns[2:])
    table = Table("Wording by class and by voice", columns, rows, both, frozenset({"Uses"}), TABLE)
    meanings = "; ".join(f"{c.name}: {c.definition}" for c in sorted(classes, key=lambda c: c.kind))
    note = line(
        f"{capital(meanings)}. The lists are the same for every speaker, whomever they speak of. ",
        "“*”: in quotation marks in the text. ",
        *rates("wording", "listed words"),
    )
    return Fragment(Paragraph(_lead(found)), table, Paragraph(note, "note"))


def _lead(found: pd.DataFrame) -> Line:
    """Return how many charged words are whose."""
    charged = found[~found["stance"].astype(bool)]
    own = charged[(charged["voice"] == AUTHOR)]
    unmarked = int((~own["quoted"].astype(bool)).sum())
    if charged.empty:
        return line(
            "Charged words: none detected; words of doubt, stress or hearsay are in ",
            Reference(TABLE, line("the table")),
            ".",
        )
    return line(
        "This toolkit counted ",
        Link(TABLE, line(plural(len(charged), "charged word"))),
        ": ",
        led(TABLE, unmarked, "none"),
        " in the author’s own words without quotation marks, ",
        led(TABLE, len(own) - unmarked, "none"),
        " in quotation marks there, and ",
        led(TABLE, len(charged) - len(own), "none"),
        " in what others are given as saying. ",
        Reference(TABLE, line("The table")),
        " has each with its sentence.",
    )


def _by_others(own: Sequence[Any], include: str) -> Line:
    parts: list[Inline] = []
    for voice, uses in _grouped(own, "voice").items():
        name = Link(anchor(voice), (Name(line(named(uses[0].name, uses[0].kind))),))
        parts += [*([Text("; ")] if parts else []), name, Text(": "), *_uses(uses, include)]
    return tuple(parts)


def _uses(own: Sequence[Any], include: str) -> Line:
    """Return the terms in quotation marks, each with the sentences in which it stands."""
    parts: list[Inline] = []
    for term, uses in _grouped(own[:_MOST], "term").items():
        written = "[word left out]" if include == "none" else f"“{term}”"
        parts += [*([Text(", ")] if parts else []), Text(f"{written} "), *_places(uses)]
    if len(own) > _MOST:
        parts += [Text(", and "), Link("article", line(f"{len(own) - _MOST:,} more"))]
    return tuple(parts)


def _grouped(rows: Sequence[Any], name: str) -> dict[str, list[Any]]:
    """Return rows by what they have in a column, in the order in which that first comes."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _places(uses: list[Any]) -> Line:
    parts: list[Inline] = []
    for use in uses:
        mark = "*" if use.quoted else ""
        parts += [*([Text(", ")] if parts else []), Link(anchor(use.sentence_id), line(f"{use.number}{mark}"))]
    return tuple(parts)
