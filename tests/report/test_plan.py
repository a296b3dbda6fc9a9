"""What was chosen while exploring, as a plan that a batch runs."""

import pytest
import yaml

import toolkit as tk
from toolkit.errors import OutputError, ParameterError


def test_a_plan_names_sources_notebooks_and_the_values_of_parameters(tmp_path):
    source = tmp_path / "texts" / "a.txt"
    plan = tk.save_parameters(tmp_path / "plans" / "plan.yaml", source, notebooks="article", bars=[6, 12], paper="a4")
    written = yaml.safe_load(plan.read_text(encoding="utf-8"))
    assert list(written) == ["sources", "notebooks", "parameters"]
    assert written == {
        "sources": ["../texts/a.txt"],
        "notebooks": ["article"],
        "parameters": {"bars": [6, 12], "paper": ["a4"]},
    }
    assert "toolkit batch plan.yaml" in plan.read_text(encoding="utf-8").splitlines()[0]


def test_the_sources_of_tables_are_the_files_that_they_were_read_from(tmp_path, text):
    plan = tk.save_parameters(tmp_path / "plan.yaml", tk.read(text))
    assert yaml.safe_load(plan.read_text(encoding="utf-8"))["sources"] == ["harbour.txt"]


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"bar": 6}, "has a parameter 'bar': there are "),
        ({"bars": "many"}, "takes int, not 'many'"),
        ({"bars": [6, 7.5]}, "takes int, not '7.5'"),
        ({"bars": []}, "has no value to try"),
        ({"notebooks": "essay"}, "no notebook 'essay': there are "),
        ({"notebooks": []}, "without a notebook"),
        ({"source": "x.txt"}, "'source'"),
    ],
)
def test_what_no_notebook_takes_is_told_before_anything_is_written(tmp_path, chosen, says):
    with pytest.raises(ParameterError, match=says):
        tk.save_parameters(tmp_path / "plan.yaml", "a.txt", **chosen)
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "plan.yaml").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        tk.save_parameters(tmp_path / "plan.yaml", "a.txt")
