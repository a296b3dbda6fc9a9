"""A file's format is told by what it holds."""

import io

import pytest

from toolkit.errors import SourceError
from toolkit.source.kinds import kind, signed, takes
from toolkit.source.options import Options

from .conftest import MESSAGE, PAGE, docx, json_lines, tarred, zipped

HTML = PAGE.encode()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"It is calm.", "a.txt", "text"),
        (b"# Calm", "a.md", "markdown"),
        (HTML, "a.html", "web page"),
        (HTML, "a.txt", "web page"),
        (b"\xef\xbb\xbf\n<!-- saved --><HTML><p>Calm", "a", "web page"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html/>", "a", "web page"),
        ("<!doctype html><p>Calm".encode("utf-16"), "a.txt", "web page"),
        (b"<p>Calm</p>", "a.html", "web page"),
        (b"<p>Calm</p>", "a.txt", "text"),
        (b"<html> is a tag", "a.md", "markdown"),
        (b"%PDF-1.7", "a.txt", "pdf"),
        (b"junk before %PDF-1.4", "a", "pdf"),
        (docx(""), "a.zip", "docx"),
        (b"PK\x03\x04broken", "a.docx", "docx"),
        (zipped({"a.txt": "x"}), "a.txt", "zip"),
        (zipped({"xl/workbook.xml": "x"}), "a.xlsx", "an Excel workbook"),
        (zipped({"mimetype": "x", "content.xml": "x"}), "a.odt", "an OpenDocument file"),
        (zipped({"content.xml": "x"}), "a.zip", "zip"),
        (tarred({"a.txt": "x"}), "a.bin", "tar"),
        (b"\x1f\x8b\x08\x00", "a.txt", "gzip"),
        (b"PAR1", "a.txt", "parquet"),
        (MESSAGE.encode(), "a.txt", "mail"),
        (b"From: a@b.example\nSubject: x\n\nCalm", "a.eml", "mail"),
        (b"From: the pier\nTo: the town\nDate: unknown\n\nCalm", "a.txt", "text"),
        (b"From a@b.example Thu May  1 10:00:00 2031\n" + MESSAGE.encode(), "a", "mailbox"),
        (b"From London, where it rained in 2031.\nIt is calm.", "a.txt", "text"),
        (json_lines({"text": "x"}), "a.txt", "json lines"),
        (b"not json", "a.jsonl", "json lines"),
        (b'[\n {\n  "text": "x"\n }\n]', "a.txt", "json lines"),
        (b'["x", "y"]', "a.txt", "text"),
        (b"{curly} words", "a.txt", "text"),
        (b"id,text\n1,calm\n", "a.txt", "csv"),
        (b"id;text\n1;calm\n", "a", "csv"),
        (b"First, a text.\nThen, another.\n", "a.txt", "text"),
        (b"whatever", "a.tsv", "csv"),
    ],
)
def test_content_goes_before_the_name(data, name, expected):
    stream = io.BytesIO(data)
    assert kind(stream, name, Options()) == expected
    assert stream.tell() == 0


def test_a_column_that_is_asked_for_makes_a_table():
    data = b"nr,woorden\n1,calm\n"
    assert kind(io.BytesIO(data), "a.txt", Options()) == "text"
    assert kind(io.BytesIO(data), "a.txt", Options(text_column="woorden")) == "csv"


@pytest.mark.parametrize("name", ["a.txt", "A.PDF", "x/b.tar", "c.txt.gz", "a.json", "a.odt", "a.rtf", "a.7z"])
def test_names_that_end_like_a_format_are_taken(name):
    assert takes(name)


@pytest.mark.parametrize("name", ["a.png", ".a.txt", "a", "a.txt~", "Makefile"])
def test_other_names_are_not(name):
    assert not takes(name)


def test_a_file_without_an_ending_is_known_by_its_first_bytes():
    assert signed(HTML)
    assert signed(b"%PDF-1.7")
    assert not signed(b"It is calm.")


def test_what_is_not_read_is_called_by_its_name(read):
    with pytest.raises(SourceError, match=r"a\.xlsx is an Excel workbook.*: save its cells as CSV"):
        read(zipped({"xl/workbook.xml": "x"}), "a.xlsx")
    with pytest.raises(SourceError, match=r"a\.txt is an XML file.*: save it as plain text"):
        read(b"<?xml version='1.0'?><news>Calm</news>", "a.txt")
