"""Dates: one row per date expression, as an interval with what places it in time."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd

from toolkit.extract.dates.anchoring import Placed, placed
from toolkit.extract.dates.context import is_date, previous
from toolkit.extract.dates.direction import direction
from toolkit.extract.dates.grammar import Expression, at, next_start
from toolkit.extract.dates.intervals import Interval
from toolkit.spans import Span
from toolkit.tables import conform
from toolkit.tables.contracts import DATES, GRANULARITIES
from toolkit.tables.reading import by_document

_READ = ("headline", "dateline", "body")


def dates(documents: pd.DataFrame, sentences: pd.DataFrame, tagged: pd.DataFrame) -> pd.DataFrame:
    """Return one row per date expression of headlines, datelines and bodies, in reading order.

    Those without a year, and relative ones, count from the day of publication, or from the date that the text gave
    last; where there is none, they stay without an interval. A range is one expression. Articles and prepositions
    are no part of one; nor are durations ("for three weeks"), recurring days ("on Mondays") and times of day.
    `tagged` are the names that the tagger found: a person called May is no month.
    """
    rows: list[dict[str, object]] = []
    sentences_of, names_of = by_document(sentences), by_document(tagged)
    for doc_id, text, published in zip(documents["doc_id"], documents["text"], documents["published"], strict=True):
        own = sorted((s for s in sentences_of.get(doc_id, ()) if s.part in _READ), key=lambda s: s.start)
        names = sorted(Span(n.start, n.end) for n in names_of.get(doc_id, ()))
        day = date.fromisoformat(published) if isinstance(published, str) else None
        for e, found in _placed(text, own, day, names):
            first, last = found.interval or (None, None)
            rows.append(
                {
                    "date_id": f"{doc_id}/d/{e.span.start}-{e.span.end}",
                    "doc_id": doc_id,
                    "start": e.span.start,
                    "end": e.span.end,
                    "earliest": first.isoformat() if first else None,
                    "latest": last.isoformat() if last else None,
                    "granularity": min(e.unit, e.last.unit if e.last else e.unit, key=GRANULARITIES.index),
                    "anchor": found.anchor,
                    "ambiguous": e.swapped,
                }
            )
    return conform(pd.DataFrame(rows), DATES)


def _placed(
    text: str, sentences: Sequence[Any], published: date | None, names: Sequence[Span]
) -> Iterator[tuple[Expression, Placed]]:
    before: Interval | None = None
    paragraph = -1
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            before, paragraph = (None if sentence.paragraph > paragraph + 1 else before), sentence.paragraph
        span = Span(sentence.start, sentence.end)
        for e in _expressions(text, span, names):
            found = placed(e, published, before, direction(text, span, e.span) if e.base == "calendar" else 0)
            if found is None:
                continue
            yield e, found
            before = found.interval or before


def _expressions(text: str, sentence: Span, names: Sequence[Span]) -> Iterator[Expression]:
    """Yield the expressions of a sentence, two that are a range as one."""
    found: Expression | None = None
    position = sentence.start
    while (position := next_start(text, position, sentence.end)) < sentence.end:
        e = at(text, position, sentence.end)
        if e is None or not is_date(text, sentence, e, found, names):
            position = e.span.end if e and e.unit == "day" and e.month else _next_word(text, position)
            continue
        position = e.span.end
        if found is not None:
            joined = _joined(text, sentence, found, e)
            if joined is None:
                yield _with_year_of(text, found, e)
            e = joined or e
        found = e
    if found is not None:
        yield found


_WORD_END = re.compile(r"[\w’']*")
_TO = re.compile(r"\s?(?:–|—|-)\s?|\s(?:to|until|till|through)\s(?:the\s)?")
_AND = re.compile(r"\s(?:and|&)\s(?:the\s)?")


def _next_word(text: str, position: int) -> int:
    found = _WORD_END.match(text, position)
    return max(found.end() if found else 0, position + 1)


def _with_year_of(text: str, one: Expression, two: Expression) -> Expression:
    """Return an expression with the year of the next one: "March and June 2024"."""
    listed = text[one.span.end : two.span.start].strip() in {"and", "or", ",", ", and"}
    alike = (
        one.unit == two.unit
        and one.month
        and two.month
        and two.year
        and (one.month, one.day or 0) < (two.month, two.day or 0)
    )
    if not (listed and alike) or one.year or one.of or one.side or one.last:
        return one
    return one._replace(year=two.year)


def _joined(text: str, sentence: Span, one: Expression, two: Expression) -> Expression | None:
    """Return two expressions as one range, None where they are none: "March to May", "between March and May"."""
    between = text[one.span.end : two.span.start]
    if one.last or two.last or one.base != "calendar" or two.base != "calendar" or (one.part and not one.month):
        return None
    if (one.weekday is None or one.month is None) != (two.weekday is None or two.month is None):
        return None
    alike = one.unit == two.unit or {one.unit, two.unit} <= {"day", "month", "year"}
    word = previous(text, sentence, one.span.start)
    goes = _TO.fullmatch(between) or (_AND.fullmatch(between) and word == "between")
    if not (alike and goes):
        return None
    return one._replace(span=Span(one.span.start, two.span.end), last=two)
