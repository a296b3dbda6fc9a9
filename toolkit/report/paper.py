"""The paper: an executed notebook written as Typst and compiled to PDF, without LaTeX or a browser."""

import base64
from functools import cache
from importlib.resources import files
from typing import Any

import toolkit.report.schemas  # noqa: F401  # first, so that what follows loads faster

# isort: split
import typst
from nbconvert.exporters.exporter import Exporter
from traitlets import default

from toolkit.errors import RunError, one_line
from toolkit.report import scripts
from toolkit.report.blocks import TYPST_MIME
from toolkit.report.inline import typst_string, uncoloured
from toolkit.report.markdown_typst import to_typst
from toolkit.report.page import about_report

_SIZES = {"a4": "a4", "letter": "us-letter"}  # as Typst calls them
_NO_GLYPH = "could not be displayed"


class PaperExporter(Exporter):
    """Export a notebook to PDF: its Markdown and its outputs; `nbconvert --to attribution-pdf`."""

    export_from_notebook = "Attribution report (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        return True  # once, not after every step that may be switched on

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """Return the PDF's bytes and nbconvert's resources."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return compiled(to_source(nb, resources["metadata"]["name"])), resources


@cache
def exporter() -> PaperExporter:
    """Return the exporter of this process."""
    return PaperExporter()


def to_source(nb: Any, name: str) -> str:
    """Return a notebook's Markdown and outputs as one Typst document."""
    preamble = (files("toolkit.report") / "templates" / "paper.typ").read_text(encoding="utf-8")
    about = about_report(nb)
    head = f"#set document(title: {typst_string(about.get('title') or name)}, date: none)"
    parts = [head, f'#set page(paper: "{_SIZES.get(str(about.get("paper")), "a4")}")', preamble]
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            parts.append(to_typst(cell.source))
        elif cell.cell_type == "code":
            parts += [_output(output) for output in cell.outputs]
    return "\n".join(parts)


def compiled(source: str) -> bytes:
    """Return the PDF of a Typst document, tagged and checked as PDF/UA-1.

    Typst's own fonts are used, so that the bytes are the same on every machine. Only a text in a
    script that they lack is set in the system's fonts; where these lack it too, the script is named in
    its place. Where a notebook's own cells cannot pass the check (headings that leave out a level), the
    paper is made without it.

    Raises
    ------
    RunError
        When Typst does not compile it.
    """
    data = source.encode("utf-8", "replace")
    try:
        return scripts.compiled(data, own_fonts=True)
    except typst.TypstError as error:
        lacks_letters = _NO_GLYPH in str(error)
    if lacks_letters:
        data = scripts.named(source).encode("utf-8", "replace")
        try:
            return scripts.compiled(data, own_fonts=False)
        except typst.TypstError:
            pass
    try:
        return scripts.compiled(data, own_fonts=not lacks_letters, standards=())
    except typst.TypstError as error:
        raise RunError(f"the PDF cannot be set ({one_line(error)}): ask for --to html, and report this") from None


def _output(output: Any) -> str:
    if output.output_type == "stream":
        return _raw(output.text)
    if output.output_type == "error":
        return _raw("\n".join(output.traceback))
    data = output.get("data", {})
    if TYPST_MIME in data:
        return str(data[TYPST_MIME])
    if "image/svg+xml" in data:
        return f'#image(bytes({typst_string(data["image/svg+xml"])}), format: "svg", alt: "Figure")\n'
    for kind, format in (("image/png", "png"), ("image/jpeg", "jpg")):
        if kind in data:
            numbers = ", ".join(str(byte) for byte in base64.b64decode(data[kind]))
            return f'#image(bytes(({numbers},)), format: "{format}", alt: "Figure")\n'
    if "text/markdown" in data:
        return to_typst(data["text/markdown"])
    return _raw(data.get("text/plain", ""))


def _raw(text: str) -> str:
    return f"#raw({typst_string(uncoloured(text))}, block: true)\n" if text.strip() else ""
