"""The manifest of a folder of reports: what each was made from, the digest of each file, and apart from it the times.

Its JSON Schema is `manifest.schema.json`. All but `times` and `places` is the same at any time and in any place.
"""

import json
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import toolkit
from toolkit import digests
from toolkit.report.parameters import Notebook
from toolkit.staging import MANIFEST

_LIBRARIES = ("duckdb", "ftfy", "matplotlib", "nbconvert", "pandas", "papermill", "pysbd", "typst")
# Of what a run says of itself, what it came to; all the rest is what it was made from.
_CAME_TO = frozenset({"encoding", "outputs", "sizes", "about", "warnings"})
_APART = ("times", "places")


@cache
def _here() -> dict[str, Any]:
    return {
        "toolkit": toolkit.__version__,
        "code": digests.code(),
        "word_lists": digests.codebook(),
        "weights": digests.weights(),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
    }


def made_from(
    source: str, sha256: str, notebook: Notebook, parameters: Mapping[str, Any], formats: Iterable[str]
) -> dict[str, Any]:
    """Return all that decides the bytes of a report: two runs made from the same give the same."""
    return {
        **_here(),
        "notebook": {"name": notebook.name, "sha256": notebook.sha256},
        "source": {"file": source, "sha256": sha256},
        "parameters": dict(parameters),
        "formats": sorted(set(formats)),
    }


def outputs(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """Return the digests and the sizes in bytes of files of a folder."""
    paths = {name: folder / name for name in names}
    return {
        "outputs": {name: digests.of_file(path) for name, path in paths.items()},
        "sizes": {name: path.stat().st_size for name, path in paths.items()},
    }


def write(folder: Path, content: Mapping[str, Any]) -> None:
    """Write a manifest into a folder."""
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, Any]:
    """Return the manifest of a folder; an empty one where it is missing or damaged, and vouches for nothing."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def with_run(before: Mapping[str, Any], doc_id: str, name: str, run: Mapping[str, Any], **apart: Any) -> dict[str, Any]:
    """Return a manifest with one run put into it; `apart` are its times and places."""
    there = before.get("runs")
    runs = dict(there) if isinstance(there, dict) else {}
    content: dict[str, Any] = {"doc_id": doc_id, "runs": dict(sorted({**runs, name: dict(run)}.items()))}
    for part in _APART:
        old = before.get(part)
        own = {**(old if isinstance(old, dict) else {}), name: apart[part]}
        content[part] = {key: own[key] for key in content["runs"] if key in own}
    return content


def complete(folder: Path, name: str, inputs: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the run of that name if it was made from just these inputs and its files are there, else None.

    Files are told by their size; `toolkit verify` reads them.
    """
    runs = read(folder).get("runs")
    run = runs.get(name) if isinstance(runs, dict) else None
    if not isinstance(run, dict) or {k: v for k, v in run.items() if k not in _CAME_TO} != inputs:
        return None
    try:
        there = all((folder / file).stat().st_size == size for file, size in run["sizes"].items())
        return run if there and run["sizes"] and set(run["sizes"]) == set(run["outputs"]) else None
    except (OSError, KeyError, AttributeError, TypeError, ValueError):
        return None


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a manifest.

    >>> schema()["title"]
    'Manifest of reports'
    """
    path = files("toolkit.report") / "manifest.schema.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
