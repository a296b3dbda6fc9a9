import pandas as pd
import pandas.testing as pdt
import pytest

from toolkit import codebook
from toolkit.analysis.asked import asked
from toolkit.analysis.certainty import certainty
from toolkit.analysis.checkable import checkable
from toolkit.analysis.clauses import clauses
from toolkit.analysis.question import BEARINGS, COLUMNS, answers, question
from toolkit.analysis.wording import wording
from toolkit.source.segment import words
from toolkit.tables import Tables, conform
from toolkit.tables.contracts import SCHEMAS

WHERE = asked("Where will the fleet go next: to Oskel, Marn or the Harruv Bank?")


def made(*said: tuple[str, str, str | None], paragraphs: bool = False) -> Tables:
    """Return tables of one text, a sentence and clause each: (words, certainty, speaker or None for the author).

    A "-" behind the certainty negates. A speaker's clause stands behind "SPEAKER said".
    """
    text, rows = "", {name: [] for name in SCHEMAS}
    for n, (clause, sure, speaker) in enumerate(said, 1):
        start = len(text)
        text += f"{speaker} said {clause} " if speaker else f"{clause} "
        end = len(text) - 1
        begin = end - len(clause)
        key = {"doc_id": "d"}
        part = {"part": "body", "paragraph": n if paragraphs else 1}
        rows["sentences"].append(key | part | {"sentence_id": f"s{n}", "number": n, "start": start, "end": end})
        row = {"statement_id": f"c{n}", "start": begin, "end": end, "voice": f"a{n}" if speaker else None}
        row |= {"certainty": sure.rstrip("-"), "negated": sure.endswith("-")}
        rows["statements"].append(key | row | {"checkable": "12" in clause, "reason": "a number"})
        if speaker:
            about = {"mode": "indirect", "found_by": "test", "confidence": 1.0, "source_kind": "named"}
            rows["attributions"].append(key | about | {"attribution_id": f"a{n}", "actor_id": f"d/{speaker}"})
            for role, a, b in (("source", start, start + len(speaker)), ("content", begin, end)):
                rows["attribution_spans"].append(key | {"attribution_id": f"a{n}", "role": role, "start": a, "end": b})
    speakers = dict.fromkeys(s for *_, s in said if s)
    known = {"kind": "person", "named": "named", "in_codebook": "no"}
    rows["actors"] = [{"actor_id": f"d/{s}", "doc_id": "d", "name": s, **known} for s in speakers]
    about = {"doc_id": "d", "language": "en", "encoding": "u", "source_path": "x", "sha256": "0"}
    rows["documents"] = [about | {"words": words(text), "text": text}]
    return Tables({n: conform(pd.DataFrame(rows[n], columns=list(s.columns)), s) for n, s in SCHEMAS.items()})


def bearings(question_asked, *said, **told) -> list[tuple[str, str]]:
    frame = question(made(*said, **told), question_asked)
    return list(zip(frame["candidate"], frame["bearing"], strict=True))


@pytest.mark.parametrize(
    ("clause", "sure", "bearing"),
    [
        ("The fleet will go to Marn.", "predicted", "answer"),
        ("The fleet will not go to Marn.", "predicted-", "against"),
        ("The fleet may go to Marn.", "possible", "unsure"),
        ("Who would go to Marn?", "asked", "asked"),
        ("The fleet must go to Marn.", "demanded", "demanded"),
        ("The fleet lay off Marn in May.", "asserted", "mention"),  # the question is on what is to come
        ("It will snow in Marn.", "predicted", "unsure"),  # of what is to come, but no word of the question
    ],
)
def test_a_clause_bears_on_a_candidate_as_surely_as_it_is_put(clause, sure, bearing):
    assert bearings(WHERE, (clause, sure, None)) == [("Marn", bearing)]


def test_a_question_on_what_is_so_is_answered_by_what_is_asserted():
    paid = asked("Who paid for the pier: Ann or Bo?")
    assert bearings(paid, ("Ann paid for the pier.", "asserted", None)) == [("Ann", "answer")]
    assert bearings(paid, ("Bo did not pay for it.", "asserted-", None)) == [("Bo", "against")]
    assert bearings(paid, ("Bo likes fish.", "asserted", None)) == [("Bo", "mention")]


def test_candidates_are_found_by_short_forms_and_a_pronoun_in_the_next_clause():
    said = [("The Harruv Bank is shallow.", "asserted", None), ("It may be taken first.", "possible", None)]
    frame = question(made(*said, ("Then Harruv will fall.", "predicted", None)), WHERE)
    assert frame[["by", "matched", "number"]].to_numpy().tolist() == [
        ["name", "Harruv Bank", 1],
        ["pronoun", "it", 2],
        ["short form", "Harruv", 3],
    ]


@pytest.mark.parametrize(
    "said",
    [
        [("The Harruv Bank is near Ostrelle.", "asserted", None), ("It may be taken first.", "possible", None)],
        [("Marn and the Harruv Bank are near.", "asserted", None), ("It may be taken first.", "possible", None)],
    ],
)
def test_a_pronoun_that_may_mean_another_is_not_followed(said):
    frame = question(made(*said), WHERE)
    assert "pronoun" not in set(frame["by"])


def test_a_pronoun_is_not_followed_into_another_paragraph():
    said = [("The Harruv Bank is shallow.", "asserted", None), ("It may be taken.", "possible", None)]
    assert len(bearings(WHERE, *said)) == 2
    assert len(bearings(WHERE, *said, paragraphs=True)) == 1


