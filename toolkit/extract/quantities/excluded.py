"""Excluded: numbers that count nothing: years, days, times, scores, ages, and numbers that are part of a name."""

import re

from toolkit import codebook
from toolkit.codebook.nouns import is_plural, known
from toolkit.extract.quantities.amounts import Amount
from toolkit.spans import Span

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:and\s+|to\s+|or\s+)?)?$")
_MONTH_BEHIND = re.compile(rf"\s+(?:of\s+)?{_MONTH}|,?\s(?:and|to|or|[-–])\s\d{{1,2}}\s{_MONTH}")
_WORDS_BEFORE = re.compile(r"(?:([^\W\d_][\w’'.&-]*)\s+)?([^\W\d_][\w’'.&-]*)[\s\u00a0]+$")
_TIME_BEHIND = re.compile(
    r"\s?(?:[ap]\.?m\b|o[’']?clock|hrs\b|hours?\s+(?:GMT|local|UTC)|GMT\b|UTC\b|BC\b|AD\b|BCE\b|CE\b)", re.I
)
_AGE_BEHIND = re.compile(
    r"(?:,?\s(?:and|or|to)\s\d+)?[-\s](?:years?|months?|weeks?|days?)?[-\s]?(?:olds?\b|of\s+age\b)", re.IGNORECASE
)
_AGE_BEFORE = re.compile(
    r"\b(?:(?:turn(?:ed|s|ing)?|at the age of)\s+|age[ds]?\s+(?:\d{1,3},\s+)*(?:\d{1,3},?\s+(?:and|or|to)\s+)?)"
    r"(?:between\s+)?$",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"\b(?:version|release|article|section|chapter|paragraph|clause|figure|table|regulation|rule)\s+$", re.IGNORECASE
)
_APPOSED = re.compile(r"[^\W\d_][\w’'-]*,\s+$")
_ADDRESS = re.compile(r"\s(?:[A-Z]\w+\s){1,2}(?:Street|Road|Avenue|Square|Lane|Place|Drive|Boulevard|Court|Terrace)\b")
_CODE_BEFORE = re.compile(r"(?:\d[ \u00a0-]|\+|\+\d+[ -])\Z")
_CODE_BEHIND = re.compile(r"[ \u00a0-]\d")
_LISTED = re.compile(r"(?:^|\n)\s*[(\[]?$")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|before|after|during|from|to|and|through|throughout|between|early|late|mid|year|years|the|a|an|this|that"
    r"|its|their|his|her|our|spring|summer|autumn|fall|winter|christmas)[\s-]+$|[’']s\s+$|\(\s*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:in|since|until|till|before|after|during|year)\s+$", re.IGNORECASE)
_POINTING = re.compile(r"\b(?:the|these|those|all|any|other|both|either|neither|same)\s+$", re.IGNORECASE)
_ONE = re.compile(
    r"\b(?:only|just|at least|another|more than|fewer than|less than|no more than|exactly)\s+$", re.IGNORECASE
)
_SIGN_BEHIND = re.compile(r"\)|\.(?=\s)")
_BRACKETS = re.compile(r"[\[(]\s*$")


def excluded(text: str, amount: Amount, counted: Span | None, start: int, stop: int) -> bool:
    """Return whether a number counts nothing."""
    end = amount.end
    before = text[max(start, amount.start - 40) : amount.start]
    if amount.form in {"vague", "share"}:
        return False
    if _AGE_BEHIND.match(text, end, stop) or (amount.unit.kind == "time" and _old(text, end, stop)):
        return True
    if amount.unit.kind in {"money", "share"}:
        return False
    if _TIME_BEHIND.match(text, end, stop) or _of_a_clock(amount, before):
        return True
    if amount.form == "words":
        return _words(text, amount, counted, before)
    return _digits(text, amount, counted, before, start, stop)


def _old(text: str, end: int, stop: int) -> bool:
    return re.compile(r"[-\s](?:olds?|of\s+age)\b", re.IGNORECASE).match(text, end, stop) is not None


def _of_a_clock(amount: Amount, before: str) -> bool:
    bare = amount.unit.name == "" and amount.low is not None and amount.low < 25
    return bare and re.search(r"\b(?:noon|midnight|half past|quarter past|quarter to)\s+$", before) is not None


def _words(text: str, amount: Amount, counted: Span | None, before: str) -> bool:
    """Return whether a number in words counts nothing: a name, "the two sides", "one"."""
    number = text[amount.start : amount.end]
    opens = not before.strip() or before.rstrip()[-1] in ".!?:“\"'‘(–—"
    named = counted is not None and text[counted.start].isupper() and known(text[slice(*counted)].split()[-1])
    if number[0].isupper() and not amount.modified and (named or not opens):
        return True
    small = amount.low is not None and amount.low < 10 and not amount.scaled and not amount.range
    if small and amount.low == 1 and amount.unit.kind == "time" and not amount.modified and not amount.hyphen:
        return number.split()[-1] == "day" or (not _ONE.search(before) and bool(_POINTING.search(before)))
    if small and not amount.modified and amount.unit.name == "" and _POINTING.search(before):
        return True
    if small and amount.low == 1 and amount.unit.name == "" and not amount.modified:
        return not (_ONE.search(before) and counted)
    if amount.low == 0 and amount.unit.name == "":
        return True
    if counted or amount.unit.name or amount.scaled or amount.modified or amount.hyphen or (amount.low or 0) > 20:
        return False
    return not _meant_bare(text, amount, before)


