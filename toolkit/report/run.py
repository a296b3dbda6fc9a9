"""Run: a notebook and a text become an executed notebook, a page, a paper and a manifest."""

import json
import logging
import math
import os
import shutil
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import toolkit.report.schemas  # noqa: F401  # first, so that what follows loads faster

# isort: split
import nbformat

from toolkit import shipped
from toolkit.errors import ParameterError, RunError, ToolkitError, one_line
from toolkit.report import manifest
from toolkit.report.blocks import OPENING
from toolkit.report.inline import uncoloured
from toolkit.report.lint import complaints
from toolkit.report.parameters import CODEBOOK, SOURCE, Notebook, values
from toolkit.source.decode import DAMAGED
from toolkit.source.files import TextFile
from toolkit.source.handover import hand_over
from toolkit.source.language import language
from toolkit.source.options import Options
from toolkit.staging import MANIFEST, Staging

if TYPE_CHECKING:
    from toolkit.report.kernel import ReportKernelManager

# What papermill logs comes back as its exception, which becomes our one line.
logging.getLogger("papermill").addHandler(logging.NullHandler())
SECONDS = 600.0  # that a notebook may take
_AS_EVER = Options()
_OURS = {"ToolkitError", *(kind.__name__ for kind in ToolkitError.__subclasses__())}


def report(
    text: TextFile,
    notebook: Notebook,
    given: Iterable[str],
    formats: Iterable[str],
    out: Path,
    codebook: Path | None = None,
    reading: Options = _AS_EVER,
) -> list[Path]:
    """Run a notebook on a text and return the files made, in OUT/<doc_id>/, the manifest last.

    The executed notebook is always among them. Everything is made beside its place and moved there
    when it is whole; a failure leaves what was there as it was. codebook: a file of the user's (see
    `toolkit.codebook.own`), which the notebook gets by its path from the text's folder.

    Raises
    ------
    ParameterError
        When a parameter is unknown or of the wrong type, before anything starts.
    RunError
        When the notebook fails.
    OutputError
        When the folder cannot be written to.
    """
    parameters = values(notebook, given)
    with Staging(out / text.doc_id) as staging:
        names = make(
            text,
            notebook,
            parameters,
            list(formats),
            staging.folder,
            staging.destination,
            reading=reading,
            codebook=codebook,
        )
        return staging.publish([*names, MANIFEST])


def make(
    text: TextFile,
    notebook: Notebook,
    parameters: dict[str, Any],
    formats: list[str],
    folder: Path,
    destination: Path,
    *,
    reading: Options = _AS_EVER,
    codebook: Path | None = None,
    kernel: "ReportKernelManager | None" = None,
    seconds: float = SECONDS,
) -> list[str]:
    """Make a report and its manifest in a folder, and return the names of its files.

    `reading` is how the text was read. The manifest takes over what the destination's says of other runs, and says
    where things are as seen from there.
    """
    if SOURCE not in notebook.parameters:
        raise ParameterError(
            f'notebook {notebook.name} declares no source: tag a cell "parameters" and write `source: str = ""` in it'
        )
    if codebook is not None and CODEBOOK not in notebook.parameters:
        raise ParameterError(
            f'notebook {notebook.name} takes no codebook: write `codebook: str = ""` into its cell "parameters"'
        )
    if any("\ud800" <= c <= "\udfff" for c in text.path.name):
        raise ParameterError(f"{text.source_path} has a name that is no text here: rename it, or set LC_ALL=C.UTF-8")
    began, clock = datetime.now(UTC), time.perf_counter()
    # The kernel does the work; meanwhile this process loads what will render it.
    ahead = threading.Thread(target=_load_renderers, args=(formats,), daemon=True)
    ahead.start()
    path = hand_over(text, folder)
    given = {SOURCE: path.name, **parameters}
    if codebook is not None:
        own_codebook = codebook if path == text.path else _beside(codebook, path)
        given[CODEBOOK] = _seen_from(path.resolve().parent, own_codebook.resolve())
    try:
        executed = execute(notebook, given, path.absolute().parent, kernel=kernel, seconds=seconds)
    finally:
        if path != text.path:
            path.unlink()
            if codebook is not None:
                own_codebook.unlink()
    ahead.join()
    _check(executed, text)
    files = {f"{notebook.name}.ipynb": (nbformat.writes(executed) + "\n").encode("utf-8")}
    from toolkit.report.findings import findings_of, schema  # brings pandas, which rendering alone does without

    if findings := findings_of(executed):
        named = {"": findings | {"$schema": f"{notebook.name}.schema.json"}, ".schema": schema()}
        for kind, value in named.items():
            written = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
            files[f"{notebook.name}{kind}.json"] = written.encode("utf-8", "replace")
    for format in formats:
        if rendered := render(executed, notebook.name, format):
            files[f"{notebook.name}.{format}"] = rendered
    for name, data in files.items():
        (folder / name).write_bytes(data)
    from toolkit.report.page import about_report

    about = about_report(executed)
    run = {
        **manifest.made_from(
            text.path.name + text.place,
            text.sha256,
            notebook,
            parameters,
            formats,
            reading=reading,
            codebook=manifest.Codebook.at(codebook) if codebook else None,
        ),
        "encoding": text.encoding,
        **manifest.outputs(folder, files),
        "about": {key: about[key] for key in ("title", "abstract") if about.get(key)},
        "warnings": [*warnings(text), *(_unset(text) if "pdf" in formats else [])],
    }
    times = {"began": began.isoformat(timespec="seconds"), "seconds": round(time.perf_counter() - clock, 2)}
    own = None if notebook.path.parent == shipped.notebooks() else notebook.path
    read = {"source": text.path, "notebook": own, "codebook": codebook}
    places = {name: _seen_from(destination, path.absolute()) for name, path in read.items() if path}
    before = manifest.read(destination)
    manifest.write(folder, manifest.with_run(before, text.doc_id, notebook.name, run, times=times, places=places))
    return list(files)


