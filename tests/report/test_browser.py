"""The page in a real browser: from the file system, with the network off."""

import pypdfium2 as pdfium
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from toolkit.report.blocks import Fragment, Paragraph, Statement, Statements, Title
from toolkit.report.displays import Table
from toolkit.report.inline import Mark, line
from toolkit.report.page import PageExporter

WIDE, NARROW = 1440, 360
LEDGER = "#ledger ~ ul.statements > li"


@pytest.fixture
def page(made, browse):
    return browse(made / "article.html")


def test_the_page_asks_for_nothing_and_the_browser_complains_of_nothing(made, browse, photograph):
    for name, width, scheme in (
        ("wide", WIDE, "light"),
        ("wide-dark", WIDE, "dark"),
        ("narrow", NARROW, "light"),
        ("narrow-dark", NARROW, "dark"),
    ):
        page = browse(made / "article.html", width, color_scheme=scheme)
        photograph(page, name)
        assert page.requested == [(made / "article.html").as_uri()]
        assert page.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_no_violation(made, browse, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = browse(made / "article.html", width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((closed) => { closed.open = true; })")
    found = axe.Axe().run(page)
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []


@pytest.mark.parametrize("width", [NARROW, 600, 820, 1120, WIDE])
def test_no_screen_scrolls_sideways(made, browse, width):
    page = browse(made / "article.html", width)
    page.evaluate("document.querySelectorAll('details').forEach((closed) => { closed.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_screen_says_who_speaks_in_a_sentence_in_numbers_and_as_a_strip(page):
    for part in (".lead", ".numbers", ".strip"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] < 900
    assert page.locator(".numbers dd").count() == 4


def test_every_stretch_of_the_strip_leads_to_its_sentence(page):
    stretches = page.locator(".strip li:not(.author) a")
    assert stretches.count() > 20
    for i in range(stretches.count()):
        target = stretches.nth(i).get_attribute("href").removeprefix("#")
        assert page.locator(f".n#{target}").count() == 1
        number = page.locator(f"#{target}").inner_text()
        assert stretches.nth(i).get_attribute("aria-label").endswith(f"sentence {number}")


def test_a_stretch_is_as_wide_as_it_has_words(page):
    widths = page.evaluate(
        "[...document.querySelectorAll('.strip li')].map("
        "(li) => [Number(li.style.getPropertyValue('--w')), li.getBoundingClientRect().width])"
    )
    per_word = [width / words for words, width in widths if words >= 10]
    assert max(per_word) < 1.1 * min(per_word)


def test_evidence_is_followed_to_the_article_and_back(page):
    item = page.locator(LEDGER).nth(4)
    place = item.get_attribute("id")
    item.locator("details a").first.click()
    sentence = page.url.partition("#")[2]
    assert page.locator(f"#{sentence}").evaluate("(it) => it.getBoundingClientRect().top") < 900
    page.locator(f'#{sentence} ~ a.voice[href="#{place}"]').first.click()
    assert page.url.endswith(f"#{place}")
    page.go_back()
    assert page.url.endswith(f"#{sentence}")


def test_on_a_wide_screen_the_sentence_stands_beside_its_statement(page):
    item = page.locator(LEDGER).first
    told, cited = item.locator("> p").bounding_box(), item.locator("details p").first.bounding_box()
    assert cited["x"] > told["x"] + told["width"]
    assert abs(cited["y"] - told["y"]) < 60


def test_on_a_narrow_screen_the_sentence_opens_in_place(made, browse):
    page = browse(made / "article.html", NARROW)
    item = page.locator(LEDGER).first
    assert not item.locator("details p").first.is_visible()
    item.locator("summary").click()
    assert item.locator("details p").first.is_visible()
    told, cited = item.locator("> p").bounding_box(), item.locator("details p").first.bounding_box()
    assert cited["y"] >= told["y"] + told["height"]


def test_without_scripts_all_still_reads(made, browse):
    page = browse(made / "article.html", java_script_enabled=False)
    assert page.locator(LEDGER).first.locator("details p").first.is_visible()
    assert page.locator("thead button").count() == 0
    assert page.locator("#table-voices tbody tr").last.is_visible()


def test_a_table_is_sorted_by_its_head_once_down_once_up(page):
    head = page.locator("#table-voices thead th").nth(2)
    column = page.locator("#table-voices tbody tr td:nth-child(3)")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    down = [int(words) for words in column.all_inner_texts() if words.isdigit()]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    up = [int(words) for words in column.all_inner_texts() if words.isdigit()]
    assert down == sorted(down, reverse=True)
    assert up == sorted(up)
    assert sorted(up) == sorted(down)


def test_numbers_are_sorted_as_numbers(page):
    head = page.locator("#table-voices thead th").nth(6)
    head.locator("button").click()
    words = [int(n.replace(",", "")) for n in page.locator("#table-voices tbody td:nth-child(7)").all_inner_texts()]
    assert words == sorted(words, reverse=True)


def test_of_a_long_table_the_first_rows_are_shown_until_all_are_asked_for(page):
    rows = page.locator("#table-voices tbody tr")
    shown = "(rows) => rows.filter((row) => row.checkVisibility()).length"
    assert rows.count() > 12
    assert rows.evaluate_all(shown) == 10
    page.emulate_media(media="print")
    assert rows.evaluate_all(shown) == rows.count()
    page.emulate_media(media="screen")
    button = page.locator(".table:has(#table-voices) + .more")
    assert button.inner_text() == f"Show all {rows.count()} rows"
    button.focus()
    page.keyboard.press("Enter")
    assert rows.evaluate_all(shown) == rows.count()
    button.click()
    assert rows.evaluate_all(shown) == 10


def test_a_link_to_an_entry_that_is_not_yet_shown_shows_it(page):
    place = page.locator("ul.statements.short > li").last.get_attribute("id")
    last = page.locator(f"#{place}")
    assert not last.is_visible()
    page.evaluate("(place) => { location.hash = place; }", place)
    last.wait_for(state="visible")


def test_dark_is_dark_and_light_is_light(made, browse):
    def background(scheme: str) -> int:
        page = browse(made / "article.html", color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, colour.strip("rgb()").split(",")))

    assert background("light") > 600
    assert background("dark") < 150


def test_the_keyboard_reaches_and_works_what_the_mouse_does(made, browse):
    page = browse(made / "article.html", NARROW)
    page.locator("#table-voices thead button").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#table-voices th").first.get_attribute("aria-sort") == "ascending"
    summary = page.locator(".evidence summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator(".evidence p").first.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "#s-" in page.url


def test_focus_can_be_seen_and_goes_in_the_order_of_the_page(page):
    tops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert tops[0] < 400
    assert all(later >= earlier - 80 for earlier, later in zip(tops, tops[1:], strict=False))


def test_printed_it_holds_everything_and_repeats_the_heads_of_tables(page, tmp_path):
    page.pdf(path=tmp_path / "printed.pdf", format="A4")
    paper = pdfium.PdfDocument(tmp_path / "printed.pdf")
    pages = [sheet.get_textpage().get_text_bounded() for sheet in paper]
    paper.close()
    words = " ".join(pages)
    assert "This toolkit counted" in words
    assert "Sentence 14" in words  # the evidence is open on paper
    [first] = [at for at, sheet in enumerate(pages) if "Voices, by their words" in sheet]
    names = page.locator("#table-voices tbody th").all_inner_texts()
    assert names[-1].split("\n")[-1] not in pages[first]  # the table goes on, and so does its head
    for head in ("Statements", "Indirect", "Share"):
        assert head in pages[first]
        assert head in pages[first + 1].partition(names[-1].split("\n")[-1])[0]


def test_the_page_is_small(made):
    assert (made / "article.html").stat().st_size < 300_000
    assert (made / "article.html").read_text(encoding="utf-8").count("<figure") >= 5


def test_words_without_an_end_do_not_widen_the_page(browse, tmp_path):
    endless = "https://example.org/" + "a-very-long-address/" * 12
    parts = line(endless)
    statement = Statement("a-1", parts, line("sentence 1"), (parts,), "s-1")
    shown = Fragment(
        Title("Report", endless, endless),
        Paragraph(parts, "passage"),
        Paragraph(line(Mark(parts, "A", 0, "direct", "a-1", endless)), "passage"),
        Statements((statement,)),
        Table(endless, ("File", "Value"), [(parts, parts)], "Value"),
    )
    data, about = shown._repr_mimebundle_()
    node = new_notebook(cells=[new_code_cell("", outputs=[new_output("display_data", data=data, metadata=about)])])
    html, _ = PageExporter().from_notebook_node(node, {"metadata": {"name": "long"}})
    (tmp_path / "long.html").write_text(html, encoding="utf-8")
    for width in (NARROW, 800, 1280, WIDE):
        opened = browse(tmp_path / "long.html", width)
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
