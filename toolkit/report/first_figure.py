"""The first figure of a report as an SVG of its own: what an index over many reports shows of it."""

import base64
import html
import re
import struct
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

from toolkit.report.displays import INK

_STRIP = re.compile(r'<ol class="strip" aria-label="([^"]*)">(.*?)</ol>', re.DOTALL)
_TURN = re.compile(r'<li class="([\w ]+)" style="--w:(\d+)">')
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_WIDE, _HIGH = 600, 60
_HEIGHTS = {"direct": 1.0, "mixed": 0.67, "indirect": 0.34}  # as page.css has them
_COLOUR = re.compile(r"--(ink|paper|faint|v\d): (#\w+);")
# The patterns of page.css, each drawn in a square of five.
_PATTERNS = (
    "M0 0h5v5H0z",
    "M0 5 5 0M-1 1 1-1M4 6 6 4",
    "M0 1h5",
    "M1.5 2.5h2",
    "M1 0v5",
    "M0 0l5 5M4-1 6 1M-1 4 1 6",
    "M0 0l5 5M0 5 5 0",
    "M.5 0v5M0 .5h5",
)


def first_figure(executed: Any) -> bytes | None:
    """Return the voice strip of an executed notebook, or else its first picture, as SVG; None where it has neither."""
    for find in (_strip, _drawn):
        for cell in executed.cells:
            for output in cell.get("outputs", []):
                if svg := find(output.get("data", {})):
                    return (svg + "\n").encode("utf-8", "replace")
    return None


def alternative(svg: str) -> str:
    """Return what a picture says of itself for those who cannot see it."""
    found = re.search(r'<svg[^>]* aria-label="([^"]*)"', svg)
    return html.unescape(found[1]) if found else ""


def _strip(data: dict[str, Any]) -> str | None:
    found = _STRIP.search(str(data.get("text/html", "")))
    if not found:
        return None
    turns = [(look.split(), int(words)) for look, words in _TURN.findall(found[2])]
    ends = list(accumulate((words for _, words in turns), initial=0))
    scale = _WIDE / max(ends[-1], 1)
    shapes: dict[str, list[str]] = {}
    for (look, _), start, end in zip(turns, ends, ends[1:], strict=False):
        if len(look) == 2:  # the author's own has no shape
            height = _HEIGHTS[look[1]] * _HIGH
            shapes.setdefault(look[0], []).append(
                f"M{start * scale:.1f} {_HIGH - height:.1f}H{end * scale:.1f}V{_HIGH}H{start * scale:.1f}z"
            )
    drawn = "".join(f'<path class="{voice}" d="{"".join(parts)}"/>' for voice, parts in sorted(shapes.items()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -1 {_WIDE} {_HIGH + 2}" role="img" '
        f'aria-label="{found[1]}"><style>{_style()}</style><defs>{_defined()}</defs>{drawn}'
        f'<path class="rule" d="M0 0H{_WIDE}M0 {_HIGH}H{_WIDE}"/></svg>'
    )


@cache
def _style() -> str:
    """Return the page's colours, light and dark, as rules of a strip."""
    page = (files("toolkit.report") / "templates" / "attribution" / "page.css").read_text(encoding="utf-8")
    light, dark = (dict(_COLOUR.findall(part)) for part in page.split("* {")[0].split("@media"))
    rules = [f".v{i}{{fill:url(#p{i});stroke:var(--v{i});stroke-width:.6}}" for i in range(len(_PATTERNS))]
    rules += [f"#p{i} path{{stroke:var(--v{i});stroke-width:1.6;fill:none}}" for i in range(1, len(_PATTERNS))]
    rules += ["#p0 path{fill:var(--v0)}", ".rule{stroke:var(--faint)}"]

    def root(colours: dict[str, str]) -> str:
        return ":root{" + "".join(f"--{name}:{colour};" for name, colour in colours.items()) + "}"

    return root(light) + "@media(prefers-color-scheme:dark){" + root(dark) + "}" + "".join(rules)


def _defined() -> str:
    return "".join(
        f'<pattern id="p{i}" width="5" height="5" patternUnits="userSpaceOnUse"><path d="{d}"/></pattern>'
        for i, d in enumerate(_PATTERNS)
    )


def _drawn(data: dict[str, Any]) -> str | None:
    found = _SVG.search(str(data.get("image/svg+xml") or data.get("text/html") or ""))
    if found:
        svg = found[0].replace("currentColor", INK)
        return svg if "xmlns=" in svg[:400] else svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return _picture(str(data["image/png"])) if data.get("image/png") else None


def _picture(encoded: str) -> str:
    """Return a PNG inside an SVG of its size."""
    width, height = struct.unpack(">II", base64.b64decode(encoded)[16:24])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="Figure">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{"".join(encoded.split())}"/></svg>'
    )
