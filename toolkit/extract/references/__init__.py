"""References: one row per reference to a treaty, law, resolution, report or other document."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from toolkit import codebook
from toolkit.codebook.instruments import bodies, heads
from toolkit.extract.references.forms import Name
from toolkit.extract.references.joined import (
    Cited,
    Instrument,
    Instruments,
    Pointer,
    articles,
    its,
    owned_by,
    owner,
    pointers,
)
from toolkit.extract.references.names import named
from toolkit.source.files import slug
from toolkit.spans import Span, containing, merged, overlapping
from toolkit.tables import conform
from toolkit.tables.contracts import REFERENCES
from toolkit.tables.reading import by_document, paragraphs

_MAKER = re.compile(r"(?:[A-Z][\w.’-]*\s)*[A-Z][\w.-]*(?:\sof\s(?:the\s)?(?:[A-Z][\w.-]*\s?)+)?")
_FAR = 8  # characters before an article in which ends what owns it: "the Charter’s Article 51"


class _Found(NamedTuple):
    span: Span
    name: Name | None
    pointer: Pointer | None
    article: str | None


def references(documents: pd.DataFrame, sentences: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """Return one row per reference to an act or document in headlines and bodies, in reading order.

    An act is named by its noun with capitals, a number, a maker, parties or what it is on; words that point back to it
    ("this document", "the treaty", "Article 4" alone) are rows too where something before fits. A row's words hold the
    article with what it is of. `dates` (doc_id, start, end, earliest) tells the year of "last year, in Resolution 418".
    """
    rows: list[dict[str, object]] = []
    own_sentences = by_document(sentences[sentences["part"].isin(["headline", "body"])])
    own_dates = by_document(dates)
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        here = sorted(own_sentences.get(doc_id, []), key=lambda s: s.start)
        spans = [Span(s.start, s.end) for s in here]
        found = [f for part in paragraphs(here) for f in _found(text, part)]
        found = _with_letters(text, found, paragraphs(here))
        met = Instruments(spans)
        joined = [(f, *_joined(text, f, met, spans, own_dates.get(doc_id, []))) for f in found]
        ids = _ids(doc_id, met.known)
        for one, instrument, alone, row_body in joined:
            if instrument is None and not alone:
                continue
            kind = (
                instrument.kind
                if instrument
                else heads()[one.pointer.noun].kind
                if one.pointer and one.pointer.noun in heads()
                else None
            )
            body = instrument.body if instrument else row_body
            rows.append(
                {
                    "reference_id": f"{doc_id}/r/{one.span.start}-{one.span.end}",
                    "doc_id": doc_id,
                    "start": one.span.start,
                    "end": one.span.end,
                    "instrument": instrument.title if instrument else None,
                    "kind": kind or None,
                    "article": one.article,
                    "body": body,
                    "year": instrument.year if instrument else None,
                    "instrument_id": ids[id(instrument)] if instrument else None,
                    "form": "name" if one.name else "pointer",
                }
            )
    return conform(pd.DataFrame(rows), REFERENCES)


def _found(text: str, part: Span) -> list[_Found]:
    """Return what refers to an act or document in a paragraph, articles with what they are of."""
    names = named(text, part)
    spans = [n.span for n in names]
    points = [p for p in pointers(text, part) if not overlapping(p.span, spans)]
    by_span, pointing, pointed = {n.span: n for n in names}, {p.span: p for p in points}, [p.span for p in points]
    out: list[_Found] = []
    used: set[int] = set()
    for cited in articles(text, part):
        around = (cited.span.start - _FAR, (cited.of or cited.span.end) + 1)
        name = next((by_span[s] for s in overlapping(around, spans) if _is_of(text, cited, s, False)), None)
        near = () if name else overlapping(around, pointed)
        point = next((pointing[s] for s in near if _is_of(text, cited, s, True)), None)
        target = name or point
        if target:
            used.add(id(target))
            span = Span(min(cited.span.start, target.span.start), max(cited.span.end, target.span.end))
            out.append(_Found(span, name, point, cited.article))
        elif cited.plain:
            out.append(_Found(cited.span, None, None, cited.article))
    out += [_Found(n.span, n, None, None) for n in names if id(n) not in used]
    out += [_Found(p.span, None, p, None) for p in points if id(p) not in used]
    return sorted(out, key=lambda f: f.span)


def _is_of(text: str, cited: Cited, span: Span, pointing: bool) -> bool:
    if cited.of is not None and (
        span.start == cited.of or (pointing and cited.span.end < span.start < cited.of < span.end)
    ):
        return True
    return owned_by(text, span.end, cited.span.start)


def _with_letters(text: str, found: Sequence[_Found], parts: Sequence[Span]) -> list[_Found]:
    """Return what was found, and the letters that stand for a name elsewhere: "(NPT)" makes "the NPT" one."""
    own = {f.name.letters: f.name for f in reversed(found) if f.name and f.name.letters}
    if not own:
        return list(found)
    taken = merged(f.span for f in found)
    pattern = re.compile(rf"(?<![\w(“\"-])({'|'.join(map(re.escape, own))})(?![\w-])")
    more = []
    for part in parts:
        for match in pattern.finditer(text, *part):
            span = Span(*match.span())
            if not overlapping(span, taken):
                name = own[match[1]]
                more.append(_Found(span, name._replace(span=span), None, None))
    return sorted([*found, *more], key=lambda f: f.span)


def _joined(
    text: str, found: _Found, met: Instruments, sentences: Sequence[Span], dates: Sequence[Any]
) -> tuple[Instrument | None, bool, str | None]:
    """Return the act that is meant, whether a row stands without it, and whose it is said to be."""
    body = None
    if found.name:
        instrument: Instrument | None = met.of(_completed(text, found.name, sentences, met.starts, dates))
        alone = True
    elif found.pointer:
        instrument, alone = met.pointed(found.pointer)
        if not alone and found.article and (name := _called(text, found.pointer)):
            instrument = met.of(name)
        alone = alone or found.article is not None
    else:
        begin = sentences[containing(met.starts, found.span.start)].start if sentences else 0
        just = met.just_named(begin) if its(text, found.span.start) else None
        instrument = just or met.with_article(found.article or "")
        alone, body = True, owner(text, Span(max(0, found.span.start - 60), found.span.end), found.span.start)
        if body and instrument and instrument.body != body:
            instrument = None
    if instrument and not found.name:
        met.mention(instrument, found.span.start)
    if instrument and found.article:
        for article in found.article.split(", "):
            instrument.articles[article] = found.span.start
    return instrument, alone, bodies().get(body, body) if body else None


def _called(text: str, pointer: Pointer) -> Name | None:
    """Return the act that "Article 4 of the Basic Law" is of, as it is called there."""
    noun = text[pointer.span.end - len(pointer.noun) : pointer.span.end]
    own = heads().get(pointer.noun)
    if own is None or not (noun[0].isupper() or (own.kind == "law" and pointer.before)):
        return None
    called = " ".join([*pointer.before, noun])
    return Name(Span(pointer.span.end - len(called), pointer.span.end), called, own.kind, own.noun)


def _completed(text: str, name: Name, sentences: Sequence[Span], starts: Sequence[int], dates: Sequence[Any]) -> Name:
    """Return a name with the body and year that its sentence tells: "Last year, the Assembly, in Resolution 4"."""
    if not sentences or name.kind not in {"resolution", "declaration"}:
        return name
    sentence = sentences[containing(starts, name.span.start)]
    before = text[sentence.start : name.span.start]
    if name.year is None and before.rstrip().lower().endswith(" in"):
        before_it = [d.earliest for d in dates if sentence.start <= d.start and d.end <= name.span.start]
        own = {day[:4] for day in before_it if isinstance(day, str)}  # a date that nothing places has no days
        name = name._replace(year=int(own.pop())) if len(own) == 1 else name
    if name.body is None and name.number:
        makers = [m[0].strip() for m in _MAKER.finditer(before) if _makes(m[0])]
        name = name._replace(body=_plain(makers[-1])) if makers else name
    return name


def _makes(words: str) -> bool:
    return any(w.lower().strip(".") in codebook.small("maker of documents") for w in words.split())


def _plain(maker: str) -> str:
    maker = re.sub(r"^(?:The|A|An|In|On)\s", "", maker)
    return bodies().get(maker, maker)


def _ids(doc_id: str, known: Sequence[Instrument]) -> dict[int, str]:
    out: dict[int, str] = {}
    for instrument in known:
        base = f"{doc_id}/instrument/{slug(instrument.title)}"
        number, identifier = 1, base
        while identifier in out.values():
            number += 1
            identifier = f"{base}-{number}"
        out[id(instrument)] = identifier
    return out
