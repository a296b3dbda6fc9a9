import base64
import re
import struct
import zlib

import pypdfium2 as pdfium
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from toolkit.errors import RunError
from toolkit.report.blocks import Fragment, Paragraph, Title
from toolkit.report.displays import Strip, Table, Turn
from toolkit.report.inline import Link, line
from toolkit.report.paper import PaperExporter, compiled, to_source

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
JPEG = base64.b64encode(b"\xff\xd8\xff\xe0").decode()


def png() -> str:
    """Return a picture of one grey point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
    return base64.b64encode(picture).decode()


def notebook(*outputs: NotebookNode, markdown: str = "# A small report\n\n## Part\n\nSome *words*.") -> NotebookNode:
    return new_notebook(cells=[new_markdown_cell(markdown), new_code_cell("secret_code()", outputs=list(outputs))])


def stream(text: str) -> NotebookNode:
    return new_output("stream", name="stdout", text=text)


def fragment(*blocks: Title | Paragraph | Table) -> NotebookNode:
    data, metadata = Fragment(*blocks)._repr_mimebundle_()
    return new_output("display_data", data=data, metadata=metadata)


EVERYTHING = (
    fragment(Title("Report", "The dam & the <gate>", "By Ines Arvol"), Paragraph(line("Mira Voss spoke."))),
    stream("\x1b[31mred\x1b[0m & #panic()\n"),
    new_output("error", ename="ValueError", evalue="no", traceback=["\x1b[31mfirst line\x1b[0m", "second line"]),
    new_output("display_data", data={"image/png": png(), "text/plain": "<Figure>"}),
    new_output("display_data", data={"image/svg+xml": SVG, "text/plain": "<Figure>"}),
    new_output("display_data", data={"text/markdown": "**strong** words"}),
    new_output("execute_result", data={"text/plain": "plain ] $x$"}, execution_count=1),
)


def paper(node: NotebookNode) -> bytes:
    made, _ = PaperExporter().from_notebook_node(node, {"metadata": {"name": "small"}})
    return made


def words(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    found = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return found


def test_the_same_notebook_gives_the_same_bytes_and_stays_as_it_is():
    node = notebook(*EVERYTHING)
    before = repr(node)
    assert paper(node) == paper(node)
    assert repr(node) == before


def test_the_paper_is_tagged_and_carries_the_reports_title():
    pdf = paper(notebook(*EVERYTHING))
    assert pdf.startswith(b"%PDF")
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf  # it declares itself as PDF/UA
    document = pdfium.PdfDocument(pdf)
    assert document.get_metadata_dict()["Title"] == "The dam & the <gate>"
    assert not document.get_metadata_dict()["CreationDate"]
    document.close()


def test_a_notebook_without_a_title_is_named_by_its_file():
    document = pdfium.PdfDocument(paper(notebook()))
    assert document.get_metadata_dict()["Title"] == "small"
    document.close()


def test_the_paper_has_its_markdown_and_its_outputs_but_no_code():
    found = words(paper(notebook(*EVERYTHING)))
    for part in (
        "A small report",
        "Some words.",
        "The dam & the <gate>",
        "By Ines Arvol",
        "Mira Voss spoke.",
        "red & #panic()",
        "first line",
        "second line",
        "strong words",
        "plain ] $x$",
    ):
        assert part in found
    assert "secret_code" not in found
    assert "<Figure>" not in found
    assert "\x1b" not in found
    assert "[31m" not in found


def test_pictures_are_set_as_pictures():
    source = to_source(notebook(*EVERYTHING), "small")
    assert source.count('format: "png"') == 1
    assert source.count('format: "svg"') == 1


def test_a_photograph_is_set_as_a_picture():
    photograph = new_output("display_data", data={"image/jpeg": JPEG, "text/plain": "<Image>"})
    assert "#image(" in to_source(notebook(photograph), "small")


def test_lines_of_an_error_stand_below_each_other():
    found = words(paper(notebook(EVERYTHING[2]))).splitlines()
    assert found.index("second line") == found.index("first line") + 1


@pytest.mark.parametrize(
    "text", ["10%\r20%\r100%\n", "\x00\x01\x02", "x" * 5000, "\x1b[2K\x1b[1Gx", "\ud800", "\t", ""]
)
def test_whatever_is_printed_the_paper_is_set(text):
    assert paper(notebook(stream(text))).startswith(b"%PDF")


def test_a_byte_order_mark_in_what_is_printed_does_not_stop_the_paper():
    assert paper(notebook(stream("a\ufeffb"))).startswith(b"%PDF")


@pytest.mark.parametrize("text", ["김민준 씨", "𒀀𒁀", "ᚠᚢᚦ and \ue000"])
def test_letters_that_no_font_at_hand_has_do_not_stop_the_paper(text):
    pdf = paper(notebook(fragment(Paragraph(line(text, " and latin words")))))
    assert pdf.startswith(b"%PDF")
    assert "and latin words" in words(pdf)


def test_letters_of_many_scripts_are_in_the_paper():
    found = words(paper(notebook(fragment(Paragraph(line("Ørsted, Ελένη, Дарья, naïve “quotes” – 12,000 €"))))))
    assert "Ørsted, Ελένη, Дарья, naïve “quotes” – 12,000 €" in found


def test_a_table_longer_than_a_page_repeats_its_head():
    rows = [(line(f"gate {n}"), line(f"{n}")) for n in range(150)]
    pdf = paper(notebook(fragment(Table("Tolls", ("Gate", "Crowns"), rows, wide="Gate"))))
    document = pdfium.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert len(pages) > 2
    assert all("Gate Crowns" in page for page in pages)
    assert "gate 149" in pages[-1]


def test_a_link_leads_to_its_place_in_the_paper():
    there = Paragraph((Link("place", line("there")),))
    with_place = paper(notebook(fragment(there, Paragraph(line("Here."), "", "place"))))
    without_place = paper(notebook(fragment(there)))
    assert b"/Link" in with_place
    assert b"/Subtype /Link" not in without_place


def test_a_source_that_cannot_be_set_says_why_and_what_to_do():
    with pytest.raises(RunError, match=r"the PDF cannot be set \(.*\): ask for --to html") as error:
        compiled("#nothing-of-that-name")
    assert "\n" not in str(error.value)


def test_an_empty_notebook_is_an_empty_paper():
    assert words(paper(new_notebook())).split() == ["1"]


def test_the_strip_has_the_letters_for_which_there_is_room():
    turns = (
        Turn(80, "A", 0, "direct", "a-1", "Ada"),
        Turn(1, "B", 1, "mixed", "a-2", "Bo"),
        Turn(19, "", None, "", None, ""),
    )
    data, metadata = Fragment(Strip(turns, "The text as one bar.", "The bar", "figure-voices"))._repr_mimebundle_()
    found = words(paper(notebook(new_output("display_data", data=data, metadata=metadata))))
    assert re.search(r"^A\s*$", found, re.M)
    assert not re.search(r"^B\s*$", found, re.M)


def test_a_title_without_an_end_is_broken_and_short_in_the_running_head():
    title = "Harbourmaster" * 30
    pdf = paper(notebook(fragment(Title("Report", title, "By Ada"), *[Paragraph(line("Rain. " * 600))] * 3)))
    document = pdfium.PdfDocument(pdf)
    first, second = (document[at].get_textpage().get_text_bounded() for at in (0, 1))
    document.close()
    assert title in "".join(first.split()).replace("\u200b", "").replace("\ufffe", "")
    assert 80 < len(second.splitlines()[0]) < 110
