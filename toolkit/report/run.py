"""Run: a notebook and a text become an executed notebook, a page, a paper and a manifest."""

import hashlib
import json
import logging
import os
import platform
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import toolkit.report.schemas  # first, so that what follows loads faster

# isort: split
import nbformat

import toolkit
from toolkit.codebook.own import digest as digest_of
from toolkit.errors import ParameterError, RunError, ToolkitError, one_line
from toolkit.model.tagger import digest
from toolkit.report.blocks import OPENING
from toolkit.report.findings import findings_of, schema
from toolkit.report.lint import complaints
from toolkit.report.parameters import CODEBOOK, SOURCE, Notebook, values
from toolkit.source.decode import DAMAGED
from toolkit.source.files import TextFile
from toolkit.source.handover import hand_over
from toolkit.source.language import language
from toolkit.staging import MANIFEST, Staging

FORMATS = ("html", "pdf", "txt")
# What papermill logs comes back as its exception, which becomes our one line.
logging.getLogger("papermill").addHandler(logging.NullHandler())
_LIBRARIES = ("duckdb", "ftfy", "matplotlib", "nbconvert", "pandas", "papermill", "pysbd", "typst")
_CELL_SECONDS = 600
_OURS = {"ToolkitError", *(kind.__name__ for kind in ToolkitError.__subclasses__())}


