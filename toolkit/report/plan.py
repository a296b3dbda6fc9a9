"""A plan: what was chosen while exploring, as the file that `toolkit batch` runs."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from toolkit.errors import OutputError, ParameterError, one_line
from toolkit.report.parameters import SOURCE, Notebook, load, values
from toolkit.tables import Tables

_HEAD = "# What `toolkit batch {name}` runs: every notebook on every source, once for each combination of values.\n"


def save_parameters(
    plan: str | Path,
    sources: "Tables | str | Path | Iterable[str | Path]",
    *,
    notebooks: str | Iterable[str] = "article",
    **parameters: Any,
) -> Path:
    """Write what was chosen as a plan in YAML, and return its path: its keys are sources, notebooks, parameters.

    `sources` are files or folders, or tables, whose files are meant. A parameter is a value or a list
    of values to try, of a type that every notebook which declares it takes.

    Raises
    ------
    ParameterError
        When a notebook is not there, none of them has a parameter of that name, or its value is of
        another type; it says what there is.
    OutputError
        When the plan cannot be written.

    >>> import tempfile
    >>> import toolkit as tk
    >>> folder = Path(tempfile.mkdtemp())
    >>> plan = tk.save_parameters(folder / "plan.yaml", folder / "a.txt", bars=[6, 12])
    >>> print(*plan.read_text().splitlines()[-4:], sep="; ")
    parameters:;   bars:;   - 6;   - 12
    """
    import yaml

    path = Path(plan)
    chosen = [load(name) for name in ([notebooks] if isinstance(notebooks, str) else notebooks)]
    if not chosen:
        raise ParameterError("a plan without a notebook runs nothing: name one, as notebooks='article'")
    lists = {name: _values(name, given, chosen) for name, given in parameters.items()}
    content = {
        "sources": [_from(path.parent, Path(source)) for source in _files(sources)],
        "notebooks": [n.path.stem if "/" not in n.name else n.name for n in chosen],
        "parameters": lists,
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        written = _HEAD.format(name=path.name) + yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        path.write_text(written, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({one_line(error)}): name another place") from None
    return path


def _values(name: str, given: Any, notebooks: Iterable[Notebook]) -> list[Any]:
    """Return the values to try, after the check that the command line makes."""
    tried = list(given) if isinstance(given, list | tuple | set | range) else [given]
    takes = [n for n in notebooks if name in n.parameters and name != SOURCE]
    if not takes:
        there = sorted({p for n in notebooks for p in n.parameters} - {SOURCE})
        raise ParameterError(
            f"no notebook of the plan has a parameter {name!r}: there are {', '.join(there) or 'none'}"
        )
    if not tried:
        raise ParameterError(f"parameter {name!r} has no value to try: give one, or leave it out")
    for notebook in takes:
        for value in tried:
            values(notebook, [f"{name}={value}"])
    return tried


def _files(sources: "Tables | str | Path | Iterable[str | Path]") -> list[str | Path]:
    if isinstance(sources, Tables):
        return list(sources.documents["source_path"])
    return [sources] if isinstance(sources, str | Path) else list(sources)


def _from(folder: Path, source: Path) -> str:
    """Return where a source is, as seen from the plan's folder."""
    return Path(os.path.relpath(source, folder)).as_posix()
