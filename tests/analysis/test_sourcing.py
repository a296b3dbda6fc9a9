import pandas as pd
import pandas.testing as pdt

from toolkit.analysis.sourcing import sourcing
from toolkit.tables import Tables, conform
from toolkit.tables.contracts import MODES, SCHEMAS

KINDS = ("named", "unnamed", "unidentified")


def made(*said: tuple[str, str, str | None], documents: tuple[str, ...] = ("one",)) -> Tables:
    """Return tables with an attribution per (document, mode, kind of source)."""
    document = {"language": "en", "encoding": "utf-8", "source_path": "x.txt", "sha256": "0", "words": 1, "text": "x"}
    rows = {
        "documents": [{**document, "doc_id": doc_id} for doc_id in documents],
        "attributions": [
            {
                "attribution_id": f"a{i}",
                "doc_id": doc_id,
                "mode": mode,
                "source_kind": kind,
                "found_by": "test",
                "confidence": 1.0,
            }
            for i, (doc_id, mode, kind) in enumerate(said)
        ],
    }
    return Tables(
        {
            name: conform(pd.DataFrame(rows.get(name, []), columns=list(schema.columns)), schema)
            for name, schema in SCHEMAS.items()
        }
    )


def counts(rows: pd.DataFrame) -> dict[tuple[str, str, str], int]:
    return {(r.doc_id, r.mode, r.kind): r.statements for r in rows.itertuples() if r.statements}


def test_every_document_has_all_nine_rows_in_one_order():
    rows = sourcing(made(("one", "direct", "named"), documents=("one", "two")))
    every = [[mode, kind] for mode in MODES for kind in KINDS]
    assert rows["doc_id"].tolist() == ["one"] * 9 + ["two"] * 9
    assert rows[["mode", "kind"]].to_numpy().tolist() == every * 2


def test_statements_are_counted_by_mode_and_kind():
    rows = sourcing(
        made(
            ("one", "direct", "named"),
            ("one", "direct", "named"),
            ("one", "mixed", "unnamed"),
            ("one", "indirect", "named"),
        )
    )
    assert counts(rows) == {
        ("one", "direct", "named"): 2,
        ("one", "mixed", "unnamed"): 1,
        ("one", "indirect", "named"): 1,
    }


def test_a_statement_without_a_source_is_unidentified():
    assert counts(sourcing(made(("one", "direct", None)))) == {("one", "direct", "unidentified"): 1}


def test_documents_of_one_set_are_kept_apart():
    said = ("one", "direct", "named"), ("two", "mixed", "named"), ("two", "mixed", "named")
    assert counts(sourcing(made(*said, documents=("one", "two")))) == {
        ("one", "direct", "named"): 1,
        ("two", "mixed", "named"): 2,
    }


def test_a_text_without_statements_has_nine_zeros():
    assert sourcing(made())["statements"].tolist() == [0] * 9


def test_no_documents_have_no_rows():
    assert sourcing(made(documents=())).empty


def test_the_same_tables_give_the_same_counts_and_stay_as_they_are():
    tables = made(("one", "direct", "named"), ("one", "indirect", None))
    before = tables.attributions.copy(deep=True)
    pdt.assert_frame_equal(sourcing(tables), sourcing(tables))
    pdt.assert_frame_equal(tables.attributions, before)
