"""Figures: findings become pictures, as SVG, in one style that can be read in grey."""

import io
import warnings
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from toolkit.errors import ToolkitError
from toolkit.report import blocks
from toolkit.report.narrative import percent, plural

_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "svg.fonttype": "path",
    "svg.hashsalt": "attribution-toolkit",
    "text.color": blocks.INK,
    "axes.labelcolor": blocks.INK,
    "xtick.color": blocks.INK,
    "ytick.color": blocks.INK,
    "axes.edgecolor": blocks.INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "ytick.major.size": 0,
    "patch.linewidth": 0.8,
    "hatch.linewidth": 0.7,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
}
# Fills by kind of voice: told apart by lightness and by pattern, not by hue alone.
_FILLS = {
    "author": ("none", ""),
    "named": ("#2f6f9f", ""),
    "unnamed": ("#a8c8dd", "////"),
    "unidentified": ("#8f9aa3", "...."),
}
_LABELS = {
    "author": "the author",
    "named": "named source",
    "unnamed": "unnamed source",
    "unidentified": "unidentified speaker",
}


def words_by_voice(voices: pd.DataFrame, most: int = 12) -> blocks.Fragment:
    """Return a figure with a bar per voice of one document, as long as its words; the `most` longest are drawn.

    Source: the finding `voices`.
    """
    if most < 1:
        raise ToolkitError(f"a figure of {most} bars shows nothing: give the parameter a number of 1 or more")
    shown = (
        voices[voices["words"] > 0].sort_values(["words", "name"], ascending=[False, True], kind="stable").head(most)
    )
    rest = int((voices["words"] > 0).sum()) - len(shown)
    with warnings.catch_warnings(), mpl.rc_context({**mpl.rcParamsDefault, **_STYLE, "backend": "svg"}):
        figure = Figure(figsize=(7, 0.9 + 0.3 * max(len(shown), 1)), layout="constrained")
        axes = figure.subplots()
        for at, row in enumerate(shown.itertuples(index=False)):
            colour, hatch = _FILLS[row.kind]
            axes.barh(at, row.words, color=colour, hatch=hatch, edgecolor=blocks.INK, height=0.66)
            axes.text(row.words, at, f"  {row.words:,}", va="center", fontsize=8)
        axes.set_yticks(range(len(shown)), [_short(name) for name in shown["name"]])
        axes.invert_yaxis()
        axes.set_xlabel("words")
        axes.set_xlim(0, 1.08 * max(int(shown["words"].max()) if len(shown) else 0, 1))
        drawn = [kind for kind in _FILLS if kind in set(shown["kind"])]
        keys = [
            Patch(facecolor=_FILLS[kind][0], hatch=_FILLS[kind][1], edgecolor=blocks.INK, label=_LABELS[kind])
            for kind in drawn
        ]
        if drawn:
            figure.legend(handles=keys, loc="outside lower right", ncols=len(drawn), frameon=False, fontsize=8)
        picture = io.StringIO()
        warnings.simplefilter("ignore")  # letters that the font lacks are drawn as boxes
        figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
    caption = "Words in the body by voice."
    if rest:
        caption += f" Not drawn: {plural(rest, 'voice')} with fewer words."
    return blocks.Fragment(blocks.Figure(picture.getvalue(), _words_by_voice_alt(shown), caption, "figure-words"))


def _short(name: str) -> str:
    # A dollar sign would start matplotlib's own formulas.
    return (name if len(name) <= 38 else f"{name[:36].rstrip()} …").replace("$", r"\$")


def _words_by_voice_alt(shown: pd.DataFrame) -> str:
    if shown.empty:
        return "No words in the body."
    told = [f"{row.name} {percent(row.share)}" for row in shown.itertuples(index=False)]
    return f"Bar chart of words by voice: {', '.join(told)} of the body’s words."
