"""Concordance, frequency, keyness, collocations, dispersion, n-grams, readability: numbers that a hand can check."""

import math
import re

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest

import toolkit as tk
from toolkit.analysis.association import log_likelihood
from toolkit.analysis.dispersion import deviation_of_proportions
from toolkit.analysis.readability import scores, syllables
from toolkit.errors import SelectionError

TEXT = (
    "The old ship left the harbour. Mira said the ships would return to the harbour.\n"
    "The harbour is old. Two old ships lie there."
)
SAID = {"the ships would return to the harbour": "Mira Voss"}


@pytest.fixture
def tables(tables_of):
    return tables_of(TEXT, said=SAID)


def test_a_concordance_shows_the_word_between_its_neighbours(tables):
    found = tk.concordance(tables, "harbour", width=12)
    assert found["keyword"].tolist() == ["harbour"] * 3
    assert found["left"].tolist() == ["left the", "to the", "The"]
    assert found["right"].tolist() == [". Mira said", ". The", "is old. Two"]
    assert found["name"].tolist() == ["the author", "Mira Voss", "the author"]
    assert found["sentence"].tolist() == [1, 2, 3]
    text = tables.documents["text"][0]
    assert found["place"].tolist() == [m.start() / len(text) for m in re.finditer("harbour", text)]
    for row in found.itertuples():
        assert f"{row.left} {row.keyword}" in " ".join(text.split())


@pytest.mark.parametrize(
    ("pattern", "how", "found"),
    [
        ("SHIP", {}, ["ship"]),
        ("ship", {"lemma": True}, ["ship", "ships", "ships"]),
        ("ships?", {"regex": True}, ["ship", "ships", "ships"]),
        ("old ship", {"lemma": True}, ["old ship", "old ships"]),
        ("the harbour", {}, ["the harbour", "the harbour", "The harbour"]),
        ("harbour mira", {}, []),
        ("leave", {"lemma": True}, ["left"]),
        ("ship", {"lemma": True, "voice": "Mira"}, ["ships"]),
        ("ship", {"lemma": True, "voice": "author"}, ["ship", "ships"]),
        ("said the", {"voice": "author"}, []),
        ("(?:two|the) .*", {"regex": True, "voice": "others"}, ["the ships", "the harbour"]),
        ("whale", {}, []),
    ],
)
def test_a_pattern_is_a_word_a_phrase_a_dictionary_form_or_a_regular_expression(tables, pattern, how, found):
    assert tk.concordance(tables, pattern, **how)["keyword"].tolist() == found


def test_a_concordance_of_nothing_keeps_its_columns(tables):
    assert list(tk.concordance(tables, "whale")) == list(tk.concordance(tables, "ship"))


@pytest.mark.parametrize(("pattern", "says"), [("(", r"'\(' is no regular expression"), (" ", "empty pattern")])
def test_a_pattern_that_is_none_is_told_in_a_sentence(tables, pattern, says):
    with pytest.raises(SelectionError, match=says):
        tk.concordance(tables, pattern, regex=True)


def test_frequencies_are_counts_and_rates(tables):
    found = tk.frequency(tables).set_index("word")
    assert found["count"].sum() == 24
    assert found.index[0] == "the"
    assert found.loc["the", ["count", "per_thousand", "documents"]].tolist() == [5, 5 / 24 * 1000, 1]
    assert tk.frequency(tables, lemma=True).set_index("word").loc["ship", "count"] == 3
    assert not {"the", "to", "would"} & set(tk.frequency(tables, content_words=True)["word"])


def test_frequencies_of_groups_are_of_the_groups_own_words(tables):
    found = tk.frequency(tables, by="voice").set_index(["name", "word"])
    assert found.loc[("Mira Voss", "the"), ["count", "per_thousand"]].tolist() == [2, 2 / 7 * 1000]
    both = tk.frequency(tables, by={"all": ["author", "others"]})
    pdt.assert_frame_equal(both.drop(columns="group"), tk.frequency(tables))


def test_content_words_do_not_change_the_rates_of_others(tables):
    whole, content = (tk.frequency(tables, content_words=c).set_index("word")["per_thousand"] for c in (False, True))
    assert content["old"] == whole["old"]


def test_keyness_compares_with_all_else_with_a_voice_or_with_other_tables(tables, tables_of):
    found = tk.keyness(tables, voice="Mira").set_index("word")
    assert found.loc["the", ["count", "reference"]].tolist() == [2, 3]
    assert found.loc["the", "log_likelihood"] == pytest.approx(log_likelihood(2, 5, 7, 24))
    pdt.assert_frame_equal(tk.keyness(tables, voice="Mira", against="author").set_index("word"), found)
    other = tk.keyness(tables, against=tables_of("A whale, a whale.")).set_index("word")
    assert other.loc["whale", ["count", "reference"]].tolist() == [0, 2]
    assert other.index[-1] in {"a", "whale"}
    assert (found["z"].diff().dropna() <= 0).all()


@pytest.mark.parametrize(
    ("asked", "says"),
    [({}, "nothing to compare"), ({"documents": "d1"}, "all that there is"), ({"voice": "Mira", "prior": 0}, "prior")],
)
def test_keyness_of_nothing_is_told_in_a_sentence(tables, asked, says):
    with pytest.raises(SelectionError, match=says):
        tk.keyness(tables, **asked)


def test_collocates_are_counted_in_a_window_within_the_sentence(tables_of):
    # windows of two around "x": "a b", "b c"; "a d" is another sentence's
    tables = tables_of("a b x b c d. a d. c d e f.")
    found = tk.collocations(tables, "x", window=2, least=1).set_index("word")
    assert found["together"].to_dict() == {"b": 2, "a": 1, "c": 1}
    # 4 of the 11 other words stand in windows; "a" and "c" are there twice each
    assert found.loc["a", ["count", "expected"]].tolist() == [2, 4 * 2 / 11]
    assert found.loc["b", "mutual_information"] == pytest.approx(math.log2(2 * 11 / (4 * 2)))
    assert found.loc["b", "log_likelihood"] == pytest.approx(log_likelihood(2, 4, 2, 11))


