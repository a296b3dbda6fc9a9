"""The index in a real browser, with the network off and titles that would be markup if they could."""

import pytest

from toolkit.report.batch import Outcome
from toolkit.report.batch.index import index
from toolkit.report.batch.worker import Failure
from toolkit.report.parameters import load
from toolkit.report.plan import Run
from toolkit.source.content import Unread

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def page(tmp_path, browse):
    """Return a function that opens an index of three reports, a failure and a text that was not read."""

    def run(doc_id):
        return Run(f"{doc_id}/article", doc_id, tmp_path / "a.csv", "", "0" * 64, load("article"), {"bars": 3})

    def made(title):
        return {"about": {"title": title}, "outputs": {"article.html": "0" * 64}, "warnings": []}

    titles = {"b": "Snow on the gate", "c": HOSTILE, "a": "Rain"}
    outcomes = [Outcome(run(doc_id), made(title)) for doc_id, title in titles.items()]
    outcomes.append(Outcome(run("d"), None, Failure(HOSTILE)))
    path = tmp_path / "index.html"
    path.write_bytes(index(outcomes, [Unread(HOSTILE, f"{HOSTILE} has no text")], tmp_path))
    return lambda width=1200, **settings: browse(path, width, **settings)


def test_reports_are_searched_and_sorted_by_the_keyboard_and_nothing_is_asked_for(page):
    opened = page()
    rows = opened.locator("tbody tr:visible")
    opened.get_by_label("Search").press_sequentially("gate snow")
    assert rows.count() == 1
    assert opened.get_by_role("status").inner_text() == "1 of 3"
    opened.get_by_label("Search").fill("")
    opened.locator("thead button").nth(1).press("Enter")
    assert [rows.nth(i).locator("td").first.inner_text() for i in range(3)] == ["a", "b", "c"]
    assert len(opened.requested) == 1
    assert opened.complaints == []
    assert opened.locator("img").count() == 0
    assert HOSTILE in opened.locator("tbody").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_index_is_open_to_all_and_fits_a_narrow_screen(page, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    opened = page(360, color_scheme=scheme)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    assert [v["id"] for v in axe.Axe().run(opened).response["violations"]] == []


def test_of_many_that_were_not_read_the_first_are_shown_and_the_others_on_demand(tmp_path):
    unread = [Unread(f"{n}.txt", f"{n}.txt is empty") for n in range(1200)]
    page = index([], unread, tmp_path).decode()
    shown, folded = page.split("<details>")
    assert shown.count(" is empty</li>") == 8
    assert folded.count(" is empty</li>") == 1192
    assert "<summary>1,192 more</summary>" in folded
    assert "1,200 texts could not be read." in page
