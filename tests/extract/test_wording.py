import re
from pathlib import Path

import pandas as pd
import pandas.testing as pdt
import pytest

from toolkit import codebook
from toolkit.analysis.marked import measured, read
from toolkit.extract.wording import wording
from toolkit.tables import conform
from toolkit.tables.contracts import ATTRIBUTION_SPANS, DOCUMENTS, SENTENCES, WORDING

FOLDER = Path(codebook.__file__).parent


def tables(*marked: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return documents, sentences and spans of texts of a sentence each, in which {…} stands around a content."""
    documents, sentences, spans = [], [], []
    for i, line in enumerate(marked):
        text, doc_id = re.sub(r"[{}]", "", line), f"d{i}"
        documents.append({"doc_id": doc_id, "language": "en", "encoding": "u", "source_path": "x", "sha256": "0"})
        documents[-1] |= {"words": 1, "text": text}
        row = {"sentence_id": f"{doc_id}/s", "doc_id": doc_id, "number": 1, "paragraph": 1, "part": "body"}
        sentences.append(row | {"start": 0, "end": len(text)})
        if "{" in line:
            start = line.index("{")
            span = {"attribution_id": f"{doc_id}/a", "doc_id": doc_id, "role": "content"}
            spans.append(span | {"start": start, "end": line.index("}") - 1})
    rows = ((documents, DOCUMENTS), (sentences, SENTENCES), (spans, ATTRIBUTION_SPANS))
    return tuple(conform(pd.DataFrame(r, columns=list(s.columns)), s) for r, s in rows)


def found(marked: str) -> list[tuple[str, str]]:
    frame = wording(*tables(marked))
    return list(zip(frame["term"], frame["class"], strict=True))


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        ("Perhaps the regime will fall.", [("perhaps", "hedge"), ("regime", "government label")]),
        ("The regimes fell.", [("regimes", "government label")]),
        ("The sanctions regime was extended.", []),
        ("The puppet regime fell.", [("puppet regime", "government label")]),
        ("About 40 ships left.", [("about", "hedge")]),
        ("They spoke about ships.", []),
        ("They knew about 40 ships.", []),
        ("This kind of ship is old.", []),
        ("They slaughtered the guards.", [("slaughtered", "violence")]),
        ("The town lies at the sea.", []),
        ("A so-called expert spoke.", [("so-called", "scare quotes")]),
        ("The Massacre Hill Inn is open.", []),  # a name
        ("The ship left, about, 40 times.", []),  # no term runs over a comma
    ],
)
def test_listed_terms_are_found_in_every_form_and_ordinary_uses_are_not(sentence, terms):
    assert found(sentence) == terms


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        ("The “experts” never came.", ["experts"]),
        ("The “experts” never came, nor did the “men of faith”.", ["experts", "men of faith"]),
        ('The "experts" never came.', ["experts"]),
        ("She said {that the “experts” never came}.", ["experts"]),  # within an indirect content
        ("She said {“never again”}.", []),  # a quotation with a cue
        ("She said {that it would stay “until the treaty is kept”}.", []),
        ("The word “expert” is old.", []),
        ("She read “Winter” aloud.", []),
        ("The “men who know the sea and its ships” never came.", []),
        ("“Never!” was the answer.", []),
        ("Her answer: “no comment”.", []),
    ],
)
def test_scare_quotes_are_a_few_words_set_apart_and_no_quotation(sentence, terms):
    assert [term for term, kind in found(sentence) if kind == "scare quotes"] == terms


def test_a_term_in_scare_quotes_is_counted_once():
    assert found("The “liberators” burned the mill.") == [("liberators", "scare quotes")]


def test_a_term_is_whose_words_it_stands_in_and_says_if_it_is_quoted():
    frame = wording(*tables("The tyrant fell, she said: {“The regime is gone”}; a sham, he wrote: {it}."))
    rows = frame[["term", "voice", "quoted"]].astype(object).where(frame[["term", "voice", "quoted"]].notna(), None)
    assert rows.to_numpy().tolist() == [["tyrant", None, False], ["regime", "d0/a", True], ["sham", None, False]]


def test_every_term_has_a_class_that_is_defined_and_is_listed_once():
    rows = codebook.rows(FOLDER / "wording.csv", ("term", "class", "part"))
    names = {c.name for c in codebook.wording_classes()}
    assert {row["class"] for row in rows} <= names | {"plain"}
    assert all(c.definition and c.kind in {"stance", "charged"} for c in codebook.wording_classes())
    keys = [(row["term"], row["part"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert {row["part"] for row in rows} == {"", "noun", "verb"}


def test_no_listed_term_names_a_people_or_a_country():
    rows = codebook.rows(FOLDER / "wording.csv", ("term", "class", "part"))
    assert not [row["term"] for row in rows if re.search("[A-Z]", row["term"])]


@pytest.mark.parametrize("side", ["Tarkunian", "Velmarian"])
def test_the_same_words_are_found_of_either_side(side):
    text = f"The {side} regime sent its terrorists, a {side} hero said."
    assert found(text) == [("regime", "government label"), ("terrorists", "actor label"), ("hero", "praise")]


def test_the_same_texts_give_the_same_rows_and_stay_as_they_are():
    own = tables("Perhaps the regime fell.", "The “experts” never came.")
    before = [frame.copy(deep=True) for frame in own]
    pdt.assert_frame_equal(wording(*own), wording(*own))
    for frame, was in zip(own, before, strict=True):
        pdt.assert_frame_equal(frame, was)


def test_every_row_is_what_is_written_there():
    own = tables("Perhaps the Regime fell, a so-called “massacre”, and about 40 heroes left “for good”.")
    text = own[0]["text"][0]
    for start, end, term in wording(*own)[["start", "end", "term"]].itertuples(index=False):
        assert text[start:end].strip("“”").lower() == term


def test_nothing_gives_an_empty_table_with_all_columns():
    assert list(wording(*tables()).columns) == list(WORDING.columns)
    assert wording(*tables("")).empty


def test_the_sentences_that_the_lists_were_written_against_are_read_rightly():
    scored = measured("wording", read(Path(__file__).parent / "wording.txt", "wording")).set_index("measure")
    assert scored.value["wording F1"] > 0.95
