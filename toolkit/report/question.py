"""Question: whether the text answers its headline's question, who answers, and what is only asked."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from toolkit.analysis.asked import Question
from toolkit.analysis.question import ANSWER, ASKED, BEARINGS, UNSURE, answers
from toolkit.analysis.voices import AUTHOR
from toolkit.report.blocks import Block, Fragment, Heading, Paragraph, Statement, Statements
from toolkit.report.checklist import clause
from toolkit.report.displays import Table
from toolkit.report.inline import Inline, Line, Link, Name, Strong, Text, line
from toolkit.report.wording import anchor, capital, led, named, plural, unquoted

TABLE = "table-question"


def verdict(asked: Question | None, bearing: pd.DataFrame) -> Fragment:
    """Return whether the text answers, who does, and what is only asked. Source: `toolkit.analysis.question`."""
    if asked is None:
        return Fragment(
            Paragraph(
                line("A headline that asks a question: none detected. The notebook “question” takes one of your own."),
                "",
                TABLE,
            )
        )
    question = line("The question is: “", Strong((Name(line(unquoted(asked.text))),)), "” ")
    if not asked.candidates:
        told = "No candidate answers could be proposed from its words; the notebook “question” takes your own."
        return Fragment(Paragraph(line(*question, told), "", TABLE))
    found = answers(asked, bearing)
    origin = "as given" if asked.given else "proposed from its own words"
    named_ones = _listed([_quoted(c) for c in asked.candidates])
    kinds = [name for name in BEARINGS if name == ANSWER or int(found[name].sum())]
    meanings = "; ".join(f"{name}: a clause that {BEARINGS[name]}" for name in kinds)
    some = int(found["clauses"].sum()) > 0
    return Fragment(
        Paragraph(line(*question, f"Candidate answers, {origin}: ", *named_ones, ".")),
        Paragraph(_told(found, bearing), "lead"),
        *([_table(found, kinds)] if some else []),
        Paragraph(line(f"{capital(meanings)}. How many answers are missed was not measured."), "note"),
    )


def passages(asked: Question | None, bearing: pd.DataFrame, include: str) -> Fragment:
    """Return the clauses that bear on each candidate, with who says them, how surely, and where."""
    blocks: list[Block] = []
    for at, candidate in enumerate(asked.candidates if asked else ()):
        own = bearing[bearing["candidate"] == candidate]
        blocks.append(Heading(line(Name(line(f"“{candidate}”"))), f"candidate-{at}"))
        if own.empty:
            blocks.append(Paragraph(line("Clauses that bear on it: none detected.")))
            continue
        items = [_passage(row, include, at, number) for number, row in enumerate(own.itertuples(index=False))]
        blocks.append(Statements(tuple(items)))
    return Fragment(*blocks)


def _passage(row: Any, include: str, candidate: int, number: int) -> Statement:
    parts = [row.bearing, row.certainty + (", negated" if row.negated else "")]
    if row.by != "name":
        parts.append(
            f"by {row.by}" if include == "none" or row.by == "the question’s words" else f"by {row.by} “{row.matched}”"
        )
    note = line("; ".join([*dict.fromkeys(parts), f"sentence {row.number}"]))
    return Statement(f"q{candidate}-{number}", clause(row, include), note, (), anchor(row.sentence_id))


def _told(found: pd.DataFrame, bearing: pd.DataFrame) -> Line:
    """Return the verdict in plain sentences; what is no answer is told as what it is."""
    parts: list[Inline | str] = []
    own = [row for row in found.itertuples(index=False) if row.own]
    by_others = bearing[(bearing["bearing"] == ANSWER) & (bearing["voice"] != AUTHOR)]
    if not own and by_others.empty:
        parts.append("An answer: none detected, neither in the author’s own words nor in anybody else’s. ")
    elif own:
        parts += [
            "In the author’s own words the text answers ",
            *_counted([(row.candidate, row.own) for row in own], found),
            ". ",
        ]
    else:
        parts.append("In the author’s own words, an answer: none detected. ")
    if own and by_others.empty:
        parts.append("In the words of others, an answer: none detected. ")
    for candidate, uses in by_others.groupby("candidate", sort=False):
        names = [
            (Link(anchor(v), (Name(line(named(u["name"].iloc[0], u["kind"].iloc[0]))),)),)
            for v, u in uses.groupby("voice", sort=False)
        ]
        parts += [
            Name(line(f"“{candidate}”")),
            " is the answer of ",
            *_listed(names),
            ", as quoted or told in the article. ",
        ]
    for bearing_name, words in ((UNSURE, "Spoken of with less than certainty: "), (ASKED, "Asked about: ")):
        some = [row for row in found.itertuples(index=False) if getattr(row, bearing_name) and not row.answer]
        if some:
            parts += [words, *_counted([(r.candidate, getattr(r, bearing_name)) for r in some], found), ". "]
    mentioned = [_quoted(r.candidate) for r in found.itertuples(index=False) if r.clauses and r.clauses == r.mention]
    if mentioned:
        parts += ["Only named, with something else said of it: ", *_listed(mentioned), ". "]
    absent = [_quoted(row.candidate) for row in found.itertuples(index=False) if not row.clauses]
    if absent:
        parts += [
            "No clause was found that names ",
            *_listed(absent, " or "),
            "; the name of who speaks does not count.",
        ]
    return line(*parts)


def _table(found: pd.DataFrame, kinds: list[str]) -> Table:
    columns = ("Candidate", "Clauses", "Words", *(capital(name) for name in kinds))
    rows = []
    for at, row in enumerate(found.itertuples(index=False)):
        where = f"candidate-{at}"
        numbers = (row.clauses, row.words, *(getattr(row, name) for name in kinds))
        rows.append((line(Name(line(row.candidate))), *(line(led(where, int(n))) for n in numbers)))
    caption = "The clauses that bear on each candidate, their words, and how they bear on it"
    return Table(caption, columns, rows, "Candidate", frozenset(columns[1:]), TABLE)


def _counted(counts: Sequence[tuple[str, int]], found: pd.DataFrame) -> list[Inline]:
    """Return candidates with their numbers of clauses; where all have the same, it is told once."""
    if len(counts) > 1 and len({n for _, n in counts}) == 1:
        each = Link(TABLE, line(f"{plural(int(counts[0][1]), 'clause')} each"))
        return [*_listed([_quoted(candidate) for candidate, _ in counts]), Text(" ("), each, Text(")")]
    candidates = found["candidate"].tolist()
    return _listed(
        [
            line(*_quoted(c), " (", Link(f"candidate-{candidates.index(c)}", line(plural(int(n), "clause"))), ")")
            for c, n in counts
        ]
    )


def _quoted(candidate: str) -> Line:
    return line(Name(line(f"“{candidate}”")))


def _listed(lines: Sequence[Line], last: str = " and ") -> list[Inline]:
    """Return lines as "A, B and C"."""
    out: list[Inline] = []
    for i, own in enumerate(lines):
        out += [Text("" if i == 0 else last if i == len(lines) - 1 else ", "), *own]
    return out
