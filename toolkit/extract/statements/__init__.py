"""Statements: one row per clause, with whose it is, how surely it is put, and whether it could be looked up."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from toolkit.codebook.phrases import Token, tokens
from toolkit.extract.statements.certainty import Cue, judged
from toolkit.extract.statements.checkable import DATE, NOTHING, NUMBER, REFERENCE, UNSTATED, reasons
from toolkit.extract.statements.clauses import Clause, clauses
from toolkit.extract.statements.verbs import finite
from toolkit.spans import Overlaps, Span
from toolkit.tables import conform
from toolkit.tables.contracts import STATEMENTS
from toolkit.tables.reading import by_document

_THIN = 3  # words of a content without a verb that are no statement of their own
_UNSAID = frozenset(["must", "should", "may", "might", "ought", "will"])
_NEAR = 200  # characters behind a cue in which those words stand
_BEHIND, _BEFORE = 2, 2  # words beside a cue that may belong to it: "called | on", "did not | say"


def statements(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    attributions: pd.DataFrame,
    spans: pd.DataFrame,
    dates: pd.DataFrame | None = None,
    quantities: pd.DataFrame | None = None,
    references: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row per clause of headlines and bodies, in reading order.

    A sentence is cut where a content begins or ends, and at borders of clauses. What introduces a
    content ("X said") is reporting, and no row. `dates`, `quantities` and `references` need
    doc_id, start and end: what stands in them makes a clause checkable.
    """
    rows: list[dict[str, object]] = []
    sentences_of, spans_of = by_document(sentences), by_document(spans)
    modes = dict(zip(attributions["attribution_id"], attributions["mode"], strict=True))
    tables = {DATE: dates, NUMBER: quantities, REFERENCE: references}
    given = {kind: by_document(frame) for kind, frame in tables.items() if frame is not None}
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        own = _speaking(text, spans_of.get(doc_id, []), modes)
        cues = _cues(text, own, modes)
        here = {kind: Overlaps((r.start, r.end) for r in of.get(doc_id, ())) for kind, of in given.items()}
        seen: set[Span] = set()
        for clause in _clauses(text, sentences_of.get(doc_id, []), own):
            if clause.span in seen:
                continue
            seen.add(clause.span)
            certainty, negated = judged(clause, text, cues.get(clause.voice) if clause.voice else None)
            why = [UNSTATED[certainty]] if certainty in UNSTATED else []
            found = [] if why else reasons(text, clause.span, clause.tokens, here)
            rows.append(
                {
                    "statement_id": f"{doc_id}/c/{clause.span.start}-{clause.span.end}",
                    "doc_id": doc_id,
                    "start": clause.span.start,
                    "end": clause.span.end,
                    "voice": clause.voice,
                    "certainty": certainty,
                    "negated": negated,
                    "checkable": bool(found),
                    "reason": ", ".join(why or found) or NOTHING,
                }
            )
    return conform(pd.DataFrame(rows), STATEMENTS)


def _clauses(text: str, sentences: Sequence[Any], spans: Sequence[Any]) -> Iterator[Clause]:
    """Yield the clauses of a document's headline and body, sentence by sentence."""
    contents = sorted((s.start, s.end, s.attribution_id) for s in spans if s.role == "content")
    reporting = sorted(Span(s.start, s.end) for s in spans if s.role != "content")
    spoken, said = Overlaps((start, end) for start, end, _ in contents), Overlaps(reporting)
    for sentence in sorted(sentences, key=lambda s: s.start):
        if sentence.part in {"headline", "body"}:
            span = Span(sentence.start, sentence.end)
            yield from clauses(text, span, [contents[i] for i in spoken(span)], [reporting[i] for i in said(span)])


def _speaking(text: str, spans: Sequence[Any], modes: dict[str, str]) -> list[Any]:
    """Return the spans of those attributions that give what somebody says, thinks or wants.

    The others are clauses of the author's: what is said is a mere "it" or "the idea", or is yet to be said.
    """
    by_id: dict[str, list[Any]] = {}
    for span in spans:
        by_id.setdefault(span.attribution_id, []).append(span)
    kept = []
    for key, own in by_id.items():
        content = [t for s in own if s.role == "content" for t in tokens(text, s.start, s.end)]
        cue = {t.word for s in own if s.role == "cue" for t in tokens(text, s.start, s.end)}
        begins = min((s.start for s in own if s.role != "content"), default=0)
        before = tokens(text, max(0, begins - 10), begins)[-1:]
        thin = modes.get(key) == "indirect" and finite(content) < 0 and len(content) <= _THIN
        unsaid = bool(cue & _UNSAID and not cue & {"not", "never"}) or _is_a_condition(text, before)
        if not (thin or unsaid):
            kept += own
    return kept


def _is_a_condition(text: str, before: Sequence[Token]) -> bool:
    """Return whether the word before an attribution makes it a condition: "If X says ...", "Had X called, ..."."""
    if not before:
        return False
    return before[0].word in {"if", "unless"} or (before[0].word == "had" and text[before[0].start] == "H")


def _cues(text: str, spans: Sequence[Any], modes: dict[str, str]) -> dict[str, Cue]:
    """Return the cue of every attribution that has one, with the words beside it."""
    found: dict[str, dict[str, list[Span]]] = {}
    for span in spans:
        found.setdefault(span.attribution_id, {}).setdefault(span.role, []).append(Span(span.start, span.end))
    out = {}
    for key, roles in found.items():
        cue = sorted(roles.get("cue", []))
        content = sorted(roles["content"])
        words = tuple(t.word for s in cue for t in tokens(text, *s))
        behind = tokens(text, cue[-1].end, len(text), _BEHIND) if cue else []
        line = text.find("\n", cue[-1].end, behind[-1].end) if behind else -1
        behind = [t for t in behind if line < 0 or t.end <= line]
        before = tokens(text, max(0, cue[0].start - 30), cue[0].start)[-_BEFORE:] if cue else []
        if before:  # "Neither of the two | said"
            before = [
                t for s in roles.get("source", []) for t in tokens(text, *s)[:1] if t.end < before[0].start
            ] + before
        opening = next((t.word for t in tokens(text, *content[0])), "")
        out[key] = Cue(words, tuple(t.word for t in behind), tuple(t.word for t in before), modes.get(key, ""), opening)
    return out
