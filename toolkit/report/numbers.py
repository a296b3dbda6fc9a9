"""Numbers: every number of a text with who gives it, and those that may count the same side by side."""

from typing import Any

import pandas as pd

from toolkit.report.blocks import Fragment, Items, Paragraph
from toolkit.report.displays import Table
from toolkit.report.drawing import check_most
from toolkit.report.inline import Claimant, Inline, Line, Link, Name, Text, line
from toolkit.report.reading import Passages
from toolkit.report.wording import anchor, capital, named, one_document, plural, rates

_ANCHOR = "table-numbers"
_LEFT_OUT = "[words left out]"


def numbers(passages: Passages, found: pd.DataFrame, most: int = 120) -> Fragment:
    """Return the table of numbers: what each counts, who gives it, when. Source: `toolkit.analysis.numbers`.

    At most `most` are listed; the finding holds all.
    """
    check_most(most)
    if found.empty:
        return Fragment(Paragraph(line("Numbers that count something: none detected. ", *_measured()), "", _ANCHOR))
    one_document(found)
    rows = [
        (
            line(Name(_written(row, passages.include)), *_of_what(row, passages.include)),
            line(_meaning(row)),
            line(Name(line(capital(named(str(row.name), str(row.kind)))))),
            _dates(row, passages.include),
            _sentence(passages, row),
        )
        for row in found.head(most).itertuples(index=False)
    ]
    columns = ("Number", "Read as", "Given by", "Dates beside it", "Sentence")
    note = line(
        "In brackets: what is counted, where it stands apart from the number. Read as: the value or its bounds, with "
        "the unit; “~”: the text says that it is near only. Dates beside it: those of the same sentence, whatever they "
        "date there. Years, days, ages, scores and numbers in names are not listed. No number is checked here. ",
        *_measured(),
    )
    table = Table(
        "Numbers, with who gives them", columns, rows, "Given by", frozenset({"Read as", "Sentence"}), _ANCHOR, True
    )
    more = line(Link("article", line(f"{len(found) - most:,} more")), " are in the findings beside this page.")
    rest = [Paragraph(more, "note")] if len(found) > most else []
    return Fragment(table, *rest, Paragraph(note, "note"))


def alike(passages: Passages, found: pd.DataFrame) -> Fragment:
    """Return the figures that may count the same thing and differ, side by side, each behind who gives it."""
    groups = [own for _, own in found.dropna(subset=["alike"]).groupby("alike", sort=True)]
    voices = found.drop_duplicates("voice")
    if found.empty:
        return Fragment()
    lead: list[Inline | str] = [
        "This toolkit counted ",
        Link(_ANCHOR, line(plural(len(found), "number"))),
        f" that {'says' if len(found) == 1 else 'say'} how many or how much, given by ",
        Link(_ANCHOR, line(plural(len(voices), "voice"))),
        ".",
    ]
    if not groups:
        lead.append(" Figures that may count the same and differ: none detected." if len(found) > 1 else "")
        return Fragment(Paragraph(line(*lead)))
    lead.append(
        " Side by side stand figures of one kind in one paragraph that differ. They may count different things; "
        "this report does not say which is right."
    )
    items = [(None, _side_by_side(passages, own)) for own in groups]
    return Fragment(Paragraph(line(*lead)), Items(tuple(items)))


def _side_by_side(passages: Passages, own: pd.DataFrame) -> Line:
    parts: list[Inline] = []
    for row in own.itertuples(index=False):
        who = capital(named(str(row.name), str(row.kind))) if not parts else named(str(row.name), str(row.kind))
        parts += [
            *([Text("; ")] if parts else []),
            Claimant(line(Name(line(who)))),
            Text(": "),
            Name(_written(row, passages.include)),
            *_dated(row, passages.include),
            Text(", sentence\u00a0"),
            *_sentence(passages, row),
        ]
    return (*parts, Text("."))


def _written(row: Any, include: str) -> Line:
    return line(_LEFT_OUT if include == "none" else f"“{row.written}”")


def _of_what(row: Any, include: str) -> Line:
    """Return what is counted, in brackets, where the number's own words do not say it."""
    apart = _has(row.counted) and not row.written.endswith(row.counted) and include != "none"
    return line(" (", Name(line(f"“{row.counted}”")), ")") if apart else ()


def _meaning(row: Any) -> str:
    """Return a value as digits with its unit: "12,000–15,000", "~ 300", "up to 18", "2.3 billion"."""
    low, high = (_digits(x) if pd.notna(x) else "" for x in (row.low, row.high))
    value = low if low == high else f"{low}–{high}" if low and high else f"from {low}" if low else f"up to {high}"
    unit = f" {row.unit}" if _has(row.unit) else ""
    return f"{'~ ' if row.approximate and low and high else ''}{value}{unit}".replace(" ", "\u00a0")


def _digits(value: float) -> str:
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size and round(value / size, 3) == value / size:
            return f"{value / size:,g} {name}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _dates(row: Any, include: str) -> Line:
    if not _has(row.dates):
        return line("–")
    return line(Name(line(_LEFT_OUT if include == "none" else _each_quoted(row.dates))))


def _dated(row: Any, include: str) -> Line:
    """Return the dates beside a number in brackets, nothing where there are none."""
    known = _has(row.dates) and include != "none"
    return line(" (", Name(line(_each_quoted(row.dates))), ")") if known else ()


def _each_quoted(dates: str) -> str:
    """Return dates as written, each in its own quotation marks.

    >>> _each_quoted("June; last year")
    '“June”, “last year”'
    """
    return ", ".join(f"“{one}”" for one in dates.split("; "))


def _sentence(passages: Passages, row: Any) -> Line:
    number = Text(f"{row.number}")
    return (Link(anchor(row.sentence_id), (number,)) if row.sentence_id in passages.placed else number,)


def _has(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _measured() -> Line:
    return rates("quantities", "numbers", "with their value and unit")
