"""Figures: findings become pictures, as SVG, in one house style that can be read in grey.

A figure says in its alternative text what can be seen in it, and carries the figures that it draws.
"""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from toolkit.report.blocks import Fragment
from toolkit.report.displays import Figure
from toolkit.report.drawing import (
    DARK,
    LIGHT,
    MIDDLE,
    OPEN,
    bar,
    check_most,
    column,
    count,
    data,
    name_rows,
    needs,
    short,
    svg,
)
from toolkit.report.key import key
from toolkit.report.when import time_line
from toolkit.report.where import point_map
from toolkit.report.whom import network
from toolkit.report.word_figures import collocations, dispersion, frequency, keyness, ngrams
from toolkit.report.wording import named, percent, plural

__all__ = [
    "collocations",
    "dispersion",
    "frequency",
    "keyness",
    "network",
    "ngrams",
    "point_map",
    "statements_by_cue",
    "statements_by_source",
    "time_line",
    "words_by_paragraph",
    "words_by_voice",
]

_KINDS = {"author": OPEN, "named": DARK, "unnamed": MIDDLE, "unidentified": LIGHT}
_KIND_LABELS = {
    "author": "the author",
    "named": "named source",
    "unnamed": "unnamed source",
    "unidentified": "unidentified speaker",
}
_MODES = {"direct": DARK, "mixed": MIDDLE, "indirect": LIGHT}
_MODE_LABELS = {"direct": "direct", "mixed": "partly in quotation marks", "indirect": "in the article’s wording"}


def words_by_voice(voices: pd.DataFrame, most: int = 12) -> Fragment:
    """Return a figure with a bar per voice of one document, as long as its words; none where one voice has all.

    The `most` longest are drawn.
    """
    check_most(most)
    needs(voices, ("voice", "name", "kind", "words"), "tk.voices")
    spoken = voices[voices["words"] > 0].sort_values(["words", "name"], ascending=[False, True], kind="stable")
    if len(spoken) < 2:
        return Fragment()
    shown, rest = spoken.head(most), len(spoken) - len(spoken.head(most))
    signs = key(voices)
    names = [named(row.name, row.kind) for row in shown.itertuples(index=False)]
    letters = [f"  {signs[v].letter}" if v in signs else "" for v in shown["voice"]]

    def draw(axes: Axes) -> None:
        for at, row in enumerate(shown.itertuples(index=False)):
            bar(axes, at, row.words, _KINDS[row.kind])
            count(axes, at, row.words)
        name_rows(axes, [short(name) + letter for name, letter in zip(names, letters, strict=True)], "words")
        axes.set_xlim(0, 1.1 * int(shown["words"].max()))

    drawn = svg(
        draw,
        0.75 + 0.27 * len(shown),
        [(_KIND_LABELS[kind], fill) for kind, fill in _KINDS.items() if kind in set(shown["kind"])],
        "figure-words",
    )
    told = [f"{name} {percent(share)}" for name, share in zip(names, shown["share"], strict=True)]
    alt = f"Bar chart of words by voice: {', '.join(told)} of the body’s words."
    caption = "Words in the body by voice; the letters are those of the key."
    if rest:
        caption += " Voices with fewer words are not drawn."
    rows = [
        (name, f"{row.words:,}", percent(row.share))
        for name, row in zip(names, shown.itertuples(index=False), strict=True)
    ]
    figures = data("Words by voice", ("Voice", "Words", "Share"), rows)
    return Fragment(Figure(drawn, alt, caption, "figure-words", figures))


def statements_by_source(sourcing: pd.DataFrame) -> Fragment:
    """Return a figure with a bar per kind of source of one document, its statements by mode; none without any."""
    needs(sourcing, ("kind", "mode", "statements"), "tk.sourcing")
    counts = sourcing.pivot_table(index="kind", columns="mode", values="statements", aggfunc="sum")
    counts = counts.reindex(index=list(_KINDS)[1:], columns=list(_MODES)).fillna(0).astype("int64")
    counts = counts[counts.sum(axis=1) > 0]
    if counts.empty:
        return Fragment()
    labels = [f"{_KIND_LABELS[kind]}s" for kind in counts.index]

    def draw(axes: Axes) -> None:
        _stacked(axes, counts)
        name_rows(axes, labels, "statements")

    drawn = svg(draw, 0.85 + 0.3 * len(counts), _legend(counts), "figure-sources")
    told = [
        f"{label}: " + ", ".join(f"{n} {_MODE_LABELS[mode]}" for mode, n in row.items() if n)
        for label, (_, row) in zip(labels, counts.iterrows(), strict=True)
    ]
    alt = f"Stacked bars of statements by kind of source. {'; '.join(told)}."
    rows = [(label, *(f"{n}" for n in row)) for label, row in zip(labels, counts.itertuples(index=False), strict=True)]
    figures = data("Statements by source and mode", ("Sources", "Direct", "Mixed", "Indirect"), rows)
    return Fragment(
        Figure(drawn, alt, "Statements by kind of source and by how they are told.", "figure-sources", figures)
    )


