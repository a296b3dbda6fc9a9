"""Every table keeps its contract, and a set of tables comes back from disk as it was."""

import json
from collections.abc import Mapping
from contextlib import contextmanager

import numpy as np
import pandas as pd
import pytest

from toolkit import tables as module
from toolkit.errors import OutputError, SelectionError, TableError, UnknownName
from toolkit.tables import FORMATS, Tables, conform, read_tables, subset, write_tables
from toolkit.tables.contracts import SCHEMAS, SENTENCES

NASTY = [
    "NA",
    "null",
    "None",
    "nan",
    "#N/A",
    "TRUE",
    "007",
    "1e5",
    "=1+1",
    "+1",
    "-",
    "@SUM(A1)",
    "'quoted'",
    'a "quoted", part',
    "one,\ntwo",
    "\n first",
    "  spaces  ",
    "_x0041_",
    "“🙂 é 港”",
    "<b>&amp;</b>",
]
# The columns that hold numbers, by what pandas calls them; all others hold text.
NUMBERS = dict.fromkeys(["words", "number", "paragraph", "start", "end", "raw_start", "raw_end", "page"], "int64")
NUMBERS |= {"confidence": "float64", "latitude": "float64", "longitude": "float64", "ambiguous": "bool"}
NUMBERS |= dict.fromkeys(["negated", "checkable", "quoted", "approximate"], "bool")
NUMBERS |= {"low": "float64", "high": "float64", "year": "Int64"}
# One allowed value of each column that has few.
FIRST = {"part": "body", "role": "cue", "form": "name", "certainty": "asked", "granularity": "day", "anchor": "text"}
FIRST |= {"kind": "treaty", "year": 1988}
# Longer than a spreadsheet's cell, every character of which may count double there.
LONG = '🙂 "=1+1", she said;\n' * 2500


def sentence_rows(**changes) -> pd.DataFrame:
    columns = {
        "sentence_id": ["d-1", "d-2"],
        "doc_id": ["d", "d"],
        "number": [1, 2],
        "paragraph": [0, 1],
        "part": ["headline", "body"],
        "start": [0, 5],
        "end": [5, 9],
    }
    return pd.DataFrame(columns | changes)


