"""A plan: sources, notebooks and values of parameters, as the file that `toolkit batch` runs.

`save_parameters` writes one from what was chosen while exploring; `read_plan` checks the whole of one.
"""

import hashlib
import itertools
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Never

from toolkit import shipped
from toolkit.errors import OutputError, ParameterError, PlanError, ToolkitError, one_line
from toolkit.report.parameters import SOURCE, Notebook, load, values

if TYPE_CHECKING:
    from toolkit.tables import Tables

_KEYS = ("sources", "notebooks", "parameters")
_PLAIN = re.compile(r"[\w.+-]{1,24}", re.ASCII)
_LONGEST_NAME = 120
_HEAD = "# What `toolkit batch {name}` runs: every notebook on every source, once for each combination of values.\n"


def save_parameters(
    plan: str | Path,
    sources: "Tables | str | Path | Iterable[str | Path]",
    *,
    notebooks: str | Iterable[str] = "article",
    **parameters: Any,
) -> Path:
    """Write what was chosen as a plan in YAML, and return its path: its keys are sources, notebooks, parameters.

    `sources` are files or folders, or tables, whose files are meant, with all texts in them. A parameter is a
    value or a list of values to try, of a type that every notebook which declares it takes.

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
        "notebooks": [n.name if n.path.parent == shipped.notebooks() else _from(path.parent, n.path) for n in chosen],
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
    tried = list(dict.fromkeys(given)) if isinstance(given, list | tuple | set | range) else [given]
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
    from toolkit.tables import Tables  # a batch that is already done does without pandas

    if isinstance(sources, Tables):
        return list(dict.fromkeys(_file(path) for path in sources.documents["source_path"]))
    return [sources] if isinstance(sources, str | Path) else list(sources)


def _file(written: str) -> str:
    """Return the file that a text was read from, where it is one row, message or member among others."""
    for path in (Path(written), *Path(written).parents):
        for name in (path.name, path.name.rpartition(", ")[0]):  # as in "texts.csv, row 2"
            if name and path.with_name(name).is_file():
                return str(path.with_name(name))
    return written


def _from(folder: Path, source: Path) -> str:
    """Return where a source is, as seen from the plan's folder."""
    return Path(os.path.relpath(source, folder)).as_posix()


class Run(NamedTuple):
    """One report of a plan: a notebook on a text with values of parameters; `folder` names it among the plan's."""

    folder: str
    doc_id: str
    source: Path
    notebook: Notebook
    parameters: dict[str, Any]


def read_plan(path: Path) -> list[Run]:
    """Return every run of a plan: each notebook on each text, once for each combination of values that it takes.

    Sources and notebooks are looked for as seen from the plan's folder.

    Raises
    ------
    PlanError
        Naming the line, when the plan is no YAML, or a key, source, notebook or parameter of it is unknown, of the
        wrong type, empty or given twice.
    SourceError
        When a folder of the plan holds no text, or cannot be read.
    """
    from toolkit.source.files import find

    plan = _Reader(path)
    notebooks, sources = plan.notebooks(), plan.sources()
    grids = plan.grids(notebooks)
    return [
        Run(f"{doc_id}/{_name(notebook, parameters)}", doc_id, source, notebook, parameters)
        for doc_id, source in find(sources)
        for notebook in notebooks
        for parameters in grids[notebook.name]
    ]


def _name(notebook: Notebook, parameters: Mapping[str, Any]) -> str:
    """Return the name of a run's folder: the notebook's, and all values that the plan sets."""
    parts = [f"{name}={_short(str(value))}" for name, value in parameters.items()]
    name = ",".join([notebook.name, *parts])
    return name if len(name) <= _LONGEST_NAME else f"{notebook.name},{_digest(name)}"


def _short(value: str) -> str:
    """Return a value as a part of a file's name; one that is long or has other signs is told by its digest.

    >>> _short("a4"), _short("Who is it?")
    ('a4', 'Who-is-it-4c799b44')
    """
    if _PLAIN.fullmatch(value):
        return value
    return "-".join([*re.findall(r"[a-zA-Z0-9]+", value[:24])[:4], _digest(value)])


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:8]