def statements_by_cue(cues: pd.DataFrame, most: int = 10) -> Fragment:
    """Return a figure with a bar per cue of one document, the `most` frequent; none where nothing is marked by one."""
    check_most(most)
    needs(cues, ("cue", "statements"), "tk.cues")
    found = cues[cues["cue"].notna()]
    shown, rest = found.head(most), len(found) - len(found.head(most))
    if shown.empty:
        return Fragment()

    def draw(axes: Axes) -> None:
        for at, row in enumerate(shown.itertuples(index=False)):
            bar(axes, at, row.statements, DARK)
            count(axes, at, row.statements)
        name_rows(axes, [f"“{short(cue)}”" for cue in shown["cue"]], "statements")
        axes.set_xlim(0, 1.1 * int(shown["statements"].max()))

    drawn = svg(draw, 0.6 + 0.27 * len(shown), [], "figure-cues")
    told = ", ".join(f"“{row.cue}” {row.statements}" for row in shown.itertuples(index=False))
    caption = "The article’s own words for who speaks, in their dictionary form, by the statements they introduce."
    if rest:
        caption += " Cues of no more statements than these are not drawn."
    rows = [(f"“{row.cue}”", f"{row.statements}") for row in shown.itertuples(index=False)]
    figures = data("Statements by cue", ("Cue", "Statements"), rows)
    return Fragment(Figure(drawn, f"Bar chart of statements by cue: {told}.", caption, "figure-cues", figures))


def words_by_paragraph(paragraphs: pd.DataFrame) -> Fragment:
    """Return a figure with a column per paragraph of one document, its words by mode.

    None for one paragraph, or where all words are the author's.
    """
    needs(paragraphs, ("paragraph", "author"), "tk.paragraphs")
    if len(paragraphs) < 2 or not paragraphs[list(_MODES)].to_numpy().any():
        return Fragment()
    series = {"author": OPEN, **_MODES}

    def draw(axes: Axes) -> None:
        base = pd.Series(0, index=paragraphs.index)
        for name, fill in series.items():
            there = paragraphs[name] > 0
            column(axes, paragraphs["paragraph"][there], paragraphs[name][there], base[there], fill)
            base = base + paragraphs[name]
        axes.set_xlabel("paragraph")
        axes.set_ylabel("words")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
        axes.margins(x=0.01)

    there = {name: fill for name, fill in series.items() if paragraphs[name].sum()}
    labels = {"author": "the author’s own words", **_MODE_LABELS}
    drawn = svg(draw, 2.3, [(labels[name], fill) for name, fill in there.items()], "figure-paragraphs")
    others = paragraphs[list(_MODES)].sum(axis=1)
    mostly = paragraphs.loc[others * 2 > others + paragraphs["author"], "paragraph"].tolist()
    alt = f"Columns of words in {plural(len(paragraphs), 'paragraph')}. " + (
        f"Others than the author have more than half of the words in {plural(len(mostly), 'paragraph')}: "
        f"{', '.join(map(str, mostly))}."
        if mostly
        else "In none of them have others than the author more than half of the words."
    )
    rows = [tuple(f"{n}" for n in row) for row in paragraphs[["paragraph", *series]].itertuples(index=False)]
    figures = data("Words by paragraph", ("Paragraph", "Author", "Direct", "Mixed", "Indirect"), rows)
    caption = "Words of each paragraph of the body: the author’s own, and those given to others by how they are told."
    return Fragment(Figure(drawn, alt, caption, "figure-paragraphs", figures))


def _stacked(axes: Axes, counts: pd.DataFrame) -> None:
    for at, row in enumerate(counts.itertuples(index=False)):
        left = 0
        for mode, n in zip(counts.columns, row, strict=True):
            if n:
                bar(axes, at, n, _MODES[mode], left)
            left += n
        count(axes, at, left)
    axes.set_xlim(0, 1.1 * max(int(counts.sum(axis=1).max()), 1))


def _legend(counts: pd.DataFrame) -> list[tuple[str, tuple[str, str]]]:
    return [(_MODE_LABELS[mode], fill) for mode, fill in _MODES.items() if counts[mode].sum()]
