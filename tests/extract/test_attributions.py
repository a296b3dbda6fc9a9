import json
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pandas.testing as pdt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit import codebook
from toolkit.errors import SourceError
from toolkit.extract import annotate
from toolkit.extract.attributions import NAME_COLUMNS, attributions
from toolkit.extract.attributions.relations import Relation, relations
from toolkit.extract.sentences import sentences
from toolkit.model.tagger import Tagged
from toolkit.source.clean import clean
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.source.quotes import quotes
from toolkit.source.segment import WORD
from toolkit.spans import Span
from toolkit.tables import Tables, conform
from toolkit.tables.contracts import ATTRIBUTION_SPANS, ATTRIBUTIONS, DOCUMENTS, ROLES, SCHEMAS


def loaded(*texts: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    return from_texts(parse(f"d{i}", Path("x.txt"), text.encode()) for i, text in enumerate(texts, 1))


def extracted(*texts: str) -> Tables:
    return annotate(*loaded(*texts))


def read(body: str) -> list[dict[str, Any]]:
    """Return the attributions of a text in reading order, each role as a list of written fragments."""
    # a headline of its own, so that the body's first line is none
    documents, _ = loaded(f"A dam in the hills\n\n{body}")
    text = documents["text"][0]
    found = attributions(documents)
    rows = {row["attribution_id"]: {**row, **{r: [] for r in ROLES}} for row in found.relations.to_dict("records")}
    for span in found.spans.sort_values("start").itertuples():
        rows[span.attribution_id][span.role].append(text[span.start : span.end])
    return list(rows.values())


def said(body: str) -> list[tuple[str, str, str, str]]:
    """Return (mode, source, cue, content) of every attribution, fragments joined by a bar."""
    return [(row["mode"], *("|".join(row[role]) for role in ROLES)) for row in read(body)]


def speaker(body: str, words: str) -> str:
    """Return the source of the attribution whose content has the words, the one it goes on with included."""
    rows = {row["attribution_id"]: row for row in read(body)}
    [row] = [row for row in rows.values() if words in "|".join(row["content"])]
    return "|".join((row if row["source"] or pd.isna(row["continues"]) else rows[row["continues"]])["source"])


# --- one relation ---

STATEMENTS = [
    (
        "Mira Voss said “the dam will hold until spring”.",
        ("direct", "Mira Voss", "said", "“the dam will hold until spring”"),
    ),
    (
        "“The dam will hold until spring,” said Mira Voss.",
        ("direct", "Mira Voss", "said", "“The dam will hold until spring,”"),
    ),
    (
        "“The dam will hold until spring,” said Mira Voss, head of the works.",
        ("direct", "Mira Voss, head of the works", "said", "“The dam will hold until spring,”"),
    ),
    (
        "“The dam will hold until spring,” Mira Voss said.",
        ("direct", "Mira Voss", "said", "“The dam will hold until spring,”"),
    ),
    (
        "“Will the dam hold until spring?” she asked.",
        ("direct", "she", "asked", "“Will the dam hold until spring?”"),
    ),
    ("An official said that the dam leaked.", ("indirect", "An official", "said", "that the dam leaked")),
    (
        "“The dam,” Mira Voss said, “will hold until spring.”",
        ("direct", "Mira Voss", "said", "“The dam,”|“will hold until spring.”"),
    ),
    (
        "Mira Voss told reporters: “The dam will hold until spring.”",
        ("direct", "Mira Voss", "told", "“The dam will hold until spring.”"),
    ),
    (
        "Mira Voss said that the dam would hold “until spring”.",
        ("mixed", "Mira Voss", "said", "that the dam would hold “until spring”"),
    ),
    (
        "Mira Voss called the dam “a wall of paper and hope”.",
        ("mixed", "Mira Voss", "called", "the dam “a wall of paper and hope”"),
    ),
    ("Mira Voss claimed the dam would hold.", ("indirect", "Mira Voss", "claimed", "the dam would hold")),
    (
        "Mira Voss has never denied that the dam leaked.",
        ("indirect", "Mira Voss", "has never denied", "that the dam leaked"),
    ),
    ("The dam will hold, Mira Voss said on Monday.", ("indirect", "Mira Voss", "said", "The dam will hold")),
    ("Mira Voss refused to open the gate.", ("indirect", "Mira Voss", "refused", "to open the gate")),
    (
        "Mira Voss is convinced that the dam will hold.",
        ("indirect", "Mira Voss", "is convinced", "that the dam will hold"),
    ),
    ("According to Mira Voss, the dam will hold.", ("indirect", "Mira Voss", "According to", "the dam will hold")),
    ("The dam will hold, according to Mira Voss.", ("indirect", "Mira Voss", "according to", "The dam will hold")),
    ("The dam, according to him, will hold.", ("indirect", "him", "according to", "The dam|will hold")),
]


@pytest.mark.parametrize(("body", "relation"), STATEMENTS)
def test_a_statement_has_its_mode_source_cue_and_content(body, relation):
    assert said(f"It rained all day in the hills, and the lake rose.\n\n{body}\n\nThe road was closed.") == [relation]


def test_two_quotations_side_by_side_keep_their_own_speakers():
    body = "Mira Voss said: “The dam will hold.” “The gate will not hold at all,” Tobin Lark said."
    assert said(body) == [
        ("direct", "Mira Voss", "said", "“The dam will hold.”"),
        ("direct", "Tobin Lark", "said", "“The gate will not hold at all,”"),
    ]


def test_a_quotation_over_three_paragraphs_is_one_content():
    body = "Mira Voss said: “The dam will hold.\n\n“So will the wall.\n\n“So will the gate.” All left."
    assert said(body) == [("direct", "Mira Voss", "said", "“The dam will hold.|“So will the wall.|“So will the gate.”")]


def test_a_statement_is_of_the_class_that_the_codebook_gives_its_verb():
    rows = read("Mira Voss claimed that the dam would hold. Tobin Lark vowed to open it.")
    assert [(row["cue_lemma"], row["cue_class"]) for row in rows] == [
        ("claim", codebook.cues()["claims"].cue_class),
        ("vow", codebook.cues()["vows"].cue_class),
    ]


def test_the_verb_is_found_in_a_longer_cue():
    [row] = read("The council has repeatedly denied that the dam leaks.")
    assert row["cue_lemma"] == "deny"


def test_confidence_is_a_share_and_higher_for_what_is_plain():
    [plain] = read("The finance minister said on Monday that the tax would rise.")
    assert 0.9 < plain["confidence"] <= 1


# --- quotations without a source of their own ---


def test_a_quotation_in_the_same_paragraph_goes_on_with_its_speaker():
    body = "“We built it well,” said Mira Voss. “It will stand for a hundred years.”"
    assert speaker(body, "a hundred years") == "Mira Voss"


def test_a_paragraph_of_nothing_but_a_quotation_goes_on_with_the_speaker_before_it():
    body = "Mira Voss said that the dam was new.\n\n“It will stand for a hundred years.”\n\nIt rained."
    assert speaker(body, "a hundred years") == "Mira Voss"


def test_a_quotation_that_nobody_is_given_for_has_no_source():
    [row] = read("“It will stand for a hundred years.” The crowd went home.")
    assert row["source"] == row["cue"] == []
    assert pd.isna(row["continues"])


def test_a_few_quoted_words_without_a_cue_are_no_statement():
    assert said("The “old wall” fell. Nobody was there.") == []


@pytest.mark.parametrize(
    "body",
    [
        "Official statements were late.",
        "The reports reached the desk at noon.",
        "Ships of the United States left the harbour.",
        "The train from the capital was an hour late, and the harbour was full of ships.",
        "Take a rope of, say, five metres and tie it to the mast.",
    ],
)
def test_where_nobody_says_anything_nothing_is_found(body):
    assert said(body) == []


# --- what marks decide: relations from what a tagger gave ---


def tied(text: str, *tagged: Tagged) -> list[Relation]:
    paragraphs = [Span(*m.span()) for m in re.finditer(r"[^\n]+", text)]
    return relations(text, paragraphs, quotes(text, paragraphs), tagged)


def at(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


def written(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[a:b] for a, b in spans]


def test_a_heading_is_no_source_and_what_stands_before_the_cue_is():
    text = "The border\n\nOrrin said that the gate was shut."
    one = Tagged(at(text, "The border"), at(text, "said"), at(text, "that the gate was shut"), 0.9)
    assert written(text, tied(text, one)[0].source) == ["Orrin"]
    sentence = text.replace("The border", "Mira Voss came.")
    [found] = tied(
        sentence, Tagged(at(sentence, "Mira Voss"), at(sentence, "said"), at(sentence, "that the gate"), 0.9)
    )
    assert written(sentence, found.source) == ["Mira Voss"]


def test_a_content_takes_the_whole_of_a_quotation_that_it_mostly_covers():
    text = "“The dam will hold until spring,” she said."
    [found] = tied(text, Tagged(at(text, "she"), at(text, "said"), at(text, "dam will hold until"), 0.9))
    assert written(text, found.content) == ["“The dam will hold until spring,”"]


def test_a_content_that_touches_a_quotation_leaves_it_alone():
    text = "He said the wall and “the gate, the road and the whole of the mill” fell."
    [found, *_] = tied(text, Tagged(at(text, "He"), at(text, "said"), at(text, "the wall and “the"), 0.9))
    assert written(text, found.content) == ["the wall and “the"]


def test_a_quotation_that_no_content_claims_goes_on_with_the_speaker_in_its_paragraph():
    text = "She said it was late. “The dam will hold until spring.”"
    _, two = tied(text, Tagged(at(text, "She"), at(text, "said"), at(text, "it was late"), 0.9))
    assert (two.found_by, two.continues) == ("quotation goes on", 0)
    assert written(text, two.content) == ["“The dam will hold until spring.”"]


def test_a_quotation_in_a_paragraph_of_its_own_words_stands_alone():
    text = "She said it was late.\n\nA sign hung there. “The dam will hold until spring.”"
    *_, last = tied(text, Tagged(at(text, "She"), at(text, "said"), at(text, "it was late"), 0.9))
    assert (last.found_by, last.continues) == ("quotation alone", None)


@pytest.mark.parametrize(
    ("cue", "shares"), [("vowed", True), ("is said to", False), ("it was clear", False), ("is convinced", True)]
)
def test_an_impersonal_cue_does_not_share_the_source_of_its_neighbour(cue, shares):
    text = f"She said it was late and {cue} go on."
    first = Tagged(at(text, "She"), at(text, "said"), at(text, "it was late"), 0.9)
    _, second = tied(text, first, Tagged(at(text, "She"), at(text, cue), at(text, "go on"), 0.9))
    assert second.source == (first.source if shares else ())


# --- what the layout says ---


def test_labels_say_who_speaks_and_what_others_say_ends_where_they_begin():
    text = "As follows:\n\nVOSS: It leaks.\n\nLARK: Where?\n\nVOSS: At the gate.\n\nLARK: I see."
    first = Tagged(at(text, "VOSS"), (Span(17, 18),), at(text, "It leaks.\n\nLARK: Where?"), 0.9)
    found = tied(text, first)
    assert [(written(text, r.source), written(text, r.content), r.found_by) for r in found] == [
        (["VOSS"], ["It leaks."], "label"),
        (["LARK"], ["Where?"], "label"),
        (["VOSS"], ["At the gate."], "label"),
        (["LARK"], ["I see."], "label"),
    ]


@pytest.mark.parametrize(
    "text",
    ["UPDATE: It leaks.\n\nIt rained.", "Pros: It holds.\n\nCons: It leaks.", "Time: 12:30\n\nTime: 13:30"],
)
def test_headings_with_a_colon_are_no_labels(text):
    assert tied(text) == []


@pytest.mark.parametrize("dash", ["―", "—", "--"])
def test_a_name_behind_a_quotation_signs_it(dash):
    text = f"“The dam leaks at the gate.” {dash} Mira Voss\n\n“It does not leak at all.” {dash} Tobin Lark, engineer"
    whole = Tagged(
        at(text, "Mira Voss"), at(text, dash), (Span(0, 28), Span(text.index("“It"), text.index("l.”") + 3)), 0.9
    )
    one, two = tied(text, whole)
    assert (written(text, one.source), one.found_by) == (["Mira Voss"], "signature")
    assert written(text, one.content) == ["“The dam leaks at the gate.”"]
    assert written(text, two.source) == ["Tobin Lark, engineer"]
    assert written(text, two.content) == ["“It does not leak at all.”"]


def test_a_verb_of_saying_and_a_colon_introduce_the_next_paragraph():
    text = "In it, Voss observed:\n\nThe dam will hold until spring.\n\nIt rained."
    [found] = tied(text, Tagged(at(text, "Voss"), at(text, "observed"), (), 0.9))
    assert (written(text, found.source), written(text, found.cue)) == (["Voss"], ["observed"])
    assert written(text, found.content) == ["The dam will hold until spring."]
    assert tied(text.replace("observed", "harbour")) == []


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("His aunt wrote], “The ferry is late again.” It rained.", "wrote", "“The ferry is late again.”"),
        ("A guard who asked me if the gate was shut left.", "asked", "if the gate was shut left"),
        ("The clerk told reporters that the dam leaks, but he left.", "told", "that the dam leaks"),
        ("They stop to think how old the gate is; it rained.", "think", "how old the gate is"),
    ],
)
def test_a_cue_without_a_content_governs_the_quotation_or_clause_right_behind_it(text, cue, content):
    bare = Tagged((), at(text, cue), (), 0.9)
    [found] = tied(text, bare)
    assert (written(text, found.content), found.found_by) == ([content], "complement")
    # what somebody else says stays theirs
    other = Tagged(at(text, text.split()[0]), at(text, text.split()[1]), at(text, content), 0.9)
    assert [(written(text, one.content), one.found_by) for one in tied(text, bare, other)] == [([content], "tagger")]


