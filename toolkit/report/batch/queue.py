"""The queue: runs go to worker processes; one that ends or hangs costs the run that it was at, and is replaced."""

import multiprocessing
import time
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait
from typing import Any

from toolkit.report.batch.worker import Failure, Settings, serve
from toolkit.report.plan import Run

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

    def begin(self, run: Run, seconds: float) -> None:
        self.run, self.until = run, time.monotonic() + seconds
        self.connection.send(run)

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


def make_all(runs: Iterable[Run], settings: Settings, workers: int) -> Iterator[tuple[Run, Failure | None]]:
    """Yield every run as it is made, or with the failure that kept it from being made."""
    waiting = deque(runs)
    at_work: list[_Worker] = []
    try:
        while waiting or any(worker.run for worker in at_work):
            while waiting and len(at_work) < workers:
                at_work.append(_Worker(settings))
            for worker in at_work:
                if worker.run is None and waiting:
                    worker.begin(waiting.popleft(), settings.seconds + _GRACE)
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
