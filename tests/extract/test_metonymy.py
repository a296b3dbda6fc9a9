"""Whether a country's or capital's name means the state, the place, or only whose something is."""

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from toolkit.extract.metonymy import COLUMNS, use, uses

SENTENCES = Path(__file__).parents[2] / "data" / "evaluation" / "metonymy.csv"


def told(sentence: str) -> str:
    """Return how the name in brackets is read."""
    start, end = sentence.index("["), sentence.index("]") - 1
    return use(sentence.replace("[", "").replace("]", ""), start, end)


def part(name: str) -> list[dict[str, str]]:
    lines = [line for line in SENTENCES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [row for row in csv.DictReader(lines) if row["part"] == name]


@pytest.mark.parametrize("name", ["dev", "test"])
def test_states_and_places_are_told_apart_in_sentences_written_for_it(name):
    cases = part(name)
    meant = Counter(row["use"] for row in cases)
    assert len(cases) == 100
    assert 0.4 <= meant["state"] / 100 <= 0.6  # what "always a state" would get
    assert sum(told(row["sentence"]) == row["use"] for row in cases) >= 90


def test_no_sentence_is_in_both_parts():
    assert not {row["sentence"] for row in part("dev")} & {row["sentence"] for row in part("test")}


@pytest.mark.parametrize("name", ["Lima", "Ruritania", "the Kremlin", "Port Halen", "N’Djamena"])
@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("[{}] denied it.", "state"),
        ("“No,” said [{}].", "state"),
        ("[{}], too, has lodged a protest.", "state"),
        ("Pressure on [{}] is growing.", "state"),
        ("They met in [{}].", "place"),
        ("The road to [{}] is long.", "place"),
        ("Refugees from [{}] sleep there.", "place"),
    ],
)
def test_what_a_name_means_does_not_depend_on_the_name(sentence, meant, name):
    assert told(sentence.format(name)) == meant


@pytest.mark.parametrize("adjective", ["Russian", "Swiss", "Peruvian", "Western", "Ruritanian"])
def test_a_nationality_is_neither(adjective):
    assert told(f"[{adjective}] troops crossed the bridge.") == "nationality"
    assert told(f"The [{adjective}] government met.") == "nationality"


def test_a_name_alone_and_an_empty_sentence_around_it_do_no_harm():
    for sentence in ("[Lima]", "“[Lima]”", "[Lima].", "[Lima] ,", "— [Lima]’s", "[Lima] 3 4", "in [Lima]", "[Lima]:"):
        assert told(sentence) in {"state", "place", "nationality"}


def frames(text: str, *names: tuple[str, str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    documents = pd.DataFrame({"doc_id": ["d"], "text": [text]})
    sentences = pd.DataFrame({"doc_id": ["d"], "part": ["body"], "start": [0], "end": [len(text)]})
    spans = [("d", kind, text.index(name), text.index(name) + len(name)) for name, kind in names]
    return documents, sentences, pd.DataFrame(spans, columns=["doc_id", "kind", "start", "end"])


def found(text: str, *names: tuple[str, str]) -> list[tuple[str, str, str | None]]:
    rows = uses(*frames(text, *names)).itertuples(index=False)
    return [(text[r.start : r.end], r.use, None if pd.isna(r.code) else r.code) for r in rows]


def test_every_nation_is_found_with_its_code():
    assert found("Kiev said that Polish trucks left Minsk.") == [
        ("Kiev", "state", "UA"),
        ("Polish", "nationality", "PL"),
        ("Minsk", "place", "BY"),
    ]


def test_a_place_that_only_the_tagger_knows_is_read_wherever_it_stands():
    text = "Boats left Quessin at dawn. Quessin denied it."
    assert found(text, ("Quessin", "place")) == [("Quessin", "place", None), ("Quessin", "state", None)]


def test_names_of_persons_and_longer_places_hold_no_nation():
    assert (
        found("Michael Jordan met Chad Lee in New Mexico.", ("Michael Jordan", "person"), ("Chad Lee", "person")) == []
    )


def test_tables_in_are_unchanged_and_empty_gives_empty():
    given = frames("Lima denied it.")
    before = [frame.copy() for frame in given]
    assert uses(*given).equals(uses(*given))
    for frame, copy in zip(given, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
    assert list(uses(*(frame.iloc[:0] for frame in given)).columns) == list(COLUMNS)