def report(
    text: TextFile,
    notebook: Notebook,
    given: Iterable[str],
    formats: Iterable[str],
    out: Path,
    codebook: Path | None = None,
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
    formats = list(formats)
    parameters = values(notebook, given)
    if SOURCE not in notebook.parameters:
        raise ParameterError(
            f'notebook {notebook.name} declares no source: tag a cell "parameters" and write `source: str = ""` in it'
        )
    if codebook is not None:
        if CODEBOOK not in notebook.parameters:
            raise ParameterError(
                f'notebook {notebook.name} takes no codebook: write `codebook: str = ""` into its cell "parameters"'
            )
        parameters[CODEBOOK] = Path(os.path.relpath(codebook.resolve(), text.path.resolve().parent)).as_posix()
    if any("\ud800" <= c <= "\udfff" for c in text.path.name):
        raise ParameterError(f"{text.source_path} has a name that is no text here: rename it, or set LC_ALL=C.UTF-8")
    began, clock = datetime.now(UTC), time.perf_counter()
    with Staging(out / text.doc_id) as staging:
        # The kernel does the work; meanwhile this process loads what will render it.
        ahead = threading.Thread(target=_load_renderers, args=(formats,), daemon=True)
        ahead.start()
        path = hand_over(text, staging.folder)
        executed = execute(notebook, {SOURCE: path.name, **parameters}, path.absolute().parent)
        ahead.join()
        _check(executed, text)
        names = [f"{notebook.name}.ipynb"]
        (staging.folder / names[0]).write_text(nbformat.writes(executed) + "\n", encoding="utf-8")
        if findings := findings_of(executed):
            named = {"": findings | {"$schema": f"{notebook.name}.schema.json"}, ".schema": schema()}
            for kind, value in named.items():
                names.append(f"{notebook.name}{kind}.json")
                written = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
                (staging.folder / names[-1]).write_text(written, encoding="utf-8", errors="replace")
        for format in formats:
            names.append(f"{notebook.name}.{format}")
            (staging.folder / names[-1]).write_bytes(render(executed, notebook.name, format))
        run = {
            "toolkit": toolkit.__version__,
            "notebook": {"name": notebook.name, "sha256": notebook.sha256},
            "source": {"file": text.path.name + text.place, "sha256": text.sha256, "encoding": text.encoding},
            "parameters": parameters,
            **({"codebook": {"file": codebook.name, "sha256": digest_of(codebook)}} if codebook else {}),
            "weights": digest(),
            "outputs": {name: hashlib.sha256((staging.folder / name).read_bytes()).hexdigest() for name in names},
            "warnings": [*warnings(text), *(_unset(text) if "pdf" in formats else [])],
            "python": platform.python_version(),
            "libraries": {name: version(name) for name in _LIBRARIES},
            "times": {
                "began": began.isoformat(timespec="seconds"),
                "seconds": round(time.perf_counter() - clock, 2),
            },
        }
        _write_manifest(staging, notebook.name, {"doc_id": text.doc_id}, run)
        return staging.publish([*names, MANIFEST])


def execute(notebook: Notebook, parameters: dict[str, Any], folder: Path) -> Any:
    """Return the notebook, run by papermill in a folder, without anything that differs between runs.

    Raises
    ------
    RunError
        Naming the cell that failed and its error.
    """
    from toolkit.report.kernel import ReportKernelManager

    kernel = ReportKernelManager()
    try:
        kernel.begin(folder)  # it starts while papermill is loaded, which takes as long
        executed = _executed(notebook, parameters, folder, kernel)
    finally:
        kernel.end()
    executed.metadata.pop("papermill", None)
    executed.metadata.language_info = {"name": "python"}
    for number, cell in enumerate(executed.cells, 1):
        cell.id = f"cell-{number:02d}"
        for own in ("papermill", "execution"):
            cell.metadata.pop(own, None)
    return executed


def _executed(notebook: Notebook, parameters: dict[str, Any], folder: Path, kernel: Any) -> Any:
    """Return the notebook as papermill runs it in a kernel; what fails becomes a RunError."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

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
            execution_timeout=_CELL_SECONDS,
        )
    except PapermillExecutionError as error:
        if error.ename in _OURS:  # worded for the user already
            raise RunError(one_line(ValueError(error.evalue))) from error
        where = f"cell {error.cell_index + 1}"
        why = f"{error.ename}: {one_line(ValueError(error.evalue))}"
        raise RunError(
            f"notebook {notebook.name} failed in {where} ({why}): open it in JupyterLab and run it there"
        ) from error
    except CellTimeoutError as error:
        raise RunError(
            f"notebook {notebook.name} took over {_CELL_SECONDS} s in one cell: give it a shorter text"
        ) from error
    except (DeadKernelError, RuntimeError) as error:
        raise RunError(
            f"the kernel of notebook {notebook.name} died ({one_line(error)}): try again, or see `toolkit doctor`"
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


def render(executed: Any, name: str, format: str) -> bytes:
    """Return an executed notebook as HTML, PDF or the plain lines of a mail."""
    resources = {"metadata": {"name": name}}
    if format == "html":
        from toolkit.report.page import PageExporter

        page, _ = PageExporter().from_notebook_node(executed, resources)
        return bytes(page.encode("utf-8", "replace"))
    if format == "txt":
        from toolkit.report.mail import to_mail

        return to_mail(executed, name).encode("utf-8", "replace")
    from toolkit.report.paper import PaperExporter

    paper, _ = PaperExporter().from_notebook_node(executed, resources)
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
    return found


def _unset(text: TextFile) -> list[str]:
    from toolkit.report.scripts import lacking

    return [f"no font here has {script}: the PDF names it in place of its letters" for script in lacking(text.plain)]


def _load_renderers(formats: list[str]) -> None:
    for format, module in (("html", "page"), ("pdf", "paper")):
        if format in formats:
            import_module(f"toolkit.report.{module}")


def _write_manifest(staging: Staging, run_name: str, head: dict[str, Any], run: dict[str, Any]) -> None:
    """Write the manifest with this run added to those that were there."""
    before = staging.destination / MANIFEST
    runs: dict[str, Any] = {}
    if before.is_file():
        try:
            runs = json.loads(before.read_text(encoding="utf-8"))["runs"]
        except (ValueError, KeyError, TypeError):
            runs = {}  # a damaged manifest vouches for nothing
    manifest = {**head, "runs": dict(sorted({**runs, run_name: run}.items()))}
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (staging.folder / MANIFEST).write_text(text, encoding="utf-8")
