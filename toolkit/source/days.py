"""The day of publication, in the forms in which pages, headers and the columns of exports give it."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate

from toolkit.source.segment import full_date

_TIME = re.compile(r"[,T\s]+(?:at\s+)?\d{1,2}[:.]\d\d.*|T\d{6}.*", re.DOTALL)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+", re.I)
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{6})?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_SINCE_1970 = re.compile(r"(\d{9,10})(?:\.\d*)?|(\d{12,13})")


def day(written: str) -> str | None:
    """Return a day that is given whole as ISO 8601, None for any other text.

    "3/4/2031" may be two days, and is none; with a full stop the day comes first. A count of seconds, or of
    thousandths, is since 1970.

    >>> day("Thu, 01 May 2031 23:30:00 +0200"), day("20310501"), day("1.5.2031"), day("5/13/2031"), day("3/4/2031")
    ('2031-05-01', '2031-05-01', '2031-05-01', '2031-05-13', None)
    """
    written = written.strip()
    if found := full_date(written):
        return found
    alone = _WEEKDAY.sub("", _TIME.sub("", written), count=1)
    if found := full_date(alone):
        return found
    if match := (_DIGITS.fullmatch(alone) or _YEAR_FIRST.fullmatch(alone)):
        return _iso(*map(int, match.groups()))
    if match := _YEAR_LAST.fullmatch(alone):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "." or first > 12 or first == second:
            return _iso(year, second, first)
        return _iso(year, first, second) if second > 12 else None
    if match := _SINCE_1970.fullmatch(written):
        return datetime.fromtimestamp(int(match[1] or match[2][:-3]), UTC).date().isoformat()
    parts = parsedate(written)
    return _iso(*parts[:3]) if parts else None


def _iso(year: int, month: int, number: int) -> str | None:
    try:
        return date(year, month, number).isoformat()
    except (ValueError, OverflowError):
        return None
