"""Numerals: numbers in digits and in words, shares and vague multitudes, with their values."""

import re
import unicodedata
from typing import NamedTuple

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_SMALL = {word: float(n) for n, word in enumerate(f"{_ONES} eighteen nineteen".split())}
_TENS = {
    word: 10.0 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "quadrillion": 1e15}
_INDIAN = {"lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7}
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_SHORT = {"k": 1e3, "mn": 1e6, "mln": 1e6, "mio": 1e6, "m": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}
_MANY = {"tens": 10.0, "dozens": 12.0, "scores": 20.0} | {f"{word}s": n for word, n in _SCALES.items()}
_LARGEST = 1e18  # beyond, nobody counts

_WORD = "|".join([*_SMALL, *_TENS, *_SCALES, "dozen"])
_SCALE = "|".join([*_SCALES, "dozen"])
_STARTS = f"{_WORD}|half|a|an|several|few|couple|{'|'.join(_MANY)}"
START = re.compile(rf"\d|[½⅓⅔¼¾⅕⅛⅜⅝⅞]|\b(?:{_STARTS})\b", re.IGNORECASE)

_DIGITS = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?![\d.,])|\d{1,2}(?:,\d{2})+,\d{3}(?![\d,])"
    r"|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d.,])|\d+(?:\.\d+)?"
)
_MIXED = re.compile(r"[ \u00a0-](\d{1,2})/(\d{1,2})(?![\d/])")  # "3 1/2 inches"
# What may not stand right before digits or behind them: they would be part of a code, a time, a date or a version.
_BOUND_BEFORE = re.compile(r"(?:[\w.,:/#@\\^~_]-?|\w[-–‑]|[)\]]-)\Z")
_BOUND_BEHIND = re.compile(r"[.,:/\\^]\d|[/\\^@_=]|[²³¹⁰-⁹₀-₉]|:\d")
_SEPARATOR = r"(?:\s?-\s?|\s+|(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+|(?<=million)\s+and\s+)"
_IN_WORDS = re.compile(
    rf"(?:(?:an?|half\s+an?)\s+(?=(?:{_SCALE})\b))?\b(?:{_WORD})(?:{_SEPARATOR}(?:{_WORD}))*\b(?!['’-]?(?:th|st|fold)\b)",
    re.IGNORECASE,
)
_AND_A_PART = re.compile(r"\s+and\s+(?:(?:a|one)[\s-]+(half|third|quarter)|three[\s-]+(quarter)s)\b", re.IGNORECASE)
_PART_OF_SCALE = re.compile(
    rf"(?:(half)\s+an?|(?:a|one|three)[\s-]+(quarter)s?\s+of\s+an?|(half))\s+({_SCALE})\b", re.IGNORECASE
)
_HALF_UNIT = re.compile(
    r"half\s+an?\s+(?=(?:hour|minute|second|day|mile|kilomet|met|ton|acre|degree|percent|per)\w*)", re.I
)
_SCALED = re.compile(
    rf"(?:\s|\u00a0|-)?({_SCALE}|bln|mln|bn|tn|trn|mn|{'|'.join(_INDIAN)})\b\.?(?=\W|$)", re.IGNORECASE
)
_ATTACHED = re.compile(r"(mln|mio|mn|bn|tn|trn|k|m|b)(?![\w²³])", re.IGNORECASE)
_DIGITS_OF = re.compile(r"[-‑]digit\s\Z")  # "a double-digit million sum" tells no number
_VAGUE = re.compile(
    rf"(?:(?:several|many|a\s+few|few|a\s+couple\s+of|a\s+couple)\s+)?({'|'.join(_MANY)})"
    rf"(?:\s+(?:and\s+\1|upon\s+\1))?(?:\s+of\s+({'|'.join(_MANY)}))?\b"
    rf"|(?:several|many|a\s+few|few|a\s+couple\s+of|a\s+couple)\s+({_SCALE})(?:\s+({_SCALE}))?\b",
    re.IGNORECASE,
)
_OF = r"(?=\s+(?:of|(?:the|its|their|his|her|our|your|my|those|these)\s))"
_SHARE = re.compile(
    rf"(?:(half|one-half){_OF}"
    rf"|(a|one|two|three|four|five|six|seven|eight|nine)[\s-]+({'|'.join(list(_PARTS)[1:])})s?(?=\s+of\b|\s+majority\b)"
    rf"|(\d{{1,2}})/(\d{{1,2}})(?=\s+of\b)"
    # "fell by a fifth"
    rf"|(?<=\bby\s)(?:(half)|(a|one|two|three|four|five)[\s-]+({'|'.join(list(_PARTS)[1:])})s?)\b(?!\s+(?:to|past)\b))",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\s+(in|out\s+of|of(?=\s+(?:10|ten|100)\b))\s+(?:every\s+)?(\d+|[a-z-]+)\b", re.IGNORECASE)
_NO_SHARE_OF = re.compile(r"\s+(?:second|minute|hour|day|night|week|month|year|decade|round|game|match|place)s?\b")


class Numeral(NamedTuple):
    """A number: where it ends, its bounds (None: none given), how it is written, and whether its value is near only."""

    end: int
    low: float
    high: float | None
    form: str  # digits, words, vague or share
    near: bool = False
    scaled: bool = False


def numeral(text: str, at: int, stop: int, money: bool = False) -> Numeral | None:
    """Return the number that begins at a place, None where none does; `money` says that a currency stands before it.

    >>> numeral("two and a half million", 0, 22)
    Numeral(end=22, low=2500000.0, high=2500000.0, form='words', near=False, scaled=True)
    """
    found = (
        _of_a_scale(text, at, stop) or _share(text, at, stop) or _vague(text, at, stop) or _exact(text, at, stop, money)
    )
    if found is None or found.low > _LARGEST:
        return None
    return found._replace(low=round(found.low, 6), high=None if found.high is None else round(found.high, 6))


def nonsense(text: str, at: int, stop: int) -> int:
    """Return where number words end that make no number ("twenty twenty"), the place itself where there are none."""
    found = _IN_WORDS.match(text, at, stop)
    return found.end() if found else at


def begins(text: str, at: int) -> bool:
    """Return whether what stands before digits lets a number begin there."""
    return not _BOUND_BEFORE.search(text, max(0, at - 3), at)


def _share(text: str, at: int, stop: int) -> Numeral | None:
    found = _SHARE.match(text, at, stop)
    if found and not re.search(r"\b(?:first|second|other|latter|better|top|bottom|the)\s+$", text[max(0, at - 9) : at]):
        if found[1] or found[6]:
            share = 0.5
        elif parts := found[3] or found[8]:
            share = _SMALL.get((found[2] or found[7]).lower(), 1.0) / _PARTS[parts.lower()]
        else:
            share = int(found[4]) / max(int(found[5]), 1)
        return Numeral(found.end(), 100 * share, 100 * share, "share") if share < 1 else None
    return None


def out_of(text: str, number: Numeral, stop: int) -> Numeral | None:
    """Return what "nine" is in "nine in ten" or "nine out of ten", as a share; None where it is none."""
    found = _OUT_OF.match(text, number.end, stop)
    if not found or number.low != int(number.low) or _NO_SHARE_OF.match(text, found.end(), stop):
        return None
    whole = float(found[2]) if found[2].isdecimal() else _value(found[2].lower().split("-"))
    bare = found[1] == "in" and not (found[2].isalpha() or found[2] in {"10", "100", "1000"} or number.low == 1)
    if not number.low < whole or bare or (whole > 100 and whole % 1000):
        return None
    return Numeral(found.end(), 100 * number.low / whole, 100 * number.low / whole, "share")


def _vague(text: str, at: int, stop: int) -> Numeral | None:
    """Return "dozens", "several hundred", "tens of thousands": at least two of each, with no upper bound."""
    found = _VAGUE.match(text, at, stop)
    if not found or (found[0].lower() == "scores" and not text.startswith(" of ", found.end())):
        return None
    if found[3]:
        low = 2 * _scale(found[3]) * (_scale(found[4]) if found[4] else 1)
    else:
        low = 2 * _MANY[found[1].lower()] * (_MANY[found[2].lower()] if found[2] else 1)
    return Numeral(found.end(), low, None, "vague", near=True)


def _scale(word: str) -> float:
    return 12.0 if word.lower() == "dozen" else _SCALES[word.lower()]


def _of_a_scale(text: str, at: int, stop: int) -> Numeral | None:
    """Return "half a million", "three quarters of a million"."""
    part = _PART_OF_SCALE.match(text, at, stop)
    if not part:
        return None
    value = (0.5 if part[1] or part[3] else 0.75 if part[0][0] in "tT" else 0.25) * _scale(part[4])
    return Numeral(part.end(), value, value, "words", scaled=True)


def _exact(text: str, at: int, stop: int, money: bool) -> Numeral | None:
    half = _HALF_UNIT.match(text, at, stop)
    if half:
        return Numeral(half.end() - 1, 0.5, 0.5, "words")
    if text[at].isdecimal() or unicodedata.numeric(text[at], None) is not None:
        return _digits(text, at, stop, money)
    found = _IN_WORDS.match(text, at, stop)
    if (
        not found
        or _DIGITS_OF.search(text, max(0, at - 8), at)
        or (found.end() < stop and text[found.end()] == "-" and text[found.end() + 1 : found.end() + 2].isdigit())
    ):
        return None
    value = _value(re.findall(r"[a-z]+", found[0].lower()))
    if value < 0:
        return None
    scaled = re.search(rf"(?:{_SCALE})$", found[0], re.IGNORECASE) is not None
    return _with_part(text, found.end(), value, "words", stop, scaled)


def _digits(text: str, at: int, stop: int, money: bool) -> Numeral | None:
    found = _DIGITS.match(text, at, stop)
    end = found.end() if found else at
    written = re.sub(r"[^\d.]", "", found[0]) if found else "0"
    if written.count(".") > 1:  # "1.000.000"
        written = written.replace(".", "")
    if len(written) > 19 or (len(written) > 1 and written[0] == "0" and written[1] != "."):
        return None
    value = float(written)
    if end < stop and text[end] in "½⅓⅔¼¾⅕⅛⅜⅝⅞":
        value, end = value + unicodedata.numeric(text[end]), end + 1
    mixed = _MIXED.match(text, end, stop)
    if mixed and int(mixed[1]) < int(mixed[2]):
        value, end = value + int(mixed[1]) / int(mixed[2]), mixed.end()
    if _BOUND_BEHIND.match(text, end, stop):
        return None
    attached = _ATTACHED.match(text, end, stop)
    if attached and (money or attached[1].lower() in {"k", "bn", "mn", "mln"} or _people_follow(text, attached.end())):
        return Numeral(attached.end(), *(2 * (value * _SHORT[attached[1].lower()],)), "digits", scaled=True)
    return _with_part(text, end, value, "digits", stop, False)


def _people_follow(text: str, at: int) -> bool:
    """Return whether a plural stands behind "20m": millions then, not metres."""
    return re.compile(r"\s+(?:more\s+)?(?:people|(?!across|towards)[a-z]{2,}[^\Ws]s)\b").match(text, at) is not None


def _with_part(text: str, end: int, value: float, form: str, stop: int, scaled: bool) -> Numeral:
    """Return a number with "and a half" and the scale behind it."""
    part = _AND_A_PART.match(text, end, stop)
    if part and not scaled:
        value += 0.75 if part[2] else 1 / _PARTS[part[1].lower()]
        end = part.end()
    scale = _SCALED.match(text, end, stop)
    if scale and not (scaled and form == "words"):
        name = scale[1].lower().replace("bln", "bn")
        value *= _scale(name) if name in _SCALES or name == "dozen" else (_SHORT | _INDIAN)[name]
        end, scaled = scale.end(1), True
    return Numeral(end, value, value, form, scaled=scaled)


def _value(words: list[str]) -> float:
    """Return the value of number words, -1 where they make none ("two three", "nineteen eighty-four").

    >>> _value("two hundred and five thousand".split()), _value("two three".split())
    (205000.0, -1.0)
    """
    total, current, last = 0.0, 0.0, 1e30
    seen = False
    half = words[:1] == ["half"]
    for word in words:
        if word in {"and", "a", "an", "half"}:
            continue
        if word in _SMALL or word in _TENS:
            value = _SMALL.get(word, _TENS.get(word, 0.0))
            room = 10 if value < 10 else 100
            if (seen and current % room) or (seen and current % 100 == 10 and value < 10) or (value == 0 and seen):
                return -1.0
            current, seen = current + value, True
        elif word == "dozen":
            current, seen = (current or 1) * 12, True
        elif word == "hundred":
            if current >= 100:
                return -1.0
            current, seen = (current or 1) * 100, True
        elif word in _SCALES:
            if _SCALES[word] >= last:
                return -1.0
            total, current, last, seen = total + (current or 1) * _SCALES[word], 0.0, _SCALES[word], False
        else:
            return -1.0
    value = total + current
    if not value and words != ["zero"]:
        return -1.0
    return value / 2 if half else value
