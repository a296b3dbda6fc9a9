import pytest

from toolkit.extract.actors.standing import Standing, before, behind, described, roles, speaks_as


def test_a_role_behind_a_name_is_told_with_its_body():
    assert behind("Mira Voss, head of the soil unit at the Orrin Institute, said", 9) == Standing(
        "head of the soil unit", "Orrin Institute"
    )


def test_what_is_no_role_tells_nothing():
    assert behind("Mira Voss, tired and late, said", 9) == Standing(None, None)
    assert behind("Mira Voss said", 9) == Standing(None, None)


def test_a_body_behind_of_is_where_somebody_belongs():
    assert behind("Mira Voss of the Orrin Guild said", 9) == Standing(None, "Orrin Guild")


def test_words_before_a_name_are_a_role_and_a_body():
    assert before("former Upper House deputy ") == Standing("former deputy", "Upper House")
    assert before("the ") == Standing(None, None)


def test_bodies_of_learning_make_experts():
    assert speaks_as(set(), "Orrin University") == "expert"
    assert speaks_as({"head"}, "Orrin University") == "expert"
    assert speaks_as({"minister"}, "Orrin University") == "official"
    assert speaks_as(set(), "Orrin Guild") is None
    assert speaks_as(set(), None) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mira Voss, of the Orrin Institute, said", (None, "Orrin Institute")),
        ("Mira Voss, with the Orrin Institute for Water, said", (None, "Orrin Institute for Water")),
        ("Mira Voss, the IRS's regional director, said", ("regional director", "IRS")),
        ("Mira Voss, director-general of the IRS, said", ("director-general", "IRS")),
        ("Mira Voss, head of the IRS centre at the Orrin Academy, said", ("head", "IRS centre at the Orrin Academy")),
        ("Mira Voss, a former adviser to President Tobin Lark, said", ("former adviser", None)),
    ],
)
def test_what_stands_behind_a_name_in_every_usual_form(text, told):
    assert behind(text, len("Mira Voss")) == told


def test_at_and_with_behind_a_bare_name_tell_of_a_body_only_where_the_source_holds_them():
    text = "Mira Voss at the Orrin Institute said"
    assert behind(text, 9) == (None, None)
    assert behind(text, 9, text.index(" said")) == (None, "Orrin Institute")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Russian President", ("Russian president", None)),
        ("Shipping Minister", ("shipping minister", None)),
        ("ECB President", ("president", "ECB")),
        ("White House press secretary", ("press secretary", "White House")),
        ("Interior Ministry spokesman", ("spokesman", "Interior Ministry")),
        ("Greenpeace Norway director", ("director", "Greenpeace Norway")),
    ],
)
def test_a_title_and_a_body_before_a_name_are_told_apart(words, told):
    assert before(words, opens=True) == told


def test_a_description_is_a_role_and_a_body():
    assert described("deputy head of the Orrin Academy") == ("deputy head", "Orrin Academy")
    assert described("a long way from the Orrin Academy") == (None, None)


@pytest.mark.parametrize(
    ("title", "body", "told"),
    [
        ("attorney general", None, "expert"),
        ("solicitor general", None, "official"),
        ("major general", None, "military"),
        ("director-general", None, "official"),
        ("chief economist", None, "expert"),
        ("chief executive", None, None),
        ("fire chief", None, "official"),
        ("ex-minister", None, "former official"),
        ("virologist", None, "expert"),
        ("", "SIPRI", "expert"),
        ("", "Interior Ministry", "official"),
        ("head", "Orrin Police Department", "official"),
        ("farmer", None, "witness"),
    ],
)
def test_what_somebody_speaks_as_is_told_by_title_and_body(title, body, told):
    assert speaks_as(roles(title.split()), body) == told
