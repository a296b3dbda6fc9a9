"""The parts of an article: headline, byline, dateline, paragraphs, words."""

import re
from datetime import date
from typing import NamedTuple

from toolkit.spans import Span, trimmed

# a stop between a word and a capital, where the word is no abbreviation before a name
SENTENCE_ENDS = re.compile(
    r"(?<=[a-z]{2})(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bGen)(?<!\bProf)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bLt)"
    r"(?<!\bMaj)(?<!\bBrig)(?<!\bAdm)(?<!\bCol)(?<!\bCapt)(?<!\bSgt)(?<!\bRev)(?<!\bHon)(?<!\bJr)(?<!\bSr)(?<!\bInc)(?<!\bLtd)(?<!\bCo)(?<!\bCorp)(?<!\bvs)\.\s+(?=[A-Z])"
)
WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))\b\.?"
)
_DATE = (
    rf"(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|{_MONTH.replace('month', 'month2')}\s+(?P<year4>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.replace('month', 'month3')}(?:,?\s+(?P<year2>\d{{4}}))?"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))"
)
_WORD_UPPER = r"[^\W\d_a-z][\w’'.-]*"
_PLACE = rf"{_WORD_UPPER}(?:(?:\s|,\s|/)(?:(?:de|la|le|el|al|of|the|am|an|der|sur)\s)?{_WORD_UPPER}){{0,5}}"
_AGENCY = r"(?P<agency>\s*\([\w .’&-]{2,30}\)|\s*[/,]\s*[A-Z]{2,10}\b)?"
_DASH = r"\s*(?:–|—|--|\s-)\s"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_DATELINES = tuple(
    re.compile(rf"(?P<place>{_PLACE}?){form}")
    for form in (
        rf"(?:,?\s+{_WEEKDAY}(?P<date>{_DATE}))?{_AGENCY}{_DASH}",
        rf"{_AGENCY}{_DASH}{_WEEKDAY}(?P<date>{_DATE})\.?\s",  # "PORT (Wire) – May 1, 2031. It is calm."
        rf",\s{_WEEKDAY}(?P<date>{_DATE})(?P<agency>\.)\s",  # "Port, 1 May 2031. It is calm."
    )
)
_DATE_LINE = re.compile(
    rf"(?:(?i:published|posted|updated|date)(?:\son)?:?\s+)?{_WEEKDAY}{_DATE}"
    r"(?:[,T ]+(?:at\s)?\d\d?[:.]\d\d.{0,12})?\.?"
)
_NO_PLACE = frozenset({"the", "a", "an", "in", "on", "by", "from", "after", "since"})
_BYLINE = re.compile(r"(?i:by|author:|written by)\s+(?P<name>[^\W\d_][^\n]{1,79})")
_ONE_NAME = rf"{_WORD_UPPER}(?:\s+(?:(?:de|la|van|von|der|bin|al|el|da|di)\s+)*{_WORD_UPPER}){{1,3}}"
_NAME = re.compile(_ONE_NAME)
# One name, or several of which the last follows "and"; a comma without it leads to an outlet.
_NAMES = re.compile(
    rf"(?P<names>{_ONE_NAME}(?:(?:,\s+{_ONE_NAME}){{0,3}},?\s+(?:and|&)\s+{_ONE_NAME})?)(?:\s*[,|•·/–—-]\s.*)?"
)
_LONGEST_HEADLINE = 250
_LONGEST_DATELINE = 120


class Dateline(NamedTuple):
    """Where and when a text says it was written: `place` is None in a line with a date alone.

    `date` is ISO, or None where not given whole.
    """

    span: Span
    place: str | None
    date: str | None


class Layout(NamedTuple):
    """The parts of a text. `paragraphs` are those of the body."""

    headline: Span | None
    byline: Span | None
    author: str | None
    dateline: Dateline | None
    paragraphs: tuple[Span, ...]


