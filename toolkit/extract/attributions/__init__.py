"""Attributions: one row per source-cue-content relation, and one per fragment of it; and the names beside them."""

import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from toolkit import codebook
from toolkit.extract.attributions.relations import Relation, relations
from toolkit.model.tagger import Reading, Text, tagger
from toolkit.source.quotes import Quote, quotes
from toolkit.source.segment import WORD, layout, prose
from toolkit.spans import Span, merged, overlapping, without
from toolkit.tables import conform
from toolkit.tables.contracts import ATTRIBUTION_SPANS, ATTRIBUTIONS, ROLES

_BETWEEN_NAMES = re.compile(r",? and |, ")
_LOWER_LEAD = re.compile(r"(?:[a-z][\w’'-]*\s+)+(?=[A-Z])")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Inc|Jr|Sr|Ltd|Corp|Co|Bros|St|Cal))\Z")
NAME_COLUMNS = ("doc_id", "kind", "start", "end")


class Found(NamedTuple):
    """The tables attributions and attribution_spans; and names, one row per proper name.

    Names have doc_id, kind (person, organization, place), start and end.
    """

    relations: pd.DataFrame
    spans: pd.DataFrame
    names: pd.DataFrame


class _Prepared(NamedTuple):
    doc_id: str
    text: str
    paragraphs: list[Span]
    quotations: list[Quote]


class Heard(NamedTuple):
    """What the tagger is reading: its documents, in order, and an iterator that waits for its readings of them."""

    documents: deque[_Prepared]
    readings: Iterator[Reading]


def listen(documents: pd.DataFrame) -> Heard:
    """Begin to read documents beside what else is done until `attributions` asks for what was found."""
    # the tagger reads ahead of what it has answered for: what is prepared waits here, in order
    waiting: deque[_Prepared] = deque()

    def texts() -> Iterator[Text]:
        for prepared in _prepared(documents):
            waiting.append(prepared)
            inside = sorted(span for quote in prepared.quotations for span in quote.spans)
            yield Text(prepared.text, prepared.paragraphs, inside)

    return Heard(waiting, tagger().read(texts()))


def attributions(documents: pd.DataFrame, *, heard: Heard | None = None) -> Found:
    """Return the attributions of the documents' bodies and headlines, and the names in them.

    `heard` is what `listen` began on the same documents. The actors are not known yet: `actor_id`,
    `source_kind` and `resolved_by` are missing.
    """
    rows: list[dict[str, object]] = []
    span_rows: list[dict[str, object]] = []
    name_rows: list[tuple[str, str, int, int]] = []
    waiting, readings = heard or listen(documents)
    for reading in readings:
        doc_id, text, paragraphs, quotations = waiting.popleft()
        found = relations(text, paragraphs, quotations, reading.attributions)
        quoted = sorted(span for quote in quotations for span in quote.spans)
        ids = [_id(doc_id, relation) for relation in found]
        seen: set[str] = set()
        for relation, key in zip(found, ids, strict=True):
            if key in seen:
                continue
            seen.add(key)
            rows.append(_row(doc_id, text, relation, key, quoted, ids))
            span_rows += [
                {"attribution_id": key, "doc_id": doc_id, "role": role, "start": start, "end": end}
                for role in ROLES
                for start, end in getattr(relation, role)
            ]
        name_rows += [(doc_id, kind, *part) for kind, span in reading.names for part in _names(text, kind, span)]
    return Found(
        conform(pd.DataFrame(rows), ATTRIBUTIONS),
        conform(pd.DataFrame(span_rows), ATTRIBUTION_SPANS),
        pd.DataFrame(name_rows, columns=list(NAME_COLUMNS)),
    )


def _names(text: str, kind: str, span: Span) -> Iterator[Span]:
    """Yield the names in a stretch that the tagger took for one, whole: its abbreviations with their full stops.

    >>> text = "sculptor Mira Voss and Tobin Lark of Lark Inc. left"
    >>> [text[slice(*s)] for s in _names(text, "person", Span(0, 33))]
    ['Mira Voss', 'Tobin Lark']
    """
    start, end = span
    pieces = _BETWEEN_NAMES.split(text[start:end]) if kind == "person" else [text[start:end]]
    if not all(" " in piece.strip() for piece in pieces):  # "Morris and Goscinny" may be a firm's
        pieces = [text[start:end]]
    for piece in pieces:
        at = text.index(piece, start)
        start = at + len(piece)
        lead = _LOWER_LEAD.match(piece)
        at += lead.end() if lead else 0
        stop = start
        if text[stop : stop + 1] == "." and _ABBREVIATION.search(text[at:stop]):
            stop += 1
        if at < stop:
            yield Span(at, stop)


def _prepared(documents: pd.DataFrame) -> Iterator[_Prepared]:
    """Yield the documents with the paragraphs of their headlines and bodies."""
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        paragraphs = prose(text, layout(text))
        yield _Prepared(doc_id, text, paragraphs, quotes(text, paragraphs))


def _row(doc_id: str, text: str, relation: Relation, key: str, quoted: list[Span], ids: list[str]) -> dict[str, object]:
    phrase = " ".join(" ".join(text[slice(*s)] for s in relation.cue).lower().split()) or None
    cue = _cue(phrase) if phrase else None
    return {
        "attribution_id": key,
        "doc_id": doc_id,
        "mode": mode(text, relation.content, quoted),
        "cue_lemma": cue.lemma if cue else phrase,
        "cue_class": cue.cue_class if cue else ("neutral" if phrase else None),
        "actor_id": None,
        "source_kind": None,
        "found_by": relation.found_by,
        "continues": None if relation.continues is None else ids[relation.continues],
        "resolved_by": None,
        "also": None,
        "confidence": _confidence(relation),
    }


def _confidence(relation: Relation) -> float:
    """Return the tagger's confidence, and for what marks alone give away how often that was right when measured."""
    if relation.confidence >= 0:
        return relation.confidence
    measured = {a.measure: a.value for a in codebook.accuracy()}
    return measured.get(f"precision of {relation.found_by}", measured["precision"])


def _cue(phrase: str) -> codebook.Cue | None:
    """Return the cue verb of a phrase such as "has repeatedly accused": the first that the codebook knows."""
    known = (codebook.cues().get(word[0].lower()) for word in WORD.finditer(phrase))
    return next((cue for cue in known if cue), None)


def _id(doc_id: str, relation: Relation) -> str:
    content = merged(relation.content)
    cue = f"-{relation.cue[0].start}" if relation.cue else ""
    return f"{doc_id}/a/{content[0].start}-{content[-1].end}{cue}"


def mode(text: str, content: tuple[Span, ...], quoted: list[Span]) -> str:
    """Return whether a content stands in quotation marks wholly, partly or not at all.

    >>> mode("“No,” he said", (Span(0, 5),), [Span(0, 5)])
    'direct'
    """
    if not any(overlapping(span, quoted) for span in content):
        return "indirect"
    bare = (piece for span in content for piece in without(span, overlapping(span, quoted)))
    return "mixed" if any(WORD.search(text, *piece) for piece in bare) else "direct"
