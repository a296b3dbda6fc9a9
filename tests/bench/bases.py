"""Measure what the tables of places, dates, references, quantities, clauses and wording cost, against attribution.

usage: python tests/bench/bases.py CORPORA

CORPORA is a folder with polnear-dev.jsonl, of which the first texts are read. Seconds of one processor, in one run.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import toolkit.extract as extract
from toolkit.source.corpus import read_corpus, text_of
from toolkit.source.documents import from_texts

TEXTS, RUNS = 8, 3


def main(corpora: Path) -> None:
    """Print the seconds of each table and the ratio of all of them to attribution; the quickest of several runs."""
    documents, _ = from_texts(text_of(d) for d in read_corpus(corpora / "polnear-dev.jsonl")[:TEXTS])
    best: dict[str, float] = {}

    def timed(name: str, make: Callable[..., Any], *tables: Any, **more: Any) -> Any:
        began = time.process_time()
        made = make(*tables, **more)
        best[name] = min(best.get(name, float("inf")), time.process_time() - began)
        return made

    for _ in range(RUNS):
        sentences = extract.sentences(documents)
        found = timed("attribution", lambda: extract.attributions(documents, heard=extract.listen(documents)))
        called = extract.names(documents, sentences, found.names)
        used = extract.uses(documents, sentences, called)
        resolved = extract.resolve(documents, sentences, called, used, found.relations, found.spans)
        timed("places", extract.places, documents, sentences, called, used)
        dates = timed("dates", extract.dates, documents, sentences, called)
        cited = timed("references", extract.references, documents, sentences, dates)
        counted = timed("quantities", extract.quantities, documents, sentences, dates, cited)
        bases = {"dates": dates, "quantities": counted, "references": cited}
        timed("statements", extract.statements, documents, sentences, resolved.attributions, found.spans, **bases)
        timed("wording", extract.wording, documents, sentences, found.spans)
    attribution = best.pop("attribution")
    for name, seconds in best.items():
        print(f"{name:12} {seconds:7.3f} s")
    together = sum(best.values())
    print(f"together     {together:7.3f} s, attribution {attribution:.3f} s: {together / attribution:.2f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
