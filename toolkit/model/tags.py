"""The tags of words, the best sequence of them, and what fragments they make.

A fragment of one word is tagged S, a longer one B, I ..., E, each with its role; all other words O.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{border}-{role}" for role in ROLES for border in "BIES"))
NAME_KINDS = ("person", "organization", "place")
NAME_TAGS = ("O", *(f"{border}-{kind}" for kind in NAME_KINDS for border in "BIES"))
_NEVER = -1e4


class Fragment(NamedTuple):
    """A contiguous part of a role: its label (index in ROLES), and its first and last word."""

    label: int
    first: int
    last: int


def tagged(fragments: Iterable[Fragment], words: int) -> np.ndarray:
    """Return the tag (index in TAGS or NAME_TAGS) of every word; fragments do not overlap.

    >>> tagged([Fragment(0, 0, 1), Fragment(1, 3, 3)], 4).tolist()
    [1, 3, 0, 8]
    """
    tags = np.zeros(words, int)
    for label, first, last in fragments:
        base = 1 + 4 * label
        if first == last:
            tags[first] = base + 3
        else:
            tags[first], tags[last] = base, base + 2
            tags[first + 1 : last] = base + 1
    return tags


def allowed(tags: int) -> np.ndarray:
    """Return a matrix of which tag (column) may follow which (row): 0 where it may, hugely negative where not."""
    inside = np.zeros(tags, bool)  # after this tag the fragment must go on
    goes_on = np.zeros(tags, bool)  # this tag can only go on a fragment
    label = np.full(tags, -1)
    for tag in range(1, tags):
        label[tag], border = divmod(tag - 1, 4)
        inside[tag], goes_on[tag] = border in (0, 1), border in (1, 2)
    fits = (inside[:, None] & goes_on & (label[:, None] == label)) | (~inside[:, None] & ~goes_on)
    return np.where(fits, 0.0, _NEVER)


def within_paragraphs(emissions: np.ndarray, opens: np.ndarray) -> np.ndarray:
    """Return the scores with none for a fragment that would go on from one paragraph into the next."""
    if not len(emissions):
        return emissions
    out = emissions.copy()
    goes_on = np.arange(1, emissions.shape[1])
    out[np.ix_(opens == 1, goes_on[np.isin((goes_on - 1) % 4, (1, 2))])] = _NEVER
    return out


def starts_and_ends(tags: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the scores of a tag as the first and as the last of a text."""
    free = allowed(tags)
    return free[0], free[:, 0]


def best(emissions: list[np.ndarray], transitions: np.ndarray) -> list[np.ndarray]:
    """Return the best sequence of tags of each text (Viterbi), texts side by side.

    emissions: per text, words x tags. transitions: tags x tags, those not allowed included.
    """
    order, live = _side_by_side(emissions)
    first, last = starts_and_ends(len(transitions))
    # texts stand in the last place, where many numbers are quickly added and compared
    scores = np.zeros((len(live), len(transitions), len(order)))
    for column, i in enumerate(order):
        scores[: len(emissions[i]), :, column] = emissions[i]
    scores[:1] += first[:, None]
    step = transitions.astype(np.float32)
    for t in range(1, len(live)):
        before = scores[t - 1, :, None, : live[t]]
        scores[t, :, : live[t]] += np.maximum.reduce(before + step[:, :, None], axis=0)  # from, to, texts
    paths = np.zeros((len(live), len(order)), int)
    following = 0  # texts that go on
    for t in range(len(live) - 1, -1, -1):
        now = scores[t, :, : live[t]]
        now[:, following:] += last[:, None]
        now[:, :following] += step[:, paths[t + 1, :following]] if following else 0
        following = live[t]
        paths[t, :following] = now.argmax(0)
    out = [np.zeros(0, int)] * len(emissions)
    for column, i in enumerate(order):
        out[i] = paths[: len(emissions[i]), column].copy()
    return out


def marginals(emissions: list[np.ndarray], transitions: np.ndarray) -> list[np.ndarray]:
    """Return the probability of each tag at each word of each text (forward-backward)."""
    order, live = _side_by_side(emissions)
    first, last = starts_and_ends(len(transitions))
    likely = np.zeros((len(live), len(order), len(transitions)), np.float32)
    for column, i in enumerate(order):
        likely[: len(emissions[i]), column] = emissions[i]
    likely = np.exp(likely - likely.max(2, keepdims=True))
    step = np.exp(transitions).astype(np.float32)
    # rescaled at each word, as products of probabilities run out of floating point
    forward = np.zeros_like(likely)  # behind the end of a text, too
    for t, texts in enumerate(live):
        now = ((forward[t - 1, :texts] @ step) if t else np.exp(first)) * likely[t, :texts]
        forward[t, :texts] = now / np.add.reduce(now, axis=1, keepdims=True)
    backward = np.full_like(likely, np.exp(last))
    for t in range(len(live) - 1, 0, -1):
        now = (backward[t, : live[t]] * likely[t, : live[t]]) @ step.T
        backward[t - 1, : live[t]] = now / np.add.reduce(now, axis=1, keepdims=True)
    both = forward * backward
    out = [np.zeros((0, len(transitions)), np.float32)] * len(emissions)
    for column, i in enumerate(order):
        own = both[: len(emissions[i]), column]
        out[i] = own / own.sum(1, keepdims=True)
    return out


def _side_by_side(emissions: list[np.ndarray]) -> tuple[list[int], list[int]]:
    """Return texts with the longest first, and at each word how many of them have it."""
    lengths = np.array([len(one) for one in emissions], int)
    order = np.argsort(-lengths, kind="stable")
    words = np.arange(lengths.max(initial=0))
    return order.tolist(), np.searchsorted(-lengths[order], -words, side="left").tolist()


def fragments(tags: np.ndarray) -> list[Fragment]:
    """Return the fragments of a valid sequence of tags, in order.

    >>> fragments(np.array([1, 3, 0, 8]))
    [Fragment(label=0, first=0, last=1), Fragment(label=1, first=3, last=3)]
    """
    at = np.flatnonzero(tags)
    label, border = np.divmod(tags[at] - 1, 4)
    begins = at[(border == 0) | (border == 3)]
    ends = at[(border == 2) | (border == 3)]
    labels = label[(border == 0) | (border == 3)]
    return [Fragment(*map(int, row)) for row in zip(labels, begins, ends, strict=True)]