@pytest.mark.parametrize("text", ["He asked why.", "She called “home”.", "They asked him the name of the gate."])
def test_a_cue_governs_nothing_where_no_clause_and_no_quotation_follow(text):
    assert tied(text, Tagged((), at(text, text.split()[1]), (), 0.9)) == []


def test_what_goes_on_behind_a_quotation_and_its_cue_is_not_part_of_what_was_said():
    text = "“The dam leaks,” Mira Voss said, and the train came in."
    quote, rest = Span(0, 16), Span(text.index("and"), len(text) - 1)
    [found] = tied(text, Tagged(at(text, "Mira Voss"), at(text, "said"), (quote, rest), 0.9))
    assert written(text, found.content) == ["“The dam leaks,”"]
    clause = "“The dam leaks,” Mira Voss said, that it will not hold."
    rest = Span(clause.index("that"), len(clause) - 1)
    [found] = tied(clause, Tagged(at(clause, "Mira Voss"), at(clause, "said"), (quote, rest), 0.9))
    assert written(clause, found.content) == ["“The dam leaks,”", "that it will not hold"]


# --- tables ---


BODIES = (
    "“The dam,” Mira Voss said, “will hold.” She promised to inspect it.",
    "According to Tobin Lark, the gate leaks. “It is an old gate and a rusty one.” All left.",
)


