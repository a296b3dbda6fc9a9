import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.encoder import CONTEXT, WINDOW, Encoder, windows
from toolkit.model.tagger import WEIGHTS
from toolkit.model.words import Words, tokenizer, words
from toolkit.spans import Span


def of_lengths(lengths: list[int]) -> Words:
    """Return words of so many subwords each."""
    n = len(lengths)
    first = np.cumsum([0, *lengths[:-1]]) if n else np.zeros(0, int)
    zeros = np.zeros(n, int)
    return Words(np.arange(n), np.arange(n) + 1, first, zeros, zeros, zeros, zeros, np.full(sum(lengths), 1000))


@given(st.lists(st.integers(1, 100), max_size=400))
def test_windows_answer_for_each_word_once_and_never_hold_too_much(lengths):
    read = of_lengths(lengths)
    cut = list(windows(read))
    assert [i for w in cut for i in range(w.answers, w.until)] == list(range(len(lengths)))
    for w in cut:
        assert w.begin <= w.answers < w.until <= w.end
        assert sum(lengths[w.begin : w.end]) <= WINDOW


def test_inner_words_are_read_with_context_on_both_sides():
    cut = list(windows(of_lengths([1] * 3000)))
    for one in cut[1:]:
        assert one.answers - one.begin >= CONTEXT
    for one in cut[:-1]:
        assert one.end - one.until >= CONTEXT


@pytest.fixture(scope="module")
def encoder():
    return Encoder(WEIGHTS / "tagger.onnx")


@pytest.mark.parametrize("sentences", [0, 1, 40, 300])
def test_every_word_gets_its_numbers_and_the_same_ones_each_time(encoder, sentences):
    reader = tokenizer(WEIGHTS / "tokenizer.json")
    text = "The dam will hold, Mira Voss said. " * sentences
    read = words(reader, text, [Span(0, len(text))], [])
    once, again = encoder.encode(read), encoder.encode(read)
    assert len(once.roles) == len(read)
    assert all((a == b).all() and a.any(axis=1).all() for a, b in zip(once, again, strict=True))


def test_one_thread_gives_the_numbers_that_two_give():
    reader = tokenizer(WEIGHTS / "tokenizer.json")
    text = "The dam will hold, Mira Voss said. " * 60
    read = words(reader, text, [Span(0, len(text))], [])
    one, two = (Encoder(WEIGHTS / "tagger.onnx", threads=n).encode(read) for n in (1, 2))
    assert all((a == b).all() for a, b in zip(one, two, strict=True))


def test_the_network_reads_no_window_without_a_letter(encoder, monkeypatch):
    text = "“” 12 " * 400
    own = words(tokenizer(WEIGHTS / "tokenizer.json"), text, [Span(0, len(text))], [])
    monkeypatch.setattr(encoder, "_session", _Silent(encoder._session.get_outputs()))
    found = encoder.encode(own)
    assert len(found.roles) == len(found.names) == len(found.vectors) == len(own)
    assert not found.roles.argmax(1).any()


class _Silent:
    def __init__(self, outputs):
        self.get_outputs = lambda: outputs

    def run(self, *_):
        raise AssertionError("the network was asked")
