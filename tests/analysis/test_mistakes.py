import pytest

from toolkit.analysis.mistakes import examples, kinds

TEXT = "one two three four five six seven eight nine ten"
WORDS = TEXT.split()


def span(first, last):
    start = len(" ".join(WORDS[:first])) + (first > 0)
    return [start, len(" ".join(WORDS[: last + 1]))]


def relation(content, source=None):
    return {"source": [span(*source)] if source else [], "cue": [], "content": [span(*content)]}


@pytest.mark.parametrize(
    ("gold", "found", "outcomes"),
    [
        ([relation((2, 5))], [relation((2, 5))], {"found whole": 1}),
        ([relation((2, 5))], [relation((2, 6))], {"one end wrong": 1}),
        ([relation((2, 5))], [relation((1, 6))], {"both ends wrong": 1}),
        ([relation((2, 5))], [], {"missed": 1}),
        ([], [relation((2, 5))], {"made up": 1}),
        ([relation((2, 7))], [relation((2, 4)), relation((5, 7))], {"split": 1}),
        ([relation((2, 4)), relation((5, 7))], [relation((2, 7))], {"joined": 2}),
        ([relation((2, 5), (0, 0))], [relation((2, 5), (8, 8))], {"found whole": 1, "other source": 1}),
        ([relation((2, 5), (0, 0))], [relation((2, 5))], {"found whole": 1, "source missed": 1}),
        ([relation((2, 5))], [relation((2, 5), (0, 0))], {"found whole": 1, "source made up": 1}),
    ],
)
def test_each_outcome_is_of_its_kind(gold, found, outcomes):
    table = kinds([(TEXT, gold, found)]).set_index("kind")
    assert table.cases[table.cases > 0].to_dict() == outcomes


def test_shares_are_of_what_a_kind_can_happen_to():
    gold = [relation((2, 5), (0, 0)), relation((7, 8))]
    found = [relation((2, 5), (6, 6)), relation((9, 9))]
    share = kinds([(TEXT, gold, found)]).set_index("kind").share
    assert share["found whole"] == 0.5
    assert share["missed"] == 0.5
    assert share["made up"] == 0.5
    assert share["other source"] == 1.0


def test_an_example_shows_what_was_marked_and_what_was_found():
    [row] = examples([(TEXT, [relation((2, 5))], [relation((2, 6))])]).to_dict("records")
    assert (row["annotated"], row["found"]) == ("three four five six", "three four five six seven")
