"""Doctor: what a report needs, whether it is here, and what to do where it is not."""

import sys
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from typing import NamedTuple

from toolkit import __version__, codebook, shipped
from toolkit.errors import ToolkitError
from toolkit.model.tagger import tagger

_INSTALL = "run `make report` in a checkout, or install attribution-toolkit again"


class Finding(NamedTuple):
    """One thing looked at: what, whether it is fine, what to do if not."""

    what: str
    fine: bool
    remedy: str


def findings() -> list[Finding]:
    """Return what was looked at: Python, libraries, what is shipped, fonts."""
    here = ".".join(map(str, sys.version_info[:3]))
    found = [
        Finding(f"attribution-toolkit {__version__}", True, ""),
        Finding(f"Python {here}", sys.version_info >= (3, 11), "use Python 3.11 or newer"),
    ]
    found += [_library(name) for name in _dependencies()]
    notebooks = sorted(path.stem for path in shipped.notebooks().glob("*.ipynb"))
    found.append(Finding(f"notebooks: {', '.join(notebooks) or 'none'}", bool(notebooks), _INSTALL))
    templates = files("toolkit.report") / "templates"
    for name in ("paper.typ", "attribution/index.html.j2"):
        found.append(Finding(f"template {name}", (templates / name).is_file(), _INSTALL))
    found.append(Finding("sample text", shipped.sample().is_file(), _INSTALL))
    found.append(_weights())
    found.append(Finding(f"measured error rates: {len(codebook.accuracy())}", bool(codebook.accuracy()), _INSTALL))
    found += _fonts()
    return found


def _dependencies() -> list[str]:
    """Return the names of the libraries that the installed toolkit asks for, without its extras."""
    try:
        wanted = requires("attribution-toolkit") or []
    except PackageNotFoundError:
        return ["attribution-toolkit"]
    return sorted(line.split(">")[0].split(";")[0].strip() for line in wanted if "extra ==" not in line)


def _library(name: str) -> Finding:
    try:
        return Finding(f"{name} {version(name)}", True, "")
    except PackageNotFoundError:
        return Finding(name, False, f"pip install {name}")


def _weights() -> Finding:
    try:
        tagger()
    except ToolkitError as error:
        return Finding("weights of the tagger", False, str(error))
    return Finding("weights of the tagger", True, "")


def _fonts() -> list[Finding]:
    try:
        import typst
    except ImportError:
        return []  # reported among the libraries
    from toolkit.report import scripts

    own = set(typst.Fonts(include_system_fonts=False).families())
    everywhere = set(typst.Fonts(include_system_fonts=True).families())
    return [
        Finding(f"fonts for the PDF: {', '.join(sorted(own))}", bool(own), _INSTALL),
        Finding(f"further fonts on this machine, for scripts that these lack: {len(everywhere - own)}", True, ""),
        *(
            Finding(f"no font for {script} in the PDF: its letters are named, not shown", True, "")
            for script in scripts.without_font()
        ),
    ]
