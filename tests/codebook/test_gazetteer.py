"""The gazetteer: places by any spelling of their names, the likeliest first; its files are small and sound."""

from importlib.resources import files

import pytest

from toolkit.codebook import gazetteer, nations
from toolkit.codebook.gazetteer import after_comma, places, read_regions
from toolkit.errors import CodebookError

REGIONS = "name,others,latitude,longitude,country,region,short,kind\n"


def test_a_town_is_found_by_every_spelling():
    kyiv, kiev = places("Kyiv")[0], places("Kiev")[0]
    assert kyiv == kiev
    assert (round(kyiv.latitude), round(kyiv.longitude), kyiv.country) == (50, 31, "UA")
    assert places("Zaporozhye")[0] == places("Zaporizhzhia")[0]
    assert places("Lodz")[0].name == "Łódź"
    assert places("Harruv Bank") == ()


def test_larger_places_and_capitals_come_first():
    assert [p.country for p in places("Birmingham")[:2]] == ["GB", "US"]
    assert places("Kingston")[0].country == "JM"
    assert places("Georgia")[0].kind == "state"
    weights = [p.weight for p in places("Springfield")]
    assert weights == sorted(weights, reverse=True)


def test_every_state_and_nearly_every_capital_has_a_point():
    assert all(places(state.name)[0].gazetteer == f"iso:{state.code}" for state in nations.states())
    capitals = [(state.code, name) for state in nations.states() for name in state.capitals[:1]]
    known = [any(p.country == code for p in places(name)) for code, name in capitals]
    assert sum(known) >= 0.97 * len(known)


def test_disputed_areas_have_a_point_and_no_country():
    for name in ("Crimea", "Kashmir", "Golan Heights", "Western Sahara", "Donbas", "Falkland Islands", "Gaza Strip"):
        assert places(name)[0].country is None, name


def test_what_stands_behind_a_comma_is_a_state_or_a_country():
    assert after_comma("Tex.") == after_comma("Texas") == ("US", "TX")
    assert after_comma("Ont.") == ("CA", "ON")
    assert after_comma("Ghana") == ("GH", None)
    assert after_comma("Tuesday") is None


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Harruv Bank,,1,2,TA,,,sea\nHarruv Bank,,1,2,,,,sea", "line 3: 'Harruv Bank' is named above too"),
        ("Harruv Bank,,1,2,XX,,,sea", "line 2: no state has the code 'XX'"),
        ("Harruv Bank,,1,200,,,,sea", "line 2: 1, 200 is not on the globe"),
    ],
)
def test_a_region_that_does_not_fit_is_named_by_file_and_line(tmp_path, row, told):
    path = tmp_path / "own.csv"
    path.write_text(REGIONS + row + "\n", encoding="utf-8")
    with pytest.raises(CodebookError) as error:
        read_regions(path, frozenset({"TA"}))
    assert f"own.csv, {told}" in str(error.value)


def test_the_packed_gazetteer_is_small():
    assert len(files("toolkit.codebook").joinpath("places.csv.gz").read_bytes()) < 1_500_000
    assert gazetteer.places("Shanghai")