def _meant_bare(text: str, amount: Amount, before: str) -> bool:
    """Return whether a small number alone stands for those it counts: "five were killed", "the toll rose to nine"."""
    behind = re.match(r"\s+([a-z]+)", text[amount.end : amount.end + 24])
    if behind and behind[1] in codebook.small("verb of a number"):
        return (
            behind[1] != "of"
            or re.match(r"\s+of\s+(?:the|its|their|them|his|her|our|those|these)\b", text[amount.end : amount.end + 12])
            is not None
        )
    word = re.search(r"([a-z]+)\s+$", before)
    if word and word[1] in codebook.small("number that is meant bare"):
        return True
    return bool(
        word and word[1] in {"to", "only", "just"} and set(re.findall("[a-z]+", before)) & codebook.small("of change")
    )


def _digits(text: str, amount: Amount, counted: Span | None, before: str, start: int, stop: int) -> bool:
    """Return whether a number in digits counts nothing: a year, a day, part of a name or list."""
    number = text[amount.start : amount.end]
    digits = re.findall(r"\d+", number)
    plain = amount.unit.name == "" and not amount.scaled and "," not in number and "." not in number
    if amount.unit.name == "" and _MONTH_BEFORE.search(before):
        return True
    if amount.unit.name == "" and _MONTH_BEHIND.match(text, amount.end, stop):
        return True
    if amount.unit.name == "" and not amount.scaled and "." in number and _VERSION.search(before):
        return True
    if not plain or not digits:
        return False
    if _LISTED.search(text[max(0, amount.start - 3) : amount.start]) and _SIGN_BEHIND.match(text, amount.end, stop):
        return True
    if len(digits[0]) < 3 and text[amount.end : amount.end + 1] == ")" and "(" not in before[-20:]:
        return True  # "1) ..., 2) ..."
    if (
        _BRACKETS.search(before)
        and text[amount.end : amount.end + 1] in {")", "]"}
        and amount.start
        and len(digits[0]) < 5
    ):
        return True
    if (
        _ADDRESS.match(text, amount.end, stop)
        or _CODE_BEFORE.search(before)
        or _CODE_BEHIND.match(text, amount.end, stop)
    ):
        return True  # "020 7946 0018"
    if not counted and len(digits[0]) > 3 and _UNTIL.search(before):
        return True  # "in 20255"
    small = len(digits[-1]) <= 3
    if small and _APPOSED.search(before) and re.match(r"[,.]|\s[–—―-]\s", text[amount.end : amount.end + 3]):
        return True  # an age: "Ann Lee, 34, said"
    if small and _AGE_BEFORE.search(before) and not counted:
        return True
    if all(_a_year(d) for d in digits) and _year(text, amount, counted, before):
        return True
    if amount.range and amount.low is not None and not counted and not amount.modified and len(digits[0]) < 4:
        return text[amount.start : amount.end].find(" ") < 0  # a score: "3-4"
    if amount.modified:
        return False
    return _part_of_a_name(text, amount, counted, before, start)


def _a_year(digits: str) -> bool:
    return len(digits) == 4 and "1000" <= digits < "2200"


def _year(text: str, amount: Amount, counted: Span | None, before: str) -> bool:
    if amount.modified or amount.hyphen:
        return amount.hyphen
    recent = re.sub(r"\D", "", text[amount.start : amount.end])[:4] >= "1500"
    return recent and (counted is None or _YEAR_BEFORE.search(before) is not None)


def _part_of_a_name(text: str, amount: Amount, counted: Span | None, before: str, start: int) -> bool:
    """Return whether digits stand behind what they number: "Article 4", "Boeing 747", "Group of 7"."""
    found = _WORDS_BEFORE.search(before)
    if found is None:
        return False
    first, word = found[1], found[2]
    low = word.lower().rstrip(".")
    if low in codebook.small("numbered thing") and not is_plural(low):
        return not (counted and low in {"year", "years", "group", "crew"})
    if low in {"articles", "sections", "chapters", "pages", "nos", "resolutions", "directives"}:
        return True
    if low == "of" and first and first[0].isupper() and len(text[amount.start : amount.end]) < 3:
        return True
    opens = found.start(2) + max(start, amount.start - 40) == start or re.search(
        r"[.!?:“\"‘(]\s*$", before[: found.start(2)]
    )
    if not word[0].isupper() or low in codebook.words("closed_class", "word") or opens:
        return False
    run = re.search(r"([^\W\d_][\w’'-]*)\s+(?:[A-Z][\w’'.&-]*\s+)+$", before)
    placed = run is not None and run[1].lower() in codebook.small("before an object")
    return not (counted and placed) and not (counted and word.endswith(("day", "’s", "'s")))
