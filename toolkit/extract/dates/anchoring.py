"""Anchoring: where in time an expression lies, from its own words, the day of publication, or a date of the text."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from toolkit.extract.dates import intervals
from toolkit.extract.dates.grammar import Expression
from toolkit.extract.dates.intervals import Interval

WRITTEN, PUBLICATION, TEXT, UNKNOWN = "written", "publication", "text", "unknown"
_FROM_WEEKDAY = 7
_MONTH = 32  # days, more than any month has


class Placed(NamedTuple):
    """An expression with its interval, None where it cannot be placed, and what placed it."""

    interval: Interval | None
    anchor: str


def placed(e: Expression, published: date | None, before: Interval | None, direction: int) -> Placed | None:
    """Return where an expression lies, None where the calendar has no such day.

    `before` is the date that the text gave last, `direction` tells whether it lies behind (-1) or ahead (1) of the
    publication, 0 for the nearest.
    """
    if e.base != "calendar":
        anchor, at = (PUBLICATION, published) if e.base == "publication" else (TEXT, before.first if before else None)
        if at is None or e.shift is None:
            return Placed(None, UNKNOWN)
        interval = _relative(e, at)
        return Placed(interval, anchor) if interval else Placed(None, UNKNOWN)
    if e.last is not None:
        return _range(e, published, before, direction)
    if e.year is not None or e.unit == "century":
        whole = _in_year(e, e.year or 0)
        return Placed(_part(whole, e.part), WRITTEN) if whole else None
    if not _possible(e):
        return None
    if e.of.startswith("that"):  # March of that year
        whole = _in_year(e, before.first.year) if before else None
        return Placed(_part(whole, e.part), TEXT) if whole else Placed(None, UNKNOWN)
    if published is None:
        return _by_the_text(e, before)
    if e.of.endswith("week"):
        day = _weekday(e, published)
        return Placed(day, PUBLICATION) if day else Placed(None, UNKNOWN)
    if e.of:
        year = published.year + {"last": -1, "next": 1}.get(e.of, 0)
        whole = _in_year(e, year) if 0 < year < 10_000 else None
        return Placed(_part(whole, e.part), PUBLICATION) if whole else Placed(None, UNKNOWN)
    whole = _chosen(e, published, direction)
    return Placed(_part(whole, e.part), PUBLICATION) if whole else Placed(None, UNKNOWN)


def _range(e: Expression, published: date | None, before: Interval | None, direction: int) -> Placed | None:
    """Return a range from its first day to its last; one end has the year of the other where it gives none."""
    assert e.last is not None
    last, first = e.last, e._replace(last=None)
    if not (first.year or first.of) and (last.year or last.of):
        first = first._replace(year=last.year, of=last.of)
    begin = placed(first, published, before, direction)
    end = placed(last, published, before, direction)
    if begin is None or end is None:
        return None
    if begin.interval is None or end.interval is None:
        return Placed(None, UNKNOWN)
    start, stop = begin.interval.first, end.interval.last
    if last.year is None and not last.of:  # the first such day after the one that it begins with
        later = next((c for c in _candidates(last, start) if c.first >= start), None)
        end = Placed(_part(later, last.part), begin.anchor)
    elif start > stop and not e.year and not e.of and last.year:  # from November to ...
        begin = placed(first._replace(year=last.year - 1), published, before, direction) or begin
    if begin.interval is None or end.interval is None or begin.interval.first > end.interval.first:
        return None if last.year else Placed(None, UNKNOWN)
    return Placed(Interval(begin.interval.first, end.interval.last), end.anchor)


def _in_year(e: Expression, year: int) -> Interval | None:
    """Return what an expression names in a year."""
    match e.unit:
        case "day" if e.month and e.day:
            one = intervals.day(year, e.month, e.day)
            two = intervals.day(year, e.day, e.month) if e.swapped else None
            return Interval(min(one, two)[0], max(one, two)[1]) if one and two else one
        case "week" | "weekend" if e.month and e.day:
            one = intervals.day(year, e.month, e.day)
            return intervals.around(one.first, e.unit) if one else None
        case "week" if e.month and e.number is not None:
            return intervals.week(year, e.month, e.number)
        case "month" if e.month:
            return intervals.months(year, e.month)
        case "season" if e.number:
            return intervals.season(year, e.number)
        case "quarter" if e.number:
            return intervals.quarter(year, e.number)
        case "half" if e.number:
            return intervals.half(year, e.number)
        case "year":
            return intervals.years(year)
        case "decade":
            return intervals.years(year, 10)
        case "century" if e.number:
            return intervals.years(100 * (e.number - 1) + 1, 100)
    return None


def _possible(e: Expression) -> bool:
    """Tell whether some year has the day."""
    return e.unit != "day" or e.month is None or _in_year(e, 2000) is not None


def _chosen(e: Expression, published: date, direction: int) -> Interval | None:
    """Return the one of the days, months or seasons so named that is meant."""
    candidates = list(_candidates(e, published))
    behind = [c for c in candidates if c.first <= published]
    ahead = [c for c in candidates if c.last >= published]
    if e.side == "last":
        over = [c for c in candidates if c.last < published]
        return over[-1] if over else None
    if e.side == "next":
        yet = [c for c in candidates if c.first > published]
        return yet[0] if yet else None
    if direction < 0 and behind:
        return behind[-1]
    if direction > 0 and ahead:
        return ahead[0]
    return min(candidates, key=lambda c: _distance(c, published), default=None)


def _weekday(e: Expression, published: date) -> Interval | None:
    """Return a day of this week, the last or the next: "Tuesday last week"."""
    at = intervals.moved(published, {"last": -1, "next": 1}.get(e.of.split()[0], 0), "week")
    week = intervals.around(at, "week") if at else None
    found = intervals.moved(week.first, e.weekday or 0, "day") if week else None
    return Interval(found, found) if found else None


def _candidates(e: Expression, published: date) -> Iterator[Interval]:
    if (e.unit == "weekend" and e.month is None) or (e.weekday is not None and e.month is None):
        for days in range(-2 * _FROM_WEEKDAY, 2 * _FROM_WEEKDAY + 1):
            at = intervals.moved(published, days, "day")
            if at is not None and at.weekday() == (5 if e.weekday is None else e.weekday):
                found = intervals.around(at, "weekend" if e.unit == "weekend" else "day")
                yield from [found] if found else []
        return
    for year in range(max(published.year - 2, 1), min(published.year + 3, 10_000)):
        found = _in_year(e, year)
        if found is not None and (e.weekday is None or found.first.weekday() == e.weekday):
            yield found


def _distance(found: Interval, published: date) -> int:
    return max((found.first - published).days, (published - found.last).days, 0)


def _by_the_text(e: Expression, before: Interval | None) -> Placed:
    """Return a day or month in the year of the day or month that the same paragraph gave last, where it follows that.

    A year given before is not enough: too often another one is meant.
    """
    if before is not None and e.month is not None and not e.side and (before.last - before.first).days < _MONTH:
        whole = _in_year(e, before.first.year)
        if whole is not None and whole.first >= before.first:
            return Placed(_part(whole, e.part), TEXT)
    return Placed(None, UNKNOWN)


def _relative(e: Expression, at: date) -> Interval | None:
    """Return the unit that lies so many units from a day, or the whole stretch up to there."""
    shift = e.shift or 0
    to = intervals.moved(at, shift, e.unit)
    if to is None:
        return None
    if e.run:
        if shift == 0:
            return None
        return Interval(min(at, to), max(at, to))
    whole = intervals.around(to, e.unit)
    if whole and e.unit == "weekend" and e.side in {"last", "past"} and shift == -1:
        over = [intervals.around(at - timedelta(days=d), "weekend") for d in (0, 7)]
        whole = next((w for w in over if w and w.last < at), whole)
    return _part(whole, e.part, at) if whole else None


def _part(whole: Interval | None, part: str, at: date | None = None) -> Interval | None:
    """Return the part of an interval that is meant: a third, or what lies before or after a day in it."""
    if whole is None or not part:
        return whole
    if part in {"before", "after"}:
        if at is None or not whole.first <= at <= whole.last:
            return whole
        return Interval(whole.first, at) if part == "before" else Interval(at, whole.last)
    return intervals.third(whole, part)
