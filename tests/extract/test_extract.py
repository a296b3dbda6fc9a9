"""All tables of texts: the same whether they are made together or some at a time; what cannot be read is among them."""

import pandas as pd
import pytest

import toolkit as tk
from toolkit import extract
from toolkit.errors import ParameterError, SourceError
from toolkit.source.files import texts
from toolkit.tables import read_tables, write_tables

PROSE = "“It is ours,” said Mayor Oda Renn of Marrow. Pier no. {n} is old, and nobody in the town knows who built it."


@pytest.fixture
def folder(tmp_path):
    """Return a folder of five texts and of two files that are none."""
    path = tmp_path / "texts"
    path.mkdir()
    for n in range(5):
        (path / f"{n}.txt").write_text(PROSE.format(n=n), encoding="utf-8")
    (path / "1b.txt").write_bytes(b"")
    (path / "3b.pdf").write_bytes(b"%PDF-1.7")
    return path


def test_one_bad_file_is_a_row_of_failures(folder):
    with pytest.warns(UserWarning, match="2 of 7 texts could not be read: see tables.failures"):
        tables = tk.read(folder)
    assert list(tables.documents["doc_id"]) == ["0", "1", "2", "3", "4"]
    assert "1b.txt is empty: put text into it" in tables.failures["reason"][0]
    assert list(tables.failures["source_path"].str[-6:]) == ["1b.txt", "3b.pdf"]


def test_tables_made_some_at_a_time_are_those_made_together(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(extract, "_CHUNK", 2)
    write_tables(extract.in_chunks(texts([folder])), tmp_path / "parts")
    with pytest.warns(UserWarning, match="could not be read"):
        whole = tk.read(folder)
    for name, frame in read_tables(tmp_path / "parts").items():
        pd.testing.assert_frame_equal(frame, whole[name])


def test_texts_none_of_which_can_be_read_are_an_error(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).touch()
    with pytest.raises(SourceError, match=r"a\.txt is empty"):
        tk.read(tmp_path)
    with pytest.raises(SourceError, match=r"a\.txt is empty"):
        list(extract.in_chunks(texts([tmp_path])))


def test_how_texts_are_read_is_said_by_name(tmp_path):
    (tmp_path / "a.csv").write_text("nr,woorden\n1,It is calm.\n")
    assert list(tk.read(tmp_path / "a.csv", text_column="woorden").documents["doc_id"]) == ["a-row-2"]
    with pytest.raises(ParameterError, match="no option 'column' for reading"):
        tk.read(tmp_path / "a.csv", column="woorden")


def test_what_a_page_or_a_message_says_of_itself_reaches_the_documents(tmp_path):
    head = "<meta property='og:site_name' content='Coast News'>"
    head += "<meta property='article:published_time' content='2031-05-01'>"
    (tmp_path / "a.html").write_text(f"<html><head>{head}</head><body><p>{PROSE}</p></body></html>", encoding="utf-8")
    headers = "From: Ada <a@b.c>\nSubject: Calm\nDate: Thu, 1 May 2031 09:00:00 +0000"
    (tmp_path / "b.eml").write_text(f"{headers}\n\n{PROSE}")
    tables = tk.read(tmp_path)
    page, message = tables.documents.to_dict("records")
    assert (page["outlet"], page["published"]) == ("Coast News", "2031-05-01")
    assert (message["author"], message["title"], message["published"]) == ("Ada", "Calm", "2031-05-01")
    assert list(tables.pages["page"]) == [0, 0]
    for row in tables.alignment.itertuples():
        text, kept = (f.set_index("doc_id")["text"][row.doc_id] for f in (tables.documents, tables.pages))
        if row.end - row.start == row.raw_end - row.raw_start:
            assert text[row.start : row.end].replace("\n", " ") == kept[row.raw_start : row.raw_end].replace("\n", " ")
