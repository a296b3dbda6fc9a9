"""Which acts a text refers to, and who invokes them."""

import pandas as pd

import toolkit as tk
from toolkit.extract.references import references
from toolkit.tables import Tables

NONE = pd.DataFrame(columns=["doc_id", "start", "end", "earliest"])


def invoked(tables: Tables) -> pd.DataFrame:
    own = references(tables.documents, tables.sentences, NONE)
    return tk.references(Tables(dict(tables) | {"references": own}))


def test_references_are_counted_by_act_and_voice(tables_of):
    tables = tables_of(
        "The Marrowin Pact is old. Ann cites Article 9 of the pact. Ann cites Article 4 of the pact. "
        "It keeps the Orrin Act",
        said={"Article 9 of the pact": "Ann", "Article 4 of the pact": "Ann"},
    )
    rows = invoked(tables)
    rows = rows.astype(object).where(rows.notna(), None)
    columns = ["instrument", "category", "name", "articles", "references", "number"]
    assert rows[columns].to_numpy().tolist() == [
        ["Marrowin Pact", "treaty", "the author", None, 1, 1],
        ["Marrowin Pact", "treaty", "Ann", "4, 9", 2, 2],
        ["Orrin Act", "law", "the author", None, 1, 4],
    ]


def test_every_reference_is_counted_once_and_open_ones_come_last(tables_of):
    tables = tables_of("It keeps Article 5. The Marrowin Pact and the Orrin Pact are old. It broke the pact")
    rows = invoked(tables)
    assert rows["references"].sum() == 4
    assert rows["instrument"].isna().tolist() == [False, False, True, True]


def test_no_tables_give_no_rows_with_the_same_columns(tables_of):
    empty = tk.references(Tables({}))
    assert empty.empty
    assert list(empty.columns) == list(invoked(tables_of("It keeps the Orrin Act")).columns)
