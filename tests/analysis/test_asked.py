import pytest

from toolkit.analysis.asked import asked


@pytest.mark.parametrize(
    ("headline", "candidates"),
    [
        ("Where will they go: to the Orm Islands, Quessin or the Bank?", ("Orm Islands", "Quessin", "Bank")),
        ("Who pays for the pier, Oskel or Marn?", ("Oskel", "Marn")),
        ("Who will win: Ann, Bo, or even Cy?", ("Ann", "Bo", "Cy")),
        ("War or peace?", ("War", "peace")),
        ("Friend or foe: what is the envoy?", ("Friend", "foe")),
        ("Is the treaty dead or alive?", ("dead", "alive")),
        ("Will the dam hold?", ("yes", "no")),
        ("Crisis at the dam: will it hold?", ("yes", "no")),
        ("Will the dam hold or not?", ("yes", "no")),
        ("The dam has cracked. Will it hold?", ("yes", "no")),
        ("Who owns the pier?", ()),
        ("What next?", ()),
    ],
)  # fmt: skip
def test_candidates_are_proposed_from_a_questions_own_words(headline, candidates):
    question = asked(headline)
    assert question.candidates == candidates
    assert not question.given


@pytest.mark.parametrize(
    "headline", ["The dam holds", "", None, float("nan"), "Dam: new cracks, old lies or both", "?"]
)
def test_a_headline_without_a_question_asks_nothing(headline):
    assert asked(headline) is None


def test_a_question_and_candidates_that_are_given_come_first():
    question = asked("Will the dam hold?", "Who built it?", ["Ann ", "", "Bo", "Ann"])
    assert (question.text, question.candidates, question.given) == ("Who built it?", ("Ann", "Bo"), True)


def test_the_question_is_the_sentence_that_asks():
    assert asked("The dam has cracked. Will it hold?").text == "Will it hold?"


def test_yes_and_no_are_no_names():
    assert asked("Will it hold?").whether
    assert not asked("Who will win: Ann or Bo?").whether
