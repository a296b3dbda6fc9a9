"""When: the dates that a text gives, as bars along the time and as a table with whose words they stand in."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from toolkit.analysis.voices import AUTHOR
from toolkit.report.blocks import Block, Fragment, Paragraph
from toolkit.report.displays import INK, Figure, Table
from toolkit.report.drawing import DARK, MIDDLE, OPEN, check_most, data, name_rows, needs, svg
from toolkit.report.inline import Inline, Line, Link, Name, Text, line
from toolkit.report.reading import Passages
from toolkit.report.wording import anchor, named, one_document, percent, plural, rates, stretch

_ANCHOR, _FIGURE = "table-when", "figure-when"
_FILLS = {"author": DARK, "both": MIDDLE, "others": OPEN}
_LABELS = {"author": "in the author’s words", "both": "in both", "others": "in others’ words"}
_PLACED_BY = {
    "written": "its own words",
    "publication": "publication",
    "text": "another date",
    "unknown": "–",
}
_MOST_SENTENCES, _MOST_FORMS = 6, 3
_FAR = 3.0  # how many times as long the axis would be for each date that it leaves out
_MIDST = 0.6  # the share of the dates that it spans at least
_EDGE = 0.015  # of the axis: how far from its ends stand the triangles for what it leaves out
_LEAST = 6  # days that the axis spans at least
_SHORT = 0.012  # of the axis: what is shorter is drawn as long, to be seen


def dates(passages: Passages, timeline: pd.DataFrame, published: object = None) -> Fragment:
    """Return the table of dates: when, as written, whose words, what placed them, in which sentences."""
    if timeline.empty:
        return Fragment(Paragraph(line("Dates: none detected. ", *_measured()), "", _ANCHOR))
    one_document(timeline)
    rows = [_row(passages, own) for own in _by_interval(timeline)]
    columns = ("When", "As written", "In whose words", "Placed by", "Sentence")
    table = Table("Dates that the text gives", columns, rows, "In whose words", frozenset(), _ANCHOR, True)
    told: list[Inline | str] = [
        "Days and stretches of days as the words give them: a month, week or year is that of the calendar, a season "
        "three months of the north, early, mid and late a third. That a date is given says nothing on whether anything "
        "happened on it."
    ]
    if timeline["ambiguous"].any():
        told.append(" “?”: day and month may be the other way round.")
    if timeline["earliest"].isna().any():
        why = "no day of publication was found, or " if not isinstance(published, str) else ""
        told.append(f" “–”: could not be placed, since {why}the words do not say from where they count.")
    return Fragment(_lead(timeline), table, Paragraph(line(*told, " ", *_measured()), "note"))


def time_line(timeline: pd.DataFrame, published: object = None, most: int = 24) -> Fragment:
    """Return a figure with a bar per date of one document; none for fewer than two that could be placed.

    `published` is the day of publication, which is marked; at most `most` dates are drawn, those most often given.
    """
    check_most(most)
    needs(timeline, ("date_id", "earliest", "latest", "voice"), "tk.timeline")
    drawn = _drawn(timeline)
    if len(drawn) < 2:
        return Fragment()
    one_document(timeline)
    rest = len(drawn) - most
    if rest > 0:
        kept = drawn.sort_values("mentions", ascending=False, kind="stable").head(most).index
        drawn = drawn.loc[sorted(kept)]
    first, last = _axis(drawn)
    day = date.fromisoformat(published).toordinal() if isinstance(published, str) else None
    labels = [stretch(r.earliest, r.latest) for r in drawn.itertuples(index=False)]

    def draw(axes: Axes) -> None:
        least = _SHORT * (last - first)
        for at, row in enumerate(drawn.itertuples(index=False)):
            fill, hatch = _FILLS[row.words]
            if row.end <= first or row.start >= last:
                before = row.end <= first
                at_edge: Any = {"zorder": 3, "edgecolors": INK, "linewidths": 0.7}
                edge = _EDGE * (last - first)
                axes.scatter(
                    first + edge if before else last - edge, at, 34, fill, marker="<" if before else ">", **at_edge
                )
                continue
            start, end = max(row.start, first), min(row.end, last)
            middle, length = (start + end) / 2, max(end - start, least)
            axes.barh(at, length, left=middle - length / 2, height=0.62, color=fill, hatch=hatch, edgecolor=INK)
        if day is not None and first <= day <= last:
            axes.axvline(day + 0.5, color=INK, linewidth=0.7, linestyle=(0, (4, 3)), zorder=0)
            axes.annotate("published", (day + 0.5, 1), (2, 2), ("data", "axes fraction"), "offset points", fontsize=8)
        name_rows(axes, labels, "")
        axes.set_xlim(first, last)
        axes.set_xticks(*_ticks(first, last))

    kinds = [k for k in _FILLS if k in set(drawn["words"])]
    picture = svg(draw, 0.75 + 0.24 * len(drawn), [(_LABELS[k], _FILLS[k]) for k in kinds], _FIGURE)
    caption = "Dates that the text gives, the earliest on top, each as long as it may be."
    outside = int(((drawn["end"] <= first) | (drawn["start"] >= last)).sum())
    if outside:
        caption += " Triangles: before or after what the axis spans."
    if rest > 0:
        caption += " Dates given less often are not drawn."
    columns = ("When", "From", "To", "Mentions", "By the author")
    figures = [
        (label, r.earliest, r.latest, f"{r.mentions}", f"{r.by_author}")
        for label, r in zip(labels, drawn.itertuples(index=False), strict=True)
    ]
    return Fragment(Figure(picture, _alt(drawn), caption, _FIGURE, data("Dates drawn", columns, figures)))


def _by_interval(timeline: pd.DataFrame) -> list[list[Any]]:
    """Return the rows of each interval together; what cannot be placed, by its words."""
    found: dict[tuple[object, ...], list[Any]] = defaultdict(list)
    for row in timeline.itertuples(index=False):
        unplaced = pd.isna(row.earliest) or pd.isna(row.latest)
        found[(row.written.lower(),) if unplaced else (row.earliest, row.latest)].append(row)
    return list(found.values())


def _row(passages: Passages, own: Sequence[Any]) -> tuple[Line, ...]:
    one = own[0]
    when = "–" if pd.isna(one.earliest) else stretch(one.earliest, one.latest)
    forms = list(dict.fromkeys(row.written for row in own))
    shown = ", ".join(forms[:_MOST_FORMS]) + (" …" if len(forms) > _MOST_FORMS else "")
    voices = {row.voice: named(str(row.name), str(row.kind)) for row in reversed(own)}
    times = Counter(row.voice for row in own)
    words = [f"{voices[voice]}{f' ({n})' if len(times) > 1 and n > 1 else ''}" for voice, n in times.items()]
    by = list(dict.fromkeys(_PLACED_BY[row.anchor] for row in own))
    return (
        line(f"{when} ?" if any(row.ambiguous for row in own) else when),
        line(Text("[words left out]") if passages.include == "none" else Name(line(shown))),
        line(Name(line(", ".join(words)))),
        line(", ".join(by)),
        _sentences(passages, sorted({row.sentence_id: row for row in own}.values(), key=lambda row: row.number)),
    )


def _sentences(passages: Passages, rows: Sequence[Any]) -> Line:
    parts: list[Inline] = []
    for row in rows[:_MOST_SENTENCES]:
        number = Text(f"{row.number}")
        shown = row.sentence_id in passages.placed
        parts += [*([Text(", ")] if parts else []), Link(anchor(row.sentence_id), (number,)) if shown else number]
    return line(*parts, " …") if len(rows) > _MOST_SENTENCES else tuple(parts)


def _lead(timeline: pd.DataFrame) -> Block:
    """Return in a sentence how many dates there are, from when to when, and how many are not the author's."""
    placed = timeline[timeline["earliest"].notna()]
    parts: list[Inline | str] = ["This toolkit counted ", Link(_ANCHOR, line(plural(len(timeline), "date")))]
    if len(placed) > 1:
        begin = placed.iloc[0]
        end = placed.loc[placed["latest"].astype("str").idxmax()]
        spans = _outermost(begin, end)
        if spans[0] != spans[1]:
            parts += [", from ", Link(_ANCHOR, line(spans[0])), " to ", Link(_ANCHOR, line(spans[1]))]
    elsewhere = int((timeline["voice"] != AUTHOR).sum())
    stand = "stands" if elsewhere == 1 else "stand"
    whose = "All are the author’s." if not elsewhere else ""
    if len(timeline) == 1:
        whose = "It is the author’s." if not elsewhere else "It stands in somebody else’s words."
    parts.append(". ")
    parts += [whose] if whose else []
    if not whose:
        count = plural(elsewhere, "of them", "of them")
        parts += [Link(_ANCHOR, line(count[:1].upper() + count[1:])), f" {stand} in others’ words."]
    unplaced = len(timeline) - len(placed)
    if unplaced == len(timeline):
        parts.append(" It could not be placed." if unplaced == 1 else " None of them could be placed.")
    elif unplaced:
        count = plural(unplaced, "of them", "of them")
        parts += [" ", Link(_ANCHOR, line(count[:1].upper() + count[1:])), " could not be placed."]
    return Paragraph(line(*parts))


