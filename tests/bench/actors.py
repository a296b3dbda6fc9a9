"""Measure what names, metonymy, actors and places add to the time of attribution, on the articles of attribution.py.

usage: actors.py    prints seconds (medians) and the share that is added; the aim is 0.40 at most
"""

import statistics
import time

from attribution import RUNS, articles, documents

from toolkit.extract.actors import resolve
from toolkit.extract.attributions import attributions, listen
from toolkit.extract.metonymy import uses
from toolkit.extract.names import names
from toolkit.extract.places import places
from toolkit.extract.sentences import sentences

STAGES = ("attribution", "names", "metonymy", "actors", "places")


def measured(texts: list[str]) -> dict[str, float]:
    """Return the seconds that each stage takes, in one round."""
    found, _ = documents(texts)
    marks = [time.perf_counter()]
    heard = listen(found)
    read = sentences(found)
    said = attributions(found, heard=heard)
    marks.append(time.perf_counter())
    called = names(found, read, said.names)
    marks.append(time.perf_counter())
    used = uses(found, read, called)
    marks.append(time.perf_counter())
    resolve(found, read, called, used, said.relations, said.spans)
    marks.append(time.perf_counter())
    places(found, read, called, used)
    marks.append(time.perf_counter())
    return dict(zip(STAGES, (b - a for a, b in zip(marks, marks[1:], strict=False)), strict=True))


def main() -> None:
    """Measure, and print."""
    texts = articles(20)
    measured(texts[:2])  # loads the codebook
    rounds = [measured(texts) for _ in range(RUNS)]
    seconds = {stage: statistics.median(r[stage] for r in rounds) for stage in STAGES}
    added = sum(seconds.values()) - seconds["attribution"]
    for stage, value in seconds.items():
        print(f"{stage:12} {value:6.2f} s")
    print(f"added to attribution: {added / seconds['attribution']:.2f}")


if __name__ == "__main__":
    main()
