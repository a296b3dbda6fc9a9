"""Attributions: one row per source-cue-content relation, and one per fragment of it."""

import pandas as pd

from toolkit import codebook
from toolkit.extract.attributions.quotes import quotes
from toolkit.extract.attributions.rules import Relation, relations
from toolkit.source.segment import WORD
from toolkit.spans import Span, merged, overlapping, without
from toolkit.tables import ATTRIBUTION_SPANS, ATTRIBUTIONS, ROLES, conform


def attributions(documents: pd.DataFrame, sentences: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables attributions and attribution_spans of the documents' bodies and headlines.

    The actors are not known yet: `actor_id`, `source_kind` and `resolved_by` are missing.
    """
    rows: list[dict[str, object]] = []
    span_rows: list[dict[str, object]] = []
    by_document = dict(list(sentences.groupby("doc_id", sort=False)))
    for document in documents.itertuples(index=False):
        own = by_document.get(document.doc_id, sentences.iloc[:0])
        own = own[own["part"].isin(["headline", "body"])]
        in_sentences = [Span(*pair) for pair in zip(own["start"], own["end"], strict=True)]
        by_paragraph = own.groupby("paragraph", sort=False).agg({"start": "min", "end": "max"})
        paragraphs = sorted(Span(int(a), int(b)) for a, b in by_paragraph.itertuples(index=False))
        found = relations(document.text, in_sentences, paragraphs)
        quoted = [span for quote in quotes(document.text, paragraphs) for span in quote.spans]
        ids = [_id(document.doc_id, relation) for relation in found]
        seen: set[str] = set()
        for relation, key in zip(found, ids, strict=True):
            if key in seen:
                continue
            seen.add(key)
            rows.append(_row(document, relation, key, quoted, ids))
            span_rows += [
                {"attribution_id": key, "doc_id": document.doc_id, "role": role, "start": start, "end": end}
                for role in ROLES
                for start, end in getattr(relation, role)
            ]
    return conform(pd.DataFrame(rows), ATTRIBUTIONS), conform(pd.DataFrame(span_rows), ATTRIBUTION_SPANS)


def _row(document: object, relation: Relation, key: str, quoted: list[Span], ids: list[str]) -> dict[str, object]:
    text, doc_id = document.text, document.doc_id  # type: ignore[attr-defined]
    cue = next((codebook.cues().get(text[slice(*s)].split()[-1].lower()) for s in relation.cue), None)
    phrase = " ".join(text[slice(*s)] for s in relation.cue).lower() or None
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
        "confidence": _confidence(relation.found_by),
    }


def _confidence(found_by: str) -> float:
    """Return the share of relations found in this way that were right when measured, or of all."""
    measured = {a.measure: a.value for a in codebook.accuracy()}
    return measured.get(f"precision of {found_by}", measured.get("precision", 0.0))


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
