"""Vocabulary: asking after words gives what a search of the whole text gives."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.source.vocabulary import Vocabulary
from toolkit.spans import Span

TEXTS = st.text(alphabet="ab-’'. Ω_", max_size=40)
WORDS = st.text(alphabet="ab-’'.Ω_ ", min_size=1, max_size=5)


@given(TEXTS, WORDS)
@example("...", "..")
def test_words_stand_where_a_search_finds_them(text: str, written: str) -> None:
    vocabulary = Vocabulary(text)
    assert (written in vocabulary) == bool(re.search(rf"\b{re.escape(written)}\b", text))
    wanted = [m.start() for m in re.finditer(rf"(?<![\w’'-])(?={re.escape(written)}(?![\w-]))", text)]
    assert [span.start for span in vocabulary.whole(written, before="’'-", behind="-")] == wanted


@given(TEXTS, st.lists(WORDS, min_size=1, max_size=4))
def test_of_several_words_the_longest_at_a_place_is_found_and_none_overlap(text: str, several: list[str]) -> None:
    either = "|".join(re.escape(w) for w in sorted(several, key=len, reverse=True))
    wanted = [Span(*m.span()) for m in re.finditer(rf"(?<![\w-])(?:{either})(?![\w-])", text)]
    assert list(Vocabulary(text).any_of(several, before="-", behind="-")) == wanted


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("The Olvenian fleet left.", "Olvenia", True),
        ("An Olven-based firm.", "Olvenia", False),
        ("The Kar-Olvish port.", "Kar-Olve", True),
        ("The Olvish port.", "Kar-Olve", False),
    ],
)
def test_an_adjective_of_a_name_is_found_by_its_ending(text: str, word: str, said: bool) -> None:
    assert Vocabulary(text).has_adjective_of(word) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [("ships in Olven", True), ("ships within Olven.", True), ("in Olven’s port", False), ("begin Olven", False)],
)
def test_what_is_in_a_name_makes_a_place_of_it(text: str, said: bool) -> None:
    assert Vocabulary(text).tells_what_is_in("Olven", unless_before="’'") is said
