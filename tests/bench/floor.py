"""Learn what tells who has a turn, from who says "I" in GUM's talks, interviews, hearings, speeches and vlogs.

usage: floor.py CORPORA [--check]    writes toolkit/codebook/floor.csv and prints the share of turns given rightly

A conditional random field: the speakers of all turns at once, known where somebody with a name says "I", "me" or "my" outside of
quotations. The weights begin at what anyone would expect (PRIOR), and the corpus moves them. --check writes nothing, and
prints what five-fold cross-validation by documents gives.
"""

import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from toolkit import codebook
from toolkit.extract.actors.cast import Cast
from toolkit.extract.actors.floor import OTHERS, SAME, WEIGHTS, Beliefs, Chain, beliefs
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
_NO_NAMES = _I | {
    "you",
    "your",
    "yours",
    "we",
    "us",
    "our",
    "he",
    "she",
    "his",
    "her",
    "they",
    "them",
    "their",
    "it",
    "its",
    "who",
}
PRIOR = {
    "introduces": 6, "addresses": -3, "addresses_perhaps": -2, "names": -3, "name_alone": -2, "name_alone_before": 3,
    "called_before": 2.5, "addressed_before": 2, "perhaps_before": 1.5, "called_behind": 2, "addressed_behind": 1,
    "perhaps_behind": 1, "floor_says": 3, "floor_asks": -12, "times_addressed": 0.5,
    "times_named": -0.3, "introduced": 1.5, "has_name": 1, "same": -2.5, "same_in_long_turns": 0.8, "same_words": 0.3,
    "same_behind_question": -1.5, "back": 1.5,
}  # fmt: skip
_STEPS, _RATE, _HOLD = 60, 0.05, 3.0
_HEADER = """# What tells who has a turn of a talk: weights of a conditional random field that tests/bench/floor.py learned from
# who says "I" in GUM's train part (CC BY), beginning at what anyone would expect. sign: see extract/actors/floor.py.
sign,weight
"""


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
            if inside and text[m.start : m.end].lower() not in _NO_NAMES:
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
    same = np.einsum("ts,tf->f", found.stays, chain.same)
    same[SAME.index("same_has_name")] = (found.stays @ chain.has_name).sum()
    signs = np.einsum("ts,tsf->f", found.speaks, chain.signs)
    return np.concatenate([signs, same, np.einsum("ts,tf->f", found.returns, chain.back)])


def learned(data: list[Case]) -> dict[str, float]:
    """Return the weights that make the known speakers likeliest (Adam, held to the prior)."""
    prior = np.array([float(PRIOR.get(name, 0)) for name in WEIGHTS])
    w, m, v = prior.copy(), np.zeros(len(WEIGHTS)), np.zeros(len(WEIGHTS))
    for step in range(1, _STEPS + 1):
        gradient = _HOLD * (w - prior)
        weights = dict(zip(WEIGHTS, w, strict=True))
        for case in data:
            share = 1 / np.sqrt((~case.allowed).any(1).sum())
            free, bound = beliefs(case.chain, weights), beliefs(case.chain, weights, case.allowed)
            gradient += share * (_told(case.chain, free) - _told(case.chain, bound))
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
        w = w - _RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return dict(zip(WEIGHTS, w.tolist(), strict=True))


def hits(case: Case, weights: dict[str, float]) -> int:
    """Return how many turns of those with a name are given rightly: to the likeliest of those with a name."""
    speaks = beliefs(case.chain, weights).speaks
    return sum(bool(right[np.argmax(speaks[t, :-OTHERS])]) for t, right in case.right.items())


def main() -> None:
    """Learn, or check."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    train = cases(Path(sys.argv[1]) / "gum-open-train.jsonl")
    total = sum(len(c.right) for c in train)
    prior = {name: float(PRIOR.get(name, 0)) for name in WEIGHTS}
    print(f"{len(train)} texts, {total} turns; by the prior {sum(hits(c, prior) for c in train) / total:.3f}")
    if "--check" in sys.argv:
        got = {}
        for fold in range(5):
            w = learned([c for i, c in enumerate(train) if i % 5 != fold])
            got |= {c.doc_id: hits(c, w) for i, c in enumerate(train) if i % 5 == fold}
        for c in train:
            if c.right:
                print(f"{c.doc_id:32} {len(c.right):3d} prior {hits(c, prior):3d} learned {got[c.doc_id]:3d}")
        print(f"cross-validated {sum(got.values()) / total:.3f}")
        return
    w = learned(train)
    print(f"learned {sum(hits(c, w) for c in train) / total:.3f}")
    rows = "".join(f"{name},{w[name]:.2f}\n" for name in WEIGHTS)
    (Path(codebook.__file__).parent / "floor.csv").write_text(_HEADER + rows, encoding="utf-8")
    print(rows)


if __name__ == "__main__":
    main()
