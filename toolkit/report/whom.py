"""Who speaks about whom, and under which names: a drawing and two tables."""

import math
from typing import Any

import networkx as nx
import pandas as pd
from matplotlib.axes import Axes

from toolkit.report.blocks import Fragment, Paragraph
from toolkit.report.displays import INK, Figure, Table
from toolkit.report.drawing import DARK, check_most, needs, short, svg
from toolkit.report.inline import Inline, Line, Link, Name, line
from toolkit.report.reading import Passages
from toolkit.report.wording import anchor, capital, named, plural, rates

_LEAST = 1.0  # points: the thinnest line


def network(pairs: pd.DataFrame, most: int = 16) -> Fragment:
    """Return a drawing of who mentions whom in one document, the `most` frequent pairs; a line where nobody does."""
    check_most(most)
    needs(pairs, ("voice", "about_name", "mentions"), "tk.network")
    others = pairs[~pairs["voice"].isin(["author", "unidentified"])]
    if others.empty:
        return Fragment(Paragraph(line("A source that names another actor: none detected."), ""))
    names = [named(row.name, row.kind) for row in others.itertuples(index=False)]
    shown = others.assign(name=names).head(most)
    graph = nx.DiGraph()
    for row in shown.itertuples(index=False):
        graph.add_edge(row.name, row.about_name, weight=int(row.mentions))
    order = sorted(graph, key=lambda n: (-graph.degree(n), n))
    places = nx.circular_layout(order)

    def draw(axes: Axes) -> None:
        widest = max(d["weight"] for *_, d in graph.edges(data=True))
        for one, other, data in graph.edges(data=True):
            style = {"arrowstyle": "-|>", "color": INK, "shrinkA": 5, "shrinkB": 6, "mutation_scale": 8}
            bend = "arc3,rad=0.12"
            width = _LEAST + 2 * (data["weight"] - 1) / max(widest - 1, 1)
            axes.annotate(
                "",
                places[other],
                places[one],
                arrowprops={**style, "lw": width, "connectionstyle": bend, "alpha": 0.75},
            )
        for name, (x, y) in places.items():
            speaks = graph.out_degree(name) > 0
            axes.plot(x, y, "o", ms=7, mfc=DARK[0] if speaks else "white", mec=INK, mew=0.8)
            angle = math.atan2(y, x)
            side = "left" if math.cos(angle) > 0.05 else "right" if math.cos(angle) < -0.05 else "center"
            level = "bottom" if y > 0.9 else "top" if y < -0.9 else "center"
            axes.text(1.1 * x, 1.1 * y, _broken(short(name)), ha=side, va=level, fontsize=8.5)
        axes.set_axis_off()
        axes.set_xlim(-2.1, 2.1)
        axes.set_ylim(-high, high)

    high = max(abs(y) for _, y in places.values()) + 0.35  # two names stand in one line
    picture = svg(draw, 3.6 * high / 1.35, [], "figure-network")
    told = "; ".join(f"{r.name} {plural(r.mentions, 'time')} {r.about_name}" for r in shown.itertuples(index=False))
    rows = [
        (line(Name(line(r.name))), line(Name(line(r.about_name))), line(f"{r.mentions}"))
        for r in shown.itertuples(index=False)
    ]
    data = Table(
        "Who mentions whom", ("Voice", "Mentions", "Times"), rows, "Mentions", frozenset({"Times"}), given=True
    )
    caption = "Who mentions whom: an arrow leads from a voice to an actor whom it names; a filled circle speaks."
    if len(others) > len(shown):
        caption += " Only the most frequent pairs are drawn."
    return Fragment(
        Figure(picture, f"Arrows between names. Who mentions whom: {told}.", caption, "figure-network", data)
    )


def names(passages: Passages, naming: pd.DataFrame, most: int = 12) -> Fragment:
    """Return a table of the names used for one actor, by voice, for the `most` named actors with several names."""
    if naming.empty:
        return Fragment(Paragraph(line("An actor under more than one name: none detected. ", *_measured())))
    rows = []
    often = naming.groupby("name", sort=False)["mentions"].sum().sort_values(ascending=False, kind="stable").head(most)
    for name in often.index:
        own = naming[naming["name"] == name]
        for form, used in own.groupby("form", sort=False):
            rows.append(
                (
                    line(Name(line(name))),
                    line(Name(line(f"“{form}”"))),
                    _voices(passages, used),
                    line(f"{int(used['mentions'].sum())}"),
                )
            )
    columns = ("Actor", "Written", "By, first in sentence", "Times")
    caption = "Names of one actor: how the text and those whom it quotes write it"
    table = Table(caption, columns, rows, columns[2], frozenset({"Times"}), "table-names", given=True)
    return Fragment(table, Paragraph(_measured(), "note"))


def _measured() -> Line:
    return rates("names", "names", "at their place")


def _voices(passages: Passages, used: pd.DataFrame) -> Line:
    """Return who uses a name, each with the first sentence, which is led to where the page holds it."""
    parts: list[Inline | str] = []
    for row in used.itertuples(index=False):
        parts += [", "] if parts else []
        number = line(f"{row.number}")
        place = Link(anchor(row.sentence_id), number) if row.sentence_id in passages.placed else number[0]
        who = named(row.by, row.kind)
        parts += [Name(line(who if parts else capital(who))), " ", place]
    return line(*parts)


def _broken(name: str) -> str:
    """Return a long name on two lines."""
    if len(name) < 18 or " " not in name:
        return name
    words: Any = name.split()
    half = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(name) / 2))
    return f"{' '.join(words[:half])}\n{' '.join(words[half:])}"
