import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.model.tagger import WEIGHTS
from toolkit.model.words import SHAPES, tokenizer, words
from toolkit.spans import Span

READER = tokenizer(WEIGHTS / "tokenizer.json")


def read(text, quoted=()):
    return words(READER, text, [Span(0, len(text))], quoted)


def test_each_word_and_mark_stands_where_it_is_written():
    text = "Mira  said: “No,\u00a0never”—twice."
    found = read(text)
    written = [text[a:b] for a, b in zip(found.start, found.end, strict=True)]
    assert written == ["Mira", "said", ":", "“", "No", ",", "never", "”", "—", "twice", "."]


@pytest.mark.parametrize(
    ("word", "shape"),
    [("dam", "lower"), ("Dam", "title"), ("DAM", "upper"), ("A", "letter"), ("McVoss", "mixed"), ("17", "digits"),
     ("“", "mark"), ("大", "other")],
)  # fmt: skip
def test_a_word_has_the_shape_that_a_reader_sees(word, shape):
    assert [SHAPES[i] for i in read(word).shape] == [shape]


def test_words_know_their_paragraph_and_whether_they_are_quoted():
    text = "One two.\n\n“Three” four."
    found = words(READER, text, [Span(0, 8), Span(10, len(text))], [Span(10, 17)])
    assert found.paragraph.tolist() == [0, 0, 0, 1, 1, 1, 1, 1]
    assert found.opens.tolist() == [1, 0, 0, 1, 0, 0, 0, 0]
    assert found.quoted.tolist() == [0, 0, 0, 1, 1, 1, 0, 0]


def test_a_long_paragraph_gives_the_words_of_its_sentences():
    sentence = "The gate of the old dam was shut at noon. "
    one = read(sentence)
    many = read(sentence * 2000)
    assert len(many) == 2000 * len(one)
    assert many.opens.sum() == 1
    assert many.start[-1] == one.start[-1] + 1999 * len(sentence)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=200))
def test_words_of_any_text_are_in_order_and_inside_it(text):
    found = read(text)
    assert len(found.first) == len(found.start) == len(found.shape)
    at = 0
    for start, end in zip(found.start.tolist(), found.end.tolist(), strict=True):
        assert at <= start < end <= len(text)
        at = end
    assert (found.first < len(found.ids)).all()
