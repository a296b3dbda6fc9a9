"""Batch: every report of a plan is made, or found made; whatever ends one of them, the others go on.

A folder of reports has a hidden folder, WORK, that one batch at a time works in: reports are made there and moved to
their place whole. What a batch that was killed leaves there, the next one puts back or removes.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from filelock import FileLock, Timeout

from toolkit import digests
from toolkit.cache import Cache
from toolkit.errors import OutputError
from toolkit.report import manifest
from toolkit.report.batch.index import FAILURES, INDEX, failure_file, index
from toolkit.report.batch.queue import make_all
from toolkit.report.batch.worker import REPLACED, Failure, Settings
from toolkit.report.plan import Run
from toolkit.staging import MANIFEST, Staging, cannot_write, restore

WORK = ".batch"
TABLES = "tables"  # the cache of tables, in WORK
SECONDS = 600.0  # that a notebook may take
CACHE_BYTES = 2_000_000_000
_OFTEN = 50  # runs after which the cache is held to its size


class Outcome(NamedTuple):
    """What became of a run: what its manifest says where it is made, else why it is not; neither where it waits."""

    run: Run
    made: dict[str, Any] | None
    failure: Failure | None = None


Told = Callable[[Outcome], None]


def batch(
    runs: Sequence[Run],
    out: Path,
    formats: Sequence[str],
    *,
    workers: int = 1,
    warm: bool = False,
    seconds: float = SECONDS,
    cache_bytes: int = CACHE_BYTES,
    tell: Callable[[int, int], Told] | None = None,
) -> list[Outcome]:
    """Make every run of a plan that is not made yet, and return what became of each, in the plan's order.

    `tell` is asked once, with how many runs there are and how many are made already, and its answer is told every
    outcome. A failure stands in FAILURES, in the manifest of the folder and in its index.

    Raises
    ------
    OutputError
        When the folder cannot be written to, or another batch is at work in it.
    """
    out = out.absolute()  # kernels work in the folder of their text
    settings = Settings(out, out / WORK, tuple(formats), seconds, out / WORK / TABLES if cache_bytes else None)
    with _at_work(out, runs):
        outcomes = {run.folder: Outcome(run, _made(run, out, formats)) for run in runs}
        missing = [outcome.run for outcome in outcomes.values() if not outcome.made]
        told = tell(len(runs), len(runs) - len(missing)) if tell else None
        try:
            with _nursery(warm and bool(missing)) as nursery:
                own = settings._replace(nursery=nursery)
                for count, (run, failure) in enumerate(make_all(missing, own, min(workers, len(missing)))):
                    made = None if failure else _made(run, out, formats)
                    outcome = Outcome(run, made, failure or (None if made else _CHANGED))
                    outcomes[run.folder] = outcome
                    if told:
                        told(outcome)
                    if count % _OFTEN == 0:
                        Cache(settings.work / TABLES).trim(cache_bytes)
        finally:
            Cache(settings.work / TABLES).trim(cache_bytes)
            _write(out, list(outcomes.values()), anew=bool(missing))
        return list(outcomes.values())


_CHANGED = Failure("the text or the notebook changed while the report was made: start the batch again")


@contextmanager
def _at_work(out: Path, runs: Sequence[Run]) -> Iterator[None]:
    """Hold the folder for one batch; put back or remove what an earlier one left half-way."""
    work = out / WORK
    try:
        work.mkdir(parents=True, exist_ok=True)
        lock = FileLock(work / "lock")
        with lock.acquire(timeout=1):
            try:
                for run in runs:
                    restore(work / REPLACED / run.folder, out / run.folder)
                _tidy(work)
                yield
            finally:
                _tidy(work)
    except Timeout:
        raise OutputError(
            f"another batch is at work in {out}: wait until it is done, or choose another folder with --out"
        ) from None
    except OSError as error:
        raise cannot_write(out, error) from None


def _tidy(work: Path) -> None:
    for path in work.iterdir():
        if path.is_dir() and path.name not in (TABLES, REPLACED):
            shutil.rmtree(path, ignore_errors=True)
    for folder in sorted((work / REPLACED).rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _nursery(warm: bool) -> Any:
    if not warm:
        return nullcontext()
    from toolkit.report.nursery import nursery

    return nursery()


def _made(run: Run, out: Path, formats: Sequence[str]) -> dict[str, Any] | None:
    """Return what the manifest of a run says, where it was made from what is there now."""
    try:
        source = digests.of_file(run.source)
    except OSError:
        return None  # the run will say why it cannot be read
    inputs = manifest.made_from(run.source.name, source, run.notebook, run.parameters, formats)
    return manifest.complete(out / run.folder, run.notebook.name, inputs)


def _told_in_full(outcome: Outcome) -> str:
    """Return a failure in all that is known of it, for the person who will mend it."""
    run, failure = outcome.run, outcome.failure or _CHANGED
    values = ", ".join(f"{name}={value}" for name, value in run.parameters.items()) or "the notebook's own"
    parts = [
        f"{run.folder} was not made: {failure.message}",
        f"Source: {run.source}\nNotebook: {run.notebook.path}\nParameters: {values}",
    ]
    if failure.cell:
        parts.append(f"Cell {failure.cell}:\n\n" + "\n".join(f"    {line}" for line in failure.source.splitlines()))
    if failure.traceback:
        parts.append(f"Traceback:\n\n{failure.traceback}")
    return "\n\n".join(parts) + "\n"


def _write(out: Path, outcomes: Sequence[Outcome], anew: bool) -> None:
    """Write the failures, the index over all reports and the manifest of the batch."""
    failed = {failure_file(o.run.folder): _told_in_full(o) for o in outcomes if o.failure}
    for outcome in outcomes:
        if not outcome.failure:
            (out / failure_file(outcome.run.folder)).unlink(missing_ok=True)
    folder = out / FAILURES
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
    content = {"reports": {o.run.folder: _state(o) for o in outcomes}}
    if not anew and manifest.read(out) == content and (out / INDEX).is_file():
        return
    with Staging(out) as staging:
        if failed:
            folder.mkdir(exist_ok=True)
            (staging.folder / FAILURES).mkdir()
        for name, told in failed.items():
            (staging.folder / name).write_text(told, encoding="utf-8", errors="replace")
        (staging.folder / INDEX).write_bytes(index(outcomes, out))
        manifest.write(staging.folder, content)
        staging.publish([*failed, INDEX, MANIFEST])


def _state(outcome: Outcome) -> dict[str, Any]:
    """Return what the manifest of a batch says of a run."""
    run = outcome.run
    about = {"doc_id": run.doc_id, "notebook": run.notebook.name, "parameters": run.parameters}
    if outcome.made:
        return about | {"state": "made"}
    if not outcome.failure:
        return about | {"state": "waiting"}
    told = {"file": failure_file(run.folder), **outcome.failure._asdict()}
    return about | {"state": "failed", "failure": told}
