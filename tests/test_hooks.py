"""What git keeps out: notebooks with outputs, whoever commits them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).parents[1]
CELLS = {
    "clean": new_code_cell("1 + 1"),
    "output": new_code_cell("1 + 1", outputs=[new_output("stream", text="2")]),
    "count": new_code_cell("1 + 1", execution_count=3),
}


def git(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    me = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=" + str(ROOT / ".githooks")]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # nobody's settings, and not those of a git that runs these tests from a hook of its own
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"PATH": path, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(["git", *me, *arguments], cwd=folder, capture_output=True, text=True, env=environment)


@pytest.fixture
def clone(tmp_path):
    assert git(tmp_path, "init", "-q").returncode == 0
    return tmp_path


def save(path: Path, kind: str, **metadata: object) -> None:
    nbformat.write(new_notebook(cells=[new_markdown_cell("# A"), CELLS[kind]], metadata=metadata), path)


@pytest.mark.parametrize("kind", ["output", "count"])
def test_a_notebook_with_results_is_not_committed(clone, kind):
    save(clone / "own notes.ipynb", kind)
    git(clone, "add", ".")
    done = git(clone, "commit", "-m", "x")
    assert done.returncode == 1
    assert "own notes.ipynb" in done.stderr
    assert "nbconvert --clear-output" in done.stderr
    assert git(clone, "log").returncode != 0


def test_a_notebook_with_the_state_of_widgets_is_not_committed(clone):
    save(clone / "own.ipynb", "clean", widgets={"state": {}})
    git(clone, "add", ".")
    assert git(clone, "commit", "-m", "x").returncode == 1


def test_what_the_hook_advises_makes_the_commit_pass(clone):
    save(clone / "own.ipynb", "output")
    git(clone, "add", ".")
    advised = git(clone, "commit", "-m", "x").stderr.splitlines()[-1].strip().replace(".venv/bin/", "")
    clear, add = (part.replace("'", "").split() for part in advised.split(" && "))
    subprocess.run([sys.executable, "-m", *clear], cwd=clone, check=True, capture_output=True)
    git(clone, *add[1:])
    done = git(clone, "commit", "-m", "x")
    assert done.returncode == 0, done.stderr


def test_what_is_staged_counts_not_what_lies_in_the_folder(clone):
    save(clone / "own.ipynb", "clean")
    git(clone, "add", ".")
    save(clone / "own.ipynb", "output")
    assert git(clone, "commit", "-m", "x").returncode == 0


def test_a_notebook_that_is_removed_and_other_files_pass(clone):
    save(clone / "own.ipynb", "clean")
    (clone / "notes.txt").write_text('"outputs": [1]')
    git(clone, "add", ".")
    assert git(clone, "commit", "-m", "x").returncode == 0
    git(clone, "rm", "-q", "own.ipynb")
    assert git(clone, "commit", "-m", "y").returncode == 0


def recipe() -> str:
    """Return what `make hooks` does, with the tools of this Python."""
    found = re.search(r"^hooks:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    return found[1].replace("\t@", "").replace("$(CURDIR)/$(BIN)", str(Path(sys.executable).parent))


def test_one_target_turns_the_hook_on():
    assert "core.hooksPath .githooks" in recipe()
    assert os.access(ROOT / ".githooks" / "pre-commit", os.X_OK)


def test_nothing_in_the_project_has_outputs():
    tracked = git(ROOT, "ls-files", "*.ipynb")
    if tracked.returncode:
        pytest.skip("not a clone")
    assert tracked.stdout.split()
    for name in tracked.stdout.split():
        cells = nbformat.read(ROOT / name, as_version=4).cells
        assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells), name


def test_git_compares_notebooks_by_their_cells(clone):
    pytest.importorskip("nbdime", reason="make check sets nbdime up")
    shutil.copy(ROOT / ".gitattributes", clone)
    assert subprocess.run(["/bin/sh", "-ec", recipe()], cwd=clone).returncode == 0
    save(clone / "own.ipynb", "clean")
    git(clone, "add", ".")
    assert git(clone, "commit", "-m", "x").returncode == 0
    save(clone / "own.ipynb", "count")
    shown = git(clone, "diff")
    assert shown.returncode == 0, shown.stderr
    assert "nbdiff" in shown.stdout
    assert "inserted before" in shown.stdout or "replaced" in shown.stdout
