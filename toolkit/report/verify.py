"""Verify: every file of a folder of reports is what its manifest says; or even what would be made again."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from toolkit import digests
from toolkit.errors import OutputError, ToolkitError, one_line
from toolkit.report import manifest
from toolkit.report.batch import WORK
from toolkit.report.crate import METADATA
from toolkit.report.parameters import load
from toolkit.staging import MANIFEST


class Verified(NamedTuple):
    """One thing looked at: the file or folder, and what is wrong with it, if anything."""

    path: Path
    wrong: str | None


def verify(folder: Path, *, rerun: bool = False) -> Iterator[Verified]:
    """Yield every file that a manifest in a folder, or below it, speaks of, and what no manifest speaks of.

    With `rerun`, every report is also made again in a folder of its own, and compared by its bytes.

    Raises
    ------
    OutputError
        When there is no manifest.
    """
    found = sorted(path for path in folder.rglob(MANIFEST) if WORK not in path.relative_to(folder).parts)
    if not found:
        raise OutputError(f"{folder} holds no {MANIFEST}: name a folder that `toolkit report`, batch or tables wrote")
    for path in found:
        content = manifest.read(path.parent)
        if complaint := _complaint(content):
            yield Verified(path, complaint)
            continue
        yield Verified(path, None)
        if "reports" in content:
            yield from _batch(path.parent, content["reports"])
        else:
            yield from _files(path.parent, content)
            for name, run in content.get("runs", {}).items() if rerun else ():
                yield from _again(path.parent, content, name, run)


def _complaint(content: dict[str, Any]) -> str | None:
    """Return what is wrong with a manifest; one of tables has a form of its own."""
    from jsonschema import Draft202012Validator

    if not content:
        return "is damaged: make it again"
    if "format" in content and isinstance(content.get("outputs"), dict):
        return None
    errors = Draft202012Validator(manifest.schema()).iter_errors(content)
    worst = next((error for top in errors for error in [*(top.context or []), top]), None)
    return f"is no manifest of this toolkit ({one_line(worst)[:120]}): make it again" if worst else None


def _batch(folder: Path, reports: dict[str, Any]) -> Iterator[Verified]:
    for name, report in reports.items():
        if report["state"] == "made" and not (folder / name / MANIFEST).is_file():
            yield Verified(folder / name, "is missing: start the batch again")
        elif report["state"] == "failed":
            yield Verified(folder / name, f"failed: see {report['failure']['file']}")
        elif report["state"] == "waiting":
            yield Verified(folder / name, "is not made yet: start the batch again")


def _files(folder: Path, content: dict[str, Any]) -> Iterator[Verified]:
    runs = content["runs"].values() if "runs" in content else [content]
    known = {file: digest for run in runs for file, digest in run["outputs"].items()}
    for file, digest in known.items():
        yield Verified(folder / file, _unlike(folder / file, digest))
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in {*known, MANIFEST, METADATA}:
            yield Verified(path, "is in no manifest: remove it, or keep it elsewhere")


def _unlike(path: Path, digest: str) -> str | None:
    try:
        return None if digests.of_file(path) == digest else "is not what was written: make it again"
    except FileNotFoundError:
        return "is missing: make it again"
    except OSError as error:
        return f"cannot be read ({(error.strerror or one_line(error)).lower()}): check its permissions"


def _again(folder: Path, content: dict[str, Any], name: str, run: dict[str, Any]) -> Iterator[Verified]:
    """Make one report again, and yield each of its files, with what is wrong where the bytes are others."""
    from toolkit.report.run import make
    from toolkit.source.files import read

    places = content["places"].get(name, {})
    try:
        text = read(content["doc_id"], folder / places["source"])
        notebook = load(str(folder / places["notebook"]) if "notebook" in places else run["notebook"]["name"])
        inputs = manifest.made_from(text.path.name, text.sha256, notebook, run["parameters"], run["formats"])
        others = [key for key, value in inputs.items() if run[key] != value]
        with tempfile.TemporaryDirectory(prefix="attribution-") as again:
            own = folder / places["codebook"] if "codebook" in places else None
            names = make(text, notebook, run["parameters"], run["formats"], Path(again), folder, codebook=own)
            for file in sorted({*names, *run["outputs"]}):
                same = file in names and run["outputs"].get(file) == digests.of_file(Path(again, file))
                because = f" (from another {', '.join(others)})" if others else ""
                wrong = None if same else f"comes out otherwise when it is made again{because}"
                yield Verified(folder / file, wrong)
    except KeyError:
        yield Verified(folder, f"{name} cannot be made again: the manifest does not say where its text is")
    except ToolkitError as error:
        yield Verified(folder, f"{name} cannot be made again: {one_line(error)}")
