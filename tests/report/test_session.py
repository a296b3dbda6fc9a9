"""A session in a notebook, in a kernel of its own: tables show themselves, failures are a sentence."""

import re

import nbformat
import pytest
from nbclient import NotebookClient

from toolkit.report.kernel import ReportKernelManager

CELLS = {
    "start": "import sys\nimport toolkit as tk\nheavy = 'pandas' in sys.modules\ntables = tk.read('a.txt')\ntables",
    "column": 'tables.attributions["moode"]',
    "columns": 'tables.attributions[["mode", "moode"]]',
    "sorted": 'tables.attributions.sort_values("moode")',
    "index": 'tables.attributions.set_index("moode")',
    "dropped": 'tables.attributions.drop(columns=["moode"])',
    "grouped": 'tables.attributions.groupby("mode")["moode"].size()',
    "once": 'tables.attributions.drop_duplicates("moode")',
    "there": 'tables.attributions.dropna(subset=["moode"])',
    "pivot": 'tables.attributions.pivot_table(index="moode", values="confidence")',
    "query": 'tables.attributions.query("moode == 1")',
    "attribute": "tables.attributions.moode",
    "table": "tables.atributions",
    "tool": "tk.concordence",
    "actor": 'tk.frequency(tables, voice="Nobody Here")',
    "pattern": 'tk.concordance(tables, "(", regex=True)',
    "empty": 'tk.document(tables, mode="mixed", confidence=1)',
    "whole": "%tb",
    "other": '{}["x"]',
    "undefined": "moode",
    "row": 'tables.attributions.loc["x"]',
    "light": "heavy",
}
COLUMN = ("column", "columns", "sorted", "index", "dropped", "grouped", "once", "there", "pivot", "query", "attribute")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """Return what every cell shows, run after the others have failed as they should."""
    folder = tmp_path_factory.mktemp("session")
    (folder / "a.txt").write_text("A pier\n\n“It is ours,” said Mayor Oda Renn. She denied that it sank.", "utf-8")
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in CELLS.values()])
    manager = ReportKernelManager()
    try:
        client = NotebookClient(node, km=manager, allow_errors=True, resources={"metadata": {"path": str(folder)}})
        client.execute()
    finally:
        manager.end()
    return {name: cell.outputs for name, cell in zip(CELLS, node.cells, strict=True)}


def lines(outputs) -> list[str]:
    shown = "\n".join("\n".join(o["traceback"]) for o in outputs if o["output_type"] == "error")
    return re.sub(r"\x1b\[[\d;]*m", "", shown).splitlines()


def test_tables_show_themselves_as_a_card(outputs):
    data = outputs["start"][0]["data"]
    assert set(data) == {"text/html", "text/vnd.typst", "text/plain"}
    assert "A pier" in data["text/html"]
    assert "SHA-256" in data["text/html"]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        *((cell, "no column 'moode': there are attribution_id, doc_id, mode, ") for cell in COLUMN),
        ("table", "no table 'atributions': there are documents, "),
        ("tool", "'concordence': it has Tables, asked, certainty, "),
        ("actor", "no actor 'Nobody Here': voices are the author, Oda Renn"),
        ("pattern", "'(' is no regular expression"),
        ("empty", "no statement is like that: of 2 there are "),
    ],
)
def test_a_known_failure_is_one_sentence_that_names_what_there_is(outputs, cell, says):
    shown = lines(outputs[cell])
    assert len(shown) == 1
    assert says in shown[0]


def test_the_whole_traceback_is_there_when_it_is_asked_for(outputs):
    shown = lines(outputs["whole"])
    assert len(shown) > 10
    assert any("reader.py" in line for line in shown)
    assert "SelectionError: no statement is like that" in "\n".join(shown)


@pytest.mark.parametrize(("cell", "kind"), [("other", "KeyError"), ("row", "KeyError"), ("undefined", "NameError")])
def test_other_failures_are_shown_as_ever(outputs, cell, kind):
    assert len(lines(outputs[cell])) > 3
    assert kind in "\n".join(lines(outputs[cell]))


def test_importing_loads_nothing_heavy_in_a_notebook_either(outputs):
    assert outputs["light"][0]["data"]["text/plain"] == "False"
