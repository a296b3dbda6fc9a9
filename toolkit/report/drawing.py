"""Drawing: the house style of every figure, as SVG that can be read in grey, and the parts that figures share."""

import io
import re
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from toolkit.errors import ToolkitError
from toolkit.report.displays import INK, Table
from toolkit.report.inline import Name, line

_LEAST = 0.1  # the share of a picture that its axes have, however long the words beside them
_WIDTH = 4.6  # inches, so that letters can be read on a telephone, where the picture is as wide as the screen
_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "text.parse_math": False,  # a dollar sign in a name begins no formula
    "svg.fonttype": "none",  # letters stay letters: the reader's fonts have scripts that ours lack
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.labelsize": 8.5,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 8.5,
    "axes.edgecolor": INK,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "ytick.major.size": 0,
    "xtick.major.size": 3,
    "patch.linewidth": 0.7,
    "hatch.linewidth": 0.6,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "legend.handlelength": 1.4,
    "legend.columnspacing": 1.2,
    "legend.borderpad": 0,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
}
# Fills are told apart by lightness and by pattern, not by hue.
DARK, MIDDLE, LIGHT, OPEN = ("#2c5a85", ""), ("#8fb0cc", "///"), ("#d3dfea", ""), ("none", "")


def check_most(most: int) -> None:
    """Refuse a figure of no bars."""
    if most < 1:
        raise ToolkitError(f"a figure of {most} bars shows nothing: give the parameter a number of 1 or more")


def needs(found: pd.DataFrame, columns: tuple[str, ...], tool: str) -> None:
    """Refuse a finding that a figure does not draw.

    Raises
    ------
    ToolkitError
        When one of the columns is not there.
    """
    if missing := [name for name in columns if name not in found]:
        raise ToolkitError(f"this figure draws what {tool} returns: there is no column {missing[0]!r}")


def svg(draw: Callable[[Axes], None], height: float, keys: Sequence[tuple[str, tuple[str, str]]], name: str) -> str:
    """Return what is drawn as SVG; its ids begin anew for every name, so that a page can hold several."""
    settings = {**mpl.rcParamsDefault, **_STYLE, "svg.hashsalt": name, "backend": "svg"}
    with warnings.catch_warnings(), mpl.rc_context(settings):
        figure = Figure(figsize=(_WIDTH, height + 0.22 * bool(keys)), dpi=72, layout="constrained")
        canvas = FigureCanvasSVG(figure)  # measures words as they will be written
        draw(figure.subplots())
        if keys:
            patches = [Patch(facecolor=fill[0], hatch=fill[1], edgecolor=INK, label=label) for label, fill in keys]
            columns = len(keys) if sum(len(label) for label, _ in keys) < 56 else 2
            figure.legend(handles=patches, loc="outside upper left", ncols=columns)
        warnings.simplefilter("ignore")  # of letters that the font lacks: the reader's may have them
        _lay_out(figure)
        picture = io.StringIO()
        canvas.print_svg(picture, metadata={"Date": None, "Creator": None})
    svg = re.sub(
        r"<(?:style|metadata)\b.*?</(?:style|metadata)>|<!--.*?-->|<\?.*?\?>|<!DOCTYPE.*?>",
        "",
        picture.getvalue(),
        flags=re.S,
    )
    svg = re.sub(r"<g id=\"[^\"]*\">", "<g>", svg)
    svg = re.sub(r">\s+<", "><", re.sub(r"<[^>]+>", _compact, svg))
    svg = re.sub(r"<g>(<path\b[^>]*/>)</g>", r"\1", svg)
    # the page's own font goes before this one
    common = '<svg stroke-linejoin="round" stroke-linecap="butt" font-family="DejaVu Sans,sans-serif" '
    return svg.strip().replace("<svg ", common, 1)


def _lay_out(figure: Figure) -> None:
    """Give the axes all the room that their words and the legend leave.

    matplotlib measures all twice for it, in case another size brings other ticks; one picture's ticks stay.
    """
    engine: Any = figure.get_layout_engine()
    pads = engine.get()
    figure.set_layout_engine("none")
    if len(figure.axes) > 1:
        engine.execute(figure)
        return
    [axes] = figure.axes
    width, height = figure.bbox.size
    across, down = 72 * pads["w_pad"], 72 * pads["h_pad"]
    drawn: Any = axes.bbox
    words: Any = axes.get_tightbbox(for_layout_only=True)
    above = sum(legend.get_window_extent().height + 2 * down for legend in figure.legends)
    left, right = drawn.x0 - words.x0 + across, words.x1 - drawn.x1 + across
    bottom, top = drawn.y0 - words.y0 + down, words.y1 - drawn.y1 + down + above
    room = (max(1 - taken, _LEAST) for taken in ((left + right) / width, (bottom + top) / height))
    axes.set_position((left / width, bottom / height, *room))


def _compact(tag: re.Match[str]) -> str:
    """Return a tag in a third of the letters: what is finer than a hundredth of a point nobody sees."""
    rounded = re.sub(r"\d+\.\d{3,}", lambda n: f"{float(n[0]):.2f}".rstrip("0").rstrip("."), tag[0])
    short = re.sub(r"\s+", " ", rounded).replace(' "', '"').replace("; stroke-linejoin: miter", "")
    short = re.sub(r"font-family: 'DejaVu Sans'(?:; )?| transform=\"rotate\(-0 [^)]*\)\"", "", short)
    short = re.sub(r' style="[^"]*"', lambda style: re.sub(r"([:;]) ", r"\1", style[0]), short)
    return re.sub(r' d="[^"]*"', lambda path: _outline(path[0]), short)


def _outline(path: str) -> str:
    """Return a path without letters that may be left out; what is closed needs no line to where it began.

    >>> _outline(' d="M 1 2 L 3 2 L 3 4 L 1 2 z"')
    ' d="M1 2 3 2 3 4z"'
    """
    if re.search('[^MLz0-9. "d=-]', path):
        return path
    closed = re.sub(r"M ([-\d.]+ [-\d.]+) ((?:L [-\d.]+ [-\d.]+ )*)L \1 z", r"M \1 \2z", path)
    return closed.replace("M ", "M").replace(" L ", " ").replace(" z", "z")


def bar(axes: Axes, at: int, length: int, fill: tuple[str, str], left: int = 0) -> None:
    """Draw a bar that lies."""
    axes.barh(at, length, left=left, color=fill[0], hatch=fill[1], edgecolor=INK, height=0.66)


def count(axes: Axes, at: int, n: int) -> None:
    """Write a count behind a bar."""
    axes.annotate(f"{n:,}", (n, at), (3, 0), textcoords="offset points", va="center", fontsize=8.5)


def column(axes: Axes, at: Any, height: Any, base: Any, fill: tuple[str, str]) -> None:
    """Draw columns, one on another."""
    axes.bar(at, height, bottom=base, color=fill[0], hatch=fill[1], edgecolor=INK, width=0.78)


def name_rows(axes: Axes, labels: Sequence[str], counted: str) -> None:
    """Name the rows from above, and what is counted below."""
    axes.set_yticks(range(len(labels)), labels)
    axes.invert_yaxis()
    axes.set_xlabel(counted)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))


def short(name: str) -> str:
    """Return a name that fits beside a bar."""
    return name if len(name) <= 30 else f"{name[:28].rstrip()} …"


def data(caption: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """Return the figures that a picture draws, as its table; what stands first in a row may be the text's own words."""
    cells = [(line(Name(line(first))), *(line(cell) for cell in rest)) for first, *rest in rows]
    return Table(caption, columns, cells, columns[0], frozenset(columns[1:]), given=True)
