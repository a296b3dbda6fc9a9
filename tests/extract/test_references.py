"""References: which acts and documents a text names, and what points back to them."""

import json
import random
from pathlib import Path

import pandas as pd
import pandas.testing as pdt
import pytest

import toolkit as tk
from toolkit.analysis.marked import measured, read
from toolkit.codebook.instruments import heads
from toolkit.extract.references import references
from toolkit.extract.sentences import sentences
from toolkit.source.corpus import text_of
from toolkit.source.documents import from_texts
from toolkit.tables.contracts import REFERENCE_KINDS, REFERENCES

NONE = pd.DataFrame(columns=["doc_id", "start", "end", "earliest"])


def tables(*texts: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    documents, _ = from_texts(text_of({"doc_id": f"d{i}", "text": text}) for i, text in enumerate(texts))
    return documents, sentences(documents)


def rows(text: str, dates: pd.DataFrame = NONE) -> pd.DataFrame:
    frame = references(*tables(text), dates)
    written = [text[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)]
    return frame.astype(object).where(frame.notna(), None).assign(written=written)


@pytest.mark.parametrize(
    ("text", "written", "instrument", "kind", "article"),
    [
        (
            "It broke Article 9 of the Treaty of Marrowin.",
            "Article 9 of the Treaty of Marrowin",
            "Treaty of Marrowin",
            "treaty",
            "9",
        ),
        (
            "See Articles 3 and 5 of the Marrowin Pact.",
            "Articles 3 and 5 of the Marrowin Pact",
            "Marrowin Pact",
            "treaty",
            "3, 5",
        ),
        ("See Article 2(4) of the UN Charter.", "Article 2(4) of the UN Charter", "UN Charter", "charter", "2(4)"),
        ("They cite S/RES/2270 at length.", "S/RES/2270", "UN Security Council Resolution 2270", "resolution", None),
        ("They cite UNSCR 2375 at length.", "UNSCR 2375", "UN Security Council Resolution 2375", "resolution", None),
        (
            "It breaks Security Council resolutions.",
            "Security Council resolutions",
            "UN Security Council resolutions",
            "resolution",
            None,
        ),
        ("The Caldrith communiqué is short.", "Caldrith communiqué", "Caldrith communiqué", "declaration", None),
        (
            "The Treaty on Trade and Tolls is short.",
            "Treaty on Trade and Tolls",
            "Treaty on Trade and Tolls",
            "treaty",
            None,
        ),
        ("They passed a law on river tolls.", "law on river tolls", "law on river tolls", "law", None),
        (
            "A report by the Audit Office is out.",
            "report by the Audit Office",
            "report by the Audit Office",
            "report",
            None,
        ),
        ("The court cited Renn v. Voss.", "Renn v. Voss", "Renn v. Voss", "judgment", None),
        ("Orrin signed Decree No. 63 at night.", "Decree No. 63", "Decree No. 63", "law", None),
        ("The constitution of Orrin is old.", "constitution of Orrin", "constitution of Orrin", "constitution", None),
    ],
)
def test_an_act_is_found_by_the_grammar_of_its_name(text, written, instrument, kind, article):
    [row] = rows(text).itertuples()
    assert (row.written, row.instrument, row.kind, row.article) == (written, instrument, kind, article)


@pytest.mark.parametrize(
    "text",
    [
        "They struck a deal, made a statement and wrote a report.",
        "The treaty line runs along the river, by the law of the jungle.",
        "The Marrowin Treaty Organization met on Constitution Avenue.",
        "The Institute for the Study of War met the National Convention.",
        "Mayor Bill Renn acts alone. The accord of views was plain.",
        "He broke the agreement.",
    ],
)
def test_what_names_no_act_is_left_out(text):
    assert rows(text).empty


def test_words_that_point_back_mean_the_act_that_was_named():
    text = "They signed the Treaty of Marrowin. This document is old. Article 9 of the treaty binds. It kept Article 9."
    found = rows(text)
    assert found["written"].tolist() == ["Treaty of Marrowin", "This document", "Article 9 of the treaty", "Article 9"]
    assert found["instrument"].tolist() == ["Treaty of Marrowin"] * 4
    assert found["instrument_id"].nunique() == 1
    assert found["form"].tolist() == ["name", "pointer", "pointer", "pointer"]


def test_where_two_acts_fit_it_stays_open_which_is_meant():
    found = rows("They signed the Treaty of Marrowin and the Treaty of Caldrith. It broke the treaty.")
    assert found["instrument"].tolist() == ["Treaty of Marrowin", "Treaty of Caldrith", None]
    assert found["instrument_id"].tolist()[2] is None


def test_letters_in_brackets_are_a_name_from_then_on():
    found = rows("The Comprehensive Toll Treaty (CTT) is old. The CTT binds both.")
    assert found["instrument"].tolist() == ["Comprehensive Toll Treaty"] * 2


def test_several_resolutions_are_several_rows():
    found = rows("It broke UN Security Council resolutions 1718 and 2270.")
    assert found["written"].tolist() == ["UN Security Council resolutions 1718", "2270"]
    assert found["instrument"].tolist() == [f"UN Security Council Resolution {n}" for n in (1718, 2270)]


def test_a_resolution_has_the_body_and_year_that_its_sentence_tells():
    text = "Last year, the Assembly of Orrin demanded peace in Resolution 418."
    date = pd.DataFrame({"doc_id": ["d0"], "start": [0], "end": [9], "earliest": ["2030-01-01"]})
    [row] = rows(text, date).itertuples()
    assert (row.body, row.year) == ("Assembly of Orrin", 2030)


@pytest.mark.parametrize(
    "text",
    [
        "The Treaty of Marrowin, signed on May 4, 1988, is old.",
        "The Marrowin accord of 4 May 1988 is old.",
        "The 1988 Marrowin Accord is old.",
    ],
)
def test_the_year_of_an_act_is_the_one_beside_its_name(text):
    assert rows(text)["year"].tolist() == [1988]


def test_swapping_two_names_changes_nothing_else():
    text = "Orrin broke the Orrin Pact and Article 4 of the Voss Treaty. Voss did not break the pact."
    swapped = text.replace("Orrin", "#").replace("Voss", "Orrin").replace("#", "Voss")
    one, other = rows(text), rows(swapped)
    assert one["kind"].tolist() == other["kind"].tolist()
    assert one["article"].tolist() == other["article"].tolist()
    assert [n.replace("Orrin", "#").replace("Voss", "Orrin").replace("#", "Voss") for n in one["instrument"]] == other[
        "instrument"
    ].tolist()


def test_the_same_texts_give_the_same_rows_and_stay_as_they_are():
    own = tables("They signed the Treaty of Marrowin.", "It broke Resolution 418.")
    before = [frame.copy(deep=True) for frame in own]
    pdt.assert_frame_equal(references(*own, NONE), references(*own, NONE))
    for frame, was in zip(own, before, strict=True):
        pdt.assert_frame_equal(frame, was)


def test_nothing_gives_an_empty_table_with_all_columns():
    assert list(references(*tables(), NONE).columns) == list(REFERENCES.columns)
    assert references(*tables(""), NONE).empty


def test_any_words_give_rows_that_stand_in_the_text():
    chance = random.Random(8)
    pieces = "the The Treaty treaty of on and Article Articles 4 2(4) VII , Resolution 1718 S/RES/12 report by Renn"
    words = [
        *pieces.split(),
        *["v.", "Voss", "UN", "’s"],
        "this",
        "document",
        "(CTT)",
        "No.",
        "between",
        "law",
        "on",
        "tolls",
        "İ",
        "😀",
        "2015",
    ]
    texts = [" ".join(chance.choices(words, k=chance.randint(1, 14))) for _ in range(600)]
    own = tables(*texts)
    found = references(*own, NONE)
    by_id = dict(zip(own[0]["doc_id"], own[0]["text"], strict=True))
    assert len(found) > 200
    for row in found.itertuples():
        written = by_id[row.doc_id][row.start : row.end]
        assert written == written.strip() != ""


def test_every_head_has_a_kind_of_the_table():
    assert {head.kind for head in heads().values()} <= set(REFERENCE_KINDS)


def test_the_references_of_the_sample_are_those_that_a_reader_finds():
    truth = json.loads(tk.sample().with_suffix(".truth.json").read_text(encoding="utf-8"))["references"]
    own = tk.read(tk.sample()).references
    own = own.astype(object).where(own.notna(), None)
    assert [(*row["span"], row["instrument"], row["article"], row["body"], row["year"]) for row in truth] == [
        (r.start, r.end, r.instrument, r.article, r.body, r.year) for r in own.itertuples()
    ]


def test_the_texts_that_the_rules_were_written_against_are_read_as_marked():
    scored = measured("references", read(Path(__file__).parent / "references.txt", "references")).set_index("measure")
    assert scored.value["references F1"] > 0.98


@pytest.mark.parametrize(
    ("text", "written", "instrument", "article"),
    [
        ("The envoy cited Articles 8 and 13 of the Port Convention and Article 1 of it.",
         "Articles 8 and 13 of the Port Convention", "Port Convention", "8, 13"),
        ("He broke paragraph 4 of the state’s Harbours Act.",
         "paragraph 4 of the state’s Harbours Act", "Harbours Act", "4"),
        ("It is in Article 267 TFEU.", "Article 267 TFEU", "Treaty on the Functioning of the European Union", "267"),
        ("It turns on Article 14(3) of the Basic Law.", "Article 14(3) of the Basic Law", "Basic Law", "14(3)"),
        ("It turns on section 9 of the criminal code.", "section 9 of the criminal code", "criminal code", "9"),
        ("The goal is in Article 2.1(a) of the Port Agreement.",
         "Article 2.1(a) of the Port Agreement", "Port Agreement", "2.1(a)"),
        ("He sent a letter (S/2031/14) to it.", "S/2031/14", "S/2031/14", None),
        ("It adopted S/PRST/2031/2 in May.", "S/PRST/2031/2", "S/PRST/2031/2", None),
    ],
)  # fmt: skip
def test_articles_and_documents_are_cited_in_many_forms(text, written, instrument, article):
    [row] = [r for r in rows(text).itertuples() if text[r.start : r.end] == written]
    assert (row.instrument, row.article if isinstance(row.article, str) else None) == (instrument, article)


def test_its_article_is_of_the_act_just_named():
    text = (
        "They cited Article 25 of the Port Charter. The Quay Convention, and in particular its Article 23, binds them."
    )
    assert rows(text).set_index("article")["instrument"]["23"] == "Quay Convention"


def test_an_article_is_of_no_agreements_in_the_plural():
    found = rows("The Port agreements of 2031 were kept. Nobody ruled out Article 5 talks.")
    assert found[found["article"] == "5"]["instrument"].isna().all()


def test_the_year_behind_a_law_is_its_year():
    assert rows("The Harbours Act 1998 applies.")["year"].tolist() == [1998]


def test_a_date_that_nothing_places_gives_a_resolution_no_year():
    text = "On Monday, the Security Council, in Resolution 4, asked for calm."
    dates = pd.DataFrame({"doc_id": ["d0"], "start": [3], "end": [9], "earliest": [float("nan")]})
    assert list(rows(text, dates)["year"]) == [None]
