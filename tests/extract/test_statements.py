import random
import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pandas.testing as pdt
import pytest

from toolkit import codebook
from toolkit.analysis.marked import measured, read
from toolkit.extract.statements import statements
from toolkit.tables import conform
from toolkit.tables.contracts import ATTRIBUTION_SPANS, ATTRIBUTIONS, CERTAINTIES, DOCUMENTS, SENTENCES, STATEMENTS

ROLES = {"s": "source", "c": "cue", "x": "content"}


class Read(NamedTuple):
    """The tables of texts with marks: [s Mira] [c said] [x that it holds]; a digit behind x tells contents apart."""

    documents: pd.DataFrame
    sentences: pd.DataFrame
    attributions: pd.DataFrame
    spans: pd.DataFrame


def tables(*marked: str, mode: str = "indirect", part: str = "body") -> Read:
    documents, sentences, attributions, spans = [], [], {}, []
    for i, line in enumerate(marked):
        doc_id, text, opened = f"d{i}", "", []
        for piece in re.split(r"(\[[scx]\d? |\])", line):
            if re.fullmatch(r"\[[scx]\d? ", piece):
                opened.append((piece[1], piece[2:-1], len(text)))
            elif piece == "]":
                role, number, start = opened.pop()
                key = f"{doc_id}/a/{number or 0}"
                attributions[key] = doc_id
                spans.append((key, doc_id, ROLES[role], start, len(text)))
            else:
                text += piece
        documents.append({"doc_id": doc_id, "language": "en", "encoding": "utf-8", "source_path": "x", "sha256": "0"})
        documents[-1] |= {"words": 1, "text": text}
        stops = [0, *(m.end() for m in re.finditer(r"[.?!][”]?\s+(?=[A-Z“])", text)), len(text)]
        for n, (start, end) in enumerate(pairwise(stops), 1):
            stop = len(text[:end].rstrip())
            row = {"sentence_id": f"{doc_id}/s/{n}", "doc_id": doc_id, "number": n, "paragraph": 1, "part": part}
            sentences.append(row | {"start": start, "end": stop})
    rows = [
        {"attribution_id": a, "doc_id": d, "mode": mode, "found_by": "test", "confidence": 1.0}
        for a, d in attributions.items()
    ]
    return Read(
        full(documents, DOCUMENTS),
        full(sentences, SENTENCES),
        full(rows, ATTRIBUTIONS),
        full([dict(zip(ATTRIBUTION_SPANS.columns, span, strict=True)) for span in spans], ATTRIBUTION_SPANS),
    )


def full(rows: list[dict], schema) -> pd.DataFrame:
    return conform(pd.DataFrame(rows, columns=list(schema.columns)), schema)


def clauses(marked: str, **told) -> list[tuple[str, bool]]:
    """Return the clauses of a text, and whether each is somebody else's."""
    own = tables(marked, **told)
    text = own.documents["text"][0]
    return [(text[r.start : r.end], isinstance(r.voice, str)) for r in statements(*own).itertuples()]


def judged(marked: str, **told) -> list[tuple[str, bool]]:
    return [(r.certainty, r.negated) for r in statements(*tables(marked, **told)).itertuples()]


