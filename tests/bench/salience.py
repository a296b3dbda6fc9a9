"""Learn how much each feature makes somebody stand out before "he" or "she", from GUM's coreference chains.

usage: salience.py CORPORA    writes toolkit/codebook/salience.csv and prints the share of pronouns resolved rightly

A conditional logit: of the persons named before a pronoun, the one of its chain should score highest. Pronouns
before it have the mentions that the corpus gives them.
"""

import sys
from pathlib import Path

import numpy as np

from toolkit import codebook
from toolkit.extract.actors.cast import Cast, Mention
from toolkit.extract.actors.nearest import FEATURES, Places, features
from toolkit.extract.actors.sources import SINGULAR, gender
from toolkit.extract.attributions import attributions
from toolkit.extract.sentences import sentences
from toolkit.source.corpus import read_corpus, text_of
from toolkit.source.documents import from_texts
from toolkit.spans import Link, Span, inverse, raw_span

_FEMALE = {"she", "her", "hers", "herself"}
_ABOUT_ONE = {"bio"}  # where nearly every "he" is one person's, who is named least cannot be learned
_HEADER = """# How much each feature makes somebody stand out before a pronoun: weights of a conditional logit that
# tests/bench/salience.py learned from the coreference chains of GUM's train part (CC BY).
feature,weight
"""


def examples(path: Path) -> list[tuple[np.ndarray, int]]:
    """Return (features of the candidates, index of the right one) for every pronoun whose person is named before it."""
    gold = [d for d in read_corpus(path) if d["genre"] not in _ABOUT_ONE]
    documents, alignment = from_texts(text_of(d) for d in gold)
    read = sentences(documents)
    names = attributions(documents).names
    out = []
    for document, made in zip(gold, documents.itertuples(index=False), strict=True):
        own_links = alignment[alignment["doc_id"] == made.doc_id][["start", "end", "raw_start", "raw_end"]]
        back = inverse(tuple(Link(*row) for row in own_links.itertuples(index=False)))
        own = read[(read["doc_id"] == made.doc_id) & read["part"].isin(["headline", "body"])].sort_values("start")
        rows = list(own[["start", "end", "paragraph"]].itertuples(index=False))
        places = Places(made.text, [Span(s, e) for s, e, _ in rows], [p for *_, p in rows])
        of_document = names[names["doc_id"] == made.doc_id]
        found = [(k, Span(s, e)) for k, s, e in of_document[["kind", "start", "end"]].itertuples(index=False)]
        cast = Cast(made.text, found, {})
        people = [a for a in cast.actors if a.kind == "person"]
        chain_at = {raw_span(back, *m["span"]): m["chain"] for m in document["mentions"]}
        chains = {
            a: {c for (s, e), c in chain_at.items() for m in a.mentions if s <= m.start and m.end <= e} for a in people
        }
        spans = sorted(s for s in chain_at if made.text[slice(*s)].lower() in SINGULAR)
        for start, end in spans:
            female = made.text[start:end].lower() in _FEMALE
            before = [a for a in people if a.last_before(start) and gender(a) in (None, female)]
            right = [a for a in before if chain_at[start, end] in chains[a]]
            if not right:
                continue
            latest = max(before, key=lambda a: a.last_before(start).start)
            if len(before) > 1:
                table = np.array([features(a, start, places, None, latest) for a in before], dtype=float)
                out.append((table, before.index(right[0])))
            cast.mention(right[0], Mention(start, end, "pronoun"))
    return out


def learned(
    data: list[tuple[np.ndarray, int]], steps: int = 3000, rate: float = 0.05, decay: float = 1e-3
) -> np.ndarray:
    """Return the weights that make the right candidates likeliest (Adam, with weight decay)."""
    w = np.zeros(len(FEATURES))
    m, v = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, steps + 1):
        gradient = decay * w * len(data)
        for table, right in data:
            score = table @ w
            p = np.exp(score - score.max())
            gradient -= table[right] - (p / p.sum()) @ table
        gradient /= len(data)
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
        w -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
        if step > 300 and np.abs(gradient).max() < 1e-4:
            break
    return w


def share(data: list[tuple[np.ndarray, int]], w: np.ndarray) -> float:
    """Return the share of pronouns whose right candidate scores highest."""
    return sum(int(np.argmax(table @ w)) == right for table, right in data) / len(data)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    train, dev = (examples(Path(sys.argv[1]) / f"gum-open-{part}.jsonl") for part in ("train", "dev"))
    before = np.array([codebook.salience()[name] for name in FEATURES])
    print(f"as it was: train {share(train, before):.3f} of {len(train)}, dev {share(dev, before):.3f} of {len(dev)}")
    w = learned(train)
    # nothing in GUM's pronouns tells of heard sources and voices here: those two keep their value
    for name in ("heard", "voice"):
        w[FEATURES.index(name)] = before[FEATURES.index(name)]
    print(f"learned:   train {share(train, w):.3f}, dev {share(dev, w):.3f}")
    rows = "".join(f"{name},{value:.2f}\n" for name, value in zip(FEATURES, w, strict=True))
    (Path(codebook.__file__).parent / "salience.csv").write_text(_HEADER + rows, encoding="utf-8")
    print(rows)
