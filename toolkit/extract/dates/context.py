"""Context: whether what has the form of a date is one, by the words beside it."""

import re
from collections.abc import Sequence

from toolkit import codebook
from toolkit.extract.dates.direction import past, present
from toolkit.extract.dates.grammar import Expression
from toolkit.spans import Span, overlapping

_BEFORE = re.compile(r"([\w’'.]+)[^\w’']*\Z")
_AFTER = re.compile(r"\s([\w’'-]+)")
_POSSESSED = re.compile(r"[’']s\b")
_DETERMINERS = frozenset("the this that its his her their our last next".split())
_POSSESSIVES = frozenset("his her my your their our its".split())
_GOES_ON = re.compile(r"\s(?:[A-Z][\w’'-]*)")
_OF_AN_AGE = re.compile(r"[’']s\s(\w+)")
_NOW = frozenset("is are has have remains remain still faces face means more looks".split())
_UNITS_BEHIND = re.compile(
    r"\s?(?:%|°|km|kg|m|cm|mm|mph|hp|percent|per\scent|metres|meters|miles|feet|tons|tonnes|euros|dollars|pounds|crowns"
    r"|roubles|rubles|yuan|yen|degrees|hectares|acres|kilometres|kilometers|litres|hours|days|weeks|months|years|of\sthem"
    r"|words|pages|lines|votes|seats|troops|soldiers|people|men|women|children|students|workers|cases|deaths)\b"
)
"""What a year is not the number of; a plural behind a number without a preposition makes it a count as well."""


def previous(text: str, sentence: Span, start: int) -> str:
    """Return the word before a character, in lower case; empty at the beginning of a sentence and behind a full stop."""
    found = _BEFORE.search(text, max(sentence.start, start - 40), start)
    gap = text[found.end(1) : start] if found else ""
    return found[1].lower() if found and not set(gap) & set('.;:!?(“"') else ""


def following(text: str, sentence: Span, end: int) -> str:
    """Return the word right behind a character as it is written; empty behind any mark."""
    found = _AFTER.match(text, end, sentence.end)
    return found[1] if found else ""


def is_date(text: str, sentence: Span, e: Expression, before: Expression | None, names: Sequence[Span]) -> bool:
    """Tell whether an expression is a date here, by the words beside it and the names that the tagger found."""
    ahead, behind = previous(text, sentence, e.span.start), following(text, sentence, e.span.end)
    listed = before is not None and len(text[before.span.end : e.span.start]) < 12
    if e.base == "publication" and e.unit == "day" and e.shift == 0:
        vague = ahead not in {"", "and"} and (behind.lower() in _NOW or present(behind.lower()))
        age = _OF_AN_AGE.match(text, e.span.end, sentence.end)
        return not (vague or ahead == "of" or (age and age[1] in codebook.dates("of an age")))
    if e.base != "calendar":
        return True
    if text[e.span.start : e.span.end] in {"Christmas", "May Day"} and ahead not in codebook.dates("before a month"):
        return False
    match e.unit:
        case "day" if e.month is None:
            return _weekday(text, e, ahead, behind, listed, names)
        case "day":
            counted = ahead == "in" and text[e.span.start].isalpha() and not e.weekday and e.year is None
            return not counted
        case "month" if e.year is None and not e.of:
            return _month(text, e, ahead, behind, before if listed else None, names)
        case "season" if e.year is None and not e.of:
            return _season(text, sentence, e, ahead, behind)
        case "year":
            return _year(text, sentence, e, ahead, behind, listed)
        case "decade":
            return ahead not in _POSSESSIVES and not text[e.span.end :][:1].isdigit()
    return True


def _named(e: Expression, names: Sequence[Span]) -> bool:
    """Tell whether the tagger takes an expression, or a part of it, for a name."""
    return bool(overlapping(e.span, names))


def _weekday(text: str, e: Expression, ahead: str, behind: str, listed: bool, names: Sequence[Span]) -> bool:
    if ahead in codebook.dates("before another weekday"):
        return False
    longer = any(n.start < e.span.start or n.end > e.span.end for n in overlapping(e.span, names))
    goes_on = behind[:1].isupper() and not e.side
    led = ahead in {"on", "by", "since", "until", "before", "after", "from", "till", "late", "early", "and", ""}
    return not ((longer or (goes_on and not led) or (goes_on and listed)) and not e.side)


