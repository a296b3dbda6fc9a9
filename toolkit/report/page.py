"""The page: an executed notebook as one HTML file that asks no host for anything."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any

import toolkit.report.schemas  # noqa: F401  # first, so that what follows loads faster

# isort: split
from markdown_it import MarkdownIt
from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import default

from toolkit.report.inline import OVERRIDES
from toolkit.report.lab import STYLE

_FORMS = ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain")
_TEMPLATE = files("toolkit.report") / "templates" / "attribution"
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
# What blocks and Markdown cells write; the words of a source cannot look like it, their < being escaped.
_CAPTION = re.compile(
    r'<(?P<tag>figure|table) id="(?P<anchor>[^"]+)"|<(?P<caption>span|figcaption) data-kind="(?P<kind>\w+)">'
)
_REFERENCE = re.compile(r'(<a class="reference" href="#([^"]+)">).*?</a>')
_PART = re.compile(r"<h2>(.*?)</h2>")


class PageExporter(TemplateExporter):
    """Export a notebook to a page: its Markdown and its outputs; `nbconvert --to attribution-html`."""

    export_from_notebook = "Attribution report (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "attribution"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(files("toolkit.report") / "templates")]

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        return True  # once, not after every step that may be switched on

    @property
    def default_config(self) -> Any:
        """Return nbconvert's settings: the forms of an output that a page can show, the best first."""
        config = super().default_config
        config.NbConvertBase.display_data_priority = list(_FORMS)
        return config

    def default_filters(self) -> Any:
        """Yield nbconvert's filters, and one that reads Markdown as the paper reads it."""
        yield from super().default_filters()
        yield "commonmark", _MARKDOWN.render

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """Return the page and nbconvert's resources."""
        resources = dict(resources or {})
        about = about_report(nb)
        style, script = (_TEMPLATE.joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
        resources["attribution"] = {
            "title": about.get("title") or resources.get("metadata", {}).get("name", "Notebook"),
            "code": about.get("code"),
            "style": style,
            "style_digest": _digest(style),
            "script": script,
            "script_digest": _digest(script),
        }
        page, resources = super().from_notebook_node(nb, resources, **kw)
        return with_contents(with_numbers(STYLE.sub("", str(page)).translate(OVERRIDES))), resources


@cache
def exporter() -> PageExporter:
    """Return the exporter of this process, whose templates are read once."""
    return PageExporter()


def about_report(nb: Any) -> dict[str, Any]:
    """Return what outputs of the notebook say about the report: its title, byline, abstract, paper, code."""
    about: dict[str, Any] = {}
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            about |= output.get("metadata", {}).get("attribution", {})
    return about


def with_numbers(page: str) -> str:
    """Return the page with its figures and tables numbered, and every reference to one worded by its number.

    >>> with_numbers('<a class="reference" href="#t">it</a><table id="t"><span data-kind="Table">Rain</span>')
    '<a class="reference" href="#t">Table 1</a><table id="t"><span data-kind="Table"><b>Table 1.</b> Rain</span>'
    """
    counts: dict[str, int] = {}
    numbers: dict[str, str] = {}
    anchors: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        if found["anchor"]:
            anchors[found["tag"]] = found["anchor"]
            return found[0]
        anchor = anchors.pop("figure" if found["caption"] == "figcaption" else "table", None)
        if not anchor:  # the figures behind a picture go by the picture's number
            return found[0]
        counts[found["kind"]] = counts.get(found["kind"], 0) + 1
        numbers[anchor] = f"{found['kind']} {counts[found['kind']]}"
        return f"{found[0]}<b>{numbers[anchor]}.</b> "

    page = _CAPTION.sub(number, page)
    return _REFERENCE.sub(lambda found: f"{found[1]}{numbers[found[2]]}</a>" if found[2] in numbers else found[0], page)


def with_contents(page: str) -> str:
    """Return the page with its parts numbered for links, and a list of them before the first."""
    parts = _PART.findall(page)
    if not parts:
        return page
    numbers = iter(range(1, len(parts) + 1))
    page = _PART.sub(lambda found: f'<h2 id="part-{next(numbers)}">{found[1]}</h2>', page)
    items = "".join(f'<li><a href="#part-{i}">{part}</a></li>' for i, part in enumerate(parts, 1))
    return page.replace("<h2 ", f'<nav aria-label="Contents"><ol>{items}</ol></nav>\n<h2 ', 1)


def _digest(words: str) -> str:
    """Return the digest by which a Content-Security-Policy lets a script or a style pass."""
    return base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()
