"""Figures: findings become pictures, as SVG, in one house style that can be read in grey.

A figure says in its alternative text what can be seen in it, and carries the figures that it draws.
"""

import io
import re
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from toolkit.errors import ToolkitError
from toolkit.report.blocks import Fragment
from toolkit.report.displays import INK, Table
from toolkit.report.displays import Figure as FigureBlock
from toolkit.report.inline import line
from toolkit.report.key import key
from toolkit.report.wording import named, percent, plural

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
DARK, _MIDDLE, _LIGHT, _OPEN = ("#2c5a85", ""), ("#8fb0cc", "///"), ("#d3dfea", ""), ("none", "")
_KINDS = {"author": _OPEN, "named": DARK, "unnamed": _MIDDLE, "unidentified": _LIGHT}
_KIND_LABELS = {
    "author": "the author",
    "named": "named source",
    "unnamed": "unnamed source",
    "unidentified": "unidentified speaker",
}
_MODES = {"direct": DARK, "mixed": _MIDDLE, "indirect": _LIGHT}
_MODE_LABELS = {"direct": "direct", "mixed": "partly in quotation marks", "indirect": "in the article’s wording"}


def words_by_voice(voices: pd.DataFrame, most: int = 12) -> Fragment:
    """Return a figure with a bar per voice of one document, as long as its words; the `most` longest are drawn."""
    check(most)
    spoken = voices[voices["words"] > 0].sort_values(["words", "name"], ascending=[False, True], kind="stable")
    shown, rest = spoken.head(most), len(spoken) - len(spoken.head(most))
    signs = key(voices)
    names = [named(row.name, row.kind) for row in shown.itertuples(index=False)]
    letters = [f"  {signs[v].letter}" if v in signs else "" for v in shown["voice"]]

    def draw(axes: Axes) -> None:
        for at, row in enumerate(shown.itertuples(index=False)):
            _bar(axes, at, row.words, _KINDS[row.kind])
            _count(axes, at, row.words)
        _name_rows(axes, [short(name) + letter for name, letter in zip(names, letters, strict=True)], "words")
        axes.set_xlim(0, 1.1 * max(int(shown["words"].max()) if len(shown) else 0, 1))

    picture = svg(
        draw,
        0.75 + 0.27 * max(len(shown), 1),
        [(_KIND_LABELS[kind], fill) for kind, fill in _KINDS.items() if kind in set(shown["kind"])],
        "figure-words",
    )
    told = [f"{name} {percent(share)}" for name, share in zip(names, shown["share"], strict=True)]
    alt = f"Bar chart of words by voice: {', '.join(told)} of the body’s words." if told else "No words in the body."
    caption = "Words in the body by voice; the letters are those of the key."
    if rest:
        caption += " Voices with fewer words are not drawn."
    rows = [
        (name, f"{row.words:,}", percent(row.share))
        for name, row in zip(names, shown.itertuples(index=False), strict=True)
    ]
    data = _data("Words by voice", ("Voice", "Words", "Share"), rows)
    return Fragment(FigureBlock(picture, alt, caption, "figure-words", data))


def statements_by_source(sourcing: pd.DataFrame) -> Fragment:
    """Return a figure with a bar per kind of source of one document, its statements by mode; none without any."""
    counts = sourcing.pivot_table(index="kind", columns="mode", values="statements", aggfunc="sum")
    counts = counts.reindex(index=list(_KINDS)[1:], columns=list(_MODES)).fillna(0).astype("int64")
    counts = counts[counts.sum(axis=1) > 0]
    if counts.empty:
        return Fragment()
    labels = [f"{_KIND_LABELS[kind]}s" for kind in counts.index]

    def draw(axes: Axes) -> None:
        _stacked(axes, counts)
        _name_rows(axes, labels, "statements")

    picture = svg(draw, 0.85 + 0.3 * len(counts), _legend(counts), "figure-sources")
    told = [
        f"{label}: " + ", ".join(f"{n} {_MODE_LABELS[mode]}" for mode, n in row.items() if n)
        for label, (_, row) in zip(labels, counts.iterrows(), strict=True)
    ]
    alt = f"Stacked bars of statements by kind of source. {'; '.join(told)}."
    rows = [(label, *(f"{n}" for n in row)) for label, row in zip(labels, counts.itertuples(index=False), strict=True)]
    data = _data("Statements by source and mode", ("Sources", "Direct", "Mixed", "Indirect"), rows)
    return Fragment(
        FigureBlock(picture, alt, "Statements by kind of source and by how they are told.", "figure-sources", data)
    )


def statements_by_cue(cues: pd.DataFrame, most: int = 10) -> Fragment:
    """Return a figure with a bar per cue of one document, the `most` frequent; none where nothing is marked by one."""
    check(most)
    found = cues[cues["cue"].notna()]
    shown, rest = found.head(most), len(found) - len(found.head(most))
    if shown.empty:
        return Fragment()

    def draw(axes: Axes) -> None:
        for at, row in enumerate(shown.itertuples(index=False)):
            _bar(axes, at, row.statements, DARK)
            _count(axes, at, row.statements)
        _name_rows(axes, [f"“{short(cue)}”" for cue in shown["cue"]], "statements")
        axes.set_xlim(0, 1.1 * int(shown["statements"].max()))

    picture = svg(draw, 0.6 + 0.27 * len(shown), [], "figure-cues")
    told = ", ".join(f"“{row.cue}” {row.statements}" for row in shown.itertuples(index=False))
    caption = "The article’s own words for who speaks, in their dictionary form, by the statements they introduce."
    if rest:
        caption += " Cues of no more statements than these are not drawn."
    rows = [(f"“{row.cue}”", f"{row.statements}") for row in shown.itertuples(index=False)]
    data = _data("Statements by cue", ("Cue", "Statements"), rows)
    return Fragment(FigureBlock(picture, f"Bar chart of statements by cue: {told}.", caption, "figure-cues", data))


