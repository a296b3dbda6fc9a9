"""Which dates a text gives, as intervals, and what places them."""

import json
from pathlib import Path

import pandas as pd
import pandas.testing as pdt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.analysis.marked import measured, read
from toolkit.extract.dates import dates
from toolkit.tables import conform
from toolkit.tables.contracts import DATES, DOCUMENTS, SENTENCES

WORDS = (
    "March May 3 31 99 2024 20255 – - / ( ’s 90s 2024-13-45 last next the of year century 99th Monday fall in early "
    "mid- end week ago a few and to between months ½ ١٢ Feb. Q9 half before earlier that hour \u2028"
)
TAGGED = ["doc_id", "kind", "start", "end"]
THURSDAY = "2025-05-01"
SOURCE = sorted((Path(__file__).parents[3] / "shared" / "source").glob("*.txt"))


def frames(*texts: str, published: str | None = THURSDAY) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return documents and sentences of texts of a sentence each, and no names."""
    document = {"language": "en", "encoding": "u", "source_path": "x", "sha256": "0", "words": 1}
    documents = [document | {"doc_id": f"d{i}", "published": published, "text": t} for i, t in enumerate(texts)]
    sentences = [
        {"sentence_id": f"d{i}/s", "doc_id": f"d{i}", "number": 1, "paragraph": 1, "part": "body"}
        | {"start": 0, "end": len(t)}
        for i, t in enumerate(texts)
    ]
    made = [
        conform(pd.DataFrame(rows, columns=list(schema.columns)), schema)
        for rows, schema in ((documents, DOCUMENTS), (sentences, SENTENCES))
    ]
    return made[0], made[1], pd.DataFrame(columns=TAGGED)


def found(text: str, published: str | None = THURSDAY) -> list[tuple[str, str | None, str | None]]:
    rows = dates(*frames(text, published=published))
    return [
        (text[r.start : r.end], *(None if pd.isna(v) else v for v in (r.earliest, r.latest)))
        for r in rows.itertuples(index=False)
    ]


@pytest.mark.parametrize(
    ("text", "written", "earliest", "latest", "granularity", "anchor"),
    [
        ("It fell on May 4, 1988.", "May 4, 1988", "1988-05-04", "1988-05-04", "day", "written"),
        ("It was signed back in June.", "June", "2024-06-01", "2024-06-30", "month", "publication"),
        ("It will be signed in June.", "June", "2025-06-01", "2025-06-30", "month", "publication"),
        ("It lasted into the 1990s.", "1990s", "1990-01-01", "1999-12-31", "decade", "written"),
        ("It was built in mid-2023.", "mid-2023", "2023-05-01", "2023-08-31", "year", "written"),
        ("It ran from 3 to 5 June 2024.", "3 to 5 June 2024", "2024-06-03", "2024-06-05", "day", "written"),
        ("They left last week.", "last week", "2025-04-21", "2025-04-27", "week", "publication"),
        ("They left on Tuesday.", "Tuesday", "2025-04-29", "2025-04-29", "day", "publication"),
        ("They left last winter.", "last winter", "2024-12-01", "2025-02-28", "season", "publication"),
        ("The Q3 2025 report is out.", "Q3 2025", "2025-07-01", "2025-09-30", "quarter", "written"),
        ("It is from the 19th century.", "19th century", "1801-01-01", "1900-12-31", "century", "written"),
    ],
)
def test_an_expression_is_an_interval_with_its_unit_and_what_places_it(
    text, written, earliest, latest, granularity, anchor
):
    [row] = dates(*frames(text)).itertuples(index=False)
    assert text[row.start : row.end] == written
    assert (row.earliest, row.latest, row.granularity, row.anchor) == (earliest, latest, granularity, anchor)


@pytest.mark.parametrize(
    "text",
    [
        "You may go, and they march on in the second.",
        "It fell on February 30.",
        "It fell on 32 May, or on 31 April 2024.",
        "It is the year 20255, or -300, or 44 BC.",
        "Louis XIV met Pius XII in chapter MMXX.",
        "Half of it, ⅔ of it, 1/2 or 3/4, is gone.",
        "It is in Directive 2011/92/EU.",
        "Flight 2016 sold 1999 tickets to 2000 people.",
        "They meet on Mondays and every Friday.",
        "It takes three weeks and ends in three weeks.",
        "",
    ],
)
def test_what_is_no_date_gives_none(text):
    assert found(text) == []


def test_a_day_of_which_the_order_is_in_doubt_spans_both_and_is_marked():
    rows = dates(*frames("Signed 3/4/2024.", "Signed 13/4/2024.", "Signed 4/4/2024.", "Signed 3.4.2024."))
    assert rows[["earliest", "latest", "ambiguous"]].to_numpy().tolist() == [
        ["2024-03-04", "2024-04-03", True],
        ["2024-04-13", "2024-04-13", False],
        ["2024-04-04", "2024-04-04", False],
        ["2024-04-03", "2024-04-03", False],
    ]


def test_without_a_day_of_publication_what_hangs_on_it_stays_without_an_interval():
    text = "They left last week, on Tuesday, and in 1988 they came."
    assert found(text, published=None) == [
        ("last week", None, None),
        ("Tuesday", None, None),
        ("1988", "1988-01-01", "1988-12-31"),
    ]
    rows = dates(*frames(text, published=None))
    assert rows["anchor"].tolist() == ["unknown", "unknown", "written"]


def test_the_texts_own_last_date_places_what_counts_from_it():
    text = "It fell on 12 August 2019; a month earlier it had stood, and the next day it was gone."
    rows = dates(*frames(text, published=None))
    assert rows[["earliest", "anchor"]].to_numpy().tolist() == [
        ["2019-08-12", "written"],
        ["2019-07-01", "text"],
        ["2019-07-02", "text"],
    ]


def test_a_person_called_may_is_no_month():
    documents, sentences, _ = frames("Voters chose May in May.")
    tagged = pd.DataFrame([("d0", "person", 13, 16)], columns=TAGGED)
    [row] = dates(documents, sentences, tagged).itertuples(index=False)
    assert (row.start, row.earliest) == (20, "2025-05-01")
    assert [w for w, *_ in found("Theresa May resigned. It was said by May, in June.")] == ["June"]


def test_the_first_and_the_last_year_of_the_calendar_are_no_end_of_the_program():
    for published in ("0001-01-01", "9999-12-31"):
        dates(
            *frames(
                "Last year, next century, in June, on Monday, 9 years ago, the past 99 decades.", published=published
            )
        )


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS.split(" ")),
        max_size=12,
    ),
    st.sampled_from([None, THURSDAY, "2024-02-29", "0001-01-01"]),
)
def test_no_order_of_words_breaks_it_and_rows_keep_their_contract(words, published):
    text = " ".join(words)
    rows = dates(*frames(text, published=published))
    assert list(rows.columns) == list(DATES.columns)
    known = rows[rows["earliest"].notna()]
    assert (known["earliest"] <= known["latest"]).all()
    assert (rows["start"].to_numpy()[1:] >= rows["end"].to_numpy()[:-1]).all()
    assert (rows["earliest"].isna() == (rows["anchor"] == "unknown")).all()


def test_the_same_texts_give_the_same_rows_and_stay_as_they_are():
    own = frames("They left last week.", "It fell on May 4, 1988.")
    before = [frame.copy(deep=True) for frame in own]
    pdt.assert_frame_equal(dates(*own), dates(*own))
    for frame, was in zip(own, before, strict=True):
        pdt.assert_frame_equal(frame, was)
    assert list(dates(*(frame.head(0) for frame in own)).columns) == list(DATES.columns)


def test_the_sentences_that_the_rules_were_written_against_are_read_rightly():
    scored = measured("dates", read(Path(__file__).parent / "dates.txt", "dates")).set_index("measure")
    assert scored.value["dates F1"] > 0.97


def test_every_date_of_the_sample_is_found_and_nothing_else():
    truth = json.loads(tk.sample().with_suffix(".truth.json").read_text(encoding="utf-8"))["dates"]
    rows = tk.read(tk.sample()).dates
    ours = {tuple(row) for row in rows[["start", "end", "earliest", "latest"]].itertuples(index=False)}
    assert ours == {(*row["span"], row["earliest"], row["latest"]) for row in truth}


@pytest.mark.skipif(not SOURCE, reason="the article is not beside this checkout")
def test_every_date_of_a_real_article_is_found_and_nothing_else():
    rows = tk.read(SOURCE[0]).dates
    assert rows[["earliest", "latest"]].to_numpy().tolist() == [
        ["2025-05-01", "2025-05-01"],
        ["2024-06-01", "2024-06-30"],
        ["2024-11-01", "2024-11-30"],
        ["2025-04-01", "2025-04-10"],
        ["2024-01-01", "2024-12-31"],
    ]


def test_a_quarter_without_a_year_is_the_nearest_of_business_and_none_of_a_game():
    text = "Sales fell by 3 percent in the second quarter, and more in Q1."
    assert found(text, "2031-08-07") == [
        ("second quarter", "2031-04-01", "2031-06-30"),
        ("Q1", "2031-01-01", "2031-03-31"),
    ]
    assert found("Profits will rise in the first quarter.", "2031-12-07") == [
        ("first quarter", "2032-01-01", "2032-03-31")
    ]
    assert found("They scored twice in the fourth quarter.", "2031-08-07") == []
