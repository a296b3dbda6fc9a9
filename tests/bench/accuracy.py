"""Measure the extractor on a corpus and write codebook/accuracy.csv, which every report quotes.

usage: python tests/bench/accuracy.py CORPUS.jsonl SCORER.py NAME

CORPUS has a document a line with "text" and "attributions" (source, cue, content as lists of
[start, end], type); SCORER has `score(pairs)`; NAME is what reports call the corpus.
"""

import csv
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import toolkit
from toolkit.extract import annotate
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.spans import Link, raw_span

TARGET = Path(toolkit.__file__).parent / "codebook" / "accuracy.csv"


def predict(documents: list[dict[str, Any]]) -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[str]]]:
    """Return the attributions found in every document, in its own offsets, and how each was found."""
    texts = [parse(d["doc_id"], Path(f"{d['doc_id']}.txt"), d["text"].encode()) for d in documents]
    tables = annotate(*from_texts(texts))
    links = {
        key: [Link(*row) for row in rows[["start", "end", "raw_start", "raw_end"]].itertuples(index=False)]
        for key, rows in tables.alignment.groupby("doc_id")
    }
    found: dict[str, dict[str, Any]] = {d["doc_id"]: {} for d in documents}
    for span in tables.attribution_spans.itertuples(index=False):
        empty = {"source": [], "cue": [], "content": []}
        relation = found[span.doc_id].setdefault(span.attribution_id, empty)
        relation[span.role].append(list(raw_span(tuple(links[span.doc_id]), span.start, span.end)))
    how = tables.attributions.set_index("attribution_id")["found_by"]
    return (
        {key: list(rows.values()) for key, rows in found.items()},
        {key: [how[a] for a in rows] for key, rows in found.items()},
    )


def measure(corpus: Path, scorer: Path) -> list[tuple[str, float, int]]:
    """Return (measure, value, number of gold cases) for the corpus."""
    spec = importlib.util.spec_from_file_location("scorer", scorer)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    documents = [json.loads(line) for line in corpus.open(encoding="utf-8")]
    found, how = predict(documents)
    whole = score.score((d["text"], d["attributions"], found[d["doc_id"]]) for d in documents)
    loose, gold = whole["attribution"]["0.3"], whole["count"]["gold"]
    out = [
        ("recall", loose["r"], gold),
        ("precision", loose["p"], gold),
        ("source accuracy", loose["source_accuracy"], gold),
    ]
    for mode, value in loose["recall_by_type"].items():
        out.append((f"recall {mode}", value, sum(a["type"] == mode for d in documents for a in d["attributions"])))
    out += [(f"exact {role} F1", x["f1"], gold) for role, x in whole["exact"].items()]
    for way in sorted({w for ways in how.values() for w in ways}):
        some = {key: [a for a, w in zip(found[key], how[key], strict=True) if w == way] for key in found}
        of_way = score.score((d["text"], d["attributions"], some[d["doc_id"]]) for d in documents)
        out.append((f"precision of {way}", of_way["attribution"]["0.3"]["p"], of_way["count"]["predicted"]))
    return out


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    rows = measure(Path(sys.argv[1]), Path(sys.argv[2]))
    comment = TARGET.read_text(encoding="utf-8").splitlines()[0]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(comment + "\n")
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["measure", "value", "gold", "corpus"])
        table.writerows((name, f"{value:.3f}", gold, sys.argv[3]) for name, value, gold in rows)
    print(TARGET.read_text(encoding="utf-8"))
