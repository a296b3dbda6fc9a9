"""The first figure of a report as a picture of its own."""

import base64
import io
import xml.etree.ElementTree as ET

import matplotlib.figure
import nbformat
import pytest

from toolkit.report.displays import Figure, Strip, Turn
from toolkit.report.first_figure import alternative, first_figure

SVG = "{http://www.w3.org/2000/svg}"


def ran(*datas):
    outputs = [nbformat.v4.new_output("display_data", data) for data in datas]
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", outputs=outputs)])


@pytest.fixture
def strip():
    turns = (
        Turn(30, "", None, "author", None, "The author"),
        Turn(20, "A", 0, "direct", "s-1", "A"),
        Turn(10, "B", 1, "indirect", "s-2", "B"),
        Turn(40, "A", 0, "mixed", "s-3", "A"),
    )
    return Strip(turns, "A & B speak", "The text", "strip").html()


def test_the_voice_strip_is_drawn_to_scale_a_shape_for_each_voice(strip):
    svg = first_figure(ran({"text/html": "<p>Words</p>"}, {"text/html": strip}))
    assert svg is not None
    root = ET.fromstring(svg)
    shapes = {path.get("class"): path.get("d") for path in root.findall(f"{SVG}path")}
    assert shapes["v0"] == "M180.0 0.0H300.0V60H180.0zM360.0 19.8H600.0V60H360.0z"
    assert shapes["v1"] == "M300.0 39.6H360.0V60H300.0z"
    assert alternative(svg.decode()) == "A & B speak"


def test_the_strip_goes_before_a_figure_that_comes_first(strip):
    figure = Figure("<svg width='3'><path/></svg>", "Bars", "Caption", "bars").html()
    assert b"A &amp; B speak" in first_figure(ran({"text/html": figure}, {"text/html": strip}))


def test_without_a_strip_the_first_figure_is_taken(strip):
    del strip
    figure = Figure(
        "<?xml version='1.0'?><svg width='3'><path fill='#1c2024'/></svg>", "Bars & lines", "C", "bars"
    ).html()
    svg = first_figure(ran({"text/html": figure}))
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root[0].get("fill") == "#1c2024"
    assert alternative(svg.decode()) == "Bars & lines"


def test_a_picture_of_dots_stands_in_one_of_its_size():
    out = io.BytesIO()
    matplotlib.figure.Figure(figsize=(2, 1), dpi=50).savefig(out, format="png")
    svg = first_figure(ran({"image/png": base64.encodebytes(out.getvalue()).decode()}))
    root = ET.fromstring(svg)
    assert root.get("viewBox") == "0 0 100 50"
    assert root[0].get("href").startswith("data:image/png;base64,iVBOR")


def test_a_notebook_without_a_picture_has_none():
    assert first_figure(ran({"text/plain": "1"}, {"text/html": "<p>x</p>"})) is None
