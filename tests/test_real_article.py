"""A real article, read where it is: its report is right where a reader would look first.

Its text is not part of the project. Nothing of it stands here but single names, which any report on the
article would hold.
"""

import re
from pathlib import Path

import pytest

import toolkit as tk

FOUND = sorted((Path(__file__).parents[2] / "shared" / "source").glob("*.txt"))
pytestmark = pytest.mark.skipif(not FOUND, reason="the article is not beside this checkout")


@pytest.fixture(scope="module")
def tables():
    return tk.read(FOUND[0])


def test_its_parts_are_found(tables):
    document = tables.documents.iloc[0]
    assert document.title.endswith("?")
    assert document.author == "Peter Weiss"
    assert (document.dateline, document.published, document.language) == ("Kiev", "2025-05-01", "en")
    lines = [line for line in FOUND[0].read_text(encoding="utf-8").splitlines() if line.strip()]
    assert tables.sentences.paragraph.max() == len(lines) - 2  # all but the headline and the byline


def test_every_long_quotation_is_somebodys(tables):
    text = tables.documents.text[0]
    content = tables.attribution_spans[tables.attribution_spans.role == "content"]
    for quotation in re.finditer(r"“[^”]{60,}”", text):
        covering = (content.start <= quotation.start() + 1) & (content.end >= quotation.end() - 1)
        assert covering.any(), quotation.start()


def test_its_speakers_are_found_and_none_is_split(tables):
    names = set(tables.actors.name)
    surnames = ["Putin", "Peskov", "Podoljak", "Tsarev", "Kozyulin", "Leonkov", "Lukyanov", "Asmolov"]
    for surname in surnames:
        assert len([n for n in names if n.endswith(surname)]) == 1, surname
    assert not {n for n in names if n.lower() in {"he", "it", "the expert", "the spokesman"}}
    voices = tk.voices(tables).set_index("name")
    assert voices.loc["Fyodor Lukyanov", "statements"] >= 5
    assert voices.loc["Alexei Leonkov", "statements"] >= 3
    assert voices.loc["Vadim Kozyulin", "statements"] == 2


@pytest.mark.usefixtures("without_kernel")
def test_its_report_is_made_and_leads_from_every_statement_to_its_sentence(toolkit_here, tmp_path):
    done = toolkit_here("report", FOUND[0], "--out", "made")
    assert done.returncode == 0, done.stderr
    page = next((tmp_path / "made").rglob("article.html")).read_text(encoding="utf-8")
    targets = set(re.findall(r'href="#([^"]+)"', page))
    anchors = set(re.findall(r' id="([^"]+)"', page))
    assert len(targets) > 60
    assert targets <= anchors
    assert next((tmp_path / "made").rglob("article.pdf")).stat().st_size > 100_000


def test_its_numbers_and_the_acts_that_it_invokes_are_those_that_a_reader_finds(tables):
    assert tables.quantities[["low", "high"]].min(axis=1).tolist() == [200_000, 200_000, 2_000, 2_000]
    assert tables.quantities["counted"].notna().all()
    often = tables.references.groupby("instrument", dropna=False)["reference_id"].count().sort_values(ascending=False)
    assert often.tolist() == [7, 2, 2, 1]
    assert often["UN Charter"] == 2
    assert tables.references["article"].dropna().tolist() == ["4", "4"]
