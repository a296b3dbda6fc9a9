"""Where: the table of places and their map, for readers who see colours, greys, or nothing."""

import re

import pandas as pd
import pytest

from toolkit.errors import ToolkitError
from toolkit.report.where import point_map

NEAR = [("Lyon", 45.7, 4.8), ("Nice", 43.7, 7.3), ("Turin", 45.1, 7.7), ("Genoa", 44.4, 8.9), ("Milan", 45.5, 9.2)]


def rows(*places: tuple[str, float, float], voice: str = "author", mentions: int = 1) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "doc_id": "d",
            "place_id": [f"d/place/{name}" for name, *_ in places],
            "place": [name for name, *_ in places],
            "latitude": [north for _, north, _ in places],
            "longitude": [east for *_, east in places],
            "country": None,
            "ambiguous": False,
            "voice": voice,
            "name": "the author" if voice == "author" else "Ann",
            "kind": "author" if voice == "author" else "named",
            "mentions": mentions,
            "sentence_id": "d/s/0-1",
            "number": 1,
        }
    )


def figure(found: pd.DataFrame):
    [block] = point_map(found).blocks
    return block


def test_one_place_or_none_needs_no_map():
    assert not point_map(rows(NEAR[0])).blocks
    assert not point_map(rows(("Quessin", float("nan"), float("nan")), NEAR[0])).blocks


def test_a_map_says_in_words_what_it_shows():
    alt = figure(pd.concat([rows(*NEAR[:2], mentions=3), rows(*NEAR[2:4], voice="d/ann")])).alt
    assert "4 places" in alt
    assert "Lyon (3 mentions)" in alt
    assert "from 44°N to 46°N and from 5°E to 9°E" in alt
    assert "Named in others’ words alone: 2 places" in alt


def test_a_map_draws_no_borders_and_says_why():
    block = figure(rows(*NEAR))
    assert "No borders" in block.caption
    assert "differ" in block.caption
    assert {row[0][0].plain() for row in block.data.rows} == {name for name, *_ in NEAR}


def test_whose_words_a_place_stands_in_is_told_by_lightness_and_in_words():
    both = pd.concat([rows(*NEAR[:3]), rows(*NEAR[2:], voice="d/ann")])
    svg = figure(both).svg
    fills = set(re.findall(r"fill: ?(#[0-9a-f]{6})", svg))
    light = sorted(sum(int(f[i : i + 2], 16) for i in (1, 3, 5)) for f in fills & {"#2c5a85", "#8fb0cc", "#ffffff"})
    assert len(light) == 3
    assert min(b - a for a, b in zip(light, light[1:], strict=False)) > 150
    for label in ("in the author’s words", "in both", "in others’ words"):
        assert label in svg


def test_names_do_not_lie_on_each_other():
    spots = [(f"Place {i}", 45 + i / 50, 5 + i / 50) for i in range(30)]
    svg = figure(rows(*spots)).svg
    drawn = re.findall(r">(Place \d+)<", svg)
    assert 1 <= len(drawn) <= 14
    assert len(drawn) == len(set(drawn))


def test_far_places_do_not_hide_what_lies_close_together():
    block = figure(rows(*NEAR, ("Lima", -12.0, -77.0)))
    assert "the part in the frame" in block.caption
    assert "the part in the frame" not in figure(rows(*NEAR)).caption
    assert all(f">{name}<" in block.svg for name in ("Lyon", "Nice", "Lima"))


@pytest.mark.parametrize(
    "spots", [[("A", 0, 0), ("B", 0, 0)], [("A", 89.9, -179.9), ("B", -89.9, 179.9)], [("A", 60, 179), ("B", 60, -179)]]
)
def test_points_on_one_spot_and_at_the_ends_of_the_world_are_drawn(spots):
    assert "<svg" in figure(rows(*spots)).svg


def test_the_same_places_make_the_same_picture():
    assert figure(rows(*NEAR)).svg == figure(rows(*NEAR)).svg


def test_a_map_of_no_names_is_refused():
    with pytest.raises(ToolkitError, match="shows nothing"):
        point_map(rows(*NEAR), most=0)
