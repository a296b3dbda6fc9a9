"""Places: one row per place that a text names, and one per mention of it."""

import pandas as pd

from toolkit.codebook.nations import nationality
from toolkit.codebook.own import NOTHING, Own
from toolkit.extract.places.names import Hints, Name, names
from toolkit.extract.places.which import settled
from toolkit.source.files import slug
from toolkit.spans import Span
from toolkit.tables import conform
from toolkit.tables.contracts import MENTIONS, PLACES

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
    read, labels, meant = (
        dict(list(frame.groupby("doc_id", sort=False)))
        for frame in (sentences[sentences["part"].isin(_READ)], tagged, uses)
    )
    for document in documents.itertuples(index=False):
        key, text = document.doc_id, document.text
        used = meant.get(key, uses.iloc[:0])
        hints = _hints(text, labels.get(key, tagged.iloc[:0]), used)
        parts = _by_span(read.get(key, sentences.iloc[:0]), "part")
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
            found = _with_own(text, found, tagged=labels.get(key, tagged.iloc[:0]), own=own)
        codes = [(text[r.start : r.end], r.code) for r in used.itertuples(index=False) if pd.notna(r.code)]
        called: dict[tuple[str, str], tuple[str, str]] = {}
        for name, (place, sure) in zip(found, settled(found, codes), strict=True):
            written = text[slice(*name.span)]
            identity = (place.gazetteer, place.kind) if place else ("", name.key)
            if identity not in called:
                place_id = _unlike(f"{key}/place/{slug(written)}", {i for i, _ in called.values()})
                called[identity] = (place_id, _small(written))
                point = (place.latitude, place.longitude, place.country, place.gazetteer) if place else (None,) * 4
                row = (place_id, key, _small(written), *point, not sure)
                place_rows.append(dict(zip(PLACES.columns, row, strict=True)))
            place_id, title = called[identity]
            form = "name" if written == title else "alias"
            row = (f"{key}/m/{name.span.start}-{name.span.end}", key, *name.span, None, place_id, form, written)
            mention_rows.append(dict(zip(MENTIONS.columns, row, strict=True)))
    return conform(pd.DataFrame(place_rows), PLACES), conform(pd.DataFrame(mention_rows), MENTIONS)


def _with_own(text: str, found: list[Name], tagged: pd.DataFrame, own: Own) -> list[Name]:
    """Return the names with those that the user's codebook has as places, and without those that it has as actors."""
    spans = [Span(int(a), int(b)) for a, b in tagged[["start", "end"]].itertuples(index=False)]
    listed = {s: e for s in spans if (e := own.by_name.get(text[slice(*s)]))}
    kept = [n for n in found if all(n.span.end <= s.start or s.end <= n.span.start for s in listed)]
    named = [Name(s, e.name, (e.place,), True) for s, e in listed.items() if e.place]
    return sorted([*kept, *named], key=lambda n: n.span)


def _hints(text: str, labels: pd.DataFrame, used: pd.DataFrame) -> Hints:
    known: dict[Span, str] = {}
    unknown: dict[Span, str] = {}
    for row in used.itertuples(index=False):
        nation = pd.notna(row.code) or nationality(text[row.start : row.end]) is not None
        (known if nation else unknown)[Span(int(row.start), int(row.end))] = row.use
    return Hints(_by_span(labels, "kind"), known, unknown)


def _by_span(rows: pd.DataFrame, column: str) -> dict[Span, str]:
    return {Span(int(a), int(b)): str(v) for a, b, v in zip(rows["start"], rows["end"], rows[column], strict=True)}


def _small(written: str) -> str:
    """Return a name of a dateline in capitals as it is written elsewhere."""
    return written.title() if written.isupper() and len(written) > 4 else written


def _unlike(base: str, taken: set[str]) -> str:
    n, identifier = 1, base
    while identifier in taken:
        n += 1
        identifier = f"{base}-{n}"
    return identifier
