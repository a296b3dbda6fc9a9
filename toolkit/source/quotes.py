"""Quotations: what stands in quotation marks, whichever marks, closed or not."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from toolkit.spans import Span

_DOUBLE = {"“": "”", "«": "»", "„": "“”", "‟": "”", '"': '"'}
_HALF = "\ue002"
_MARKS = re.compile(f"[{''.join({*_DOUBLE, *''.join(_DOUBLE.values())})}]")
_OPENS_SINGLE = re.compile(r"(?<![^\s(\[–—-])[‘'](?=[^\W\d_])")
_OPENS_AFTER = re.compile(r"[\s(\[{–—/:-]\Z|\A\Z")


class Quote(NamedTuple):
    """One quotation: a span per paragraph that it runs through, marks included; whether it is closed."""

    spans: tuple[Span, ...]
    closed: bool


def quotes(text: str, paragraphs: Sequence[Span]) -> list[Quote]:
    """Return the quotations of a text, in order, without overlaps; never an exception.

    A quotation left open at the end of a paragraph goes on in the next one if that begins with an
    opening mark, and ends with its paragraph if not.

    >>> text = 'She said: “It is late.'
    >>> quotes(text, [Span(0, len(text))])
    [Quote(spans=(Span(start=10, end=22),), closed=False)]
    """
    found: list[Quote] = []
    for i, paragraph in enumerate(paragraphs):
        begins_quoted = text.startswith((*_DOUBLE, "``", "''"), paragraph.start)
        goes_on = bool(found) and begins_quoted and i > 0 and _runs_to(found[-1], paragraphs[i - 1])
        for span, closed in _in_paragraph(text, paragraph):
            if goes_on and span.start == paragraph.start:
                found[-1] = Quote((*found[-1].spans, span), closed)
            else:
                found.append(Quote((span,), closed))
            goes_on = False
    return found


def _runs_to(quote: Quote, paragraph: Span) -> bool:
    return not quote.closed and quote.spans[-1].end == paragraph.end


def _in_paragraph(text: str, paragraph: Span) -> list[tuple[Span, bool]]:
    # Two single marks are typed for a double one; the second half keeps the place of a character.
    written = text[slice(*paragraph)].replace("``", f'"{_HALF}').replace("''", f'"{_HALF}')
    doubles = _scan(written, nested=True)
    if any(not closed for _, closed in doubles) and any(c in written for c in "“„"):
        flat = _scan(written, nested=False)
        doubles = min(doubles, flat, key=lambda found: sum(not closed for _, closed in found))
    inside = doubles or _single(written)
    return [(Span(s.start + paragraph.start, s.end + paragraph.start), closed) for s, closed in inside]


def _scan(written: str, nested: bool) -> list[tuple[Span, bool]]:
    """Return the spans between double marks; with `nested`, an inner pair of marks is passed over."""
    found: list[tuple[Span, bool]] = []
    opened, closers, depth = -1, "", 0
    # Some languages turn the angled marks round: »so«.
    reverse = 0 <= written.find("»") < (written.find("«") if "«" in written else len(written))
    marks = {**_DOUBLE, "»": "«"} if reverse and "«" in written else _DOUBLE
    for mark in _MARKS.finditer(written):
        i, c = mark.start(), mark[0]
        if opened < 0:
            if c in marks and not (c == '"' and _is_inch(written, i)):
                opened, closers, depth = i, marks[c], 0
        elif c in closers:
            if c == '"' and _OPENS_AFTER.search(written[max(i - 1, 0) : i]) and written[i + 1 : i + 2].isalnum():
                continue  # a straight mark that opens inside a quotation that was never closed
            if depth:
                depth -= 1
            else:
                found.append((Span(opened, i + 1 + (written[i + 1 : i + 2] == _HALF)), True))
                opened = -1
        elif nested and c == written[opened] and c != '"':
            depth += 1
    if opened >= 0:
        found.append((Span(opened, len(written)), False))
    return found


def _is_inch(written: str, i: int) -> bool:
    return i > 0 and written[i - 1].isdigit()


def _single(written: str) -> list[tuple[Span, bool]]:
    """Return the spans between single marks, of which most are apostrophes.

    Only closed ones are taken; the closing mark stands beside punctuation, or else after a letter
    with no letter behind.
    """
    found: list[tuple[Span, bool]] = []
    openings = list(_OPENS_SINGLE.finditer(written))
    if not openings:
        return found
    at = 0
    closing = {closer: _Closing(written, closer) for closer in ("’'", "'")}
    curly = [m.start() for m in re.finditer("‘", written)]
    for opening in openings:
        begins = opening.end()
        if opening.start() < at:
            continue
        close = closing["’'" if opening[0] == "‘" else "'"].after(begins)
        lone = close is not None and close - begins < 1  # rock 'n' roll
        if close is not None and not lone and _first(curly, begins, close) is None:
            at = close + 2
            found.append((Span(opening.start(), at), True))
    return found


class _Closing:
    """Where a single mark closes, with the character before it: beside a stop, or else behind a word."""

    def __init__(self, written: str, closer: str) -> None:
        by_a_stop = rf"(?=[.,!?…][{closer}](?!\w)|\w[{closer}](?=[.,;:!?)]))"
        self._by_a_stop = [m.start() for m in re.finditer(by_a_stop, written)]
        self._behind_a_word = [m.start() for m in re.finditer(rf"(?=\w[{closer}](?!\w))", written)]

    def after(self, at: int) -> int | None:
        """Return the first that closes at or behind a character."""
        by_a_stop = _first(self._by_a_stop, at)
        return _first(self._behind_a_word, at) if by_a_stop is None else by_a_stop


def _first(places: Sequence[int], at: int, before: int | None = None) -> int | None:
    """Return the first of sorted places at or behind one, and before another; None where there is none."""
    i = bisect_left(places, at)
    return places[i] if i < len(places) and (before is None or places[i] < before) else None
