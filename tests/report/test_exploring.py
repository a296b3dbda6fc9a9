"""What is shown while exploring: the reading view, the card, tables and figures of findings; and their escaping."""

import json
import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import toolkit as tk
from toolkit.errors import SelectionError, ToolkitError
from toolkit.extract import annotate
from toolkit.report import figures
from toolkit.report.blocks import Fragment
from toolkit.report.card import card
from toolkit.report.lab import STYLE
from toolkit.report.lint import complaints
from toolkit.report.page import PageExporter
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.tables import Tables

TEXT = (
    "A dam in the hills\n\nBy Ines Arvol\n\nTERNBURG, April 3, 2031 – The valley is calm & <b>quiet</b>.\n\n"
    "Mira Voss said that the dam would hold. “It will stand,” said Tobin Lark, “for years.”\n\n"
    "“It is a <script>alert(1)</script> dam,” said Tobin Lark. Nobody doubts it."
)


@cache  # no test changes a table
def tables_of(*texts: str) -> Tables:
    return annotate(*from_texts(parse(f"d{i}", Path("x.txt"), text.encode()) for i, text in enumerate(texts, 1)))


def html(shown: Fragment) -> str:
    return str(shown._repr_mimebundle_()[0]["text/html"])


def words(markup: str) -> str:
    bare = re.sub(r"<[^>]*>", "", re.sub(r'<span class="(?:n"|letter)[^>]*>.*?</span>', "", STYLE.sub("", markup)))
    return " ".join(bare.split())


def voices_of(markup: str) -> list[str]:
    return re.findall(r'<span class="voice said[^>]*data-tip="([^:"]+)', markup)


def test_a_text_is_shown_whole_with_its_voices_marked():
    shown = html(tk.document(tables_of(TEXT)))
    body = shown.partition('<p class="passage')[2]
    escaped = tables_of(TEXT).documents["text"][0].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert "".join(escaped.split()).startswith("Adaminthehills")
    assert "".join(words('<p class="passage' + body).split()) == "".join(escaped.split())
    assert set(voices_of(shown)) == {"Mira Voss", "Tobin Lark"}
    assert shown.count('class="voice said') == shown.count('tabindex="0"') == shown.count("aria-description=")


def test_a_statement_is_marked_clause_by_clause_where_its_certainty_changes():
    text = "A dam\n\n“It is old, and it may break,” said Mira Voss."
    shown = STYLE.sub("", html(tk.document(tables_of(text))))
    pieces = re.findall(r'data-certainty="(\w*)".*?data-tip="([^"]+)"[^>]*><span[^>]*>A</span>([^<]+)', shown)
    assert [(put, words.strip()) for put, _, words in pieces] == [
        ("asserted", "“It is old,"),
        ("possible", "and it may break,”"),
    ]
    assert all(f"; {put}; found with" in tip for put, tip, _ in pieces)
    # the letter stands once, and again only where a filter may have taken the first away
    assert re.findall(r'class="(letter[ a-z]*)"', shown) == ["letter", "letter again"]
    one = STYLE.sub("", html(tk.document(tables_of(text), certainty="possible")))
    assert re.findall(r'data-certainty="(\w*)"', one) == ["possible"]
    assert re.findall(r'class="(letter[ a-z]*)"', one) == ["letter"]
    assert "possible (one clause)" in one


def test_voices_can_be_told_apart_without_colour():
    shown = html(tk.document(tables_of(TEXT)))
    letters = dict(re.findall(r'<span class="key v\d"><b>(\w)</b></span>([\w ]+)', shown))
    assert {letter: name.strip() for letter, name in letters.items()} == {"A": "Tobin Lark", "B": "Mira Voss"}
    marked = re.findall(r'data-tip="([^:"]+)[^>]*><span class="letter" aria-hidden="true">(\w)</span>', shown)
    assert {(letters[letter].strip()) for _, letter in marked} == {name for name, _ in marked}
    assert "Solid line: direct; dashed: partly in quotation marks; dotted: in the article’s wording" in shown


