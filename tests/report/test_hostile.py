"""Source text is data: what is markup, a command or worse somewhere comes out as the characters it is."""

import json
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import toolkit as tk
from toolkit.report import narrative, reading, statements
from toolkit.report.blocks import Fragment, Numbers, Paragraph, Statement, Statements, Title
from toolkit.report.displays import Figure, Strip, Table, Turn
from toolkit.report.glance import glance
from toolkit.report.inline import OVERRIDES, Content, Mark, Name, line
from toolkit.report.page import PageExporter
from toolkit.report.paper import PaperExporter

PROBES = [p for kind in json.loads(Path(__file__).with_name("hostile.json").read_text("utf-8")).values() for p in kind]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'


def fragment(words: str, at: int) -> Fragment:
    """Return the words wherever a report has words of a source: title, author, names, contents, captions, file name."""
    parts = line(words)
    return Fragment(
        Title("Report", words, words),
        Paragraph((Name(parts), Content(parts), Mark(parts, "A", 0, "direct", None, words)), "passage", f"p-{at}"),
        Numbers(((parts, words),)),
        Statements((Statement(f"a-{at}", parts, parts, (parts,), f"p-{at}"),)),
        Table(words, ("File", words), [(parts, parts)], "File", anchor=f"t-{at}"),
        Figure(SVG, words, words, f"f-{at}"),
        Strip((Turn(2, "A", 0, "direct", f"p-{at}", words),), words, words, f"g-{at}"),
    )


def notebook(*probes: str):
    shown = [fragment(probe, at)._repr_mimebundle_() for at, probe in enumerate(probes)]
    outputs = [new_output("display_data", data=data, metadata=about) for data, about in shown]
    return new_notebook(cells=[new_markdown_cell("# Probes\n\n## Part"), new_code_cell("", outputs=outputs)])


def page(*probes: str) -> str:
    return PageExporter().from_notebook_node(notebook(*probes), {"metadata": {"name": "probes"}})[0]


class Structure(HTMLParser):
    """A page's tags and the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_comment(self, data):
        raise AssertionError(data)


HARMLESS = Structure(page("word")).tags


def test_there_are_a_hundred_probes_and_more():
    assert len(set(PROBES)) >= 100


@pytest.mark.parametrize("probe", PROBES)
def test_a_probe_adds_no_tag_and_no_attribute_to_the_page(probe):
    assert Structure(page(probe)).tags == HARMLESS


def test_no_probe_runs_or_asks_for_anything_in_a_browser(browse, tmp_path):
    (tmp_path / "probes.html").write_text(page(*PROBES), encoding="utf-8", errors="replace")
    opened = browse(tmp_path / "probes.html")
    assert opened.evaluate("window.ran") is None
    assert opened.complaints == []
    assert opened.requested == [(tmp_path / "probes.html").as_uri()]
    shown = opened.evaluate("[...document.querySelectorAll('.passage .content')].map((it) => it.textContent)")
    readable = [probe.replace("\r", "\n").replace("\x00", "").translate(OVERRIDES) for probe in PROBES]
    assert shown == readable


def test_what_a_page_would_run_if_it_were_markup_is_stopped_by_its_policy(browse, tmp_path):
    open_page = page("word").replace(
        "</main>", "<script>window.ran=1</script><img src=x onerror='window.ran=1'></main>"
    )
    (tmp_path / "open.html").write_text(open_page, encoding="utf-8")
    assert browse(tmp_path / "open.html").evaluate("window.ran") is None


def test_the_paper_shows_every_probe_as_its_characters():
    def seen(words: str) -> str:
        kept = (c for c in words if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc", "Mn", "Co", "Cn"})
        return "".join(kept).replace("\ufffd", "")

    pdf, _ = PaperExporter().from_notebook_node(notebook(*PROBES), {"metadata": {"name": "probes"}})
    paper = pdfium.PdfDocument(pdf)
    found = seen("".join(sheet.get_textpage().get_text_bounded() for sheet in paper))
    paper.close()
    # words set from right to left are found in that order, each with its letters as they are
    missing = [p for p in PROBES if seen(p.translate(OVERRIDES)) not in found and not set(p) & set("\u202b\u2067")]
    assert missing == []


@pytest.mark.parametrize("include", ["full", "excerpts", "none"])
def test_an_article_of_probes_is_reported_on(include, tmp_path):
    paragraphs = [f"{probe} “It is ours, {probe},” said Mayor Oda Renn." for probe in PROBES]
    path = tmp_path / "probes.txt"
    path.write_text(f"{PROBES[0]} or not?\n\nBy {PROBES[1]}\n\n" + "\n\n".join(paragraphs), encoding="utf-8")
    tables = tk.read(path)
    passages, voices = reading.Passages(tables, include), tk.voices(tables)
    parts = [
        narrative.title(tables.documents),
        glance(voices, tk.sourcing(tables)),
        reading.strip(passages),
        narrative.who_speaks(voices),
        statements.ledger(passages),
        reading.article(passages),
        narrative.provenance(tables.documents.assign(source_path="<script>window.ran=1</script>.txt")),
    ]
    html = "".join(part._repr_mimebundle_()[0]["text/html"] for part in parts)
    tags = {tag for tag, _ in Structure(html).tags}
    assert not tags & {"script", "img", "iframe", "style", "form", "input", "object", "embed", "meta", "base", "video"}
    assert not {name for _, names in Structure(html).tags for name in names if name.startswith("on")}


def test_no_cell_of_a_spreadsheet_is_a_formula(tmp_path):
    path = tmp_path / "formulas.txt"
    path.write_text("=1+1\n\nBy @SUM(1)\n\n=cmd|' /C calc'!A0. “=HYPERLINK(1)”, said Mayor Oda Renn.", encoding="utf-8")
    tk.write_tables(tk.read(path), tmp_path / "made", "xlsx")
    for file in (tmp_path / "made").glob("*.xlsx"):
        for row in openpyxl.load_workbook(file).active.iter_rows():
            assert not [cell.value for cell in row if cell.data_type == "f"]
