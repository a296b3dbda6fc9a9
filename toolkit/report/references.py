"""References: the treaties, laws and documents that a text refers to, with who invokes each."""

from typing import Any

import pandas as pd

from toolkit.report.blocks import Fragment, Paragraph
from toolkit.report.displays import Table
from toolkit.report.inline import Inline, Line, Link, Name, Text, line
from toolkit.report.reading import Passages
from toolkit.report.wording import anchor, capital, named, one_document, rates

_ANCHOR = "table-references"
_OPEN = "left open"


def references(passages: Passages, invoked: pd.DataFrame) -> Fragment:
    """Return the table of acts and documents, how often each is referred to, and by whom.

    Source: `toolkit.analysis.references`.
    """
    if invoked.empty:
        told = line("Treaties, resolutions, laws, reports: none detected. ", *_measured())
        return Fragment(Paragraph(told, "", _ANCHOR))
    one_document(invoked)
    rows = []
    for _, own in invoked.groupby(invoked["instrument_id"].fillna(_OPEN), sort=False):
        act = own.iloc[0]
        rows.append(
            (
                line(Name(line(_title(act)))),
                line(act["category"] if isinstance(act["category"], str) else "–"),
                line(
                    ", ".join(dict.fromkeys(a for cited in own["articles"].dropna() for a in cited.split(", "))) or "–"
                ),
                line(f"{int(own['references'].sum()):,}"),
                _voices(own),
                _sentences(passages, own),
            )
        )
    columns = ("Act or document", "Kind", "Articles", "Times", "Invoked by", "First in")
    note = line(
        "Acts are called as the text calls them in full; “this document” or “the treaty” counts for the one that "
        "it points to. “–”: no article is cited. What an act says, and whether it bears on the matter, is not checked "
        "here. ",
        *_measured(),
    )
    table = Table(
        "Treaties, laws and documents, with who invokes them",
        columns,
        rows,
        ("Act or document", "Invoked by"),
        frozenset({"Times"}),
        _ANCHOR,
        True,
    )
    return Fragment(table, Paragraph(note, "note"))


def _title(act: Any) -> str:
    """Return an act's name, with whose it is and its year where the name does not say them."""
    name = act["instrument"] if isinstance(act["instrument"], str) else f"({_OPEN})"
    body = f", {act['body']}" if isinstance(act["body"], str) and act["body"] not in name else ""
    year = f" ({act['year']})" if pd.notna(act["year"]) and str(act["year"]) not in name else ""
    return f"{name}{body}{year}"


def _voices(own: pd.DataFrame) -> Line:
    many = len(own) > 1
    parts: list[Inline] = []
    for row in own.itertuples(index=False):
        name = named(str(row.name), str(row.kind))
        times = Text(f" ({row.references})") if many else Text("")
        parts += [*([Text(", ")] if parts else []), Name(line(name if parts else capital(name))), times]
    return tuple(parts)


def _sentences(passages: Passages, own: pd.DataFrame) -> Line:
    parts: list[Inline] = []
    for row in own.drop_duplicates("sentence_id").sort_values("number").itertuples(index=False):
        number = Text(f"{row.number}")
        shown = row.sentence_id in passages.placed
        parts += [*([Text(", ")] if parts else []), Link(anchor(row.sentence_id), (number,)) if shown else number]
    return tuple(parts)


def _measured() -> Line:
    return rates("references", "references", "with their name and article")
