"""Context: whether what has the form of a date is one, by the words beside it and the names that the tagger found."""

import re
from collections.abc import Sequence
from functools import lru_cache

from toolkit import codebook
from toolkit.extract.dates.direction import past, present
from toolkit.extract.dates.grammar import Expression
from toolkit.spans import Span, overlapping

_BEFORE = re.compile(r"([\w’'.]+)[^\w’']*\Z")
_AFTER = re.compile(r"\s([\w’'-]+)")
_POSSESSED = re.compile(r"[’']s\b(?:\s(\w+))?")
_POSSESSIVES = ("’s", "'s", "s’")
_OF_BUSINESS = re.compile(
    r"[$€£¥%]|\b(?i:per\s?cent|profits?|sales|revenues?|earnings|turnover|growth|output|inflation|economy|GDP|exports)\b"
)
_NEAR = 12  # characters between the members of a list
_BC = re.compile(r"\s(?:BCE?\b|B\.\s?C)")
_SURE = frozenset({"in", "since", "during"})  # after these no person is meant
_EARLY, _OLD = 1500, 1800  # before these years a number alone is more often a count


def previous(text: str, sentence: Span, start: int) -> str:
    """Return the word before a character, in lower case; empty where a sentence begins and behind a full stop."""
    found = _BEFORE.search(text, max(sentence.start, start - 40), start)
    gap = text[found.end(1) : start] if found else ""
    return found[1].lower() if found and not set(gap) & set('.;:!?(“"') else ""


def following(text: str, sentence: Span, end: int) -> str:
    """Return the word right behind a character as it is written; empty behind any mark."""
    found = _AFTER.match(text, end, sentence.end)
    return found[1] if found else ""


def is_date(text: str, sentence: Span, e: Expression, before: Expression | None, names: Sequence[Span]) -> bool:
    """Tell whether an expression is a date here; `before` is the one that the sentence gave last."""
    ahead, behind = previous(text, sentence, e.span.start), following(text, sentence, e.span.end)
    near = before if before is not None and e.span.start - before.span.end < _NEAR else None
    own = overlapping(e.span, names)
    if e.base == "publication" and e.unit == "day" and e.shift == 0:
        return _today(text, e, ahead, behind.lower())
    if e.base != "calendar":
        return True
    if text[slice(*e.span)] in {"Christmas", "May Day"}:  # and not its tree, nor its parade
        return ahead in codebook.dates("before a month")
    match e.unit:
        case "day" if e.month is None:
            return _weekday(e, ahead, behind, near is not None, own)
        case "day":  # "in May 12 people came"
            return ahead != "in" or not text[e.span.start].isalpha() or bool(e.weekday or e.year)
        case "month" if e.year is None and not e.of:
            return _month(text, e, ahead, behind, near, own)
        case "season" if e.year is None and not e.of:
            return _season(text, sentence, e, ahead, behind)
        case "year":
            return _year(text, sentence, e, ahead, behind, near)
        case "quarter" if e.year is None and not e.of:  # of a business year, and of no game
            return _OF_BUSINESS.search(text, *sentence) is not None
        case "decade":  # "in her nineties"
            return ahead == "the" or ahead not in codebook.dates("owner")
    return True


def _today(text: str, e: Expression, ahead: str, behind: str) -> bool:
    """Tell whether "today" is a day, and not our times: "ships today are faster", "today’s youth"."""
    owned = _POSSESSED.match(text, e.span.end)
    of_our_times = ahead not in {"", "and"} and (behind in codebook.dates("after our times") or present(behind))
    return not (of_our_times or ahead == "of" or (owned and owned[1] in codebook.dates("of an age")))


def _weekday(e: Expression, ahead: str, behind: str, listed: bool, own: Sequence[Span]) -> bool:
    """Tell whether a weekday is one: no name such as Black Friday, and no day that recurs."""
    if ahead in codebook.dates("before another weekday"):
        return False
    longer = any(n.start < e.span.start or n.end > e.span.end for n in own)
    goes_on = behind[:1].isupper() and (listed or ahead not in codebook.dates("before a weekday") | {"": ""})
    return bool(e.side) or not (longer or goes_on)