def layout(text: str) -> Layout:
    """Return the parts of a clean text; those it does not have are None.

    >>> parts = layout("A calm sea?\\n\\nBy Ada Lind\\n\\nPORT, May 1, 2031 – It is calm.")
    >>> parts.author, parts.dateline.place, parts.dateline.date, len(parts.paragraphs)
    ('Ada Lind', 'PORT', '2031-05-01', 1)
    """
    blocks = [Span(*m.span()) for m in re.finditer(r"[^\n]+", text)]
    blocks = [b for b in (trimmed(text, *b) for b in blocks) if b.start < b.end]
    headline = byline = author = None
    if len(blocks) > 1 and _is_headline(text[slice(*blocks[0])]):
        headline, blocks = blocks[0], blocks[1:]
    # a subtitle may stand between the headline and the byline; some texts are signed at their end
    for i in (0, 1, -1):
        if len(blocks) > max(i + 1, 1) and (author := _author(text[slice(*blocks[i])], signed=i < 0)):
            byline = blocks.pop(i)
            break
    dateline = _dateline(text, blocks[0]) if blocks else None
    return Layout(headline, byline, author, dateline, tuple(blocks))


def prose(text: str, parts: Layout) -> list[Span]:
    """Return where a text is written in sentences: its headline, and its paragraphs without the dateline."""
    skipped = parts.dateline.span if parts.dateline else Span(-1, -1)
    spans = [Span(skipped.end if p.start == skipped.start else p.start, p.end) for p in parts.paragraphs]
    spans = [trimmed(text, *span) for span in ([parts.headline] if parts.headline else []) + spans]
    return [span for span in spans if span.start < span.end]


def _is_headline(line: str) -> bool:
    """Tell whether a first line is a headline: short, and no ordinary sentence."""
    if len(line) > _LONGEST_HEADLINE or _dateline(line, Span(0, len(line))):
        return False
    if not line.rstrip("”\"’'").endswith((".", ",")):
        return True
    long_words = re.findall(r"[^\W\d_]{4,}", line)
    capitals = sum(w[0].isupper() for w in long_words)
    return len(long_words) > 2 and capitals > 0.8 * len(long_words)


def _author(line: str, signed: bool) -> str | None:
    """Return whom a byline names, None where it is a sentence; at the end a name alone will do."""
    found = _BYLINE.fullmatch(line)
    if found is None:
        return line if signed and _NAME.fullmatch(line) else None
    names = _NAMES.fullmatch(found["name"]) if not line.endswith((".", ":", "?", "!")) else None
    return names["names"] if names else None


def _dateline(text: str, block: Span) -> Dateline | None:
    alone = _DATE_LINE.fullmatch(text, *block)
    if alone and (day := _iso(alone)):
        return Dateline(block, None, day)
    best: Dateline | None = None
    for form in _DATELINES:
        found = form.match(text, block.start, min(block.end, block.start + _LONGEST_DATELINE))
        place = found["place"].strip(" ,") if found else ""
        if not found or not place[:1].isupper():
            continue
        day = _iso(found)
        # A dash after a capitalised word alone opens many sentences: ask for a date, an agency or capitals.
        known = found["date"] or found["agency"] or (place.isupper() and len(place) > 2)
        sentence = found["agency"] == "." and (not day or place.split()[0].lower() in _NO_PLACE)
        if known and not sentence and (best is None or (day and not best.date)):
            best = Dateline(trimmed(text, found.start(), found.end()), place, day)
    return best


def full_date(text: str) -> str | None:
    """Return a date that has a day, a month and a year as ISO 8601, None for any other text.

    >>> full_date("May 1, 2031"), full_date("2031-05-01T09:30"), full_date("May 2031"), full_date("today")
    ('2031-05-01', '2031-05-01', None, None)
    """
    found = re.fullmatch(rf"{_DATE}(?:[T ]\d\d:.*)?", text.strip())
    return _iso(found) if found else None


def _iso(found: re.Match[str]) -> str | None:
    if found["iso"]:
        parts = found["iso"].split("-")
        year, month, day = int(parts[0]), int(parts[1]), int(parts[2])
    else:
        name, number, in_year = found["month"] or found["month3"], found["day"] or found["day2"], None
        in_year = found["year"] or found["year2"]
        if not (name and number and in_year):
            return None
        month = _MONTHS.index(name.lower()[:3]) + 1
        year, day = int(in_year), int(number)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def words(text: str) -> int:
    """Return how many words a stretch has; "North-East" and "12,000" are one each.

    >>> words("It’s 12,000 – no more.")
    4
    """
    return sum(1 for _ in WORD.finditer(text))
