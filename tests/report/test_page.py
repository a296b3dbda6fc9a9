import base64
import hashlib
import html
import re
import struct
import zlib

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from toolkit.report.blocks import Fragment, Paragraph, Title
from toolkit.report.inline import line
from toolkit.report.page import PageExporter, about_report

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'


def png() -> str:
    """Return a picture of one grey point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
    return base64.b64encode(picture).decode()


def notebook(*outputs: NotebookNode, markdown: str = "# A small report\n\n## Part\n\nSome *words*.") -> NotebookNode:
    return new_notebook(cells=[new_markdown_cell(markdown), new_code_cell("secret_code()", outputs=list(outputs))])


def shown(**data: str) -> NotebookNode:
    return new_output(
        "display_data", data={kind.replace("_", "/").replace("xml", "svg+xml"): d for kind, d in data.items()}
    )


def stream(text: str) -> NotebookNode:
    return new_output("stream", name="stdout", text=text)


def fragment(*blocks: Title | Paragraph) -> NotebookNode:
    data, metadata = Fragment(*blocks)._repr_mimebundle_()
    return new_output("display_data", data=data, metadata=metadata)


EVERYTHING = (
    fragment(Title("Report", "The dam & the <gate>", "By Ines Arvol"), Paragraph(line("Mira Voss spoke."))),
    stream("\x1b[31mred\x1b[0m & <b>\n"),
    new_output("error", ename="ValueError", evalue="no", traceback=["\x1b[31mfirst line\x1b[0m", "second line"]),
    shown(image_png=png(), text_plain="<Figure>"),
    shown(image_xml=SVG, text_plain="<Figure>"),
    shown(text_markdown="**strong** words"),
    new_output("execute_result", data={"text/plain": "plain & <em>"}, execution_count=1),
)


def page(node: NotebookNode) -> str:
    made, _ = PageExporter().from_notebook_node(node, {"metadata": {"name": "small"}})
    return made


def main(node: NotebookNode) -> str:
    made = page(node)
    return made[made.index("<main>") : made.index("</main>")]


def test_the_same_notebook_gives_the_same_bytes_and_stays_as_it_is():
    node = notebook(*EVERYTHING)
    before = repr(node)
    assert page(node) == page(node)
    assert repr(node) == before


def test_the_page_asks_no_host_for_anything():
    made = page(notebook(*EVERYTHING))
    assert not re.search(r"""(?:src|href|srcset|data|action|poster)\s*=\s*["']?\s*(?:https?:)?//""", made)
    assert not re.search(r"@import|<link|<script[^>]+src|<iframe|<object|<embed|<base", made)
    assert not re.search(r"url\((?!#)", made)


def test_the_page_forbids_every_host():
    [meta] = re.findall(r"<meta[^>]*Content-Security-Policy[^>]*>", page(notebook()))
    [policy] = re.findall(r'content="([^"]+)"', meta)
    rules = {rule.split()[0]: rule.split()[1:] for rule in html.unescape(policy).split(";")}
    assert rules["default-src"] == ["'none'"]
    assert rules["img-src"] == ["data:"]
    assert set(rules) <= {
        "default-src",
        "script-src",
        "style-src",
        "style-src-attr",
        "img-src",
        "base-uri",
        "form-action",
    }


def test_the_page_runs_its_own_script_and_no_other():
    made = page(notebook())
    [policy] = re.findall(r"script-src ([^;]+);", made)
    [script] = re.findall(r"<script>(.*?)</script>", made, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy == f"'sha256-{digest}'"


def test_the_page_has_its_markdown_and_its_outputs_but_no_code():
    made = main(notebook(*EVERYTHING))
    assert "<h1>A small report</h1>" in made
    assert '<h2 id="part-1">Part</h2>' in made
    assert "Some <em>words</em>." in made
    assert "Mira Voss spoke." in made
    assert "<strong>strong</strong> words" in made
    assert f"data:image/png;base64,{png()}" in made
    assert 'd="M0 0h9"' in made
    assert "secret_code" not in made


def test_printed_words_are_no_markup():
    made = main(notebook(*EVERYTHING, stream("<script>alert(1)</script>")))
    assert "<script" not in made
    assert "plain &amp; &lt;em&gt;" in made
    assert "red</span> &amp; &lt;b&gt;" in made


def test_the_codes_of_a_terminal_become_colours():
    made = main(notebook(*EVERYTHING))
    assert "\x1b" not in made
    assert '<span class="ansi-red-fg">red</span>' in made


def test_the_lines_of_an_error_stand_below_each_other():
    assert re.search(r"first line(?:</span>)?\s*\n\s*second line", main(notebook(EVERYTHING[2])))


def test_a_formula_is_shown_as_plain_text():
    formula = new_output("display_data", data={"text/latex": "$x$", "text/plain": "plain words"})
    assert "plain words" in main(notebook(formula))


def test_a_form_of_an_output_that_nobody_knows_gives_way_to_plain_text():
    unknown = new_output("display_data", data={"application/x-own": "x", "text/plain": "plain words"})
    assert "plain words" in main(notebook(unknown))


def test_the_pages_title_is_the_reports():
    node = notebook(*EVERYTHING)
    assert about_report(node)["title"] == "The dam & the <gate>"
    assert "<title>The dam &amp; the &lt;gate&gt;</title>" in page(node)


def test_a_notebook_without_a_title_is_named_by_its_file():
    assert about_report(notebook()) == {}
    assert "<title>small</title>" in page(notebook())


def test_the_page_tells_its_language_and_letters():
    made = page(notebook())
    assert made.startswith("<!DOCTYPE html>")
    assert '<html lang="en">' in made
    assert '<meta charset="utf-8"' in made


def test_an_empty_notebook_is_an_empty_page():
    assert main(new_notebook()).split() == ["<main>"]