def _month(text: str, e: Expression, ahead: str, behind: str, before: Expression | None, names: Sequence[Span]) -> bool:
    """Tell whether a month without a year is one: March may march, and May may speak."""
    if e.side:
        return not behind[:1].isupper() or not _named(e, names)
    if any(n.end > e.span.end for n in overlapping(e.span, names)):
        return False
    if behind[:1].isupper() and ahead not in {"in", "since", "during"}:
        return False
    if _named(e, names) and ahead not in {"in", "since", "during", "last", "next", "until"}:
        return False
    if e.part or ahead in codebook.dates("before a month"):
        return not (
            ahead in {"by", "from", "of", "before", "after", "for", "about", "as"} and _a_person(text, e, behind)
        )
    if (
        before is not None
        and before.unit in {"month", "day", "year"}
        and text[before.span.end : e.span.start].strip(" ,") in {"", "and", "or", "to", "–", "-", "until"}
    ):
        return True
    if _POSSESSED.match(text, e.span.end):
        return not _a_person(text, e, "")
    named = ahead in _DETERMINERS or ahead in {"a", "an"} or ahead.endswith(("’s", "'s"))
    return (
        named
        and behind[:1].islower()
        and behind not in {"on", "to", "of", "for", "in", "against", "and", "is", "was", "towards", "from"}
    )


def _a_person(text: str, e: Expression, behind: str) -> bool:
    """Tell whether May, April, June or August may be somebody: a title or a first name stands before it elsewhere."""
    name = re.escape(text[e.span.start : e.span.end].split()[-1])
    known = re.search(
        rf"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord|President|Minister|Senator)\.?\s|(?<=[.!?]\s)|^){name}\s(?:[A-Z]\w+|said|says|told|added|wrote)",
        text,
        re.M,
    )
    titled = re.search(
        rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord|President|Minister|Senator|[A-Z][a-z]+)\s{name}\b(?!\s[0-9])", text
    )
    return bool(
        known
        or (
            titled
            and titled[0].split()[0]
            not in {
                "In",
                "By",
                "Since",
                "Until",
                "From",
                "Before",
                "After",
                "During",
                "Last",
                "Next",
                "This",
                "The",
                "Early",
                "Late",
                "Of",
                "And",
                "Between",
            }
        )
    ) and bool(name)


def _season(text: str, sentence: Span, e: Expression, ahead: str, behind: str) -> bool:
    if e.side or e.part:
        return not (e.side == "this" and behind[:1].isupper())
    word = text[e.span.start : e.span.end]
    if not word.islower():
        return False
    if behind in {"of", "from"} or (ahead == "in" and behind[:1].isalpha() and word == "fall"):
        return False
    led = {"in", "since", "until", "till", "by", "before", "after", "during", "throughout", "over", "for", "to"}
    if ahead == "the" and past(behind):
        return True
    if ahead == "the":
        start = sentence.start + len(text[sentence.start : e.span.start].rstrip()) - 3
        return previous(text, sentence, start) in led
    return ahead in led and word in {"spring", "summer", "autumn", "winter"} and ahead not in {"over", "by"}


def _year(text: str, sentence: Span, e: Expression, ahead: str, behind: str, listed: bool) -> bool:
    """Tell whether a number of four digits is a year."""
    assert e.year is not None
    if _UNITS_BEHIND.match(text, e.span.end) and not (
        ahead in {"in", "since", "during"} and e.year % 100 and not _UNITS_BEHIND.match(text, e.span.end)
    ):
        return False
    if re.match(r"\s(?:BC|BCE|B\.C)", text[e.span.end : e.span.end + 6]):
        return False
    if e.part or e.last is not None and e.year >= 1500:
        return True
    bare = text[e.span.start - 1 : e.span.start] == "(" and text[e.span.end : e.span.end + 1] in {")", ",", ";", "–"}
    plural = (
        behind.islower() and behind.endswith("s") and behind not in {"was", "is", "has", "as", "this", "its", "his"}
    )
    if ahead in codebook.dates("before a year"):
        counts = plural and (
            e.year % 100 == 0 or ahead in {"of", "about", "around", "between", "by", "from", "to", "for"}
        )
        return not counts
    if e.year < 1800:
        return bare
    if listed and text[e.span.start - 2 : e.span.start - 1] in {",", "d", "r", "o"}:
        return True
    if ahead in _DETERMINERS | {"a", "an"} or ahead.endswith(("’s", "'s", "s’")):
        quoted = text[e.span.end : e.span.end + 2] in {" “", ' "'}
        return (behind[:1].isalpha() or quoted) and not (plural and e.year % 100 == 0)
    first = not text[sentence.start : e.span.start].strip(" “\"'")
    return (
        bare
        or (first and behind in {"was", "is", "will", "saw", "brought", "began", "has", "had", "would"})
        or bool(_POSSESSED.match(text, e.span.end))
    )
