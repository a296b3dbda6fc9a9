"""Measure speed against stock tools, in the same run, on the same machine.

A cold `toolkit report` (text to HTML and PDF) against papermill's command on the same notebook
followed by nbconvert's command on the notebook that it executed; and rendering alone, an executed notebook to
HTML and PDF in a process of its own. Prints medians and the ratio.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import toolkit
from toolkit import shipped

RUNS = 5
BIN = Path(sys.executable).parent
RENDER = """
import sys
from toolkit.report.run import render
import nbformat
executed = nbformat.read(sys.argv[1], 4)
for format in ("html", "pdf"):
    render(executed, "article", format)
"""


def seconds(command: list[str], folder: Path) -> float:
    """Return how long a command takes; it must succeed."""
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Run each way in turn, so that a machine that slows down slows both."""
    text, notebook = str(shipped.sample()), str(shipped.notebooks() / "article.ipynb")
    ours, papermill, nbconvert, rendering = [], [], [], []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for run in range(RUNS + 1):
            times = (
                seconds([str(BIN / "toolkit"), "report", text, "--out", "ours"], folder),
                seconds([str(BIN / "papermill"), notebook, "executed.ipynb", "-p", "source", text], folder),
                seconds([str(BIN / "jupyter"), "nbconvert", "--to", "html", "executed.ipynb"], folder),
                seconds([sys.executable, "-c", RENDER, "ours/strait/article.ipynb"], folder),
            )
            if run:  # the first round fills caches
                for kept, took in zip((ours, papermill, nbconvert, rendering), times, strict=True):
                    kept.append(took)
    stock = [a + b for a, b in zip(papermill, nbconvert, strict=True)]
    ratios = [a / b for a, b in zip(ours, stock, strict=True)]
    words = f"{os.cpu_count()} cores, attribution-toolkit {toolkit.__version__}, medians of {RUNS} runs"
    print(f"One article of 900 words to a report, cold ({words})")
    print(f"  toolkit report, text to HTML and PDF   {statistics.median(ours):5.2f} s")
    print(f"  papermill's command                    {statistics.median(papermill):5.2f} s")
    print(f"  nbconvert's command, to HTML only      {statistics.median(nbconvert):5.2f} s")
    print(f"  rendering alone, to HTML and PDF       {statistics.median(rendering):5.2f} s")
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    print(f"  ratio, toolkit to the two together     {middle:5.2f}   (from {low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main()
