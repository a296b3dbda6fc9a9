"""The command line: what it makes, and what it says when it cannot.

In a process of its own where that is what is tested; else in this one, for speed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from toolkit import cli, shipped
from toolkit.report import run


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of an expected failure, and see that it is one."""
    assert done.returncode != 0
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("toolkit: ")
    return lines[0]


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_report_writes_notebook_page_paper_mail_and_manifest(made):
    said = [Path(line) for line in (made.parent / "said").read_text(encoding="utf-8").splitlines()]
    named = ["ipynb", "json", "schema.json", "html", "pdf", "txt"]
    assert said == [*(made / f"article.{ending}" for ending in named), made / "manifest.json"]
    assert sorted(said) == sorted(made.iterdir())
    assert all(path.stat().st_size for path in said)
    assert "Marec Dulvanne" in (made / "article.html").read_text(encoding="utf-8")
    assert (made / "article.pdf").read_bytes().startswith(b"%PDF-")
    ran = json.loads((made / "manifest.json").read_text(encoding="utf-8"))["runs"]["article"]
    assert ran["source"]["file"] == "strait.txt"
    assert set(ran["outputs"]) == {f"article.{ending}" for ending in named}


def test_the_same_text_in_two_folders_at_two_times_gives_the_same_bytes(made, toolkit_command, tmp_path, monkeypatch):
    elsewhere = tmp_path / "another folder"
    elsewhere.mkdir()
    shutil.copy(shipped.sample(), elsewhere)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    done = toolkit_command("report", "strait.txt", "--to", "html,pdf,txt", "--out", "made", folder=elsewhere)
    assert done.returncode == 0, done.stderr
    first, second = files_below(made), files_below(elsewhere / "made" / "strait")
    manifests = [json.loads(files.pop("manifest.json")) for files in (first, second)]
    assert len(first) == 6
    assert first == second
    for manifest in manifests:
        assert manifest.pop("times")
        assert manifest.pop("places")  # where things lie, as seen from there
    assert manifests[0] == manifests[1]


