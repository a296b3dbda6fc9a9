"""What several tests need: the command line in a process of its own, and the notebooks that fail."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def toolkit_command(tmp_path: Path) -> Run:
    """Return a function that runs the command line in an empty folder."""

    def run(*arguments: str | Path, folder: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "toolkit", *map(str, arguments)]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240, env=os.environ)

    return run


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