# --- where clauses begin and end, and whose they are ---


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("The gates leak.", [("The gates leak.", False)]),
        # what introduces a content is reporting, and no clause
        ("[s Mira] [c said] [x that the gates leak].", [("that the gates leak", True)]),
        ("On Monday, [s Mira] [c told] reporters in Port [x that the gates leak].", [("that the gates leak", True)]),
        # what beside it has a verb is the author's own
        (
            "In May, [s Mira] [c said] [x that the gates leak]; so far nobody has mended them.",
            [("that the gates leak", True), ("so far nobody has mended them.", False)],
        ),
        (
            "[s She] shut the gates and [c said] [x that it rained].",
            [("She shut the gates and", False), ("that it rained", True)],
        ),
        # contents in one another are the innermost's
        ("[s1 Bo] [c1 said] [x1 that [s2 Cy] [c2 thinks] [x2 it snows hard]].", [("it snows hard", True)]),
        # a content that goes on behind its cue, before it has its verb, is one clause
        ("[x The Bank], [s she] [c adds], [x would be the prize].", [("The Bank, she adds, would be the prize", True)]),
        # semicolons, conjunctions before a subject and a verb, grounds
        ("The dam holds; the gates leak badly.", [("The dam holds", False), ("the gates leak badly.", False)]),
        ("The dam holds, but it leaks.", [("The dam holds", False), ("but it leaks.", False)]),
        ("The dam holds, because nobody shut it.", [("The dam holds", False), ("because nobody shut it.", False)]),
        (
            "[s Mira] [c said] [x that the dam holds and that it was paid for].",
            [("that the dam holds", True), ("and that it was paid for", True)],
        ),
        # lists, and a condition before its main clause, are not cut
        ("She saw the dam, the gates, and the tower.", [("She saw the dam, the gates, and the tower.", False)]),
        ("If it rains, the dam will break.", [("If it rains, the dam will break.", False)]),
    ],
)
def test_clauses_end_where_the_voice_or_the_sentence_turns(marked, found):
    assert clauses(marked) == found


def test_two_sentences_in_one_quotation_are_two_clauses():
    own = tables("[x “The dam holds. It has stood for years,”] [s she] [c said].", mode="direct")
    text = own.documents["text"][0]
    own = own._replace(sentences=own.sentences.head(1).assign(end=len(text)))
    found = [text[r.start : r.end] for r in statements(*own).itertuples()]
    assert found == ["“The dam holds.", "It has stood for years,”"]


def test_a_mere_word_as_content_makes_the_whole_the_authors():
    assert clauses("[s Traders] [c laughed at] [x the idea].") == [("Traders laughed at the idea.", False)]
    assert clauses("[s The minister] [c must explain] [x why it failed].") == [
        ("The minister must explain why it failed.", False)
    ]
    assert [whose for _, whose in clauses("If [s Mira] [c says] [x that it holds], we stay.")] == [False]


def test_headlines_count_and_bylines_do_not():
    assert clauses("The dam broke.", part="headline") == [("The dam broke.", False)]
    assert clauses("By Mira Voss.", part="byline") == []


# --- how surely ---


@pytest.mark.parametrize(
    ("sentence", "certainty", "negated"),
    [
        ("The dam broke at noon.", "asserted", False),
        ("The dam did not break.", "asserted", True),
        ("The dam has yet to break.", "asserted", True),
        ("Not only the dam broke.", "asserted", False),
        ("There is no doubt about it.", "asserted", False),
        ("The dam could break.", "possible", False),
        ("The dam cannot break.", "asserted", True),
        ("It cannot be ruled out that the dam broke.", "possible", False),
        ("The dam will break.", "predicted", False),
        ("The dam won’t break.", "predicted", True),
        ("The dam is expected to break.", "predicted", False),
        ("The dam will probably break.", "hedged", False),
        ("It seems the dam broke.", "hedged", False),
        ("The dam is unlikely to break.", "hedged", True),
        ("The dam must have cracked before.", "hedged", False),
        ("The dam must be shut.", "demanded", False),
        ("The dam should not be shut.", "demanded", True),
        ("The dam is said to have cracked.", "reported", False),
        ("The dam would break in a flood.", "conditional", False),
        ("Unless it is shut, the dam will break.", "conditional", False),
        ("Should it rain, the dam will break.", "conditional", False),
        ("Why did nobody shut the dam?", "asked", False),
        ("It is unclear who shut the dam.", "asked", False),
        # words that look like marks and are none
        ("The dam broke on May 3.", "asserted", False),
        ("The will of the builder was read in public.", "asserted", False),
        ("The builder walked as if the dam were glass.", "asserted", False),
        # what stands in another clause of the sentence does not count for the main one
        ("The builder, who may resign, shut the dam.", "asserted", False),
        ("The dam broke when nobody was near.", "asserted", False),
    ],
)
def test_the_author_puts_a_clause_as_surely_as_its_words_do(sentence, certainty, negated):
    assert judged(sentence) == [(certainty, negated)]


