"""A worker: a process that makes one report after another, and ends with the batch that started it."""

import os
import queue
import shutil
import signal
import threading
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import RunError, ToolkitError, one_line
from toolkit.report.plan import Run
from toolkit.staging import cannot_write, replace_folder

REPLACED = "replaced"  # where, in the folder of work, reports stand aside for their successors
_LAST_WORDS = 5.0  # seconds that a worker has to put away what is under way


class Settings(NamedTuple):
    """How reports are made: where to, in which formats, in how many seconds at most.

    `work` is the hidden folder to make them in, `tables` that of the cache, `nursery` the socket of warm kernels.
    """

    out: Path
    work: Path
    formats: tuple[str, ...]
    seconds: float
    tables: Path | None = None
    nursery: Path | None = None


class Failure(NamedTuple):
    """Why a report was not made: in a sentence and, where they are known, the cell, its source and the traceback."""

    message: str
    cell: int | None = None
    source: str = ""
    traceback: str = ""


def serve(connection: Connection, settings: Settings) -> None:
    """Make each run that comes over a connection and answer with its failure, or None; end when it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C reaches all; the batch decides
    signal.signal(signal.SIGTERM, _interrupt)
    os.environ["OMP_NUM_THREADS"] = "1"  # the workers share the processors between them
    orders: queue.SimpleQueue[Run] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(connection, orders), daemon=True).start()
    made = settings.work / f"made-{os.getpid()}"
    try:
        while True:
            answer = _make(orders.get(), made, settings)
            connection.send(answer)
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _listen(connection: Connection, orders: "queue.SimpleQueue[Run]") -> None:
    try:
        while True:
            orders.put(connection.recv())
    except (EOFError, OSError):
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(_LAST_WORDS)
        os._exit(1)


def _interrupt(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def _make(run: Run, made: Path, settings: Settings) -> Failure | None:
    # what a batch that is already done does without
    from toolkit.report.kernel import ReportKernelManager
    from toolkit.report.run import make
    from toolkit.source.files import read

    destination = settings.out / run.folder
    try:
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        kernel = ReportKernelManager(nursery=settings.nursery, tables=settings.tables)
        text = read(run.doc_id, run.source)
        make(
            text,
            run.notebook,
            run.parameters,
            list(settings.formats),
            made,
            destination,
            kernel=kernel,
            seconds=settings.seconds,
        )
        replace_folder(made, destination, settings.work / REPLACED / run.folder)
    except RunError as error:
        return Failure(one_line(error), error.cell, error.source, error.traceback)
    except ToolkitError as error:
        return Failure(one_line(error))
    except OSError as error:
        return Failure(one_line(cannot_write(destination, error)))
    except Exception as error:
        return Failure(
            f"the toolkit failed ({type(error).__name__}: {one_line(error)}): report this as a bug",
            traceback=traceback.format_exc(),
        )
    return None