def test_the_same_documents_give_the_same_attributions_and_stay_as_they_are():
    documents = extracted(*BODIES).documents
    rows = sentences(documents)
    before = documents.copy(deep=True), rows.copy(deep=True)
    once, again = attributions(documents), attributions(documents)
    for one, two in zip(once, again, strict=True):
        pdt.assert_frame_equal(one, two)
    pdt.assert_frame_equal(once.relations, conform(once.relations, ATTRIBUTIONS))
    pdt.assert_frame_equal(once.spans, conform(once.spans, ATTRIBUTION_SPANS))
    pdt.assert_frame_equal(documents, before[0])
    pdt.assert_frame_equal(rows, before[1])


def test_nothing_to_read_gives_empty_tables_with_all_columns():
    none = attributions(conform(pd.DataFrame(), DOCUMENTS))
    assert [len(frame) for frame in none] == [0, 0, 0]
    columns = [list(ATTRIBUTIONS.columns), list(ATTRIBUTION_SPANS.columns), list(NAME_COLUMNS)]
    assert [list(frame.columns) for frame in none] == columns


def test_a_text_without_statements_gives_empty_tables_with_all_columns():
    tables = extracted("A dam in the hills\n\nIt rained.")
    assert {name: list(frame.columns) for name, frame in tables.items()} == {
        name: list(schema.columns) for name, schema in SCHEMAS.items()
    }
    assert tables.attributions.empty
    assert tables.attribution_spans.empty
    assert tables.actors.empty


