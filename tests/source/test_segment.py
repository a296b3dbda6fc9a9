"""The parts of an article are told by how they look, and sentences that look alike stay sentences."""

import pytest

from toolkit.source.segment import layout, words

BODY = "It is calm at sea.\n\nNobody sails today."


def parts(text):
    """Return the headline, author, dateline and paragraphs as they are written."""
    found = layout(text)

    def written(span):
        return text[span.start : span.end] if span else None

    return (
        written(found.headline),
        found.author,
        written(found.dateline.span) if found.dateline else None,
        [written(p) for p in found.paragraphs],
    )


def test_all_parts_are_found_and_only_the_body_counts_as_paragraphs():
    text = f"Will the pier hold?\n\nBy Ada Lind\n\nPORT, May 1, 2031 – {BODY}"
    headline, author, dateline, paragraphs = parts(text)
    assert (headline, author, dateline) == ("Will the pier hold?", "Ada Lind", "PORT, May 1, 2031 –")
    assert paragraphs == ["PORT, May 1, 2031 – It is calm at sea.", "Nobody sails today."]
    found = layout(text)
    assert text[found.byline.start : found.byline.end] == "By Ada Lind"


def test_a_text_without_paragraphs_has_no_parts():
    for text in ("", "\n\n"):
        found = layout(text)
        assert (found.headline, found.byline, found.author, found.dateline, found.paragraphs) == (None,) * 4 + ((),)


@pytest.mark.parametrize("text", ["It is calm.", "Calm at sea", "By Ada Lind", "Ada Lind"])
def test_a_single_paragraph_is_body_whatever_it_looks_like(text):
    assert parts(text) == (None, None, None, [text])


@pytest.mark.parametrize(
    "headline",
    ["Calm at sea", "Will the pier hold?", "“Nobody sails”: the pier closes", "Nobody Sails From Any Pier Today."],
)
def test_a_first_line_that_is_no_sentence_is_the_headline(headline):
    assert parts(f"{headline}\n\n{BODY}")[0] == headline


@pytest.mark.parametrize(
    "first", ["It is calm today.", "“We do not sail,” she said.", "She said “we do not sail.”", "x" * 251]
)
def test_a_first_paragraph_that_is_a_sentence_is_no_headline(first):
    headline, _, _, paragraphs = parts(f"{first}\n\n{BODY}")
    assert headline is None
    assert paragraphs[0] == first


def test_a_first_paragraph_with_a_dateline_is_no_headline():
    headline, _, dateline, _ = parts("PORT, May 1 – Nobody sails today\n\nIt is calm.")
    assert headline is None
    assert dateline == "PORT, May 1 –"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ada Lind", "Ada Lind"),
        ("by Ada Lind", "Ada Lind"),
        ("BY ADA LIND", "ADA LIND"),
        ("By Ada Lind and Bo Frost", "Ada Lind and Bo Frost"),
        ("By Ada van Lind", "Ada van Lind"),
        ("By Ada O’Lind-Frost", "Ada O’Lind-Frost"),
        ("By Élodie Ström", "Élodie Ström"),
        ("Written by Ada Lind", "Ada Lind"),
        ("Author: Ada Lind", "Ada Lind"),
        ("By Ada Lind, Coast News", "Ada Lind"),
        ("By Ada Lind | 1 May 2031", "Ada Lind"),
        ("By Ada Lind – Coast News", "Ada Lind"),
    ],
)
def test_a_byline_below_the_headline_names_the_author(line, author):
    headline, found, _, paragraphs = parts(f"Calm at sea\n\n{line}\n\n{BODY}")
    assert (headline, found) == ("Calm at sea", author)
    assert paragraphs == BODY.split("\n\n")


def test_a_name_may_hold_several_small_words():
    assert parts(f"Calm at sea\n\nBy Ada van der Lind\n\n{BODY}")[1] == "Ada van der Lind"


def test_a_subtitle_may_stand_before_the_byline():
    headline, author, _, paragraphs = parts(f"Calm at sea\n\nNo ship left the pier\n\nBy Ada Lind\n\n{BODY}")
    assert (headline, author) == ("Calm at sea", "Ada Lind")
    assert paragraphs == ["No ship left the pier", *BODY.split("\n\n")]


def test_a_name_alone_at_the_end_signs_the_text():
    _, author, _, paragraphs = parts(f"Calm at sea\n\n{BODY}\n\nAda Lind")
    assert author == "Ada Lind"
    assert paragraphs == BODY.split("\n\n")


def test_a_byline_above_goes_before_a_name_at_the_end():
    _, author, _, paragraphs = parts(f"Calm at sea\n\nBy Bo Frost\n\n{BODY}\n\nAda Lind")
    assert author == "Bo Frost"
    assert paragraphs[-1] == "Ada Lind"


@pytest.mark.parametrize("line", ["By Ada Lind", "Written by Ada Lind"])
def test_a_byline_at_the_end_names_the_author_without_its_first_words(line):
    assert parts(f"Calm at sea\n\n{BODY}\n\n{line}")[1] == "Ada Lind"


@pytest.mark.parametrize(
    "line",
    [
        "By then it was too late to sail",
        "By Monday Evening the last ship had left the pier.",
        "By Friday Noon nobody was left, or were they?",
        "By Friday Noon there were three of them:",
        "Bypass Road is closed",
        "By the pier",
    ],
)
def test_a_line_that_only_begins_like_a_byline_is_none(line):
    _, author, _, paragraphs = parts(f"Calm at sea\n\n{line}\n\n{BODY}")
    assert author is None
    assert paragraphs[0] == line