@pytest.mark.parametrize(
    ("marked", "certainty", "negated"),
    [
        ("[s Mira] [c says] [x that the dam holds].", "asserted", False),
        ("[s Mira] [c believes] [x that the dam holds].", "hedged", False),
        ("[s Mira] [c does not believe] [x that the dam holds].", "hedged", True),
        ("[s Mira] [c denied] [x that the dam had cracked].", "asserted", True),
        ("[s Mira] [c doubts] [x that the dam holds].", "hedged", True),
        ("[s Mira] [c said] [x that the dam would hold].", "predicted", False),
        ("[s Mira] [c says] [x that the dam would hold].", "conditional", False),
        ("[s Mira] [c promised] [x to keep the dam shut].", "predicted", False),
        ("[s Mira] [c refused] [x to keep the dam shut].", "predicted", True),
        ("[s Mira] [c called on] [x the guild to shut the dam].", "demanded", False),
        ("[s Mira] [c called] [x the dam a monument of folly].", "asserted", False),
        ("[s Mira] [c warned against] [x opening the dam too early].", "demanded", True),
        ("[s Mira] [c asked] [x whether the dam holds].", "asked", False),
        ("[s Mira] [c told] them [x to shut the dam].", "demanded", False),
        ("[s Mira] [c has not said] [x whether the dam holds].", "asked", False),
        ("[x The dam] [c is said] [x to have cracked].", "reported", False),
    ],
)
def test_a_cue_says_how_surely_its_content_is_put(marked, certainty, negated):
    assert judged(marked) == [(certainty, negated)]


@pytest.mark.parametrize(
    ("quoted", "certainty", "negated"),
    [
        ("“The dam holds,”", "asserted", False),  # "she denied": the words in the marks are her own
        ("“Let them shut the dam,”", "demanded", False),
        ("“Do not open the dam,”", "demanded", True),
        ("“Who shut the dam?”", "asked", False),
    ],
)
def test_direct_speech_is_judged_by_its_own_words(quoted, certainty, negated):
    assert judged(f"[x {quoted}] [s she] [c denied].", mode="direct") == [(certainty, negated)]


def test_every_class_has_a_definition_and_a_rank():
    assert set(codebook.certainty_classes()) == set(CERTAINTIES)
    assert all(codebook.certainty_classes().values())


def test_every_mark_gives_a_known_class():
    text = (Path(codebook.__file__).parent / "certainty.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines() if not line.startswith("#")][1:]
    assert {row[3] for row in rows} <= set(CERTAINTIES)
    assert {row[4] for row in rows} == {"yes", "no"}
    assert {row[2] for row in rows} <= {"", "noun", "verb"}
    named = {row[1] for row in rows}
    assert named == {
        *("modal", "hedge", "evidential", "predictor", "condition", "demand", "open", "negation", "negative", "plain"),
        *("cue", "cue to", "cue of"),
    }


# --- what could be looked up ---


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The dam broke on May 3.", "a date"),
        ("The dam holds 12,000 tons of water.", "a number"),
        ("The dam rests on Article 4 of the charter.", "a reference"),
        ("Mira Voss opened the dam.", "a named act"),
        ("Mira Voss opened two dams in 1988.", "a date, a number, a named act"),
        ("The dam is old and ugly.", "no date, number, reference or named act"),
        ("The dam may break on May 3.", "a possibility"),
        ("Did the dam break on May 3?", "a question"),
        ("The dam will break on May 3.", "yet to come"),
        ("They may have a point.", "a possibility"),
        ("March past the one dam that they may see, they say.", "no date, number, reference or named act"),
    ],
)
def test_a_clause_is_checkable_for_a_reason(sentence, reason):
    forms = {"dates": "May 3|1988", "quantities": "12,000 tons|two dams", "references": "Article 4 of the charter"}
    given = {
        name: pd.DataFrame([("d0", *m.span()) for m in re.finditer(form, sentence)], columns=["doc_id", "start", "end"])
        for name, form in forms.items()
    }
    [row] = statements(*tables(sentence), **given).itertuples()
    assert row.reason == reason
    assert row.checkable == reason.startswith(("a date", "a number", "a reference", "a named act"))


