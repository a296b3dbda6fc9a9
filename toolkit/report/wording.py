"""Wording: how counts, shares, days and names are written in a report."""

import hashlib
import re
from datetime import date, timedelta

import pandas as pd

from toolkit import codebook
from toolkit.errors import ToolkitError
from toolkit.report.inline import Inline, Line, Link, Text, line


def plural(n: int, noun: str, nouns: str | None = None) -> str:
    """Return a count with its noun, in digits but for none and one.

    >>> plural(0, "statement"), plural(1, "voice"), plural(34, "source")
    ('no statements', 'one voice', '34 sources')
    """
    number = {0: "no", 1: "one"}.get(n, f"{n:,}")
    return f"{number} {noun if n == 1 else nouns or noun + 's'}"


def percent(share: float) -> str:
    """Return a share of one as a whole percentage; what is not nothing is not called 0%.

    >>> percent(0.5), percent(0.004), percent(0)
    ('50%', 'under 1%', '0%')
    """
    if 0 < share < 0.005:
        return "under 1%"
    return "over 99%" if 0.995 <= share < 1 else f"{int(share * 100 + 0.5)}%"


def sentence(*parts: Inline | str) -> Line:
    """Return the parts with a capital at the beginning."""
    first = parts[0]
    return line(capital(first) if isinstance(first, str) else first, *parts[1:])


def capital(words: str) -> str:
    """Return the words with a capital at the beginning, also behind a quotation mark.

    >>> capital("one"), capital("“some residents”")
    ('One', '“Some residents”')
    """
    return re.sub(r"\A(\W?)(\w)", lambda m: m[1] + m[2].upper(), words)


def named(name: str, kind: str) -> str:
    """Return a voice's name; what a text calls those whom it does not name is its own wording, and is quoted.

    >>> named("Mira Voss", "named"), named("some residents", "unnamed")
    ('Mira Voss', '“some residents”')
    """
    return f"“{unquoted(name)}”" if kind == "unnamed" else name


def led(where: str, n: int, none: str = "0", one: str = "1") -> Inline:
    """Return a number that leads to what it counts; nothing counted leads nowhere."""
    shown = {0: none, 1: one}.get(n, f"{n:,}")
    return Link(where, line(shown)) if n else Text(shown)


def anchor(identifier: str) -> str:
    """Return an anchor for a row: the row's kind and a digest, whatever its id is made of."""
    kind = {"s": "s", "a": "a"}.get(identifier.split("/")[-2] if identifier.count("/") >= 2 else "", "v")
    return f"{kind}-{hashlib.sha256(identifier.encode()).hexdigest()[:10]}"


def day(iso: object) -> str | None:
    """Return a day as it is written in a byline, None where there is none.

    >>> day("2031-04-03")
    '3 April 2031'
    """
    if not isinstance(iso, str):
        return None
    found = date.fromisoformat(iso)
    return f"{found.day} {found:%B} {found.year}"


def unquoted(words: str) -> str:
    """Return the words without the quotation marks in them."""
    return re.sub('[“”"]', "", words)


def one_document(frame: pd.DataFrame) -> None:
    """Refuse a table or finding of several documents, where a part of a report tells of one."""
    documents = frame["doc_id"].nunique()
    if documents != 1:
        raise ToolkitError(f"this part tells of one document, not of {documents}: select one by its doc_id")


def error_rates() -> Line:
    """Return the extractor's measured error rates in a sentence; each leads to the table of them."""
    measured = {a.measure: a for a in codebook.accuracy()}
    found, right = measured.get("recall"), measured.get("precision")
    if not (found and right):
        raise ValueError("codebook/accuracy.csv lacks recall or precision: run tests/bench/accuracy.py")

    def rate(measure: str) -> Inline:
        return Link(ACCURACY, line(percent(measured[measure].value)))

    return line(
        "On ",
        Link(ACCURACY, line(f"{found.cases:,} statements")),
        " in other texts (",
        Link(ACCURACY, line(found.corpus)),
        ") this version found ",
        rate("recall"),
        " (",
        rate("recall direct"),
        " of direct, ",
        rate("recall mixed"),
        " of mixed, ",
        rate("recall indirect"),
        " of indirect ones), and ",
        rate("precision"),
        " of what it listed were indeed statements.",
    )


def rates(of: str, cases: str, rightly: str = "at their place and in their class") -> Line:
    """Return which share of a table's cases was found when it was measured, and which of what it listed was right.

    `rightly` says what had to be right. Without figures, none; each figure leads to the table of them.
    """
    measured = {a.measure: a for a in codebook.accuracy()}
    found, right = measured.get(f"{of} recall"), measured.get(f"{of} precision")
    if not (found and right):
        return ()
    return line(
        "Of ",
        Link(ACCURACY, line(f"{found.cases:,} {cases}")),
        " (",
        Link(ACCURACY, line(found.corpus)),
        ") this version found ",
        Link(ACCURACY, line(percent(found.value))),
        f" {rightly}; ",
        Link(ACCURACY, line(percent(right.value))),
        " of what it listed was right.",
    )


def stretch(earliest: str, latest: str) -> str:
    """Return an interval in words: a day, month or year, or from when to when.

    >>> stretch("2030-06-01", "2030-06-30"), stretch("2031-04-01", "2031-04-10"), stretch("1990-01-01", "1999-12-31")
    ('June 2030', '1 to 10 April 2031', '1990 to 1999')
    """
    first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    if first == last:
        return f"{first.day} {first:%B} {first.year}"
    whole_months = first.day == 1 and ((last.month == 12 and last.day == 31) or (last + timedelta(days=1)).day == 1)
    if whole_months and first.month == 1 and last.month == 12:
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    parts = [f"{first:%B}", f"{last:%B}"] if whole_months else [f"{first.day} {first:%B}", f"{last.day} {last:%B}"]
    if first.year != last.year:
        return f"{parts[0]} {first.year} to {parts[1]} {last.year}"
    if first.month == last.month:
        return f"{first:%B} {first.year}" if whole_months else f"{first.day} to {parts[1]} {last.year}"
    return f"{parts[0]} to {parts[1]} {last.year}"


ACCURACY = "table-accuracy"
