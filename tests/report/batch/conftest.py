"""A plan that takes no time: short texts, and a notebook that imports nothing of the toolkit."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from toolkit.report.batch import batch
from toolkit.report.plan import Run, read_plan

# What the notebook does is told by the text, so that one batch holds every way to fail.
CODE = """
import os, signal, sys, time
words = open(source, encoding="utf-8").read()
print(len(words))
if "fail" in words:
    raise ValueError("the gate is shut")
if "die" in words:
    os._exit(3)
if "kill" in words:
    os.kill(os.getppid(), signal.SIGKILL)
if "hang" in words:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        time.sleep(1)
"""


FINE = {"a": "one", "b": "two", "c": "three"}


class Planned:
    """A folder with texts, a notebook and a plan of it on all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.plan, self.out = folder, folder / "plan.yaml", folder / "out"

    def write(self, code: str = CODE, **texts: str) -> list[Run]:
        """Write texts by their names and the notebook, and return the runs of the plan."""
        (self.folder / "texts").mkdir(exist_ok=True)
        for name, words in texts.items():
            (self.folder / "texts" / f"{name}.txt").write_text(words, encoding="utf-8")
        first = nbformat.v4.new_code_cell('source: str = ""', metadata={"tags": ["parameters"]}, id="first")
        second = nbformat.v4.new_code_cell(code.strip(), id="second")
        node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Own", id="head"), first, second])
        nbformat.write(node, self.folder / "own.ipynb")
        self.plan.write_text("sources: [texts]\nnotebooks: [own.ipynb]\n", encoding="utf-8")
        return read_plan(self.plan)

    def files(self, out: Path | None = None) -> dict[str, str]:
        """Return every file but those of the work under way; manifests without their times."""
        found, out = {}, out or self.out
        for path in sorted(out.rglob("*")):
            if path.is_file() and path.relative_to(out).parts[0] != ".batch":
                written = path.read_bytes().decode("utf-8", "replace")
                if path.name == "manifest.json":
                    content = json.loads(written)
                    content.pop("times", None)
                    written = json.dumps(content)
                found[path.relative_to(out).as_posix()] = written
        return found

    def state(self) -> dict[str, str]:
        """Return what the manifest says became of each run."""
        reports = json.loads((self.out / "manifest.json").read_text(encoding="utf-8"))["reports"]
        return {name: report["state"] for name, report in reports.items()}


@pytest.fixture
def planned(tmp_path: Path) -> Planned:
    return Planned(tmp_path)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """Return a plan of three texts whose reports are made; not to be changed."""
    planned = Planned(tmp_path_factory.mktemp("undisturbed"))
    batch(planned.write(**FINE), planned.out, ["html", "svg"], workers=2)
    assert set(planned.state().values()) == {"made"}
    return planned


@pytest.fixture
def made(undisturbed: Planned, tmp_path: Path) -> Planned:
    """Return a copy of that plan and its reports."""
    shutil.copytree(undisturbed.folder, tmp_path, dirs_exist_ok=True)
    return Planned(tmp_path)
