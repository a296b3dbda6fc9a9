"""A corpus is read whole, or refused with the line that is wrong."""

import json

import pytest

from toolkit.errors import SourceError
from toolkit.source.corpus import read_corpus

GOOD = json.dumps({"doc_id": "a", "text": "It is calm.", "attributions": []})


def test_documents_are_read_in_their_order_and_empty_lines_passed_over(tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_text(f"{GOOD}\n\n" + GOOD.replace('"a"', '"b\u2028"') + "\n", encoding="utf-8")
    assert [d["doc_id"] for d in read_corpus(path)] == ["a", "b\u2028"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "holds no document"),
        (f"{GOOD}\n{{", "line 2 is not JSON"),
        (f"{GOOD}\n[1]", "line 2 lacks"),
        ('{"doc_id": "a"}', 'line 1 lacks a "doc_id" or a "text"'),
        (f"{GOOD}\n{GOOD}", "line 2 has the doc_id 'a' again"),
    ],
)
def test_a_wrong_line_is_named_with_what_to_do(tmp_path, content, says):
    path = tmp_path / "corpus.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"corpus\.jsonl") as caught:
        read_corpus(path)
    assert says in str(caught.value)


def test_a_file_that_is_not_there_or_not_utf8_is_refused(tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        read_corpus(tmp_path / "none.jsonl")
    (tmp_path / "odd.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="cannot be read"):
        read_corpus(tmp_path / "odd.jsonl")
