import html
import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

import toolkit as tk
from toolkit import codebook
from toolkit.errors import ToolkitError
from toolkit.extract import annotate
from toolkit.report import narrative, reading, statements
from toolkit.report.blocks import Fragment
from toolkit.report.glance import glance, summary
from toolkit.report.wording import anchor, percent, plural
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.tables import Tables

HEAD = "A dam in the hills\n\nBy Ines Arvol\n\nTERNBURG, April 3, 2031 – The valley is calm.\n\n"
NOBODY = HEAD + "It rained and the gates were shut."
ONE = HEAD + "Mira Voss said that the dam would hold."
UNNAMED = HEAD + "Some residents said that the dam would hold."
TWO = HEAD + "Mira Voss said that the dam would hold. “It will stand for a hundred years,” said Tobin Lark."
ALONE = HEAD + "“It will stand for a hundred years.” The crowd went home."
MANY = HEAD + "\n\n".join(
    f"Mira Voss said that gate {n} leaked. Some residents called it “a gate of straw”." for n in range(20)
)


class Report(NamedTuple):
    tables: Tables
    parts: dict[str, Fragment]

    @property
    def html(self) -> str:
        return "".join(block.html() for part in self.parts.values() for block in part.blocks)

    def plain(self, part: str) -> str:
        return repr(self.parts[part])


@cache  # no test changes a table
def tables_of(*texts: str) -> Tables:
    return annotate(
        *from_texts(parse(f"d{i}", Path(f"texts/{i}.txt"), text.encode()) for i, text in enumerate(texts, 1))
    )


@cache
def report(text: str) -> Report:
    return report_on(tables_of(text))


def report_on(tables: Tables, include: str = "excerpts") -> Report:
    passages, sourcing = reading.Passages(tables, include), tk.sourcing(tables)
    voices = passages.voices
    return Report(
        tables,
        {
            "title": narrative.title(tables.documents),
            "glance": glance(voices, sourcing),
            "strip": reading.strip(passages),
            "summary": summary(voices, sourcing),
            "who": narrative.who_speaks(voices),
            "index": statements.index(passages),
            "statements": statements.ledger(passages),
            "limits": narrative.limits(tables.documents, tables.sentences),
            "provenance": narrative.provenance(tables.documents, bars=12),
            "article": reading.article(passages),
        },
    )


@pytest.fixture(scope="module")
def sample() -> Report:
    return report_on(tk.read(tk.sample()))


# --- the head ---


def test_the_title_says_what_by_whom_where_and_when():
    plain = report(ONE).plain("title")
    assert plain.splitlines()[1:] == ["A dam in the hills", "By Ines Arvol · TERNBURG · 3 April 2031"]


def test_a_text_without_a_headline_is_named_by_its_file():
    assert "Untitled text (texts/1.txt)" in report("It rained and the gates were shut.").plain("title")


def test_the_title_travels_with_the_notebook():
    _, metadata = report(ONE).parts["title"]._repr_mimebundle_()
    assert metadata["attribution"]["title"] == "A dam in the hills"


# --- at a glance ---


def measured() -> str:
    recall = next(row for row in codebook.accuracy() if row.measure == "recall")
    return f"{recall.value:.0%}"


def test_nothing_found_is_none_detected_with_the_measured_recall():
    made = report(NOBODY)
    assert "none detected" in made.plain("glance")
    assert "none detected" in made.plain("statements")
    for part in ("summary", "statements"):
        assert f"found {measured()}" in made.plain(part)
    assert "does not show that there are none" in made.plain("summary")


@pytest.mark.parametrize(
    ("text", "statements", "sources", "words", "own"),
    [
        (ONE, "one statement", "attributed to one source", 12, "58%"),  # 7 of 12: the valley is calm; Mira Voss said
        (UNNAMED, "one statement", "attributed to one source", 12, "58%"),
        (TWO, "2 statements", "attributed to 2 sources", 22, "45%"),
        (ALONE, "one statement", "without an identified speaker", 15, "53%"),
    ],
)
def test_the_lead_counts_statements_sources_and_words(text, statements, sources, words, own):
    assert report(text).plain("glance").splitlines()[0] == (
        f"This toolkit counted {statements} {sources} in this article of {words} words; "
        f"{own} of the words are the author’s own."
    )


