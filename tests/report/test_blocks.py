import html
import json
import re
import unicodedata
from html.parser import HTMLParser
from importlib.resources import files

import pypdfium2 as pdfium
import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.report.blocks import (
    TYPST_MIME,
    Block,
    Fragment,
    Heading,
    Items,
    Numbers,
    Paragraph,
    Statement,
    Statements,
    Title,
)
from toolkit.report.displays import INK, Figure, Strip, Table, Turn
from toolkit.report.inline import (
    OVERRIDES,
    Claimant,
    Content,
    Key,
    Line,
    Link,
    Mark,
    Name,
    Number,
    Place,
    Reference,
    Small,
    Strong,
    Text,
    line,
    typst_string,
)
from toolkit.report.paper import compiled

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9" stroke="#1c2024"/></svg>'
# What a text may hold that is markup somewhere, and its words as a PDF's reader finds them.
HOSTILE = {
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "</style><!-- <img src=x onerror=alert(1)>": "</style><!-- <img src=x onerror=alert(1)>",
    "javascript:alert(1)": "javascript:alert(1)",
    "&amp; &lt;b&gt; &#39;": "&amp; &lt;b&gt; &#39;",
    '" onmouseover="alert(1)': '" onmouseover="alert(1)',
    "' onfocus='alert(1)": "' onfocus='alert(1)",
    '#import "x"': '#import "x"',
    "]#panic()[": "]#panic()[",
    "$x$ *strong* _em_ `raw` // gone": "$x$ *strong* _em_ `raw` // gone",
    "@reference <label> = head": "@reference <label> = head",
    "\\u{0} \\n \\": "\\u{0} \\n \\",
    "{{ x }} {% y %}": "{{ x }} {% y %}",
    "\u202eevil\u202c end": "[U+202E]evil end",  # turned around nowhere
    "\x1b[31mred\x1b[0m": "[31mred[0m",
    "be\x00ll\x07": "bell",
    "two\u2028lines": "twolines",
    "♔ crown": "♔crown",  # beyond the letters, and among those that the toolkit's own fonts have
}


def every_block(words: str) -> list[Block]:
    """Return the words in every place where a block takes words."""
    parts: Line = line(words)
    return [
        Title(words, words, words),
        Paragraph(parts),
        Paragraph(parts, "note", "p-1"),
        Heading(parts, "h-1"),
        Numbers(((parts, words),)),
        Table(words, (words, "b"), [(parts, parts)], wide=words, anchor="t-1"),
        Figure(SVG, words, words, "f-1"),
        Items(((None, parts), ("i-1", parts)), "statements"),
        Paragraph((Strong(parts), Small(parts), Link("p-1", parts), Number("n-1", "1"), Key("A", 0))),
        Paragraph((Mark(parts, "A", 0, "direct", "p-1", words), Mark(parts, "", 7, "indirect", None, words))),
        Paragraph((Claimant(parts), Name(parts), Content(parts), Place("q-1", parts), Reference("no", parts))),
        Statements((Statement("s-1", parts, parts, (parts,), "p-1"), Statement("s-2", parts, parts, (), "p-1"))),
        Figure(SVG, words, words, "f-2", Table(words, (words, "b"), [(parts, parts)], wide=words)),
        Strip((Turn(3, "A", 0, "direct", "p-1", words), Turn(2, "", None, "", None, words)), words, words, "f-3"),
    ]


