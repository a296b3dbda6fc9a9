"""Which dates a text gives, and in whose words."""

import pandas as pd
import pytest

import toolkit as tk
from toolkit.tables import SCHEMAS, Tables

TEXT = "It rained in 2019. Ann said “it was dry on Monday and in 1988”. In 2019 it froze."


@pytest.fixture
def tables() -> Tables:
    content = "“it was dry on Monday and in 1988”"
    at = TEXT.index(content)
    cuts = [0, TEXT.index("Ann"), TEXT.index("In 2019"), len(TEXT)]
    whole = {"language": "en", "encoding": "utf-8", "source_path": "d", "sha256": "", "words": 17}
    body = {"doc_id": "d", "paragraph": 1, "part": "body"}
    places = [("2019", "2019-01-01", "2019-12-31", TEXT.index("2019")), ("Monday", None, None, TEXT.index("Monday"))]
    places += [("1988", "1988-01-01", "1988-12-31", TEXT.index("1988"))]
    places += [("2019", "2019-01-01", "2019-12-31", TEXT.rindex("2019"))]
    rows = {
        "documents": [{"doc_id": "d", "text": TEXT} | whole],
        "sentences": [
            body | {"sentence_id": f"d/s/{a}", "number": i, "start": a, "end": b}
            for i, (a, b) in enumerate(zip(cuts, cuts[1:], strict=False), 1)
        ],
        "attributions": [
            {"attribution_id": "d/a/1", "doc_id": "d", "mode": "direct", "actor_id": "d/ann", "source_kind": "named"}
            | {"found_by": "tagger", "confidence": 1.0}
        ],
        "attribution_spans": [
            {"attribution_id": "d/a/1", "doc_id": "d", "role": "content", "start": at, "end": at + len(content)}
        ],
        "actors": [
            {"actor_id": "d/ann", "doc_id": "d", "name": "Ann", "kind": "person", "named": "named", "in_codebook": "no"}
        ],
        "statements": [
            {"statement_id": "d/c/0", "doc_id": "d", "start": 0, "end": 18, "certainty": "asserted", "negated": False}
            | {"checkable": True, "reason": "a date"}
        ],
        "dates": [
            {"date_id": f"d/d/{start}", "doc_id": "d", "start": start, "end": start + len(written)}
            | {"earliest": first, "latest": last, "granularity": "year", "ambiguous": False}
            | {"anchor": "written" if first else "unknown"}
            for written, first, last, start in places
        ],
    }
    return Tables({name: pd.DataFrame(own, columns=list(SCHEMAS[name].columns)) for name, own in rows.items()})


def test_dates_come_in_their_order_with_whose_words_they_stand_in_and_the_unplaced_last(tables):
    found = tk.timeline(tables)
    rows = [(r.written, r.name, r.kind, r.number) for r in found.itertuples(index=False)]
    assert rows == [
        ("1988", "Ann", "named", 2),
        ("2019", "the author", "author", 1),
        ("2019", "the author", "author", 3),
        ("Monday", "Ann", "named", 2),
    ]


def test_a_date_tells_its_clause_where_it_stands_in_one(tables):
    found = tk.timeline(tables).set_index("start")
    assert found.loc[TEXT.index("2019"), ["statement_id", "certainty"]].tolist() == ["d/c/0", "asserted"]
    assert pd.isna(found.loc[TEXT.rindex("2019"), "statement_id"])


def test_every_date_is_listed_once(tables):
    assert len(tk.timeline(tables)) == len(tables.dates)


def test_no_tables_give_no_rows_with_the_same_columns(tables):
    empty = tk.timeline(Tables({name: frame.head(0) for name, frame in tables.items()}))
    assert empty.empty
    assert list(empty.columns) == list(tk.timeline(tables).columns)
