"""Grammar: what is written as a date, taken apart; nothing is placed in time here.

A pattern a form. Spaces in a pattern stand for any white space; `<name>` for a named part of another pattern.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from toolkit import codebook
from toolkit.spans import Span


class Expression(NamedTuple):
    """What a date expression says. `unit` is its granularity; what it leaves open is None or empty.

    `base` is what it counts from (calendar, publication or text), `shift` by how many units, None for an unknown
    number. `run`: the whole stretch between base and shift is meant. `side`: last, next or this; `of`: the year it gives
    by the same words ("March of last year"). `last` is where a range ends.
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


_MONTHS, _DAYS, _SEASONS = (codebook.dates(kind) for kind in ("month", "weekday", "season"))
_UNITS = codebook.dates("unit") | codebook.dates("clock")
_NUMBERS, _VAGUE, _ORDINALS = (codebook.dates(kind) for kind in ("number", "vague number", "ordinal"))
_DECADES, _NAMED = codebook.dates("decade"), codebook.dates("day named")
_PART, _PART_OF = codebook.dates("part"), codebook.dates("part of")
BACK = frozenset({"last", "past", "previous", "preceding"})
ON = frozenset({"next", "coming", "following"})
_PARTS_OF_DAY = frozenset({"night", "morning", "afternoon", "evening"})


def _any(*words: Mapping[str, str]) -> str:
    return "|".join(sorted((w for listed in words for w in listed), key=len, reverse=True))


def _capital(words: Mapping[str, str]) -> str:
    """Return an alternation of names as they are written: March, MARCH."""
    return "|".join(sorted((form for w in words for form in (w.title(), w.upper())), key=len, reverse=True))


_HOLIDAYS = "|".join(
    sorted((h.title().replace("'S", "'s").replace("'", "[’']") for h in codebook.dates("holiday")), key=len)[::-1]
)
_ABBREVIATED = frozenset(m for m in _MONTHS if len(m) < 5 and m not in {"may", "june", "july"})
_FULL = {m: n for m, n in _MONTHS.items() if m not in _ABBREVIATED}
_PLACEHOLDERS = {
    "month": rf"(?P<month>(?:{_capital({m: '' for m in _ABBREVIATED})})\b\.?|(?:{_capital(_FULL)})\b)",
    "full": rf"(?P<month>(?:{_capital(_FULL)})\b)",
    "weekday": rf"(?P<weekday>(?:{_capital(_DAYS)})\b)",
    "wd": rf"(?:(?P<weekday>(?:{_capital(_DAYS)})\b|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?),? (?:the )?)?",
    "day": r"(?P<day>[0-9]{1,2})(?![0-9])(?:st\b|nd\b|rd\b|th\b)?",
    "to": r"(?: ?(?:–|—|-|/|to|and|or|until|through) ?(?:the )?(?P<to>[0-9]{1,2})(?![0-9])(?:st\b|nd\b|rd\b|th\b)?)?",
    "year": r"(?P<year>(?:1[0-9]|20)[0-9]{2})(?![0-9]|[.,][0-9])\b",
    "of_week": r"(?:of )?(?P<of>(?:last|this|next) week\b)",
    "of": r"(?P<of>last|next|this|that same|the same|that|the previous|the following) year\b",
    "part": rf"(?:(?P<part>(?i:{_any(_PART)}))(?:[ -]| in (?:the )?)|(?P<part_of>(?i:{_any(_PART_OF)})) of (?:the )?)",
    "side": r"(?:(?P<side>(?i:last|next|this|coming)) )",
    "season": rf"(?P<season>(?i:{_any(_SEASONS)})\b)",
    "ordinal": rf"(?P<number>[0-9]{{1,2}}(?:st|nd|rd|th)|(?i:{_any(_ORDINALS)}))",
    "unit": rf"(?P<unit>(?:{_any(_UNITS)}))",
    "n": rf"(?:(?P<n>[0-9]{{1,3}}|(?i:{_any(_NUMBERS)})(?:-(?:{_any(_NUMBERS)}))?)|(?P<vague>(?i:{_any(_VAGUE)})))",
}


def _pattern(form: str) -> re.Pattern[str]:
    form = re.sub(r"(?<!P)<(\w+)>", lambda m: _PLACEHOLDERS[m[1]], form)
    return re.compile(form.replace(" ", r"\s"))


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
            number=int(_SEASONS[season.lower()]) if season else _ordinal(number) if number else None,
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
    of = "" if year else (m.groupdict().get("of") or "this").replace("the", "this")
    return Expression(Span(*m.span()), unit, year=year, number=number, of=of) if 1 <= number <= most else None


def _decade(m: re.Match[str]) -> Expression | None:
    said = m.groupdict()
    if said.get("decade"):
        first = int(said["decade"])
    else:
        first = 1900 + int(said.get("short") or _DECADES[said["word"].lower()])
    unit = "century" if first % 100 == 0 and first < 2000 else "decade"
    number = first // 100 + 1 if unit == "century" else None
    return Expression(Span(*m.span()), unit, year=None if number else first, number=number, part=_part(said))


