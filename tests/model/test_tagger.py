import os
import shutil
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import ToolkitError
from toolkit.model.tagger import WEIGHTS, Tagger, Text, tagger
from toolkit.spans import Span


def read(*texts):
    return list(tagger().read(Text(text, [Span(0, len(text))], []) for text in texts))


def test_a_statement_has_its_source_its_cue_and_its_content():
    text = "The finance minister said on Monday that the new tax would be paid by everybody from next year."
    [[found]] = [reading.attributions for reading in read(text)]
    assert [text[a:b] for a, b in found.source] == ["The finance minister"]
    assert text[slice(*found.cue[0])].startswith("said")
    assert text[slice(*found.content[0])] == "that the new tax would be paid by everybody from next year"
    assert found.confidence > 0.8


def test_names_are_found_with_their_kind():
    text = "Angela Moreno flew from Lisbon to Nairobi on Friday, where she works for the World Health Organization."
    [reading] = read(text)
    found = {text[a:b]: kind for kind, (a, b) in reading.names}
    assert found["Angela Moreno"] == "person"
    assert found["Lisbon"] == found["Nairobi"] == "place"


def test_readings_come_in_the_order_of_the_texts_however_many():
    texts = [f"The mayor of town {i} said that the bridge was closed. " * (1 + i % 3) for i in range(40)]
    readings = read(*texts)
    assert len(readings) == 40
    assert [len(r.attributions) for r in readings] == [1 + i % 3 for i in range(40)]


def test_a_text_is_asked_for_only_when_there_is_room_for_it(monkeypatch):
    monkeypatch.setattr("toolkit.model.tagger._TOGETHER", 4_000)
    asked = []

    def texts():
        for i in range(12):
            asked.append(i)
            text = "It rained. " * 100
            yield Text(text, [Span(0, len(text))], [])

    first = next(tagger().read(texts()))
    assert first.attributions == []
    assert len(asked) < 8  # memory does not grow with the number of texts


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "…",
        "😀😀",
        "مرحبا قال الرجل",
        "e\u0301" * 50,
        "a" * 5000,
        "12 34",
        "\u202egnihton\u202c",
        "김 씨가 말했다",
    ],
)
def test_texts_of_every_kind_are_read(text):
    [reading] = read(text)
    for one in reading.attributions:
        assert all(0 <= a < b <= len(text) for role in one[:3] for a, b in role)


PIECES = st.sampled_from(
    ["said", "“", "”", "Mira Voss", "that", "the dam will hold", ".", ",", "\n", "according to", "she", "İ", "😀", "ß"]
)


@settings(deadline=None, max_examples=60, derandomize=True, database=None)
@given(st.lists(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map(" ".join)), min_size=1, max_size=6))
def test_spans_of_a_role_never_overlap_and_lie_inside_their_text(texts):
    for text, reading in zip(texts, read(*texts), strict=True):
        # a source may be that of several, and stands here once
        spans = sorted({span for one in reading.attributions for role in one[:3] for span in role})
        assert all(0 <= a < b <= len(text) for a, b in spans)
        assert all(one.end <= two.start for one, two in pairwise(spans))
        said = [span for one in reading.attributions for span in (*one.cue, *one.content)]
        assert len(said) == len(set(said))
        assert all((one.content or one.cue) and 0 <= one.confidence <= 1 for one in reading.attributions)


def test_a_long_text_is_read_in_sections_and_nothing_in_it_is_lost(monkeypatch):
    lines = [f"The mayor of town {i} said on Monday that the bridge was closed." for i in range(40)]
    text = "\n".join(lines)
    paragraphs = [Span(text.index(line), text.index(line) + len(line)) for line in lines]
    monkeypatch.setattr("toolkit.model.tagger._TOGETHER", 500)
    [in_lines] = tagger().read([Text(text, paragraphs, [])])
    [in_one] = tagger().read([Text(text, [Span(0, len(text))], [])])
    for reading in (in_lines, in_one):
        assert [text[slice(*one.cue[0])][:4] for one in reading.attributions] == ["said"] * 40
        assert all("bridge" in text[slice(*one.content[-1])] for one in reading.attributions)


def test_what_is_said_on_a_paragraph_s_own_cue_is_not_given_to_the_paragraph_before():
    text = "She proposed a new gate and a second dam.\n“It will be the first thing,” Mr. Lark said."
    cut = text.index("\n")
    [reading] = tagger().read([Text(text, [Span(0, cut), Span(cut + 1, len(text))], [Span(cut + 1, cut + 31)])])
    [quoted] = [one for one in reading.attributions if any(part.start > cut for part in one.content)]
    assert [text[a:b] for a, b in quoted.cue] == ["said"]


def test_sources_and_contents_are_tied_alike_however_many_at_once(monkeypatch):
    texts = ["The mayor said that the bridge was closed, adding that “it stays closed”. Rain fell, she said. " * 5]
    before = read(*texts)
    assert len(before[0].attributions) > 5
    monkeypatch.setattr("toolkit.model.decode._BLOCK", 2)
    assert read(*texts) == before


@pytest.mark.parametrize("name", ["tagger.onnx", "tokenizer.json"])
@pytest.mark.parametrize("damage", ["missing", "cut short", "another file"])
def test_weights_that_cannot_be_read_are_one_clear_line(tmp_path, name, damage):
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    if damage == "missing":
        (folder / name).unlink()
    elif damage == "cut short":
        (folder / name).write_bytes((WEIGHTS / name).read_bytes()[:100_000])
    else:
        (folder / name).write_text("something else")
    with pytest.raises(ToolkitError, match="weights") as error:
        Tagger(folder)
    assert "\n" not in str(error.value)
    assert "install the toolkit again" in str(error.value)


def test_the_weights_are_small():
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 25_000_000


def test_reading_neither_tells_anybody_nor_leaves_anything_in_the_home(tmp_path):
    # onnxruntime reports its use unless told not to, and keeps a number for the machine in the home
    code = "import toolkit as tk; tk.read(tk.sample())"
    known = {k: v for k, v in os.environ.items() if k in ("PATH", "PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=known | {"HOME": str(tmp_path)}, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not [path for path in tmp_path.rglob("*") if "onnxruntime" in str(path) or "Microsoft" in str(path)]
