"""The findings that a report draws: turns, evidence, cues and paragraphs."""

import pandas as pd
import pandas.testing as pdt
import pytest

import toolkit as tk
from toolkit.source.segment import words
from toolkit.tables import Tables, conform
from toolkit.tables.contracts import SCHEMAS

NAMED = {"kind": "person", "named": "named", "in_codebook": "no"}

TEXT = "Mira Voss said that the dam would hold. “It will stand,” said Tobin Lark, “for years.” It rained."
SENTENCES = ("Mira Voss said that the dam would hold.", "“It will stand,” said Tobin Lark, “for years.”", "It rained.")
SAID = (  # actor, mode, lemma, source, cue, content
    ("Mira Voss", "indirect", "say", "Mira Voss", "said", "that the dam would hold"),
    ("Tobin Lark", "direct", "say", "Tobin Lark", "said", "“It will stand,”", "“for years.”"),
)


def place(phrase: str, text: str = TEXT, after: int = 0) -> dict[str, int]:
    return {"start": text.index(phrase, after), "end": text.index(phrase, after) + len(phrase)}


@pytest.fixture(scope="module")
def tables():
    """Return tables of a document with three sentences in two paragraphs, and of one in which nobody is quoted."""
    about = {"language": "en", "encoding": "utf-8", "source_path": "x.txt", "sha256": "0"}
    spans = []
    for i, (_, _, _, source, cue, *contents) in enumerate(SAID):
        sentence = TEXT.index(SENTENCES[i])
        parts = [("source", source), ("cue", cue), *(("content", content) for content in contents)]
        spans += [
            {"attribution_id": f"a{i}", "doc_id": "one", "role": role, **place(phrase, after=sentence)}
            for role, phrase in parts
        ]
    rows = {
        "documents": [
            {**about, "doc_id": "one", "words": words(TEXT), "text": TEXT},
            {**about, "doc_id": "two", "words": 2, "text": "It rained."},
        ],
        "sentences": [
            {"sentence_id": f"s{n}", "doc_id": "one", "number": n, "paragraph": 1 + (n > 1), "part": "body", **place(s)}
            for n, s in enumerate(SENTENCES, 1)
        ]
        + [{"sentence_id": "t1", "doc_id": "two", "number": 1, "paragraph": 1, "part": "body", "start": 0, "end": 10}],
        "actors": [{"actor_id": a, "doc_id": "one", "name": a, **NAMED} for a, *_ in SAID],
        "attributions": [
            {
                "attribution_id": f"a{i}",
                "doc_id": "one",
                "mode": mode,
                "cue_lemma": lemma,
                "actor_id": actor,
                "source_kind": "named",
                "found_by": "test",
                "confidence": 1.0,
            }
            for i, (actor, mode, lemma, *_) in enumerate(SAID)
        ],
        "attribution_spans": spans,
    }
    frames = {
        name: conform(pd.DataFrame(rows.get(name, []), columns=list(schema.columns)), schema)
        for name, schema in SCHEMAS.items()
    }
    return Tables(frames)


def test_every_word_is_in_one_turn_of_its_own_document(tables):
    turns, stretches = tk.turns(tables), tk.stretches(tables)
    for doc_id, own in stretches.groupby("doc_id"):
        assert turns.loc[turns["doc_id"] == doc_id, "words"].sum() == own["words"].sum()


def test_turns_go_by_speaker_in_the_order_of_the_text(tables):
    assert [(row.doc_id, row.voice, row.number, row.words) for row in tk.turns(tables).itertuples()] == [
        ("one", "author", 1, 3),
        ("one", "Mira Voss", 1, 5),
        ("one", "Tobin Lark", 2, 3),
        ("one", "author", 2, 3),
        ("one", "Tobin Lark", 2, 2),
        ("one", "author", 3, 2),
        ("two", "author", 1, 2),
    ]


def test_only_turns_of_others_have_a_mode(tables):
    turns = tk.turns(tables)
    assert (turns["mode"].isna() == (turns["voice"] == "author")).all()
    assert (turns["attribution_id"].isna() == (turns["voice"] == "author")).all()


def test_a_statement_rests_on_the_sentences_of_its_source_cue_and_content(tables):
    evidence = tk.evidence(tables)
    spans, sentences = tables.attribution_spans, tables.sentences.set_index("sentence_id")
    for row in spans.itertuples():
        own = evidence.loc[evidence["attribution_id"] == row.attribution_id, "sentence_id"]
        assert any(sentences.start[s] <= row.start and row.end <= sentences.end[s] for s in own)
    assert not evidence.duplicated().any()


def test_cues_are_counted_and_sum_to_the_statements(tables):
    cues = tk.cues(tables)
    assert cues[["doc_id", "cue", "statements"]].values.tolist() == [["one", "say", 2]]


def test_words_are_counted_by_paragraph_and_mode(tables):
    assert tk.paragraphs(tables).values.tolist() == [
        ["one", 1, 3, 0, 0, 5],
        ["one", 2, 5, 5, 0, 0],
        ["two", 1, 2, 0, 0, 0],
    ]


@pytest.mark.parametrize("finding", ["turns", "evidence", "cues", "paragraphs"])
def test_a_finding_is_the_same_twice_leaves_its_tables_and_keeps_its_columns_when_empty(tables, finding):
    question = getattr(tk, finding)
    before = {name: frame.copy(deep=True) for name, frame in tables.items()}
    pdt.assert_frame_equal(question(tables), question(tables))
    for name, frame in tables.items():
        pdt.assert_frame_equal(frame, before[name])
    empty = question(tk.Tables({name: frame.head(0) for name, frame in tables.items()}))
    assert isinstance(empty, pd.DataFrame)
    assert empty.empty
    assert list(empty.columns) == list(question(tables).columns)
