"""Where: the places that a text names, as a table with whose words they stand in, and as points without any borders."""

from math import cos, hypot, radians
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from toolkit.analysis.voices import AUTHOR
from toolkit.report.blocks import Fragment, Paragraph
from toolkit.report.displays import INK, Table
from toolkit.report.displays import Figure as FigureBlock
from toolkit.report.drawing import check_most, data, needs, svg
from toolkit.report.inline import Inline, Line, Link, Name, Text, line
from toolkit.report.reading import Passages
from toolkit.report.wording import anchor, named, one_document, plural, rates

_ANCHOR, _MAP = "table-where", "figure-map"
_FILLS = {"author": ("#2c5a85", ""), "both": ("#8fb0cc", ""), "others": ("white", "")}
_LABELS = {"author": "in the author’s words", "both": "in both", "others": "in others’ words"}
_MOST_SENTENCES = 6  # sentences that a row of the table lists
_FAR = 3.0  # how many times as far as the others the farthest lie, where a second, closer view is drawn
_CLOSE = 0.6  # the share of places that the closer view has at least
_ROOM = 0.22  # of the extent, left free around the outermost points
_LETTER, _LINE = 0.062, 0.15  # inches that a letter and a line of a label take


def places(passages: Passages, whereabouts: pd.DataFrame) -> Fragment:
    """Return the table of places: which is meant, how often each is named, in whose words, in which sentences."""
    if whereabouts.empty:
        return Fragment(Paragraph(line("Names of places: none detected. ", *_measured()), "", _ANCHOR))
    one_document(whereabouts)
    rows = []
    for _, own in whereabouts.groupby("place_id", sort=False):
        place = own.iloc[0]
        words = [f"{named(str(v.name), str(v.kind))}{f' ({v.mentions})' if len(own) > 1 else ''}" for v in _voices(own)]
        sentences = own.drop_duplicates("sentence_id").sort_values("number")
        rows.append(
            (
                line(Name(line(str(place["place"])))),
                line(_point(place)),
                line(f"{own['mentions'].sum():,}"),
                line(Name(line(", ".join(words)))),
                _sentences(passages, sentences),
            )
        )
    columns = ("Place", "Where", "Mentions", "In whose words", "First in")
    unknown = whereabouts.drop_duplicates("place_id")["latitude"].isna().sum()
    told: list[Inline | str] = [
        "Listed are names that stand for a place, as the text writes them; a capital or country that speaks or acts "
        "is no place here. Degrees are those of GeoNames or of the toolkit’s codebook; to be listed says nothing on "
        "whose a place is. “?” marks places of which another has the same name and may be meant."
    ]
    if unknown:
        told.append(" “–”: neither knows the name.")
    told += [" ", *_measured()]
    table = Table("Places that the text names", columns, rows, "In whose words", frozenset({"Mentions"}), _ANCHOR, True)
    return Fragment(table, Paragraph(line(*told), "note"))


def point_map(whereabouts: pd.DataFrame, most: int = 14) -> Fragment:
    """Return a figure with a point per place of one document, the `most` often named with their names; none for one."""
    check_most(most)
    needs(whereabouts, ("place_id", "latitude", "longitude"), "tk.whereabouts")
    drawn = _points(whereabouts)
    if len(drawn) < 2:
        return Fragment()
    close = _closer(drawn)
    views = [drawn] if close is None else [drawn, close]
    boxes = [_box(view) for view in views]
    heights = [min(max(3.9 * _height(box) / _width(box), 1.4), 2.7) for box in boxes]

    def draw(axes: Axes) -> None:
        figure: Any = axes.figure
        axes.remove()
        panels = figure.subplots(len(views), 1, height_ratios=heights, squeeze=False)[:, 0]
        for panel, view, box, height in zip(panels, views, boxes, heights, strict=True):
            inside = set(close["place_id"]) if close is not None and view is drawn else set()
            named_here = view.head(most) if not inside else view[~view["place_id"].isin(inside)].head(most)
            _draw(panel, view, named_here, box, height)
        if close is not None:
            (west, east), (south, north) = boxes[1]
            panels[0].add_patch(
                Rectangle((west, south), east - west, north - south, fill=False, edgecolor=INK, linewidth=0.7)
            )

    kinds = [k for k in _FILLS if k in set(drawn["words"])]
    drawn_map = svg(draw, 0.5 + sum(heights) + 0.3 * len(views), [(_LABELS[k], _FILLS[k]) for k in kinds], _MAP)
    caption = (
        "Places by degrees north and east, the larger the more often they are named; states, seas and regions as one "
        "point in their middle. No borders and no coasts are drawn: sources differ on the outlines of states."
    )
    if close is not None:
        caption += " Below: the part in the frame."
    columns = ("Place", "North", "East", "Mentions", "By the author")
    rows = [
        (str(r.place), f"{r.latitude:.1f}", f"{r.longitude:.1f}", f"{r.mentions}", f"{r.by_author}")
        for r in drawn.itertuples(index=False)
    ]
    return Fragment(FigureBlock(drawn_map, _alt(drawn), caption, _MAP, data("Places drawn", columns, rows)))