@pytest.mark.parametrize("line", ["By Friday Ada Lind had said “we go.”", 'By Friday Ada Lind had said "we go."'])
def test_a_sentence_that_ends_with_a_quotation_is_no_byline(line):
    assert parts(f"Calm at sea\n\n{line}\n\n{BODY}")[1] is None


@pytest.mark.parametrize("last", ["He left.", "Nobody sails today", "ada lind", "Lind", "Ada Lind left."])
def test_a_last_line_that_is_no_full_name_signs_nothing(last):
    _, author, _, paragraphs = parts(f"Calm at sea\n\n{BODY}\n\n{last}")
    assert author is None
    assert paragraphs[-1] == last


@pytest.mark.parametrize(
    ("dateline", "place", "date"),
    [
        ("PORT –", "PORT", None),
        ("NEW PORT —", "NEW PORT", None),
        ("PORT --", "PORT", None),
        ("PORT -", "PORT", None),
        ("PORT (Coast News) –", "PORT", None),
        ("Port (Coast News) –", "Port", None),
        ("Port, May 1 –", "Port", None),
        ("PORT, May 2031 –", "PORT", None),
        ("Port, May 1, 2031 –", "Port", "2031-05-01"),
        ("Port-le-Vieux, 1 May 2031 –", "Port-le-Vieux", "2031-05-01"),
        ("Port, 1st May 2031 –", "Port", "2031-05-01"),
        ("PORT, Sept. 9, 2031 –", "PORT", "2031-09-09"),
        ("PORT, December 31st, 2031 –", "PORT", "2031-12-31"),
        ("PORT, 2031-05-01 –", "PORT", "2031-05-01"),
        ("PORT, May 1, 2031 (Coast News) –", "PORT", "2031-05-01"),
        ("Port of Lind, May 1, 2031 –", "Port of Lind", "2031-05-01"),
        ("PORT, February 30, 2031 –", "PORT", None),
        ("PORT, 31 April 2031 –", "PORT", None),
        ("PORT, 2031-13-01 –", "PORT", None),
        ("PORT, February 29, 2032 –", "PORT", "2032-02-29"),
    ],
)
def test_a_dateline_gives_the_place_and_a_day_that_is_given_whole_and_exists(dateline, place, date):
    text = f"Calm at sea\n\n{dateline} {BODY}"
    found = layout(text).dateline
    assert text[found.span.start : found.span.end] == dateline
    assert (found.place, found.date) == (place, date)


@pytest.mark.parametrize("dateline", ["PORT, MARCH 5, 2031 –", "PORT, DECEMBER 5, 2031 –"])
def test_a_month_in_capitals_is_a_month(dateline):
    assert parts(f"Calm at sea\n\n{dateline} {BODY}")[2] == dateline


@pytest.mark.parametrize(
    "sentence",
    [
        "Port – a quiet town – slept.",
        "May – a quiet month – went by.",
        "May 1 – a quiet day – went by.",
        "The pier, May 1, was closed.",
        "the PORT – it is small – slept.",
        "In May 2031 the pier – long closed – fell.",
        "It is calm – so calm.",
        "PORT-side cabins are closed.",
        "– PORT is closed.",
    ],
)
def test_a_sentence_that_only_looks_like_a_dateline_has_none(sentence):
    assert layout(f"Calm at sea\n\n{sentence}\n\nMore.").dateline is None


def test_an_author_who_says_i_is_no_place():
    assert layout("Calm at sea\n\nI – and I say so with care – disagree.\n\nMore.").dateline is None


@pytest.mark.parametrize(
    "sentence",
    ["Karl Moss, a fisherman – and no friend of the pier – said no.", "Port, tired of waiting – and poor – voted."],
)
def test_a_sentence_with_an_apposition_has_no_dateline(sentence):
    assert layout(f"Calm at sea\n\n{sentence}\n\nMore.").dateline is None


def test_a_word_that_begins_like_a_month_is_none():
    assert layout("Calm at sea\n\nPort, Mayor 5 – no more – said so.\n\nMore.").dateline is None


def test_a_dateline_is_read_only_where_the_body_begins():
    assert layout("Calm at sea\n\nIt is calm.\n\nPORT, May 1, 2031 – More.").dateline is None


def test_every_line_is_a_paragraph_without_the_spaces_around_it():
    assert parts("Calm at sea\n  It is calm.  \n \nNobody sails.")[3] == ["It is calm.", "Nobody sails."]


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("–", 0), ("one two", 2), ("North-East", 1), ("12,000.5 crowns", 2), ("It’s, isn't it?", 3), ("港 é", 2)],
)
def test_words_are_counted_as_they_are_read(text, count):
    assert words(text) == count


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("Port, 1 May 2031. ", "Port"),
        ("PORT, Thursday, May 1, 2031 (Wire) - ", "PORT"),
        ("PORT (Wire) – Thursday, May 1, 2031. ", "PORT"),
        ("Published on 1 May 2031, 10:30 GMT\n\n", None),
        ("Thursday, May 1, 2031\n\n", None),
    ],
)
def test_the_day_of_publication_stands_in_many_forms(opening, place):
    found = layout(f"Calm at sea\n\n{opening}{BODY}").dateline
    assert (found.place, found.date) == (place, "2031-05-01")


@pytest.mark.parametrize(
    "opening",
    ["In Port, 1 May 2031. ", "The Treaty of Port, 1 May 2031. ", "Port, May 2031. ", "It rained on 1 May 2031. "],
)
def test_a_sentence_that_ends_with_a_date_is_no_dateline(opening):
    assert layout(f"Calm at sea\n\n{opening}{BODY}").dateline is None
