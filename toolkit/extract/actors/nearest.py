"""Who a pronoun means: the fitting actor that stands out most before it.

What makes somebody stand out is Lappin and Leass's salience (1994) in a few measured weights, which
stand in codebook/salience.csv; tests/bench/salience.py learned them from GUM's coreference chains.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from toolkit import codebook
from toolkit.extract.actors.cast import Actor
from toolkit.spans import Span

FEATURES = (
    "sentences",
    "paragraph",
    "pronoun",
    "subject",
    "mentions",
    "heard",
    "voice",
    "possessor",
    "latest",
    "known",
)
_FURTHEST = 6  # sentences: beyond, distance says no more
_CLOSE = 0.7  # of the best one's logit: another that comes so near is named as fitting too


class Places:
    """Where a text's sentences and paragraphs begin, to measure distances in them."""

    def __init__(self, text: str, sentences: Sequence[Span], paragraphs: Sequence[int]) -> None:
        """Take the sentences in order, and the number of each one's paragraph."""
        self.text = text
        self.sentences = sentences
        self.starts = [s.start for s in sentences]
        self.paragraphs = paragraphs

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that holds an offset."""
        return max(bisect_right(self.starts, at) - 1, 0)

    def paragraph(self, at: int) -> int:
        """Return the number of the paragraph that holds an offset."""
        return self.paragraphs[self.sentence(at)] if self.paragraphs else 0


def features(actor: Actor, at: int, places: Places, voice: Actor | None, latest: Actor | None) -> list[float] | None:
    """Return the features of a candidate for a pronoun, in the order of FEATURES; None where it was not mentioned yet.

    voice: whose indirect words the pronoun stands in; latest: who was mentioned last of all candidates.
    """
    mention = actor.last_before(at)
    if mention is None:
        return None
    here = places.sentence(at)
    there = places.sentence(mention.start)
    opens = mention.start - places.starts[there] if places.starts else 0
    count = bisect_left(actor.mentions, (at,))
    last = actor.last_heard(at)
    heard = last is not None and here - places.sentence(last) <= 2
    return [
        min(here - there, _FURTHEST),
        float(places.paragraph(mention.start) == places.paragraph(at)),
        float(mention.form == "pronoun"),
        float(opens < 20 or actor.heard_at(mention.start)),
        math.log1p(count),
        float(heard),
        float(actor is voice),
        float(places.text[mention.end : mention.end + 2] in ("’s", "'s")),
        float(actor is latest),
        float(actor.female is not None),
    ]


def ranked(
    candidates: Iterable[Actor], at: int, places: Places, voice: Actor | None = None
) -> list[tuple[float, Actor]]:
    """Return (score, actor) of the candidates that were mentioned before, the one that stands out most first."""
    before = [(a, m) for a in candidates if (m := a.last_before(at))]
    if not before:
        return []
    latest = max(before, key=lambda pair: pair[1].start)[0]
    weights = codebook.salience()
    scored = []
    for actor, _ in before:
        values = features(actor, at, places, voice, latest)
        assert values is not None
        score = sum(weights[name] * value for name, value in zip(FEATURES, values, strict=True))
        scored.append((score, actor))
    return sorted(scored, key=lambda pair: -pair[0])


def close(scored: Sequence[tuple[float, Actor]]) -> list[Actor]:
    """Return who else, beside the first, stands out nearly as much."""
    return [actor for score, actor in scored[1:] if scored[0][0] - score < _CLOSE]