def nasty() -> Tables:
    """Return a set of tables with whatever could go wrong on the way to disk, and one empty table."""
    n = len(NASTY)
    gaps = [None if i % 2 else value for i, value in enumerate(NASTY)]
    ids = [f"{value} {i}" for i, value in enumerate(NASTY)]
    documents = {
        "doc_id": ids,
        "title": NASTY,
        "author": gaps,
        "outlet": [None] * n,
        "published": ["2031-05-01", *[None] * (n - 1)],
        "dateline": gaps[::-1],
        "language": ["en", "no", *["und"] * (n - 2)],
        "encoding": ["utf-8 (damaged)"] * n,
        "source_path": NASTY[::-1],
        "sha256": ["0" * 64, "1" * 64, *["e" * 64] * (n - 2)],
        "words": range(n),
        "text": [LONG, *NASTY[1:]],
    }
    attributions = {
        "attribution_id": ids,
        "doc_id": ids[0],
        "mode": "direct",
        "cue_lemma": gaps,
        "cue_class": None,
        "actor_id": gaps,
        "source_kind": ["named", None] * (n // 2),
        "found_by": NASTY,
        "continues": None,
        "resolved_by": None,
        "also": None,
        "confidence": [0, 1, 1 / 3, 0.1 + 0.2, *[0.5] * (n - 4)],
    }
    spans = {
        "attribution_id": ids[0],
        "doc_id": ids[0],
        "role": ["source", "cue", "content"],
        "start": [0, 3, 2**40],
        "end": [0, 9, 2**40],
    }
    return Tables(
        {
            "documents": pd.DataFrame(documents),
            "alignment": pd.DataFrame({"doc_id": ids, "start": 0, "end": 5, "raw_start": 0, "raw_end": 9}),
            "sentences": sentence_rows(),
            "attributions": pd.DataFrame(attributions),
            "attribution_spans": pd.DataFrame(spans),
            "actors": pd.DataFrame(),
            "places": pd.DataFrame(
                {
                    "place_id": ids,
                    "doc_id": ids,
                    "name": NASTY,
                    "latitude": [None if i % 3 else -3.25 + i for i in range(n)],
                    "longitude": [None if i % 3 else 179.5 for i in range(n)],
                    "country": gaps,
                    "gazetteer": gaps,
                    "ambiguous": [i % 2 == 0 for i in range(n)],
                }
            ),
            "mentions": pd.DataFrame(),
            "statements": pd.DataFrame(),
            "wording": pd.DataFrame(),
        }
    )


def empty() -> Tables:
    return Tables({name: pd.DataFrame() for name in SCHEMAS})


def snapshot(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def refusal(frame, schema=SENTENCES) -> str:
    with pytest.raises(TableError) as caught:
        conform(frame, schema)
    message = str(caught.value)
    assert message.isprintable()
    assert message.startswith(f"table {schema.name}, ")
    assert "make it again" in message
    return message


def assert_same(left: Tables, right: Tables) -> None:
    for name in SCHEMAS:
        pd.testing.assert_frame_equal(left[name], right[name])


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_an_empty_frame_gets_the_columns_and_types_of_its_table(schema):
    frame = conform(pd.DataFrame(), schema)
    assert len(frame) == 0
    assert list(frame.columns) == list(schema.columns)
    assert [str(dtype) for dtype in frame.dtypes] == [NUMBERS.get(name, "str") for name in frame]


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_every_table_has_a_grain_a_key_and_a_meaning_for_each_column(schema):
    assert schema.title
    assert set(schema.unique) <= set(schema.columns)
    assert all(column.description for column in schema.columns.values())


def test_a_frame_that_fits_comes_back_as_it_is_and_numbered_anew():
    frame = sentence_rows()
    frame.index = [7, 7]
    before = frame.copy()
    conformed = conform(frame, SENTENCES)
    pd.testing.assert_frame_equal(frame, before)
    assert list(conformed.index) == [0, 1]
    assert conformed.to_dict("list") == before.to_dict("list")


def test_a_value_that_is_not_allowed_is_named_with_its_column():
    message = refusal(sentence_rows(part=["body", "footer"]))
    assert "column part" in message
    assert "'footer'" in message


def test_a_count_below_zero_is_refused():
    message = refusal(sentence_rows(start=[-1, 5]))
    assert "column start" in message
    assert "-1" in message


def test_a_key_that_stands_twice_is_refused():
    message = refusal(sentence_rows(sentence_id=["d-1", "d-1"]))
    assert "sentence_id" in message
    assert "'d-1'" in message


def test_a_key_of_several_columns_may_share_some_of_them():
    frame = pd.DataFrame({"doc_id": ["d", "d"], "start": [0, 5], "end": 5, "raw_start": 0, "raw_end": 5})
    frame["end"] = [5, 9]
    assert len(conform(frame, SCHEMAS["alignment"])) == 2
    assert "doc_id" in refusal(frame.assign(start=0), SCHEMAS["alignment"])


def test_a_missing_column_is_named():
    assert "'part'" in refusal(sentence_rows().drop(columns="part"))


def test_an_unknown_column_is_named():
    assert "'extra'" in refusal(sentence_rows(extra=1))


def test_columns_in_another_order_are_refused():
    assert "column_ordered" in refusal(sentence_rows()[list(SENTENCES.columns)[::-1]])


@pytest.mark.parametrize("schema", [s for s in SCHEMAS.values() if "start" in s.columns], ids=lambda s: s.name)
def test_a_span_that_ends_before_it_starts_is_refused(schema):
    row = {name: 0 if name in NUMBERS else "a" for name in schema.columns}
    row |= {name: value for name, value in FIRST.items() if name in row}
    assert len(conform(pd.DataFrame([row | {"start": 3, "end": 3}]), schema)) == 1
    assert "start <= end" in refusal(pd.DataFrame([row | {"start": 4, "end": 3}]), schema)


def test_a_span_that_ends_before_it_starts_is_blamed_on_no_other_column():
    message = refusal(sentence_rows(start=[9, 5]))
    assert "column sentence_id" not in message
    assert "9, 5" in message
    assert "rows" not in message


@pytest.mark.parametrize("name", ["doc_id", "number", "part"])
def test_a_value_may_be_missing_only_where_the_contract_says_so(name):
    frame = sentence_rows()
    frame[name] = frame[name].astype(object).mask([True, False])
    assert f"column {name}" in refusal(frame)


def test_a_word_where_a_number_belongs_is_refused():
    message = refusal(sentence_rows(number=["one", "2"]))
    assert "column number" in message
    assert "'one'" in message


def test_a_fraction_where_a_count_belongs_is_refused():
    assert "column number" in refusal(sentence_rows(number=[1.5, 2]))


@pytest.mark.parametrize("confidence", [-0.1, 1.1, np.nan])
def test_a_confidence_is_a_share(confidence):
    frame = nasty().attributions.assign(confidence=confidence)
    assert "column confidence" in refusal(frame, SCHEMAS["attributions"])


def test_a_set_is_a_mapping_whose_tables_are_its_attributes_too():
    tables = nasty()
    assert isinstance(tables, Mapping)
    assert list(tables) == list(SCHEMAS)
    assert len(tables) == len(SCHEMAS)
    assert all(tables[name] is getattr(tables, name) for name in SCHEMAS)
    assert "documents: 20" in repr(tables)


def test_a_set_does_not_change():
    tables = empty()
    with pytest.raises(AttributeError, match="does not change"):
        tables.documents = pd.DataFrame()
    with pytest.raises(AttributeError, match="does not change"):
        tables.more = 1
    with pytest.raises(TypeError):
        tables["documents"] = pd.DataFrame()


def test_a_table_cannot_be_deleted_from_a_set():
    tables = empty()
    with pytest.raises(AttributeError):
        del tables.documents


def test_a_set_does_not_follow_changes_of_the_frames_it_was_made_of():
    frames = {name: pd.DataFrame() for name in SCHEMAS} | {"sentences": sentence_rows()}
    tables = Tables(frames)
    frames["sentences"].loc[0, "part"] = "byline"
    assert list(tables.sentences.part) == ["headline", "body"]


def test_a_table_that_there_is_not_is_answered_with_those_there_are():
    with pytest.raises(KeyError, match="documents, alignment"):
        empty()["quotations"]
    assert "quotations" not in empty()


def test_a_set_has_no_other_tables():
    with pytest.raises(TableError, match="leave out weather"):
        Tables({"weather": pd.DataFrame()})


def test_a_table_that_is_not_given_is_empty_and_has_its_columns():
    tables = Tables({"sentences": sentence_rows()})
    assert len(tables.sentences) == 2
    assert all(list(tables[name].columns) == list(SCHEMAS[name].columns) for name in SCHEMAS)
    assert sum(len(frame) for frame in tables.values()) == 2


def test_a_set_checks_each_of_its_tables():
    frames = {name: pd.DataFrame() for name in SCHEMAS}
    with pytest.raises(TableError, match="table sentences, column part"):
        Tables(frames | {"sentences": sentence_rows(part="footer")})


@pytest.mark.parametrize("format", FORMATS)
def test_a_set_comes_back_from_disk_as_it_was(tmp_path, format):
    tables = nasty()
    assert len(tables.documents.text[0]) > 40_000
    write_tables(tables, tmp_path, format)
    again = read_tables(tmp_path)
    assert_same(again, tables)
    assert again.documents.author.isna().sum() == len(NASTY) // 2


@pytest.mark.parametrize("format", FORMATS)
def test_a_set_of_empty_tables_comes_back_from_disk(tmp_path, format):
    write_tables(empty(), tmp_path, format)
    assert_same(read_tables(tmp_path), empty())


@pytest.mark.parametrize("format", ["parquet", "csv", "jsonl"])
def test_the_same_set_is_written_as_the_same_bytes(tmp_path, format):
    for name in ("a", "b"):
        write_tables(nasty(), tmp_path / name, format)
    assert snapshot(tmp_path / "a") == snapshot(tmp_path / "b")


@pytest.mark.parametrize("character", ["\ufffe", "\uffff"])
def test_a_character_that_xml_forbids_does_not_make_a_workbook_unreadable(tmp_path, character):
    frames = dict(nasty())
    frames["documents"] = frames["documents"].assign(text=f"a{character}b")
    write_tables(Tables(frames), tmp_path, "xlsx")
    read_tables(tmp_path)


def test_a_spreadsheet_takes_no_text_for_a_formula(tmp_path):
    import openpyxl

    write_tables(nasty(), tmp_path, "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "documents.xlsx").active
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}


def test_the_manifest_is_last_and_vouches_for_every_file_and_source(tmp_path):
    from hashlib import sha256

    tables = nasty()
    paths = write_tables(tables, tmp_path / "set", "csv")
    assert [p.name for p in paths] == [*(f"{name}.csv" for name in SCHEMAS), "manifest.json"]
    manifest = json.loads(paths[-1].read_text(encoding="utf-8"))
    assert manifest["format"] == "csv"
    assert manifest["outputs"] == {p.name: sha256(p.read_bytes()).hexdigest() for p in paths[:-1]}
    assert [s["sha256"] for s in manifest["sources"]] == list(tables.documents.sha256)
    assert sorted(p.name for p in (tmp_path / "set").iterdir()) == sorted(p.name for p in paths)


def test_an_unknown_format_is_answered_with_those_there_are(tmp_path):
    with pytest.raises(TableError, match="no format 'xml': there are parquet, csv, xlsx, jsonl"):
        write_tables(empty(), tmp_path / "set", "xml")
    assert not (tmp_path / "set").exists()


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (OSError(28, "No space left on device"), OutputError),
        (ValueError("odd"), ValueError),
        (KeyboardInterrupt(), None),
    ],
    ids=["full", "bug", "interrupted"],
)
def test_a_writer_that_fails_half_way_leaves_what_was_there(tmp_path, monkeypatch, error, raised):
    write_tables(empty(), tmp_path, "jsonl")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    before = snapshot(tmp_path)
    writer, made = module.WRITERS["jsonl"], []

    @contextmanager
    def fails(path, columns):
        with writer(path, columns) as add:

            def added(frame):
                add(frame)
                made.append(path)
                if len(made) == 3:
                    raise error

            yield added

    monkeypatch.setitem(module.WRITERS, "jsonl", fails)
    with pytest.raises(raised or KeyboardInterrupt):
        write_tables(nasty(), tmp_path, "jsonl")
    assert len(made) == 3
    assert snapshot(tmp_path) == before
    assert [p for p in tmp_path.iterdir() if p.is_dir()] == []
    assert_same(read_tables(tmp_path), empty())


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "plain").write_text("kept", encoding="utf-8")
    with pytest.raises(OutputError, match="plain"):
        write_tables(empty(), tmp_path / "plain" / "set")
    assert snapshot(tmp_path) == {"plain": b"kept"}


