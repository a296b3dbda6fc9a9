"""Whatever ends a run or a batch, every other report is made, none is half-written, and the next start goes on."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

import pytest
from filelock import FileLock
from jsonschema import Draft202012Validator

from toolkit.errors import OutputError
from toolkit.report import batch as batches
from toolkit.report import manifest
from toolkit.report.batch import batch, worker
from toolkit.report.listing import with_texts
from toolkit.report.plan import read_plan
from toolkit.report.verify import verify
from toolkit.source.options import Options

FORMATS = ["html", "svg"]
FINE = {"a": "one", "b": "two", "c": "three"}


def never(*_: object) -> None:
    pytest.fail("a report was made again")


def no_more(missing, *_):
    """Stand in for what makes reports where none may be missing."""
    assert list(missing) == []
    return iter(())


def test_a_run_that_fails_dies_or_hangs_is_told_and_the_others_go_on(planned):
    plan = planned.write(a="fine", b="to fail", c="to die", d="to hang", e="to kill", f="fine too")
    told = []
    outcomes = batch(
        plan, planned.out, FORMATS, workers=2, seconds=5, tell=lambda *counts: (told.append(counts), told.append)[1]
    )
    assert told[0] == (6, 0)
    assert len(told) == 7
    failures = {o.run.doc_id: o.failure for o in outcomes}
    assert failures["a"] is None
    assert failures["f"] is None
    assert "failed in cell 4 (ValueError: the gate is shut)" in failures["b"].message
    assert "kernel of notebook own died" in failures["c"].message
    assert "took over 5 s" in failures["d"].message
    assert "ended (exit code -9)" in failures["e"].message
    states = dict(zip("abcdef", ["made", *["failed"] * 4, "made"], strict=True))
    assert planned.state() == {f"{doc_id}/own": state for doc_id, state in states.items()}
    for doc_id in "bcd":
        assert failures[doc_id].cell == 4
        in_full = (planned.out / "failures" / f"{doc_id},own.txt").read_text(encoding="utf-8")
        assert 'raise ValueError("the gate is shut")' in in_full  # the source of the cell
        assert f"{doc_id}.txt" in in_full
        assert not (planned.out / doc_id).exists()
    assert "ValueError: the gate is shut" in (planned.out / "failures" / "b,own.txt").read_text().split("Traceback:")[1]
    index = (planned.out / "index.html").read_text(encoding="utf-8")
    assert 'href="failures/b%2Cown.txt"' in index
    assert "the gate is shut" in index
    assert 'href="a/own/own.html"' in index
    assert {p.name for p in (planned.out / ".batch").iterdir()} == {"lock"}


def test_what_cannot_be_read_is_told_in_its_file_the_manifest_and_the_index(made, monkeypatch):
    (made.folder / "texts" / "d.txt").write_text("   ", encoding="utf-8")
    monkeypatch.setattr(batches, "make_all", no_more)
    plan = made.write()
    batch(plan, made.out, FORMATS)
    content = json.loads((made.out / "manifest.json").read_text(encoding="utf-8"))
    Draft202012Validator(manifest.schema()).validate(content)
    [unread] = content["unread"]
    assert unread["source"] == "texts/d.txt"
    assert unread["message"] in (made.out / unread["file"]).read_text(encoding="utf-8")
    assert "1 text could not be read" in (made.out / "index.html").read_text(encoding="utf-8")
    (made.folder / "texts" / "d.txt").unlink()
    batch(made.write(), made.out, FORMATS)
    assert not (made.out / "failures").exists()


def test_another_codebook_or_way_of_reading_makes_a_report_again(made, monkeypatch):
    plan, own = made.write(), made.folder / "own.csv"
    own.write_text("kind,name\nperson,Mira Voss\n", encoding="utf-8")
    asked = []
    monkeypatch.setattr(batches, "make_all", lambda missing, *_: asked.extend(run for run, _ in missing) or iter(()))
    batch(plan._replace(codebook=manifest.Codebook.at(own)), made.out, FORMATS)
    batch(plan._replace(reading=Options(max_pages=9)), made.out, FORMATS)
    assert len(asked) == 6


def test_what_a_killed_batch_left_among_the_system_s_temporary_folders_goes(made, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(batches, "make_all", no_more)
    link = made.out / ".batch" / "temporary"
    for name, goes in (("attribution-0a1b", True), ("somebody-s", False)):
        (tmp_path / name).mkdir()
        link.symlink_to(tmp_path / name)
        batch(made.write(), made.out, FORMATS)
        assert not link.is_symlink()
        assert (tmp_path / name).exists() != goes
    assert not list(tmp_path.glob("attribution-*"))


def test_a_full_disk_costs_the_run_at_hand_and_leaves_nothing_half_written(made, monkeypatch):
    before = made.files()

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(worker, "replace_folder", full)
    monkeypatch.setattr("toolkit.report.run.make", lambda *_, **__: [])
    monkeypatch.setattr("toolkit.report.kernel.ReportKernelManager", lambda **_: None)
    plan = made.write(b="changed")
    settings = worker.Settings(made.out, made.out / ".batch", ("html",), 5, plan.reading)
    [(run, text)] = with_texts([run for run in plan.runs if run.doc_id == "b"], plan.reading)
    failure = worker._make(run, text, made.out / ".batch" / "made-1", settings)
    assert "no space left on device" in failure.message
    assert "free the disk" in failure.message
    assert made.files() == before


def test_what_is_made_is_not_made_again_and_what_changed_is(made, monkeypatch):
    before = made.files()
    stamps = {p: p.stat().st_mtime_ns for p in made.out.rglob("*") if p.is_file() and p.name != "lock"}
    with monkeypatch.context() as patch:
        patch.setattr(batches, "make_all", no_more)
        batch(made.write(), made.out, FORMATS)
    assert {p: p.stat().st_mtime_ns for p in stamps} == stamps  # not a file was written
    [outcome] = [o for o in batch(made.write(b="to fail"), made.out, FORMATS) if o.failure]
    assert outcome.run.doc_id == "b"
    assert made.state() == {"a/own": "made", "b/own": "failed", "c/own": "made"}
    assert {k: v for k, v in made.files().items() if "own/" in k} == {k: v for k, v in before.items() if "own/" in k}
    monkeypatch.setattr(batches, "make_all", no_more)
    batch(made.write(b="two"), made.out, FORMATS)  # the report of before is whole, and fits again
    assert made.files() == before


@pytest.mark.parametrize("what", ["code", "word_lists", "weights", "python", "toolkit", "libraries"])
def test_a_report_made_with_something_else_is_made_again(made, monkeypatch, what):
    another = manifest._here() | {what: "another"}
    monkeypatch.setattr(manifest, "_here", lambda: another)
    asked = []
    monkeypatch.setattr(batches, "make_all", lambda missing, *_: asked.extend(run for run, _ in missing) or iter(()))
    batch(made.write(), made.out, FORMATS)
    assert len(asked) == 3


@pytest.mark.parametrize("change", ["Markdown", "code", "parameters", "formats", "size", "no manifest"])
def test_a_report_that_is_not_quite_what_is_asked_for_is_made_again(made, monkeypatch, change):
    plan, formats = made.write(), FORMATS
    if change == "code":
        plan = made.write("print(source)")
    if change == "Markdown":
        notebook = made.folder / "own.ipynb"
        notebook.write_text(notebook.read_text(encoding="utf-8").replace("# Own", "# Other"), encoding="utf-8")
        plan = read_plan(made.plan)
    if change == "parameters":
        plan = plan._replace(runs=[run._replace(parameters={"bars": 3}) for run in plan.runs])
    if change == "formats":
        formats = ["html", "txt", "svg"]
    if change == "size":
        for run in plan.runs:
            (made.out / run.folder / "own.html").write_text("shorter")
    if change == "no manifest":
        for run in plan.runs:
            (made.out / run.folder / "manifest.json").unlink()
    asked = []
    monkeypatch.setattr(batches, "make_all", lambda missing, *_: asked.extend(run for run, _ in missing) or iter(()))
    batch(plan, made.out, formats)
    assert len(asked) == 3


def test_manifests_keep_their_schema_and_every_file_its_digest(made):
    check = Draft202012Validator(manifest.schema())
    for path in made.out.rglob("manifest.json"):
        check.validate(json.loads(path.read_text(encoding="utf-8")))
    seen = list(verify(made.out))
    assert {v.wrong for v in seen} == {None}
    assert {v.path.name for v in seen} == {"own.ipynb", "own.html", "manifest.json"}


def test_a_report_made_again_is_compared_by_its_bytes(made):
    for name in ("b", "c"):
        (made.out / name).rename(made.folder / name)
    assert {v.wrong for v in verify(made.out / "a", rerun=True)} == {None}
    page = made.out / "a" / "own" / "own.html"
    page.write_bytes(page.read_bytes() + b" ")
    content = json.loads((made.out / "a" / "own" / "manifest.json").read_text())
    content["runs"]["own"]["outputs"]["own.html"] = manifest.digests.of_file(page)
    manifest.write(made.out / "a" / "own", content)
    wrong = [v for v in verify(made.out / "a", rerun=True) if v.wrong]
    assert [v.path.name for v in wrong] == ["own.html"]
    assert "comes out otherwise" in wrong[0].wrong


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda f: (f / "own.html").write_bytes(b"x"), "is not what was written"),
        (lambda f: (f / "own.html").unlink(), "is missing"),
        (lambda f: (f / "more.txt").touch(), "is in no manifest"),
        (lambda f: (f / "manifest.json").write_bytes(b"{"), "is damaged"),
        (lambda f: (f / "manifest.json").write_text('{"runs": {}}'), "is no manifest of this toolkit"),
        (lambda f: (f / "manifest.json").unlink(), "is missing"),
    ],
)
def test_what_was_spoilt_is_found(made, spoil, says):
    spoil(made.out / "b" / "own")
    wrong = [v for v in verify(made.out) if v.wrong]
    assert len(wrong) == 1
    assert says in wrong[0].wrong


def test_a_second_batch_in_one_folder_is_refused_and_harms_nothing(made, monkeypatch):
    before = made.files()
    monkeypatch.setattr(batches, "make_all", never)
    with FileLock(made.out / ".batch" / "lock"), pytest.raises(OutputError, match="another batch is at work"):
        batch(made.write(), made.out, FORMATS)
    assert made.files() == before


def test_a_report_that_stood_aside_when_the_batch_was_killed_comes_back(made, monkeypatch):
    before = made.files()
    aside = made.out / ".batch" / "replaced" / "a" / "own"
    aside.parent.mkdir(parents=True)
    (made.out / "a" / "own").rename(aside)
    (made.out / ".batch" / "made-1").mkdir()
    monkeypatch.setattr(batches, "make_all", no_more)
    batch(made.write(), made.out, FORMATS)
    assert made.files() == before
    assert {p.name for p in (made.out / ".batch").iterdir()} == {"lock", "replaced"}


def start(planned, *options):
    command = [sys.executable, "-m", "toolkit", "batch", "plan.yaml", "--out", "out", "--to", "html", *options]
    return subprocess.Popen(command, cwd=planned.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def whole(planned) -> int:
    """Return how many reports are there, each of which must be whole, and nothing beside them."""
    found = (
        [p for p in planned.out.glob("*/*") if p.parent.name not in {".batch", "failures"}]
        if planned.out.exists()
        else []
    )
    for folder in found:
        run = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["runs"]["own"]
        assert {p.name for p in folder.iterdir()} == {*run["outputs"], "manifest.json"}
        assert all(manifest.digests.of_file(folder / name) == digest for name, digest in run["outputs"].items())
    return len(found)


def test_a_batch_killed_again_and_again_comes_to_the_same_bytes(planned, undisturbed):
    plan = planned.write(**FINE)
    dice = random.Random()
    for _ in range(2):
        started = start(planned, "--workers", "2")
        time.sleep(dice.uniform(0.5, 6))
        started.send_signal(signal.SIGKILL)
        started.communicate()
        whole(planned)
    batch(plan, planned.out, FORMATS, workers=2)
    assert planned.files() == undisturbed.files()
    left = {p.name for p in (planned.out / ".batch").iterdir()}  # one that is killed early has listed no texts yet
    assert "lock" in left <= {"lock", "texts"}


def test_an_interruption_keeps_what_is_made_and_says_what_is_not(planned):
    planned.write(a="fine", b="to hang", c="fine")
    started = start(planned)
    until = time.monotonic() + 60
    while not (planned.out / "a").exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    time.sleep(1)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=30)
    assert (started.returncode, out) == (130, "")
    assert "interrupted" in err.splitlines()[-1]
    assert planned.state() == {"a/own": "made", "b/own": "waiting", "c/own": "waiting"}
    assert whole(planned) == 1
    assert "start it again" in (planned.out / "index.html").read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_told_before_a_report_is_made(planned, monkeypatch):
    plan = planned.write(a="fine")
    planned.out.touch()
    monkeypatch.setattr(batches, "make_all", never)
    with pytest.raises(OutputError, match="cannot be written to"):
        batch(plan, planned.out, FORMATS)
