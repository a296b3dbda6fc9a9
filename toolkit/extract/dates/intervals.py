"""Intervals: the first and the last day of a week, month, season or century, and of their thirds."""

from calendar import monthrange
from datetime import MINYEAR, date, timedelta
from typing import NamedTuple

_QUARTER, _HALF, _SEASON = 3, 6, 3  # months
_YEARS = {"year": 1, "decade": 10, "century": 100}


class Interval(NamedTuple):
    """From a first day to a last one, both included."""

    first: date
    last: date


def day(year: int, month: int, number: int) -> Interval | None:
    """Return a day, None where the calendar has none: 30 February."""
    try:
        return Interval(found := date(year, month, number), found)
    except ValueError:
        return None


def months(year: int, month: int, count: int = 1) -> Interval | None:
    """Return `count` months from a month on; the month may lie beyond December.

    >>> months(2023, 12, 3).last.isoformat()
    '2024-02-29'
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last_year, last = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    try:
        return Interval(date(year, month, 1), date(last_year, last, monthrange(last_year, last)[1]))
    except ValueError:
        return None


def week(year: int, month: int, number: int) -> Interval | None:
    """Return seven days of a month: the first, the second; 0 for its last."""
    whole = months(year, month)
    if whole is None:
        return None
    first = whole.last - timedelta(days=6) if number == 0 else whole.first + timedelta(days=7 * (number - 1))
    return Interval(first, first + timedelta(days=6))


def season(year: int, first_month: int) -> Interval | None:
    """Return a season by its first month; winter runs into the next year."""
    return months(year, first_month, _SEASON)


def quarter(year: int, number: int) -> Interval | None:
    """Return a quarter of a year, 1 to 4."""
    return months(year, _QUARTER * (number - 1) + 1, _QUARTER)


def half(year: int, number: int) -> Interval | None:
    """Return a half of a year, 1 or 2."""
    return months(year, _HALF * (number - 1) + 1, _HALF)


def years(first: int, count: int = 1) -> Interval | None:
    """Return years from the first on, None beyond the calendar: the year 20255."""
    try:
        return Interval(date(first, 1, 1), date(first + count - 1, 12, 31))
    except ValueError:
        return None


def around(at: date, unit: str) -> Interval | None:
    """Return the unit of the calendar that a day lies in; weeks begin on Monday, centuries with a year 1.

    >>> [d.isoformat() for d in around(date(2025, 5, 1), "week")]
    ['2025-04-28', '2025-05-04']
    """
    monday = at.toordinal() - at.weekday()
    match unit:
        case "week":
            return _days(monday, monday + 6)
        case "weekend":
            return _days(monday + 5, monday + 6)
        case "month":
            return months(at.year, at.month)
        case "quarter":
            return quarter(at.year, (at.month - 1) // _QUARTER + 1)
        case "half":
            return half(at.year, (at.month - 1) // _HALF + 1)
        case "season":
            return season(at.year if at.month > 2 else at.year - 1, at.month // 3 * 3 or 12)
        case "year":
            return years(at.year)
        case "decade":
            return years(at.year // 10 * 10, 10)
        case "century":
            return years((at.year - 1) // 100 * 100 + 1, 100)
    return Interval(at, at)


def moved(at: date, count: int, unit: str) -> date | None:
    """Return the day that lies so many units later, or earlier; where a month is shorter, its last day.

    >>> moved(date(2024, 3, 31), -1, "month").isoformat()
    '2024-02-29'
    """
    if unit in _YEARS or unit in {"month", "quarter"}:
        by = count * (12 * _YEARS[unit] if unit in _YEARS else {"month": 1, "quarter": _QUARTER}[unit])
        if not MINYEAR * 12 < at.year * 12 + at.month - 1 + by < 10_000 * 12:
            return None
        year, month = divmod(at.year * 12 + at.month - 1 + by, 12)
        return date(year, month + 1, min(at.day, monthrange(year, month + 1)[1]))
    try:
        return at + timedelta(days=count * {"week": 7, "weekend": 7, "fortnight": 14}.get(unit, 1))
    except OverflowError:
        return None


def third(whole: Interval, part: str) -> Interval:
    """Return the early, mid or late third of an interval, in years, months or days, whichever it has whole.

    >>> [d.day for d in third(months(2025, 4), "late")]
    [21, 30]
    """
    first, last = whole
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    if (last - first).days < 31:
        cut, rest = (10, 20) if (last - first).days > 7 else (2, 4)
        days = {"early": (0, cut), "mid": (cut, rest), "late": (rest, (last - first).days + 1)}[part]
        return Interval(first + timedelta(days=days[0]), first + timedelta(days=days[1] - 1))
    step, parts = (12, length // 12) if length > 12 else (1, length)
    cuts = {"early": (0, _round(parts / 3)), "mid": (_round(parts / 3), _round(parts * 2 / 3))}
    begin, end = cuts.get(part, (_round(parts * 2 / 3), parts))
    return months(first.year, first.month + begin * step, (end - begin) * step) or whole


def _round(number: float) -> int:
    return int(number + 0.5)


def _days(first: int, last: int) -> Interval | None:
    try:
        return Interval(date.fromordinal(first), date.fromordinal(last))
    except (ValueError, OverflowError):
        return None