def _month(text: str, e: Expression, ahead: str, behind: str, near: Expression | None, own: Sequence[Span]) -> bool:
    """Tell whether a month without a year is one: March may march, and May may speak."""
    if e.side:
        return not (behind[:1].isupper() and own)
    longer = any(n.end > e.span.end for n in own)
    if longer or ((own or behind[:1].isupper()) and ahead not in _SURE):
        return False
    if e.part or ahead in _SURE:
        return True
    if ahead in codebook.dates("before a month"):
        return not _is_somebody(text, e)
    if near is not None and near.unit in {"month", "day", "year"}:
        between = text[near.span.end : e.span.start].strip(" ,")
        if between in {"", "and", "or", "to", "until", "–", "-"}:
            return True
    if _POSSESSED.match(text, e.span.end):
        return not _is_somebody(text, e)
    led = ahead in codebook.dates("owner") or ahead in {"a", "an"} or ahead.endswith(_POSSESSIVES)
    return led and behind[:1].islower() and behind not in codebook.dates("after no month")


def _is_somebody(text: str, e: Expression) -> bool:
    """Tell whether somebody is called May, April or June: a name stands before it somewhere, or a cue behind it."""
    return _is_a_name(text, text[slice(*e.span)].split()[-1])


@lru_cache(maxsize=12)  # the months of the text that is being read
def _is_a_name(text: str, month: str) -> bool:
    name = re.escape(month)
    for m in re.finditer(rf"(?:([A-Z][\w.’'-]*)\s)?\b{name}\b(?:\s(\w+))?", text):
        led = (m[1] or "").lower().rstrip(".")
        kinds = ("before a month", "before a year", "part", "weekday", "ordinal", "owner")
        called = bool(led) and not any(led in codebook.dates(kind) for kind in kinds) and not (m[2] or "").isdigit()
        if called or (m[2] or "") in codebook.cues():
            return True
    return False


def _season(text: str, sentence: Span, e: Expression, ahead: str, behind: str) -> bool:
    """Tell whether a season without a year is one: springs flow, and cities fall."""
    if e.side or e.part:
        return not (e.side == "this" and behind[:1].isupper())
    word, led = text[slice(*e.span)], codebook.dates("before a season")
    if not word.islower() or behind in {"of", "from"}:
        return False
    if ahead == "the":
        start = sentence.start + len(text[sentence.start : e.span.start].rstrip()) - len(ahead)
        return past(behind) or previous(text, sentence, start) in led
    return ahead in led and ahead != "over" and (word != "fall" or ahead not in {"in", "to", "for"})


def _year(text: str, sentence: Span, e: Expression, ahead: str, behind: str, near: Expression | None) -> bool:
    """Tell whether a number of four digits is a year, and not a count of what follows."""
    assert e.year is not None
    if text[e.span.end : e.span.end + 1] in {"%", "°"} or _BC.match(text, e.span.end):
        return False
    if behind.lower() in codebook.dates("counted"):
        return False
    if e.part or (e.last is not None and e.year >= _EARLY):
        return True
    plural = behind.islower() and behind.endswith("s") and behind not in codebook.dates("no plural")
    if ahead in codebook.dates("before a year"):
        return not (plural and (e.year % 100 == 0 or ahead not in _SURE | {"until", "before", "after", "year", "till"}))
    bracketed = text[e.span.start - 1 : e.span.start] == "(" and text[e.span.end : e.span.end + 1] in {")", ",", ";"}
    if bracketed or e.year < _OLD:
        return bracketed
    if near is not None and text[near.span.end : e.span.start].strip(" ,") in {"", "and", "or", "to"}:
        return True
    if ahead in codebook.dates("owner") or ahead in {"a", "an"} or ahead.endswith(_POSSESSIVES):
        quoted = text[e.span.end : e.span.end + 2] in {" “", ' "'}
        return (behind[:1].isalpha() or quoted) and not (plural and e.year % 100 == 0)
    opens = not text[sentence.start : e.span.start].strip(" “\"'")
    tells = past(behind) or behind in {"is", "has", "will", "would"}
    return (opens and tells) or bool(_POSSESSED.match(text, e.span.end))