def test_lists_filter_by_voice_mode_certainty_and_confidence_by_style_alone():
    shown = html(tk.document(tables_of(TEXT)))
    assert re.findall(r'<select name="(\w+)"', shown) == ["voice", "mode", "certainty", "sure"]
    assert re.findall(r'<option value="(?:0|1)">([^<]+)', shown)[:2] == ["Tobin Lark (2)", "Mira Voss (1)"]
    for number in ("0", "1"):
        assert f'option[value="{number}"]:checked) .said:not([data-voice="{number}"])' in shown
    assert "<script" not in shown


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({"voice": "Mira"}, {"Mira Voss"}),
        ({"voice": "named"}, {"Mira Voss", "Tobin Lark"}),
        ({"mode": "direct"}, {"Tobin Lark"}),
        ({"certainty": "predicted"}, {"Mira Voss", "Tobin Lark"}),
        ({"certainty": ["asserted"]}, {"Tobin Lark"}),
        ({"mode": ["direct", "indirect"], "voice": ["Voss", "Lark"]}, {"Mira Voss", "Tobin Lark"}),
    ],
)
def test_what_is_marked_can_be_chosen_beforehand(chosen, left):
    assert set(voices_of(html(tk.document(tables_of(TEXT), **chosen)))) == left


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"voice": "Nobody Here"}, "no actor 'Nobody Here': voices are "),
        ({"mode": "shouted"}, "no mode 'shouted': there are direct, mixed, indirect"),
        ({"voice": "Mira", "mode": "direct"}, "no statement is like that: of 3 there are 2 direct, 1 indirect"),
        ({"confidence": 2}, "of confidence 0."),
        ({"certainty": "sure"}, "no certainty 'sure': there are asked, conditional, demanded, "),
        ({"certainty": "asked"}, "of their clauses 2 predicted, 2 asserted"),
        ({"doc_id": "d7"}, "no document 'd7': there are d1"),
    ],
)
def test_an_empty_choice_says_what_there_is(chosen, says):
    with pytest.raises(SelectionError, match=re.escape(says)):
        tk.document(tables_of(TEXT), **chosen)


def test_one_of_several_texts_is_asked_for():
    with pytest.raises(SelectionError, match="name one of d1, d2"):
        tk.document(tables_of(TEXT, "It rained. Nobody came."))
    shown = html(tk.document(tables_of(TEXT, "It rained. Nobody came."), "d2"))
    assert "none detected" in shown
    assert "<select" not in shown


def test_a_card_counts_and_says_where_texts_come_from():
    tables = tables_of(TEXT, "It rained. Nobody came.")
    shown = words(html(card(tables)))
    assert "2 texts" in shown
    assert f"{len(tables.attributions)} statements" in card(tables)._repr_mimebundle_()[0]["text/plain"]
    assert tables.documents["sha256"][0][:12] in shown
    assert f"attribution-toolkit {tk.__version__}" in shown
    assert "tk.document(tables, &#x27;d1&#x27;)" in html(card(tables))
    assert "without a text" in html(card(tables_of()))


def test_a_finding_is_labelled_in_words_and_without_ids():
    tables = tables_of(TEXT)
    shown = html(tk.table(tk.voices(tables), caption="Voices"))
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)', shown)
    assert heads == ["Voice", "Kind", "Statements", "Direct", "Mixed", "Indirect", "Words", "Share"]
    assert "d1/actor" not in shown
    assert re.search(r'<td class="number">\d+%</td>', shown)
    lines = html(tk.table(tk.concordance(tables, "dam"), most=2))
    assert re.findall(r'<th scope="col"[^>]*>([^<]+)', lines) == ["Sentence", "Voice", "Before", "Word", "After"]
    assert "The first 2 of " in lines
    assert "None detected" in html(tk.table(tk.concordance(tables, "whale")))