@pytest.mark.parametrize(
    "manifest",
    [None, b"", b"{", b"[]", b"1", b"null", b"{}", b'{"format": "xml"}', b'{"format": ["csv"]}', b"\xff\xfe{"],
)
def test_a_folder_without_a_manifest_that_can_be_read_holds_no_set(tmp_path, manifest):
    write_tables(empty(), tmp_path, "csv")
    (tmp_path / "manifest.json").unlink()
    if manifest is not None:
        (tmp_path / "manifest.json").write_bytes(manifest)
    with pytest.raises(TableError, match="holds no set of tables: make one with `toolkit tables"):
        read_tables(tmp_path)


@pytest.mark.parametrize("format", FORMATS)
def test_a_table_that_is_gone_is_named(tmp_path, format):
    write_tables(empty(), tmp_path, format)
    (tmp_path / f"sentences.{format}").unlink()
    with pytest.raises(TableError, match=rf"sentences\.{format} is missing: make the set again"):
        read_tables(tmp_path)


@pytest.mark.parametrize("damage", ["cut", "noise", "empty"])
@pytest.mark.parametrize("format", ["parquet", "xlsx", "jsonl"])
def test_a_damaged_table_is_named_in_one_line(tmp_path, format, damage):
    write_tables(nasty(), tmp_path, format)
    path = tmp_path / f"documents.{format}"
    whole = path.read_bytes()
    path.write_bytes({"cut": whole[: len(whole) // 2], "noise": b"\x00\xff{" + whole[:9], "empty": b""}[damage])
    if format == "jsonl" and damage == "empty":
        path.write_bytes(b"{}{}\n")  # a file of no lines is an empty table
    with pytest.raises(TableError) as caught:
        read_tables(tmp_path)
    assert f"documents.{format}" in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "sentences"),
        (b"sentence_id,doc_id\na,b\n", "number"),
        (b"sentence_id,doc_id,number,paragraph,part,start,end\na,d,one,1,body,0,5\n", "one"),
        (b"sentence_id,doc_id,number,paragraph,part,start,end\na,d,1,1,footer,0,5\n", "footer"),
        (b"sentence_id,doc_id,number,paragraph,part,start,end\na,d,1,1,body,0,5,extra,more\n", "sentences"),
        (b"sentence_id,doc_id,number,paragraph,part,start,end\n\xff\xff,d,1,1,body,0,5\n", "sentences"),
    ],
)
def test_a_csv_that_somebody_spoilt_is_named_with_what_is_wrong(tmp_path, content, named):
    write_tables(nasty(), tmp_path, "csv")
    (tmp_path / "sentences.csv").write_bytes(content)
    with pytest.raises(TableError, match="sentences") as caught:
        read_tables(tmp_path)
    assert named in str(caught.value)
    assert str(caught.value).isprintable()


