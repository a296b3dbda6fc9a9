"""Checklist: the clauses that somebody could look up, as a work list. Nothing is checked here."""

from typing import Any

import pandas as pd

from toolkit.analysis.voices import AUTHOR
from toolkit.errors import ToolkitError
from toolkit.report.blocks import Block, Fragment, Paragraph, Statement, Statements
from toolkit.report.inline import Claimant, Content, Inline, Line, Link, Name, Text, line
from toolkit.report.wording import anchor, capital, named, plural

LIST = "checklist"
_ARTICLE = "The article"


def checklist(found: pd.DataFrame, include: str, most: int = 60) -> Fragment:
    """Return the checkable clauses of a document with who says each. Source: `toolkit.analysis.checkable`.

    At most `most` are listed; the finding holds all.
    """
    if most < 1:
        raise ToolkitError(f"a list of {most} clauses shows nothing: give it a number of 1 or more")
    if found.empty:
        told = line(
            "Clauses with a date, a number, a reference or an act of somebody named: none detected. "
            "How many are missed was not measured."
        )
        return Fragment(Paragraph(told, "", LIST))
    lead = line(
        "Listed are clauses that state something with a date, a number, a reference or an act of somebody named: ",
        Link(LIST, line(plural(len(found), "clause"))),
        ". None of them was checked here; that says nothing on whether they are so.",
    )
    items = [
        Statement(
            f"k{anchor(row.statement_id)[1:]}",
            clause(row, include),
            line(f"{row.reason}; not checked here; sentence {row.number}"),
            (),
            anchor(row.sentence_id),
        )
        for row in found.head(most).itertuples(index=False)
    ]
    blocks: list[Block] = [Paragraph(lead, "", LIST), Statements(tuple(items))]
    if len(found) > most:
        more = line(Link("article", line(f"{len(found) - most:,} more")), " are in the findings beside this page.")
        blocks.append(Paragraph(more, "note"))
    return Fragment(*blocks)


def clause(row: Any, include: str) -> Line:
    """Return a clause behind who says it; the author's is the article's."""
    who = _ARTICLE if row.voice == AUTHOR else capital(named(row.name, row.kind))
    own: Inline = Text("[words left out]") if include == "none" else Content(line(f"‹{row.written}›"))
    return line(Claimant(line(Name(line(who)))), ": ", own)
