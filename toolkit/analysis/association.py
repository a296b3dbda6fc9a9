"""How strongly do counts go together? The measures behind collocations and keyness, on arrays of counts."""

import numpy as np
import numpy.typing as npt

Counts = npt.ArrayLike


def log_likelihood(both: Counts, first: Counts, second: Counts, all_: Counts) -> np.ndarray:
    """Return the log-likelihood ratio G² of a two by two table, given its corner and its margins.

    Dunning (1993), "Accurate methods for the statistics of surprise and coincidence", Computational
    Linguistics 19(1). His first example, "the swiss", in a table of 110, 2442, 111 and 29114:

    >>> log_likelihood(110, 110 + 2442, 110 + 111, 110 + 2442 + 111 + 29114).round(2)
    np.float64(270.72)
    """
    both, first, second, all_ = (np.asarray(n, float) for n in (both, first, second, all_))
    cells = (
        (both, first * second),
        (first - both, first * (all_ - second)),
        (second - both, (all_ - first) * second),
        (all_ - first - second + both, (all_ - first) * (all_ - second)),
    )
    g2 = 2 * np.sum([_information(seen, product / all_) for seen, product in cells], axis=0)
    return np.maximum(g2, 0)  # type: ignore[no-any-return]  # what is nothing may come out a rounding error below it


def mutual_information(both: Counts, first: Counts, second: Counts, all_: Counts) -> np.ndarray:
    """Return pointwise mutual information in bits: log2 of how many times as often as by chance.

    Church and Hanks (1990), "Word association norms, mutual information, and lexicography",
    Computational Linguistics 16(1).

    >>> mutual_information(8, 16, 32, 1024)  # 0.5 expected, 16 times as many seen
    np.float64(4.0)
    """
    both, first, second, all_ = (np.asarray(n, float) for n in (both, first, second, all_))
    with np.errstate(divide="ignore"):
        return np.log2(both * all_ / (first * second))  # type: ignore[no-any-return]


def log_odds(
    target: np.ndarray, reference: np.ndarray, background: np.ndarray, prior: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the log-odds ratio of every word between two bodies of text, and its z-score.

    An informative Dirichlet prior of `prior` words, shared out as in the background, draws rare words
    to nothing: Monroe, Colaresi and Quinn (2008), "Fightin' words", Political Analysis 16(4),
    equations 15, 16, 22 and 23. Above 0 is the target's.

    >>> ratio, z = log_odds(np.array([8, 2]), np.array([2, 8]), np.array([10, 10]), 4)
    >>> ratio.round(3), z.round(3)  # by hand: ln(10/4) - ln(4/10), and that over the root of 1/10 + 1/4
    (array([ 1.833, -1.833]), array([ 3.098, -3.098]))
    """
    share = prior * background / background.sum()
    a, b = target + share, reference + share
    ratio = np.log(a / (target.sum() + prior - a)) - np.log(b / (reference.sum() + prior - b))
    return ratio, ratio / np.sqrt(1 / a + 1 / b)


def _information(seen: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return seen * ln(seen / expected), nothing where nothing was seen."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(seen > 0, seen * np.log(seen / expected), 0.0)
