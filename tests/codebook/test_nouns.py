"""Nouns: their number, and how far a phrase goes."""

import pytest

from toolkit.codebook.nouns import counted, is_plural, phrase, singular


@pytest.mark.parametrize(
    ("word", "one"),
    [("ships", "ship"), ("men", "man"), ("police", "police"), ("velars", "velar"), ("news", "news"), ("Voss", "voss")],
)
def test_a_noun_has_its_singular(word, one):
    assert singular(word) == one


@pytest.mark.parametrize(("word", "plural"), [("ships", True), ("police", True), ("has", False), ("U.S", False)])
def test_a_plural_is_told_from_other_words(word, plural):
    assert is_plural(word) is plural


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12 patrol boats left", "patrol boats"),
        ("12 were lost", None),
        ("12 died as boats sank", None),
        ("12 low- and high-level talks failed", "low- and high-level talks"),
        ("12 old, grey boats", None),
        ("12 U.S. soldiers left", "U.S. soldiers"),
        ("12 arms dealers fled", "arms dealers"),
        ("12", None),
    ],
)
def test_what_is_counted_ends_with_the_first_plural(text, words):
    found = counted(text, 2, len(text))
    assert (text[slice(*found)] if found else None) == words


@pytest.mark.parametrize(
    ("text", "words"), [("of water was lost", "water"), ("of grain leaves by sea", "grain"), ("of the", None)]
)
def test_a_phrase_ends_before_a_verb(text, words):
    found = phrase(text, 2, len(text))
    assert (text[slice(*found)] if found else None) == words