def test_a_word_near_two_nodes_is_counted_once(tables_of):
    found = tk.collocations(tables_of("x b x. c c."), "x", window=2, least=1)
    assert found[["word", "together"]].values.tolist() == [["b", 1]]


def test_a_node_that_is_not_there_is_told_with_words_like_it(tables):
    with pytest.raises(SelectionError, match="no word 'habour' in what is chosen: like it are harbour"):
        tk.collocations(tables, "habour")
    with pytest.raises(SelectionError, match="window of 0 words"):
        tk.collocations(tables, "ship", window=0)


def test_dispersion_is_gries_own_example():
    # Gries (2008): five parts of a corpus of fifty letters, "a" in each of them once to five times
    dp, dp_norm = deviation_of_proportions(np.array([1, 2, 3, 4, 5]), np.array([9, 10, 10, 10, 11]))
    assert (round(dp, 2), round(dp_norm, 2)) == (0.18, 0.22)


def test_dispersion_is_over_texts_or_paragraphs(tables_of):
    tables = tables_of("a b\na a", "a b\nc d")
    found = tk.dispersion(tables, ["a", "c"]).set_index("word")
    assert found.loc["a", ["count", "parts", "range", "dp"]].tolist() == [4, 2, 2, 0.25]
    assert found.loc["c", ["range", "dp", "dp_norm"]].tolist() == [1, 0.5, 1.0]
    assert tk.dispersion(tables, "a", over="paragraph")["parts"].tolist() == [4]
    assert math.isnan(tk.dispersion(tables_of("a b"), "a")["dp_norm"][0])
    with pytest.raises(SelectionError, match="over 'chapter': there are document, paragraph"):
        tk.dispersion(tables, "a", over="chapter")


def test_runs_of_words_stay_within_sentence_and_voice(tables_of):
    tables = tables_of("the old pier. the old pier fell. old ship", said={"old ship": "Ada"})
    assert tk.ngrams(tables, 2).values.tolist() == [["old pier", 2, 1], ["the old", 2, 1]]
    assert tk.ngrams(tables, 3)["ngram"].tolist() == ["the old pier"]
    assert "pier the" not in tk.ngrams(tables, 2, least=1)["ngram"].tolist()
    split = tk.ngrams(tables, 2, by="voice", least=1)
    assert split[split["name"] == "Ada"]["ngram"].tolist() == ["old ship"]
    assert tk.ngrams(tables, 99).empty
    with pytest.raises(SelectionError, match="runs of 0 words"):
        tk.ngrams(tables, 0)


def test_readability_is_flesch_and_kincaid_as_published_for_short_sentences(tables_of):
    found = tk.readability(tables_of("The cat sat on the mat.")).iloc[0]
    assert (found["words"], found["sentences"], found["syllables"]) == (6, 1, 6)
    assert found["flesch"] == pytest.approx(116.145)
    assert found["kincaid"] == pytest.approx(-1.45)
    # 13 words of 24 syllables in one sentence are known to give 37.5
    made = scores(*(pd.Series([n]) for n in (13, 1, 24, 69, 4))).iloc[0]
    assert made["flesch"] == pytest.approx(37.455, abs=0.001)
    assert made["fog"] == pytest.approx(0.4 * (13 + 400 / 13))
    assert made["coleman_liau"] == pytest.approx(5.88 * 69 / 13 - 29.6 / 13 - 15.8)
    assert made["ari"] == pytest.approx(4.71 * 69 / 13 + 6.5 - 21.43)


def test_readability_of_a_voice_counts_its_own_words(tables):
    found = tk.readability(tables, by="voice").set_index("name")
    assert found.loc["Mira Voss", ["words", "sentences"]].tolist() == [7, 1]
    assert found.loc["the author", ["words", "sentences"]].tolist() == [17, 4]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("strengths", 1), ("people", 2), ("table", 2), ("crates", 1), ("boxes", 2), ("voted", 2), ("walked", 1),
        ("being", 2), ("area", 3), ("nation", 2), ("serious", 3), ("government", 3), ("something", 2), ("1988", 4),
        ("don't", 1), ("co-operate", 4), ("quay", 1),
    ],
)  # fmt: skip
def test_syllables_are_those_that_are_said(word, count):
    assert syllables(word) == count


TOOLS = {
    "concordance": lambda t: tk.concordance(t, "ship"),
    "frequency": tk.frequency,
    "keyness": lambda t: tk.keyness(t, voice="Mira"),
    "collocations": lambda t: tk.collocations(t, "old", least=1),
    "dispersion": lambda t: tk.dispersion(t, "old"),
    "ngrams": tk.ngrams,
    "readability": tk.readability,
}


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_the_same_tables_give_the_same_finding_and_stay_as_they_are(tables, tool):
    before = {name: frame.copy(deep=True) for name, frame in tables.items()}
    pdt.assert_frame_equal(tool(tables), tool(tables))
    for name, frame in tables.items():
        pdt.assert_frame_equal(frame, before[name])


@pytest.mark.parametrize("name", sorted({*TOOLS} - {"concordance"}))
def test_tables_without_words_are_told_in_a_sentence(tables_of, name):
    with pytest.raises(SelectionError) as failed:
        TOOLS[name](tables_of())
    assert "\n" not in str(failed.value)


def test_a_concordance_of_no_text_is_empty(tables_of):
    assert tk.concordance(tables_of(), "ship").empty