def test_some_documents_of_a_set_are_a_set():
    tables = nasty()
    frames = dict(tables) | {"documents": tables.documents.iloc[:1]}
    first = frames["documents"]["doc_id"][0]
    other = frames["documents"].assign(doc_id="other")
    both = Tables(frames | {"documents": pd.concat([frames["documents"], other], ignore_index=True)})
    part = subset(both, first)
    assert {doc_id for frame in part.values() for doc_id in frame.get("doc_id", [])} == {first}
    assert_same(subset(part, [first]), part)
    tables = part
    for asked in ("absent", []):
        with pytest.raises(SelectionError, match=f": there are {first}"):
            subset(tables, asked)


def test_a_table_that_is_not_there_is_told_by_whichever_way_it_is_asked_for():
    tables = empty()
    for ask in (lambda: tables.atributions, lambda: tables["atributions"]):
        with pytest.raises(UnknownName, match=r"^no table 'atributions': there are documents, ") as failed:
            ask()
        assert isinstance(failed.value, AttributeError | KeyError)
    assert not hasattr(tables, "atributions")


def test_what_is_made_of_a_set_is_made_once():
    calls = []
    tables = empty()
    made = [tables.once(lambda_) for lambda_ in [lambda t: calls.append(t) or object()] * 2]
    assert made[0] is made[1]
    assert calls == [tables]
