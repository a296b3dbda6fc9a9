"""Measure certainty and wording on sentences that were marked by hand and kept apart from the rules.

usage: python tests/bench/marked.py [--mistakes]
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import toolkit
from toolkit.extract import annotate
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.spans import Span

FOLDER = (
    Path(sys.argv[-1]) if Path(sys.argv[-1]).is_dir() else Path(toolkit.__file__).parents[1] / "data" / "evaluation"
)
CORPUS = "sentences written for the project and held out"
_MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
_WORD = re.compile(r"\w+")
_SHARED = 0.5  # of the words of a marked and a found clause together, for the two to be the same


class Marked(NamedTuple):
    """A stretch with its class."""

    span: Span
    label: str


class Sentence(NamedTuple):
    """A sentence without its marks, and what was marked in it."""

    text: str
    marked: list[Marked]


def sentences(path: Path) -> list[Sentence]:
    """Return the marked sentences of a file, a line each."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        text, marked, at = "", [], 0
        for found in _MARK.finditer(line):
            text += line[at : found.start()]
            marked.append(Marked(Span(len(text), len(text) + len(found[2])), found[1]))
            text, at = text + found[2], found.end()
        out.append(Sentence(text + line[at:], marked))
    return out


def found_in(table: str, marked: list[Sentence]) -> list[list[Marked]]:
    """Return what the toolkit finds in every sentence, each read as a text of its own."""
    files = [parse(f"d{i}", Path("x.txt"), sentence.text.encode()) for i, sentence in enumerate(marked)]
    tables = annotate(*from_texts(files))
    assert list(tables.documents["text"]) == [sentence.text for sentence in marked], "cleaning changed a sentence"
    frame, rows = tables[table], {}
    labels = frame["class"] if table == "wording" else frame["certainty"] + frame["negated"].map({True: "-", False: ""})
    for doc_id, start, end, label in zip(frame["doc_id"], frame["start"], frame["end"], labels, strict=True):
        rows.setdefault(doc_id, []).append(Marked(Span(int(start), int(end)), label))
    return [rows.get(f"d{i}", []) for i in range(len(marked))]


def pairs(text: str, gold: list[Marked], found: list[Marked]) -> Iterator[tuple[Marked | None, Marked | None]]:
    """Yield what was marked with what was found there, one to one, the closest first; None where there is none."""

    def words(span: Span) -> set[int]:
        return {m.start() for m in _WORD.finditer(text, *span)}

    near = []
    for i, a in enumerate(gold):
        for j, b in enumerate(found):
            one, two = words(a.span), words(b.span)
            shared = len(one & two) / len(one | two) if one | two else 0.0
            if shared >= _SHARED:
                near.append((shared, a.label == b.label, -i, -j))
    taken: dict[int, int] = {}
    for _, _, i, j in sorted(near, reverse=True):
        if -i not in taken and -j not in taken.values():
            taken[-i] = -j
    yield from ((a, found[taken[i]] if i in taken else None) for i, a in enumerate(gold))
    yield from ((None, b) for j, b in enumerate(found) if j not in taken.values())


def measured(table: str, path: Path) -> tuple[list[tuple[str, float, int, str]], list[str]]:
    """Return (measure, value, cases, corpus) for a table, and the mistakes in words."""
    name = {"statements": "certainty", "wording": "wording"}[table]
    gold = sentences(path)
    views = {name: lambda label: label.rstrip("-")}
    if table == "statements":
        views["negation"] = lambda label: label.endswith("-") or None
    rows, mistakes = [], []
    matched = [
        (sentence, a, b)
        for sentence, found in zip(gold, found_in(table, gold), strict=True)
        for a, b in pairs(sentence.text, sentence.marked, found)
    ]
    for measure, view in views.items():
        hits = wanted = listed = 0
        for sentence, a, b in matched:
            left, right = a and view(a.label), b and view(b.label)
            wanted, listed, hits = wanted + bool(left), listed + bool(right), hits + bool(left and left == right)
            if left != right:
                where = sentence.text[slice(*(a or b).span)]
                mistakes.append(f"{measure}: marked {a and a.label}, found {b and b.label}: {where} | {sentence.text}")
        precision, recall = hits / max(listed, 1), hits / max(wanted, 1)
        both = 2 * precision * recall / (precision + recall) if hits else 0.0
        for kind, value, cases in (("precision", precision, listed), ("recall", recall, wanted), ("F1", both, wanted)):
            rows.append((f"{measure} {kind}", value, cases, CORPUS))
    return rows, mistakes


def all_measured() -> tuple[list[tuple[str, float, int, str]], list[str]]:
    """Return the rows of every table, and every mistake."""
    of = [measured("statements", FOLDER / "certainty.txt"), measured("wording", FOLDER / "wording.txt")]
    return [row for rows, _ in of for row in rows], [mistake for _, mistakes in of for mistake in mistakes]


if __name__ == "__main__":
    table, wrong = all_measured()
    for measure, value, cases, _ in table:
        print(f"{measure:24} {value:.3f}  of {cases}")
    if "--mistakes" in sys.argv[1:]:
        print(*wrong, sep="\n")