def test_dates_numbers_and_references_are_shown_as_they_are_read():
    text = "A pact\n\nOn May 4, 2021, 12,500 people read Article 3 of the Treaty of Ternburg of 1988, Mira Voss said."
    tables = tables_of(text)
    dates, numbers = html(tk.table(tk.timeline(tables))), html(tk.table(tk.numbers(tables)))
    cited = html(tk.table(tk.references(tables)))
    assert re.findall(r'<th scope="col"[^>]*>([^<]+)', dates)[:6] == [
        "Earliest",
        "Latest",
        "Granularity",
        "Anchor",
        "Ambiguous",
        "Written",
    ]
    assert ">no<" in dates
    assert ">12,500<" in numbers
    assert ">1988<" in cited


def test_a_table_of_what_is_no_finding_is_told():
    with pytest.raises(ToolkitError, match="shows a frame, not a str"):
        tk.table("voices")
    with pytest.raises(ToolkitError, match="give most as 1 or more"):
        tk.table(pd.DataFrame({"a": [1]}), most=0)


FIGURES = {
    "frequency": lambda t: figures.frequency(tk.frequency(t)),
    "groups": lambda t: figures.frequency(tk.frequency(t, by="kind")),
    "keyness": lambda t: figures.keyness(tk.keyness(t, voice="author")),
    "collocations": lambda t: figures.collocations(tk.collocations(t, "the", least=1)),
    "ngrams": lambda t: figures.ngrams(tk.ngrams(t, 2, least=1)),
    "dispersion": lambda t: figures.dispersion(tk.concordance(t, "dam|script", regex=True), by="keyword"),
}


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_a_finding_is_drawn_with_words_for_those_who_cannot_see_it(figure):
    bundle = figure(tables_of(TEXT))._repr_mimebundle_()[0]
    assert bundle["text/html"].count("<svg") == 1
    assert complaints(bundle["text/html"]) == []
    assert "<script" not in bundle["text/html"]
    assert figure(tables_of(TEXT))._repr_mimebundle_()[0] == bundle


def test_a_figure_says_the_numbers_that_it_draws():
    tables = tables_of(TEXT)
    lines = tk.concordance(tables, "dam")
    assert "3 places" in html(figures.dispersion(lines, by="keyword"))
    count = tk.frequency(tables).set_index("word").loc["the", "count"]
    assert f"“the” {count}" in html(figures.frequency(tk.frequency(tables)))


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda t: figures.keyness(tk.frequency(t)), "draws what tk.keyness returns: there is no column 'reference'"),
        (lambda t: figures.dispersion(tk.concordance(t, "dam"), by="hue"), "by 'hue': there are doc_id, name, keyword"),
        (lambda t: figures.frequency(tk.frequency(t), most=0), "shows nothing"),
        (lambda t: figures.words_by_voice(tk.ledger(t)), "draws what tk.voices returns: there is no column 'words'"),
        (lambda t: figures.statements_by_cue(tk.ledger(t)), "draws what tk.cues returns"),
        (lambda t: figures.time_line(tk.cues(t)), "draws what tk.timeline returns"),
        (lambda t: figures.point_map(tk.cues(t)), "draws what tk.whereabouts returns"),
        (lambda t: figures.network(tk.cues(t)), "draws what tk.network returns"),
    ],
)
def test_a_figure_of_something_else_is_told_in_a_sentence(draw, says):
    with pytest.raises(ToolkitError, match=says):
        draw(tables_of(TEXT))


def test_seven_groups_are_too_many_for_a_figure():
    frame = pd.DataFrame({"name": list("abcdefg"), "word": "x", "count": 1, "per_thousand": 1.0, "documents": 1})
    with pytest.raises(ToolkitError, match="shows 6 groups, not 7"):
        figures.frequency(frame)


def test_in_a_report_what_is_shown_takes_on_the_reports_style():
    import nbformat

    shown = (tk.document(tables_of(TEXT)), card(tables_of(TEXT)), tk.table(tk.voices(tables_of(TEXT))))
    made = [nbformat.v4.new_output("display_data", data=s._repr_mimebundle_()[0]) for s in shown]
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=made)])
    page, _ = PageExporter().from_notebook_node(node)
    assert "data-lab" not in page
    assert page.count("<style") == 1
    assert 'class="voice said' in page
    assert [c for o in made for c in complaints(o["data"]["text/html"])] == []
    assert json.dumps(made)