def test_a_place_that_speaks_counts_only_where_it_is_a_place():
    said = [
        ("that the sea is calm.", "asserted", "Oskel"),
        ("Oskel never learned to wait.", "asserted", None),
        ("Oskel’s fleet is old.", "asserted", None),
        ("The ships may sail to Marn or Oskel.", "possible", None),
        ("The troops may reach the ports of Oskel and Marn.", "possible", None),
        ("They may join the fight against the Oskel cabinet.", "possible", None),
    ]
    frame = question(made(*said), WHERE)
    assert frame.loc[frame["candidate"] == "Oskel", "number"].tolist() == [4, 5]
    silent = question(made(*said[1:]), WHERE)  # the name of nobody who speaks
    assert silent.loc[silent["candidate"] == "Oskel", "number"].tolist() == [1, 2, 3, 4, 5]


def test_yes_and_no_are_told_by_the_questions_own_words():
    will = asked("Will Ann sell the old pier?")
    said = [
        ("Ann will sell the pier in May.", "predicted", "Bo"),
        ("Ann will not sell the pier.", "predicted-", None),
        ("Would Ann sell the pier?", "asked", None),
        ("The pier is wet.", "asserted", None),
    ]
    assert bearings(will, *said) == [("yes", "answer"), ("yes", "asked"), ("no", "answer"), ("no", "asked")]


def test_the_answers_count_clauses_words_and_who_gives_them():
    said = [
        ("The fleet will go to Marn.", "predicted", "Bo"),
        ("The fleet will go to Marn.", "predicted", None),
        ("The fleet may go to Oskel.", "possible", None),
    ]
    rows = answers(WHERE, question(made(*said), WHERE)).set_index("candidate")
    assert rows[["clauses", "words", "answer", "unsure", "own"]].to_numpy().tolist() == [
        [1, 6, 0, 1, 0],
        [2, 12, 2, 0, 1],
        [0, 0, 0, 0, 0],
    ]
    assert set(BEARINGS) < set(rows.columns)


def test_swapping_two_candidates_swaps_their_rows_and_nothing_else():
    said = [
        ("The fleet will go to Marn.", "predicted", "Bo"),
        ("Oskel may be next.", "possible", None),
        ("It is near.", "asserted", None),
    ]
    swap = {"Marn": "Oskel", "Oskel": "Marn"}
    other = [
        (" ".join(swap.get(w.rstrip("."), w.rstrip(".")) + "." * w.endswith(".") for w in c.split()), s, v)
        for c, s, v in said
    ]
    rows = question(made(*said), WHERE).sort_values("number")
    swapped = question(made(*other), WHERE).sort_values("number")
    assert rows["candidate"].map(swap).tolist() == swapped["candidate"].tolist()
    assert rows["bearing"].tolist() == swapped["bearing"].tolist()


@pytest.mark.parametrize("of", [None, asked("Who owns the pier?"), WHERE])
def test_no_question_no_candidates_or_no_text_give_an_empty_finding(of):
    frame = question(made(*([] if of is WHERE else [("Marn is near.", "asserted", None)])), of)
    assert frame.empty
    assert list(frame.columns) == list(COLUMNS)


# --- certainty by voice, what could be looked up, wording by voice ---

SAID = [
    ("The fleet will go to Marn.", "predicted", "Bo"),
    ("It has 12 ships.", "asserted", None),
    ("It has no sails.", "asserted-", None),
    ("Perhaps it leaks.", "hedged", "Bo"),
]


def test_certainty_counts_clauses_negations_and_words_by_voice():
    rows = certainty(made(*SAID))
    columns = ["name", "certainty", "clauses", "negated", "words"]
    assert rows[columns].to_numpy().tolist() == [
        ["the author", "asserted", 2, 1, 8],
        ["Bo", "predicted", 1, 0, 6],
        ["Bo", "hedged", 1, 0, 3],
    ]
    assert set(rows["certainty"]) <= set(codebook.certainty_classes())


def test_checkable_clauses_come_with_who_says_them_and_where():
    [row] = checkable(made(*SAID)).itertuples()
    assert (row.written, row.name, row.number, row.reason) == ("It has 12 ships.", "the author", 2, "a number")


def test_every_clause_is_in_one_sentence_and_has_a_voice():
    rows = clauses(made(*SAID))
    assert rows["statement_id"].tolist() == ["c1", "c2", "c3", "c4"]
    assert rows["voice"].tolist() == ["d/Bo", "author", "author", "d/Bo"]


def test_wording_tells_who_uses_a_term():
    tables = made(*SAID)
    start = tables.documents["text"][0].index("Perhaps")
    use = {"wording_id": "w", "doc_id": "d", "start": start, "end": start + 7, "term": "perhaps", "class": "hedge"}
    rows = conform(pd.DataFrame([use | {"voice": "a4", "quoted": False}]), SCHEMAS["wording"])
    [row] = wording(Tables({**tables, "wording": rows})).itertuples(index=False)
    assert (row.name, row.stance, row.number, row.term) == ("Bo", True, 4, "perhaps")


def test_the_findings_leave_the_tables_as_they_are_and_are_the_same_again():
    tables = made(*SAID)
    before = {name: frame.copy(deep=True) for name, frame in tables.items()}
    for finding in (certainty, checkable, wording, clauses):
        pdt.assert_frame_equal(finding(tables), finding(tables))
        assert finding(made()).empty
    for name, frame in tables.items():
        pdt.assert_frame_equal(frame, before[name])
