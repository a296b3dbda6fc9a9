"""The measures of extraction, on examples whose figures can be worked out by hand."""

import importlib.util
import json
from pathlib import Path

import pytest

from toolkit.analysis.evaluation import predictions, scores
from toolkit.extract import annotate
from toolkit.extract.attributions import attributions
from toolkit.source.corpus import read_corpus, text_of
from toolkit.source.documents import from_texts
from toolkit.tables import Tables

SHARED = Path(__file__).parents[3] / "shared"
TEXT = "Mira said the dam will hold. Tobin denied it."
GOLD = [
    {"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 27]], "type": "indirect"},
    {"source": [[29, 34]], "cue": [[35, 41]], "content": [[42, 44]], "type": "indirect"},
]


def found_in(gold):
    """Return what is found in the documents of a corpus; whose it is, is not asked."""
    documents, alignment = from_texts(text_of(d) for d in gold)
    found = attributions(documents)
    parts = {"documents": documents, "alignment": alignment}
    return predictions(Tables(parts | {"attributions": found.relations, "attribution_spans": found.spans}))


def values(predicted, gold=GOLD, text=TEXT):
    return scores([(text, gold, predicted)]).set_index("measure").value


def test_what_is_found_as_it_is_in_gold_scores_one():
    found = values(GOLD)
    assert found["exact source F1"] == found["exact cue F1"] == found["exact content F1"] == 1
    assert found["attribution@0.8 F1"] == found["attribution@0.8 source accuracy"] == found["all exact"] == 1


def test_nothing_found_scores_nothing():
    assert (values([]) == 0).all()


def test_a_border_off_by_one_word_is_no_exact_fragment_but_a_match():
    found = values([GOLD[0] | {"content": [[14, 27]]}, GOLD[1]])  # "dam will hold" for "the dam will hold"
    assert found["exact content precision"] == 0.5
    assert found["attribution@0.3 recall"] == 1
    assert found["attribution@0.8 recall"] == 0.5  # 3 of 4 words are under .8
    assert found["all exact"] == 0.5


def test_a_border_inside_a_word_or_at_punctuation_is_the_words_own():
    assert values([GOLD[0] | {"content": [[10, 28]]}, GOLD[1] | {"content": [[42, 45]]}])["exact content F1"] == 1


def test_a_wrong_source_lowers_the_source_accuracy_alone():
    found = values([GOLD[0] | {"source": [[29, 34]]}, GOLD[1]])
    assert found["attribution@0.3 source accuracy"] == 0.5
    assert found["attribution@0.3 F1"] == 1


def test_each_gold_attribution_is_matched_once():
    found = values([GOLD[0], GOLD[0] | {"cue": []}, GOLD[1]])
    assert found["attribution@0.3 precision"] == pytest.approx(2 / 3)
    assert found["attribution@0.3 recall"] == 1


def test_every_share_tells_of_how_many_cases():
    rows = scores([(TEXT, GOLD, GOLD[:1])]).set_index("measure")
    assert rows.cases["exact cue precision"] == 1
    assert rows.cases["exact cue recall"] == 2
    assert rows.cases["attribution@0.3 recall of direct"] == 0


def test_predictions_are_in_the_offsets_of_the_corpus_whatever_cleaning_changed():
    text = "\ufeff A dam?\r\n\r\n\u200bMira Voss said that the\u00a0dam  would hold.\r\n"
    found = predictions(annotate(*from_texts([text_of({"doc_id": "a", "text": text})])))
    [row] = found["a"]
    written = [" ".join(text[slice(*span)].split()) for role in ("source", "cue", "content") for span in row[role]]
    assert written == ["Mira Voss", "said", "that the dam would hold"]
    assert row["type"] == "indirect"


def test_a_document_without_statements_is_among_the_predictions():
    assert predictions(annotate(*from_texts([text_of({"doc_id": "a", "text": ""})]))) == {"a": []}


@pytest.mark.skipif(not (SHARED / "tools").is_dir(), reason="the reference scorer is not beside this checkout")
def test_the_figures_are_those_of_the_reference_scorer():
    spec = importlib.util.spec_from_file_location("reference", SHARED / "tools" / "score_attributions.py")
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    gold = read_corpus(SHARED / "corpora" / "gum-open-dev.jsonl")[::4]
    found = found_in(gold)
    pairs = [(d["text"], d["attributions"], json.loads(json.dumps(found[d["doc_id"]]))) for d in gold]
    ours, theirs = scores(pairs).set_index("measure").value, reference.score(pairs)
    for role, figures in theirs["exact"].items():
        assert ours[f"exact {role} F1"] == pytest.approx(figures["f1"])
    for t, figures in theirs["attribution"].items():
        assert ours[f"attribution@{t} F1"] == pytest.approx(figures["f1"])
        assert ours[f"attribution@{t} source accuracy"] == pytest.approx(figures["source_accuracy"])
        for mode, recall in figures["recall_by_type"].items():
            assert ours[f"attribution@{t} recall of {mode}"] == pytest.approx(recall)
    assert ours["all exact"] == pytest.approx(theirs["all_exact"])


@pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="the corpus is not beside this checkout")
def test_the_error_rates_that_reports_quote_are_those_of_this_version():
    from toolkit import codebook

    quoted = {a.measure: a for a in codebook.accuracy()}
    gold = read_corpus(SHARED / "corpora" / "polnear-dev.jsonl")
    found = found_in(gold)
    measured = scores((d["text"], d["attributions"], found[d["doc_id"]]) for d in gold).set_index("measure").value
    # Reports quote whole percents; between processors the tagger's sums differ by less than that.
    for name in ("recall", "precision"):
        assert quoted[name].value == pytest.approx(measured[f"attribution@0.3 {name}"], abs=0.005)
    for mode in ("direct", "mixed", "indirect"):
        assert quoted[f"recall {mode}"].value == pytest.approx(measured[f"attribution@0.3 recall of {mode}"], abs=0.005)
