"""Quotations that a text leaves open are counted per document."""

from pathlib import Path

from toolkit.analysis.quotations import unclosed
from toolkit.extract.sentences import sentences
from toolkit.source.documents import from_texts
from toolkit.source.files import parse


def test_each_document_counts_the_quotations_that_nothing_ends():
    texts = ["A title\n\nHe said: “It is late.\n\nShe said: “No.” They said: “We go.", "It is late.", "“Yes,” he said."]
    documents, _ = from_texts(parse(f"d{i}", Path("x.txt"), text.encode()) for i, text in enumerate(texts))
    found = unclosed(documents, sentences(documents))
    assert found.doc_id.tolist() == ["d0", "d1", "d2"]
    assert found.unclosed.tolist() == [2, 0, 0]


def test_no_documents_give_no_rows():
    documents, _ = from_texts([])
    assert unclosed(documents, sentences(documents)).columns.tolist() == ["doc_id", "unclosed"]
