"""How well are clauses, words, dates, numbers and references found, against sentences in which people marked them?"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from toolkit.extract import annotate
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.spans import Span
from toolkit.tables import Tables

COLUMNS = ("measure", "value", "cases")
_PUBLISHED = re.compile(r"\[(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}|-)\]\s")
_MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
_WORD = re.compile(r"\w+")
# Of the words of a marked and a found stretch together, what the two must share to be the same.
_HALF, _SHARED = 0.5, {"dates": 1.0, "quantities": 1.0, "references": 1.0}
_NEGATED = "-"  # behind a class: the clause says that something is not so


class Marked(NamedTuple):
    """A stretch with its class."""

    span: Span
    label: str


class Sentence(NamedTuple):
    """A sentence, what was marked in it and what was found."""

    text: str
    marked: list[Marked]
    found: list[Marked]


def read(path: Path, table: str) -> list[Sentence]:
    """Return the sentences of a file, a line each, as `{class|stretch}` marks them, with what `table` has of each.

    Each is read as a text of its own, published on the day in brackets before it, if there is one. `table` is
    statements, wording, dates, quantities, references, or another table of spans for which `LABELS` says what a row's
    label is.
    """
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x.strip() and not x.startswith("#")]
    dated = [(_PUBLISHED.match(line), line) for line in lines]
    plain = [_unmarked(line[day.end() if day else 0 :]) for day, line in dated]
    files = [parse(f"d{i}", Path("x.txt"), text.encode()) for i, (text, _) in enumerate(plain)]
    documents, alignment = from_texts(files)
    if any(day for day, _ in dated):
        documents["published"] = [day["day"] if day and day["day"] != "-" else None for day, _ in dated]
    found = _found(annotate(documents, alignment), table)
    return [Sentence(text, marked, found.get(f"d{i}", [])) for i, (text, marked) in enumerate(plain)]


def _unmarked(line: str) -> tuple[str, list[Marked]]:
    text, marked, at = "", [], 0
    for found in _MARK.finditer(line):
        text += line[at : found.start()]
        marked.append(Marked(Span(len(text), len(text) + len(found[2])), found[1]))
        text, at = text + found[2], found.end()
    return text + line[at:], marked


def _found(tables: Tables, table: str) -> dict[str, list[Marked]]:
    frame = tables[table]
    labels = LABELS[table](frame)
    out: dict[str, list[Marked]] = {}
    for doc_id, start, end, label in zip(frame["doc_id"], frame["start"], frame["end"], labels, strict=True):
        out.setdefault(doc_id, []).append(Marked(Span(int(start), int(end)), label))
    return out


def measured(table: str, sentences: Sequence[Sentence]) -> pd.DataFrame:
    """Return one row per measure: precision, recall and F1 of the classes; of statements also of their negation.

    Columns: measure, value (0 to 1), cases (of what was marked, for a precision of what was found). A
    marked and a found stretch are the same when they share half of the words of both, of dates, quantities and
    references when they are the same to the character; then the class, interval, number or act must agree.
    """
    views = _VIEWS.get(table, {table: str})
    matched = [pair for sentence in sentences for pair in _pairs(sentence, _SHARED.get(table, _HALF))]
    rows = []
    for name, view in views.items():
        labels = [(view(a.label) if a else "", view(b.label) if b else "") for a, b in matched]
        wanted, listed = sum(bool(a) for a, _ in labels), sum(bool(b) for _, b in labels)
        hits = sum(bool(a) and a == b for a, b in labels)
        precision, recall = hits / max(listed, 1), hits / max(wanted, 1)
        both = 2 * precision * recall / (precision + recall) if hits else 0.0
        rows += [
            (f"{name} precision", precision, listed),
            (f"{name} recall", recall, wanted),
            (f"{name} F1", both, wanted),
        ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _interval(row: Any) -> str:
    """Return how a mark gives an interval: a day, two days, or unknown."""
    if not isinstance(row.earliest, str):
        return "unknown"
    return row.earliest if row.earliest == row.latest else f"{row.earliest}..{row.latest}"


def _amount(row: Any) -> str:
    """Return how a mark gives a number: "21", "2..5 km", "..18", "54 percent: vote"."""
    low, high = (f"{x:.4f}".rstrip("0").rstrip(".") if pd.notna(x) else "" for x in (row.low, row.high))
    unit, counted = (
        f"{before}{x}" if isinstance(x, str) else "" for before, x in ((" ", row.unit), (": ", row.counted))
    )
    return f"{low if low == high else f'{low}..{high}'}{unit}{counted}"


def _cited(row: Any) -> str:
    """Return how a mark gives a reference: the act's name, "Treaty of Rome; 4" with an article, ? where it is open."""
    name = row.instrument if isinstance(row.instrument, str) else "?"
    return f"{name}; {row.article}" if isinstance(row.article, str) else name


# The label that a mark gives to a row of each table.
LABELS: dict[str, Callable[[pd.DataFrame], list[str]]] = {
    "statements": lambda frame: list(frame["certainty"] + frame["negated"].map({True: "-", False: ""})),
    "wording": lambda frame: list(frame["class"]),
    "dates": lambda frame: [_interval(row) for row in frame.itertuples(index=False)],
    "quantities": lambda frame: [_amount(row) for row in frame.itertuples(index=False)],
    "references": lambda frame: [_cited(row) for row in frame.itertuples(index=False)],
}
_VIEWS: dict[str, dict[str, Callable[[str], str]]] = {
    "statements": {
        "certainty": lambda label: label.removesuffix(_NEGATED),
        "negation": lambda label: label[-1] if label.endswith(_NEGATED) else "",
    },
    "quantities": {"quantities": lambda label: label.split(": ")[0], "quantities with what is counted": str},
}


def mistakes(table: str, sentences: Sequence[Sentence]) -> pd.DataFrame:
    """Return one row per stretch that was marked and found differently. Columns: marked, found, stretch, text."""
    rows = [
        (
            a.label if a else None,
            b.label if b else None,
            sentence.text[slice(*(a or b or _NOWHERE).span)],
            sentence.text,
        )
        for sentence in sentences
        for a, b in _pairs(sentence, _SHARED.get(table, _HALF))
        if a is None or b is None or a.label != b.label
    ]
    return pd.DataFrame(rows, columns=["marked", "found", "stretch", "text"])


_NOWHERE = Marked(Span(0, 0), "")


def _pairs(sentence: Sentence, least: float) -> Iterator[tuple[Marked | None, Marked | None]]:
    """Yield what was marked with what was found there, one to one, the closest first; None where there is none."""
    near = []
    for i, a in enumerate(sentence.marked):
        for j, b in enumerate(sentence.found):
            one, two = _words(sentence.text, a.span), _words(sentence.text, b.span)
            shared = len(one & two) / max(len(one | two), 1) if least < 1 else float(a.span == b.span)
            if shared >= least:
                near.append((shared, a.label == b.label, -i, -j))
    partner: dict[int, int] = {}
    for _, _, i, j in sorted(near, reverse=True):
        if -i not in partner and -j not in partner.values():
            partner[-i] = -j
    yield from ((a, sentence.found[partner[i]] if i in partner else None) for i, a in enumerate(sentence.marked))
    yield from ((None, b) for j, b in enumerate(sentence.found) if j not in partner.values())


def _words(text: str, span: Span) -> set[int]:
    return {m.start() for m in _WORD.finditer(text, *span)}
