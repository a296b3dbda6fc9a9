"""PDF gives its words in the order of reading, and says on which page they are."""

from functools import cache

import pytest
import typst

from toolkit.errors import SourceError
from toolkit.source.files import parse
from toolkit.source.page_layout import Line, in_reading_order, paragraphs_begin

SIDES = """#set page(paper: "a6", margin: 1.5cm{})
#set text(size: 9pt, lang: "en", hyphenate: true)
#set par(justify: true)
"""
WORDS = "calm rough wild mild grey blue cold warm deep shallow".split()  # noqa: SIM905


@cache
def pdf(body: str, page: str = "") -> bytes:
    return bytes(typst.compile((SIDES.format(page) + body).encode()))


def sentence(n: int) -> str:
    word = f"{WORDS[n % 10]} {WORDS[n // 10]}"
    return f"A {word} statement says that, extraordinary neighbourhoods notwithstanding, the {word} harbour is calm."


def test_words_parted_at_line_ends_are_whole_again(piece):
    found = piece(pdf("\n\n".join(map(sentence, range(6)))), "a.pdf")
    assert found.plain.split("\n\n") == [sentence(n) for n in range(6)]
    assert found.taken == found.plain


def test_a_word_that_is_written_with_a_hyphen_keeps_it(piece):
    body = "The well-known man. " + " ".join(f"{'a ' * n}well-known pier" for n in range(10, 20))
    assert piece(pdf(body), "a.pdf").plain.count("well-known") == 11


def test_columns_are_read_one_after_the_other_and_the_headline_first(piece):
    title = '#place(top, scope: "parent", float: true)[#text(14pt)[Who owns the pier?]]\n'
    found = piece(pdf(title + "\n\n".join(map(sentence, range(12))), ", columns: 2"), "a.pdf")
    assert found.plain.split() == " ".join(["Who owns the pier?", *map(sentence, range(12))]).split()


def test_running_heads_and_page_numbers_are_left_out_and_pages_are_known(piece):
    heads = ', header: [Coast News], footer: context [#counter(page).display("1 / 1", both: true)]'
    found = piece(pdf("\n\n".join(map(sentence, range(40))), heads), "a.pdf")
    assert len(found.pages) > 2
    assert found.pages[0] == 0
    assert "Coast News" not in found.plain
    assert " ".join(found.plain.split()) == " ".join(map(sentence, range(40)))


def test_a_paragraph_goes_on_over_the_page(piece):
    found = piece(pdf("It is calm, and " * 150 + "so it stays."), "a.pdf")
    assert len(found.pages) == 2
    assert "\n\n" not in found.plain


def test_pages_without_text_are_counted(piece):
    found = piece(pdf("It is calm.\n#pagebreak()\n#rect()"), "a.pdf")
    assert found.encoding == "pdf (1 of 2 pages without text)"
    assert found.pages == (0, len("It is calm."))


def test_a_title_counts_where_the_first_page_has_it(piece):
    shown = '#set document(title: "{}")\nWho owns the pier?\n\nIt is calm.'
    assert piece(pdf(shown.format("Who owns the pier")), "a.pdf").metadata == {"title": "Who owns the pier"}
    assert piece(pdf(shown.format("Microsoft Word")), "a.pdf").metadata == {}


def test_a_scan_without_text_is_told(read):
    with pytest.raises(SourceError, match=r"a\.pdf has no text on its 1 page, .*: have its text recognised \(OCR\)"):
        read(pdf("#rect()"), "a.pdf")


def test_too_many_pages_are_told(read):
    with pytest.raises(SourceError, match=r"a\.pdf has 2 pages, over 1: part it, or raise --max-pages"):
        read(pdf("a\n#pagebreak()\nb"), "a.pdf", max_pages=1)


def test_a_damaged_file_is_told(read):
    for data in (b"%PDF-1.7\n", pdf("It is calm.")[:300]):
        with pytest.raises(SourceError, match=r"a\.pdf is a damaged PDF .*: save or print it to PDF anew"):
            read(data, "a.pdf")


