"""Whose name is whose: short names after full ones, in the forms that names of the world have."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from toolkit.extract import annotate
from toolkit.extract.actors.people import key, same, shortens
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.tables import Tables


@cache
def read(body: str) -> Tables:
    return annotate(*from_texts([parse("d", Path("x.txt"), f"A dam in the hills\n\n{body}".encode())]))


def speakers(body: str) -> list[str | None]:
    tables = read(body)
    names = tables.actors.set_index("actor_id")["name"]
    return [None if pd.isna(actor) else names[actor] for actor in tables.attributions["actor_id"]]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Ursula von der Leyen", "Von der Leyen"),
        ("Sjaak van der Tak", "Van der Tak"),
        ("Mohammed bin Salman", "Bin Salman"),
        ("Abdel Fattah al-Sisi", "Sisi"),
        ("Conor O'Neill", "O’Neill"),
        ("Alberto Núñez Feijóo", "Núñez Feijóo"),
        ("Alberto Núñez Feijóo", "Feijoo"),
        ("Kim Jong Un", "Kim"),
        ("Karine Jean-Pierre", "Jean-Pierre"),
        ("Lindsey O. Graham", "Graham"),
        ("Mark Rich", "Rich"),
        ("Theresa May", "May"),
    ],
)
def test_a_short_name_is_the_full_ones_in_every_form(full, short):
    assert speakers(f"{full} said that the dam would hold. {short} said that the gate would not.") == [full, full]


def test_names_are_one_with_and_without_points_hyphens_accents_and_capitals():
    assert key(("J.D.", "VANCE")) == key(("J.", "D.", "Vance"))
    assert key(("Kim", "Jong-un")) == key(("Kim", "Jong", "Un"))
    assert key(("Péter", "Szijjártó")) == key(("Peter", "Szijjarto"))


def test_an_acronym_is_no_part_of_a_name():
    assert not shortens(("un",), ("Kim", "Jong-un"))
    names = read("Kim Jong Un said that the dam would hold. The UN said that the gate would not.").actors["name"]
    assert names.tolist() == ["Kim Jong Un", "UN"]


def test_middle_initials_part_two_people_and_a_second_surname_does_not():
    assert not same(("george", "w", "bush"), ("george", "h", "w", "bush"))
    assert same(("pedro", "sanchez"), ("pedro", "sanchez", "perez"))


def test_a_bare_surname_of_two_is_the_latest_and_the_other_is_kept_with_half_the_confidence():
    body = (
        "Bill Clinton said that the dam would hold. Hillary Clinton said that it would not. "
        "Clinton said that rain was near."
    )
    tables = read(body)
    assert speakers(body) == ["Bill Clinton", "Hillary Clinton", "Hillary Clinton"]
    names = tables.actors.set_index("actor_id")["name"]
    last = tables.attributions.iloc[-1]
    assert names[last["also"]] == "Bill Clinton"
    assert last["confidence"] < 0.6 < tables.attributions["confidence"].iloc[0]


def test_of_a_couple_mr_is_the_man_and_mrs_the_woman():
    body = (
        "John Smith and his wife Mary Smith came late. Mr. Smith said that the dam would hold. "
        "Mrs. Smith said that the gate would not."
    )
    assert speakers(body) == ["John Smith", "Mary Smith"]


def test_a_family_is_a_group_and_neither_of_them():
    body = "John Smith and Mary Smith live below the dam. The Smiths say that it will hold."
    tables = read(body)
    assert speakers(body) == ["the Smiths"]
    assert tables.actors.set_index("name")["kind"]["the Smiths"] == "group"


def test_father_and_son_are_two():
    body = (
        "Thomas Hale Jr. said that the dam would hold. Thomas Hale Sr. said that it would not. "
        "Hale Jr. said that rain was near."
    )
    assert speakers(body) == ["Thomas Hale Jr.", "Thomas Hale Sr.", "Thomas Hale Jr."]


@pytest.mark.parametrize("who", ["Лавров", "Владимир Путин", "习近平"])
def test_names_in_other_scripts_are_kept_as_they_are(who):
    assert speakers(f"{who} said that the dam would hold. {who} said that the gate would not.") == [who, who]


def test_a_name_of_one_word_is_the_longer_one_that_comes_later():
    body = "Lula said that the dam would hold. Lula da Silva came late. Lula said that the gate would not."
    assert len(set(speakers(body))) == 1


@pytest.mark.parametrize(
    "body",
    [
        "Stated the head of the Centre for Water Policy Anna Sokolova: the dam would hold. {again}",
        "The dam would hold, said the head of the Centre for Water Policy Anna Sokolova. {again}",
        "The head of the Centre for Water Policy, Anna Sokolova, said that the dam would hold. {again}",
    ],
)
def test_a_description_that_ends_in_a_name_is_the_named_ones(body):
    again = "Sokolova said that the gate would not."
    tables = read(body.format(again=again))
    assert speakers(body.format(again=again)) == ["Anna Sokolova"] * 2
    row = tables.actors.set_index("name").loc["Anna Sokolova"]
    assert (row["role"], row["affiliation"], row["speaks_as"]) == ("head", "Centre for Water Policy", "expert")


def test_who_is_named_in_anothers_description_is_another():
    body = "Petra Lang, a former adviser to Finance Minister Peter Adler, said that the dam would hold."
    actors = read(body).actors.set_index("name")
    assert set(actors.index) == {"Petra Lang", "Peter Adler"}
    assert actors["speaks_as"]["Petra Lang"] == "former official"
