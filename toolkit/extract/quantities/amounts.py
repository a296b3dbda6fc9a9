"""Amounts: a number or a range of numbers with its unit, and the words that say how it is meant."""

import re
from functools import cache
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook.units import Unit, currencies, quantity_modifiers, units
from toolkit.extract.quantities.numerals import START, begins, nonsense, numeral, out_of

_PLAIN = Unit("", "")
_MINUS = re.compile(r"(?:(?<![^\s(“\"'])[-−]|\bminus\s)\Z", re.IGNORECASE)
_HYPHEN = re.compile(r"\s?[-–‑−]\s?(?=[\d$€£¥])|[-–]to[-–]")
_TO = re.compile(r"\s+to\s+")
_OR = re.compile(r"\s+or\s+")
_AND = re.compile(r"\s+and\s+")
_BETWEEN, _FROM = re.compile(r"\bbetween\s+$", re.IGNORECASE), re.compile(r"\bfrom\s+$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")
_REACH = 48  # characters before a range in which a word of change is looked for
_LETTER = re.compile(r"[^\W\d_]")


class Amount(NamedTuple):
    """A number or range: place, bounds, whether near only, its unit, and how it is written."""

    start: int
    end: int
    low: float | None
    high: float | None
    near: bool
    unit: Unit
    form: str  # digits, words, vague, share
    scaled: bool = False
    range: bool = False
    modified: bool = False
    hyphen: bool = False  # a compound goes on behind: "15-member"


@cache
def _before_number() -> re.Pattern[str]:
    return re.compile(rf"(?:{units('before').pattern})[ \u00a0]?\Z")


