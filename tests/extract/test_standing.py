from toolkit.extract.actors.standing import Standing, before, behind, speaks_as


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
