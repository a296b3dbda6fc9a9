import json
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pandas.testing as pdt
import pytest

import toolkit as tk
from toolkit.extract.sentences import sentences
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.tables import conform
from toolkit.tables.contracts import DOCUMENTS, SENTENCES

ARTICLE = (
    "Who pays for the new lock?\n\n"
    "By Ines Arvol\n\n"
    "TERNBURG, April 3, 2031 – The gates are shut. Nobody has the key.\n\n"
    "Dr. Ott came at noon. He left soon.\n\n"
    "It rained."
)


def documents(*texts: str) -> pd.DataFrame:
    files = [parse(f"d{i}", Path("x.txt"), text.encode()) for i, text in enumerate(texts, 1)]
    return from_texts(files)[0]


def written(text: str) -> list[str]:
    frame = documents(text)
    return [frame["text"][0][row.start : row.end] for row in sentences(frame).itertuples()]


def test_the_same_documents_give_the_same_sentences_and_stay_as_they_are():
    frame = documents(ARTICLE, "It is late. It is dark.")
    before = frame.copy(deep=True)
    once, again = sentences(frame), sentences(frame)
    pdt.assert_frame_equal(once, again)
    pdt.assert_frame_equal(frame, before)
    pdt.assert_frame_equal(once, conform(once, SENTENCES))


def test_no_documents_have_no_sentences_but_all_columns():
    none = sentences(conform(pd.DataFrame(), DOCUMENTS))
    assert none.empty
    assert list(none.columns) == list(SENTENCES.columns)


def test_sentences_follow_each_other_and_leave_out_nothing_but_white_space():
    frame = documents(ARTICLE)
    text, rows = frame["text"][0], sentences(frame)
    spans = list(zip(rows["start"], rows["end"], strict=True))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == "".join(text.split())


def test_every_part_of_an_article_is_told_apart():
    frame = documents(ARTICLE)
    rows = sentences(frame)
    parts = [
        (row.part, row.paragraph, frame["text"][0][row.start : row.end]) for row in rows.itertuples() if row.number < 5
    ]
    assert parts == [
        ("headline", 0, "Who pays for the new lock?"),
        ("byline", 0, "By Ines Arvol"),
        ("dateline", 0, "TERNBURG, April 3, 2031 –"),
        ("body", 1, "The gates are shut."),
    ]
    assert rows.loc[rows["part"] == "body", "paragraph"].tolist() == [1, 1, 2, 2, 3]


def test_numbers_begin_anew_in_every_document():
    rows = sentences(documents(ARTICLE, "It is late. It is dark."))
    assert rows.loc[rows["doc_id"] == "d1", "number"].tolist() == list(range(1, 9))
    assert rows.loc[rows["doc_id"] == "d2", "number"].tolist() == [1, 2]
    assert rows["sentence_id"].is_unique


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Ott and Mrs. Lind met on Tuesday.",
        "The toll rose by 3.5 percent to 1,200 crowns.",
        "“Where is the key?” she asked.",
        "“Where is the key?” – she asked.",
    ],
)
def test_a_mark_inside_a_sentence_does_not_end_it(text):
    assert written(text) == [text]


@pytest.mark.parametrize(
    "text", ["„Where is the key?“ she asked.", "»Where is the key?« she asked.", "‘Where is the key?’ she asked."]
)
def test_a_quotation_in_other_marks_goes_on_to_its_verb(text):
    assert written(text) == [text]


@pytest.mark.parametrize(
    "text",
    ["It is late. It is dark.", "Who knows? Nobody does.", "“It is late.” The crowd left.", "Go home! It is dark."],
)
def test_a_mark_at_the_end_of_a_sentence_ends_it(text):
    assert len(written(text)) == 2


def test_a_long_paragraph_is_cut_at_the_ends_of_its_sentences():
    # longer than the pieces that are segmented at once
    one = "The ferry crossed the sound with grain and came back with salt."
    assert written(" ".join([one] * 200)) == [one] * 200


def test_a_long_paragraph_without_any_end_keeps_its_words():
    text = "salt " * 2000
    assert " ".join(written(text)).split() == text.split()


def test_the_sample_has_the_parts_that_its_author_gave_it():
    truth = json.loads(tk.sample().with_suffix(".truth.json").read_text(encoding="utf-8"))
    tables = tk.read(tk.sample())
    rows = tables.sentences
    spans = {
        part: [[row.start, row.end] for row in rows[rows["part"] == part].itertuples()]
        for part in ("headline", "byline", "dateline")
    }
    assert spans["headline"] == [truth["headline"]]
    assert spans["byline"] == [truth["byline"]]
    [dateline] = spans["dateline"]
    # the dash belongs to the mark-up of the dateline, not to its words
    assert (dateline[0], dateline[1]) == (truth["dateline"]["span"][0], truth["dateline"]["span"][1] + len(" –"))
    document = tables.documents.iloc[0]
    assert document["author"] == truth["author"]
    assert document["published"] == truth["dateline"]["date"]
    assert document["dateline"].title() == truth["dateline"]["place"]
    # the dateline opens the first paragraph
    body = rows[rows["part"].isin(["body", "dateline"])].assign(paragraph=lambda f: f["paragraph"].clip(lower=1))
    paragraphs = body.groupby("paragraph").agg({"start": "min", "end": "max"})
    assert paragraphs.to_numpy().tolist() == truth["paragraphs"]