def _outermost(begin: Any, end: Any) -> tuple[str, str]:
    """Return what begins first and what ends last: of one with two ends ("1 to 10 April") the outer day alone."""
    first, last = (stretch(row["earliest"], row["latest"]) for row in (begin, end))
    return (
        stretch(begin["earliest"], begin["earliest"]) if " to " in first else first,
        stretch(end["latest"], end["latest"]) if " to " in last else last,
    )


def _drawn(timeline: pd.DataFrame) -> pd.DataFrame:
    """Return one row per interval that is placed, the earliest first, with in whose words it stands; ends exclusive."""
    placed = timeline[timeline["earliest"].notna()]
    counted = (
        placed.assign(by_author=(placed["voice"] == AUTHOR).astype("int64"), mentions=1)
        .groupby(["earliest", "latest"], sort=True)[["mentions", "by_author"]]
        .sum()
        .reset_index()
    )
    others = counted["mentions"] - counted["by_author"]
    words = [
        "author" if not o else "both" if a else "others" for a, o in zip(counted["by_author"], others, strict=True)
    ]
    start = [date.fromisoformat(d).toordinal() for d in counted["earliest"]]
    end = [date.fromisoformat(d).toordinal() + 1 for d in counted["latest"]]
    return counted.assign(words=words, start=start, end=end)


