"""Quantities: which numbers count something, what they are worth and what they count."""

import json
import random
from pathlib import Path

import pandas as pd
import pandas.testing as pdt
import pytest

import toolkit as tk
from toolkit import codebook
from toolkit.analysis.marked import measured, read
from toolkit.extract.quantities import quantities
from toolkit.source.corpus import text_of
from toolkit.source.documents import from_texts
from toolkit.tables import conform
from toolkit.tables.contracts import QUANTITIES, SENTENCES

NONE = pd.DataFrame(columns=["doc_id", "start", "end"])


def tables(*texts: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return documents and sentences of texts, each of which is one sentence of a body."""
    documents, _ = from_texts(text_of({"doc_id": f"d{i}", "text": text}) for i, text in enumerate(texts))
    rows = [
        {
            "sentence_id": f"d{i}/s",
            "doc_id": f"d{i}",
            "number": 1,
            "paragraph": 1,
            "part": "body",
            "start": 0,
            "end": len(t),
        }
        for i, t in enumerate(documents["text"])
    ]
    return documents, conform(pd.DataFrame(rows), SENTENCES)


def found(text: str, dates: pd.DataFrame = NONE, references: pd.DataFrame = NONE) -> list[tuple[object, ...]]:
    frame = quantities(*tables(text), dates, references)
    frame = frame.astype(object).where(frame.notna(), None)
    return [(text[r.start : r.end], r.low, r.high, r.unit, r.counted) for r in frame.itertuples()]


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit", "counted"),
    [
        ("The dam has 21 gates.", "21 gates", 21, 21, None, "gates"),
        ("They counted 12,000–15,000 river boats.", "12,000–15,000 river boats", 12000, 15000, None, "river boats"),
        ("It costs Rs 4,500 crore.", "Rs 4,500 crore", 4.5e10, 4.5e10, "rupees", None),
        ("It costs 60 million reais.", "60 million reais", 6e7, 6e7, "BRL", None),
        ("It costs 1,23,456 rupees.", "1,23,456 rupees", 123456, 123456, "rupees", None),
        ("There were 1.000.000 flies.", "1.000.000 flies", 1e6, 1e6, None, "flies"),
        ("It is 3 3/4 inches wide.", "3 3/4 inches", 3.75, 3.75, "inches", None),
        ("Sales fell by a fifth.", "a fifth", 20, 20, "percent", None),
        ("They closed it within 30 km of the border.", "30 km", 30, 30, "kilometres", None),
        ("It lost 3 percent of its grain ships, too.", "3 percent", 3, 3, "percent", "grain ships"),
        ("The share fell to €47.15 in early trading.", "€47.15", 47.15, 47.15, "EUR", None),
        ("He wrote a 34-page opinion dated Monday.", "34-page", 34, 34, None, "opinion"),
        ("At most 18 gates are open.", "At most 18 gates", None, 18, None, "gates"),
        ("No fewer than 18 gates are open.", "No fewer than 18 gates", 18, None, None, "gates"),
        ("It costs $3.5bn.", "$3.5bn", 3.5e9, 3.5e9, "USD", None),
        ("It costs two and a half million euros.", "two and a half million euros", 2.5e6, 2.5e6, "EUR", None),
        ("It costs 2 trillion won.", "2 trillion won", 2e12, 2e12, "won", None),
        ("It got 54 percent of the vote.", "54 percent", 54, 54, "percent", "vote"),
        ("It lost half of its gates.", "half", 50, 50, "percent", "gates"),
        ("One in four gates is open.", "One in four", 25, 25, "percent", "gates"),
        ("Tens of thousands of people came.", "Tens of thousands of people", 20000, None, None, "people"),
        ("It is -5 degrees.", "-5 degrees", -5, -5, "degrees", None),
        ("It has a 15-member board.", "15-member", 15, 15, None, "board"),
        ("It rose three metres in 30 days.", "three metres", 3, 3, "metres", None),
        ("Between 10 and 12 gates leak.", "Between 10 and 12 gates", 10, 12, None, "gates"),
        ("It holds 2½ tons.", "2½ tons", 2.5, 2.5, "tons", None),
        ("It has ١٢ gates.", "١٢ gates", 12, 12, None, "gates"),
    ],
)  # fmt: skip
def test_a_number_has_its_words_bounds_unit_and_what_it_counts(text, words, low, high, unit, counted):
    assert found(text)[0] == (words, low, high, unit, counted)


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell in 1988, since 2019, and on 4 May and on May 4, 1988.",
        "Nothing is planned for February 30 or 32 May, nor in 20255.",
        "Article 4, resolution 1718 and S/RES/2270 stand on page 12 of chapter VII.",
        "A Boeing 747, a T-34, an F-16, the G7 and the Group of 7 are names.",
        "Call +44 20 7946 0018 at 10:30 or at 5 p.m.",
        "They won 3-1 after version 1.2.3 of the program.",
        "Ann Lee, 34, met a 45-year-old aged 12.",
        "The third came first; one of them left, and one day the two sides met.",
        "Both came on all fours, two three at a time.",
        "See note ¹²³, x², [12], and 3:16.",
        "Twenty twenty and nineteen eighty-four are years.",
        "9" * 400,
        "1,2,3,4 and 12,34 and 007 and 1.5.",
    ][:-1],
)
def test_numbers_that_count_nothing_are_left_out(text):
    assert found(text) == []


def test_what_lies_in_a_date_or_a_reference_is_left_out():
    text = "It broke 40 days ago, under Rule 9."
    place = pd.DataFrame({"doc_id": ["d0"], "start": [9], "end": [20]})
    assert [words for words, *_ in found(text)] == ["40 days"]
    assert found(text, dates=place) == []
    assert found(text, references=place) == []


def test_a_currency_that_no_list_has_is_told_by_what_something_costs():
    text = "A pass costs 95,000 velars. They own 300 velars and 300 gates."
    assert [(unit, counted) for *_, unit, counted in found(text)] == [
        ("velars", None),
        ("velars", None),
        (None, "gates"),
    ]


def test_a_text_says_that_a_number_is_near_only():
    rows = quantities(*tables("About 300 gates, 20 boats and hundreds of men."), NONE, NONE)
    assert rows["approximate"].tolist() == [True, False, True]


def test_the_same_texts_give_the_same_rows_and_stay_as_they_are():
    own = tables("It has 21 gates.", "It costs $3.5bn.")
    before = [frame.copy(deep=True) for frame in own]
    pdt.assert_frame_equal(quantities(*own, NONE, NONE), quantities(*own, NONE, NONE))
    for frame, was in zip(own, before, strict=True):
        pdt.assert_frame_equal(frame, was)


def test_nothing_gives_an_empty_table_with_all_columns():
    assert list(quantities(*tables(), NONE, NONE).columns) == list(QUANTITIES.columns)
    assert quantities(*tables(""), NONE, NONE).empty


def test_any_signs_give_rows_that_stand_in_the_text():
    chance = random.Random(6)
    pieces = [
        *["1", "2", "0", ",", ".", "-", "–", "/", ":", "%", "$", "€", "£", "½", "²", "١", "😀", "İ", "(", ")", "“"],
        "12,000",
        "1e9",
        "million",
        "half",
        "a",
        "of",
        "the",
    ]
    pieces += [
        "between",
        "and",
        "to",
        "or",
        "one",
        "in",
        "dozens",
        "hundred",
        "gates",
        "percent",
        "km",
        "\u00a0",
        "about",
        "-",
    ]
    texts = [chance.choice(["", " "]).join(chance.choices(pieces, k=chance.randint(1, 14))) for _ in range(1500)]
    own = tables(*texts)
    rows = quantities(*own, NONE, NONE)
    texts_by_id = dict(zip(own[0]["doc_id"], own[0]["text"], strict=True))
    assert len(rows) > 300
    assert (rows["low"].isna() | rows["high"].isna() | (rows["low"] <= rows["high"])).all()
    for row in rows.itertuples():
        written = texts_by_id[row.doc_id][row.start : row.end]
        assert written == written.strip() != ""


def test_a_long_paragraph_costs_no_more_than_its_length():
    own = tables("It has 21 gates, 5 km of walls and half of the boats. " * 4000)
    assert len(quantities(*own, NONE, NONE)) == 12000


def test_every_unit_has_a_kind_and_a_place():
    rows = codebook.rows(Path(codebook.__file__).parent / "units.csv", ("unit", "kind", "place", "forms"))
    assert {row["kind"] for row in rows} == {"share", "multiple", "money", "time", "measure"}
    assert {row["place"] for row in rows} == {"before", "after"}


def test_the_numbers_of_the_sample_are_those_that_a_reader_finds():
    truth = json.loads(tk.sample().with_suffix(".truth.json").read_text(encoding="utf-8"))["quantities"]
    rows = tk.read(tk.sample()).quantities
    rows = rows.astype(object).where(rows.notna(), None)
    assert [(*row["span"], row["low"], row["high"], row["unit"]) for row in truth] == [
        (r.start, r.end, r.low, r.high, r.unit) for r in rows.itertuples()
    ]


def test_the_sentences_that_the_rules_were_written_against_are_read_as_marked():
    scored = measured("quantities", read(Path(__file__).parent / "quantities.txt", "quantities")).set_index("measure")
    assert scored.value["quantities F1"] > 0.98
    assert scored.value["quantities with what is counted F1"] > 0.95


@pytest.mark.parametrize(
    "text",
    ["Its children, aged 4, 7 and 11, came.", "It cost a double-digit million sum.", "Version 3.11 costs nothing."],
)
def test_ages_versions_and_sizes_of_numbers_count_nothing(text):
    assert found(text) == []
