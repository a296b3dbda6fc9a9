"""Figures of words: what the tools of corpus work find, as pictures."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from toolkit.errors import ToolkitError
from toolkit.report.blocks import Fragment
from toolkit.report.displays import INK, Figure
from toolkit.report.drawing import DARK, LIGHT, bar, check_most, count, data, name_rows, needs, short, svg
from toolkit.report.wording import plural

_MARKS = ("o", "s", "^", "D", "v", "P")
_FILLS = ("#2c5a85", "none", "#8fb0cc")
_TICK = 0.36  # half the height of a row's strokes


def frequency(found: pd.DataFrame, most: int = 15) -> Fragment:
    """Return a figure of the most frequent words: a bar each, or a mark for each group where words are split."""
    needs(found, ("word", "count", "per_thousand"), "tk.frequency")
    group = next((name for name in found if name not in {"word", "count", "per_thousand", "documents"}), None)
    if group is None:
        return _bars(found, "word", "count", "uses", most, "Words by how often they are used", "figure-frequency")
    check_most(most)
    groups = found[group].drop_duplicates().tolist()
    if len(groups) > len(_MARKS):
        raise ToolkitError(
            f"a figure shows {len(_MARKS)} groups, not {len(groups)}: choose some, as by={{name: voices}} or voice="
        )
    first = found.groupby("word")["count"].sum().sort_values(ascending=False, kind="stable").head(most).index
    rates = found[found["word"].isin(first)].pivot(index="word", columns=group, values="per_thousand")
    rates = rates.reindex(index=first, columns=groups).fillna(0)

    def draw(axes: Axes) -> None:
        for i, name in enumerate(groups):
            axes.plot(
                rates[name],
                range(len(rates)),
                _MARKS[i],
                color=INK,
                mfc=_FILLS[i % 3],
                mew=0.8,
                ms=6,
                label=short(name),
            )
        axes.grid(axis="y", color=INK, alpha=0.15, lw=0.6)
        name_rows(axes, [short(word) for word in rates.index], "uses per 1,000 words of the group")
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

    drawn = svg(draw, 1.0 + 0.24 * len(rates) + 0.2 * ((len(groups) + 1) // 2), [], "figure-frequency")
    told = "; ".join(f"“{word}”: " + ", ".join(f"{g} {row[g]:.1f}" for g in groups) for word, row in rates.iterrows())
    rows = [(f"“{word}”", *(f"{row[g]:.1f}" for g in groups)) for word, row in rates.iterrows()]
    table = data("Uses per 1,000 words", ("Word", *groups), rows)
    caption = "The most frequent words by how often each group uses them, per thousand of its words."
    return Fragment(Figure(drawn, f"Uses per 1,000 words. {told}.", caption, "figure-frequency", table))


def ngrams(found: pd.DataFrame, most: int = 15) -> Fragment:
    """Return a figure with a bar per run of words, the most frequent first."""
    needs(found, ("ngram", "count"), "tk.ngrams")
    return _bars(found, "ngram", "count", "uses", most, "Runs of words by how often they stand there", "figure-ngrams")


def collocations(found: pd.DataFrame, most: int = 15) -> Fragment:
    """Return a figure with a bar per collocate, as long as its log-likelihood."""
    needs(found, ("word", "together", "log_likelihood"), "tk.collocations")
    tied = found[found["together"] > found["expected"]]
    caption = "Words that stand near the node, by how much more often than by chance (log-likelihood)"
    return _bars(tied, "word", "log_likelihood", "log-likelihood", most, caption, "figure-collocations")


def keyness(found: pd.DataFrame, most: int = 10) -> Fragment:
    """Return a figure with a bar per word, to the right for the target's words, to the left for the reference's."""
    needs(found, ("word", "count", "reference", "z"), "tk.keyness")
    check_most(most)
    shown = pd.concat([found[found["z"] > 0].head(most), found[found["z"] < 0].tail(most)])
    if shown.empty:
        return Fragment()

    def draw(axes: Axes) -> None:
        for at, row in enumerate(shown.itertuples(index=False)):
            bar(axes, at, row.z, DARK if row.z > 0 else LIGHT)
        for beyond in (-1.96, 1.96):
            axes.axvline(beyond, color=INK, lw=0.7, ls=":")
        name_rows(axes, [f"“{short(word)}”" for word in shown["word"]], "z of the log-odds ratio")

    keys = [("the target’s words", DARK), ("the reference’s words", LIGHT)]
    drawn = svg(draw, 0.6 + 0.24 * len(shown), keys, "figure-keyness")
    told = ", ".join(f"“{row.word}” {row.z:+.1f}" for row in shown.itertuples(index=False))
    rows = [(f"“{r.word}”", f"{r.count}", f"{r.reference}", f"{r.z:+.2f}") for r in shown.itertuples(index=False)]
    table = data("Key words", ("Word", "Target", "Reference", "z"), rows)
    caption = "Words by how much they set the target apart from the reference; within the dotted lines chance would do."
    return Fragment(Figure(drawn, f"Bars of z by word: {told}.", caption, "figure-keyness", table))


def dispersion(lines: pd.DataFrame, by: str | None = None) -> Fragment:
    """Return a figure of where in the text a concordance's lines stand: a row per text, voice or keyword.

    `by` is "doc_id", "name" or "keyword"; by default texts, where there are several, else voices.
    """
    needs(lines, ("doc_id", "name", "keyword", "place"), "tk.concordance")
    by = by or ("doc_id" if lines["doc_id"].nunique() > 1 else "name")
    if by not in {"doc_id", "name", "keyword"}:
        raise ToolkitError(f"a dispersion has no rows by {by!r}: there are doc_id, name, keyword")
    if lines.empty:
        return Fragment()
    label = lines[by].str.lower() if by == "keyword" else lines[by]
    names = label.drop_duplicates().tolist()

    def draw(axes: Axes) -> None:
        for at, name in enumerate(names):
            axes.plot([0, 1], [at, at], color=INK, lw=0.5, alpha=0.4)
            axes.vlines(
                lines["place"][label == name], at - _TICK, at + _TICK, color=INK, lw=1.2
            )  # which is light on a dark page
        name_rows(axes, [short(name) for name in names], "place in the text")
        axes.set_xlim(0, 1)
        axes.set_ylim(len(names) - 0.4, -0.6)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["start", "", "middle", "", "end"])

    drawn = svg(draw, 0.6 + 0.3 * len(names), [], "figure-dispersion")
    counts = [(name, int((label == name).sum())) for name in names]
    told = "; ".join(
        f"{name}: {plural(n, 'place')}, at " + ", ".join(f"{at:.0%}" for at in lines["place"][label == name])
        for name, n in counts
    )
    head = {"doc_id": "Text", "name": "Voice", "keyword": "Word"}[by]
    table = data("Places", (head, "Places"), [(str(name), f"{n}") for name, n in counts])
    caption = "Where it stands: a stroke for every place, from the beginning of the text to its end."
    return Fragment(Figure(drawn, f"Strokes along the text. {told}.", caption, "figure-dispersion", table))


def _bars(found: pd.DataFrame, label: str, value: str, counted: str, most: int, caption: str, anchor: str) -> Fragment:
    check_most(most)
    shown = found.head(most)
    if shown.empty:
        return Fragment()

    def draw(axes: Axes) -> None:
        for at, n in enumerate(shown[value]):
            bar(axes, at, n, DARK)
            count(axes, at, n if isinstance(n, int) else round(n, 1))
        name_rows(axes, [f"“{short(word)}”" for word in shown[label]], counted)
        axes.set_xlim(0, 1.12 * shown[value].max())

    drawn = svg(draw, 0.6 + 0.25 * len(shown), [], anchor)
    written = [(f"“{word}”", f"{n:,}" if isinstance(n, int) else f"{n:.1f}") for word, n in _pairs(shown, label, value)]
    more = " Those that follow are not drawn." if len(found) > len(shown) else ""
    alt = f"Bars of {counted}: " + ", ".join(" ".join(pair) for pair in written) + "."
    table = data(caption, ("Words", counted.capitalize()), written)
    return Fragment(Figure(drawn, alt, f"{caption}.{more}", anchor, table))


def _pairs(found: pd.DataFrame, label: str, value: str) -> Sequence[tuple[str, float]]:
    return list(zip(found[label], found[value].tolist(), strict=True))
