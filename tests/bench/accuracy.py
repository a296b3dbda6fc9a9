"""Measure the extractor on a corpus and write codebook/accuracy.csv, which every report quotes.

usage: python tests/bench/accuracy.py CORPUS.jsonl NAME

CORPUS has a document a line with "doc_id", "text" and "attributions"; NAME is what reports call it.
"""

import csv
import sys
from pathlib import Path

import toolkit
from toolkit.analysis.evaluation import predictions, scores
from toolkit.extract import annotate
from toolkit.source.corpus import read_corpus, text_of
from toolkit.source.documents import from_texts

TARGET = Path(toolkit.__file__).parent / "codebook" / "accuracy.csv"
# What reports call a measure, and what the evaluation calls it.
QUOTED = {
    "recall": "attribution@0.3 recall",
    "precision": "attribution@0.3 precision",
    "source accuracy": "attribution@0.3 source accuracy",
    "recall direct": "attribution@0.3 recall of direct",
    "recall mixed": "attribution@0.3 recall of mixed",
    "recall indirect": "attribution@0.3 recall of indirect",
    "exact source F1": "exact source F1",
    "exact cue F1": "exact cue F1",
    "exact content F1": "exact content F1",
}


def measure(corpus: Path) -> list[tuple[str, float, int]]:
    """Return (measure, value, number of cases) for the corpus."""
    gold = read_corpus(corpus)
    found = predictions(annotate(*from_texts(text_of(d) for d in gold)))
    whole = scores((d["text"], d["attributions"], found[d["doc_id"]]) for d in gold).set_index("measure")
    out = [(name, whole.value[measured], int(whole.cases[measured])) for name, measured in QUOTED.items()]
    for way in sorted({a["found_by"] for rows in found.values() for a in rows}):
        some = {key: [a for a in rows if a["found_by"] == way] for key, rows in found.items()}
        of_way = scores((d["text"], d["attributions"], some[d["doc_id"]]) for d in gold).set_index("measure")
        row = of_way.loc["attribution@0.3 precision"]
        out.append((f"precision of {way}", row.value, int(row.cases)))
    return out


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    measured = measure(Path(sys.argv[1]))
    comment = TARGET.read_text(encoding="utf-8").splitlines()[0]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(comment + "\n")
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["measure", "value", "cases", "corpus"])
        table.writerows((name, f"{value:.3f}", cases, sys.argv[2]) for name, value, cases in measured)
    print(TARGET.read_text(encoding="utf-8"))
