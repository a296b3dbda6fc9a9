"""Places: one row per place that a text names, and one per mention of it."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from toolkit.codebook.nations import nationality
from toolkit.codebook.own import NOTHING, Own
from toolkit.extract.places.names import Hints, Labels, Name, names
from toolkit.extract.places.which import settled
from toolkit.source.files import slug
from toolkit.spans import Span
from toolkit.tables import conform
from toolkit.tables.contracts import MENTIONS, PLACES
from toolkit.tables.reading import by_document, rows

_READ = ("headline", "dateline", "body")


def places(
    documents: pd.DataFrame, sentences: pd.DataFrame, tagged: pd.DataFrame, uses: pd.DataFrame, own: Own = NOTHING
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the table places, and the rows of mentions that tell of places.

    `tagged` are the names that the tagger found, `uses` says which names of nations mean the place. A place is called
    as the text first calls it; one that no gazetteer knows has no point. own: a codebook of the
    user's, whose places come before the gazetteer's.
    """
    place_rows: list[dict[str, object]] = []
    mention_rows: list[dict[str, object]] = []
    sentences_of, names_of, uses_of = (by_document(frame) for frame in (sentences, tagged, uses))
    for document in rows(documents):
        key, text = document.doc_id, document.text
        used, labels = uses_of.get(key, []), {Span(n.start, n.end): n.kind for n in names_of.get(key, ())}
        hints = _hints(text, labels, used)
        parts = {Span(s.start, s.end): s.part for s in sentences_of.get(key, ()) if s.part in _READ}
        found = names(text, sorted(parts), hints)
        dateline = next((span for span, part in parts.items() if part == "dateline"), None)
        if (
            dateline
            and pd.notna(document.dateline)
            and not any(n.span.start < dateline.end and dateline.start < n.span.end for n in found)
        ):
            at = text.find(document.dateline, *dateline)
            found = sorted([*found, Name(Span(at, at + len(document.dateline)), _small(document.dateline), ())])
        if own.by_name:
            found = _with_own(text, found, labels, own)
        codes = [(text[r.start : r.end], r.code) for r in used if isinstance(r.code, str)]
        called: dict[tuple[str, str], tuple[str, str]] = {}
        taken: set[str] = set()
        for name, (place, sure) in zip(found, settled(found, codes), strict=True):
            written = text[slice(*name.span)]
            identity = (place.gazetteer, place.kind) if place else ("", name.key)
            if identity not in called:
                place_id = _unlike(f"{key}/place/{slug(written)}", taken)
                taken.add(place_id)
                called[identity] = (place_id, _small(written))
                point = (place.latitude, place.longitude, place.country, place.gazetteer) if place else (None,) * 4
                row = (place_id, key, _small(written), *point, not sure)
                place_rows.append(dict(zip(PLACES.columns, row, strict=True)))
            place_id, title = called[identity]
            form = "name" if written == title else "alias"
            row = (f"{key}/m/{name.span.start}-{name.span.end}", key, *name.span, None, place_id, form, written)
            mention_rows.append(dict(zip(MENTIONS.columns, row, strict=True)))
    return conform(pd.DataFrame(place_rows), PLACES), conform(pd.DataFrame(mention_rows), MENTIONS)


def _with_own(text: str, found: list[Name], tagged: Iterable[Span], own: Own) -> list[Name]:
    """Return the names with those that the user's codebook has as places, and without those that it has as actors."""
    listed = {s: e for s in tagged if (e := own.by_name.get(text[slice(*s)]))}
    kept = [n for n in found if all(n.span.end <= s.start or s.end <= n.span.start for s in listed)]
    named = [Name(s, e.name, (e.place,), True) for s, e in listed.items() if e.place]
    return sorted([*kept, *named], key=lambda n: n.span)


def _hints(text: str, labels: Mapping[Span, str], used: Iterable[Any]) -> Hints:
    known: dict[Span, str] = {}
    unknown: dict[Span, str] = {}
    for row in used:
        nation = isinstance(row.code, str) or nationality(text[row.start : row.end]) is not None
        (known if nation else unknown)[Span(row.start, row.end)] = row.use
    return Hints(Labels(labels), Labels(known), unknown)


def _small(written: str) -> str:
    """Return a name of a dateline in capitals as it is written elsewhere."""
    return written.title() if written.isupper() and len(written) > 4 else written


def _unlike(base: str, taken: set[str]) -> str:
    n, identifier = 1, base
    while identifier in taken:
        n += 1
        identifier = f"{base}-{n}"
    return identifier
