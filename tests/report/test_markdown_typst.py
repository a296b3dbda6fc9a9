import re

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.report.markdown_typst import to_typst
from toolkit.report.paper import compiled


def paper(markdown: str) -> str:
    """Return the words of the PDF that a notebook with this Markdown alone becomes, line by line."""
    source = f'#set document(title: "T", date: none)\n{to_typst(markdown)}'
    document = pdfium.PdfDocument(compiled(source))
    words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return "\n".join(line.strip() for line in words.splitlines())


def test_headings_keep_their_levels():
    source = to_typst("# One\n\n## Two\n\n### Three\n\nFour\n====")
    assert re.findall(r'#heading\(level: (\d)\)\[#"(\w+)";\]', source) == [
        ("1", "One"),
        ("2", "Two"),
        ("3", "Three"),
        ("1", "Four"),
    ]
    assert paper("# One\n\n## Two\n\n### Three") == "One\nTwo\nThree"


@pytest.mark.parametrize(
    "markdown",
    [
        pytest.param("## Two\n\ntext", id="a notebook that begins below the first level"),
        pytest.param("# One\n\n### Three", id="a level left out"),
        pytest.param("# \n\ntext", id="a heading without words"),
    ],
)
def test_headings_out_of_order_do_not_stop_the_paper(markdown):
    assert paper(markdown)


def test_emphasis_is_set_as_such():
    assert to_typst("*a* **b** ~~c~~") == '#emph[#"a";];#" ";#strong[#"b";];#" ";#strike[#"c";];\n\n'


def test_lists_in_lists_are_set_as_such():
    markdown = "- sea\n- land\n  - hill\n    1. first\n    2. second\n- sky\n"
    assert paper(markdown) == "• sea\n• land\n‣ hill\n1. first\n2. second\n• sky"


def test_a_numbered_list_is_numbered():
    assert paper("1. one\n2. two\n") == "1. one\n2. two"


def test_a_numbered_list_begins_with_its_number():
    assert paper("3. three\n4. four\n") == "3. three\n4. four"


def test_a_table_has_its_head_and_rows():
    markdown = "| Gate | Toll |\n|---|---:|\n| north | *3* |\n| south | 4 |\n"
    assert "columns: 2" in to_typst(markdown)
    assert "table.header(" in to_typst(markdown)
    assert paper(markdown) == "Gate Toll\nnorth 3\nsouth 4"


def test_a_table_without_rows_is_set():
    assert paper("| Gate | Toll |\n|---|---|\n") == "Gate Toll"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("```python\nprint('#x]')\n```", "print('#x]')"),
        ("    indented $x$", "indented $x$"),
        ("in `a #b` line", "in a #b line"),
    ],
)
def test_code_is_set_as_it_is(markdown, words):
    assert "#raw(" in to_typst(markdown)
    assert paper(markdown) == words


def test_a_link_is_set_with_its_target():
    assert '#link("https://example.org/a?b=1")[#"there";];' in to_typst("[there](https://example.org/a?b=1)")
    assert paper("[there](https://example.org/a?b=1)") == "there"


@pytest.mark.parametrize("target", ["#part", "other.ipynb", "", "<>", "<a b>"])
def test_a_link_that_leads_nowhere_on_paper_is_set_as_its_words(target):
    assert "#link" not in to_typst(f"[there]({target})")
    assert paper(f"[there]({target})") == "there"


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "file:///etc/hosts"])
def test_a_link_to_what_is_no_page_stays_as_it_is_written(target):
    assert paper(f"[there]({target})") == f"[there]({target})"


@pytest.mark.parametrize(
    "markdown",
    [
        "<b>bold</b> and <br>",
        "<script>alert(1)</script>",
        "<!-- aside -->",
        "#panic() #import 'x'",
        "$x^2$ and $y$",
        "]) ] [ ) #[",
        "@reference <label>",
        "// no comment /* none */",
        "= no heading",
        "\\#panic()" + " \\u{41}",
    ],
)
def test_what_is_markup_elsewhere_comes_out_as_characters(markdown):
    # Markdown's own escape is the one that goes
    assert paper(markdown).replace("\n", " ") == markdown.replace("\\#", "#")


def test_a_picture_comes_out_as_its_description():
    assert paper("![a calm sea](https://example.org/sea.png)") == "a calm sea"
    assert "example.org" not in to_typst("![a calm sea](https://example.org/sea.png)")


def test_quotations_rules_and_breaks_are_set():
    assert paper("> so it is\n\n---\n\none  \ntwo\nthree") == "so it is\none\ntwo three"


def test_nothing_becomes_nothing():
    assert to_typst("") == ""


# Headings are left out: PDF/UA refuses those out of order, as a test above tells.
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    st.lists(
        st.sampled_from(["a", "*", "**", "_", "`", "~~", "[", "](x:y)", "![", "|", "\n", "\n\n", "* ", "1. ", "> "])
    ).map("".join)
)
def test_whatever_the_marks_the_paper_is_set(markdown):
    assert compiled(f'#set document(title: "T", date: none)\n{to_typst(markdown)}').startswith(b"%PDF")
