"""Measure a batch: against papermill's command in the same run, how fast a done one is recognised, and 50 kills.

.venv/bin/python tests/bench/batch.py [speed] [done] [kills]
"""

import json
import os
import random
import re
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from toolkit import shipped
from toolkit.report import manifest
from toolkit.report.plan import read_plan

BIN = Path(sys.executable).parent
REPORTS, KILLS, KILLED, DONE = 20, 50, 60, 1000
NAMES = (
    r"Tarkun|Velmar|Quessin|Ostrelle|Harruv|Drevnor|Caldrith|Talveth|Olvenpress|Haldvek|Volhane|Vessolar|Teschik|Sorina"
    r"|Ruvan|Pavrel|Oskeny|Orrinvale|Ondine|Monteren|Mellith|Marrowin|Marec"
)
TINY = 'from pathlib import Path\nlen(Path(source).read_text(encoding="utf-8"))'


def seconds(command: list[str], folder: Path) -> float:
    """Return how long a command takes; it must succeed."""
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - began


def used(command: list[str], folder: Path) -> float:
    """Return the processor's seconds that a command and all its processes take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds(command, folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def texts(folder: Path, count: int) -> None:
    """Write texts of which no two are the same: the sample with names and a sentence of its own, its order changed.

    What is the same in two reports a library may keep between them; of other people's texts there is little.
    """
    folder.mkdir()
    *first, last = shipped.sample().read_text(encoding="utf-8").split("\n\n")
    middle = [first.pop() for _ in first[3:]]  # headline, byline and dateline stay where they are
    for number in range(count):
        random.Random(number).shuffle(middle)
        own = f"The harbour office counted {number + 2} ships in the strait on that day."
        text = "\n\n".join([*first, *middle, own, last])
        written = re.sub(NAMES, lambda name, number=number: _own(name[0], number), text)
        (folder / f"text-{number:04}.txt").write_text(written, encoding="utf-8")


def _own(name: str, number: int) -> str:
    """Return a name with two of its vowels turned into others."""
    turned = iter((number % 5, number // 5 % 5))
    vowels = "aeiou"
    return re.sub("[aeiou]", lambda v: vowels[(vowels.index(v[0]) + next(turned)) % 5], name, count=2)


def plan(folder: Path, notebook: str) -> Path:
    """Write a plan of one notebook on all texts."""
    path = folder / "plan.yaml"
    path.write_text(f"sources: [texts]\nnotebooks: [{notebook}]\n", encoding="utf-8")
    return path


def tiny(folder: Path) -> str:
    """Write a notebook that takes no time, and return its name."""
    first = nbformat.v4.new_code_cell('source: str = ""', metadata={"tags": ["parameters"]})
    nbformat.write(nbformat.v4.new_notebook(cells=[first, nbformat.v4.new_code_cell(TINY)]), folder / "tiny.ipynb")
    return "tiny.ipynb"


def batch(path: Path, *options: str) -> list[str]:
    """Return the command that runs a plan."""
    return [str(BIN / "toolkit"), "batch", str(path), "--out", "out", *options]


def speed(folder: Path) -> None:
    """Print how long twenty reports take by a warm batch with two workers, and by papermill's command.

    The command runs ten times before the batch and ten times after it, so that a machine that slows down slows both.
    Seconds of the processor count less of what else it does: on two idle cores, half of the batch's is its time.
    """
    texts(folder / "texts", REPORTS)
    notebook = str(shipped.notebooks() / "article.ipynb")
    stock = [
        [str(BIN / "papermill"), notebook, "executed.ipynb", "-p", "source", str(path)]
        for path in sorted((folder / "texts").iterdir())
    ]
    ours = batch(plan(folder, "article"), "--workers", "2", "--warm")
    seconds(stock[0], folder)  # fills caches
    took, processor = [], []
    for command in [*stock[: REPORTS // 2], ours, *stock[REPORTS // 2 :]]:
        began = time.perf_counter()
        processor.append(used(command, folder))
        took.append(time.perf_counter() - began)
    ours_took, ours_processor = took.pop(REPORTS // 2), processor.pop(REPORTS // 2)
    print(f"{REPORTS} reports of 900 words each, {os.cpu_count()} cores            by the clock, of the processor")
    print(f"  toolkit batch, warm, two workers, to HTML, PDF, index  {ours_took:6.1f} s  {ours_processor:6.1f} s")
    print(f"  papermill's command, one text after another            {sum(took):6.1f} s  {sum(processor):6.1f} s")
    print(f"    of which each took (median)                          {statistics.median(took):6.2f} s")
    print(f"  ratio                                                  {ours_took / sum(took):6.3f}", end="")
    print(f"    {ours_processor / 2 / sum(processor):6.3f} (both cores at work)")


def done(folder: Path) -> None:
    """Print how long a batch of a thousand runs takes that are all made already."""
    texts(folder / "texts", DONE)
    path = plan(folder, tiny(folder))
    sizes = {"ipynb": 500_000, "html": 190_000, "pdf": 650_000, "svg": 5_000}
    for run in read_plan(path).runs:
        made = folder / "out" / run.folder
        made.mkdir(parents=True)
        for kind, size in sizes.items():
            with (made / f"tiny.{kind}").open("wb") as file:
                file.truncate(size)
        inputs = manifest.made_from(run.source.name, run.sha256, run.notebook, {}, ["html", "pdf", "svg"])
        names = [f"tiny.{kind}" for kind in sizes]
        lengths = {name: (made / name).stat().st_size for name in names}
        told = {"encoding": "utf-8", "outputs": dict.fromkeys(names, "0" * 64), "sizes": lengths, "about": {}}
        own = {**inputs, **told, "warnings": []}
        manifest.write(made, manifest.with_run({}, run.doc_id, "tiny", own, times={}, places={}))
    seconds(batch(path), folder)  # writes the index
    took = [seconds(batch(path), folder) for _ in range(3)]
    made = json.loads((folder / "out" / "manifest.json").read_text(encoding="utf-8"))["reports"]
    assert len(made) == DONE
    assert all(report["state"] == "made" for report in made.values())
    print(
        f"{DONE} runs already made, recognised in                       {statistics.median(took):6.2f} s (median of 3)"
    )


def kills(folder: Path) -> None:
    """Kill a batch at fifty random moments, and compare what it comes to with a batch that nobody disturbed."""
    texts(folder / "texts", KILLED)
    path = plan(folder, tiny(folder))
    temporary = folder / "temporary"  # known by its name in the environment of every process of the batches
    temporary.mkdir()
    os.environ["TMPDIR"] = str(temporary)
    whole = seconds([*batch(path, "--workers", "2", "--warm"), "--out", "undisturbed"], folder)
    dice, made, rounds = random.Random(7), [], 0
    for kill in range(KILLS):
        warm = ["--warm"] if kill % 2 else []
        started = subprocess.Popen(
            batch(path, "--workers", "2", *warm), cwd=folder, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        time.sleep(dice.uniform(0, whole))
        started.send_signal(signal.SIGKILL)
        started.wait()
        made.append(check(folder / "out"))
        if made[-1] == KILLED:  # begin again, so that every kill finds something to do
            rounds += same(folder, path)
            (folder / "out").rename(folder / f"out-{kill}")
    rounds += same(folder, path)
    assert len(set(made)) > 3, "the kills came too early or too late to tell anything"
    print(f"{KILLS} kills, {KILLED} reports: every finished one whole, nothing beside, no process left;")
    print(f"  {rounds} times resumed to the end, the same bytes as undisturbed each time")
    print(f"  reports there after each kill: {' '.join(map(str, made))}")


def same(folder: Path, path: Path) -> int:
    """Resume a batch to its end; all must be as undisturbed then, and nothing left over. Returns 1."""
    seconds(batch(path, "--workers", "2", "--warm"), folder)
    resumed, undisturbed = files(folder / "out"), files(folder / "undisturbed")
    assert list(resumed) == list(undisturbed)
    assert not [name for name, data in resumed.items() if data != undisturbed[name]]
    assert {p.name for p in (folder / "out" / ".batch").iterdir()} <= {"lock", "tables", "texts", "replaced"}
    patience = time.monotonic() + 30
    while left_over(folder / "temporary"):
        assert time.monotonic() < patience, left_over(folder / "temporary")
        time.sleep(0.5)
    return 1


def left_over(temporary: Path) -> list[str]:
    """Return the processes that have a folder for temporary files in their environment, and what lies in it."""
    found = [path.name for path in temporary.iterdir()]
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment, command = ((process / name).read_bytes() for name in ("environ", "cmdline"))
        except OSError:
            continue
        if process.name != str(os.getpid()) and f"TMPDIR={temporary}".encode() in environment:
            found.append(f"process {process.name}: {command!r}")
    return found


def check(out: Path) -> int:
    """Return how many reports are there; each must be whole, and nothing else may be there."""
    count = 0
    beside = {p.name for p in out.iterdir() if not p.name.startswith("text-")} if out.exists() else set()
    assert beside <= {".batch", "failures", "index.html", "manifest.json"}, beside
    for found in sorted(out.glob("*/*")) if out.exists() else []:
        if found.parent.name in {".batch", "failures"}:
            continue
        run = json.loads((found / "manifest.json").read_text(encoding="utf-8"))["runs"]["tiny"]
        assert {p.name for p in found.iterdir()} == {*run["outputs"], "manifest.json"}, found
        for name, digest in run["outputs"].items():
            assert manifest.digests.of_file(found / name) == digest, found / name
        count += 1
    return count


def files(out: Path) -> dict[str, bytes]:
    """Return every file but those of the work under way, manifests without their times."""
    found = {}
    for path in sorted(out.rglob("*")):
        if path.is_file() and ".batch" not in path.parts:
            data = path.read_bytes()
            if path.name == "manifest.json":
                content = json.loads(data)
                data = json.dumps({k: v for k, v in content.items() if k != "times"}).encode()
            found[path.relative_to(out).as_posix()] = data
    return found


def main() -> None:
    """Run the measures named, or all."""
    for measure in sys.argv[1:] or ("speed", "done", "kills"):
        with tempfile.TemporaryDirectory() as made:
            {"speed": speed, "done": done, "kills": kills}[measure](Path(made))


if __name__ == "__main__":
    main()
