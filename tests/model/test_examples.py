import random

import pytest

from toolkit.model import augment, examples
from toolkit.model.tagger import WEIGHTS
from toolkit.model.words import tokenizer
from toolkit.source.passages import Annotated, filled, together

READER = tokenizer(WEIGHTS / "tokenizer.json")
FILLINGS = {
    "person": [("Ada Lind", ""), ("Bo Krag", "")],
    "city": [("Lima", "pe"), ("Oslo", "no")],
    "country": [("Peru", "pe"), ("Norway", "no")],
    "demonym": [("Peruvian", "pe"), ("Norwegian", "no")],
}


def roles(made: Annotated) -> list[dict[str, list[str]]]:
    return [{role: [made.text[a:b] for a, b in spans] for role, spans in r.items()} for r in made.attributions]


def test_a_passage_carries_its_own_truth():
    made = filled(
        "{t1:It is late,} {s1:<person1>} {c1:said}, {t1:and cold}. {s2:<surname1>} {c2:left}.",
        FILLINGS,
        random.Random(1),
    )
    first, second = roles(made)
    assert first["content"] == ["It is late,", "and cold"]
    assert first["source"][0] in {"Ada Lind", "Bo Krag"}
    assert second["source"] == [first["source"][0].split()[-1]]


@pytest.mark.parametrize("seed", range(6))
def test_city_country_and_demonym_of_a_number_are_of_one_state(seed):
    made = filled("<city1>, <country1>, <demonym1>", FILLINGS, random.Random(seed))
    assert made.text in {"Lima, Peru, Peruvian", "Oslo, Norway, Norwegian"}


def test_passages_joined_keep_their_truth():
    part = filled("{s1:<person>} {c1:said} {t1:no}.", FILLINGS, random.Random(1))
    assert roles(together([part, part])) == roles(part) * 2


TEXT = "Ada Lind said: “The dam of Lind is new.” According to Krag, “it leaks”.\n\n“Not so,” Lind said."
DOCUMENT = Annotated(
    TEXT,
    [
        {"source": [(0, 8)], "cue": [(9, 13)], "content": [(15, 40)]},
        {"source": [], "cue": [(41, 53)], "content": [(60, 70)]},
    ],
    None,
)


@pytest.mark.parametrize("seed", range(30))
def test_a_varied_text_keeps_what_was_marked_but_for_names_and_marks(seed):
    made = examples.varied(DOCUMENT, ["Quist", "Moravec"], random.Random(seed))
    for before, after in zip(roles(DOCUMENT), roles(made), strict=True):
        assert [len(v) for v in before.values()] == [len(v) for v in after.values()]
        assert [w.lower() for w in after["cue"]] == [w.lower() for w in before["cue"]]
        assert "dam" in after["content"][0].lower() or "leaks" in after["content"][0].lower()


def test_the_same_name_is_replaced_by_the_same_name():
    text = "the town, Lind said, and later Lind left, as Lind does."
    for seed in range(8):
        found = augment.other_names(text, ["Quist", "Moravec"], random.Random(seed))
        assert len({new for _, new in found}) <= 1


def test_other_quotation_marks_leave_all_offsets_as_they_are():
    for seed in range(20):
        changed = augment.quotation_marks(TEXT, random.Random(seed))
        assert len(changed) == len(TEXT)
        assert [a for a, b in zip(changed, TEXT, strict=True) if b.isalnum()] == [c for c in TEXT if c.isalnum()]


def test_an_example_ties_contents_and_sources_to_their_cue_in_every_window():
    made = examples.example(DOCUMENT, READER)
    assert len(made.fragments) == 5
    assert len(made.cue_of) == 3
    for size in (8, 12, 30):
        cut = list(examples.windows(made, size, size // 2))
        assert sum(len(w.words) for w in cut) == len(made.words)
        assert [t for w in cut for t in w.tags] == made.tags.tolist()
        for window in cut:
            assert all(window.fragments[c].label == 1 for c in window.cue_of.values())


def test_a_name_is_capitalised_throughout_and_has_no_article_or_ending():
    text = "The Ada Lind Centre hired people. People like the city of New Harrow’s mayor."
    mentions = [("organization", 0, 19), ("person", 26, 32), ("person", 34, 40), ("place", 46, 70), ("place", 58, 70)]
    document = {
        "text": text,
        "sentences": [[0, 33], [34, len(text)]],
        "mentions": [{"type": kind, "span": [a, b], "identity": None} for kind, a, b in mentions],
    }
    assert [text[a:b] for _, (a, b) in examples.proper_names(document)] == ["Ada Lind Centre", "New Harrow"]
