from hashlib import sha256
from pathlib import Path

import nbformat
import pytest

from toolkit.errors import ParameterError
from toolkit.report.parameters import Notebook, Parameter, load, shipped_notebooks, values
from toolkit.report.run import report
from toolkit.source.files import parse

DECLARED = """source: str = "x.txt"  # the text
bars: int = 12  # how many bars
least: float = 0.5
deep: bool = False
word: str = "sea"
"""


@pytest.fixture
def own(tmp_path: Path) -> Notebook:
    return load(str(written(tmp_path, DECLARED)))


def written(folder: Path, parameters: str, tags: tuple[str, ...] = ("parameters",)) -> Path:
    first = nbformat.v4.new_code_cell("import math")
    cell = nbformat.v4.new_code_cell(parameters, metadata={"tags": list(tags)})
    path = folder / "own.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[first, cell]), path)
    return path


def test_a_notebook_declares_its_parameters_with_type_default_and_help(own):
    assert own.name == "own"
    assert own.parameters["bars"] == Parameter("bars", "int", "12", "how many bars")
    assert {name: p.type for name, p in own.parameters.items()} == {
        "source": "str",
        "bars": "int",
        "least": "float",
        "deep": "bool",
        "word": "str",
    }


def test_a_notebook_is_known_by_the_digest_of_its_bytes(own):
    assert own.sha256 == sha256(own.path.read_bytes()).hexdigest()


def test_values_come_in_the_types_that_the_notebook_declares(own):
    given = values(own, ["bars=3", "least=1e-3", "deep=true", "word=a=b c"])
    assert given == {"bars": 3, "least": 0.001, "deep": True, "word": "a=b c"}
    assert [type(value) for value in given.values()] == [int, float, bool, str]


def test_what_is_not_given_is_left_to_the_notebook(own):
    assert values(own, []) == {}


@pytest.mark.parametrize("written", ["true", "True", "YES", "yes", "1"])
def test_a_switch_is_turned_on(own, written):
    assert values(own, [f"deep={written}"]) == {"deep": True}


@pytest.mark.parametrize("written", ["false", "False", "NO", "no", "0"])
def test_a_switch_is_turned_off(own, written):
    assert values(own, [f"deep={written}"]) == {"deep": False}


@pytest.mark.parametrize(
    ("pair", "kind", "default"),
    [
        ("bars=many", "int", "12"),
        ("bars=1.5", "int", "12"),
        ("bars=", "int", "12"),
        ("least=half", "float", "0.5"),
        ("deep=perhaps", "bool", "False"),
        ("deep=2", "bool", "False"),
    ],
)
def test_a_value_of_the_wrong_type_is_told_the_right_one(own, pair, kind, default):
    name, value = pair.split("=")
    with pytest.raises(ParameterError, match=f"'{name}' takes {kind}, not '{value}': its default is {default}"):
        values(own, [pair])


def test_an_unknown_parameter_lists_the_known_ones(own):
    with pytest.raises(
        ParameterError, match=r"no parameter 'bar': it has bars \(int\), least \(float\), deep \(bool\), word \(str\)"
    ):
        values(own, ["bar=3"])


def test_a_notebook_without_parameters_says_that_it_has_none(tmp_path):
    notebook = load(str(written(tmp_path, 'source: str = "x.txt"')))
    with pytest.raises(ParameterError, match="no other than the source"):
        values(notebook, ["bars=3"])


def test_the_source_is_not_given_as_a_parameter(own):
    with pytest.raises(ParameterError, match="no parameter 'source'"):
        values(own, ["source=y.txt"])


def test_a_pair_without_a_value_shows_how_to_write_it(own):
    with pytest.raises(ParameterError, match="'bars' has no value: write it as bars=VALUE"):
        values(own, ["bars"])


def test_a_parameter_is_given_once(own):
    with pytest.raises(ParameterError, match="'bars' is given twice"):
        values(own, ["bars=1", "bars=1"])


def test_an_unknown_notebook_lists_the_known_ones():
    with pytest.raises(ParameterError, match=r"no notebook 'nothing': there are .*article"):
        load("nothing")


def test_a_path_without_a_notebook_is_an_error(tmp_path):
    with pytest.raises(ParameterError, match="no notebook"):
        load(str(tmp_path / "nothing.ipynb"))


def test_a_folder_is_no_notebook(tmp_path):
    (tmp_path / "folder.ipynb").mkdir()
    with pytest.raises(ParameterError, match="cannot be read"):
        load(str(tmp_path / "folder.ipynb"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"null",
        b"[]",
        b"{}",
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
        b'{"nbformat": 9, "nbformat_minor": 5, "metadata": {}, "cells": []}',
        b"\xff\xfe\x00",
    ],
)
def test_a_file_that_is_no_notebook_is_called_so_in_one_line(tmp_path, content):
    path = tmp_path / "own.ipynb"
    path.write_bytes(content)
    with pytest.raises(ParameterError, match="is not a notebook") as error:
        load(str(path))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("parameters", "tags"), [("bars: int = 12", ("parameters",)), (DECLARED, ()), ("", ("parameters",))]
)
def test_a_notebook_that_takes_no_source_is_refused_before_it_runs(tmp_path, parameters, tags):
    notebook = load(str(written(tmp_path, parameters, tags)))
    text = parse("d", tmp_path / "d.txt", b"It rained.")
    with pytest.raises(ParameterError, match="declares no source"):
        report(text, notebook, [], [], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_shipped_notebooks_take_a_source_and_hold_no_outputs():
    shipped = shipped_notebooks()
    assert "article" in [notebook.name for notebook in shipped]
    for notebook in shipped:
        assert "source" in notebook.parameters
        assert not any(cell.get("outputs") for cell in notebook.node.cells)
        assert load(notebook.name).sha256 == notebook.sha256
