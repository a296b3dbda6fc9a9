"""Names, given what a tagger took for some: the rules alone."""

import pandas as pd
import pytest

from toolkit import shipped
from toolkit.extract.names import names
from toolkit.extract.sentences import sentences
from toolkit.source.documents import from_texts
from toolkit.source.files import parse


def found(body: str, *tagged: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the names in a text, of which the tagger found some: (kind, written), each where it first stands."""
    documents, _ = from_texts([parse("d", shipped.sample(), f"A dam in the hills\n\n{body}".encode())])
    text = documents["text"][0]
    rows = [("d", kind, text.index(written), text.index(written) + len(written)) for kind, written in tagged]
    frame = pd.DataFrame(rows, columns=["doc_id", "kind", "start", "end"])
    frame["doc_id"] = documents["doc_id"][0]
    made = names(documents, sentences(documents), frame)
    return [(kind, text[start:end]) for kind, start, end in made[["kind", "start", "end"]].itertuples(index=False)]


def test_a_name_ends_with_its_sentence():
    assert found("We asked Tobin Lark. Orrin was shut.", ("person", "Tobin Lark. Orrin")) == [
        ("person", "Tobin Lark"),
        ("person", "Orrin"),
    ]


def test_a_sentence_s_capital_makes_no_name():
    assert found("Last week, nobody came.", ("organization", "Last week")) == []


@pytest.mark.parametrize("word", ["Growers", "Economists", "Residents"])
def test_a_plural_that_opens_a_text_is_no_body(word):
    assert found(f"{word} say that the dam will hold.", ("organization", word)) == []


def test_a_plural_that_is_a_name_elsewhere_is_one():
    body = "Rovers say that they will play. A win pleased Rovers."
    assert found(body, ("organization", "Rovers")) == [("organization", "Rovers")] * 2


@pytest.mark.parametrize("name", ["Will May", "Mark Price", "Rose Winter"])
def test_names_that_are_words_are_names_where_the_tagger_found_them(name):
    assert found(f"{name} said that the dam may hold.", ("person", name))[0] == ("person", name)


def test_a_weekday_behind_a_name_does_not_hide_it():
    body = "We met Mira Voss Sunday at noon. Nobody else saw Mira Voss."
    last = body.rindex("Mira Voss")
    assert last > 0
    assert found(body, ("person", "Mira Voss")) == [("person", "Mira Voss")] * 2


def test_nothing_tagged_and_no_state_gives_no_names():
    assert found("The dam will hold, an engineer said.") == []
