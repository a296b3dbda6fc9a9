"""Notebooks and their parameters: found by name, checked before a kernel starts."""

import ast
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import toolkit.report.schemas  # noqa: F401  # first, so that what follows loads faster

# isort: split
import nbformat

from toolkit import shipped
from toolkit.errors import ParameterError, one_line

SOURCE = "source"  # the parameter that names the text; the runner fills it
CODEBOOK = "codebook"  # the one that names a codebook of the user's
_TRUE, _FALSE = {"true", "yes", "1"}, {"false", "no", "0"}


class Parameter(NamedTuple):
    """A parameter as a notebook declares it: `name: type = default  # help`."""

    name: str
    type: str
    default: str
    help: str


class Notebook(NamedTuple):
    """A notebook that can be run on a text."""

    name: str
    path: Path
    sha256: str
    node: Any
    parameters: dict[str, Parameter]

    @property
    def purpose(self) -> str:
        """Return what the notebook says it is for."""
        return str(self.node.metadata.get("attribution", {}).get("purpose", ""))


def shipped_notebooks() -> list[Notebook]:
    """Return the notebooks that the toolkit ships and that can be run on a text."""
    found = [load(str(path)) for path in sorted(shipped.notebooks().glob("*.ipynb"))]
    return [notebook for notebook in found if SOURCE in notebook.parameters]


def load(name: str) -> Notebook:
    """Return a notebook by the name of a shipped one, or by its path.

    Raises
    ------
    ParameterError
        When there is none, or it is no notebook.
    """
    path = Path(name) if name.endswith(".ipynb") else shipped.notebooks() / f"{name}.ipynb"
    try:
        data = path.read_bytes()
        node = nbformat.reads(data.decode("utf-8"), as_version=4)
    except FileNotFoundError:
        there = ", ".join(p.stem for p in sorted(shipped.notebooks().glob("*.ipynb")))
        raise ParameterError(f"no notebook {name!r}: there are {there}, or give the path of an .ipynb file") from None
    except OSError as error:
        raise ParameterError(f"notebook {path} cannot be read ({one_line(error)}): check the file") from None
    except Exception as error:
        raise ParameterError(
            f"{path} is not a notebook ({one_line(error)[:120]}): open and save it in JupyterLab"
        ) from None
    return Notebook(path.stem, path, hashlib.sha256(data).hexdigest(), node, _declared(node))


def _declared(node: Any) -> dict[str, Parameter]:
    from papermill.translators import PythonTranslator

    cell = next((c for c in node.cells if "parameters" in c.metadata.get("tags", [])), None)
    inferred = PythonTranslator.inspect(cell) if cell else []
    return {p.name: Parameter(p.name, _type(p.inferred_type_name, p.default), p.default, p.help) for p in inferred}


def _type(declared: str, default: str) -> str:
    """Return the declared type, or that of the default where none is declared."""
    if declared != "None":
        return str(declared)
    try:
        return type(ast.literal_eval(default)).__name__
    except (ValueError, SyntaxError):
        return "an expression"


def values(notebook: Notebook, given: Iterable[str]) -> dict[str, Any]:
    """Return the values of KEY=VALUE pairs in the types that the notebook declares.

    Raises
    ------
    ParameterError
        For a pair without "=", a name given twice, an unknown name (listing the known ones), or a
        value of the wrong type.
    """
    out: dict[str, Any] = {}
    known = {name: p for name, p in notebook.parameters.items() if name != SOURCE}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise ParameterError(f"parameter {pair!r} has no value: write it as {pair}=VALUE")
        if name not in known:
            there = ", ".join(f"{p.name} ({p.type})" for p in known.values()) or "no other than the source"
            raise ParameterError(f"notebook {notebook.name} has no parameter {name!r}: it has {there}")
        if name in out:
            raise ParameterError(f"parameter {name!r} is given twice: leave one of them out")
        out[name] = _typed(known[name], value)
    return out


def _typed(parameter: Parameter, value: str) -> Any:
    try:
        if parameter.type == "str":
            return value
        if parameter.type == "int":
            return int(value)
        if parameter.type == "float":
            return float(value)
        if parameter.type == "bool" and value.lower() in _TRUE | _FALSE:
            return value.lower() in _TRUE
    except ValueError:
        pass
    raise ParameterError(
        f"parameter {parameter.name!r} takes {parameter.type}, not {value!r}: its default is {parameter.default}"
    )
