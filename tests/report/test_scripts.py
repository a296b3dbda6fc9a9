import pypdfium2 as pdfium
import pytest

from toolkit.report import scripts
from toolkit.report.blocks import Fragment, Paragraph
from toolkit.report.doctor import findings
from toolkit.report.inline import line
from toolkit.report.paper import compiled, to_source

WORDS = {
    "Greek": "Ελένη",
    "Cyrillic": "Дарья",
    "Hebrew": "שלום",
    "Arabic": "مريم",
    "Kana": "かな",
    "Han": "漢字",
    "Hangul": "김민준",
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
    if script in scripts.without_font():
        assert f"[{script}] and latin words" in found
    else:
        assert words in found or words[::-1] in found


def test_greek_and_cyrillic_need_no_font_of_the_machine():
    assert not {"Greek", "Cyrillic"} & set(scripts.without_font())


def test_the_scripts_of_a_text_that_cannot_be_set_are_named(monkeypatch):
    monkeypatch.setattr(scripts, "without_font", lambda: ("Hangul", "Han"))
    assert scripts.lacking("Minister 김민준 and Дарья") == ["Hangul"]
    assert scripts.lacking("Minister Kim") == []
    assert scripts.named("김민준 met 漢字") == "[Hangul] met [Han]"


def test_the_doctor_names_the_scripts_without_a_font():
    told = " ".join(finding.what for finding in findings())
    for script in scripts.without_font():
        assert f"no font for {script}" in told