@cache
def _after_number() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s\u00a0]|-)?({units('after').pattern})(?![\w²³$]|[’']\w)(?<![%°])|\s?(%|°)(?!\w)")


@cache
def _foreign_money() -> re.Pattern[str]:
    """Return the pattern of a currency behind the adjective of its country: "South Korean won"."""
    return re.compile(rf"\s((?:[A-Z][\w.]+\s){{1,2}}(?:{'|'.join(currencies())}))\b")


@cache
def _modifier_before() -> re.Pattern[str]:
    own = sorted(quantity_modifiers("before"), key=len, reverse=True)
    return re.compile(
        rf"(?<![\w-])({'|'.join(re.escape(w).replace(chr(92) + ' ', chr(92) + 's+') for w in own)})\s+$", re.I
    )


@cache
def _modifier_after() -> re.Pattern[str]:
    own = sorted(quantity_modifiers("after"), key=len, reverse=True)
    parts = (rf"\s+{re.escape(w)}\b".replace(r"\ ", r"\s+") if w[0].isalpha() else re.escape(w) for w in own)
    return re.compile(rf"({'|'.join(parts)})(?!\w)", re.I)


def amounts(text: str, start: int, stop: int) -> list[Amount]:
    """Return the numbers and ranges of a stretch, in order; what a number counts is not looked at here."""
    found: list[Amount] = []
    at = start
    while (candidate := START.search(text, at, stop)) is not None:
        first = _one(text, candidate.start(), stop)
        if first is None:
            at = _past(text, max(candidate.end(), nonsense(text, candidate.start(), stop)), stop)
            continue
        group, at = _with_range(text, first, start, stop)
        found += [_modified(text, amount, start, stop) for amount in group]
    return found


def _past(text: str, at: int, stop: int) -> int:
    """Return where the word or code that holds a place ends: a part of it begins no number."""
    while at < stop and (text[at].isalnum() or (text[at] in ".,:/-–" and at + 1 < stop and text[at + 1].isalnum())):
        at += 1
    return at


def _one(text: str, at: int, stop: int, linked: bool = False) -> Amount | None:
    """Return one number with its unit; a `linked` one is the second of a range."""
    symbol = _before_number().search(text, max(0, at - 5), at) if not text[at].isalpha() else None
    if symbol and symbol[0][0].isalpha() and text[symbol.start() - 1 : symbol.start()].isalnum():
        symbol = None
    word = text[at].isalpha() and not (at > 1 and text[at - 1] in "-‑" and text[at - 2].isalnum())
    free = linked or word or (not text[at].isalpha() and begins(text, symbol.start() if symbol else at))
    number = numeral(text, at, stop, symbol is not None) if free else None
    if number is None:
        return None
    start, low, high = symbol.start() if symbol else at, number.low, number.high
    minus = _MINUS.search(text, max(0, start - 6), start)
    if minus:
        start, low, high = minus.start(), -low, -low
    share = (
        out_of(text, number, stop) if number.form in {"digits", "words"} and not number.scaled and not symbol else None
    )
    if share:
        return Amount(at, share.end, share.low, share.high, False, units("after")["percent"], "share")
    unit, end = _PLAIN, number.end
    if symbol:
        unit = units("before")[symbol[0]]
    if number.form == "share":
        return Amount(start, end, low, high, False, units("after")["percent"], "share")
    behind = end + 3 if number.form == "vague" and text[end : end + 4] == " of " else end
    foreign = _foreign_money().match(text, behind, stop) if not symbol else None
    after = _after_number().match(text, behind, stop) if foreign is None else None
    if foreign:
        unit, end = Unit(" ".join(foreign[1].split()), "money"), foreign.end()
    elif after and not (symbol and units("after")[after[1] or after[2]].kind != "money"):
        unit, end = units("after")[after[1] or after[2]], after.end()
    compound = end < stop and text[end] in "-‑" and end + 1 < stop and _LETTER.match(text[end + 1]) is not None
    if end < stop and text[end].isalnum():
        return None  # "4th", "1990s", "5G"
    return Amount(start, end, low, high, number.near, unit, number.form, number.scaled, hyphen=compound)


def _with_range(text: str, first: Amount, start: int, stop: int) -> tuple[list[Amount], int]:
    """Return the number, or the range or pair that it begins, and where to look on; scores and codes give none."""
    hyphen, to, either = (p.match(text, first.end, stop) for p in (_HYPHEN, _TO, _OR))
    between, rising = (p.search(text, max(start, first.start - 12), first.start) for p in (_BETWEEN, _FROM))
    both = _AND.match(text, first.end, stop) if between else None
    link = hyphen or to or either or both
    second = (
        _one(text, _number_at(text, link.end()), stop, True) if link and first.form in {"digits", "words"} else None
    )
    if link is None or second is None or second.form not in {"digits", "words"}:
        if hyphen:
            return [], _past(text, first.end, stop)  # a code
        return [first], first.end
    a, b = _sharing(first, second)
    low, high = a.low or 0.0, b.low or 0.0
    alike = a.unit == b.unit
    changed = {w.lower() for w in _WORDS.findall(text[max(start, first.start - _REACH) : first.start])}
    change = rising is not None and to is not None and bool(changed & codebook.small("of change"))
    if (rising and to and (change or low >= high)) or not alike:
        return [a, b], b.end
    if low >= high or (either and high - low > max(low, 5)):
        told_twice = first.unit != _PLAIN and second.unit != _PLAIN and not hyphen
        return ([a, b], b.end) if (either or both or told_twice) else ([], _past(text, b.end, stop))
    if hyphen and _another(text, b.end, stop):
        return [], _past(text, b.end, stop)
    begin = next((m.start() for m in (between if both else None, rising if to else None) if m), a.start)
    return [Amount(begin, b.end, low, high, False, b.unit, b.form, a.scaled or b.scaled, True, hyphen=b.hyphen)], b.end


def _number_at(text: str, at: int) -> int:
    """Return where the digits begin behind a currency."""
    found = re.compile(rf"(?:{units('before').pattern})[\s\u00a0]?(?=\d)").match(text, at)
    return found.end() if found else at


def _sharing(a: Amount, b: Amount) -> tuple[Amount, Amount]:
    """Return two numbers of a range, scale and unit given to both: "2 to 3 million euros", "$2-3"."""
    least, most = a.low or 0.0, b.low or 0.0
    scale = next((size for size in (1e12, 1e9, 1e6, 1e3, 1e2) if most >= size), 1.0)
    small = least < (1000 if b.form == "digits" else 100)
    if b.scaled and not a.scaled and small and least * scale < most:
        a = a._replace(low=least * scale, high=least * scale, scaled=True)
    if a.unit == _PLAIN:
        a = a._replace(unit=b.unit)
    elif b.unit == _PLAIN:
        b = b._replace(unit=a.unit)
    return a, b


def _another(text: str, at: int, stop: int) -> bool:
    return re.compile(r"\s?[-–/]\s?\d").match(text, at, stop) is not None


def _modified(text: str, amount: Amount, start: int, stop: int) -> Amount:
    """Return the number with the words that say how it is meant: about, at least, up to."""
    before = _modifier_before().search(text, max(start, amount.start - 24), amount.start)
    after = _modifier_after().match(text, amount.end, stop)
    low, high, near, begin, end = amount.low, amount.high, amount.near, amount.start, amount.end
    for found, of in ((before, quantity_modifiers("before")), (after, quantity_modifiers("after"))):
        if found is None:
            continue
        means = of[" ".join(found[1].lower().split())]
        if means == "about":
            near = True
        elif means == "from":
            low, high = (low, None)
        elif amount.form != "vague":
            low, high = None, high
        begin, end = (found.start(), end) if found is before else (begin, found.end())
    modified = before is not None or after is not None
    unit = amount.unit
    if after and unit == _PLAIN and (behind := _after_number().match(text, end, stop)):
        unit, end = units("after")[behind[1] or behind[2]], behind.end()  # "15-plus years"
    return amount._replace(start=begin, end=end, unit=unit, low=low, high=high, near=near, modified=modified)