def test_the_tiles_agree_in_number_with_what_they_count():
    assert "1 statement\n1 named source\n0 unnamed sources\n" in report(ONE).plain("glance")
    assert "1 statement\n0 named sources\n1 unnamed source\n" in report(UNNAMED).plain("glance")
    assert "2 statements\n2 named sources\n0 unnamed sources\n" in report(TWO).plain("glance")


def test_many_statements_are_counted_by_mode_and_by_name():
    modes = tables_of(MANY).attributions["mode"].value_counts()
    assert min(modes["mixed"], modes["indirect"]) > 15
    assert f"{modes.sum()} statements attributed to 2 sources" in report(MANY).plain("glance")
    plain = report(MANY).plain("summary")
    assert (
        f"{modes['mixed']} statements are partly in quotation marks, {modes['indirect']} in the article’s own" in plain
    )
    assert "No statement" not in plain
    assert f"{modes['mixed']} come from an unnamed source." in plain


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((1, 0, 0), "The statement is wholly in quotation marks. "),
        ((0, 2, 0), "Both statements are partly in quotation marks. "),
        ((0, 0, 3), "All 3 are in the article’s own wording. "),
        ((1, 0, 2), "One statement is wholly in quotation marks, 2 in the article’s own wording. "),
        ((0, 2, 1), "2 statements are partly in quotation marks, one in the article’s own wording. "),
        ((5, 1, 1), "5 statements are wholly in quotation marks, one partly, one in the article’s own wording. "),
    ],
)
def test_the_ways_of_telling_are_told_in_good_english(counts, told):
    modes = pd.DataFrame({"mode": ["direct", "mixed", "indirect"], "kind": "named", "statements": counts})
    voices = pd.DataFrame(
        {"doc_id": "d", "voice": ["author", "v"], "name": ["the author", "Mira Voss"], "kind": ["author", "named"]}
    ).assign(statements=[0, sum(counts)], words=[6, 2], share=[0.75, 0.25])
    plain = repr(summary(voices, modes))
    assert plain.startswith(f"The source is Mira Voss (2 words, 25%). {told}")


@pytest.mark.parametrize(
    ("by", "lead", "nameless"),
    [
        ({"named": (1,)}, "one statement attributed to one source in", ""),
        ({"unnamed": (1,)}, "one statement attributed to one source in", " It comes from an unnamed source."),
        ({"unnamed": (1, 1)}, "2 statements attributed to 2 sources in", " Both come from unnamed sources."),
        ({"unnamed": (3,)}, "3 statements attributed to one source in", " All come from an unnamed source."),
        ({"unidentified": (1,)}, "one statement without an identified speaker in", ""),
        ({"unidentified": (4,)}, "4 statements without an identified speaker in", ""),
        (
            {"named": (2,), "unidentified": (1,)},
            "3 statements, 2 of them attributed to one source, in",
            " One has no identified speaker.",
        ),
        (
            {"named": (1,), "unnamed": (2, 2), "unidentified": (3,)},
            "8 statements, 5 of them attributed to 3 sources, in",
            " 4 come from unnamed sources, and 3 have no identified speaker.",
        ),
    ],
)
def test_who_is_behind_the_statements_is_told_in_good_english(by, lead, nameless):
    rows = [(kind, n) for kind, each in by.items() for n in each]
    voices = pd.DataFrame({"kind": ["author", *(kind for kind, _ in rows)], "statements": [0, *(n for _, n in rows)]})
    voices = voices.assign(doc_id="d", voice=[f"v{i}" for i in voices.index], name="Ada", words=2, share=0.5)
    voices.loc[0, "voice"] = "author"
    sourcing = pd.DataFrame(rows, columns=["kind", "statements"]).assign(mode="direct")
    sourcing = pd.concat([sourcing, pd.DataFrame({"mode": ["mixed", "indirect"], "kind": "named", "statements": 0})])
    assert f"counted {lead} this article" in repr(glance(voices, sourcing))
    plain = repr(summary(voices, sourcing))
    assert f"in quotation marks.{nameless} The index" in plain


