"""The notebooks that the toolkit ships: stored clean, and each runs through its own runner."""

import ast

import nbformat
import pytest

from toolkit import shipped
from toolkit.report.parameters import load
from toolkit.report.run import execute

PATHS = sorted(shipped.notebooks().glob("*.ipynb"))


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_a_notebook_is_stored_without_outputs_and_defines_no_functions(path):
    node = nbformat.read(path, as_version=4)
    nbformat.validate(node)
    for cell in node.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
            kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
            assert not any(isinstance(part, kinds) for part in ast.walk(ast.parse(cell.source)))
            assert len(cell.source.splitlines()) <= 10


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_a_notebook_says_what_it_is_for_and_types_its_parameters(path):
    notebook = load(path.stem)
    assert notebook.purpose
    assert "source" in notebook.parameters
    for parameter in notebook.parameters.values():
        assert parameter.type in {"str", "int", "float", "bool"}
        assert parameter.help


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_a_notebook_runs_on_the_sample_without_a_word_on_stderr(path):
    node = execute(load(path.stem), {"source": shipped.sample().name}, shipped.sample().parent)
    outputs = [output for cell in node.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs
    assert not [o for o in outputs if o.output_type in {"error", "stream"}]


def test_the_notebook_for_many_texts_runs_on_the_folder_that_it_begins_with():
    folder = shipped.sample().parent / "ferry"
    node = execute(load("explore-corpus"), {"source": folder.name}, folder.parent)
    outputs = [output for cell in node.cells if cell.cell_type == "code" for output in cell.outputs]
    assert "5 texts" in outputs[0]["data"]["text/plain"]
    assert not [o for o in outputs if o.output_type in {"error", "stream"}]