def test_dates_numbers_and_references_are_those_of_their_tables():
    own = tables("The dam holds 12,000 tons.")
    none = pd.DataFrame(columns=["doc_id", "start", "end"])
    place = pd.DataFrame({"doc_id": ["d0"], "start": [4], "end": [7]})
    [row] = statements(*own, dates=place, quantities=none, references=none).itertuples()
    assert row.reason == "a date"
    elsewhere = place.assign(doc_id="d1")
    [row] = statements(*own, dates=elsewhere, quantities=elsewhere, references=elsewhere).itertuples()
    assert not row.checkable


# --- what holds for every extractor ---

TEXTS = (
    "[s Mira] [c said] [x that the gates leak], but nobody mends them. Will it hold?",
    "[x “We paid. It holds,”] [s Bo] [c said]; the guild could pay again.",
)


def test_the_same_tables_give_the_same_statements_and_stay_as_they_are():
    own = tables(*TEXTS)
    before = [frame.copy(deep=True) for frame in own]
    pdt.assert_frame_equal(statements(*own), statements(*own))
    for frame, was in zip(own, before, strict=True):
        pdt.assert_frame_equal(frame, was)


def test_nothing_gives_an_empty_table_with_all_columns():
    assert list(statements(*tables()).columns) == list(STATEMENTS.columns)
    assert statements(*tables()).empty


def test_a_document_reads_the_same_alone_and_among_others():
    among = statements(*tables(*TEXTS))
    pdt.assert_frame_equal(among[among["doc_id"] == "d0"], statements(*tables(TEXTS[0])))


def test_swapping_two_actors_changes_nothing_but_their_names():
    text = (
        "[s Ostrelle] [c said] [x that Velmaria would attack on May 3]. Velmaria gathered 40 ships, but Ostrelle did "
        "not answer. Should Ostrelle fall, Velmaria will rule the strait. Will Velmaria retreat?"
    )
    swapped = text.replace("Ostrelle", "#").replace("Velmaria", "Ostrelle").replace("#", "Velmaria")
    columns = ["start", "end", "voice", "certainty", "negated", "checkable", "reason"]  # the names are as long
    pdt.assert_frame_equal(statements(*tables(text))[columns], statements(*tables(swapped))[columns])


def test_any_words_give_clauses_that_stand_in_their_sentence():
    chance = random.Random(4)
    marks = [*"“”,;–():?…12", "\u200b", "İ", "ß", "김", "😀"]
    pieces = [
        "[s She]",
        "[c said]",
        "[x that it holds]",
        "and",
        "but it",
        "if",
        "will",
        "not",
        "May",
        "who",
        "to",
        *marks,
    ]
    own = tables(*(" ".join(chance.choices(pieces, k=chance.randint(1, 14))) for _ in range(300)))
    texts = dict(zip(own.documents["doc_id"], own.documents["text"], strict=True))
    for row in statements(*own).itertuples():
        assert re.search(r"\w", texts[row.doc_id][row.start : row.end])


def test_the_sentences_that_the_rules_were_written_against_are_read_rightly():
    found = measured("statements", read(Path(__file__).parent / "certainty.txt", "statements")).set_index("measure")
    assert found.value["certainty F1"] > 0.94
    assert found.value["negation F1"] > 0.94
