import pypdfium2 as pdfium
import pytest

from toolkit.report import scripts
from toolkit.report.blocks import TYPST_MIME, Fragment, Paragraph
from toolkit.report.doctor import findings
from toolkit.report.inline import Name, line
from toolkit.report.paper import compiled, to_source

WORDS = {
    "Greek": "Ελένη",
    "Cyrillic": "Дарья",
    "Hebrew": "שלום",
    "Arabic": "مريم",
    "Kana": "かな",
    "Han": "漢字",
    "Hangul": "김민준",
    "Devanagari": "अनीता",
    "Thai": "น้ำแข็ง",
    "Georgian": "სიცივე",
    "Symbols": "🚢👩‍👩‍👧\ue000",
}


def paper(words: str) -> tuple[bytes, str]:
    """Return a PDF with the words, and what a reader of it finds."""
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    data, _ = Fragment(Paragraph(line(words, " and latin words")))._repr_mimebundle_()
    node = new_notebook(cells=[new_code_cell("", outputs=[new_output("display_data", data=data)])])
    pdf = compiled(to_source(node, "small"))
    document = pdfium.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return pdf, found


@pytest.mark.parametrize(("script", "words"), WORDS.items())
def test_a_script_is_set_where_a_font_has_it_and_named_where_none_has(script, words):
    pdf, found = paper(words)
    assert b"pdfuaid" in pdf  # letters without a form would break PDF/UA
    if scripts.missing(words):
        assert f"[{script}] and latin words" in found
    else:
        assert words in found or words[::-1] in found


@pytest.mark.parametrize(("script", "words"), WORDS.items())
def test_without_a_font_of_the_machine_nothing_is_an_empty_box(script, words, monkeypatch):
    monkeypatch.setattr(scripts, "families", lambda: ())
    scripts._unset.cache_clear()
    try:
        pdf, found = paper(words)
        gone = scripts.missing(words)
    finally:
        scripts._unset.cache_clear()
    assert b"pdfuaid" in pdf
    assert bool(gone) == (f"[{script}] and latin words" in found)
    assert bool(gone) == (script in {"Kana", "Han", "Hangul", "Devanagari", "Thai", "Symbols"})


def test_greek_and_cyrillic_need_no_font_of_the_machine():
    assert not {"Greek", "Cyrillic"} & set(scripts.without_font())


def test_the_scripts_of_a_text_that_cannot_be_set_are_named(monkeypatch):
    monkeypatch.setattr(scripts, "_unset", lambda letters: frozenset(letters) & set("김민준漢字、अनत🚢"))
    assert scripts.lacking("Minister 김민준 and Дарья") == ["Hangul"]
    assert scripts.lacking("Minister Kim") == []
    assert scripts.lacking("🚢 漢字") == ["Han", "Symbols"]
    assert scripts.named("김민준 김 met 漢字、漢字 by 🚢") == "[Hangul] met [Han] by [Symbols]"
    assert scripts.named("अनीता, Ada") == "[Devanagari], Ada"  # with the marks on its letters


def test_the_doctor_names_the_scripts_without_a_font(monkeypatch):
    monkeypatch.setattr(scripts, "without_font", lambda: ("Hangul", "Thai"))
    told = " ".join(finding.what for finding in findings())
    assert "no font for Hangul in the PDF" in told
    assert "no font for Thai in the PDF" in told


def test_what_runs_from_right_to_left_keeps_its_place_in_a_line():
    name = Fragment(Paragraph(line(Name(line("נועה לוי")), " (8 words), ", Name(line("מרים")), " (9 words)")))
    data, _ = name._repr_mimebundle_()
    assert data["text/html"].count('class="name" dir="rtl"') == 2
    assert data[TYPST_MIME].count("\\u{2067}") == data[TYPST_MIME].count("\\u{2069}") == 2


def test_a_paragraph_that_begins_from_right_to_left_is_set_so():
    data, _ = Fragment(Paragraph(line("הנמל סגור (12 אניות)."), "passage"))._repr_mimebundle_()
    assert '<p class="passage" dir="rtl">' in data["text/html"]
    assert "#right-to-left[" in data[TYPST_MIME]
    data, _ = Fragment(Paragraph(line("“הנמל סגור”, said Ada."), "passage"))._repr_mimebundle_()
    assert '<p class="passage" dir="ltr">' in data["text/html"]
    assert "#right-to-left[" not in data[TYPST_MIME]
