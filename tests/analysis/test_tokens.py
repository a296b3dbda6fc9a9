import re

import numpy as np
import pandas as pd
import pandas.testing as pdt
from hypothesis import given
from hypothesis import strategies as st

import toolkit as tk
from toolkit.analysis.tokens import spans_of_words, tokens
from toolkit.source.segment import WORD


def test_every_word_is_there_with_its_place(tables_of):
    tables = tables_of("It’s 12,000 – no more. He left.", "A re-use.")
    found = tokens(tables)
    texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
    written = [texts[row.doc_id][row.start : row.end] for row in found.itertuples()]
    assert written == ["It’s", "12,000", "no", "more", "He", "left", "A", "re-use"]
    assert found["word"].tolist() == ["it's", "12,000", "no", "more", "he", "left", "a", "re-use"]
    assert found["sentence_id"].tolist() == ["d1/s/1"] * 4 + ["d1/s/2"] * 2 + ["d2/s/1"] * 2


@given(st.text(alphabet="aBß9_’'.,- \nİé中\U0001d4d0\u0301", max_size=60))
def test_words_are_cut_as_they_are_counted_everywhere_else(text):
    starts, ends = spans_of_words(np.array([ord(c) for c in text], np.uint32))
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == [m.span() for m in WORD.finditer(text)]


def test_words_are_told_apart_and_the_same_word_is_one_whatever_its_letters(tables_of):
    text = "ab ba aab AB’b aB'B İ i̇ 中中 中 ß SS a-b a.b 0 00 \U0001d4d0 " * 2000
    tables = tables_of(text)
    clean = tables.documents["text"][0]
    expected = [m[0].lower().replace("’", "'") for m in WORD.finditer(clean)]
    assert tokens(tables)["word"].tolist() == expected


def test_a_word_is_the_innermost_speakers(tables_of):
    text = "Ada said that Bo called it a fine old ship. It sank."
    tables = tables_of(text, said={"that Bo called it a fine old ship": "Ada", "a fine old ship": "Bo"})
    names = tokens(tables).set_index("word")["name"]
    assert names[["said", "that", "called", "fine", "ship", "sank"]].tolist() == [
        "the author", "Ada", "Ada", "Bo", "Bo", "the author",
    ]  # fmt: skip


def test_the_author_and_the_unidentified_are_told_apart(tables_of):
    found = tokens(tables_of("It sank. No ship is left.", said={"No ship is left": "?"}))
    told = found[["voice", "name", "kind"]].drop_duplicates().values.tolist()
    assert told == [["author", "the author", "author"], ["unidentified", "unidentified speakers", "unidentified"]]
    assert found["mode"].isna().tolist() == [True, True, False, False, False, False]


def test_words_by_voice_add_up_to_those_of_the_finding_on_voices():
    tables = tk.read(tk.sample())
    found = tokens(tables)
    counted = found.loc[found["part"] == "body", "voice"].value_counts()
    expected = tk.voices(tables).set_index("voice")["words"]
    assert counted.to_dict() == expected.to_dict()


def test_they_are_made_once_and_change_nothing(tables_of):
    tables = tables_of("It sank. “No,” he said.", said={"“No,”": "He"})
    before = {name: frame.copy(deep=True) for name, frame in tables.items()}
    assert tokens(tables) is tokens(tables)
    pdt.assert_frame_equal(tokens(tables), tokens(tables_of("It sank. “No,” he said.", said={"“No,”": "He"})))
    for name, frame in tables.items():
        pdt.assert_frame_equal(frame, before[name])


def test_no_text_has_no_words(tables_of):
    found = tokens(tables_of())
    assert isinstance(found, pd.DataFrame)
    assert found.empty
    assert list(found) == list(tokens(tables_of("A.")))


def test_the_pattern_of_words_is_the_one_that_is_imitated():
    assert WORD.pattern == r"\w+(?:[’'.,-]\w+)*"
    assert re.fullmatch(r"\w", "_")
