import html
import re

import matplotlib as mpl
import pandas as pd
import pandas.testing as pdt
import pytest

import toolkit as tk
from toolkit.errors import ToolkitError
from toolkit.report import figures, whom
from toolkit.report.displays import Figure
from toolkit.report.reading import Passages


def voices(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Return the finding of one document: (name, kind, words) a voice, the author first."""
    frame = pd.DataFrame(rows, columns=["name", "kind", "words"])
    frame["share"] = frame["words"] / max(frame["words"].sum(), 1)
    return frame.assign(doc_id="d", voice=[f"v{i}" for i in range(len(rows))], statements=1)


FOUR = (
    ("the author", "author", 50),
    ("Mira Voss", "named", 30),
    ("some residents", "unnamed", 15),
    ("unidentified speakers", "unidentified", 5),
)


def figure(*rows: tuple[str, str, int], most: int = 12) -> Figure:
    [block] = figures.words_by_voice(voices(*rows), most=most).blocks
    return block


def labels(block: Figure) -> list[str]:
    """Return the words of the figure."""
    return [html.unescape(words) for words in re.findall(r"<text[^>]*>(.*?)</text>", block.svg)]


def test_the_same_voices_give_the_same_bytes_whatever_the_users_settings():
    once = figure(*FOUR)
    with mpl.rc_context({"font.size": 30, "axes.grid": True, "axes.labelsize": 20, "svg.hashsalt": "other"}):
        again = figure(*FOUR)
    assert once == again


def test_the_voices_stay_as_they_are():
    frame = voices(*FOUR)
    before = frame.copy(deep=True)
    figures.words_by_voice(frame)
    pdt.assert_frame_equal(frame, before)


def test_the_alternative_text_states_the_finding():
    assert figure(*FOUR).alt == (
        "Bar chart of words by voice: the author 50%, Mira Voss 30%, “some residents” 15%, "
        "unidentified speakers 5% of the body’s words."
    )


def test_every_bar_is_named_and_counted():
    shown = labels(figure(*FOUR))
    for name, _, words in FOUR:
        assert any(name in label for label in shown)
        assert any(label.strip() == str(words) for label in shown)


def test_every_kind_of_voice_that_is_drawn_is_explained():
    assert {"named source", "unnamed source", "unidentified speaker"} <= set(labels(figure(*FOUR)))
    assert "unnamed source" not in labels(figure(*FOUR[:2]))


def test_voices_with_fewest_words_are_left_out_and_the_caption_says_how_many():
    block = figure(*FOUR, most=2)
    assert "some residents" not in block.alt
    assert not any("some residents" in label for label in labels(block))
    assert "Voices with fewer words are not drawn." in block.caption
    assert "not drawn" not in figure(*FOUR).caption


def test_a_voice_without_words_has_no_bar():
    block = figure(*FOUR, ("Tobin Lark", "named", 0))
    assert "Tobin Lark" not in block.alt
    assert "not drawn" not in block.caption


@pytest.mark.parametrize("most", [0, -1])
def test_a_figure_of_no_bars_is_an_error_that_says_what_to_do(most):
    with pytest.raises(ToolkitError, match=f"{most} bars.*1 or more"):
        figure(*FOUR, most=most)


@pytest.mark.parametrize("name", ["$x$", "a $5 and a $6 note", "\\$x$", "x_1^2", "\\frac{a}{b}", "$$", "%d {0}"])
def test_a_name_is_no_formula(name):
    block = figure(FOUR[0], (name, "named", 7))
    assert name in block.alt
    assert "Oblique" not in block.svg  # the letters of formulas


def test_a_long_name_is_shortened_in_the_figure_and_whole_in_its_text():
    name = "the deputy undersecretary of the standing committee on the drainage of the lower valley"
    block = figure(FOUR[0], (name, "unnamed", 7))
    assert name in block.alt
    [label] = [label for label in labels(block) if label.startswith("“the deputy")]
    assert "…" in label
    assert len(label) <= 40


def test_a_long_name_of_one_word_keeps_its_beginning():
    block = figure(FOUR[0], ("Grossschifffahrtswegneubauamtsvorsteherin", "named", 7))
    assert any(label.startswith("Grossschiff") for label in labels(block))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "--> <script>", "&amp;", 'a "b"', "]]>"])
def test_a_name_is_no_markup(name):
    block = figure(FOUR[0], (name, "named", 7))
    assert "<script" not in block.svg
    assert "<script" not in block.html()


@pytest.mark.parametrize("name", ["Ørsted Ångström", "Ελένη", "Дарья", "مريم"])
def test_names_in_other_letters_are_drawn(name):
    assert name in figure(FOUR[0], (name, "named", 7)).alt


def test_a_name_whose_letters_the_font_lacks_is_drawn_without_a_warning():
    assert "김민준" in figure(FOUR[0], ("김민준", "named", 7)).alt


def test_where_one_voice_has_all_words_there_is_nothing_to_compare():
    for words in (0, 36):
        voices = pd.DataFrame({"voice": ["author"], "name": ["the author"], "kind": ["author"], "words": [words]})
        assert not figures.words_by_voice(voices.assign(doc_id="d", statements=0, share=1.0)).blocks
    alone = pd.DataFrame({"paragraph": [1, 2], "author": [9, 8], "direct": [0, 0], "mixed": [0, 0], "indirect": [0, 0]})
    assert not figures.words_by_paragraph(alone).blocks


def test_the_figures_drawn_stand_in_a_table_behind_every_picture():
    data = figure(*FOUR).data
    assert [tuple(cell[0].plain() for cell in row) for row in data.rows] == [
        ("the author", "50", "50%"),
        ("Mira Voss", "30", "30%"),
        ("“some residents”", "15", "15%"),
        ("unidentified speakers", "5", "5%"),
    ]


def test_statements_are_drawn_by_kind_of_source_and_mode():
    sourcing = pd.DataFrame(
        {
            "kind": ["named", "named", "unnamed", "unidentified"],
            "mode": ["direct", "indirect", "mixed", "direct"],
            "statements": [3, 2, 1, 0],
        }
    )
    [block] = figures.statements_by_source(sourcing).blocks
    assert block.alt == (
        "Stacked bars of statements by kind of source. named sources: 3 direct, 2 in the article’s wording; "
        "unnamed sources: 1 partly in quotation marks."
    )
    assert "unidentified speakers" not in labels(block)


def test_cues_are_drawn_in_quotation_marks_the_most_frequent_first():
    cues = pd.DataFrame({"cue": ["say", "warn", "add", None], "statements": [5, 2, 1, 4]})
    [block] = figures.statements_by_cue(cues, most=2).blocks
    assert block.alt == "Bar chart of statements by cue: “say” 5, “warn” 2."
    assert "Cues of no more statements than these are not drawn." in block.caption


def test_words_are_drawn_by_paragraph_and_it_is_told_where_others_speak_most():
    paragraphs = pd.DataFrame(
        {"paragraph": [1, 2, 3], "author": [9, 2, 4], "direct": [0, 8, 2], "mixed": [0, 0, 1], "indirect": [0, 0, 2]}
    )
    [block] = figures.words_by_paragraph(paragraphs).blocks
    assert "more than half of the words in 2 paragraphs: 2, 3." in block.alt


def test_where_there_is_nothing_to_draw_there_is_no_figure():
    none = pd.DataFrame({"kind": ["named"], "mode": ["direct"], "statements": [0]})
    assert not figures.statements_by_source(none).blocks
    assert not figures.statements_by_cue(pd.DataFrame({"cue": [], "statements": []})).blocks
    empty = pd.DataFrame({c: [] for c in ("paragraph", "author", "direct", "mixed", "indirect")})
    assert not figures.words_by_paragraph(empty).blocks


def test_two_figures_of_one_page_share_no_identifier():
    one = figure(*FOUR).svg
    sourcing = pd.DataFrame({"kind": ["named"], "mode": ["mixed"], "statements": [2]})
    [other] = figures.statements_by_source(sourcing).blocks
    places = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (one, other.svg)]
    assert all(places)
    assert not places[0] & places[1]


def pairs(*names: tuple[str, str], kind: str = "named") -> pd.DataFrame:
    rows = [{"voice": a, "about": b, "name": a, "about_name": b, "kind": kind, "mentions": 1} for a, b in names]
    return pd.DataFrame(rows).assign(doc_id="d", sentence_id="d/s/0", number=1)


def test_two_who_mention_each_other_take_little_room():
    [few] = figures.network(pairs(("Mira Voss", "Tobin Lark"))).blocks
    [many] = figures.network(pairs(*((f"Voice {n}", "Tobin Lark") for n in range(8)))).blocks
    heights = [float(re.search(r' height="([\d.]+)pt"', block.svg)[1]) for block in (few, many)]
    assert heights[0] < 0.5 * heights[1]


def test_who_has_no_name_is_quoted_where_it_mentions_somebody():
    [block] = figures.network(pairs(("some residents", "Tobin Lark"), kind="unnamed")).blocks
    assert "“some residents” one time Tobin Lark" in block.alt
    assert "“some residents”" in labels(block)


def test_a_picture_leaves_its_letters_to_the_page():
    svg = figure(*FOUR).svg
    assert svg.startswith("<svg ")
    assert 'font-family="DejaVu Sans,sans-serif"' in svg[:200]
    assert "font-family:" not in svg  # which would go before the page's own font


def test_no_actor_under_several_names_is_none_detected_with_what_was_measured(sample):
    told = repr(whom.names(Passages(sample), tk.naming(sample).head(0)))
    assert told.startswith("An actor under more than one name: none detected. Of ")
    assert "this version found" in told
