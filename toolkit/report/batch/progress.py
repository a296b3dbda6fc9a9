"""Progress: a bar with the time left on a terminal, a line for each report in a log."""

import sys
import time
from typing import TYPE_CHECKING

from toolkit.report.batch.index import failure_file

if TYPE_CHECKING:
    from toolkit.report.batch import Outcome, Told


def progress(total: int, made: int) -> "Told":
    """Say how many reports are made already, and return what tells of each that comes to it, on stderr."""
    told = f"{total} report{'' if total == 1 else 's'}" + (f", {made} made already" if made else "")
    print(told, file=sys.stderr, flush=True)
    return _bar(total - made) if sys.stderr.isatty() and total > made else _lines(total - made)


def _bar(missing: int) -> "Told":
    from tqdm import tqdm

    bar = tqdm(total=missing, unit="report", file=sys.stderr, leave=True, dynamic_ncols=True)

    def tell(outcome: "Outcome") -> None:
        if line := _failure(outcome):
            bar.write(line, file=sys.stderr)
        bar.update()
        if bar.n == missing:
            bar.close()

    return tell


def _lines(missing: int) -> "Told":
    began, count = time.monotonic(), 0

    def tell(outcome: "Outcome") -> None:
        nonlocal count
        count += 1
        left = (time.monotonic() - began) / count * (missing - count)
        line = _failure(outcome) or outcome.run.folder
        print(f"{count} of {missing}, {_time(left)} left: {line}", file=sys.stderr, flush=True)

    return tell


def _failure(outcome: "Outcome") -> str:
    failure = outcome.failure
    where = f" (all of it in {failure_file(outcome.run.folder)})"
    return f"FAILED {outcome.run.folder}: {failure.message}{where}" if failure else ""


def _time(seconds: float) -> str:
    """Return a time left as people say it.

    >>> _time(4), _time(75), _time(3700)
    ('4 s', '1:15 min', '1:01 h')
    """
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02} h" if hours else f"{minutes}:{seconds:02} min" if minutes else f"{seconds} s"
