"""The markup of Markdown goes, every word stays and knows where it stood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.source.clean import clean
from toolkit.source.markdown import plain
from toolkit.spans import composed, raw_span

PIECES = [
    *("# ", "## ", "*", "**", "_", "`", "> ", "- ", "1. ", "|", "| a | b |\n|---|---|\n| c | d |\n", "---\n", "===\n"),
    *("[sea](http://s.example/a)", "![ship](s.png)", "[", "](", "]", "[sea][s]", "\n[s]: /s\n", "<http://s.example>"),
    *("<b>", "</b>", "<br>", "<!-- no -->", "<p>Sea</p>\n", "```\ncode\n```\n", "title: Sea\n"),
    *("\n", "\n\n", "\r\n", "\r", " ", "  \n", "\xa0", "\u200b", "\ufeff", "\0"),
    *("“", "”", "â€œ", "Ã©", "é", "港", "🙂", "He said", "sea", "a"),
]
HARD = ["&amp;", "&nbsp;", "&#65;", "&", "\\*", "\\", "\t", "    ", "```"]
mixed = st.lists(st.sampled_from(PIECES), max_size=20).map(lambda pieces: "".join(pieces) + "\n")
hard = st.lists(st.sampled_from([*PIECES, *HARD]), max_size=20).map("".join)
anything = st.text(st.characters(), max_size=50)
PROPERTY = settings(max_examples=250, deadline=None, derandomize=True)


def assert_aligned(text, alignment, raw):
    """Check what an alignment promises of any text: every stretch has its place, in order."""
    assert [link.start for link in alignment] + [len(text)] == [0, *(link.end for link in alignment)]
    previous = (0, 0)
    for link in alignment:
        assert link.start < link.end
        assert 0 <= link.raw_start <= link.raw_end <= len(raw)
        assert previous[0] <= link.raw_start
        assert previous[1] <= link.raw_end
        previous = (link.raw_start, link.raw_end)
    for i in range(len(text)):
        place = raw_span(alignment, i, i + 1)
        assert 0 <= place.start <= place.end <= len(raw)


def places(raw):
    """Return the words of a text, each with what stands at its place in the raw one."""
    text, alignment, _ = plain(raw)
    at, found = 0, []
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        place = raw_span(alignment, start, at)
        found.append((word, raw[place.start : place.end]))
    return found


def words(raw):
    return plain(raw)[0].split()


@PROPERTY
@given(st.one_of(anything, mixed, hard))
def test_every_character_has_its_place_before_and_after_cleaning(raw):
    text, alignment, _ = plain(raw)
    assert_aligned(text, alignment, raw)
    cleaned, change = clean(text)
    assert_aligned(cleaned, composed(change, alignment), raw)


@PROPERTY
@given(mixed)
def test_stretches_of_equal_length_hold_the_same_letters(raw):
    text, alignment, _ = plain(raw)
    cleaned, change = clean(text)
    for link in composed(change, alignment):
        if link.end - link.start == link.raw_end - link.raw_start:
            pairs = zip(cleaned[link.start : link.end], raw[link.raw_start : link.raw_end], strict=True)
            assert [(a, b) for a, b in pairs if a != b and (a.isalnum() or b.isalnum())] == []


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("# The *calm* sea", "The calm sea"),
        ("The calm sea\n============\n\nIt is.", "The calm sea\n\nIt is."),
        ("###### Small #", "Small"),
        ("It is **very** calm, _so_ calm.", "It is very calm, so calm."),
        ("snake_case_word stays", "snake_case_word stays"),
        ('See [the map](http://s.example/map "Map") here.', "See the map here."),
        ("See [the map][m] here.\n\n[m]: http://s.example/map", "See the map here."),
        ("![a ship](ship.png)", "a ship"),
        ("See <http://s.example>.", "See http://s.example."),
        ("- nets\n- ropes", "nets\n\nropes"),
        ("1. nets\n2. ropes", "nets\n\nropes"),
        ("> It is calm.\n> It is late.", "It is calm.\nIt is late."),
        ("Call `sail()` now.", "Call sail() now."),
        ("One.\n\n---\n\nTwo.", "One.\n\nTwo."),
        ("It is <b>very</b> calm.", "It is very calm."),
        ("<!-- a note -->\n\nIt is calm.", "It is calm."),
        ("A &amp; B&nbsp;C &lt;D&gt; &#65;", "A & B\xa0C <D> A"),
        ("5 \\* 3 and \\# no heading", "5 * 3 and # no heading"),
        ("One line  \nand more\\\nand more", "One line\nand more\nand more"),
        ("“It’s calm,” she said.", "“It’s calm,” she said."),
        ("", ""),
    ],
)
def test_the_markup_goes_and_the_words_stay(raw, expected):
    assert plain(raw)[0] == expected


def test_every_cell_of_a_table_is_a_block_of_its_own():
    assert plain("| boat | crew |\n|------|------|\n| Gull | 3 |\n")[0] == "boat\n\ncrew\n\nGull\n\n3"


@pytest.mark.parametrize(
    "raw", ["```\nlet x\n\nlet y\n```\n", "~~~ text\nlet x\n\nlet y\n~~~\n", "    let x\n\n    let y\n"]
)
def test_lines_of_code_stay(raw):
    assert words(raw) == ["let", "x", "let", "y"]


def test_words_inside_a_block_of_html_stay_apart():
    assert words("<div class='x'>\n<p>It is</p>\n<p>calm.</p>\n</div>\n") == ["It", "is", "calm."]


def test_blocks_are_parted_by_an_empty_line():
    assert plain("# Head\nOne.\n\n\n\nTwo.\n- three\n")[0] == "Head\n\nOne.\n\nTwo.\n\nthree"


@pytest.mark.parametrize(
    "raw",
    [
        "# The *calm* sea\n\nIt is **very** calm, and _calm_ it stays.\n",
        'sea [sea](sea) sea ![sea](sea "sea") sea [sea][sea] sea\n\n[sea]: sea\n\nsea\n',
        "- sea\n- sea\n  - sea\n\n1. sea\n2. sea\n",
        "| sea | sea |\n|-----|:---:|\n| sea | sea |\n\nsea\n",
        "> sea\n> sea\n\n`sea` sea\n",
        "```\nsea\n  sea\n```\n\n    sea\n\nsea\n",
        "<p>sea</p>\n\nsea <i>sea</i> sea\n\n<!-- sea -->\n\nsea\n",
        "---\ntitle: sea\n---\n\nsea *sea*\n",
        "The sea\n=======\n\nsea  \nsea\\\nsea <http://sea.example> sea\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_word_is_found_at_its_place(raw, end):
    raw = raw.replace("\n", end)
    found = places(raw)
    assert found
    assert [pair for pair in found if pair[0] != pair[1]] == []


def test_a_word_that_stands_in_a_link_too_has_the_place_of_the_words_read():
    raw = "Go [west](http://west.example) west"
    text, alignment, _ = plain(raw)
    assert text == "Go west west"
    assert raw_span(alignment, 3, 7) == (4, 8)
    assert raw_span(alignment, 8, 12) == (31, 35)


def test_cells_that_read_alike_have_places_of_their_own():
    text, alignment, _ = plain("| sea | sea |\n|-----|-----|\n")
    assert text == "sea\n\nsea"
    assert raw_span(alignment, 0, 3) == (2, 5)
    assert raw_span(alignment, 5, 8) == (8, 11)


@pytest.mark.parametrize(
    "raw",
    [
        "Lind &amp; Frost went out to sea",
        "It cost 5 \\* 3 crowns at the pier",
        "A\u2003wide&nbsp;sea and a long pier",
        'She wrote \\"it is calm\\" on the pier',
    ],
)
def test_words_beside_an_entity_or_an_escape_are_found_at_their_places(raw):
    *_, last = places(raw)
    assert last[0] == last[1]


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ('It is <b class="sea">sea</b>.', (21, 24)),
        ("![](sea.png)sea", (12, 15)),
        ("```sea\nsea\n```\n", (7, 10)),
    ],
)
def test_a_word_that_stands_in_a_tag_too_has_the_place_of_the_word_read(raw, place):
    text, alignment, _ = plain(raw)
    at = text.index("sea")
    assert raw_span(alignment, at, at + 3) == place


def test_code_that_ends_the_text_without_a_line_end_is_found_at_its_place():
    assert places("    let it be") == [("let", "let"), ("it", "it"), ("be", "be")]


def test_inline_code_on_two_lines_is_found_at_its_place():
    assert places("`let it\nbe` so") == [("let", "let"), ("it", "it"), ("be", "be"), ("so", "so")]


@pytest.mark.parametrize("tag", ["<br>", "<br/>", "<BR />"])
def test_a_line_break_in_html_parts_words(tag):
    assert words(f"It is calm.{tag}It is late.") == ["It", "is", "calm.", "It", "is", "late."]


def test_entities_inside_a_block_of_html_are_characters():
    assert plain("<p>Lind &amp; Frost</p>\n")[0] == "Lind & Frost"


@pytest.mark.parametrize("tag", ["script", "style"])
def test_a_script_has_no_words(tag):
    assert words(f"<{tag}>\nlet x = 1;\n</{tag}>\n\nIt is calm.\n") == ["It", "is", "calm."]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_is_no_text_and_its_entries_are_strings(end):
    front = ["---", "Title: The calm sea", "author: Ada Lind", "date: 2031-05-01", "outlet: '7'", "---", "It is calm."]
    text, alignment, metadata = plain(end.join(front))
    assert text == "It is calm."
    assert metadata == {"title": "The calm sea", "author": "Ada Lind", "date": "2031-05-01", "outlet": "7"}
    assert raw_span(alignment, 0, 2).start == len(end.join(front)) - len("It is calm.")


def test_front_matter_entries_that_are_no_simple_values_are_left_out_and_lists_of_names_are_joined():
    front = "---\ntitle: Sea\nauthor:\n- Ada Lind\n- Bo Ek\nmore: {a: b}\nmost: [[a], b]\ndate:\n---\nText"
    assert plain(front)[2] == {"title": "Sea", "author": "Ada Lind, Bo Ek"}


def test_front_matter_may_end_with_dots():
    assert plain("---\ntitle: Sea\n...\nText")[::2] == ("Text", {"title": "Sea"})


@pytest.mark.parametrize(
    "raw",
    [
        "---\ntitle: [open\n---\nText",
        "---\njust words\n---\nText",
        "---\ntitle: Sea\nText without an end",
        "Text first\n\n---\ntitle: Sea\n---\n",
    ],
)
def test_what_is_no_front_matter_stays_text(raw):
    text, _, metadata = plain(raw)
    assert metadata == {}
    assert "Text" in text


@pytest.mark.parametrize("value", ["2031-02-30", "0b_", "[" * 5000, "2031-01-01 00:00:00+99:99"])
def test_front_matter_that_yaml_stumbles_over_raises_nothing(value):
    assert "Text" in plain(f"---\ndate: {value}\n---\nText")[0]
