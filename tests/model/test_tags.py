import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.model.tags import (
    TAGS,
    Fragment,
    allowed,
    best,
    fragments,
    marginals,
    starts_and_ends,
    tagged,
    within_paragraphs,
)

N = len(TAGS)


@st.composite
def apart(draw):
    """Return fragments that do not overlap, and how many words they stand among."""
    lengths = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.integers(0, 2)), max_size=8))
    at, found = 0, []
    for gap, length, label in lengths:
        found.append(Fragment(label, at + gap, at + gap + length - 1))
        at += gap + length
    return found, at + draw(st.integers(0, 3))


@given(apart())
def test_fragments_come_back_from_their_tags(case):
    found, words = case
    assert fragments(tagged(found, words)) == found


def emissions(seed: int, words: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 3, (words, N)).astype(np.float32)


@settings(deadline=None)
@given(st.integers(0, 1000), st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_the_best_tags_always_make_whole_fragments(seed, lengths):
    texts = [emissions(seed + i, n) for i, n in enumerate(lengths)]
    for path, n in zip(best(texts, allowed(N)), lengths, strict=True):
        assert len(path) == n
        assert tagged(fragments(path), n).tolist() == path.tolist()


def test_the_best_tags_are_those_of_the_highest_sum():
    rng = np.random.default_rng(5)
    steps = allowed(N) + rng.normal(0, 1, (N, N))
    scores = emissions(1, 4)
    first, last = starts_and_ends(N)

    def total(path):
        return first[path[0]] + last[path[-1]] + scores[range(4), path].sum() + steps[path[:-1], path[1:]].sum()

    every = np.stack(np.meshgrid(*[np.arange(N)] * 4, indexing="ij"), -1).reshape(-1, 4)
    expected = max(every, key=total)
    [found] = best([scores], steps)
    assert found.tolist() == expected.tolist()


def test_a_text_is_tagged_the_same_alone_and_among_others():
    texts = [emissions(i, n) for i, n in enumerate((7, 0, 30, 7))]
    for path, text in zip(best(texts, allowed(N)), texts, strict=True):
        assert path.tolist() == best([text], allowed(N))[0].tolist()
    for one, text in zip(marginals(texts, allowed(N)), texts, strict=True):
        np.testing.assert_allclose(one, marginals([text], allowed(N))[0], atol=1e-5)


def test_the_probabilities_of_the_tags_of_a_word_are_those_of_all_its_sequences():
    steps, scores = allowed(N), emissions(3, 3)
    first, last = starts_and_ends(N)
    every = np.stack(np.meshgrid(*[np.arange(N)] * 3, indexing="ij"), -1).reshape(-1, 3)
    sums = [first[p[0]] + last[p[-1]] + scores[range(3), p].sum() + steps[p[:-1], p[1:]].sum() for p in every]
    weights = np.exp(np.array(sums) - max(sums))
    expected = np.zeros((3, N))
    for path, weight in zip(every, weights, strict=True):
        expected[range(3), path] += weight / weights.sum()
    np.testing.assert_allclose(marginals([scores], steps)[0], expected, atol=1e-5)


def test_no_fragment_goes_on_into_the_next_paragraph():
    scores = np.full((4, N), -5.0, np.float32)
    scores[:, TAGS.index("I-content")] = 5
    scores[0, TAGS.index("B-content")] = scores[3, TAGS.index("E-content")] = 9
    [whole] = best([scores], allowed(N))
    assert fragments(whole) == [Fragment(2, 0, 3)]
    [parted] = best([within_paragraphs(scores, np.array([1, 0, 1, 0]))], allowed(N))
    assert all(not (f.first < 2 <= f.last) for f in fragments(parted))


@pytest.mark.parametrize("scores", [[], [np.zeros((0, N), np.float32)]])
def test_nothing_to_tag_gives_nothing(scores):
    assert [len(path) for path in best(scores, allowed(N))] == [0] * len(scores)
    assert [len(one) for one in marginals(scores, allowed(N))] == [0] * len(scores)
