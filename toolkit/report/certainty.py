"""Certainty: how surely each voice speaks, in a sentence, a table and a figure; the author apart from the others."""

import pandas as pd

from toolkit import codebook
from toolkit.analysis.voices import AUTHOR
from toolkit.report.blocks import Fragment, Paragraph
from toolkit.report.displays import Table
from toolkit.report.inline import Inline, Key, Line, Link, Name, Reference, Text, line
from toolkit.report.reading import Passages
from toolkit.report.wording import anchor, capital, led, named, rates

TABLE, ASSERTED = "table-certainty", "asserted"


def certainty(found: pd.DataFrame, passages: Passages) -> Fragment:
    """Return what the clauses of each voice are: asserted, hedged, asked ... Source: `toolkit.analysis.certainty`."""
    if found.empty:
        told = line("Clauses: none detected. ", *rates("certainty", "clauses"))
        return Fragment(Paragraph(told, "", TABLE))
    classes = [c for c in reversed(codebook.certainty_classes()) if c in set(found["certainty"])]
    counts = found.pivot_table(index="voice", columns="certainty", values="clauses", aggfunc="sum", fill_value=0)
    negated = found.groupby("voice")["negated"].sum()
    rows = []
    for row in found.drop_duplicates("voice").itertuples(index=False):
        where = "article" if row.voice == AUTHOR else anchor(row.voice)
        name = Name(line(named(row.name, row.kind)))
        sign = line(Key(*passages.signs[row.voice])) if row.voice in passages.signs else ()
        own = counts.loc[row.voice]
        first = (*sign, name if row.voice == AUTHOR else Link(where, (name,)))
        plain, negative = int(own.get(ASSERTED, 0)), int(negated[row.voice])
        rest = _joined([line(led(where, int(own[c])), f" {c}") for c in classes if c != ASSERTED and own[c]])
        numbers = (line(led(where, int(own.sum()))), line(led(where, plain)), line(led(where, negative)))
        rows.append((first, *numbers, tuple(rest) or line("–")))
    columns = ("Voice", "Clauses", "Asserted", "Negated", "Otherwise")
    table = Table("How surely each voice puts its clauses", columns, rows, columns[4], frozenset(columns[1:4]), TABLE)
    known = codebook.certainty_classes()
    meanings = "; ".join(f"{c}: {known[c]}" for c in classes)
    note = line(f"{capital(meanings)}; negated: says that something is not so. ", *rates("certainty", "clauses"))
    return Fragment(Paragraph(_lead(counts, classes)), table, Paragraph(note, "note"))


def _lead(counts: pd.DataFrame, classes: list[str]) -> Line:
    """Return how much of the author's clauses, and of all the others', is asserted, and what else there is."""
    parts: list[Inline | str] = []
    of_author = counts.index == AUTHOR
    groups = (("in the author’s own words", counts[of_author]), ("given to others", counts[~of_author]))
    for told, own in groups:
        shown = [(c, n) for c in classes if (n := int(own[c].sum()))]
        if shown:
            parts += [*(["; "] if parts else []), *_group(told, shown, first=not parts)]
    return line(*parts, ". ", Reference(TABLE, line("The table")), " has each voice’s.")


def _group(told: str, shown: list[tuple[str, int]], *, first: bool) -> list[Inline | str]:
    """Return what the clauses of a group are, each class with its number; where all are the same, told once."""
    total = sum(n for _, n in shown)
    if len(shown) == 1:
        whole = {1: "the one clause", 2: "both clauses"}.get(total, f"all {total:,} clauses")
        are = "is" if total == 1 else "are"
        return [Link(TABLE, line(capital(whole) if first else whole)), f" {told} {are} {shown[0][0]}"]
    verbs = [" is " if shown[0][1] == 1 else " are ", *" " * (len(shown) - 1)]
    listed = [line(Link(TABLE, line(f"{n:,}")), verb, c) for (c, n), verb in zip(shown, verbs, strict=True)]
    return ["Of " if first else "of ", Link(TABLE, line(f"{total:,} clauses")), f" {told}, ", *_joined(listed)]


def _joined(listed: list[Line]) -> list[Inline]:
    """Return lines as "A, B and C"."""
    out: list[Inline] = []
    for i, own in enumerate(listed):
        out += [Text("" if i == 0 else " and " if i == len(listed) - 1 else ", "), *own]
    return out
