"""Which numbers does a text give, on whose word, and which of them may count the same thing?"""

from itertools import combinations
from typing import Any

import pandas as pd

from toolkit.analysis.query import query
from toolkit.analysis.stretches import stretches
from toolkit.codebook.nouns import singular
from toolkit.codebook.units import counted_kinds
from toolkit.tables import Tables

_NEAR = 0.1  # of a value that is called approximate, up to which another is the same


def numbers(tables: Tables) -> pd.DataFrame:
    """Return one row per quantity, in reading order, with whose it is.

    Columns: doc_id, quantity_id, written, low, high, approximate, unit, counted, voice (author, an actor_id, or
    unidentified), name and kind of the voice, dates (those of the sentence, as written, parted by "; "; missing for
    none), sentence_id and number of the sentence, and alike: a number that those rows share which may count the
    same thing and differ (missing for the others). That is so for figures of one kind (codebook/counted.csv) and unit
    in one paragraph by different voices, and for those of one voice where what is counted has the same words; that they
    are told side by side says nothing on which is right.

    >>> import toolkit as tk
    >>> found = tk.numbers(tk.read(tk.sample()))
    >>> found.loc[found["alike"] == 1, ["written", "low"]].values.tolist()
    [['21 vessels', 21.0], ['34 warships', 34.0]]
    """
    texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
    own = tables.quantities
    written = [texts[d][a:b] for d, a, b in zip(own["doc_id"], own["start"], own["end"], strict=True)]
    dated = tables.dates
    dates = dated.assign(
        written=pd.Series(
            [texts[d][a:b] for d, a, b in zip(dated["doc_id"], dated["start"], dated["end"], strict=True)],
            index=dated.index,
            dtype="str",
        )
    )
    found = query(
        """
        with said as (
            select q.*, w.sentence_id,
                   coalesce(a.actor_id, if(w.attribution_id is null, 'author', 'unidentified')) as voice
            from quantities q
            join stretches w on w.doc_id = q.doc_id and w.start <= q.start and q.start < w."end"
            left join attributions a using (attribution_id)
        ), dated as (
            select s.sentence_id, string_agg(d.written, '; ' order by d.start) as dates
            from dates d join sentences s on s.doc_id = d.doc_id and s.start <= d.start and d.start < s."end"
            group by all
        )
        select q.doc_id, q.quantity_id, q.written, q.low, q.high, q.approximate, q.unit, q.counted, q.voice,
               case q.voice when 'author' then 'the author' when 'unidentified' then 'unidentified speakers'
                    else actors.name end as name,
               coalesce(actors.named, q.voice) as kind, dated.dates, q.sentence_id, s.number, s.paragraph
        from said q join sentences s using (sentence_id) left join dated using (sentence_id)
        left join actors on actors.actor_id = q.voice
        order by q.doc_id, q.start
        """,
        quantities=own.assign(written=pd.Series(written, index=own.index, dtype="str")),
        dates=dates,
        attributions=tables.attributions,
        actors=tables.actors,
        sentences=tables.sentences,
        stretches=stretches(tables),
    )
    return found.assign(alike=_alike(found)).drop(columns="paragraph")


def _alike(found: pd.DataFrame) -> "pd.Series[int]":
    """Return for each row the number of the group of those that may count the same thing and differ."""
    group: dict[int, int] = {}
    for _, own in found.groupby(["doc_id", "paragraph"], sort=False):
        for one, other in combinations(own.itertuples(), 2):
            if _comparable(one, other) and _apart(one, other):
                first, second = group.get(one.Index, one.Index), group.get(other.Index, other.Index)
                for index, of in list(group.items()):
                    if of == second:
                        group[index] = first
                group[one.Index] = group[other.Index] = first
    order = {of: number for number, of in enumerate(sorted(set(group.values())), 1)}
    return pd.Series([order.get(group.get(i, -1)) for i in found.index], index=found.index, dtype="Int64")


def _comparable(one: Any, other: Any) -> bool:
    """Return whether two figures may count the same thing: of one kind and unit, and not parts of one sentence."""
    if not (isinstance(one.counted, str) and isinstance(other.counted, str)) or _text(one.unit) != _text(other.unit):
        return False
    same_words = one.counted.lower() == other.counted.lower()
    if one.voice == other.voice:
        return same_words and one.sentence_id != other.sentence_id
    return same_words or _kind(one.counted) == _kind(other.counted)


def _kind(counted: str) -> str:
    """Return what kind of thing is counted, by the last word."""
    head = singular(counted.split()[-1])
    return counted_kinds().get(head, head)


def _apart(one: Any, other: Any) -> bool:
    """Return whether two figures exclude each other, as far as their bounds and "about" go."""
    (low, high), (least, most) = _bounds(one), _bounds(other)
    return high < least or most < low


def _bounds(row: Any) -> tuple[float, float]:
    low = row.low if pd.notna(row.low) else float("-inf")
    high = row.high if pd.notna(row.high) else float("inf")
    room = _NEAR if row.approximate else 0.0
    return low - abs(low) * room if low > float("-inf") else low, high + abs(high) * room if high < float(
        "inf"
    ) else high


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
