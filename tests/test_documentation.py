"""What the README and the other pages say is what the project does."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit import cli, codebook, tables

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line[2:] for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]


def test_the_readme_goes_in_the_order_that_a_reader_needs():
    order = ["![", "## Two commands", "## Your own text", "## In Python", "## The tables", "## Where code goes"]
    assert [README.index(part) for part in order] == sorted(README.index(part) for part in order)
    assert README.index("Who says what") < README.index("![")
    assert (ROOT / "docs" / "report.png").is_file()


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("toolkit ")])
@pytest.mark.usefixtures("without_kernel")
def test_every_toolkit_command_of_the_readme_works(toolkit_here, tmp_path, command, made):
    shutil.copytree(made, tmp_path / "reports" / "strait")  # what a command before it made
    (tmp_path / "data").symlink_to(ROOT / "data")
    corpus = {"doc_id": "a", "text": "“No,” he said.", "attributions": []}
    (tmp_path / "corpus.jsonl").write_text(json.dumps(corpus), encoding="utf-8")
    done = toolkit_here(*shlex.split(command)[1:])
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make ")])
def test_every_make_target_of_the_readme_is_there_with_its_variables(command):
    target, *variables = shlex.split(command)[1:]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}: .*##", makefile, re.MULTILINE)
    for variable in variables:
        assert re.search(rf"\b{variable.split('=')[0]}\b", makefile)
    assert target in makefile.split(".PHONY:")[1].splitlines()[0].split()


def test_every_command_is_in_the_readme():
    assert {"report", "test", "tables", "lab"} <= {c.split()[1] for c in COMMANDS if c.startswith("make ")}
    choices = next(a for a in cli.parser()._actions if a.dest == "command").choices
    assert set(choices) == {c.split()[1] for c in COMMANDS if c.startswith("toolkit ")}


def test_the_usage_lines_of_the_readme_are_the_commands_own(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    parser = cli.parser()
    choices = next(a for a in parser._actions if a.dest == "command").choices
    usages = [parser.format_usage(), *(p.format_usage() for p in choices.values())]
    block = re.search(r"<!-- help:.*?```text\n(.*?)```", README, re.DOTALL)
    told, shared = (" ".join(part.split()) for part in block[1].split("reading: "))
    told = told.replace("[reading]", shared)  # what all commands share that read texts stands there once
    assert told == " ".join(" ".join(usages).split())


def test_the_library_example_prints_what_the_readme_says():
    code, printed = re.search(r"```python\n(.*?)```\s+```text\n(.*?)```", README, re.DOTALL).groups()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    got, told = ([line.split() for line in words.splitlines()] for words in (done.stdout, printed))
    assert [line[:-1] for line in got] == [line[:-1] for line in told]
    # a word more or less at a border, from one processor to the next
    assert [int(line[-1]) for line in got[1:]] == pytest.approx([int(line[-1]) for line in told[1:]], rel=0.02)


def test_every_table_is_in_the_readme():
    listed = re.findall(r"^\| (\w+) \|", README.split("## The tables")[1].split("##")[0], re.MULTILINE)
    assert listed[1:] == list(tables.SCHEMAS)


def test_the_error_rates_in_the_readme_are_the_measured_ones():
    measured = {a.measure: a for a in codebook.accuracy()}
    said = " ".join(README.split("## How far to trust it")[1].split("## ")[0].split())
    assert f"{measured['recall'].cases:,} statements" in said
    order = ["recall", "recall direct", "recall mixed", "recall indirect", "precision"]
    assert re.findall(r"(\d+)%", said) == [f"{measured[m].value:.0%}"[:-1] for m in order]


def test_links_between_the_pages_lead_somewhere():
    for page in [*ROOT.glob("*.md"), ROOT / "data" / "README.md", ROOT / "reports" / "README.md"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_locks_hold_digests_and_no_host():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if "://" in line or "index-url" in line or "find-links" in line]
        pinned = [i for i, line in enumerate(lines) if "==" in line and not line.startswith(("#", " "))]
        assert len(pinned) > 50
        assert all("--hash=sha256:" in lines[i + 1] for i in pinned)