@pytest.mark.usefixtures("without_kernel")
def test_a_folder_gives_a_report_for_every_text_whatever_it_is(toolkit_here, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    prose = "The ships lie in the harbour, and nobody knows why they came to it. "
    odd = {
        "no-headline.txt": prose,
        "no-quotation.txt": f"A quiet day\n\n{prose}",
        "capitals.txt": f"WHO OWNS IT?\n\n“IT IS OURS,” SAID THE MAYOR. {prose.upper()}",
        "german.txt": "Der Minister sagte am Montag, dass die Schiffe im Hafen bleiben und nicht gehen werden.",
        "hangul.txt": f"{prose}The minister said: “한국어 문장.”",
        "markup.md": f"# <script>alert(1)</script> *So*\n\n{prose}He said: “[x](javascript:alert(1)) & $y$ #z”.",
    }
    for name, words in odd.items():
        (folder / name).write_text(words, encoding="utf-8")
    done = toolkit_here("report", folder, "--out", "made")
    assert done.returncode == 0, done.stderr
    pages = {p.parent.name: p.read_text(encoding="utf-8") for p in (tmp_path / "made").rglob("article.html")}
    papers = {p.parent.name for p in (tmp_path / "made").rglob("article.pdf")}
    assert set(pages) == papers == {Path(name).stem for name in odd}
    assert "No headline was found" in pages["no-headline"]
    assert "none detected" in pages["no-quotation"]
    assert "IT IS OURS" in pages["capitals"]
    assert "another language (code “de”)" in pages["german"]
    assert "german.txt: the language appears to be de" in done.stderr
    assert "한국어" in pages["hangul"]
    assert "<script>alert" not in pages["markup"]


@pytest.mark.usefixtures("without_kernel")
def test_a_hundred_kilobytes_on_one_line_gets_its_report(toolkit_here, tmp_path):
    sentence = "The pier is old and nobody knows who built it. “It is ours,” said Mayor Oda Renn. "
    (tmp_path / "long.txt").write_text(sentence * (100_000 // len(sentence)), encoding="utf-8")
    done = toolkit_here("report", "long.txt")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "reports" / "long").iterdir())) == 6


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("absent.txt", None, "does not exist"),
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("unseen.txt", "\u200b\n\u00ad".encode(), "no text that can be seen"),
        ("noise.txt", bytes(range(256)) * 40, "binary data"),
        ("paper.txt", b"%PDF-1.7 ...", "is a damaged PDF"),
        ("folder", "folder", "holds no text"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_leaves_nothing(toolkit_here, tmp_path, name, content, says):
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
        (path / "picture.png").write_bytes(b"\x89PNG")
    elif content is not None:
        path.write_bytes(content)
    for command in (("report", path, "--out", "made"), ("tables", path, "--out", "made")):
        line = one_line(toolkit_here(*command))
        assert name in line
        assert says in line
    assert not (tmp_path / "made").exists()


@pytest.mark.usefixtures("without_kernel")
def test_one_bad_text_does_not_keep_the_others_from_their_reports(toolkit_here, text, tmp_path):
    assert text.parent == tmp_path
    (tmp_path / "empty.txt").touch()
    done = toolkit_here("report", tmp_path, "--to", "html")
    assert done.returncode == 1
    assert "empty.txt is empty" in done.stderr
    assert (tmp_path / "reports" / "harbour" / "article.html").exists()
    assert not (tmp_path / "reports" / "empty").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--notebook", "nowhere"], "there are article, evaluation, explore"),
        (["--notebook", "nowhere.ipynb"], "there are article, evaluation, explore"),
        (["-p", "bras=3"], "bars (int), paper (str)"),
        (["-p", "bars=many"], "takes int, not 'many'"),
        (["-p", "bars"], "write it as bars=VALUE"),
        (["-p", "bars=3", "-p", "bars=4"], "given twice"),
        (["-p", "source=x"], "has no parameter 'source'"),
        (["--to", "docx"], "there are html, pdf"),
    ],
)
def test_wrong_arguments_fail_before_a_kernel_starts(monkeypatch, capsys, text, tmp_path, arguments, says):
    monkeypatch.setattr(run, "execute", lambda *_: pytest.fail("a kernel was started"))
    code = cli.main(["report", str(text), "--out", str(tmp_path / "made"), *arguments])
    said = capsys.readouterr()
    assert code != 0
    assert says in said.err
    assert len(said.err.splitlines()) == 1
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("1 / 0", "failed in cell 3 (ZeroDivisionError: division by zero)"),
        ("import os; os._exit(1)", "kernel of notebook own died"),
    ],
)
def test_a_notebook_that_fails_leaves_what_was_there(toolkit_here, notebook, text, tmp_path, code, says):
    there = tmp_path / "reports" / "harbour" / "own.html"
    there.parent.mkdir(parents=True)
    there.write_text("of yesterday")
    line = one_line(toolkit_here("report", text, "--notebook", notebook(code)))
    assert says in line
    assert files_below(tmp_path / "reports") == {"harbour/own.html": b"of yesterday"}


@pytest.mark.usefixtures("without_kernel")
def test_an_output_folder_that_cannot_be_written_to_is_one_line(toolkit_here, text, tmp_path):
    (tmp_path / "file").write_text("no folder")
    for command in ("report", "tables"):
        line = one_line(toolkit_here(command, text, "--out", "file/below"))
        assert "cannot be written to" in line
        assert "--out" in line
    assert (tmp_path / "file").read_text() == "no folder"


