"""States, their names, who held office: every fact has one owner; what does not fit is named by file and line."""

from pathlib import Path

import pytest

from toolkit.codebook import nations
from toolkit.codebook.nations import read_offices, read_states
from toolkit.errors import CodebookError

HEAD = "# made for a test\ncode,name,official,aliases,adjectives,people,capitals,latitude,longitude\n"
LAND = "TA,Tarvonia,,Tarva,Tarvonian,Tarvonians,Port Halen,1.5,-20\n"


@pytest.fixture
def file(tmp_path):
    def write(content: str) -> Path:
        path = tmp_path / "own.csv"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_the_states_of_the_world_are_there_under_their_usual_names():
    assert len(nations.states()) >= 193 + 2
    usual = {
        "US": "America",
        "GB": "U.K.",
        "KP": "DPRK",
        "MM": "Burma",
        "CZ": "Czechia",
        "TR": "Türkiye",
        "CI": "Ivory Coast",
    }
    assert {nations.state(name).code for name in usual.values()} == set(usual)


def test_either_spelling_of_a_capital_stands_for_its_state():
    assert nations.seat("Kyiv") == nations.seat("Kiev") == "UA"
    assert nations.seat("Kremlin") == "RU"
    assert nations.seat("Marseille") is None


def test_a_word_for_a_people_tells_of_every_state_it_may_mean():
    assert nations.nationality("Dutch") == ("NL",)
    assert nations.nationality("Congolese") == ("CD", "CG")
    assert nations.nationality("Holland") is None
    assert nations.nation("Congolese") is None


def test_the_longest_name_at_a_place_is_meant():
    text = "South Sudanese pilots, the Republic of the Congo, NORTH KOREA and Guinea-Bissau"
    found = [(text[m.start : m.end], m.code) for m in nations.mentions(text)]
    assert found == [
        ("South Sudanese", "SS"),
        ("Republic of the Congo", "CG"),
        ("NORTH KOREA", "KP"),
        ("Guinea-Bissau", "GW"),
    ]


def test_a_name_within_a_word_is_none():
    assert list(nations.mentions("Omani-born chadors, Malian’s USAID; pro-Iranianism")) == [
        m for m in nations.mentions("Omani-born chadors, Malian’s USAID; pro-Iranianism") if m.code == "ML"
    ]


def test_offices_begin_before_they_end_and_no_two_hold_one_at_once():
    held = {}
    for office in nations.offices():
        held.setdefault((office.code, office.office), []).append(office)
    assert len({code for code, _ in held}) == 20
    for own in held.values():
        for before, after in zip(own, own[1:], strict=False):
            earlier, later = sorted((before, after), key=lambda o: o.since)
            assert earlier.until is not None
            assert earlier.until[: len(later.since)] <= later.since[: len(earlier.until)]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("Ta,Tarvonia,,,,,,1,2\n", "own.csv, line 3: code 'Ta' is none"),
        (LAND + LAND, "own.csv, line 4: TA has a row above"),
        (LAND + "VE,Velmora,,Tarva,,,,1,2\n", "own.csv, line 4: 'Tarva' is given to TA above too"),
        (LAND + "VE,Velmora,,,,,Port Halen,1,2\n", "own.csv, line 4: 'Port Halen' is given to TA"),
        ("TA,,,,,,,1,2\n", "line 3: TA has no name"),
        ("TA,Tarvonia,,,,,,north,2\n", "line 3: 'north', '2' is no point"),
        ("TA,Tarvonia,,,,,,91,2\n", "line 3: 91, 2 is not on the globe"),
        ("TA,Tarvonia,,1,2\n", "line 3: has 5 cells, give it 9"),
    ],
)
def test_a_row_of_states_that_does_not_fit_is_named_by_file_and_line(file, rows, told):
    with pytest.raises(CodebookError, match=r"own\.csv, line \d: ") as error:
        read_states(file(HEAD + rows))
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_an_unknown_column_is_named_by_file_and_line(file):
    with pytest.raises(CodebookError, match=r"own\.csv, line 1: write the columns as code,name"):
        read_states(file("code,name,motto\nTA,Tarvonia,On\n"))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("XX,president,Ada Lind,2001,2002", "no state has the code 'XX'"),
        ("TA,president,Ada Lind,spring 2001,", "'spring 2001' is no day"),
        ("TA,president,Ada Lind,2001-02-31x,", "is no day"),
        ("TA,president,Ada Lind,2005-01-01,2004-12", "leaves before coming"),
        ("TA,president,,2005,", "give a holder"),
    ],
)
def test_a_row_of_offices_that_does_not_fit_is_named_by_file_and_line(file, row, told):
    with pytest.raises(CodebookError, match=r"own\.csv, line 2: ") as error:
        read_offices(file(f"code,office,holder,from,to\n{row}\n"), frozenset({"TA"}))
    assert told in str(error.value)