def test_an_encrypted_file_is_told(read):
    # the trailer of a file that asks for a password that nobody gave
    objects = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n",
        b"3 0 obj<</Filter/Standard/V 1/R 2/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">/P -4>>endobj\n",
    ]
    data, places = b"%PDF-1.4\n", []
    for written in objects:
        places.append(len(data))
        data += written
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    data += b"xref\n0 4\n0000000000 65535 f \n" + table
    data += b"trailer<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % start
    with pytest.raises(SourceError, match=r"a\.pdf is encrypted: save it without its password"):
        read(data, "a.pdf")


def test_a_headline_on_two_lines_is_one_paragraph(piece):
    title = "#par(justify: false)[#text(16pt)[Who owns the pier at the harbour now?]]\n\n"
    found = piece(pdf(title + "\n\n".join(map(sentence, range(6)))), "a.pdf")
    assert found.plain.split("\n\n")[:2] == ["Who owns the pier at the harbour now?", sentence(0)]


def test_what_a_browser_prints_around_a_page_is_left_out_and_its_title_is_the_headline(piece):
    around = (
        ", header: [11/28/31, 12:08 AM #h(1fr) Who owns it? | Coast], footer: [https://coast.example/a #h(1fr) 1/1]"
    )
    title = '#set document(title: "Who owns it? | Coast")\n#text(14pt)[Who owns it?]\n\n'
    found = piece(pdf(title + "\n\n".join(map(sentence, range(4))), around), "a.pdf")
    assert found.plain.split("\n\n") == ["Who owns it?", *map(sentence, range(4))]
    assert found.metadata == {"title": "Who owns it?"}


def test_pages_reach_the_text_file(tmp_path):
    text = parse("a", tmp_path / "a.pdf", pdf("It is calm.\n#pagebreak()\nIt is rough."))
    assert text.pages == (0, text.plain.index("It is rough."))


def lines(*boxes: tuple[float, float, float, str]) -> list[Line]:
    return [Line(left, bottom, right, bottom + 9, text) for left, bottom, right, text in boxes]


def test_what_stands_over_the_columns_is_read_in_its_place():
    left, right = [(0, 50, 40, "b"), (0, 38, 40, "c")], [(60, 50, 100, "d"), (60, 38, 100, "e")]
    page = lines(*right, (0, 90, 100, "a"), *left, (0, 0, 100, "f"))
    assert "".join(line.text for line in in_reading_order(page)) == "abcdef"


def test_a_gap_an_indent_and_a_short_line_begin_paragraphs():
    page = lines(
        (0, 100, 99, "one"), (0, 90, 50, "ends."), (0, 80, 99, "Two"), (0, 70, 99, "goes on."), (9, 60, 99, "Three"),
        (0, 50, 99, "goes on"), (0, 30, 99, "Four"),
    )  # fmt: skip
    begin = paragraphs_begin(page)
    assert [line.text for line, begins in zip(page, begin, strict=True) if begins] == ["one", "Two", "Three", "Four"]


def begins(*boxes: tuple[float, float, float, str]) -> list[str]:
    page = lines(*boxes)
    return [line.text for line, begin in zip(page, paragraphs_begin(page), strict=True) if begin]


def test_most_paragraphs_may_have_a_single_line():
    gaps = [(0, 180.0 - 20 * n, 99, f"Gap {n}") for n in range(5)]
    first = [(0, 220, 99, "One"), (0, 210, 99, "goes on"), (0, 200, 99, "and on")]
    assert begins(*first, *gaps) == [
        "One",
        *(text for *_, text in gaps),
    ]


def test_an_indent_below_a_paragraph_of_one_indented_line_begins_another():
    first = [(9, 100, 99, "One"), (0, 90, 99, "goes on."), (9, 80, 95, "Two is short.")]
    assert begins(*first, (9, 70, 99, "Three"), (0, 60, 99, "goes on.")) == ["One", "Two is short.", "Three"]
    assert begins(*first, (9, 70, 99, "is set in."), (9, 60, 99, "so is this.")) == ["One", "Two is short."]
