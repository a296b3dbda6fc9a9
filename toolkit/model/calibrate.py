"""How sure is sure: the tagger's own probabilities made into the share that is right, on a corpus."""

from collections.abc import Sequence

import numpy as np

from toolkit.model.decode import Decoder, Linked, features
from toolkit.model.encoder import Encoder
from toolkit.model.examples import Example

_BINS = 10
_ENOUGH = 0.3  # the share of words that a content must have in common with gold's


def outcomes(encoder: Encoder, documents: Sequence[Example]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the features of each attribution found, whether gold has it, and its document's number."""
    read = [d.words for d in documents]
    found = Decoder(encoder.parameters).attributions(read, [encoder.encode(one) for one in read])
    rows, right, owner = [], [], []
    for number, (own, gold) in enumerate(zip(found, documents, strict=True)):
        own = [one for one in own if one.content]
        for one, hit in zip(own, _matched(own, gold), strict=True):
            rows.append(features(one))
            right.append(hit)
            owner.append(number)
    return np.array(rows), np.array(right, float), np.array(owner)


def _matched(found: Sequence[Linked], gold: Example) -> list[bool]:
    """Return which contents have one of gold's to themselves, the closest first."""
    contents: dict[int, set[int]] = {}
    for i, fragment in enumerate(gold.fragments):
        if fragment.label == 2:
            contents.setdefault(gold.cue_of.get(i, -1 - i), set()).update(range(fragment.first, fragment.last + 1))
    own = [{w for f in one.content for w in range(f.first, f.last + 1)} for one in found]
    pairs = sorted(
        ((len(a & b) / len(a | b), i, j) for i, a in enumerate(own) for j, b in contents.items() if a & b), reverse=True
    )
    hit, taken = [False] * len(own), set()
    for shared, i, j in pairs:
        if shared >= _ENOUGH and not hit[i] and j not in taken:
            hit[i] = True
            taken.add(j)
    return hit


def fitted(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the coefficients of a logistic regression with a little ridge, by Newton's method."""
    weights = np.zeros(rows.shape[1])
    ridge = np.diag([0.0] + [1.0] * (rows.shape[1] - 1))
    for _ in range(30):
        p = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (right - p) - ridge @ weights
        curvature = (rows * (p * (1 - p))[:, None]).T @ rows + ridge
        weights = weights + np.linalg.solve(curvature, gradient)
    return weights


def calibration_error(rows: np.ndarray, right: np.ndarray, owner: np.ndarray) -> float:
    """Return the expected calibration error in ten equal bins, each half of the documents judged by the other's fit."""
    p = np.zeros(len(right))
    for half in (0, 1):
        own = owner % 2 == half
        p[own] = 1 / (1 + np.exp(-rows[own] @ fitted(rows[~own], right[~own])))
    return expected_calibration_error(p, right)


def expected_calibration_error(p: np.ndarray, right: np.ndarray) -> float:
    """Return the mean distance of confidence and share right over ten bins of equal width, weighted by size.

    >>> expected_calibration_error(np.array([0.75, 0.75]), np.array([1.0, 0.0]))
    0.25
    """
    bins = np.minimum((p * _BINS).astype(int), _BINS - 1)
    return float(sum(abs(p[bins == b].sum() - right[bins == b].sum()) for b in range(_BINS)) / len(p))
