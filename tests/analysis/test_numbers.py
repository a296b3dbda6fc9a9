"""Whose the numbers of a text are, and which of them stand side by side."""

import pandas as pd

import toolkit as tk
from toolkit.extract.quantities import quantities
from toolkit.tables import Tables

NONE = pd.DataFrame(columns=["doc_id", "start", "end"])


def counted(tables: Tables) -> pd.DataFrame:
    own = quantities(tables.documents, tables.sentences, NONE, NONE)
    return tk.numbers(Tables(dict(tables) | {"quantities": own}))


def groups(found: pd.DataFrame) -> list[list[str]]:
    return [own["written"].tolist() for _, own in found.dropna(subset=["alike"]).groupby("alike")]


def test_a_number_is_whose_words_it_stands_in(tables_of):
    tables = tables_of(
        "Rain fell for 12 hours. Ann says 30 ships sank. Some say 3 boats left",
        said={"30 ships sank": "Ann", "3 boats left": "?"},
    )
    found = counted(tables)
    assert list(zip(found["written"], found["name"], found["kind"], found["number"], strict=True)) == [
        ("12 hours", "the author", "author", 1),
        ("30 ships", "Ann", "named", 2),
        ("3 boats", "unidentified speakers", "unidentified", 3),
    ]


def test_figures_of_one_kind_by_two_voices_stand_side_by_side_where_they_differ(tables_of):
    tables = tables_of(
        "Ann counts 21 vessels. Bo counts 34 warships. Cy counts 12 cows. Dee counts about 20 ships",
        said={"21 vessels": "Ann", "34 warships": "Bo", "12 cows": "Cy", "about 20 ships": "Dee"},
    )
    found = counted(tables)
    assert groups(found) == [["21 vessels", "34 warships", "about 20 ships"]]


def test_what_agrees_counts_another_unit_or_stands_elsewhere_is_not_put_side_by_side(tables_of):
    tables = tables_of(
        "Ann counts 21 vessels. Bo counts 20–30 ships. Cy has 5 percent of ships\n\nDee counts 90 boats",
        said={"21 vessels": "Ann", "20–30 ships": "Bo", "5 percent of ships": "Cy", "90 boats": "Dee"},
    )
    assert groups(counted(tables)) == []


def test_one_voice_is_put_beside_itself_only_in_the_same_words(tables_of):
    tables = tables_of("It has 21 ships. It has 34 boats. It has 50 ships. Of 90 gates, 12 gates leak")
    assert groups(counted(tables)) == [["21 ships", "50 ships"]]


def test_the_dates_of_its_sentence_stand_beside_a_number(tables_of):
    tables = tables_of("It had 21 ships in May 2020. It has 34 boats")
    dates = pd.DataFrame(
        [{"date_id": "d1/d/19-27", "doc_id": "d1", "start": 19, "end": 27, "earliest": "2020-05-01"}]
    ).assign(latest="2020-05-31", granularity="month", anchor="text", ambiguous=False)
    found = counted(Tables(dict(tables) | {"dates": dates}))
    assert found["dates"].fillna("").tolist() == ["May 2020", ""]


def test_no_tables_give_no_rows_with_the_same_columns(tables_of):
    full = counted(tables_of("It has 21 ships"))
    empty = tk.numbers(Tables({}))
    assert empty.empty
    assert list(empty.columns) == list(full.columns)
