import copy
import json
from collections.abc import Callable
from functools import cache

import jsonschema
import nbformat
import pytest

import toolkit as tk
from toolkit.report.findings import MIME, Findings, findings_of, schema
from toolkit.report.reading import Passages
from toolkit.tables import Tables


@pytest.fixture(scope="module")
def findings(sample) -> Callable[..., dict]:
    return cache(lambda include="excerpts": found(sample, include))


def found(tables: Tables, include: str) -> dict:
    further = {"sourcing": tk.sourcing(tables), "cues": tk.cues(tables), "paragraphs": tk.paragraphs(tables)}
    further |= {"certainty": tk.certainty(tables), "wording": tk.wording(tables), "checkable": tk.checkable(tables)}
    further |= {"whereabouts": tk.whereabouts(tables), "timeline": tk.timeline(tables)}
    further |= {"numbers": tk.numbers(tables), "references": tk.references(tables)}
    further["question"] = tk.question(tables, tk.asked(tables.documents.title[0]))
    return Findings(tables.documents, Passages(tables, include), **further).value


@pytest.mark.parametrize("include", ["full", "excerpts", "none"])
def test_the_findings_keep_their_schema(findings, include):
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(findings(include), schema())


def test_a_finding_that_is_no_count_breaks_the_schema(findings):
    value = copy.deepcopy(findings())
    value["voices"][0]["words"] = -1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, schema())


def test_the_findings_are_those_of_the_report(findings, sample):
    value, tables = findings(), sample
    assert len(value["ledger"]) == len(tables.attributions)
    assert [row["words"] for row in value["voices"]] == tk.voices(tables)["words"].tolist()
    assert sum(row["statements"] for row in value["sourcing"]) == len(tables.attributions)


def test_the_findings_hold_no_more_of_the_text_than_the_report(findings, sample):
    text = sample.documents.text[0]
    kept = [row["words"] for row in findings("full")["sentences"]]
    assert None not in kept
    excerpts = findings("excerpts")
    cited = {row["number"] for row in excerpts["evidence"]}
    assert {row["number"] for row in excerpts["sentences"] if row["words"]} == cited
    none = findings("none")
    assert all(row["content"] is None and row["source"] is None for row in none["ledger"])
    body = [words for words, row in zip(kept, none["sentences"], strict=True) if row["part"] == "body"]
    assert not any(words in json.dumps(none, ensure_ascii=False) for words in body)
    for row in none["sentences"]:
        assert text[row["start"] : row["end"]] == kept[row["number"] - 1]


def test_the_command_writes_the_findings_and_their_schema_beside_the_page(made):
    value = json.loads((made / "article.json").read_text(encoding="utf-8"))
    assert value["$schema"] == "article.schema.json"
    jsonschema.validate(value, json.loads((made / "article.schema.json").read_text(encoding="utf-8")))
    executed = nbformat.read(made / "article.ipynb", as_version=4)
    assert findings_of(executed) == {**value, "$schema": ""}
    outputs = json.loads((made / "manifest.json").read_text(encoding="utf-8"))["runs"]["article"]["outputs"]
    assert {"article.json", "article.schema.json"} <= set(outputs)


def test_a_notebook_without_findings_has_none():
    assert findings_of(nbformat.v4.new_notebook()) is None
    assert MIME == "application/json"