def _relative(m: re.Match[str]) -> Expression | None:
    """Read "last year", "earlier this month", "end of the week"."""
    said, side, span = m.groupdict(), (m["side"] or "this").lower(), Span(m.start("said"), m.end())
    part = _part(said)
    unit = _UNITS[m["unit"]]
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
    return Expression(Span(*m.span()), "day", "publication", shift=int(_NAMED[" ".join(m["named"].lower().split())]))


def _counted(m: re.Match[str]) -> Expression | None:
    """Read "three weeks ago", "the past two years", "a month earlier"."""
    said = m.groupdict()
    unit = _UNITS[m["unit"]]
    way = (said.get("way") or said.get("side") or "").lower()
    back = way in {"ago", "earlier", "before", "previously"} | BACK
    number = None if said.get("or") else _count(said.get("n"), said.get("half"))
    if number is not None and unit == "fortnight":
        number, unit = 2 * number, "week"
    if said.get("half") and number is not None:
        unit, number = {"year": ("month", 6), "decade": ("year", 5), "century": ("year", 50)}.get(unit, (unit, number))
    if m["unit"] in codebook.dates("clock"):
        if base == "text":
            return None
        number = None if number is None else number // (24 if m["unit"] == "hour" else 24 * 60)
    elif unit == "fortnight":
        unit = "week"
    base = "publication" if way in {"ago", "from now"} or said.get("side") else "text"
    shift = None if number is None else -number if back else number
    return Expression(Span(*m.span()), unit, base, shift=shift, run=bool(said.get("side")))


def _second(m: re.Match[str]) -> Expression | None:
    """Read "the week after next"."""
    return Expression(Span(*m.span()), _UNITS[m["unit"]], "publication", shift=2 if m["way"] == "after next" else -2)