@pytest.fixture
def tiny_disk(tmp_path):
    """Mount a disk of 20 kB, where this is allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if not mount or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount a disk to fill")
    options = ["-t", "tmpfs", "-o", "size=20k", "tmpfs", str(folder)]
    if subprocess.run([mount, *options], capture_output=True).returncode:
        pytest.skip("this machine does not mount a disk to fill")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # a worker beside may still look into it


@pytest.mark.usefixtures("without_kernel")
def test_a_full_disk_is_one_line_and_leaves_what_was_there(toolkit_here, text, tiny_disk):
    there = tiny_disk / "harbour" / "article.html"
    there.parent.mkdir()
    there.write_text("of yesterday")
    for command in ("report", "tables"):
        out = tiny_disk if command == "report" else tiny_disk / "tables"
        line = one_line(toolkit_here(command, text, "--out", out))
        assert "no space left on device" in line
        assert files_below(tiny_disk) == {"harbour/article.html": b"of yesterday"}
    assert [p.name for p in tiny_disk.iterdir()] == ["harbour"]


@pytest.mark.parametrize(("sent", "after"), [(signal.SIGINT, 0.0), (signal.SIGTERM, 1.0), (signal.SIGINT, 2.0)])
def test_an_interruption_leaves_what_was_there_or_the_whole_report(text, tmp_path, sent, after):
    there = tmp_path / "reports" / "harbour" / "article.html"
    there.parent.mkdir(parents=True)
    there.write_text("of yesterday")
    command = [sys.executable, "-m", "toolkit", "report", str(text)]
    started = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 30
    while not list(there.parent.glob(".partial-*")):  # the run has begun
        assert time.monotonic() < until
        time.sleep(0.02)
    time.sleep(after)
    started.send_signal(sent)
    out, err = started.communicate(timeout=30)
    if (there.parent / "manifest.json").exists():  # it was done before the signal came
        assert len(list(there.parent.iterdir())) == 6
        return
    assert started.returncode == 130
    assert out == ""
    assert err.splitlines() == [err.strip()]
    assert "interrupted" in err
    assert files_below(tmp_path / "reports") == {"harbour/article.html": b"of yesterday"}
    assert [p.name for p in there.parent.iterdir()] == ["article.html"]


def test_debug_shows_the_traceback(toolkit_command):
    done = toolkit_command("--debug", "report", "absent.txt")
    assert done.returncode != 0
    assert "Traceback" in done.stderr


def test_without_a_source_the_own_texts_are_read_and_else_the_sample(toolkit_here, text, tmp_path):
    done = toolkit_here("tables", "--out", "first", "--format", "jsonl")
    assert "reading the sample" in done.stderr
    assert "Tarkunia" in (tmp_path / "first" / "documents.jsonl").read_text(encoding="utf-8")
    (tmp_path / "data" / "source").mkdir(parents=True)
    shutil.copy(text, tmp_path / "data" / "source")
    done = toolkit_here("tables", "--out", "second", "--format", "jsonl")
    assert "reading your texts" in done.stderr
    assert "Oda Renn" in (tmp_path / "second" / "documents.jsonl").read_text(encoding="utf-8")


def test_notebooks_lists_each_with_its_parameters(toolkit_here):
    done = toolkit_here("notebooks")
    assert done.returncode == 0
    assert "article: who says what in one article" in done.stdout
    assert "-p bars=12  (int)" in done.stdout


def test_doctor_finds_nothing_missing_here(toolkit_here):
    done = toolkit_here("doctor")
    assert done.returncode == 0, done.stdout
    assert "MISSING" not in done.stdout
    assert "papermill" in done.stdout


def test_doctor_names_what_is_missing_and_what_to_do(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("toolkit.shipped.notebooks", lambda: tmp_path)
    assert cli.main(["doctor"]) == 1
    missing = [line for line in capsys.readouterr().out.splitlines() if line.startswith("MISSING")]
    assert missing == [
        "MISSING  notebooks: none: run `make report` in a checkout, or install attribution-toolkit again"
    ]


def test_evaluate_prints_the_measures_and_writes_what_was_found(toolkit_here, tmp_path):
    gold = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 39]], "type": "indirect"}
    document = {"doc_id": "a", "text": "Mira Voss said that the dam would hold.", "attributions": [gold]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(document), encoding="utf-8")
    done = toolkit_here("evaluate", "attributions", "gold.jsonl", "--pred", "out/found.jsonl")
    assert done.returncode == 0, done.stderr
    assert "attribution@0.8 F1                       1.000  of 1" in done.stdout
    found = json.loads((tmp_path / "out" / "found.jsonl").read_text(encoding="utf-8"))
    assert found["doc_id"] == "a"
    assert found["attributions"][0]["source"] == [[0, 9]]


def test_evaluate_only_predicts_where_there_is_no_gold(toolkit_here, tmp_path):
    (tmp_path / "texts.jsonl").write_text('{"doc_id": "a", "text": "It is calm."}', encoding="utf-8")
    done = toolkit_here("evaluate", "attributions", "texts.jsonl", "--pred", "found.jsonl")
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads((tmp_path / "found.jsonl").read_text()) == {"doc_id": "a", "attributions": []}


@pytest.mark.usefixtures("without_kernel")
def test_a_symbolic_link_to_a_text_is_read(toolkit_here, text, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "link.txt").symlink_to(text)
    done = toolkit_here("report", "elsewhere/link.txt", "--to", "html")
    assert done.returncode == 0, done.stderr
    assert "Oda Renn" in (tmp_path / "reports" / "link" / "article.html").read_text(encoding="utf-8")


def test_a_home_that_cannot_be_written_to_leaves_no_trace_in_the_report(toolkit_command, text, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "file" / "below"))
    (tmp_path / "file").touch()
    done = toolkit_command("report", text, "--to", "html")
    assert (done.returncode, done.stderr) == (0, "")
    page = (tmp_path / "reports" / "harbour" / "article.html").read_text(encoding="utf-8")
    assert "matplotlib-" not in page
    assert "cache" not in page


def test_each_row_of_a_table_is_a_report_and_a_bad_row_is_told(toolkit_command, notebook, tmp_path):
    row = '"{}","“It is ours,” said Mayor Oda Renn. Nobody in the town knows who built it, {}."\n'
    (tmp_path / "news.csv").write_text("nr,woorden\n" + row.format("a", "or why") + '"b",\n', encoding="utf-8")
    own = notebook("import toolkit as tk\ntables = tk.read(source)\nprint(tables.documents.source_path[0])")
    options = ["--notebook", own, "--to", "html", "--text-column", "woorden", "--id-column", "nr", "--out", "made"]
    done = toolkit_command("report", "news.csv", *options)
    assert done.returncode == 1
    assert "news.csv, row 3 has no text in column 'woorden'" in done.stderr
    assert sorted(p.name for p in (tmp_path / "made").iterdir()) == ["a"]
    assert "news.csv, row 2" in (tmp_path / "made" / "a" / "own.html").read_text(encoding="utf-8")
    manifest = json.loads((tmp_path / "made" / "a" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["runs"]["own"]["source"]["file"] == "news.csv, row 2"
    assert not list((tmp_path / "made").rglob("*.document.json"))


def test_one_bad_file_does_not_keep_the_others_from_the_tables(toolkit_command, text, tmp_path):
    assert text.parent == tmp_path
    (tmp_path / "empty.txt").touch()
    done = toolkit_command("tables", tmp_path, "--out", "made", "--format", "jsonl")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"toolkit: {tmp_path}/empty.txt is empty: put text into it, or leave it out"]
    failures = [json.loads(line) for line in (tmp_path / "made" / "failures.jsonl").read_text().splitlines()]
    assert [f["source_path"] for f in failures] == [f"{tmp_path}/empty.txt"]
    manifest = json.loads((tmp_path / "made" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["failures"] == failures
    assert [s["doc_id"] for s in manifest["sources"]] == ["harbour"]