def test_a_document_reads_the_same_alone_and_among_others():
    alone, among = extracted(BODIES[0]), extracted(*BODIES)
    own = among.attributions[among.attributions["doc_id"] == "d1"]
    pdt.assert_frame_equal(own.reset_index(drop=True), alone.attributions)


CLUES = (
    *["“", "”", "«", "»", "„", "‟", '"', "‘", "’", "'", "``", "''", "(", ")", ",", ".", ":", ";", "?", "!", "–", "—"],
    *("\n", "\n\n", " ", "said", "says", "told", "called", "that", "and promised to", "was confirmed", "to", "not"),
    *("according to", "According to", "in her opinion", "In Lark’s view", "who", "of", "the", "but", "while"),
    *("Mira Voss", "Tobin Voss", "Voss", "Dr. Lark", "she", "They", "It", "I", "The council", "some analysts"),
    *("the dam will hold", "5", '12"', "İ", "ß", "\u200b", "\ufeff", "김", "مرحبا", "😀"),
)


def check(tables: Tables) -> None:
    texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
    for row in tables.sentences.itertuples():
        assert 0 <= row.start < row.end <= len(texts[row.doc_id])
    contents = set()
    for (key, role), rows in tables.attribution_spans.groupby(["attribution_id", "role"]):
        text = texts[rows["doc_id"].iloc[0]]
        spans = sorted(zip(rows["start"], rows["end"], strict=True))
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(text[start:end] == text[start:end].strip() for start, end in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
        if role == "content":
            contents.add(key)
            assert any(WORD.search(text, *span) for span in spans)
    assert contents == set(tables.attributions["attribution_id"])
    assert set(tables.attributions["actor_id"].dropna()) <= set(tables.actors["actor_id"])


def legible(text: str) -> bool:
    """Tell whether a text is one that the toolkit reads at all."""
    try:
        return bool(clean(parse("d", Path("x.txt"), text.encode()).plain)[0])
    except SourceError:
        return False


# Several texts an example: the contracts are checked once for all of them.
@settings(max_examples=6, deadline=None, derandomize=True, database=None)
@given(st.lists(st.text(max_size=300).filter(legible), min_size=1, max_size=8))
def test_no_text_at_all_breaks_the_extractors(texts):
    check(extracted(*texts))


@settings(max_examples=6, deadline=None, derandomize=True, database=None)
@given(
    st.lists(
        st.lists(st.sampled_from(CLUES), max_size=40).map(" ".join).map(lambda text: text[:400]).filter(legible),
        min_size=1,
        max_size=12,
    )
)
def test_no_order_of_marks_cues_and_names_breaks_the_extractors(texts):
    check(extracted(*texts))


# --- the sample ---


@pytest.fixture(scope="module")
def sample() -> tuple[Tables, list[dict[str, Any]], dict[int, str]]:
    """Return the sample's tables, its true attributions, and which of ours is which of them."""
    tables = tk.read(tk.sample())
    truth = json.loads(tk.sample().with_suffix(".truth.json").read_text(encoding="utf-8"))["attributions"]
    text = tables.documents["text"][0]
    ours: dict[str, set[int]] = defaultdict(set)
    spans = tables.attribution_spans
    for span in spans[spans["role"] == "content"].itertuples():
        ours[span.attribution_id] |= {m.start() for m in WORD.finditer(text, span.start, span.end)}
    pairs = []
    for i, row in enumerate(truth):
        words = {m.start() for span in row["content"] for m in WORD.finditer(text, *span)}
        pairs += [(len(words & own) / len(words | own), i, key) for key, own in ours.items()]
    matched: dict[int, str] = {}
    for overlap, i, key in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if overlap >= 0.3 and i not in matched and key not in matched.values():
            matched[i] = key
    return tables, truth, matched


def test_nine_in_ten_statements_of_the_sample_are_found_and_few_others(sample):
    tables, truth, matched = sample
    assert len(matched) / len(truth) >= 0.9
    said = [span for row in truth for span in row["content"]]
    content = tables.attribution_spans[tables.attribution_spans["role"] == "content"]
    overlaps = [any(row.start < end and start < row.end for start, end in said) for row in content.itertuples()]
    right = set(content.loc[overlaps, "attribution_id"])  # one that is a part of a true one invents nothing
    assert len(right) / len(tables.attributions) >= 0.9


def test_every_direct_statement_of_the_sample_is_in_one_found_as_direct(sample):
    tables, truth, _ = sample
    modes = tables.attributions.set_index("attribution_id")["mode"]
    spans = tables.attribution_spans[tables.attribution_spans["role"] == "content"]
    direct = {(s.start, s.end) for s in spans.itertuples() if modes[s.attribution_id] == "direct"}
    wanted = [span for row in truth if row["type"] == "direct" for span in row["content"]]
    assert wanted
    for start, end in wanted:
        assert any(a <= start + 1 and end - 1 <= b for a, b in direct), (start, end)


def test_nine_in_ten_speakers_of_the_sample_get_their_names(sample):
    tables, truth, matched = sample
    names = tables.actors.set_index("actor_id")["name"]
    actors = tables.attributions.set_index("attribution_id")["actor_id"].map(names)
    text = tables.documents["text"][0]
    right = []
    for i, key in matched.items():
        if truth[i]["actor"] is None:
            continue
        name = actors[key]
        # "Olvenpress agency" names Olvenpress; a capital that stands for its state keeps its own name
        capital = truth[i]["source_kind"] == "state" and [name] == [text[slice(*s)] for s in truth[i]["source"]]
        right.append(isinstance(name, str) and (capital or name.split()[-1] == truth[i]["actor"].split()[-1]))
    assert sum(right) / len(right) >= 0.9


def test_nobody_in_the_sample_who_is_unnamed_gets_a_name(sample):
    tables, truth, matched = sample
    kinds = tables.attributions.set_index("attribution_id")["source_kind"]
    unnamed = [kinds[key] for i, key in matched.items() if truth[i]["source_kind"] == "unnamed"]
    assert unnamed
    assert "named" not in unnamed
