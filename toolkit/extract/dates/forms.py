"""Forms: how dates are written, each form with the name of its reader in grammar.py, the most specific first.

Spaces in a form stand for any white space, `<name>` for a part that several forms share.
"""

import re
from collections.abc import Iterable

from toolkit import codebook

MONTHS, DAYS, SEASONS = (codebook.dates(kind) for kind in ("month", "weekday", "season"))
UNITS = codebook.dates("unit") | codebook.dates("clock")
NUMBERS, VAGUE, ORDINALS = (codebook.dates(kind) for kind in ("number", "vague number", "ordinal"))
DECADES, NAMED = codebook.dates("decade"), codebook.dates("day named")
PART, PART_OF = codebook.dates("part"), codebook.dates("part of")
_SHORT_DAYS = ("Mon", "Tues", "Tue", "Wed", "Thurs", "Thur", "Thu", "Fri", "Sat", "Sun")


def _any(*words: Iterable[str]) -> str:
    return "|".join(sorted((w for listed in words for w in listed), key=len, reverse=True))


def _capital(words: Iterable[str]) -> str:
    """Return an alternation of names as they are written: March, MARCH, New Year’s Eve."""
    titled = (w.title().replace("'S", "'s").replace("'", "[’']") for w in words)
    return _any({form for w in titled for form in (w, w.upper())})


_ABBREVIATED = [m for m in MONTHS if len(m) < 5 and m not in {"may", "june", "july"}]
_FULL = [m for m in MONTHS if m not in _ABBREVIATED]
_TH = r"(?:st\b|nd\b|rd\b|th\b)?"
_BEHIND = r"(?= ?[.,;:!?)”]|$| (?:was|had|were)\b)"
_STRETCH = r"(?P<unit>day|morning|afternoon|evening|night|week|month|year)"
_PARTS = {
    "month": rf"(?P<month>(?:{_capital(_ABBREVIATED)})\b\.?|(?:{_capital(_FULL)})\b)",
    "full": rf"(?P<month>(?:{_capital(_FULL)})\b)",
    "weekday": rf"(?P<weekday>(?:{_capital(DAYS)})\b)",
    "wd": rf"(?:(?P<weekday>(?:{_capital(DAYS)}|{_any(_SHORT_DAYS)})\b\.?),? (?:the )?)?",
    "day": rf"(?P<day>[0-9]{{1,2}})(?![0-9]){_TH}",
    "to": rf"(?: ?(?:–|—|-|/|to|and|or|until|through) ?(?:the )?(?P<to>[0-9]{{1,2}})(?![0-9]){_TH})?",
    "year": r"(?P<year>(?:1[0-9]|20)[0-9]{2})(?![0-9]|[.,][0-9])\b",
    "of": r"(?P<of>last|next|this|that same|the same|that) year\b",
    "in": r"(?:,? (?:of )?(?:<year>|<of>))?",
    "part": rf"(?:(?P<part>(?i:{_any(PART)}))(?:[ -]| in (?:the )?)|(?P<part_of>(?i:{_any(PART_OF)})) of (?:the )?)",
    "side": r"(?:(?P<side>(?i:last|next|this|coming)) )",
    "season": rf"(?P<season>(?i:{_any(SEASONS)})\b)",
    "ordinal": rf"(?P<number>[0-9]{{1,2}}(?:st|nd|rd|th)|(?i:{_any(ORDINALS)}))",
    "unit": rf"(?P<unit>{_any(UNITS)})",
    "n": rf"(?:(?P<n>[0-9]{{1,3}}|(?i:{_any(NUMBERS)})(?:-(?:{_any(NUMBERS)}))?)|(?P<vague>(?i:{_any(VAGUE)})))",
    "the": r"(?:(?<=the )|(?<=The )|(?<=that )|(?<=That ))",
    "hour": r"(?i:early|late|earlier|later)",
}


def _compiled(form: str) -> re.Pattern[str]:
    while re.search(r"(?<!P)<\w+>", form):
        form = re.sub(r"(?<!P)<(\w+)>", lambda m: _PARTS[m[1]], form)
    return re.compile(form.replace(" ", r"\s"))


FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reader, _compiled(form))
    for reader, form in (
        ("day", r"(?P<year>[12][0-9]{3})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9]|-[0-9])"),
        (
            "numeric",
            r"(?P<one>[0-9]{1,2})(?P<mark>[/.-])(?P<two>[0-9]{1,2})(?P=mark)(?P<year>(?:1[89]|20)[0-9]{2})"
            r"(?![0-9]|[/.-][0-9])",
        ),
        ("days", r"<wd><day><to> (?:of )?<month><in>"),
        ("days", r"<wd><ordinal>(?=\D) (?:day )?of <full><in>"),
        ("days", r"<wd><month> (?:the )?<day>(?![.,:/]?[0-9]|%| percent\b| per cent\b)<to><in>"),
        ("month", r"<part>?<month>,?(?: of)? <year>"),
        ("month", r"<part>?<full>,?(?: of)? <of>"),
        ("month", r"(?:<part>|<side>)?<full>"),
        (
            "day",
            r"(?:<hour> )?<side>?<weekday>(?: (?:morning|afternoon|evening|night)\b)?"
            r"(?: (?:of )?(?P<of>(?:last|this|next) week\b))?",
        ),
        ("season", r"(?:<part>|<side>)?<season>(?:(?:,| of)? <year>(?:[–/-](?P<to>[0-9]{2,4})\b)?| (?:of )?<of>)?"),
        ("weekend", r"weekend of (?:the )?<day>(?: of)? <month>(?:,? <year>)?"),
        ("weekend", r"weekend of <month> <day>(?:,? <year>)?"),
        ("weekend", r"<the>weekend\b"),
        ("week", r"week of (?:the )?<day>(?: of)? <month>(?:,? <year>)?"),
        ("week", r"week of <month> <day>(?:,? <year>)?"),
        ("week of a month", r"(?P<number>(?i:first|second|third|fourth|last)) week of <full>(?:,? (?:of )?<year>)?"),
        ("holiday", rf"(?P<holiday>{_capital(codebook.dates('holiday'))})\b(?:,? (?:of )?<year>)?"),
        (
            "part of a year",
            r"(?P<number>(?i:first|second|third|fourth|last|final|1st|2nd|3rd|4th)) (?P<kind>quarter|half) of "
            r"(?:<year>|(?P<of>the|this|last|next) year\b)",
        ),
        ("part of a year", r"(?P<kind>[QH])(?P<number>[1-4])(?: of)?,? <year>"),
        ("part of a year", r"(?P<kind>Q)(?P<number>[1-4])\b(?P<year>)"),
        ("part of a year", r"<the>(?P<number>(?i:first|second|third|fourth)) (?P<kind>quarter)\b(?! of\b)(?P<year>)"),
        ("decade", r"<part>?(?P<decade>(?:1[0-9]|20)[0-9]0)[’']?s\b"),
        ("decade", r"<part>?[’'‘](?P<short>[2-9]0)s\b"),
        ("decade", rf"<part>?(?P<word>{_any(DECADES)})\b"),
        ("century", r"<part>?<ordinal>[ -]century\b(?! (?:BC|B\.C|before Christ))"),
        ("years", r"<part>?<year>(?:[–/-](?P<to>[0-9]{4}|[0-9]{2})\b(?![0-9]|[–/-]\w))?(?![/-]\w)"),
        ("counted", r"(?P<side>past|last|previous|next|coming) <n> (?:<unit>s?)\b"),
        (
            "relative",
            r"(?P<article>(?i:the) )?(?P<said>(?:(?P<part><hour>) (?:in )?|(?P<part_of>end|beginning|start|middle) of "
            r"(?:the )?)?(?P<side>(?i:last|past|previous|preceding|next|coming|following|this|current)) <unit>)\b",
        ),
        (
            "relative",
            r"(?P<article>)(?P<said>(?P<part_of>(?i:end|beginning|start|middle)) of the "
            r"(?P<unit>week|month|year|decade|century)(?P<side>))\b",
        ),
        ("named", rf"(?:<hour> )?(?P<named>(?i:{_any(NAMED)}))\b"),
        ("counted", r"(?P<half>half )?<n>(?: or (?P<or>\w+))? (?:more )?<unit>s? (?P<way>ago|from now)\b"),
        ("counted", r"(?P<vague>)<unit>s (?P<way>ago)\b"),
        ("counted", r"<n> <unit>s? (?P<way>earlier|later|afterwards)\b(?! than\b)"),
        ("counted", r"<n> <unit>s? (?P<way>before|after)(?= ?[.,;:!?)”]|$)"),
        ("same", rf"<the>(?P<which>same) {_STRETCH}\b"),
        ("same", rf"(?P<which>[Tt]hat) (?:very )?{_STRETCH}\b"),
        ("same", rf"<the>(?P<which>next|following|previous|preceding) {_STRETCH}\b"),
        ("same", rf"<the>{_STRETCH} (?P<which>before|after){_BEHIND}"),
        ("second", r"(?P<unit>week|weekend|month|year) (?P<way>before last|after next)\b"),
    )
)
_FIRST = _any(
    *(
        _FULL,
        DAYS,
        SEASONS,
        PART,
        PART_OF,
        NUMBERS,
        VAGUE,
        ORDINALS,
        DECADES,
        NAMED,
        UNITS,
        codebook.dates("first word"),
    ),
    {holiday.split()[0].split("'")[0] for holiday in codebook.dates("holiday")},
)
START = re.compile(
    rf"(?<![\w’'$€£#.,:/-])(?:[0-9]|(?:(?i:{_FIRST})(?:s|th|st|nd|rd)?"
    rf"|{_capital(_ABBREVIATED)}|{_any(_SHORT_DAYS)})\b|[QH](?=[1-4]\b)|[’'‘](?=[2-9]0s))"
)