def test_of_quotations_alone_no_words_are_the_authors():
    alone = report("“It will stand for a hundred years.”\n\n“It will not.”")
    assert "; none of the words are the author’s own." in alone.plain("glance")


def test_one_statement_of_a_mode_stands_and_does_not_stand_in_the_plural():
    assert not re.search(r"\b(?:1|one) stand\b", report(TWO).plain("summary"))


def test_statements_that_nobody_is_given_for_are_told():
    assert "without an identified speaker" in report(ALONE).plain("glance")
    assert "no identified speaker" not in report(ONE).plain("summary")


def test_every_number_of_the_tiles_leads_to_a_place_in_the_report(sample):
    for made in (sample, report(ONE), report(ALONE)):
        places = set(re.findall(r' id="([^"]+)"', made.html))
        [tiles] = re.findall(r'<dl class="numbers">.*?</dl>', made.html)
        numbers = re.findall(r"<dd>(.*?)</dd>", tiles)
        assert len(numbers) == 4
        for number in numbers:
            [target] = re.findall(r'<a href="#([^"]+)">[\d,%]+</a>', number)
            assert target in places


def test_every_link_of_a_report_leads_to_one_place(sample):
    for made in (sample, report(NOBODY), report(ONE), report(ALONE), report(MANY)):
        places = re.findall(r' id="([^"]+)"', made.html)
        assert len(places) == len(set(places))
        assert set(re.findall(r'href="#([^"]+)"', made.html)) <= set(places)
        assert not re.search(r'href="(?!#)', made.html)


# --- who speaks ---


def test_the_table_of_voices_has_a_row_for_each_with_its_counts(sample):
    voices = tk.voices(sample.tables)
    lines = sample.plain("who").splitlines()
    header = next(i for i, row in enumerate(lines) if row.startswith("Voice\t"))
    rows = [row.split("\t") for row in lines[header + 1 : header + 1 + len(voices)]]
    assert [re.sub(r"\[[\w?]+\] |[“”]", "", row[0]) for row in rows] == voices["name"].tolist()
    assert [row[6] for row in rows] == [f"{n:,}" for n in voices["words"]]
    assert [row[2] for row in rows[1:]] == [str(n) for n in voices["statements"][1:]]


def test_the_author_makes_no_statements_in_the_table():
    [author] = [row for row in report(ONE).plain("who").splitlines() if row.startswith("the author\t")]
    assert author.split("\t")[2:6] == ["–"] * 4


# --- what each says ---


def items(made: Report) -> list[str]:
    return re.findall(r"<li[^>]*>(.*?)</li>", "".join(b.html() for b in made.parts["statements"].blocks))


def test_every_statement_is_listed_once_with_its_claimant_first(sample):
    for made in (sample, report(ONE), report(ALONE), report(MANY)):
        listed = items(made)
        assert len(listed) == len(made.tables.attributions)
        known = {*made.tables.actors["name"].str.lower(), "an unidentified speaker"}
        for item in listed:
            claimant = re.match(r'<p><strong class="claimant"><span class="name">([^<]+)</span></strong>', item)
            assert claimant
            assert html.unescape(claimant[1]).lower().strip("“”") in known


def test_the_verb_of_a_statement_is_the_articles_own_in_quotation_marks():
    assert "Mira Voss “said”: ‹that the dam would hold›" in report(ONE).plain("statements")


def test_words_in_quotation_marks_stand_as_they_are_and_others_between_brackets():
    plain = report(HEAD + "“It will hold for long,” said Mira Voss. She called it “a wall of straw”.").plain(
        "statements"
    )
    assert "Mira Voss “said”: “It will hold for long,” (direct" in plain
    assert "(“She”) “called”: ‹it “a wall of straw”› (partly in quotation marks" in plain


