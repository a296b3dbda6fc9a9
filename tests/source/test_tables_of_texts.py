"""CSV, JSON Lines and Parquet: a row is a document, its columns say what is known of it."""

import io
from datetime import datetime

import pandas as pd
import pytest

from toolkit.errors import SourceError
from toolkit.source.options import Options
from toolkit.source.readers import pieces

from .conftest import json_lines

ABOUT = {"headline": "Calm", "byline": "Ada Lind", "outlet": "Coast", "date": "2031-05-01"}
ROWS = [
    {"id": "A1", "body": "It is calm, said Oda.", **ABOUT},
    {"id": "A2", "body": "“No,”\nshe said; it was.", **dict.fromkeys(ABOUT, "")},
]


def written(kind: str, rows=ROWS) -> bytes:
    frame, out = pd.DataFrame(rows), io.BytesIO()
    if kind == "parquet":
        frame.to_parquet(out)
        return out.getvalue()
    if kind == "jsonl":
        return json_lines(*rows)
    return frame.to_csv(index=False, sep={"csv": ",", "tsv": "\t", "semicolon": ";", "bar": "|"}[kind]).encode()


KINDS = ["csv", "tsv", "semicolon", "bar", "jsonl", "parquet"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_is_a_document_with_what_its_columns_say(kind):
    first, second = pieces(io.BytesIO(written(kind)), "news.data", Options())
    assert first.content.plain == ROWS[0]["body"]
    assert first.content.metadata == {"title": "Calm", "author": "Ada Lind", "outlet": "Coast", "date": "2031-05-01"}
    assert (first.own_id, second.own_id) == ("A1", "A2")
    assert second.content.plain == ROWS[1]["body"]
    assert second.content.metadata == {}
    assert second.name in {", row 3", ", line 2", ", row 2"}
    assert first.sha256 != second.sha256


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_chosen_by_name(kind, read):
    rows = [{"nr": "1", "tekst": "It is calm.", "text": "not this"}]
    assert read(written(kind, rows), "a.data", text_column="Tekst")[0][0][1] == "It is calm."


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_that_is_not_there_is_told_with_those_that_are(kind, read):
    for options, says in (({"text_column": "body"}, "has no column 'body'"), ({}, "has no column named like a text")):
        rows = [{"nr": "1", "woorden": "It is calm."}]
        name = "a.jsonl" if kind == "jsonl" else "a.csv"
        with pytest.raises(SourceError, match=rf"a\.\w+ {says}: it has nr, woorden"):
            read(written(kind, rows), name, **options)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_row_without_text_does_not_end_the_table(kind, read):
    rows = [{"id": "1", "text": "Calm."}, {"id": "2", "text": " "}, {"id": "3", "text": "Rough."}]
    good, bad = read(written(kind, rows), "a.data")
    assert [text for _, text in good] == ["Calm.", "Rough."]
    assert len(bad) == 1
    assert "has no text in column 'text': fill it in, or leave the row out" in bad[0]


def test_two_columns_of_the_text_s_name_are_told(read):
    with pytest.raises(SourceError, match=r"a\.csv has several columns 'text': rename all but the one"):
        read(b"id,text,text\n1,calm,rough\n", "a.csv")


def test_a_wrong_delimiter_is_told(read):
    with pytest.raises(SourceError, match=r"a\.csv has one column, 'id\^text': part its cells by commas"):
        read(b"id^text\n1^calm\n", "a.csv")


def test_a_row_with_other_cells_than_the_header_is_told_by_its_number(read):
    good, bad = read(b"id,text\n1,calm\n2,calm, they say\n\n3,rough\n", "a.csv")
    assert [text for _, text in good] == ["calm", "rough"]
    assert bad == ["a.csv, row 3 has 3 cells, the header 2: put its text in quotation marks, and double those in it"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_any_encoding(encoding, read):
    assert read("id,text\r\n1,Café “so”\r\n".encode(encoding), "a.csv")[0][0][1] == "Café “so”"


def test_a_cell_may_be_long_and_hold_lines(read):
    long = "It is calm, they say.\n" * 20_000
    assert read(written("csv", [{"id": "1", "text": long}]), "a.csv")[0][0][1] == long


def test_a_cell_beyond_the_limit_is_told(read):
    with pytest.raises(SourceError, match=r"a\.csv cannot be read beyond row 1 .*raise --max-megabytes"):
        read(written("csv", [{"id": "1", "text": "x" * 2000}]), "a.csv", max_megabytes=0.001)


def test_a_line_that_is_not_json_does_not_end_the_file(read):
    data = json_lines({"text": "Calm."}) + b'{"text": "Rough."\n[1]\n\n\xff\n' + json_lines({"text": "Wild."})
    good, bad = read(data, "a.jsonl")
    assert [text for _, text in good] == ["Calm.", "Wild."]
    assert [reason.partition(" is ")[0] for reason in bad] == [f"a.jsonl, line {n}" for n in (2, 3, 5)]
    assert "is not JSON (" in bad[0]
    assert "but no object" in bad[1]


def test_a_text_that_is_no_string_is_told(read):
    good, bad = read(json_lines({"text": "Calm."}, {"text": 7}), "a.jsonl")
    assert len(good) == 1
    assert "line 2 holds no text in column 'text' but int: choose another with --text-column" in bad[0]


def test_names_in_a_list_are_parted_by_commas_and_times_are_days():
    [line] = pieces(
        io.BytesIO(json_lines({"text": "Calm.", "authors": ["Ada", "Bo"], "url": None})), "a.jsonl", Options()
    )
    assert line.content.metadata == {"author": "Ada, Bo"}
    rows = [{"text": "Calm.", "published": datetime(2031, 5, 1, 9)}]
    [row] = pieces(io.BytesIO(written("parquet", rows)), "a", Options())
    assert row.content.metadata["date"].startswith("2031-05-01")


def test_a_damaged_parquet_is_told(read):
    data = written("parquet")
    for broken in (data[:-20], b"PAR1" + b"\x00" * 40, data[:30] + b"\xff" * 40 + data[70:]):
        with pytest.raises(SourceError, match=r"a\.parquet is damaged after row \d+ .*: write it again"):
            read(broken, "a.parquet")


@pytest.mark.parametrize("header", ["Full Text;Load-Date", "fullText;publishedAt", "FULL_TEXT;publish date"])
def test_names_of_columns_are_compared_by_their_words(header):
    [row] = pieces(io.BytesIO(f"{header}\nCalm.;May 1, 2031\n".encode()), "a.csv", Options())
    assert row.content.plain == "Calm."
    assert row.content.metadata == {"date": "May 1, 2031"}


def test_the_line_in_which_a_spreadsheet_says_its_delimiter_is_no_row(read):
    assert read(b"sep=^\r\nid^text\r\n1^calm, they say\r\n", "a.csv") == ([(", row 2", "calm, they say")], [])


def test_a_quotation_mark_that_nothing_closes_is_told_where_it_opens(read):
    good, bad = read(b'id,text\n1,calm\n2,"rough\n3,wild\n', "a.csv")
    assert good == [(", row 2", "calm")]
    assert bad == ["a.csv, row 3 opens a quotation mark that nothing closes: close it, for all below is in it"]
    assert read(b'id,text\n1,"calm"', "a.csv") == ([(", row 2", "calm")], [])


def test_a_table_without_a_row_is_told(read):
    empty = io.BytesIO()
    pd.DataFrame({"text": pd.Series([], dtype=str)}).to_parquet(empty)
    for data, name, says in (
        (b"id,text\n", "a.csv", "holds names of columns and no row"),
        (empty.getvalue(), "a.parquet", "holds no row"),
        (b"\n\n", "a.jsonl", "holds no object"),
    ):
        with pytest.raises(SourceError, match=f"{name} {says}"):
            read(data, name)


def test_what_is_in_an_object_is_a_column_behind_its_name():
    rows = [{"article": {"body": "Calm."}, "source": {"id": "c", "name": "Coast"}, "authors": [{"name": "Ada"}]}]
    for kind in ("jsonl", "parquet"):
        [row] = pieces(io.BytesIO(written(kind, rows)), "a", Options())
        assert row.content.plain == "Calm."
        assert row.content.metadata == {"outlet": "Coast", "author": "Ada"}
        assert row.own_id is None
        [row] = pieces(io.BytesIO(written(kind, rows)), "a", Options(text_column="source.name"))
        assert row.content.plain == "Coast"


def test_a_list_of_strings_is_a_text_of_paragraphs_and_bytes_are_characters(read):
    rows = [{"text": ["Calm.", "Rough."]}]
    for kind in ("jsonl", "parquet"):
        assert [text for _, text in read(written(kind, rows), "a")[0]] == ["Calm.\n\nRough."]
    assert [text for _, text in read(written("parquet", [{"text": "Café".encode()}]), "a")[0]] == ["Café"]


def test_a_cell_of_a_web_page_gives_its_words_which_are_kept():
    cell = "<p>It is <b>calm</b>,&nbsp;she said.</p>\n<ul><li>So\nit is.</li></ul><script>x()</script>"
    [row] = pieces(io.BytesIO(json_lines({"text": cell})), "a.jsonl", Options())
    assert row.content.plain == "It is calm, she said.\n\nSo it is."
    assert row.content.taken == row.content.plain
    assert row.content.encoding == "utf-8 (html)"


@pytest.mark.parametrize(
    "data",
    [
        b'[\n {"id": 1, "text": "Calm."},\n {"id": 2, "text": "Rough."}\n]',
        b'[{"id": 1, "text": "Calm."}, {"id": 2, "text": "Rough."}]\n',
        b'{"status": "ok", "response": {"results": [{"id": 1, "text": "Calm."}, {"id": 2, "text": "Rough."}]}}',
        b'{\n "articles": [{"id": 1, "text": "Calm."}, {"id": 2, "text": "Rough."}]\n}',
    ],
)
def test_a_list_of_objects_gives_each_as_a_text(data):
    found = list(pieces(io.BytesIO(data), "a.json", Options()))
    assert [(p.name, p.own_id, p.content.plain) for p in found] == [
        (", item 1", "1", "Calm."),
        (", item 2", "2", "Rough."),
    ]


def test_an_object_on_many_lines_is_a_text(read):
    assert read(b'{\n "text": "Calm.",\n "tags": [{"a": 1}]\n}\n', "a.json") == ([("", "Calm.")], [])
    with pytest.raises(SourceError, match=r"a\.json is not JSON \(.*\): mend it, or write an object on each line"):
        read(b'{\n "text": "Calm."\n', "a.json")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_json_lines_are_read_in_any_encoding(encoding, read):
    assert read('{"text": "Café “so”"}\n'.encode(encoding), "a.jsonl")[0][0][1] == "Café “so”"


def test_a_first_line_without_a_text_does_not_end_the_file(read):
    good, bad = read(json_lines({"made": "today"}, {"text": "Calm."}), "a.jsonl")
    assert good == [(", line 2", "Calm.")]
    assert bad == ["a.jsonl, line 1 has no column named like a text: it has made; choose one with --text-column"]


def test_a_number_that_names_a_text_is_whole():
    [row] = pieces(io.BytesIO(json_lines({"id": 7.0, "text": "Calm."})), "a.jsonl", Options())
    assert row.own_id == "7"
