"""Measure how well the turns of talks are given to their speakers, on who says "I" in GUM, and whether to learn it.

usage: floor.py CORPORA

The turns are those in which somebody with a name says "I", "me" or "my" outside of quotations. Printed is the share
that the weights of toolkit/codebook/floor.csv give rightly, and the share when a conditional random field begins at
them and learns from the train part, cross-validated in five parts by documents. It was worse (.73 against .79), so the
weights stay as written.
"""

import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from toolkit import codebook
from toolkit.extract.actors.cast import Cast
from toolkit.extract.actors.floor import OTHERS, WEIGHTS, Beliefs, Chain, beliefs
from toolkit.extract.actors.talk import paragraph_spans, talk
from toolkit.extract.attributions import attributions
from toolkit.extract.metonymy import uses
from toolkit.extract.names import names
from toolkit.extract.sentences import sentences
from toolkit.source.corpus import read_corpus, text_of
from toolkit.source.documents import from_texts
from toolkit.source.quotes import quotes
from toolkit.spans import Link, Span, inverse, overlapping, raw_span

_I = frozenset({"i", "me", "my", "mine", "myself"})
_STEPS, _RATE, _HOLD = 60, 0.05, 3.0


class Case(NamedTuple):
    """A text's turns, which speakers may have each, and of the turns of those with a name, which speakers are right."""

    doc_id: str
    chain: Chain
    allowed: np.ndarray
    right: dict[int, np.ndarray]


def cases(path: Path) -> list[Case]:
    """Return the texts of a corpus in which somebody with a name says "I" outside of quotations."""
    gold = list(read_corpus(path))
    documents, alignment = from_texts(text_of(d) for d in gold)
    read = sentences(documents)
    called = names(documents, read, attributions(documents).names)
    used = uses(documents, read, called)
    out = []
    for document, made in zip(gold, documents.itertuples(index=False), strict=True):
        of = [t[t["doc_id"] == made.doc_id] for t in (alignment, read, called, used)]
        back = inverse(tuple(Link(*r) for r in of[0][["start", "end", "raw_start", "raw_end"]].itertuples(index=False)))
        mentions = [(raw_span(back, *m["span"]), m) for m in document["mentions"]]
        case = _case(document["doc_id"], made.text, mentions, *of[1:])
        if case:
            out.append(case)
    return out


def _case(doc_id: str, text: str, mentions: list[Any], read: Any, called: Any, used: Any) -> Case | None:
    rows = read[read["part"].isin(["headline", "body"])].sort_values("start")
    paragraphs = paragraph_spans(list(rows[["start", "end", "paragraph"]].itertuples(index=False)))
    cast = Cast(
        text,
        [(k, Span(s, e)) for k, s, e in called[["kind", "start", "end"]].itertuples(index=False)],
        {Span(s, e): u for s, e, u in used[["start", "end", "use"]].itertuples(index=False)},
    )
    quoted = sorted(s for q in quotes(text, paragraphs) for s in q.spans)
    if len(paragraphs) < 2:
        return None
    people, chain = talk(text, paragraphs, quoted, cast)
    if not people:
        return None
    known: dict[str, set[int]] = {}
    for s, actor in enumerate(people):
        for m in actor.mentions:
            inside = [(e - b, x["chain"]) for (b, e), x in mentions if b <= m.start and m.end <= e]
            if inside:
                known.setdefault(min(inside)[1], set()).add(s)
    allowed = np.ones((len(paragraphs), len(people) + OTHERS), dtype=bool)
    right = {}
    for t, p in enumerate(paragraphs):
        said = [
            x["chain"]
            for (b, e), x in mentions
            if p.start <= b < p.end and text[b:e].lower() in _I and not overlapping((b, e), quoted)
        ]
        if not said:
            continue
        speakers = known.get(max(set(said), key=said.count), set())
        if speakers:  # who has no name would teach how many have none, which every kind of text has otherwise
            right[t] = allowed[t] = np.array([s in speakers for s in range(len(people))] + [False] * OTHERS)
    return Case(doc_id, chain, allowed, right) if right else None


def _told(chain: Chain, found: Beliefs) -> np.ndarray:
    """Return how often each sign is expected to be there, in the order of WEIGHTS."""
    signs = np.einsum("ts,tsf->f", found.speaks, chain.signs)
    same = np.einsum("ts,tf->f", found.stays, chain.same)
    return np.concatenate([signs, same, [found.returns.sum()]])


def learned(data: list[Case]) -> dict[str, float]:
    """Return the weights that make the known speakers likeliest (Adam, held to the weights as written)."""
    written = np.array([codebook.floor()[name] for name in WEIGHTS])
    w, m, v = written.copy(), np.zeros(len(WEIGHTS)), np.zeros(len(WEIGHTS))
    for step in range(1, _STEPS + 1):
        gradient = _HOLD * (w - written)
        weights = dict(zip(WEIGHTS, w.tolist(), strict=True))
        for case in data:
            free, bound = beliefs(case.chain, weights), beliefs(case.chain, weights, case.allowed)
            gradient += (_told(case.chain, free) - _told(case.chain, bound)) / np.sqrt(len(case.right))
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
        w = w - _RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return dict(zip(WEIGHTS, w.tolist(), strict=True))


def hits(case: Case, weights: dict[str, float]) -> int:
    """Return how many turns are given rightly: to the likeliest of those with a name."""
    speaks = beliefs(case.chain, weights).speaks
    return sum(bool(right[np.argmax(speaks[t, :-OTHERS])]) for t, right in case.right.items())


def main() -> None:
    """Measure, and print."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    train, dev = (cases(Path(sys.argv[1]) / f"gum-open-{part}.jsonl") for part in ("train", "dev"))
    for part, data in (("train", train), ("dev", dev)):
        turns, right = sum(len(c.right) for c in data), sum(hits(c, codebook.floor()) for c in data)
        print(f"{part}: {len(data)} texts, {turns} turns, as written {right / turns:.3f}")
    right = 0
    for fold in range(5):
        weights = learned([c for i, c in enumerate(train) if i % 5 != fold])
        right += sum(hits(c, weights) for c in train[fold::5])
    print(f"learned, cross-validated on train: {right / sum(len(c.right) for c in train):.3f}")


if __name__ == "__main__":
    main()