def _same(m: re.Match[str]) -> Expression | None:
    """Read "the same day", "that year", "the day before"."""
    which, unit = (m["which"] or "").lower(), _UNITS[m["unit"]]
    shift = 1 if which in ON | {"after"} else -1 if which in BACK | {"before"} else 0
    return Expression(Span(*m.span()), unit, "text", shift=shift, part=_part(m.groupdict()))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Expression | None]], ...] = tuple(
    (_pattern(form), read)
    for form, read in (
        (r"(?P<year>[12][0-9]{3})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9]|-[0-9])", _calendar("day")),
        (
            r"(?P<one>[0-9]{1,2})(?P<mark>[/.-])(?P<two>[0-9]{1,2})(?P=mark)(?P<year>(?:1[89]|20)[0-9]{2})(?![0-9]|[/.-][0-9])",
            _numeric,
        ),
        (r"<wd><day><to> (?:of )?<month>(?:,? (?:of )?<year>|,? (?:of )?<of>)?", _days),
        (r"<wd><ordinal>(?=\D) (?:day )?of <full>(?:,? (?:of )?<year>|,? (?:of )?<of>)?", _days),
        (
            r"<wd><month> (?:the )?<day>(?![.,:/]?[0-9]|%| percent\b| per cent\b)<to>(?:,? (?:of )?<year>|,? (?:of )?<of>)?",
            _days,
        ),
        (r"<part>?<month>,?(?: of)? <year>", _calendar("month")),
        (r"<part>?<full>,?(?: of)? <of>", _calendar("month")),
        (r"(?:<part>|<side>)?<full>", _calendar("month")),
        (
            r"(?:(?i:early|late|earlier|later) )?<side>?<weekday>(?: (?:morning|afternoon|evening|night)\b)?(?: <of_week>)?",
            _calendar("day"),
        ),
        (
            r"(?:<part>|<side>)?<season>(?:(?:,| of)? <year>(?:[–/-](?P<to>[0-9]{2,4})\b)?| (?:of )?<of>)?",
            _calendar("season"),
        ),
        (r"weekend of (?:the )?<day>(?: of)? <month>(?:,? <year>)?", _calendar("weekend")),
        (r"weekend of <month> <day>(?:,? <year>)?", _calendar("weekend")),
        (r"(?:(?<=the )|(?<=The ))weekend\b", _calendar("weekend")),
        (r"week of (?:the )?<day>(?: of)? <month>(?:,? <year>)?", _calendar("week")),
        (r"week of <month> <day>(?:,? <year>)?", _calendar("week")),
        (r"(?P<number>(?i:first|second|third|fourth|last)) week of <full>(?:,? (?:of )?<year>)?", _week),
        (rf"(?P<holiday>{_HOLIDAYS})\b(?:,? (?:of )?<year>)?", _holiday),
        (
            r"(?P<number>(?i:first|second|third|fourth|last|final|1st|2nd|3rd|4th)) (?P<kind>quarter|half) of (?:<year>|(?P<of>the|this|last|next) year\b)",
            _part_of_a_year,
        ),
        (r"(?P<kind>[QH])(?P<number>[1-4])(?: of)?,? <year>", _part_of_a_year),
        (r"<part>?(?P<decade>(?:1[0-9]|20)[0-9]0)[’']?s\b", _decade),
        (r"<part>?[’'‘](?P<short>[2-9]0)s\b", _decade),
        (rf"<part>?(?P<word>{_any(_DECADES)})\b", _decade),
        (r"<part>?<ordinal>[ -]century\b(?! (?:BC|B\.C|before Christ))", _calendar("century")),
        (r"<part>?<year>(?:[–/-](?P<to>[0-9]{4}|[0-9]{2})\b(?![0-9]|[–/-][0-9]))?", _years),
        (r"(?P<side>past|last|previous|next|coming) <n> (?:<unit>s?)\b", _counted),
        (
            r"(?P<article>(?i:the) )?(?P<said>(?:(?P<part>(?i:earlier|later|early|late)) (?:in )?|(?P<part_of>end|beginning|start|middle) of (?:the )?)?(?P<side>(?i:last|past|previous|preceding|next|coming|following|this|current)) <unit>)\b",
            _relative,
        ),
        (
            r"(?P<article>)(?P<said>(?P<part_of>(?i:end|beginning|start|middle)) of (?:the )(?P<unit>week|month|year|decade|century)(?P<side>))\b",
            _relative,
        ),
        (rf"(?:(?i:earlier|later|early|late) )?(?P<named>(?i:{_any(_NAMED)}))\b", _named),
        (r"(?P<half>half )?<n>(?: or (?P<or>\w+))? (?:more )?<unit>s? (?P<way>ago|from now)\b", _counted),
        (r"(?P<vague>)<unit>s (?P<way>ago)\b", _counted),
        (r"<n> <unit>s? (?P<way>earlier|later|afterwards)\b(?! than\b)", _counted),
        (r"<n> <unit>s? (?P<way>before|after)(?= ?[.,;:!?)”]|$)", _counted),
        (
            r"(?:(?<=the )|(?<=The )|(?<=that )|(?<=That ))(?P<which>same) (?P<unit>day|morning|afternoon|evening|night|week|month|year)\b",
            _same,
        ),
        (r"(?P<which>[Tt]hat) (?:very )?(?P<unit>day|morning|afternoon|evening|night|week|month|year)\b", _same),
        (
            r"(?:(?<=the )|(?<=The ))(?P<which>next|following|previous|preceding) (?P<unit>day|morning|afternoon|evening|night)\b",
            _same,
        ),
        (
            r"(?:(?<=the )|(?<=The ))(?P<unit>day|night) (?P<which>before|after)(?= ?[.,;:!?)”]|$| (?:was|had|were)\b)",
            _same,
        ),
        (r"(?P<unit>week|weekend|month|year) (?P<way>before last|after next)\b", _second),
    )
)
_LEADS = _any(
    *(
        dict.fromkeys(h.split("'")[0].split()[0] for h in codebook.dates("holiday")),
        _FULL,
        _DAYS,
        _SEASONS,
        _PART,
        _PART_OF,
        _NUMBERS,
        _VAGUE,
        _ORDINALS,
        _DECADES,
        _NAMED,
        _UNITS,
    ),
    dict.fromkeys(
        "the earlier later last past previous preceding next coming following this current same that half".split(), ""
    ),
)
_ABBREVIATIONS = _capital(dict.fromkeys([*_ABBREVIATED, *"mon tue tues wed thu thur thurs fri sat sun".split()], ""))
_START = re.compile(
    rf"(?<![\w’'$€£#.,:/-])(?:[0-9]|(?:(?i:{_LEADS})(?:s|th|st|nd|rd)?|{_ABBREVIATIONS}|[QH](?=[1-4]))\b|[’'‘](?=[2-9]0s))"
)


def at(text: str, start: int, end: int) -> Expression | None:
    """Return the date expression that begins at a character, the most specific form that fits."""
    for pattern, read in _FORMS:
        if (found := pattern.match(text, start, end)) and (expression := read(found)):
            return expression
    return None


def next_start(text: str, start: int, end: int) -> int:
    """Return where the next expression may begin, `end` where none may."""
    found = _START.search(text, start, end)
    return found.start() if found else end


def _month(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if word.isdigit() else int(_MONTHS[word.lower().rstrip(".")])


def _weekday(word: str | None) -> int | None:
    if not word:
        return None
    return next(int(n) for name, n in _DAYS.items() if name.startswith(word.lower().rstrip(".")[:3]))


def _day(said: Mapping[str, str | None]) -> int | None:
    return int(said["day"]) if said.get("day") else _ordinal(number) if (number := said.get("number")) else None


def _ordinal(word: str) -> int:
    digits = re.match("[0-9]+", word)
    return int(digits[0]) if digits else int(_ORDINALS[word.lower()])


def _part(said: Mapping[str, str | None]) -> str:
    """Return the third of a stretch that is meant; "earlier" and "later" are before and after."""
    word = (said.get("part") or said.get("part_of") or "").lower()
    return {"earlier": "before", "later": "after"}.get(word, (_PART | _PART_OF).get(word, ""))


def _count(words: str | None, half: str | None) -> int | None:
    if not words:
        return None
    if half and words.lower() not in {"a", "an"}:
        return None
    return int(words) if words.isdigit() else sum(int(_NUMBERS[w]) for w in words.lower().split("-"))
