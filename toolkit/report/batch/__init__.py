"""Batch: every report of a plan is made, or found made; whatever ends one of them, the others go on.

A folder of reports has a hidden folder, WORK, that one batch at a time works in: reports are made there and moved to
their place whole. What a batch that was killed leaves there, the next one puts back or removes.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from filelock import FileLock, Timeout

from toolkit.cache import Cache
from toolkit.errors import OutputError
from toolkit.report import manifest
from toolkit.report.batch.index import FAILURES, INDEX, failure_file, index, unread_file
from toolkit.report.batch.queue import make_all
from toolkit.report.batch.worker import REPLACED, Failure, Settings
from toolkit.report.listing import with_texts
from toolkit.report.plan import Plan, Run
from toolkit.source.content import Unread
from toolkit.staging import MANIFEST, Staging, cannot_write, restore

WORK = ".batch"
TABLES = "tables"  # the cache of tables, in WORK
TEXTS = "texts"  # what was found in the sources, in WORK
SECONDS = 600.0  # that a notebook may take
CACHE_BYTES = 2_000_000_000
_TEMPORARY = "temporary"  # leads, in WORK, to the folder of what processes write for themselves
_LISTINGS = 50_000_000  # bytes that what was found in sources may take
_OFTEN = 50  # runs after which the cache is held to its size


class Outcome(NamedTuple):
    """What became of a run: what its manifest says where it is made, else why it is not; neither where it waits."""

    run: Run
    made: dict[str, Any] | None
    failure: Failure | None = None


Told = Callable[[Outcome], None]


def batch(
    plan: Plan,
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
    out, runs = out.absolute(), plan.runs  # kernels work in the folder of their text
    settings = Settings(
        out,
        out / WORK,
        tuple(formats),
        seconds,
        plan.reading,
        plan.codebook.path.absolute() if plan.codebook else None,
        out / WORK / TABLES if cache_bytes else None,
    )
    with _at_work(out, runs):
        outcomes = {run.folder: Outcome(run, _made(run, plan, out, formats)) for run in runs}
        missing = [outcome.run for outcome in outcomes.values() if not outcome.made]
        told = tell(len(runs), len(runs) - len(missing)) if tell else None
        try:
            with _nursery(warm and bool(missing)) as nursery:
                own = settings._replace(nursery=nursery)
                for count, (run, failure) in enumerate(
                    make_all(with_texts(missing, plan.reading), own, min(workers, len(missing)))
                ):
                    made = None if failure else _made(run, plan, out, formats)
                    outcome = Outcome(run, made, failure or (None if made else _CHANGED))
                    outcomes[run.folder] = outcome
                    if told:
                        told(outcome)
                    if count % _OFTEN == 0:
                        Cache(settings.work / TABLES).trim(cache_bytes)
        finally:
            Cache(settings.work / TABLES).trim(cache_bytes)
            Cache(settings.work / TEXTS).trim(_LISTINGS)
            _write(out, list(outcomes.values()), plan.unread, anew=bool(missing))
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
                with _temporary(work):
                    yield
            finally:
                _tidy(work)
    except Timeout:
        raise OutputError(
            f"another batch is at work in {out}: wait until it is done, or choose another folder with --out"
        ) from None
    except OSError as error:
        raise cannot_write(out, error) from None


@contextmanager
def _temporary(work: Path) -> Iterator[None]:
    """Let all that this batch and its processes write for themselves lie in one folder, and remember which.

    It lies where the system has such folders, since sockets need short paths.
    """
    link, before, chosen = work / _TEMPORARY, os.environ.get("TMPDIR"), tempfile.tempdir
    folder = Path(tempfile.gettempdir()) / f"attribution-{secrets.token_hex(4)}"
    link.symlink_to(folder)
    folder.mkdir(mode=0o700)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        os.environ.pop("TMPDIR")
        if before is not None:
            os.environ["TMPDIR"] = before
        tempfile.tempdir = chosen


def _tidy(work: Path) -> None:
    link = work / _TEMPORARY
    if link.is_symlink():
        folder = link.readlink()
        # Only what can be of a batch: a folder of reports may come from somebody else.
        if folder.parent == Path(tempfile.gettempdir()) and folder.name.startswith("attribution-"):
            shutil.rmtree(folder, ignore_errors=True)
        link.unlink()
    for path in work.iterdir():
        if path.is_dir() and path.name not in (TABLES, TEXTS, REPLACED):
            shutil.rmtree(path, ignore_errors=True)
    for folder in sorted((work / REPLACED).rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _nursery(warm: bool) -> Any:
    if not warm:
        return nullcontext()
    from toolkit.report.nursery import nursery

    return nursery()


def _made(run: Run, plan: Plan, out: Path, formats: Sequence[str]) -> dict[str, Any] | None:
    """Return what the manifest of a run says, where it was made from what the plan found."""
    inputs = manifest.made_from(
        run.source.name + run.place,
        run.sha256,
        run.notebook,
        run.parameters,
        formats,
        reading=plan.reading,
        codebook=plan.codebook,
    )
    return manifest.complete(out / run.folder, run.notebook.name, inputs)


def _told_in_full(outcome: Outcome) -> str:
    """Return a failure in all that is known of it, for the person who will mend it."""
    run, failure = outcome.run, outcome.failure or _CHANGED
    values = ", ".join(f"{name}={value}" for name, value in run.parameters.items()) or "the notebook's own"
    parts = [
        f"{run.folder} was not made: {failure.message}",
        f"Source: {run.source}{run.place}\nNotebook: {run.notebook.path}\nParameters: {values}",
    ]
    if failure.cell:
        parts.append(f"Cell {failure.cell}:\n\n" + "\n".join(f"    {line}" for line in failure.source.splitlines()))
    if failure.traceback:
        parts.append(f"Traceback:\n\n{failure.traceback}")
    return "\n\n".join(parts) + "\n"


def _write(out: Path, outcomes: Sequence[Outcome], unread: Sequence[Unread], anew: bool) -> None:
    """Write the failures, the index over all reports and the manifest of the batch."""
    failed = {failure_file(o.run.folder): _told_in_full(o) for o in outcomes if o.failure}
    failed |= {unread_file(one): f"{one.source_path} was not read: {one.reason}\n" for one in unread}
    folder = out / FAILURES
    for path in folder.glob("*.txt"):
        if f"{FAILURES}/{path.name}" not in failed:
            path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
    content: dict[str, Any] = {"reports": {o.run.folder: _state(o) for o in outcomes}}
    if unread:
        content["unread"] = [
            {"source": one.source_path, "message": one.reason, "file": unread_file(one)} for one in unread
        ]
    if not anew and manifest.read(out) == content and (out / INDEX).is_file():
        return
    with Staging(out) as staging:
        if failed:
            folder.mkdir(exist_ok=True)
            (staging.folder / FAILURES).mkdir()
        for name, told in failed.items():
            (staging.folder / name).write_text(told, encoding="utf-8", errors="replace")
        (staging.folder / INDEX).write_bytes(index(outcomes, unread, out))
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