class Structure(HTMLParser):
    """A page's tags with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.values: list[str | None] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.values += [value for _, value in attrs]

    def handle_endtag(self, tag):
        self.tags.append((f"/{tag}", ()))

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)


def pdf_words(*some: Block) -> str:
    """Return what a reader of the PDF finds, white space and invisible marks aside."""
    preamble = (files("toolkit.report") / "templates" / "paper.typ").read_text(encoding="utf-8")
    body = "\n".join(block.typst() for block in some)
    if any(isinstance(block, Heading) for block in some):  # of the third level: the notebook has those above it
        body = f"#heading(level: 1)[Report]\n#heading(level: 2)[Part]\n{body}"
    paper = pdfium.PdfDocument(compiled(f'#set document(title: "T", date: none)\n{preamble}\n{body}'))
    words = "".join(page.get_textpage().get_text_bounded() for page in paper)
    paper.close()
    return "".join(c for c in words if not c.isspace() and unicodedata.category(c) != "Cf")


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_become_tags_or_attributes(words):
    for hostile, harmless in zip(every_block(words), every_block("word"), strict=True):
        got, expected = Structure(hostile.html()), Structure(harmless.html())
        assert got.tags == expected.tags
        assert "".join(got.words) == "".join(expected.words).replace("word", words)
        assert got.values == [None if v is None else v.replace("word", words) for v in expected.values]


@pytest.mark.parametrize(("words", "shown"), HOSTILE.items())
def test_no_words_become_typst_markup(words, shown):
    expected = "".join(shown.split())
    title, *places = every_block(words)
    assert pdf_words(*places).count(expected) >= len(places)
    assert pdf_words(title).count(expected) >= 2  # the kicker is set in capitals


@pytest.mark.parametrize("words", HOSTILE)
def test_plain_text_has_the_words_as_they_are(words):
    assert all(words in block.plain() for block in every_block(words))


def test_a_byte_order_mark_among_the_words_does_not_stop_the_paper():
    assert "ab" in pdf_words(Paragraph(line("a\ufeffb")))


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=60))
@example('"\\\n\t\r\x00\x7f\x85\u2028\u202e\ufeff\U000e0001')
def test_a_typst_string_is_the_text_that_it_was_made_of(text):
    value = typst.query(f"#metadata({typst_string(text)}) <it>".encode(), "<it>", field="value", one=True)
    assert json.loads(value) == text.translate(OVERRIDES)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=60))
def test_html_gives_the_words_back(text):
    assert html.unescape(Text(text).html()) == text
    assert not re.search("[<>\"']", Text(text).html())


def test_a_table_has_as_many_cells_as_its_columns_and_names_its_rows():
    table = Table("Tolls", ("Gate", "Crowns"), [(line("north"), line("3")), (line("south"), line("4"))], wide="Gate")
    page = Structure(table.html())
    opened = [tag for tag, _ in page.tags]
    assert (opened.count("tr"), opened.count("th"), opened.count("td")) == (3, 4, 2)
    assert page.words == ["Tolls", "Gate", "Crowns", "north", "3", "south", "4"]
    assert pdf_words(table) == "Table1:TollsGateCrownsnorth3south41"


def test_a_table_without_rows_is_still_a_table():
    table = Table("Tolls", ("Gate", "Crowns"), [], wide="Gate")
    assert Structure(table.html()).words == ["Tolls", "Gate", "Crowns"]
    assert "GateCrowns" in pdf_words(table)


def test_a_column_of_numbers_is_set_to_the_right():
    table = Table("Tolls", ("Gate", "Crowns"), [(line("north"), line("3"))], wide="Gate", right=frozenset({"Crowns"}))
    assert '<td class="number">3</td>' in table.html()
    assert "(left, right,)" in table.typst()


def test_a_link_leads_to_the_anchor_of_a_block():
    shown = Fragment(Paragraph((Link("h-1", line("there")),)), Heading(line("Here"), "h-1"))
    page = Structure("".join(block.html() for block in shown.blocks))
    assert page.values == ["#h-1", "h-1"]


def test_a_link_to_what_the_paper_does_not_have_is_set_as_its_words():
    assert pdf_words(Paragraph((Link("nowhere", line("there")),))) == "there1"


def test_two_anchors_of_one_name_do_not_stop_the_paper():
    assert "there" in pdf_words(
        Paragraph(line("one"), "", "twice"),
        Paragraph(line("two"), "", "twice"),
        Paragraph((Link("twice", line("there")),)),
    )


def test_a_mark_tells_whose_words_it_holds_and_whether_they_are_quoted():
    page = Structure(Mark(line("so"), "B", 3, "indirect", "a-1", "Mira Voss").html())
    assert page.values[:3] == ["voice v3 indirect", "#a-1", "Mira Voss"]
    assert page.words == ["B", "so"]


def test_a_figure_says_what_it_shows_to_those_who_cannot_see_it():
    page = Figure(SVG, "Ann 60%", "Words by voice.", "f-1").html()
    assert 'role="img" aria-label="Ann 60%"' in page
    assert ">Words by voice.</figcaption>" in page


def test_a_figures_ink_is_the_pages_own_colour():
    page = Figure(SVG, "", "", "f-1").html()
    assert INK not in page
    assert "currentColor" in page


def test_a_fragment_is_one_thing_in_three_forms():
    data, metadata = Fragment(Title("k", "A small title", "b"), Paragraph(line("words")))._repr_mimebundle_()
    assert set(data) == {"text/html", "text/plain", TYPST_MIME}
    assert all("A small title" in form and "words" in form for form in data.values())
    assert metadata == {"attribution": {"title": "A small title", "byline": "b", "paper": "a4", "code": "none"}}


def test_a_fragment_without_a_title_carries_none():
    assert Fragment(Paragraph(line("words")))._repr_mimebundle_()[1] == {}


def test_a_fragment_shows_its_plain_words_in_a_terminal():
    assert repr(Fragment(Heading(line("Here"), "h-1"), Items(((None, line("one")), (None, line("two")))))) == (
        "Here\n\n- one\n- two"
    )