def test_a_statement_says_how_its_speaker_was_found_where_that_was_inferred():
    plain = report(ONE + " She said that it was new.").plain("statements")
    assert "sentence 6; pronoun: nearest fitting name before it" in plain
    assert "exact name" not in plain


def test_voices_are_headed_by_their_names_in_the_order_of_their_words(sample):
    headings = re.findall(r'<h3[^>]*>.*?<span class="name">(.*?)</span></h3>', sample.html)
    voices = tk.voices(sample.tables)
    named = voices.loc[voices["statements"] > 0, "name"].str.lower().tolist()
    assert [html.unescape(h).lower().strip("“”") for h in headings] == named


def test_of_an_unnamed_source_the_report_says_so():
    assert "The text gives no name." in report(UNNAMED).plain("statements")
    assert "The text gives no name." not in report(ONE).plain("statements")


def swapped(text: str) -> str:
    return re.sub(
        "Mira|Tobin|Voss|Lark", lambda m: {"Mira": "Tobin", "Voss": "Lark", "Tobin": "Mira", "Lark": "Voss"}[m[0]], text
    )


def test_two_speakers_who_change_places_change_nothing_but_their_names():
    text = TWO + " Lark warned that rain was near. President Voss called it “a gate of straw”."
    one, other = report(text), report(swapped(text))
    for part in one.parts.keys() - {"provenance"}:  # which holds the digest of the file
        assert swapped(one.plain(part)) == other.plain(part)


# --- limits and provenance ---


def test_the_limits_say_how_often_the_toolkit_errs_and_that_truth_is_not_checked():
    plain = report(ONE).plain("limits")
    assert f"found {measured()}" in plain
    assert "true was not checked" in plain
    assert "says nothing about the outlet" in plain


def test_a_text_in_another_language_is_called_so():
    plain = report("Der Damm wird bis zum Frühling halten, sagte die Ministerin am Dienstag.").plain("limits")
    assert "appears to be in another language (code “de”): expect that most statements were missed" in plain


def test_a_language_that_cannot_be_told_is_called_so():
    assert "Its language could not be told" in report("Rain.").plain("limits")


def test_an_english_text_has_no_note_on_its_language():
    assert "language" not in report(ONE).plain("limits")


def test_what_an_article_lacks_is_told():
    without = report("It rained all day and the gates of the old dam were shut.").plain("limits")
    assert "No headline was found." in without
    assert "No date of publication was found." in without
    whole = report(ONE).plain("limits")
    assert "was found." not in whole


def test_the_sentences_of_the_body_are_counted():
    assert "The counts of words cover the body (3 sentences)" in report(TWO).plain("limits")


def test_one_sentence_is_not_counted_in_the_plural():
    assert "were the one sentence" not in report("It rained all day and the gates of the old dam were shut.").plain(
        "limits"
    )


def test_the_provenance_names_file_digest_versions_and_parameters():
    rows = dict(row.split("\t") for row in report(ONE).plain("provenance").splitlines() if "\t" in row)
    assert rows["File"] == "texts/1.txt"
    assert rows["SHA-256"] == sha256(ONE.encode()).hexdigest()
    assert rows["Toolkit"].endswith(tk.__version__)
    assert rows["Parameter bars"] == "12"


# --- one document ---


@pytest.mark.parametrize(
    "part",
    [
        lambda t: narrative.title(t.documents),
        lambda t: narrative.limits(t.documents, t.sentences),
        lambda t: narrative.provenance(t.documents),
        pytest.param(lambda t: glance(tk.voices(t), tk.sourcing(t))),
        pytest.param(lambda t: narrative.who_speaks(tk.voices(t))),
        pytest.param(lambda t: statements.ledger(reading.Passages(t))),
    ],
    ids=["title", "limits", "provenance", "glance", "who_speaks", "statements"],
)
def test_a_part_on_one_document_refuses_two(part):
    with pytest.raises((ValueError, ToolkitError), match="one document"):
        part(tables_of(ONE, TWO))


# --- words ---


