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
    order = np.argsort([-len(e) for e in emissions], kind="stable")
    lengths = np.array([len(emissions[i]) for i in order])
    out: list[np.ndarray] = [np.zeros(0, int)] * len(emissions)
    if not len(lengths) or not lengths[0]:
        return out
    tags = transitions.shape[0]
    first, last = starts_and_ends(tags)
    longest = lengths[0]
    back = np.zeros((longest, len(order), tags), np.int8)
    padded = np.zeros((longest, len(order), tags), np.float32)
    for column, i in enumerate(order):
        padded[: len(emissions[i]), column] = emissions[i]
    score = padded[0] + first
    step = transitions.T.astype(np.float32)[None]  # to x from
    for t in range(1, longest):
        live = int(np.searchsorted(-lengths, -t, side="left"))
        paths = score[:live, None, :] + step
        back[t, :live] = paths.argmax(2)
        score[:live] = paths.max(2) + padded[t, :live]
    tag = (score + last).argmax(1)
    for column, i in enumerate(order):
        path = np.zeros(lengths[column], int)
        if len(path):
            path[-1] = tag[column]
            for t in range(len(path) - 1, 0, -1):
                path[t - 1] = back[t, column, path[t]]
        out[i] = path
    return out


def marginals(emissions: list[np.ndarray], transitions: np.ndarray) -> list[np.ndarray]:
    """Return the probability of each tag at each word of each text (forward-backward)."""
    if not any(len(e) for e in emissions):
        return [np.zeros((0, transitions.shape[0]))] * len(emissions)
    first, last = starts_and_ends(transitions.shape[0])
    longest = max(map(len, emissions))
    padded = np.zeros((longest, len(emissions), transitions.shape[0]), np.float32)
    inside = np.zeros((longest, len(emissions), 1), bool)
    for column, one in enumerate(emissions):
        padded[: len(one), column] = one
        inside[: len(one), column] = True
    step = np.exp(transitions).astype(np.float32)
    # rescaled at each word, as products of probabilities run out of floating point
    likely = np.exp(padded - padded.max(2, keepdims=True))
    forward, backward = np.empty_like(likely), np.empty_like(likely)
    now = likely[0] * np.exp(first)
    forward[0] = now / now.sum(1, keepdims=True)
    for t in range(1, longest):
        now = (forward[t - 1] @ step) * likely[t]
        forward[t] = now / now.sum(1, keepdims=True)
    ending = np.exp(last).astype(np.float32)
    now = np.broadcast_to(ending, forward[0].shape)
    for t in range(longest - 1, -1, -1):
        backward[t] = np.where(inside[t], now, ending)
        now = np.where(inside[t], (backward[t] * likely[t]) @ step.T, now)
        now = now / now.sum(1, keepdims=True)
    both = forward * backward
    both /= both.sum(2, keepdims=True)
    return [both[: len(one), column] for column, one in enumerate(emissions)]


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
