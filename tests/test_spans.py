"""Arithmetic on spans is checked against sets of points, alignments against letters that know their place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.spans import (
    Link,
    Span,
    composed,
    containing,
    covered,
    identity,
    merged,
    overlapping,
    raw_span,
    substituted,
    trimmed,
    without,
)

PROPERTY = settings(max_examples=100, deadline=None, derandomize=True)
RAW = "abcdefghijklmnopqrstuvwxyz"  # every letter once, so that a letter says where it came from

spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda s: (min(s), max(s)))
several = st.lists(spans, max_size=8)


def points(among):
    return {point for start, end in among for point in range(start, end)}


@st.composite
def edits(draw, length):
    """Draw edits of a text of this length that do not overlap; what they put in is never a letter."""
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8, unique=True)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [(start, end, draw(st.sampled_from(["", "#", "##", "#" * (end - start)]))) for start, end in pairs]


def assert_sound(alignment, text, raw):
    assert "".join(text[link.start : link.end] for link in alignment) == text
    assert [link.start for link in alignment] == [0, *(link.end for link in alignment)][: len(alignment)]
    raw_starts, raw_ends = [a.raw_start for a in alignment], [a.raw_end for a in alignment]
    assert raw_starts == sorted(raw_starts)
    assert raw_ends == sorted(raw_ends)
    assert all(0 <= a.raw_start <= a.raw_end <= len(raw) for a in alignment)


@PROPERTY
@given(several)
def test_merged_spans_cover_the_same_points_in_order_and_apart(among):
    together = merged(among)
    assert points(together) == points(among)
    assert all(a.end < b.start for a, b in zip(together, together[1:], strict=False))
    assert all(s.start < s.end for s in together)


@PROPERTY
@given(spans, several)
def test_what_is_left_without_the_holes_is_the_difference_of_the_points(span, holes):
    left = without(span, holes)
    assert points(left) == points([span]) - points(holes)
    assert left == merged(left)


@PROPERTY
@given(spans, several)
def test_covered_counts_each_point_once(span, among):
    assert covered(span, among) == len(points([span]) & points(among))


@PROPERTY
@given(spans.filter(lambda s: s[0] < s[1]), several)
def test_overlapping_finds_just_the_spans_that_share_a_point(span, among):
    disjoint = merged(among)
    assert list(overlapping(span, disjoint)) == [s for s in disjoint if points([s]) & points([span])]


@PROPERTY
@given(st.text(alphabet=" \n\xa0\u3000ab", max_size=12))
def test_a_trimmed_span_holds_what_strip_leaves(text):
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == text.strip()


def test_a_span_of_white_space_alone_is_trimmed_to_nothing():
    span = trimmed("a   b", 1, 4)
    assert span.start == span.end


@pytest.mark.parametrize(("offset", "index"), [(-1, 0), (0, 0), (9, 0), (10, 1), (19, 1), (20, 2), (99, 2)])
def test_an_offset_belongs_to_the_last_start_before_it(offset, index):
    assert containing([0, 10, 20], offset) == index


def test_a_text_without_characters_is_aligned_with_nothing():
    assert identity(0) == ()
    assert substituted("", []) == ("", ())
    assert raw_span((), 0, 0) == Span(0, 0)


@PROPERTY
@given(edits(len(RAW)))
def test_edits_are_made_and_every_kept_letter_finds_its_place(changes):
    text, alignment = substituted(RAW, changes)
    expected = list(RAW)
    for start, end, new in sorted(changes, reverse=True):
        expected[start:end] = new
    assert text == "".join(expected)
    assert_sound(alignment, text, RAW)
    for i, letter in enumerate(text):
        if letter != "#":
            assert raw_span(alignment, i, i + 1) == (RAW.index(letter), RAW.index(letter) + 1)


def test_edits_may_come_in_any_order():
    assert substituted("abc", [(2, 3, "z"), (0, 1, "")]) == substituted("abc", [(0, 1, ""), (2, 3, "z")])


@PROPERTY
@given(st.data())
def test_letters_kept_through_two_changes_still_find_their_place(data):
    once, first = substituted(RAW, data.draw(edits(len(RAW))))
    twice, second = substituted(once, data.draw(edits(len(once))))
    alignment = composed(second, first)
    assert_sound(alignment, twice, RAW)
    for i, letter in enumerate(twice):
        if letter != "#":
            assert raw_span(alignment, i, i + 1) == (RAW.index(letter), RAW.index(letter) + 1)


@PROPERTY
@given(edits(len(RAW)))
def test_composing_with_no_change_changes_no_place(changes):
    text, alignment = substituted(RAW, changes)
    for same in (composed(alignment, identity(len(RAW))), composed(identity(len(text)), alignment)):
        assert [raw_span(same, i, i + 1) for i in range(len(text))] == [
            raw_span(alignment, i, i + 1) for i in range(len(text))
        ]


def test_a_stretch_of_another_length_maps_as_a_whole():
    alignment = (Link(0, 2, 0, 2), Link(2, 3, 2, 6), Link(3, 5, 6, 8))
    assert raw_span(alignment, 2, 3) == Span(2, 6)
    assert raw_span(alignment, 1, 4) == Span(1, 7)
    assert raw_span(alignment, 0, 5) == Span(0, 8)


def test_an_empty_span_has_one_place_in_the_raw_text():
    alignment = (Link(0, 2, 3, 5), Link(2, 4, 8, 10))
    assert raw_span(alignment, 1, 1) == Span(4, 4)
    assert raw_span(alignment, 4, 4) == Span(10, 10)