@pytest.mark.parametrize(
    ("n", "words"), [(0, "no sources"), (1, "one source"), (2, "2 sources"), (1200, "1,200 sources")]
)
def test_a_count_agrees_with_its_noun(n, words):
    assert plural(n, "source") == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (0.001, "under 1%"),
        pytest.param(0.005, "1%"),
        (0.5, "50%"),
        (1, "100%"),
    ],
)
def test_a_share_is_a_whole_percentage_and_none_only_where_there_is_none(share, words):
    assert percent(share) == words


def test_an_unnamed_sources_description_is_the_articles_and_stands_in_quotation_marks():
    made = report(UNNAMED)
    for part in made.parts.keys() - {"article"}:
        assert not re.search("(?<!“)some residents", made.plain(part), re.IGNORECASE)
    assert "“Some residents”" in made.plain("statements")


# --- how much of the text is shown ---


def test_excerpts_show_the_cited_sentences_and_no_others():
    plain = report_on(tables_of(ONE)).plain("article")
    assert "that the dam would hold" in plain
    assert "The valley is calm" not in plain


def test_a_report_without_the_source_holds_none_of_its_words_but_names_and_cues():
    made = report_on(tables_of(TWO), "none")
    words = made.html + "".join(made.plain(part) for part in made.parts)
    for phrase in ("dam would hold", "hundred years", "valley is calm"):
        assert phrase not in words
    assert "Mira Voss “said”: [words left out]" in made.plain("statements")


def test_without_the_source_every_statement_leads_to_where_its_sentence_stands():
    made = report_on(tables_of(TWO), "none")
    [voss] = [row for row in made.tables.sentences.itertuples() if row.number == 5]
    assert f"5\tbody\t2\t{voss.start}\t{voss.end}" in made.plain("article")
    places = set(re.findall(r' id="([^"]+)"', made.html))
    assert set(re.findall(r'href="#([^"]+)"', made.html)) <= places
    assert anchor(voss.sentence_id) in places


def test_an_unknown_measure_of_the_source_is_refused():
    with pytest.raises(ToolkitError, match="full, excerpts, none"):
        report_on(tables_of(ONE), "some")


def test_every_statement_stands_beside_the_sentences_that_it_rests_on(sample):
    for made in (sample, report(TWO)):
        cited = tk.evidence(made.tables)
        for statement in made.tables.attributions.itertuples():
            [item] = re.findall(rf'<li id="{anchor(statement.attribution_id)}">.*?</li>', made.html)
            sentences = cited.loc[cited["attribution_id"] == statement.attribution_id, "sentence_id"]
            shown = re.findall(r'<p><a href="#(s-[^"]+)">Sentence', item)
            assert shown == [anchor(sentence) for sentence in sentences]


def test_every_count_of_a_mode_leads_to_the_sentences_that_it_counts(sample):
    ledger = tk.ledger(sample.tables)
    index = sample.parts["index"].blocks[0].html()
    for mode, rows in ledger.groupby("mode"):
        [row] = re.findall(rf'<tr>(?:(?!</tr>).)*id="count-{mode}".*?</tr>', index)
        assert re.findall(r'href="#([^"]+)"', row) == [anchor(sentence) for sentence in rows["sentence_id"]]


def test_an_anchor_is_the_same_for_the_same_row_and_another_for_another():
    ids = ["d/s/0-5", "d/a/0-5", "d/actor/mira-voss", "unidentified", "d2/s/0-5"]
    anchors = [anchor(i) for i in ids]
    assert anchors == [anchor(i) for i in ids]
    assert len(set(anchors)) == len(ids)
    assert all(re.fullmatch(r"[a-z]-[0-9a-f]{10}", a) for a in anchors)


def test_parts_are_made_anew_from_the_same_tables_without_changing_them(sample):
    before = {name: frame.copy(deep=True) for name, frame in sample.tables.items()}
    again = report_on(sample.tables)
    assert again.html == sample.html
    for name, frame in sample.tables.items():
        pd.testing.assert_frame_equal(frame, before[name])
