"""The queue: runs go to worker processes; one that ends or hangs costs the run that it was at, and is replaced."""

import multiprocessing
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Any

from toolkit.errors import SourceError, one_line
from toolkit.report.batch.worker import Failure, Settings, serve
from toolkit.report.plan import Run
from toolkit.source.files import TextFile

_GRACE = 60.0  # seconds beyond a notebook's own that writing a report may take
_LAST_WORDS = 6.0  # seconds that a worker has to end by itself


class _Worker:
    """A worker process with its connection, and what it is at."""

    def __init__(self, settings: Settings) -> None:
        start = multiprocessing.get_context("spawn")
        self.connection, theirs = start.Pipe()
        self.process = start.Process(target=serve, args=(theirs, settings), daemon=True)
        self.process.start()
        theirs.close()
        self.run: Run | None = None
        self.until = float("inf")

    def begin(self, run: Run, text: TextFile, seconds: float) -> None:
        self.run, self.until = run, time.monotonic() + seconds
        with suppress(OSError):  # a process that has ended says so when it is asked for its answer
            self.connection.send((run, text))

    def answer(self) -> Failure | None:
        """Return what came of the run; the end of the process is a failure too."""
        try:
            answer: Failure | None = self.connection.recv()
            return answer
        except (EOFError, OSError):
            self.process.join()
            return Failure(
                f"the process that made the report ended (exit code {self.process.exitcode}): free memory, or give "
                "--workers a smaller number, and start the batch again"
            )

    def end(self) -> None:
        self.connection.close()  # which it takes as the sign to end
        self.process.join(0 if self.run is None else _LAST_WORDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def make_all(
    runs: Iterable[tuple[Run, TextFile | SourceError]], settings: Settings, workers: int
) -> Iterator[tuple[Run, Failure | None]]:
    """Yield every run as it is made, or with the failure that kept it from being made.

    A run's text is asked for when a worker is free to take it.
    """
    waiting = iter(runs)
    at_work = [_Worker(settings) for _ in range(workers)]  # they load while the first text is read
    try:
        while True:
            while len(at_work) < workers:
                at_work.append(_Worker(settings))
            for worker in [w for w in at_work if w.run is None]:
                for run, text in waiting:
                    if isinstance(text, SourceError):
                        yield run, Failure(one_line(text))
                    else:
                        worker.begin(run, text, settings.seconds + _GRACE)
                        break
            if not any(worker.run for worker in at_work):
                break
            busy = {worker.connection: worker for worker in at_work if worker.run}
            soonest = min(worker.until for worker in busy.values())
            for connection in wait(list(busy), max(0.0, soonest - time.monotonic())):
                yield _finished(busy[connection], at_work, None)  # type: ignore[index]
            for worker in [w for w in at_work if w.run and w.until < time.monotonic()]:
                worker.process.kill()
                worker.process.join()
                hung = Failure(f"writing the report took over {settings.seconds + _GRACE:g} s: give it a shorter text")
                yield _finished(worker, at_work, hung)
    finally:
        for worker in at_work:
            worker.connection.close()
        for worker in at_work:
            worker.end()


def _finished(worker: _Worker, at_work: list[_Worker], failure: Failure | None) -> tuple[Run, Failure | None]:
    run: Any = worker.run
    failure = failure or worker.answer()
    worker.run, worker.until = None, float("inf")
    if worker.process.exitcode is not None:
        at_work.remove(worker)
        worker.end()
    return run, failure
