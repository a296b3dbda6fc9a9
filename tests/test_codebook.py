"""The word lists load, hold no row twice, and a row that does not fit is named by file and line."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from toolkit import codebook
from toolkit.errors import CodebookError

FILES = sorted(Path(codebook.__file__).parent.glob("*.csv"))
# The columns that make a row of a file one of a kind; a word may have several uses.
KEYS = {
    "accuracy": ("measure", "corpus"),
    "cues": ("lemma",),
    "dates": ("word", "kind"),
    "function_words": ("word", "use"),
    "speakers": ("noun",),
    "titles": ("title",),
    "metonymy": ("word", "slot"),
    "nationalities": ("word",),
    "offices": ("code", "office", "from"),
    "quantity_modifiers": ("phrase", "place"),
    "reference_bodies": ("form",),
    "reference_heads": ("noun",),
    "reference_names": ("name",),
    "regions": ("name",),
    "seats": ("seat",),
    "spellings": ("spelling",),
    "states": ("code",),
    "units": ("unit", "place"),
}


# Lists of names, which keep their capitals, and of figures.
NAMES = {
    "belonging",
    "accuracy",
    "bodies",
    "given_names",
    "media",
    "nationalities",
    "offices",
    "regions",
    "seats",
    "spellings",
    "states",
}
NAMES |= {"reference_bodies", "reference_names", "units"}


def columns(path: Path) -> tuple[str, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(next(csv.reader([next(line for line in lines if line.strip() and not line.startswith("#"))])))


@pytest.fixture
def word_list(tmp_path):
    def write(content: str) -> Path:
        path = tmp_path / "list.csv"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_there_are_word_lists():
    assert {path.stem for path in FILES} >= {"accuracy", "cues", "function_words", "speakers", "titles"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_list_loads_without_a_row_twice(path):
    rows = codebook.rows(path, columns(path))
    assert rows
    key = KEYS.get(path.stem, columns(path))
    assert [k for k, n in Counter(tuple(row[c] for c in key) for row in rows).items() if n > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_list_says_on_top_what_it_is(path):
    assert path.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("path", [p for p in FILES if p.stem not in NAMES], ids=lambda path: path.stem)
def test_words_are_listed_in_lower_case_with_their_first_cell_filled(path):
    names = columns(path)
    for row in codebook.rows(path, names):
        assert row[names[0]]
        assert row[names[0]] == row[names[0]].lower()


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("said", "say"),
        ("says", "say"),
        ("told", "tell"),
        ("wrote", "write"),
        ("written", "write"),
        ("thought", "think"),
        ("knew", "know"),
        ("found", "find"),
        ("felt", "feel"),
        ("saw", "see"),
        ("swore", "swear"),
        ("understood", "understand"),
        ("denied", "deny"),
        ("replied", "reply"),
        ("admitted", "admit"),
        ("quipped", "quip"),
        ("rebutted", "rebut"),
        ("arguing", "argue"),
        ("walked", None),
        ("harbour", None),
    ],
)
def test_a_form_leads_to_its_verb_and_no_other(form, lemma):
    cue = codebook.cues().get(form)
    assert (cue and cue.lemma) == lemma


def test_every_verb_is_among_its_own_forms_all_in_lower_case():
    forms = codebook.cues()
    assert all(forms[cue.lemma].lemma == cue.lemma for cue in forms.values())
    assert all(form == form.lower() for form in forms)


def test_every_cue_has_one_of_the_four_classes():
    assert {cue.cue_class for cue in codebook.cues().values()} == {"neutral", "endorsing", "doubting", "performative"}


def test_words_can_be_asked_for_by_another_column():
    people, all_speakers = codebook.words("speakers", "noun", kind="person"), codebook.words("speakers", "noun")
    assert "spokeswoman" in people
    assert "ministry" not in people
    assert people < all_speakers


def test_measured_figures_are_shares_of_a_counted_corpus():
    measured = codebook.accuracy()
    assert {"recall", "precision"} <= {a.measure for a in measured}
    assert all(0 <= a.value <= 1 and a.cases > 0 and a.corpus for a in measured)


def test_comments_blank_lines_and_spaces_are_no_content(word_list):
    path = word_list("# about\n\nword,use\n# more\n the , article \n\n")
    assert codebook.rows(path, ("word", "use")) == [{"word": "the", "use": "article"}]


def test_a_comma_inside_quotation_marks_parts_no_cells(word_list):
    path = word_list('word,use\n"so, then",opener\n')
    assert codebook.rows(path, ("word", "use")) == [{"word": "so, then", "use": "opener"}]


@pytest.mark.parametrize("row", ["the", "the,article,more"])
def test_a_row_of_another_length_is_named_by_file_and_line(word_list, row):
    path = word_list(f"# about\nword,use\na,article\n{row}\n")
    with pytest.raises(CodebookError, match=r"^list\.csv, line 4: .*give it 2$"):
        codebook.rows(path, ("word", "use"))


@pytest.mark.parametrize("header", ["use,word", "word", "word,use,more", "Word,use"])
def test_other_columns_are_named_by_file_and_line(word_list, header):
    path = word_list(f"# about\n{header}\n")
    with pytest.raises(CodebookError, match=r"^list\.csv, line 2: .*word,use$"):
        codebook.rows(path, ("word", "use"))
