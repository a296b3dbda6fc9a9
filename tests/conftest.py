"""What several tests need: the command line, notebooks, and a report on the sample that is made once."""

import ast
import copy
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import nbformat
import pytest
from filelock import FileLock

import toolkit as tk
from toolkit import cli
from toolkit.report import run
from toolkit.report.parameters import Notebook
from toolkit.tables import Tables

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process test all that is opened in a browser: it takes long to start."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of a report on the sample in every format, made by the command once."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "made"
    with FileLock(f"{folder}.lock"):
        if not (folder / "strait" / "manifest.json").exists():
            command = [sys.executable, "-m", "toolkit", "report", "--to", "html,pdf,txt", "--out", str(folder)]
            done = subprocess.run(command, cwd=base, capture_output=True, text=True, timeout=240, env=os.environ)
            assert done.returncode == 0, done.stderr
            (folder / "said").write_text(done.stdout, encoding="utf-8")
    return folder / "strait"


@pytest.fixture(scope="session")
def sample() -> Tables:
    """Return the tables of the sample, which no test changes."""
    return tk.read(tk.sample())


@pytest.fixture
def toolkit_command(tmp_path: Path) -> Run:
    """Return a function that runs the command line in an empty folder."""

    def run(*arguments: str | Path, folder: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "toolkit", *map(str, arguments)]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240, env=os.environ)

    return run


@pytest.fixture
def toolkit_here(tmp_path: Path, capsys: pytest.CaptureFixture[str], _as_before: None) -> Run:
    """Return a function that runs the command line in an empty folder, in this process: much faster."""

    def run_here(*arguments: str | Path, folder: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        with chdir(folder):
            code = cli.main([*map(str, arguments)])
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return run_here


@pytest.fixture
def _as_before() -> Iterator[None]:
    """Leave signals and logs as they were: the command line sets them for its own process."""
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(one) for one in signals]
    yield
    for one, handler in zip(signals, before, strict=True):
        signal.signal(one, handler)
    logging.disable(logging.NOTSET)


@pytest.fixture
def without_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let reports run their notebook's cells in this process; what only a kernel does is tested with one."""
    monkeypatch.setattr(run, "execute", executed_here)


def executed_here(notebook: Notebook, parameters: dict[str, Any], folder: Path, **_: Any) -> Any:
    """Return a notebook with the outputs of its cells, each run in this process."""
    from IPython.core.formatters import DisplayFormatter

    shown = DisplayFormatter()
    node = copy.deepcopy(notebook.node)
    names: dict[str, Any] = {}
    with chdir(folder):
        for number, cell in enumerate(node.cells, 1):
            cell.id = f"cell-{number:02d}"
            if cell.cell_type != "code":
                continue
            body = ast.parse(cell.source).body
            last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
            exec(compile(ast.Module(body, []), "cell", "exec"), names)
            if "parameters" in cell.metadata.get("tags", []):
                names |= parameters
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
            if value is not None:
                data, about = shown.format(value)
                cell.outputs = [nbformat.v4.new_output("display_data", data=data, metadata=about)]
    return node


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that writes a notebook with one cell after its parameters."""

    def write(code: str, parameters: str = 'source: str = ""') -> Path:
        first = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
        node = nbformat.v4.new_notebook(cells=[first, nbformat.v4.new_code_cell(code)])
        path = tmp_path / "own.ipynb"
        nbformat.write(node, path)
        return path

    return write


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Return a small text of four statements."""
    path = tmp_path / "harbour.txt"
    path.write_text(
        "Who owns the pier?\n\nBy Ada Lind\n\nPORT, May 1, 2031 – The pier is old.\n\n"
        "“It is ours,” said Mayor Oda Renn. She denied that it was ever sold. "
        "According to some fishermen, nobody has paid for it. “We will wait,” they said.\n",
        encoding="utf-8",
    )
    return path
