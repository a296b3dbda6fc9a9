"""A document that lies in an archive or a table is handed to a notebook as it is."""

import gzip

import pytest

from toolkit.errors import SourceError
from toolkit.extract import read
from toolkit.source.files import TextFile, texts
from toolkit.source.handover import hand_over
from toolkit.source.options import Options

from .conftest import MESSAGE, PAGE, PROSE, json_lines, zipped

MANY = {
    "news.csv": f"id,title,date,text\nA/1,Calm,2031-05-01,{PROSE.replace(',', '')}\n".encode(),
    "news.jsonl": json_lines({"text": "Calm\u200b as ever. \ud83d\ude00 \u2029 So."}),
    "news.zip": zipped({"a/b.html": PAGE, "c.md": "---\ntitle: x\n---\n# *Calm*"}),
    "mail.mbox": b"From a@b.c Thu May  1 23:30:00 2031\n" + MESSAGE.encode(),
}


@pytest.mark.parametrize("name", MANY)
def test_what_was_handed_over_gives_the_same_tables(tmp_path, name):
    (tmp_path / name).write_bytes(MANY[name])
    for text in texts([tmp_path / name]):
        assert isinstance(text, TextFile)
        assert not text.by_path
        path = hand_over(text, tmp_path)
        assert path.name == f"{text.doc_id}.document.json"
        [again] = texts([path])
        assert again == text._replace(path=path, source_path=name + text.place, place="", by_path=True)


def test_the_place_of_the_file_does_not_show(tmp_path):
    written = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.csv").write_bytes(MANY["news.csv"])
        [text] = texts([tmp_path / folder / "news.csv"])
        written.append(hand_over(text, tmp_path / folder).read_bytes())
    assert written[0] == written[1]


def test_a_file_that_is_one_text_is_read_where_it_is(tmp_path):
    for name, data in {"a.txt": b"Calm.", "a.html": PAGE.encode(), "a.md.gz": gzip.compress(b"Calm.")}.items():
        (tmp_path / name).write_bytes(data)
        [text] = texts([tmp_path / name])
        assert hand_over(text, tmp_path) == tmp_path / name


def test_a_text_that_was_read_with_options_is_handed_over(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Calm.")
    [text] = texts([tmp_path / "a.txt"], Options(max_seconds=5))
    assert hand_over(text, tmp_path).name == "a.document.json"


def test_its_tables_say_which_document_it_is(tmp_path):
    (tmp_path / "news.csv").write_bytes(MANY["news.csv"])
    [text] = texts([tmp_path / "news.csv"])
    [row] = read(hand_over(text, tmp_path)).documents.to_dict("records")
    assert (row["doc_id"], row["title"], row["published"]) == ("a-1", "Calm", "2031-05-01")
    assert row["source_path"] == "news.csv, row 2"
    assert row["sha256"] == text.sha256


@pytest.mark.parametrize("spoilt", ["", "{", "[]", "{}", '{"doc_id": 1}'])
def test_a_damaged_one_is_told(tmp_path, spoilt):
    path = tmp_path / "a.document.json"
    path.write_text(spoilt or "null")
    with pytest.raises(SourceError, match="a damaged hand-over of a document: run the report again"):
        read(path)
