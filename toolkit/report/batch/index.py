"""The index of a batch: one page over all its reports, to search and to sort, with the first figure of each."""

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from toolkit.errors import one_line
from toolkit.report.inline import OVERRIDES
from toolkit.source.content import Unread
from toolkit.source.files import slug

if TYPE_CHECKING:
    from toolkit.report.batch import Outcome

INDEX = "index.html"
FAILURES = "failures"
_TEMPLATES = files("toolkit.report") / "templates"
_FIRST = 8  # of what failed or was not read, the others on demand
_BEST = ("html", "pdf", "txt", "ipynb")  # what a reader is led to


def failure_file(folder: str) -> str:
    """Return where in the folder of a batch the failure of a run is told."""
    return f"{FAILURES}/{folder.replace('/', ',')}.txt"


def unread_file(unread: Unread) -> str:
    """Return where in the folder of a batch it is told why a text could not be read."""
    name = unread.source_path
    known = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{FAILURES}/{slug(PurePosixPath(name).name)},{known}.txt"


def index(outcomes: "Sequence[Outcome]", unread: Sequence[Unread], out: Path) -> bytes:
    """Return the page; it asks no host for anything, and leads to the files beside it."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((_TEMPLATES / "index.html.j2").read_text(encoding="utf-8"))
    page = [(_TEMPLATES / "attribution" / f"page.{kind}").read_text(encoding="utf-8") for kind in ("css", "js")]
    own = [(_TEMPLATES / f"index.{kind}").read_text(encoding="utf-8") for kind in ("css", "js")]
    style, script = (first + second for first, second in zip(page, own, strict=True))
    return (
        template.render(
            style=style,
            script=script,
            style_digest=_digest(style),
            script_digest=_digest(script),
            made=[_made(outcome, out) for outcome in outcomes if outcome.made],
            failed=[_failed(outcome) for outcome in outcomes if outcome.failure],
            unread=[_unread(one) for one in unread],
            waiting=[outcome.run.folder for outcome in outcomes if not outcome.made and not outcome.failure],
            total=len(outcomes),
            first=_FIRST,
        )
        .translate(OVERRIDES)
        .encode("utf-8", "replace")
    )


def _made(outcome: "Outcome", out: Path) -> dict[str, Any]:
    run, made = outcome.run, outcome.made or {}
    names = {ending: f"{run.notebook.name}.{ending}" for ending in _BEST}
    there = [(ending, _link(run.folder, name)) for ending, name in names.items() if name in made["outputs"]]
    about = made.get("about", {})
    return {
        "title": about.get("title") or run.doc_id,
        "abstract": about.get("abstract", ""),
        "link": there[0][1],
        "files": there,
        "text": run.doc_id,
        "notebook": run.notebook.name,
        "parameters": _parameters(run.parameters),
        "warnings": made.get("warnings", []),
        **_figure(out / run.folder / f"{run.notebook.name}.svg"),
    }


def _failed(outcome: "Outcome") -> dict[str, Any]:
    run, failure = outcome.run, outcome.failure
    return {
        "folder": run.folder,
        "message": failure.message if failure else "",
        "cell": failure.cell if failure else None,
        "link": _link(*failure_file(run.folder).split("/")),
    }


def _unread(unread: Unread) -> dict[str, str]:
    name, reason = unread.source_path, unread.reason
    told = reason.removeprefix(name) if reason.startswith(name) else f": {reason}"
    return {"name": name, "reason": told, "link": _link(*unread_file(unread).split("/"))}


def _parameters(parameters: dict[str, Any]) -> list[str]:
    return [one_line(ValueError(f"{name} = {value}")) for name, value in parameters.items()]


def _figure(path: Path) -> dict[str, str]:
    """Return the first figure as the address of an image, which keeps whatever is in it to itself."""
    try:
        svg = path.read_bytes()
    except OSError:
        return {"figure": "", "alternative": ""}
    from toolkit.report.first_figure import alternative

    address = "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
    return {"figure": address, "alternative": alternative(svg.decode("utf-8", "replace"))}


def _link(*parts: str) -> str:
    return quote("/".join(parts))


def _digest(words: str) -> str:
    return base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()