def words_by_paragraph(paragraphs: pd.DataFrame) -> Fragment:
    """Return a figure with a column per paragraph of one document, its words by mode; none for one paragraph."""
    if len(paragraphs) < 2:
        return Fragment()
    series = {"author": _OPEN, **_MODES}

    def draw(axes: Axes) -> None:
        base = pd.Series(0, index=paragraphs.index)
        for name, fill in series.items():
            there = paragraphs[name] > 0
            _column(axes, paragraphs["paragraph"][there], paragraphs[name][there], base[there], fill)
            base = base + paragraphs[name]
        axes.set_xlabel("paragraph")
        axes.set_ylabel("words")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
        axes.margins(x=0.01)

    drawn = {name: fill for name, fill in series.items() if paragraphs[name].sum()}
    labels = {"author": "the author’s own words", **_MODE_LABELS}
    picture = svg(draw, 2.3, [(labels[name], fill) for name, fill in drawn.items()], "figure-paragraphs")
    others = paragraphs[list(_MODES)].sum(axis=1)
    mostly = paragraphs.loc[others * 2 > others + paragraphs["author"], "paragraph"].tolist()
    alt = f"Columns of words in {plural(len(paragraphs), 'paragraph')}. " + (
        f"Others than the author have more than half of the words in {plural(len(mostly), 'paragraph')}: "
        f"{', '.join(map(str, mostly))}."
        if mostly
        else "In none of them have others than the author more than half of the words."
    )
    rows = [tuple(f"{n}" for n in row) for row in paragraphs[["paragraph", *series]].itertuples(index=False)]
    data = _data("Words by paragraph", ("Paragraph", "Author", "Direct", "Mixed", "Indirect"), rows)
    caption = "Words of each paragraph of the body: the author’s own, and those given to others by how they are told."
    return Fragment(FigureBlock(picture, alt, caption, "figure-paragraphs", data))


def check(most: int) -> None:
    """Raise where a figure is asked to draw nothing."""
    if most < 1:
        raise ToolkitError(f"a figure of {most} bars shows nothing: give the parameter a number of 1 or more")


def svg(draw: Callable[[Axes], None], height: float, keys: Sequence[tuple[str, tuple[str, str]]], name: str) -> str:
    """Return what is drawn as SVG; its ids begin anew for every name, so that a page can hold several."""
    settings = {**mpl.rcParamsDefault, **_STYLE, "svg.hashsalt": name, "backend": "svg"}
    with warnings.catch_warnings(), mpl.rc_context(settings):
        figure = Figure(figsize=(_WIDTH, height + 0.22 * bool(keys)), layout="constrained")
        draw(figure.subplots())
        if keys:
            patches = [Patch(facecolor=fill[0], hatch=fill[1], edgecolor=INK, label=label) for label, fill in keys]
            columns = len(keys) if sum(len(label) for label, _ in keys) < 56 else 2
            figure.legend(handles=patches, loc="outside upper left", ncols=columns)
        picture = io.StringIO()
        warnings.simplefilter("ignore")  # of letters that the font lacks: the reader's may have them
        figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
    drawn = re.sub(
        r"<(?:style|metadata)\b.*?</(?:style|metadata)>|<!--.*?-->|<\?.*?\?>|<!DOCTYPE.*?>",
        "",
        picture.getvalue(),
        flags=re.S,
    )
    drawn = re.sub(r"<g id=\"[^\"]*\">", "<g>", drawn)
    return drawn.replace("<svg ", '<svg stroke-linejoin="round" stroke-linecap="butt" ', 1)


def _bar(axes: Axes, at: int, length: int, fill: tuple[str, str], left: int = 0) -> None:
    axes.barh(at, length, left=left, color=fill[0], hatch=fill[1], edgecolor=INK, height=0.66)


def _count(axes: Axes, at: int, n: int) -> None:
    axes.annotate(f"{n:,}", (n, at), (3, 0), textcoords="offset points", va="center", fontsize=8.5)


def _column(axes: Axes, at: Any, height: Any, base: Any, fill: tuple[str, str]) -> None:
    axes.bar(at, height, bottom=base, color=fill[0], hatch=fill[1], edgecolor=INK, width=0.78)


def _stacked(axes: Axes, counts: pd.DataFrame) -> None:
    for at, row in enumerate(counts.itertuples(index=False)):
        left = 0
        for mode, n in zip(counts.columns, row, strict=True):
            if n:
                _bar(axes, at, n, _MODES[mode], left)
            left += n
        _count(axes, at, left)
    axes.set_xlim(0, 1.1 * max(int(counts.sum(axis=1).max()), 1))


def _name_rows(axes: Axes, labels: Sequence[str], counted: str) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.invert_yaxis()
    axes.set_xlabel(counted)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))


def _legend(counts: pd.DataFrame) -> list[tuple[str, tuple[str, str]]]:
    return [(_MODE_LABELS[mode], fill) for mode, fill in _MODES.items() if counts[mode].sum()]


def short(name: str) -> str:
    """Return a name as a figure has room for it."""
    return name if len(name) <= 30 else f"{name[:28].rstrip()} …"


def _data(caption: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    cells = [tuple(line(cell) for cell in row) for row in rows]
    return Table(caption, columns, cells, columns[0], frozenset(columns[1:]), given=True)
