"""Files become the tables documents and alignment, a row per text and per kept stretch."""

import hashlib

import pandas as pd
import pytest

from toolkit.errors import SourceError
from toolkit.source import files
from toolkit.source.documents import from_texts, load
from toolkit.spans import Link, raw_span
from toolkit.tables.contracts import ALIGNMENT, DOCUMENTS

TEXT = "Calm at sea\r\n\r\nBy Ada Lind\r\n\r\nPORT, May 1, 2031 – It is calm, and nobody of the town sails.\r\n"
MARKDOWN = """---
title: The calm sea
author: Bo Frost
outlet: Coast News
date: 2031-06-02
---

# Calm at *sea*

By Ada Lind

PORT, May 1, 2031 – It is **calm**, and nobody of the town sails.
"""


@pytest.fixture
def put(tmp_path):
    def write(name: str, content: str | bytes):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def only(path):
    documents, _ = load([path])
    [row] = documents.to_dict("records")
    return row


def test_a_text_becomes_a_row_with_all_that_it_says_of_itself(put):
    row = only(put("The calm sea.txt", TEXT))
    assert row["doc_id"] == "the-calm-sea"
    assert (row["title"], row["author"], row["dateline"]) == ("Calm at sea", "Ada Lind", "PORT")
    assert (row["published"], row["language"], row["encoding"]) == ("2031-05-01", "en", "utf-8")
    assert row["text"] == TEXT.replace("\r\n", "\n").strip()
    assert row["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert row["words"] == 19
    assert row["source_path"].endswith("/The calm sea.txt")


def test_what_a_text_does_not_say_is_missing(put):
    row = only(put("a.txt", "It is calm, and nobody of the town sails."))
    assert [name for name, value in row.items() if pd.isna(value)] == [
        "title",
        "author",
        "outlet",
        "published",
        "dateline",
    ]


def test_both_tables_keep_their_contracts_in_the_order_of_the_texts(put):
    for name in ("b.txt", "a.md", "c.txt"):
        path = put(name, f"{name} is calm. Nobody sails.")
    documents, alignment = load([path.parent])
    assert list(documents.doc_id) == ["a", "b", "c"]
    assert set(alignment.doc_id) == {"a", "b", "c"}
    pd.testing.assert_frame_equal(DOCUMENTS.validate(documents), documents)
    pd.testing.assert_frame_equal(ALIGNMENT.validate(alignment), alignment)


def test_loading_twice_gives_the_same(put):
    path = put("a.md", MARKDOWN)
    for first, second in zip(load([path]), load([path]), strict=True):
        pd.testing.assert_frame_equal(first, second)


def test_no_texts_give_empty_tables_with_their_columns():
    documents, alignment = from_texts([])
    assert (len(documents), list(documents.columns)) == (0, list(DOCUMENTS.columns))
    assert (len(alignment), list(alignment.columns)) == (0, list(ALIGNMENT.columns))


@pytest.mark.parametrize(("name", "content"), [("a.txt", TEXT), ("a.md", MARKDOWN), ("a.MD", MARKDOWN)])
def test_the_alignment_leads_every_word_back_to_the_file(put, name, content):
    documents, alignment = load([put(name, content)])
    text = documents.text[0]
    links = tuple(Link(*row) for row in alignment[["start", "end", "raw_start", "raw_end"]].itertuples(index=False))
    assert links[-1].end == len(text)
    for word in ("Calm", "Lind", "PORT", "2031", "nobody", "sails"):
        start, end = raw_span(links, text.rindex(word), text.rindex(word) + len(word))
        assert content[start:end] == word


def test_the_front_matter_of_markdown_goes_before_what_the_text_says(put):
    row = only(put("a.md", MARKDOWN))
    assert (row["title"], row["author"], row["outlet"]) == ("The calm sea", "Bo Frost", "Coast News")
    assert row["published"] == "2031-06-02"
    assert row["dateline"] == "PORT"
    assert row["text"].startswith("Calm at sea\n\nBy Ada Lind")


def test_what_the_front_matter_leaves_out_is_taken_from_the_text(put):
    row = only(put("a.md", MARKDOWN.replace("title: The calm sea\nauthor: Bo Frost\n", "").replace("date: ", "day: ")))
    assert (row["title"], row["author"], row["published"]) == ("Calm at sea", "Ada Lind", "2031-05-01")


def test_front_matter_in_a_plain_text_is_text(put):
    row = only(put("a.txt", MARKDOWN))
    assert "title: The calm sea" in row["text"]
    assert pd.isna(row["outlet"])


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("2031-05-01", "2031-05-01"),
        ("May 1, 2031", "2031-05-01"),
        ("1 May 2031", "2031-05-01"),
        ("2031-05-01T23:30:00", "2031-05-01"),
        ("soon", None),
        ("May 32, 2031", None),
    ],
)
def test_a_day_of_the_front_matter_is_read_if_it_is_one(put, date, published):
    row = only(put("a.md", f"---\ndate: {date}\n---\nIt is calm."))
    assert (None if pd.isna(row["published"]) else row["published"]) == published


@pytest.mark.parametrize("date", ["today", "now", "'2031'", "1 May", "May 2031"])
def test_a_date_that_names_no_whole_day_gives_none(put, date):
    assert pd.isna(only(put("a.md", f"---\ndate: {date}\n---\nIt is calm."))["published"])


def test_an_author_is_shown_on_one_line_without_controls(put):
    row = only(put("a.md", '---\nauthor: "Ada\\e[31m\\nLind"\noutlet: "Coast\\u202eNews"\n---\nIt is calm.'))
    assert row["author"].isprintable()
    assert row["outlet"].isprintable()


@pytest.mark.parametrize("title", ["Calm\\e[31m sea", "Calm\\nsea", "Calm\\ud800sea", "Calm\\x01sea"])
def test_a_title_is_shown_on_one_line_without_controls(put, title):
    row = only(put("a.md", f'---\ntitle: "{title}"\n---\nIt is calm.'))
    assert row["title"].isprintable()


def test_a_title_of_spaces_is_none(put):
    assert only(put("a.md", "---\ntitle: ' '\n---\nCalm at sea\n\nIt is calm."))["title"] == "Calm at sea"


@pytest.mark.parametrize("content", ["", " \r\n", "\u200b\u200b", "\ufeff\xad\n"])
def test_a_file_with_nothing_to_see_in_it_is_named_with_what_to_do(put, content):
    with pytest.raises(SourceError, match=r"a\.txt .*: put text into it"):
        load([put("a.txt", content)])


@pytest.mark.parametrize("content", ["<!-- a note -->\n", "---\ntitle: Sea\n---\n", "[s]: /s\n", "***\n"])
def test_markdown_without_words_is_named_with_what_to_do(put, content):
    with pytest.raises(SourceError, match=r"a\.md .*: put text into it"):
        load([put("a.md", content)])


def test_one_text_that_cannot_be_read_stops_the_rest(put):
    put("a.txt", "It is calm.")
    with pytest.raises(SourceError, match=r"b\.txt"):
        load([put("b.txt", b"\x00\x01" * 40).parent])


def test_a_text_read_already_needs_no_file(tmp_path):
    text = files.parse("sea", tmp_path / "none.txt", b"It is calm.")
    documents, _ = from_texts([text])
    assert list(documents.text) == ["It is calm."]