def _points(whereabouts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per place that has a point, the most often named first, with in whose words it stands."""
    known = whereabouts[whereabouts["latitude"].notna()]
    own = known["mentions"].where(known["voice"] == AUTHOR, 0)
    columns = ["place_id", "place", "latitude", "longitude"]
    counted = known.assign(by_author=own).groupby(columns, sort=False)[["mentions", "by_author"]].sum().reset_index()
    words = counted["by_author"].where(counted["by_author"] > 0, -1)
    both = (words > 0) & (words < counted["mentions"])
    return counted.assign(words=both.map({True: "both", False: "author"}).where(words > 0, "others"))


def _closer(points: pd.DataFrame) -> pd.DataFrame | None:
    """Return the places that lie close together where a few lie far off, None where one view will do."""
    if len(points) < 4:
        return None
    middle = points[["latitude", "longitude"]].median()
    narrow = cos(radians(float(middle["latitude"])))
    far = (points["latitude"] - middle["latitude"]).combine(
        (points["longitude"] - middle["longitude"]) * narrow, lambda a, b: hypot(a, b)
    )
    ordered = far.sort_values(kind="stable")
    at = max(int(_CLOSE * len(points) + 0.999), 3)
    while at < len(points) and ordered.iloc[at] < 1.5 * max(ordered.iloc[at - 1], 1.0):
        at += 1
    if at == len(points) or ordered.iloc[-1] < _FAR * max(ordered.iloc[at - 1], 1.0):
        return None
    return points.loc[sorted(ordered.index[:at])]


def _box(points: pd.DataFrame) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return ((west, east), (south, north)) around the points, with room for their names."""
    west, east = points["longitude"].min(), points["longitude"].max()
    south, north = points["latitude"].min(), points["latitude"].max()
    spread = max((east - west) * 0.7, north - south, 2.0)
    room = _ROOM * spread
    return (west - 1.4 * room, east + 1.4 * room), (max(south - room, -90.0), min(north + room, 90.0))


def _width(box: tuple[tuple[float, float], tuple[float, float]]) -> float:
    (west, east), (south, north) = box
    return (east - west) * max(cos(radians((south + north) / 2)), 0.2)


def _height(box: tuple[tuple[float, float], tuple[float, float]]) -> float:
    return box[1][1] - box[1][0]


def _draw(axes: Axes, points: pd.DataFrame, labelled: pd.DataFrame, box: Any, height: float) -> None:
    """Draw the points of one view, with the names for which there is room beside each other."""
    (west, east), (south, north) = box
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(True)
    axes.grid(color=INK, alpha=0.15, linewidth=0.5)
    axes.xaxis.set_major_formatter(lambda x, _: _degrees(x, "E", "W"))
    axes.yaxis.set_major_formatter(lambda y, _: _degrees(y, "N", "S"))
    axes.locator_params(axis="x", nbins=5)
    axes.locator_params(axis="y", nbins=4)
    largest = max(int(points["mentions"].max()), 1)
    across, up = (east - west) / 3.9, (north - south) / height  # degrees an inch
    taken: list[tuple[float, float, float, float]] = []
    for row in points.iloc[::-1].itertuples(index=False):
        size = 20 + 90 * row.mentions / largest
        axes.scatter(row.longitude, row.latitude, size, _FILLS[row.words][0], edgecolors=INK, linewidths=0.8, zorder=3)
        reach = size**0.5 / 72 / 2
        taken.append(_around(row.longitude, row.latitude, reach * across, reach * up))
    for row in labelled.itertuples(index=False):
        name = row.place if len(row.place) <= 24 else f"{row.place[:22].rstrip()} …"
        wide, high = len(name) * _LETTER * across, _LINE * up
        for right, dy in ((1, 0.0), (-1, 0.0), (1, 0.75), (1, -0.75), (-1, 0.75), (-1, -0.75), (1, 1.5), (1, -1.5)):
            start = row.longitude + right * 0.11 * across - (wide if right < 0 else 0)
            middle = row.latitude + dy * high
            place = (start, middle - high / 2, start + wide, middle + high / 2)
            fits = west <= place[0] and place[2] <= east and south <= place[1] and place[3] <= north
            if fits and not any(_meet(place, other) for other in taken):
                taken.append(place)
                axes.text(start, middle, name, fontsize=8, va="center", zorder=4)
                break


def _around(x: float, y: float, dx: float, dy: float) -> tuple[float, float, float, float]:
    return x - dx, y - dy, x + dx, y + dy


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}°{positive if value > 0 else negative if value < 0 else ''}"


def _alt(drawn: pd.DataFrame) -> str:
    most = drawn.head(3)
    often = ", ".join(f"{r.place} ({plural(int(r.mentions), 'mention')})" for r in most.itertuples(index=False))
    apart = int((drawn["words"] == "others").sum())
    south, north = (_degrees(round(v), "N", "S") for v in (drawn["latitude"].min(), drawn["latitude"].max()))
    west, east = (_degrees(round(v), "E", "W") for v in (drawn["longitude"].min(), drawn["longitude"].max()))
    return (
        f"Map of {plural(len(drawn), 'place')} as points, from {south} to {north} and from {west} to {east}. "
        f"Most often named: {often}. Named in others’ words alone: {plural(apart, 'place')}."
    )


def _measured() -> Line:
    return rates("places", "places", "as the right place")


def _voices(own: pd.DataFrame) -> list[Any]:
    return list(own.itertuples(index=False))


def _point(place: pd.Series) -> str:
    if pd.isna(place["latitude"]):
        return "–"
    point = f"{_degrees(round(place['latitude'], 1), 'N', 'S')}\u00a0{_degrees(round(place['longitude'], 1), 'E', 'W')}"
    return f"{point} ?" if place["ambiguous"] else point


def _sentences(passages: Passages, rows: pd.DataFrame) -> Line:
    """Return the numbers of the sentences in which each voice first names a place, linked where they are shown."""
    parts: list[Inline] = []
    for row in rows.head(_MOST_SENTENCES).itertuples(index=False):
        shown = row.sentence_id in passages.placed
        number = Text(f"{row.number}")
        parts += [*([Text(", ")] if parts else []), Link(anchor(row.sentence_id), (number,)) if shown else number]
    return tuple(parts)
