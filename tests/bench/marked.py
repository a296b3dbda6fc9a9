"""Print how well tables are found on sentences marked by hand, and what was wrong.

usage: python tests/bench/marked.py [FOLDER [TABLE]]

FOLDER holds certainty.txt, wording.txt, dates.txt, quantities.txt and references.txt; without it, the sentences in
data/evaluation, which the rules never saw.
"""

import sys
from pathlib import Path

from toolkit.analysis.marked import measured, mistakes, read

HELD_OUT = Path(__file__).parents[2] / "data" / "evaluation"
FILES = {
    "statements": "certainty.txt",
    "wording": "wording.txt",
    "dates": "dates.txt",
    "quantities": "quantities.txt",
    "references": "references.txt",
}

if __name__ == "__main__":
    if len(sys.argv) > 3:
        sys.exit(__doc__)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HELD_OUT
    for table, name in FILES.items():
        if sys.argv[2:] not in ([], [table]):
            continue
        sentences = read(folder / name, table)
        for row in measured(table, sentences).itertuples(index=False):
            print(f"{row.measure:24} {row.value:.3f}  of {row.cases}")
        for row in mistakes(table, sentences).itertuples(index=False):
            print(f"  marked {row.marked}, found {row.found}: {row.stretch} | {row.text}")