def _axis(drawn: pd.DataFrame) -> tuple[float, float]:
    """Return the first and the last day that the axis spans, without what would make it many times as long."""
    rows = sorted(zip(drawn["start"], drawn["end"], strict=True))
    first, last = rows[0][0], max(end for _, end in rows)
    spanned = len(rows)
    for kept in range(len(rows) - 1, int(_MIDST * len(rows)), -1):
        windows = [rows[i : i + kept] for i in range(len(rows) - kept + 1)]
        ends = [(w[0][0], max(end for _, end in w)) for w in windows]
        begin, end = min(ends, key=lambda w: w[1] - w[0])
        if _FAR ** (spanned - kept) * max(end - begin, _LEAST) < last - first:
            first, last, spanned = begin, end, kept
    room = max(0.04 * (last - first), (_LEAST - (last - first)) / 2, 0.5)
    return first - room, last + room


def _ticks(first: float, last: float) -> tuple[list[int], list[str]]:
    """Return where the axis is marked, and with what: years, months or days, some five of them."""
    begin, end = (date.fromordinal(min(max(int(x), 1), date.max.toordinal())) for x in (first, last))
    length = last - first
    if length > 5 * 365:
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if length / 365.25 / s <= 6)
        years = [y for y in range(begin.year, end.year + 1) if y % step == 0]
        return [date(y, 1, 1).toordinal() for y in years if y], [f"{y}" for y in years if y]
    if length > 75:
        step = next(s for s in (1, 2, 3, 6, 12) if length / 30.4 / s <= 6)
        months = [(m // 12, m % 12 + 1) for m in range(begin.year * 12, end.year * 12 + 12) if m % step == 0]
        starts = [d for d in (date(y, m, 1) for y, m in months if 0 < y < 10_000) if begin <= d <= end]
    else:
        step = next(s for s in (1, 2, 7, 14) if length / s <= 6 or s == 14)
        starts = [date.fromordinal(n) for n in range(begin.toordinal(), end.toordinal() + 1) if n % step == 1 % step]
        return [d.toordinal() for d in starts], [f"{d.day} {d:%b}" for d in starts]
    labels = [
        f"{d:%b}\n{d.year}" if i == 0 or d.year != starts[i - 1].year else f"{d:%b}" for i, d in enumerate(starts)
    ]
    return [d.toordinal() for d in starts], labels


def _alt(drawn: pd.DataFrame) -> str:
    told: Sequence[Any] = list(drawn.itertuples(index=False))
    most = max(told, key=lambda r: r.mentions)
    apart = int((drawn["words"] == "others").sum())
    first, last = _outermost(drawn.iloc[0], drawn.loc[drawn["latest"].astype("str").idxmax()])
    often = (
        f" Most often given: {stretch(most.earliest, most.latest)}, {most.mentions} times." if most.mentions > 1 else ""
    )
    return (
        f"Time line of {plural(len(drawn), 'date')}, from {first} to {last}.{often} "
        f"Given in others’ words alone: {percent(apart / len(drawn))} of them."
    )


def _measured() -> Line:
    return rates("dates", "dates", "with their right days")
