"""What is shown in a notebook outside a report: it brings the page's own style along, and Jupyter's light or dark."""

import re
from functools import cache
from importlib.resources import files

from toolkit.report.blocks import OPENING, Fragment

_TEMPLATE = files("toolkit.report") / "templates" / "attribution"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# The page asks the reader's system whether it is dark, a notebook the theme that Jupyter says it has.
_DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{\s*:root (\{.*?\})\s*\}", re.DOTALL)
STYLE = re.compile(r"<style data-lab>.*?</style>", re.DOTALL)


class Shown(Fragment):
    """Blocks that are looked at in a notebook; a report that they come into shows them in its own style."""

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, object]]:
        bundle, about = super()._repr_mimebundle_()
        inside = bundle["text/html"].removeprefix(OPENING).removesuffix("</div>")
        # what is shown are the tables themselves: there is no further evidence for its numbers to lead to
        shown = f'<style data-lab>{style()}</style><div class="lab" data-given>{inside}</div>'
        return bundle | {"text/html": f"{OPENING}{shown}</div>"}, about


@cache
def style() -> str:
    """Return the page's rules, and those of a notebook, for what is inside `.attribution .lab` alone."""
    page, lab = (_COMMENT.sub("", (_TEMPLATE / name).read_text(encoding="utf-8")) for name in ("page.css", "lab.css"))
    page = _DARK.sub(r'body[data-jp-theme-light="false"] & \1', page).replace(":root {", "& {")
    return re.sub(r"\s*\n\s*", "\n", f".attribution .lab {{\n{page}{lab}}}\n")