class _Reader:
    """A plan as YAML, of which each part knows its line."""

    def __init__(self, path: Path) -> None:
        import yaml

        self._path = path
        try:
            root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or one_line(error)
            raise PlanError(f"plan {path} cannot be read ({why.lower()}): name a file of YAML") from None
        except (yaml.YAMLError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            why = getattr(error, "problem", None) or one_line(error)
            where = f"{path}, line {mark.line + 1}" if mark else str(path)
            raise PlanError(f"{where}: this is no YAML ({why}): write `{_KEYS[0]}:`, then a line `- PATH`") from None
        if root is None:
            raise PlanError(f"plan {path} is empty: write {', '.join(_KEYS)} into it, or use tk.save_parameters")
        self._parts = self._pairs(root, "the plan", _KEYS)
        if "sources" not in self._parts:
            raise PlanError(f"plan {path} names no sources: write `sources:`, then a line `- PATH` for each")

    def _refuse(self, node: Any, message: str) -> Never:
        raise PlanError(f"{self._path}, line {node.start_mark.line + 1}: {message}")

    def _pairs(self, node: Any, what: str, known: Iterable[str] = ()) -> dict[str, Any]:
        if node.id != "mapping":
            self._refuse(node, f"{what} is no list of names with values: write it as `name: value`")
        pairs: dict[str, Any] = {}
        for key, value in node.value:
            if known and key.value not in known:
                self._refuse(key, f"unknown key {key.value!r}: there are {', '.join(known)}")
            if key.value in pairs:
                self._refuse(key, f"{key.value!r} is given twice: leave one of them out")
            pairs[key.value] = value
        return pairs

    def _scalars(self, node: Any, what: str) -> list[Any]:
        """Return the nodes of a value, or of a list of values, each given once."""
        nodes = node.value if node.id == "sequence" else [node]
        if not nodes:
            self._refuse(node, f"{what} is an empty list: give it a value, or leave it out")
        seen = set()
        for one in nodes:
            if one.id != "scalar" or one.tag.endswith(":null"):
                self._refuse(one, f"{what} takes a value or a list of values")
            if one.value in seen:
                self._refuse(one, f"{what} has {one.value!r} twice: leave one of them out")
            seen.add(one.value)
        return list(nodes)

    def sources(self) -> list[Path]:
        """Return the sources, each of which exists."""
        found = []
        for node in self._scalars(self._parts["sources"], "sources"):
            source = self._path.absolute().parent / Path(node.value).expanduser()
            if not source.exists():
                self._refuse(
                    node, f"source {node.value!r} does not exist: name a file or folder, from the plan's folder"
                )
            found.append(source)
        return found

    def notebooks(self) -> list[Notebook]:
        """Return the notebooks; where the plan names none, the one on an article."""
        if "notebooks" not in self._parts:
            return [load("article")]
        found: dict[str, Notebook] = {}
        for node in self._scalars(self._parts["notebooks"], "notebooks"):
            own = node.value.endswith(".ipynb")
            try:
                notebook = load(str(self._path.absolute().parent / node.value) if own else node.value)
            except ToolkitError as error:
                self._refuse(node, one_line(error))
            if SOURCE not in notebook.parameters:
                self._refuse(node, f"notebook {notebook.name} declares no source: it cannot be run on a text")
            if notebook.name in found:
                self._refuse(node, f"a second notebook has the name {notebook.name!r}: rename one of them")
            found[notebook.name] = notebook
        return list(found.values())

    def grids(self, notebooks: Iterable[Notebook]) -> dict[str, list[dict[str, Any]]]:
        """Return, for each notebook by its name, every combination of the values that it takes."""
        axes: dict[str, dict[str, list[Any]]] = {notebook.name: {} for notebook in notebooks}
        given = self._parts.get("parameters")
        pairs = {} if given is None or given.tag.endswith(":null") else self._pairs(given, "parameters")
        for name, node in pairs.items():
            takes = [n for n in notebooks if name in n.parameters and name != SOURCE]
            if not takes:
                there = sorted({p for n in notebooks for p in n.parameters} - {SOURCE})
                self._refuse(node, f"no notebook of the plan has a parameter {name!r}: there are {', '.join(there)}")
            for one in self._scalars(node, f"parameter {name!r}"):
                for notebook in takes:
                    try:
                        value = values(notebook, [f"{name}={one.value}"])[name]
                    except ToolkitError as error:
                        self._refuse(one, one_line(error))
                    own = axes[notebook.name].setdefault(name, [])
                    if value in own:
                        self._refuse(one, f"parameter {name!r} has {one.value!r} twice: leave one of them out")
                    own.append(value)
        return {
            notebook: [dict(zip(own, chosen, strict=True)) for chosen in itertools.product(*own.values())]
            for notebook, own in axes.items()
        }
