"""Who mentions whom, and under which names, on a text of a few sentences that can be counted by hand."""

from functools import cache
from pathlib import Path

import pytest

import toolkit as tk
from toolkit.extract import annotate
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.tables import Tables, conform
from toolkit.tables.contracts import SCHEMAS

TEXT = """A dam in the hills

Anna Voss said that Peter Lark had opened the gate. She said that Lark was late. Peter Lark said that Voss was wrong.

Ukraine said that rain came. Kyiv said that Voss would pay."""


@cache
def read() -> Tables:
    return annotate(*from_texts([parse("d", Path("x.txt"), TEXT.encode())]))


def test_a_voice_is_counted_with_whom_its_words_mention():
    rows = tk.network(read())
    pairs = {(r.name, r.about_name): r.mentions for r in rows.itertuples()}
    assert pairs[("Anna Voss", "Peter Lark")] == 2
    assert pairs[("Peter Lark", "Anna Voss")] == 1
    assert pairs[("Ukraine", "Anna Voss")] == 1


def test_the_words_that_give_a_source_and_words_about_oneself_are_not_counted():
    rows = tk.network(read())
    assert "the author" not in set(rows["name"])
    assert (rows["voice"] != rows["about"]).all()


def test_names_of_one_actor_are_listed_by_form_and_voice():
    rows = tk.naming(read())
    assert {(r.name, r.form, r.by) for r in rows.itertuples()} >= {
        ("Ukraine", "Ukraine", "the author"),
        ("Ukraine", "Kyiv", "the author"),
        ("Anna Voss", "Anna Voss", "the author"),
        ("Anna Voss", "Voss", "Peter Lark"),
    }
    assert not {"She", "she"} & set(rows["form"])


@pytest.mark.parametrize("question", [tk.network, tk.naming])
def test_no_text_gives_no_row_and_the_same_columns(question):
    none = question(Tables({name: conform(read()[name].head(0), schema) for name, schema in SCHEMAS.items()}))
    assert none.empty
    assert list(none.columns) == list(question(read()).columns)
