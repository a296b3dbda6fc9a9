import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.source.quotes import Quote, quotes
from toolkit.spans import Span


def found(text: str) -> list[Quote]:
    return quotes(text, [Span(*m.span()) for m in re.finditer(r"[^\n]+", text)])


def written(text: str) -> list[list[str]]:
    """Return, per quotation, its words paragraph by paragraph."""
    return [[text[slice(*span)] for span in quote.spans] for quote in found(text)]


@pytest.mark.parametrize(
    "quotation",
    [
        "“It is late.”",
        '"It is late."',
        "«It is late.»",
        "»It is late.«",
        "„It is late.“",
        "„It is late.”",
        "‟It is late.”",
        "``It is late.''",
        "''It is late.''",
        "‘It is late.’",
        "'It is late.'",
    ],
)
def test_every_kind_of_quotation_mark_is_read(quotation):
    text = f"The pilot said {quotation} Then all left."
    assert written(text) == [[quotation]]
    assert found(text)[0].closed


@pytest.mark.parametrize(
    "quotation",
    [
        "“She said ‘it is late’ and left.”",
        "“She said “it is late” and left.”",
        "«She said “it is late” and left.»",
        "„She said «it is late» and left.“",
        "\"She said 'it is late' and left.\"",
    ],
)
def test_a_quotation_inside_another_is_part_of_it(quotation):
    assert written(f"The pilot told us: {quotation} Then all left.") == [[quotation]]


def test_quotations_in_marks_of_different_kinds_stand_side_by_side():
    assert written('“one” and "two" and «three» and “four”') == [["“one”"], ['"two"'], ["«three»"], ["“four”"]]


@pytest.mark.parametrize("mark", ["“", '"', "«", "„"])
def test_a_quotation_left_open_ends_with_its_paragraph(mark):
    text = f"The pilot said: {mark}It is late.\n\nThe crowd left."
    assert written(text) == [[f"{mark}It is late."]]
    assert not found(text)[0].closed


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("«", "»"), ("„", "“")])
def test_a_quotation_over_two_paragraphs_is_one(opening, closing):
    text = f"The pilot said: {opening}It is late.\n\n{opening}It is dark.{closing} All left."
    assert written(text) == [[f"{opening}It is late.", f"{opening}It is dark.{closing}"]]
    assert found(text)[0].closed


def test_a_quotation_over_three_paragraphs_is_one():
    text = "“It is late.\n\n“It is dark.\n\n“It is cold.” All left."
    assert written(text) == [["“It is late.", "“It is dark.", "“It is cold.”"]]


def test_a_closed_quotation_does_not_go_on_in_the_next_paragraph():
    assert written("“It is late.”\n\n“It is dark.”") == [["“It is late.”"], ["“It is dark.”"]]


def test_an_unquoted_paragraph_parts_two_quotations():
    text = "“It is late.\n\nThe crowd left.\n\n“It is dark.”"
    assert written(text) == [["“It is late."], ["“It is dark.”"]]


@pytest.mark.parametrize(
    "text",
    [
        "It’s the captain’s ship, isn’t it?",
        "It's the captain's ship, isn't it?",
        "The girls' room and the boys' club",
        "’tis late and ‘tis dark",
        'A 5\'10" pilot in a 12" hatch',
        'A 3.5" disk and a 5.25" one',
        "”closed before it opens",
        pytest.param("In the '90s rock 'n' roll came"),
    ],
)
def test_an_apostrophe_or_inch_mark_is_no_quotation_mark(text):
    assert found(text) == []


def test_an_apostrophe_does_not_end_a_quotation_in_single_marks():
    assert written("The pilot said: ‘It’s late and I don’t care.’ All left.") == [["‘It’s late and I don’t care.’"]]


def test_single_marks_give_way_where_double_ones_are_used():
    # the same mark would otherwise open a quotation at every apostrophe
    assert written("“It is late,” said the ‘old’ pilot.") == [["“It is late,”"]]


def test_an_inch_mark_does_not_open_but_a_quotation_after_it_does():
    assert written('The 12" hatch says "push".') == [['"push"']]


def test_a_text_without_paragraphs_has_no_quotations():
    assert quotes("", []) == []


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="“”«»„‟\"'`‘’ab1 .,\n", max_size=60))
def test_whatever_the_marks_quotations_stand_in_order_inside_their_paragraphs(text):
    spans = [span for quote in found(text) for span in quote.spans]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all("\n" not in text[slice(*span)] for span in spans)


def test_two_quotations_in_single_marks_side_by_side_are_two():
    text = "He called it 'the best in a generation'. 'I don't accept it's broken,' she said."
    assert written(text) == [["'the best in a generation'"], ["'I don't accept it's broken,'"]]
