"""Numbers and references in a report: who gives them comes first, and what they are is told in words."""

import pandas as pd
import pytest

import toolkit as tk
from toolkit.errors import ToolkitError
from toolkit.report import numbers, reading, references, statements
from toolkit.report.lint import complaints
from toolkit.report.reading import Passages
from toolkit.report.wording import anchor


@pytest.fixture(scope="module")
def tables():
    return tk.read(tk.sample())


@pytest.fixture(scope="module")
def passages(tables):
    return Passages(tables, "excerpts", tk.numbers(tables), tk.references(tables))


def test_every_number_has_who_gives_it_and_leads_to_its_sentence(tables, passages):
    found = tk.numbers(tables)
    [table, note] = numbers.numbers(passages, found).blocks
    rows = [row.split("\t") for row in table.plain().splitlines()[2:]]
    assert len(rows) == len(found)
    assert rows[3] == ["“21 vessels”", "21", "Tarkunia’s defence ministry", "–", "26"]
    assert rows[2][0] == "“54 percent” (“vote”)"
    assert rows[14][1] == "up\u00a0to\u00a018"
    assert table.html().count('<a href="#s-') == len(found)
    assert "not listed" in note.plain()


def test_figures_that_differ_stand_side_by_side_and_none_is_called_right(tables, passages):
    lead, items = numbers.alike(passages, tk.numbers(tables)).blocks
    assert lead.plain().startswith("This toolkit counted 19 numbers that say how many or how much, given by 12 voices.")
    assert "does not say which is right" in lead.plain()
    assert items.plain().splitlines()[0] == (
        "- Tarkunia’s defence ministry: “21 vessels”, sentence\u00a026; "
        "Velmaria’s defence ministry: “34 warships” (“January”), sentence\u00a027."
    )


def test_one_number_is_told_in_good_english(tables, passages):
    [lead] = numbers.alike(passages, tk.numbers(tables).head(1)).blocks
    assert lead.plain() == ("This toolkit counted one number that says how many or how much, given by one voice.")


def test_no_numbers_and_no_references_are_told_with_what_was_measured(tables, passages):
    [none] = numbers.numbers(passages, tk.numbers(tables).head(0)).blocks
    assert none.plain().startswith("Numbers that count something: none detected. Of ")
    [none] = references.references(passages, tk.references(tables).head(0)).blocks
    assert none.plain().startswith("Treaties, resolutions, laws, reports: none detected. Of ")


def test_only_so_many_numbers_are_listed_and_the_rest_is_counted(tables, passages):
    _, more, _ = numbers.numbers(passages, tk.numbers(tables), most=5).blocks
    assert more.plain() == "14 more are in the findings beside this page."
    with pytest.raises(ToolkitError, match="shows nothing"):
        numbers.numbers(passages, tk.numbers(tables), most=0)


def test_a_report_without_the_texts_words_shows_none_of_them(tables):
    found, invoked = tk.numbers(tables), tk.references(tables)
    passages = Passages(tables, "none", found, invoked)
    plain = "\n".join(
        b.plain() for b in (*numbers.numbers(passages, found).blocks, *numbers.alike(passages, found).blocks)
    )
    assert "vessels" not in plain
    assert "January" not in plain
    assert "12,000–15,000" in plain


@pytest.mark.parametrize("include", ["full", "excerpts", "none"])
def test_numbers_lead_to_their_sentences_however_much_of_the_text_is_shown(include, tables):
    found, invoked = tk.numbers(tables), tk.references(tables)
    passages = Passages(tables, include, found, invoked)
    parts = [statements.ledger(passages), numbers.alike(passages, found), numbers.numbers(passages, found)]
    page = "".join(p._repr_mimebundle_()[0]["text/html"] for p in [*parts, reading.article(passages)])
    assert not [c for c in complaints(page) if c.rule == "evidence" and not c.words.startswith("a link")]
    assert page.count(f'<a href="#{anchor(found["sentence_id"].iloc[0])}"') >= 1


def test_every_act_has_who_invokes_it(tables, passages):
    [table, _] = references.references(passages, tk.references(tables)).blocks
    rows = [row.split("\t") for row in table.plain().splitlines()[2:]]
    assert rows == [
        ["Treaty of Marrowin (1988)", "treaty", "9", "2", "The author (1), Velmarian foreign ministry (1)", "10, 20"],
        ["Resolution 418, Assembly of the Littoral Concord (2030)", "resolution", "–", "1", "The author", "11"],
        ["Caldrith communiqué (2030)", "declaration", "–", "1", "The author", "12"],
    ]


def test_an_act_that_is_left_open_is_told_so(tables, passages):
    invoked = tk.references(tables).head(1).assign(instrument=None, instrument_id=None, category=None, year=pd.NA)
    [table, _] = references.references(passages, invoked).blocks
    assert table.plain().splitlines()[2].startswith("(left open)\t–\t9\t1\tThe author")
