"""Grammar: what a date expression says, taken apart; nothing is placed in time here."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from toolkit import codebook
from toolkit.extract.dates.forms import (
    DAYS,
    DECADES,
    FORMS,
    MONTHS,
    NAMED,
    NUMBERS,
    ORDINALS,
    PART,
    PART_OF,
    SEASONS,
    START,
    UNITS,
)
from toolkit.spans import Span


class Expression(NamedTuple):
    """What a date expression says. `unit` is its granularity; what it leaves open is None or empty.

    `base` is what it counts from (calendar, publication or text), `shift` by how many units, None for an unknown
    number. `run`: the whole stretch between base and shift is meant. `side`: last, next or this; `of`: the year that it
    gives by the same words ("March of last year"). `last` is where a range ends.
    """

    span: Span
    unit: str
    base: str = "calendar"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int | None = None
    weekday: int | None = None
    part: str = ""
    side: str = ""
    of: str = ""
    shift: int | None = 0
    run: bool = False
    swapped: bool = False
    last: "Expression | None" = None


BACK = frozenset({"last", "past", "previous", "preceding"})
ON = frozenset({"next", "coming", "following"})
_PARTS_OF_DAY = frozenset({"night", "morning", "afternoon", "evening"})
_HALVES = {"year": ("month", 6), "decade": ("year", 5), "century": ("year", 50)}


def _calendar(unit: str) -> Callable[[re.Match[str]], Expression | None]:
    """Return a reader of forms that name a place in the calendar."""

    def read(m: re.Match[str]) -> Expression | None:
        said = m.groupdict()
        number = said.get("number")
        season = said.get("season")
        return Expression(
            Span(*m.span()),
            unit,
            year=int(said["year"]) if said.get("year") else None,
            month=_month(said.get("month")),
            day=_day(said) if unit in {"day", "week", "weekend"} else None,
            number=int(SEASONS[season.lower()]) if season else _ordinal(number) if number else None,
            weekday=_weekday(said.get("weekday")),
            part=_part(said),
            side=(said.get("side") or "").lower().replace("coming", "next"),
            of=(said.get("of") or "").replace("the ", "that "),
        )

    return read


def _days(m: re.Match[str]) -> Expression | None:
    """Read a day of a month, or two: "3 to 5 June"."""
    found = _calendar("day")(m)
    if found and (to := m.groupdict().get("to")):
        found = found._replace(last=found._replace(day=int(to), weekday=None))
    return found


def _week(m: re.Match[str]) -> Expression | None:
    """Read a week of a month: the first has its days 1 to 7."""
    last = m["number"].lower() == "last"
    number = 0 if last else _ordinal(m["number"])
    month = _month(m["month"])
    return Expression(Span(*m.span()), "week", year=int(m["year"]) if m["year"] else None, month=month, number=number)


def _holiday(m: re.Match[str]) -> Expression | None:
    month, day = codebook.dates("holiday")[" ".join(m["holiday"].lower().replace("’", "'").split())].split("-")
    year = int(m["year"]) if m["year"] else None
    return Expression(Span(*m.span()), "day", year=year, month=int(month), day=int(day))


def _numeric(m: re.Match[str]) -> Expression | None:
    """Read 3/4/2024, which may be in March or in April; with points the day comes first."""
    one, two, year = int(m["one"]), int(m["two"]), int(m["year"])
    day, month = (two, one) if two > 12 and m["mark"] != "." else (one, two)
    swapped = m["mark"] != "." and one <= 12 and two <= 12 and one != two
    return Expression(Span(*m.span()), "day", year=year, month=month, day=day, swapped=swapped)


def _years(m: re.Match[str]) -> Expression | None:
    """Read a year, or two: 2014–16."""
    found = _calendar("year")(m)
    to = m.groupdict().get("to")
    if found and found.year and to:
        last = int(to) if len(to) == 4 else found.year // 100 * 100 + int(to)
        last += 100 * (last < found.year and found.year % 100 == 99)
        if last <= found.year:
            return None
        found = found._replace(last=found._replace(year=last))
    return found


def _part_of_a_year(m: re.Match[str]) -> Expression | None:
    unit = {"q": "quarter", "h": "half"}[m["kind"][0].lower()]
    number = _ordinal(m["number"]) if m["number"].lower() not in {"last", "final"} else {"quarter": 4, "half": 2}[unit]
    year = int(m["year"]) if m["year"] else None
    most = {"quarter": 4, "half": 2}[unit]
    of = (m.groupdict().get("of") or "").replace("the", "this")
    return Expression(Span(*m.span()), unit, year=year, number=number, of=of) if 1 <= number <= most else None


def _decade(m: re.Match[str]) -> Expression | None:
    said = m.groupdict()
    if said.get("decade"):
        first = int(said["decade"])
    else:
        first = 1900 + int(said.get("short") or DECADES[said["word"].lower()])
    unit = "century" if first % 100 == 0 and first < 2000 else "decade"
    number = first // 100 + 1 if unit == "century" else None
    return Expression(Span(*m.span()), unit, year=None if number else first, number=number, part=_part(said))


def _relative(m: re.Match[str]) -> Expression | None:
    """Read "last year", "earlier this month", "end of the week"."""
    said, side, span = m.groupdict(), (m["side"] or "this").lower(), Span(m.start("said"), m.end())
    part = _part(said)
    unit = UNITS[m["unit"]]
    if m["unit"] in _PARTS_OF_DAY and side not in {"last", "this"}:
        return None
    if m["unit"] == "day" or unit == "fortnight":
        return None
    shift = -1 if side in BACK else 1 if side in ON else 0
    if m["unit"] in _PARTS_OF_DAY:
        shift = -1 if side == "last" else 0
    article = (said.get("article") or "").lower() == "the"
    if side in {"previous", "preceding", "following"} or (side == "next" and article):
        return Expression(span, unit, "text", part=part, shift=shift)
    run = side == "past" or (side in {"last", "coming"} and article)
    return Expression(span, unit, "publication", part=part, shift=shift, run=run, side=side)


def _named(m: re.Match[str]) -> Expression | None:
    return Expression(Span(*m.span()), "day", "publication", shift=int(NAMED[" ".join(m["named"].lower().split())]))


def _counted(m: re.Match[str]) -> Expression | None:
    """Read "three weeks ago", "the past two years", "a month earlier"."""
    said = m.groupdict()
    unit = UNITS[m["unit"]]
    way = (said.get("way") or said.get("side") or "").lower()
    back = way in {"ago", "earlier", "before", "previously"} | BACK
    number = None if said.get("or") else _count(said.get("n"), said.get("half"))
    if number is not None and unit == "fortnight":
        number, unit = 2 * number, "week"
    if said.get("half") and number is not None:
        unit, number = _HALVES.get(unit, (unit, number))
    base = "publication" if way in {"ago", "from now"} or said.get("side") else "text"
    if m["unit"] in codebook.dates("clock"):
        if base == "text":
            return None
        number = None if number is None else number // (24 if m["unit"] == "hour" else 24 * 60)
    elif unit == "fortnight":
        unit = "week"
    shift = None if number is None else -number if back else number
    return Expression(Span(*m.span()), unit, base, shift=shift, run=bool(said.get("side")))


def _second(m: re.Match[str]) -> Expression | None:
    """Read "the week after next"."""
    return Expression(Span(*m.span()), UNITS[m["unit"]], "publication", shift=2 if m["way"] == "after next" else -2)


def _same(m: re.Match[str]) -> Expression | None:
    """Read "the same day", "that year", "the day before"."""
    which, unit = (m["which"] or "").lower(), UNITS[m["unit"]]
    shift = 1 if which in ON | {"after"} else -1 if which in BACK | {"before"} else 0
    return Expression(Span(*m.span()), unit, "text", shift=shift, part=_part(m.groupdict()))


_READERS: dict[str, Callable[[re.Match[str]], Expression | None]] = {
    **{unit: _calendar(unit) for unit in ("day", "month", "season", "weekend", "week", "century")},
    "days": _days,
    "numeric": _numeric,
    "week of a month": _week,
    "holiday": _holiday,
    "part of a year": _part_of_a_year,
    "decade": _decade,
    "years": _years,
    "counted": _counted,
    "relative": _relative,
    "named": _named,
    "same": _same,
    "second": _second,
}


def at(text: str, start: int, end: int) -> Expression | None:
    """Return the date expression that begins at a character, the most specific form that fits."""
    for reader, form in FORMS:
        if (found := form.match(text, start, end)) and (expression := _READERS[reader](found)):
            return expression
    return None


def next_start(text: str, start: int, end: int) -> int:
    """Return where the next expression may begin, `end` where none may."""
    found = START.search(text, start, end)
    return found.start() if found else end


def _month(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if word.isdigit() else int(MONTHS[word.lower().rstrip(".")])


def _weekday(word: str | None) -> int | None:
    if not word:
        return None
    return next(int(n) for name, n in DAYS.items() if name.startswith(word.lower().rstrip(".")[:3]))


def _day(said: Mapping[str, str | None]) -> int | None:
    if day := said.get("day"):
        return int(day)
    return _ordinal(number) if (number := said.get("number")) else None


def _ordinal(word: str) -> int:
    digits = re.match("[0-9]+", word)
    return int(digits[0]) if digits else int(ORDINALS[word.lower()])


def _part(said: Mapping[str, str | None]) -> str:
    """Return the third of a stretch that is meant; "earlier" and "later" are before and after."""
    word = (said.get("part") or said.get("part_of") or "").lower()
    return {"earlier": "before", "later": "after"}.get(word, (PART | PART_OF).get(word, ""))


def _count(words: str | None, half: str | None) -> int | None:
    if not words:
        return None
    if half and words.lower() not in {"a", "an"}:
        return None
    return int(words) if words.isdigit() else sum(int(NUMBERS[w]) for w in words.lower().split("-"))
