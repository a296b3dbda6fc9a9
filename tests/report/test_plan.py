"""What was chosen while exploring, as a plan that a batch runs."""

from zipfile import ZipFile

import pytest
import yaml

import toolkit as tk
from toolkit.errors import OutputError, ParameterError, PlanError, SourceError
from toolkit.report.plan import read_plan


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


def test_a_file_of_many_texts_is_one_source_and_a_value_is_tried_once(tmp_path):
    (tmp_path / "t.csv").write_text('id,text\na,"It rained, said Mira Voss."\nb,"Nobody came."\n', "utf-8")
    with ZipFile(tmp_path / "z.zip", "w") as packed:
        packed.writestr("x/c.txt", "The pier is old.")
    plan = tk.save_parameters(tmp_path / "plan.yaml", tk.read(tmp_path / "t.csv", tmp_path / "z.zip"), bars=[6, 6])
    assert yaml.safe_load(plan.read_text(encoding="utf-8"))["sources"] == ["t.csv", "z.zip"]
    assert [run.source.name for run in read_plan(plan)] == ["t.csv", "z.zip"]


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


@pytest.fixture
def planned(tmp_path, text, notebook):
    """Return a function that writes a plan beside a text and a notebook of one's own, and reads it."""
    assert text.parent == tmp_path
    notebook("1", 'source: str = ""\nbars: int = 3\nwho: str = "all"')

    def read(written: str):
        plan = tmp_path / "plan.yaml"
        plan.write_text(written, encoding="utf-8")
        return read_plan(plan)

    return read


def test_a_plan_that_was_saved_reads_back_as_every_combination(tmp_path, text, notebook):
    own = notebook("1", 'source: str = ""\nbars: int = 3')
    plan = tk.save_parameters(tmp_path / "plans" / "p.yaml", text, notebooks=["article", str(own)], bars=[6, 12])
    runs = read_plan(plan)
    assert [(r.folder, r.parameters) for r in runs] == [
        ("harbour/article,bars=6", {"bars": 6}),
        ("harbour/article,bars=12", {"bars": 12}),
        ("harbour/own,bars=6", {"bars": 6}),
        ("harbour/own,bars=12", {"bars": 12}),
    ]
    assert {r.source.resolve() for r in runs} == {text}
    assert runs[2].notebook.path.resolve() == own


def test_a_notebook_is_run_with_the_parameters_that_it_has(planned):
    runs = planned("sources: harbour.txt\nnotebooks: [own.ipynb, evaluation]\nparameters:\n  who: ['A b?', '']\n")
    assert [r.folder for r in runs] == [
        "harbour/own,who=A-b-54dd8874",
        "harbour/own,who=e3b0c442",
        "harbour/evaluation",
    ]
    assert [r.parameters for r in runs] == [{"who": "A b?"}, {"who": ""}, {}]


def test_without_a_notebook_the_one_on_an_article_is_meant(planned):
    assert [r.folder for r in planned("sources: [harbour.txt]\n")] == ["harbour/article"]


def test_folders_of_runs_are_told_apart_however_long_their_values(planned):
    values = ["x" * 300 + end for end in "ab"]
    runs = planned(f"sources: [harbour.txt]\nnotebooks: [own.ipynb]\nparameters: {{who: {values}, bars: [1, 2]}}\n")
    assert len({r.folder for r in runs}) == 4
    assert all(len(r.folder) < 200 for r in runs)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "is empty: write sources, notebooks, parameters"),
        ("# nothing\n", "is empty"),
        ("just words", "line 1: the plan is no list of names with values"),
        ("sources: [a\nnotebooks: b", "line 2: this is no YAML"),
        ("[" * 9000, "this is no YAML"),
        ("notebooks: article\n", "names no sources"),
        ("sources: []\n", "line 1: sources is an empty list"),
        ("sources:\n", "line 1: sources takes a value or a list of values"),
        (
            "sources: [harbour.txt]\nnotebook: article\n",
            "line 2: unknown key 'notebook': there are sources, notebooks,",
        ),
        ("sources: [harbour.txt]\nsources: [harbour.txt]\n", "line 2: 'sources' is given twice"),
        ("sources:\n- harbour.txt\n- harbour.txt\n", "line 3: sources has 'harbour.txt' twice"),
        ("sources:\n- harbour.txt\n- absent.txt\n", "line 3: source 'absent.txt' does not exist"),
        ("sources: [harbour.txt]\nnotebooks: [essay]\n", "line 2: no notebook 'essay': there are article, evaluation"),
        ("sources: [harbour.txt]\nnotebooks: [article, article]\n", "line 2: notebooks has 'article' twice"),
        (
            "sources: [harbour.txt]\nnotebooks: [own.ipynb, ./own.ipynb]\n",
            "line 2: a second notebook has the name 'own'",
        ),
        (
            "sources: [harbour.txt]\nparameters:\n  bras: [3]\n",
            "line 3: no notebook of the plan has a parameter 'bras': ",
        ),
        (
            "sources: [harbour.txt]\nparameters:\n  source: [x]\n",
            "line 3: no notebook of the plan has a parameter 'source'",
        ),
        (
            "sources: [harbour.txt]\nparameters:\n  bars:\n  - 3\n  - many\n",
            "line 5: parameter 'bars' takes int, not 'many'",
        ),
        ("sources: [harbour.txt]\nparameters:\n  bars: [3, 3]\n", "line 3: parameter 'bars' has '3' twice"),
        ("sources: [harbour.txt]\nparameters:\n  bars: [3, 03]\n", "line 3: parameter 'bars' has '03' twice"),
        ("sources: [harbour.txt]\nparameters:\n  bars: {a: 1}\n", "line 3: parameter 'bars' takes a value or a list"),
        ("sources: [harbour.txt]\nparameters: [bars]\n", "line 2: parameters is no list of names with values"),
    ],
)
def test_a_plan_that_cannot_run_says_where_and_what_there_is(planned, written, says):
    with pytest.raises(PlanError) as error:
        planned(written)
    assert says in str(error.value)
    assert "plan.yaml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_plan_that_is_not_there_or_no_text_is_told(tmp_path):
    (tmp_path / "noise.yaml").write_bytes(bytes(range(128, 256)))
    for name in ("absent.yaml", "noise.yaml", "."):
        with pytest.raises(PlanError, match="cannot be read"):
            read_plan(tmp_path / name)


def test_a_folder_without_texts_is_told(tmp_path, planned):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="holds no text"):
        planned("sources: [empty]\n")
