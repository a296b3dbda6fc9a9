"""Measure how soon exploring answers: the import of the toolkit, and the first cells of the notebook for it."""

import re
import statistics
import subprocess
import sys
import time

import nbformat
from nbclient import NotebookClient

from toolkit import shipped
from toolkit.report.kernel import ReportKernelManager

RUNS = 5


def imported() -> float:
    """Return the seconds that `import toolkit` takes, as Python itself counts them."""
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import toolkit"], capture_output=True, text=True, check=True
    ).stderr
    cumulative = re.search(r"\|\s+(\d+) \| toolkit$", told, re.MULTILINE)
    if cumulative is None:
        raise RuntimeError("python -X importtime did not tell of toolkit")
    return int(cumulative[1]) / 1e6


def answered() -> list[float]:
    """Return the seconds that every cell of code takes in a kernel that has just started."""
    node = nbformat.read(shipped.notebooks() / "explore.ipynb", as_version=4)
    manager, took = ReportKernelManager(), []
    client = NotebookClient(node, km=manager, resources={"metadata": {"path": str(shipped.notebooks())}})
    try:
        with client.setup_kernel():
            for at, cell in enumerate(node.cells):
                began = time.perf_counter()
                client.execute_cell(cell, at)
                if cell.cell_type == "code":
                    took.append(time.perf_counter() - began)
    finally:
        manager.end()
    return took


def main() -> None:
    """Print medians; the first round fills caches."""
    print(f"import toolkit                {statistics.median(imported() for _ in range(RUNS)):6.3f} s")
    rounds = [answered() for _ in range(RUNS + 1)][1:]
    source, first, *others = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"first cell, text to card      {source + first:6.2f} s")
    print(f"slowest of the other cells    {max(others):6.2f} s")


if __name__ == "__main__":
    main()
