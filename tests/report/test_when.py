"""When: the table of dates and their time line, for readers who see colours, greys, or nothing."""

import re

import pandas as pd
import pytest

import toolkit as tk
from toolkit.errors import ToolkitError
from toolkit.report import when
from toolkit.report.reading import Passages
from toolkit.report.wording import stretch


@pytest.fixture(scope="module")
def passages() -> Passages:
    return Passages(tk.read(tk.sample()))


def rows(*dates: tuple[str | None, str | None], voice: str = "author", written: str = "then") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "doc_id": "d",
            "date_id": [f"d/d/{i}{voice}" for i in range(len(dates))],
            "earliest": pd.Series([a for a, _ in dates], dtype="str"),
            "latest": pd.Series([b for _, b in dates], dtype="str"),
            "granularity": "day",
            "anchor": ["written" if a else "unknown" for a, _ in dates],
            "ambiguous": False,
            "written": written,
            "voice": voice,
            "name": "the author" if voice == "author" else "Ann",
            "kind": "author" if voice == "author" else "named",
            "sentence_id": "d/s/0-1",
            "number": 1,
        }
    )


def days(*numbers: int) -> list[tuple[str, str]]:
    return [(f"2025-05-{n:02}", f"2025-05-{n:02}") for n in numbers]


def told(passages: Passages, found: pd.DataFrame, published: str | None = None) -> str:
    return "\n".join(block.plain() for block in when.dates(passages, found, published).blocks)


def figure(found: pd.DataFrame, **more):
    [block] = when.time_line(found, **more).blocks
    return block


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-05-01", "2025-05-01", "1 May 2025"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-03-01", "2024-05-31", "March to May 2024"),
        ("2022-12-01", "2023-02-28", "December 2022 to February 2023"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("1801-01-01", "1900-12-31", "1801 to 1900"),
        ("2025-05-28", "2025-06-03", "28 May to 3 June 2025"),
        ("2025-12-29", "2026-01-04", "29 December 2025 to 4 January 2026"),
        ("9999-12-01", "9999-12-31", "December 9999"),
    ],
)
def test_an_interval_is_told_as_a_reader_would(first, last, words):
    assert stretch(first, last) == words


def test_dates_of_one_interval_are_one_row_with_all_who_give_them(passages):
    found = pd.concat([rows(*days(1, 2)), rows(*days(1), voice="d/ann", written="Monday")])
    found = found.sort_values("earliest", kind="stable")
    table = told(passages, found)
    assert "1 May 2025\tthen, Monday\tthe author, Ann\tits own words" in table
    assert "This toolkit counted 3 dates, from 1 May 2025 to 2 May 2025. One of them stands in others’ words." in table


def test_what_cannot_be_placed_is_listed_last_and_the_reason_told(passages):
    found = pd.concat([rows(*days(1)), rows((None, None), (None, None), written="last week")])
    words = told(passages, found)
    assert "–\tlast week" in words
    assert "2 of them could not be placed." in words
    assert "no day of publication" in words
    assert "no day of publication" not in told(passages, found, "2025-05-01")


def test_where_nothing_can_be_placed_it_is_told_once(passages):
    assert "It could not be placed." in told(passages, rows((None, None)))
    assert "None of them could be placed." in told(passages, rows((None, None), (None, None)))


def test_no_date_is_told_as_none_detected_with_how_many_are_found(passages):
    words = told(passages, rows())
    assert words.startswith("Dates: none detected.")
    assert re.search(r"found \d+%", words)


def test_the_words_of_a_text_that_is_left_out_are_left_out(passages):
    without = Passages(tk.read(tk.sample()), "none")
    assert "quiz day" in told(passages, rows(*days(1), written="quiz day"))
    assert "quiz day" not in told(without, rows(*days(1), written="quiz day"))


def test_one_date_or_none_needs_no_time_line():
    assert not when.time_line(rows()).blocks
    assert not when.time_line(rows(*days(1), (None, None))).blocks


def test_a_time_line_says_in_words_what_it_shows():
    alt = figure(pd.concat([rows(*days(3, 3, 9)), rows(*days(20), voice="d/ann")])).alt
    assert "Time line of 3 dates, from 3 May 2025 to 20 May 2025." in alt
    assert "Most often given: 3 May 2025, 2 times." in alt
    assert "33% of them" in alt


def test_whose_words_a_date_stands_in_is_told_by_lightness_and_in_words():
    svg = figure(pd.concat([rows(*days(3, 9)), rows(*days(9, 20), voice="d/ann")])).svg
    assert {"#2c5a85", "none"} <= set(re.findall(r"fill: ?(#[0-9a-f]{6}|none)", svg))
    assert "#8fb0cc" in svg
    for label in ("in the author’s words", "in both", "in others’ words"):
        assert label in svg


def test_a_date_far_off_does_not_press_the_others_together_but_is_named():
    near = days(1, 5, 9, 12)
    block = figure(rows(("1412-01-01", "1412-12-31"), *near))
    assert "Triangles" in block.caption
    assert ">1412<" in block.svg
    assert "Triangles" not in figure(rows(*near)).caption


def test_the_day_of_publication_is_marked_where_it_is_known():
    assert "published" in figure(rows(*days(1, 20)), published="2025-05-10").svg
    assert "published" not in figure(rows(*days(1, 20))).svg


def test_no_more_dates_are_drawn_than_asked_for_and_the_caption_says_so():
    block = figure(rows(*days(*range(1, 31))), most=12)
    assert len(block.data.rows) == 12
    assert "not drawn" in block.caption
    with pytest.raises(ToolkitError, match="shows nothing"):
        when.time_line(rows(*days(1, 2)), most=0)


@pytest.mark.parametrize(
    "ends",
    [
        [("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31")],
        [("0001-01-01", "0001-12-31"), ("0002-01-01", "0002-12-31")],
        [("2025-05-01", "2025-05-01"), ("2025-05-01", "2025-05-02")],
        [("9998-01-01", "9999-12-31"), ("9999-12-01", "9999-12-31")],
    ],
)
def test_the_ends_of_the_calendar_are_drawn(ends):
    assert "<svg" in figure(rows(*ends)).svg


def test_the_same_dates_make_the_same_picture():
    found = rows(*days(1, 2))
    assert figure(found).svg == figure(found).svg


def test_a_run_of_years_at_either_end_is_told_by_its_outer_day(passages):
    found = rows(("2019-01-01", "2019-12-31"), ("2023-08-07", "2026-08-07"))
    assert "from 2019 to 7 August 2026." in told(passages, found)
    assert "from 2019 to 7 August 2026." in figure(found).alt
