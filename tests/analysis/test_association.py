import math

import numpy as np
import pytest

from toolkit.analysis.association import log_likelihood, log_odds, mutual_information

# Dunning (1993), table 1: both words, only the first, only the second, neither, and his -2 log lambda.
DUNNING = [
    (110, 2442, 111, 29114, 270.72),
    (29, 13, 123, 31612, 263.90),
    (31, 23, 139, 31584, 256.84),
    (10, 0, 3, 31764, 167.23),
    (76, 104, 2476, 29121, 157.21),
    (16, 16, 51, 31694, 157.03),
    (9, 0, 5, 31763, 146.80),
    (16, 0, 865, 30896, 115.02),
]


@pytest.mark.parametrize(("a", "b", "c", "d", "published"), DUNNING)
def test_log_likelihood_is_dunnings_own(a, b, c, d, published):
    assert log_likelihood(a, a + b, a + c, a + b + c + d) == pytest.approx(published, abs=0.005)


def test_what_is_as_by_chance_has_no_log_likelihood():
    assert log_likelihood(4, 20, 20, 100) == pytest.approx(0, abs=1e-9)
    assert log_likelihood([0, 5], [5, 5], [5, 5], [10, 10]).tolist() == pytest.approx([20 * math.log(2)] * 2)


def test_mutual_information_counts_doublings():
    # Church and Hanks (1990): log2 of P(x, y) over P(x) P(y)
    assert mutual_information([8, 1, 4], [16, 32, 8], [32, 32, 8], [1024, 1024, 16]).tolist() == [4.0, 0.0, 0.0]


def test_log_odds_are_those_of_monroe_colaresi_and_quinn_worked_by_hand():
    target, reference = np.array([30, 10, 60]), np.array([10, 30, 160])
    prior, background = 30, target + reference
    ratio, z = log_odds(target, reference, background, prior)
    for w in range(3):
        alpha = prior * background[w] / 300
        first = math.log((target[w] + alpha) / (100 + prior - target[w] - alpha))
        second = math.log((reference[w] + alpha) / (200 + prior - reference[w] - alpha))
        assert ratio[w] == pytest.approx(first - second)
        assert z[w] == pytest.approx((first - second) / math.sqrt(1 / (target[w] + alpha) + 1 / (reference[w] + alpha)))
    assert alpha == 22
    assert ratio[0] == pytest.approx(math.log(34 / 96) - math.log(14 / 216))


def test_a_heavier_prior_draws_words_to_nothing():
    counts = np.array([5, 95]), np.array([1, 99]), np.array([6, 194])
    light, heavy = log_odds(*counts, 1)[1], log_odds(*counts, 10_000)[1]
    assert abs(heavy[0]) < abs(light[0])


def test_swapping_the_sides_turns_the_sign():
    a, b = np.array([7, 3, 90]), np.array([2, 8, 70])
    assert log_odds(a, b, a + b, 10)[1] == pytest.approx(-log_odds(b, a, a + b, 10)[1])