def _beside(codebook: Path, text: Path) -> Path:
    """Return a copy of a codebook beside a text that was handed over, so that its path is the same everywhere."""
    return Path(shutil.copyfile(codebook, text.with_name(codebook.name)))


def _seen_from(folder: Path, path: Path) -> str:
    return Path(os.path.relpath(path, folder.absolute())).as_posix()


def execute(
    notebook: Notebook,
    parameters: dict[str, Any],
    folder: Path,
    *,
    kernel: "ReportKernelManager | None" = None,
    seconds: float = SECONDS,
) -> Any:
    """Return the notebook, run by papermill in a folder, without anything that differs between runs.

    Raises
    ------
    RunError
        Naming the cell that failed and its error.
    """
    from toolkit.report.kernel import ReportKernelManager

    kernel = kernel or ReportKernelManager()
    try:
        kernel.begin(folder)  # it starts while papermill is loaded, which takes as long
        executed = _executed(notebook, parameters, folder, kernel, seconds)
    finally:
        kernel.end()
    executed.metadata.pop("papermill", None)
    executed.metadata.language_info = {"name": "python"}
    for number, cell in enumerate(executed.cells, 1):
        cell.id = f"cell-{number:02d}"
        for own in ("papermill", "execution"):
            cell.metadata.pop(own, None)
    return executed


def _executed(notebook: Notebook, parameters: dict[str, Any], folder: Path, kernel: Any, seconds: float) -> Any:
    """Return the notebook as papermill runs it in a kernel; what fails becomes a RunError."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    under_way: list[Any] = [None, ""]
    until = time.monotonic() + seconds

    def begin(cell: Any, cell_index: int) -> None:
        under_way[:] = cell_index + 1, cell.source

    try:
        return papermill.execute_notebook(
            notebook.node,
            None,
            parameters=parameters,
            cwd=str(folder),
            progress_bar=False,
            request_save_on_cell_execute=False,
            km=kernel,
            kernel_name="python3",
            language="python",
            record_timing=False,
            timeout_func=lambda _: max(1, math.ceil(until - time.monotonic())),
            on_cell_start=begin,
        )
    except PapermillExecutionError as error:
        # no part of nbconvert may be loaded here: a thread may be about it, and its modules wait for each other
        where = (error.cell_index + 1, error.source, uncoloured("\n".join(error.traceback)))
        if error.ename in _OURS:  # worded for the user already
            raise RunError(one_line(ValueError(error.evalue)), *where) from error
        why = f"{error.ename}: {one_line(ValueError(error.evalue))}"
        raise RunError(
            f"notebook {notebook.name} failed in cell {where[0]} ({why}): open it in JupyterLab and run it there",
            *where,
        ) from error
    except CellTimeoutError as error:
        raise RunError(
            f"notebook {notebook.name} took over {seconds:g} s: give it a shorter text, or more time", *under_way
        ) from error
    except (DeadKernelError, RuntimeError) as error:
        raise RunError(
            f"the kernel of notebook {notebook.name} died ({one_line(error)}): try again, or see `toolkit doctor`",
            *under_way,
        ) from error


def _check(executed: Any, text: TextFile) -> None:
    """Refuse a report that breaks the rules of reports (see lint)."""
    outputs = (output for cell in executed.cells for output in cell.get("outputs", []))
    pages = (output.get("data", {}).get("text/html", "") for output in outputs)
    for complaint in complaints("".join(page for page in pages if page.startswith(OPENING))):
        raise RunError(
            f"the report on {text.source_path} was not written, for it breaks its own rule on "
            f"{complaint.rule} ({one_line(ValueError(complaint.words))[:120]}): report this as a bug of the toolkit"
        )


def render(executed: Any, name: str, format: str) -> bytes | None:
    """Return an executed notebook as HTML, PDF, the plain lines of a mail, or its first figure as SVG, if any."""
    resources = {"metadata": {"name": name}}
    if format == "html":
        from toolkit.report import page as pages

        page, _ = pages.exporter().from_notebook_node(executed, resources)
        return bytes(page.encode("utf-8", "replace"))
    if format == "txt":
        from toolkit.report.mail import to_mail

        return to_mail(executed, name).encode("utf-8", "replace")
    if format == "svg":
        from toolkit.report.first_figure import first_figure

        return first_figure(executed)
    from toolkit.report import paper as papers

    paper, _ = papers.exporter().from_notebook_node(executed, resources)
    return bytes(paper)


def warnings(text: TextFile) -> list[str]:
    """Return what a user should know about a text before trusting a report on it."""
    found = []
    code = language(text.plain)
    if code == "und":
        found.append("the language cannot be told: the toolkit reads English")
    elif code != "en":
        found.append(
            f"the language appears to be {code}: the toolkit reads English, expect that most statements were missed"
        )
    if text.encoding.endswith(DAMAGED):
        found.append(f"some bytes are not {text.encoding.removesuffix(DAMAGED)}: they stand as \ufffd")
    if text.metadata.get("access") == "paid":
        found.append("the page says that it is not free to read: what was saved may be its beginning only")
    return found


def _unset(text: TextFile) -> list[str]:
    from toolkit.report.scripts import lacking

    return [f"no font here for {script}: the PDF says [{script}] in its place" for script in lacking(text.plain)]


def _load_renderers(formats: list[str]) -> None:
    import_module("toolkit.report.findings")
    for format, module in (("html", "page"), ("pdf", "paper")):
        if format in formats:
            import_module(f"toolkit.report.{module}")
