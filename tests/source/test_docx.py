"""Word documents give the paragraphs of their body."""

import pytest

from toolkit.errors import SourceError

from .conftest import docx, zipped


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def test_paragraphs_are_parted_and_runs_are_joined(piece):
    body = paragraph(run("It is "), run("calm.")) + paragraph() + paragraph(run("“So,” she said."))
    found = piece(docx(body), "a.docx")
    assert found.plain == "It is calm.\n\n“So,” she said."
    assert found.taken == found.plain
    assert found.encoding == "docx"


def test_breaks_tabs_and_hyphens_are_characters(piece):
    body = paragraph(run("one"), "<w:r><w:br/></w:r>", run("two"), "<w:r><w:tab/><w:noBreakHyphen/></w:r>", run("x"))
    assert piece(docx(body), "a.docx").plain == "one\ntwo\t-x"


def test_changes_stand_as_they_were_accepted(piece):
    body = paragraph(f"<w:ins>{run('It is calm.')}</w:ins>", "<w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del>")
    assert piece(docx(body), "a.docx").plain == "It is calm."


def test_cells_links_and_text_boxes_are_read_once(piece):
    box = f"<w:txbxContent>{paragraph(run('Boxed.'))}</w:txbxContent>"
    both = f"<c:Choice>{box}</c:Choice><c:Fallback>{box}</c:Fallback>"
    both = f'<c:AlternateContent xmlns:c="urn:c">{both}</c:AlternateContent>'
    table = f"<w:tbl><w:tr><w:tc>{paragraph(run('Cell.'))}</w:tc></w:tr></w:tbl>"
    link = paragraph(f"<w:hyperlink>{run('Linked.')}</w:hyperlink>", f"<w:r>{both}</w:r>")
    assert piece(docx(table + link), "a.docx").plain.split("\n\n") == ["Cell.", "Boxed.", "Linked."]


def test_an_xml_bomb_is_refused(read):
    entities = '<!DOCTYPE d [<!ENTITY a "calm"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(SourceError, match=r"a\.docx is a damaged Word document \(it declares entities\)"):
        read(docx(paragraph(run("&b;")), entities), "a.docx")


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04broken", docx("<w:p>") + b"", docx("")[:200], zipped({"word/document.xml": "no xml"})]
)
def test_a_damaged_document_is_told_with_what_to_do(read, data):
    with pytest.raises(SourceError, match=r"a\.docx is a damaged Word document .*: open it in Word and save it anew"):
        read(data, "a.docx")


def test_a_document_that_unpacks_to_too_much_is_told(read):
    with pytest.raises(SourceError, match=r"a\.docx unpacks to over 0\.01 MB: raise --max-megabytes"):
        read(docx(paragraph(run("calm " * 5000))), "a.docx", max_megabytes=0.01)


def test_a_document_without_words_is_told(read):
    with pytest.raises(SourceError, match=r"a\.docx holds no text that can be seen"):
        read(docx(paragraph()), "a.docx")


def test_what_is_hidden_in_a_document_is_not_read(piece):
    runs = [("Calm.", ""), (" Secret.", "<w:rPr><w:vanish/></w:rPr>"), (" So.", '<w:rPr><w:vanish w:val="0"/></w:rPr>')]
    body = "".join(f"<w:r>{how}<w:t>{text}</w:t></w:r>" for text, how in runs)
    assert piece(docx(f"<w:p>{body}</w:p>"), "a.docx").plain == "Calm. So."
