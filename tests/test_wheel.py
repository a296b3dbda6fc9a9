"""The wheel does elsewhere what the checkout does here."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_carries_notebooks_templates_sample_and_word_lists(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "shipped/notebooks/article.ipynb",
        "shipped/sample/strait.txt",
        "report/templates/paper.typ",
        "report/templates/attribution/index.html.j2",
        "report/templates/attribution/page.css",
        "codebook/cues.csv",
        "codebook/accuracy.csv",
    ):
        assert f"toolkit/{name}" in names
    assert not [n for n in names if n.startswith(("tests/", "data/", "reports/"))]


def test_the_wheel_alone_makes_reports_and_tables(wheel, tmp_path):
    # A new environment that sees this one's libraries but not this checkout: a path in a .pth file
    # does not run the .pth files there, by which the checkout is installed.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "env")], check=True)
    python = tmp_path / "env" / "bin" / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"], capture_output=True, text=True
    ).stdout.strip()
    zipfile.ZipFile(wheel).extractall(site)
    (Path(site) / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    env = {**os.environ, "JUPYTER_PATH": str(Path(sys.prefix) / "share" / "jupyter")}

    def run(*arguments: str) -> str:
        command = [str(python), "-m", "toolkit", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = subprocess.run(
        [python, "-c", "import toolkit; print(toolkit.__file__)"], cwd=tmp_path, capture_output=True, text=True
    ).stdout
    assert str(tmp_path / "env") in where
    assert "MISSING" not in run("doctor")
    assert "article" in run("notebooks")
    run("report")
    run("tables", "--out", "tables", "--format", "csv")
    assert (tmp_path / "reports" / "strait" / "article.pdf").read_bytes().startswith(b"%PDF-")
    assert "Tarkunia" in (tmp_path / "reports" / "strait" / "article.html").read_text(encoding="utf-8")
    assert (tmp_path / "tables" / "attributions.csv").stat().st_size > 1000
