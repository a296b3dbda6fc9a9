"""Measure places and metonymy on the texts written for them in data/evaluation.

usage: python tests/bench/places.py [dev|test]
"""

import csv
import re
import sys
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from toolkit.codebook import gazetteer
from toolkit.extract import annotate
from toolkit.extract.metonymy import use
from toolkit.source.corpus import text_of
from toolkit.source.documents import from_texts
from toolkit.tables import Tables

FOLDER = Path(__file__).parents[2] / "data" / "evaluation"
OWN = "texts written for the project and set aside"
_MARKED = re.compile(r"\[(?P<name>[^]|]+)(?:\|(?P<which>[^]]+))?\]")
Row = tuple[str, float, int, str]


class Marked(NamedTuple):
    """A text without its brackets, and what was in them: (start, end, what stood behind the bar)."""

    text: str
    marks: list[tuple[int, int, str | None]]


def rows(name: str, part: str) -> list[dict[str, str]]:
    """Return the rows of one part of a file of texts."""
    lines = (FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return [row for row in csv.DictReader(x for x in lines if not x.startswith("#")) if row["part"] == part]


def marked(text: str) -> Marked:
    """Return a text whose names stand in brackets."""
    plain, marks, at = "", [], 0
    for m in _MARKED.finditer(text):
        plain += text[at : m.start()]
        marks.append((len(plain), len(plain) + len(m["name"]), m["which"]))
        plain += m["name"]
        at = m.end()
    return Marked(plain + text[at:], marks)


def metonymy(part: str) -> tuple[float, float, int]:
    """Return the accuracy of telling states, places and nationalities apart, that of "always a state", and cases."""
    cases = rows("metonymy", part)
    right = 0
    for row in cases:
        text, [(start, end, _)] = marked(row["sentence"])
        right += use(text, start, end) == row["use"]
    return right / len(cases), sum(row["use"] == "state" for row in cases) / len(cases), len(cases)


def which(tables: Tables) -> pd.DataFrame:
    """Return the mentions of places with the country and region of their place: as the texts are marked."""
    found = tables.mentions.merge(tables.places, on=["doc_id", "place_id"])
    regions = {p.gazetteer: p.region for name in found["written"] for p in gazetteer.places(name)}
    found["region"] = found["gazetteer"].map(regions)
    return found


def agrees(wanted: str, row: object) -> bool:
    """Tell whether a place found is the one that is marked: "US-TX", "FR", - for no one country, ? for none known."""
    known, country, region = (None if pd.isna(v) else v for v in (row.gazetteer, row.country, row.region))
    if wanted == "?":
        return known is None
    country_wanted, _, region_wanted = wanted.partition("-") if wanted != "-" else ("", "", "")
    return known is not None and (country or "") == country_wanted and region_wanted in {"", region}


def placed(part: str, show: bool = False) -> list[tuple[str, float, int]]:
    """Return (measure, value, cases) of places: mentions, and mentions with which place is meant."""
    texts = [marked(row["text"]) for row in rows("places", part)]
    # one by one: a text is settled by itself
    wanted = hits = right = got = 0
    for text, marks in texts:
        found = which(annotate(*from_texts([text_of({"doc_id": "t", "text": text})])))
        of_span = {(r.start, r.end): r for r in found.itertuples(index=False)}
        # "Paris, Texas" is one mark: its town's name is what is looked for, and the state behind it may be listed too
        spans = {(a, a + len(text[a:b].split(",")[0])): w for a, b, w in marks}
        tails = {(s, e) for s, e in of_span for a, b, _ in marks if a < s and e <= b + 1 and (s, e) not in spans}
        wanted, got = wanted + len(spans), got + len(of_span.keys() - tails)
        hits += len(of_span.keys() & spans.keys())
        good = {s for s, w in spans.items() if s in of_span and agrees(str(w), of_span[s])}
        right += len(good)
        if show and (good != spans.keys() or of_span.keys() - spans.keys() - tails):
            print(text)
            for s in sorted(spans.keys() - good):
                print("   not:", text[slice(*s)], spans[s], "got", tuple(of_span[s])[-7:] if s in of_span else None)
            print("   too much:", [text[slice(*s)] for s in of_span.keys() - spans.keys() - tails])
    precision, recall = right / got, right / wanted
    return [
        ("places precision", precision, got),
        ("places recall", recall, wanted),
        ("places F1, which place included", 2 * precision * recall / (precision + recall), wanted),
        ("places F1, names alone", 2 * hits / (got + wanted), wanted),
    ]


def measured(part: str = "test") -> list[Row]:
    """Return (measure, value, cases, corpus) as accuracy.csv holds them."""
    accuracy, floor, cases = metonymy(part)
    told = [("state or place accuracy", accuracy, cases), ("state or place, always a state", floor, cases)]
    return [(name, value, n, OWN) for name, value, n in (*placed(part), *told)]


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "test"
    if chosen == "dev":
        placed(chosen, show=True)
    for name, value, n, _ in measured(chosen):
        print(f"{name:40} {value:.3f} of {n}")
