"""Measure whether the tables of many texts cost more time a word, or more memory, than those of few.

`toolkit tables` is run, each time in a process of its own, on 10, on 100 and on 1,000 generated articles
(paragraphs of the sample, drawn anew for each). Time is of the processor, not of the clock, so that
what else a machine does counts less; it is less what the command takes to start, measured on one
article. Memory is the largest that was resident. Prints the ratio of speeds and both sizes.
"""

import os
import random
import sys
import tempfile
from pathlib import Path

from toolkit import shipped

FEW, MANY = 100, 1000
SIZES = (10, FEW, MANY)
PARAGRAPHS = 2


def articles(count: int, folder: Path) -> int:
    """Write so many articles and return how many words they have."""
    headline, *paragraphs = shipped.sample().read_text(encoding="utf-8").split("\n\n")
    # what is loaded only when a text asks for it, as the model of languages, is loaded in every run
    (folder / "other.txt").write_text(
        "Der Minister sagte am Montag, dass die Schiffe im Hafen bleiben.", encoding="utf-8"
    )
    words = 0
    for n in range(count):
        drawn = random.Random(n).sample(paragraphs, PARAGRAPHS)
        text = "\n\n".join([headline, *drawn])
        words += len(text.split())
        (folder / f"{n:05}.txt").write_text(text, encoding="utf-8")
    return words


def run(folder: Path) -> tuple[float, float]:
    """Return the processor's seconds and the megabytes that the tables of a folder take."""
    command = [sys.executable, "-m", "toolkit", "tables", str(folder), "--out", str(folder) + "-tables"]
    child = os.posix_spawn(
        sys.executable, command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    )
    _, status, used = os.wait4(child, 0)
    assert status == 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Run one, few and many, in turn."""
    with tempfile.TemporaryDirectory() as made:
        found = {}
        for count in (1, *SIZES):
            folder = Path(made) / str(count)
            folder.mkdir()
            found[count] = (articles(count, folder), *run(folder))
        start = found[1][1]
        speed = {n: found[n][0] / (found[n][1] - start) for n in SIZES}
        print(f"Tables of generated articles ({os.cpu_count()} cores)")
        for n in SIZES:
            words, seconds, memory = found[n]
            told = f"{seconds:7.1f} s  {speed[n]:7,.0f} words a second  {memory:5.0f} MB"
            print(f"  {n:5,} articles, {words:8,} words  {told}")
        memories = found[MANY][2] / found[FEW][2]
        print(f"  ratio of speeds {speed[MANY] / speed[FEW]:.2f}, of memory {memories:.2f}")


if __name__ == "__main__":
    main()
