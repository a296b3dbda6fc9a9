import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pandas.testing as pdt
import pytest

import toolkit as tk
from toolkit.errors import ToolkitError
from toolkit.extract import annotate
from toolkit.report import reading, statements
from toolkit.report.blocks import Fragment, Paragraph
from toolkit.report.inline import Mark
from toolkit.report.key import VOICE_STYLES
from toolkit.report.wording import anchor
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.tables import Tables

TEXT = (
    "A dam in the hills\n\nBy Ines Arvol\n\nTERNBURG, April 3, 2031 – The valley is calm & <quiet>.\n\n"
    "Mira Voss said that the dam would hold. “It will stand,” said Tobin Lark, “for years.\n\n"
    "“It is a good dam.” Nobody doubts it."
)


@cache  # no test changes a table
def tables_of(*texts: str) -> Tables:
    return annotate(*from_texts(parse(f"d{i}", Path("x.txt"), text.encode()) for i, text in enumerate(texts, 1)))


def article(tables: Tables, include: str = "full") -> Fragment:
    return reading.article(reading.Passages(tables, include))


def page(fragment: Fragment) -> str:
    return "".join(block.html() for block in fragment.blocks)


class Words(HTMLParser):
    """The words of a page, without the numbers of sentences and the legend."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, _tag, attrs):
        self.inside.append(dict(attrs).get("class") or "")

    def handle_endtag(self, _tag):
        self.inside.pop()

    def handle_data(self, data):
        if not {"n", "legend", "letter"} & set(self.inside):
            self.words.append(data)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "It rained.",
        "It rained. “It will stand for a hundred years.”",
        " ".join(f"Gate {n} leaked." for n in range(150)),
        "…",
    ],
)
def test_the_articles_words_are_all_there_in_their_order(text):
    tables = tables_of(text)
    shown = "".join("".join(Words(page(article(tables))).words).split())
    assert shown == "".join(tables.documents["text"][0].split())


def test_the_samples_words_are_all_there_in_their_order():
    tables = tk.read(tk.sample())
    shown = "".join("".join(Words(page(article(tables))).words).split())
    assert shown == "".join(tables.documents["text"][0].split())


def test_every_sentence_has_its_number_and_a_place_to_lead_to():
    tables = tables_of(TEXT)
    shown = re.findall(r'<a class="n" id="([^"]+)" href="#([^"]+)"[^>]*>(\d+)</a>', page(article(tables)))
    assert [(place, int(number)) for place, _, number in shown] == [
        (anchor(row.sentence_id), row.number) for row in tables.sentences.itertuples()
    ]
    assert all(place == target for place, target, _ in shown)


def test_every_mark_leads_to_its_statement():
    tables = tables_of(TEXT)
    said = statements.ledger(reading.Passages(tables))
    places = set(re.findall(r' id="([^"]+)"', page(said)))
    shown = page(article(tables))
    targets = re.findall(r'<a class="voice[^"]*" href="#([^"]+)"', shown)
    assert len(targets) >= len(tables.attributions)
    assert set(targets) == {anchor(key) for key in tables.attributions["attribution_id"]} <= places
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= places | set(re.findall(r' id="([^"]+)"', shown))


def test_a_mark_holds_the_words_of_its_statement_and_its_speakers_name():
    shown = article(tables_of(TEXT))
    marks = [part for block in shown.blocks for part in block.parts if isinstance(part, Mark)]
    assert ("that the dam would hold", "Mira Voss", "indirect") in [(m.plain(), m.label, m.mode) for m in marks]
    assert ("“It will stand,”", "Tobin Lark", "direct") in [(m.plain(), m.label, m.mode) for m in marks]
    assert "The valley is calm & <quiet>." not in [m.plain() for m in marks]


def test_the_parts_of_the_article_are_paragraphs_of_their_own():
    shown = [block.plain() for block in article(tables_of(TEXT)).blocks][2:]  # after their place and the legend
    assert len(shown) == 5
    assert shown[0].split() == ["[1]", "A", "dam", "in", "the", "hills"]
    assert shown[2].startswith("[3] TERNBURG, April 3, 2031 – [4] The valley is calm")


def test_the_headline_stands_out():
    shown = article(tables_of(TEXT)).blocks
    assert [block.style for block in shown if isinstance(block, Paragraph)] == ["", "legend", "passage-headline"] + [
        "passage"
    ] * 4


def test_a_text_without_statements_has_no_legend_and_no_marks():
    shown = page(article(tables_of("It rained and the gates were shut.")))
    assert "voice" not in shown
    assert "legend" not in shown


def test_more_voices_than_styles_share_the_last_one():
    names = [f"{first} {last}" for first in ("Mira", "Tobin", "Oda") for last in ("Voss", "Lark", "Renn", "Holt")]
    tables = tables_of("A dam in the hills\n\n" + " ".join(f"{name} said that the dam would hold." for name in names))
    shown = article(tables)
    marks = [part for block in shown.blocks for part in block.parts if isinstance(part, Mark)]
    assert {mark.style for mark in marks} == set(range(VOICE_STYLES))
    assert len({mark.label for mark in marks if mark.style == VOICE_STYLES - 1}) == len(names) - VOICE_STYLES + 1
    assert len({mark.letter for mark in marks}) == len(names)
    assert "share one pattern" in shown.blocks[1].plain()


def test_the_legend_leads_to_each_voices_statements():
    tables = tables_of(TEXT)
    legend = article(tables).blocks[1].html()
    voices = tk.voices(tables)
    speakers = voices.loc[voices["statements"] > 0, "voice"]
    assert re.findall(r'href="#([^"]+)"', legend) == [anchor(voice) for voice in speakers]


def test_two_documents_are_refused():
    with pytest.raises((ValueError, ToolkitError), match="one document"):
        article(tables_of(TEXT, "It rained. Nobody came."))


def test_the_same_tables_give_the_same_article_and_stay_as_they_are():
    tables = tables_of(TEXT)
    before: dict[str, pd.DataFrame] = {name: frame.copy(deep=True) for name, frame in tables.items()}
    assert page(article(tables)) == page(article(tables))
    for name, frame in tables.items():
        pdt.assert_frame_equal(frame, before[name])
