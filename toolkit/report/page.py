"""The page: an executed notebook as one HTML file that asks no host for anything."""

from importlib.resources import files
from typing import Any

from nbconvert.exporters.html import HTMLExporter
from traitlets import default

_FORMS = ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/plain")


class PageExporter(HTMLExporter):
    """Export a notebook to a page: its Markdown and its outputs; `nbconvert --to attribution-html`."""

    export_from_notebook = "Attribution report (HTML)"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "attribution"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(files("toolkit.report") / "templates")]

    @property
    def default_config(self) -> Any:
        """Return nbconvert's settings: the forms of an output that a page can show, the best first."""
        config = super().default_config
        config.NbConvertBase.display_data_priority = list(_FORMS)
        return config

    @default("exclude_anchor_links")
    def _exclude_anchor_links_default(self) -> bool:
        return True

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """Return the page and nbconvert's resources."""
        resources = self._init_resources(resources)
        resources["title"] = title_of(nb) or resources["metadata"]["name"]
        page, resources = super().from_notebook_node(nb, resources, **kw)
        return str(page), resources


def title_of(nb: Any) -> str | None:
    """Return the title that an output of the notebook carries, or None."""
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            title = output.get("metadata", {}).get("attribution", {}).get("title")
            if title:
                return str(title)
    return None
