import re

import pandas as pd
import pytest

import toolkit as tk
from toolkit.analysis.asked import Question, asked
from toolkit.analysis.question import COLUMNS
from toolkit.errors import ToolkitError
from toolkit.report import certainty, checklist, question, terms
from toolkit.report.blocks import Fragment
from toolkit.report.lint import complaints
from toolkit.report.reading import Passages, article
from toolkit.report.statements import ledger

ASKED = Question("Where to: Oskel, Marn or Orm?", ("Oskel", "Marn", "Orm"), False)


def bearing(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Return the finding on ASKED: (candidate, bearing, name of who says it) a row."""
    common = {"doc_id": "d", "by": "name", "mode": "indirect", "certainty": "predicted", "negated": False, "words": 4}
    return pd.DataFrame(
        [
            common
            | {"candidate": c, "bearing": b, "name": n, "voice": "author" if n == "the author" else f"d/actor/{n}"}
            | {"kind": "named", "number": i, "sentence_id": f"d/s/{i}", "statement_id": f"d/c/{i}", "matched": c}
            | {"written": f"it goes to {c}"}
            for i, (c, b, n) in enumerate(rows, 1)
        ],
        columns=list(COLUMNS),
    )


def plain(fragment: Fragment) -> str:
    return repr(fragment)


def page(*parts: Fragment) -> str:
    return "".join(f'<div class="attribution">{b.html()}</div>' for part in parts for b in part.blocks)


def test_the_verdict_says_that_nobody_answers_and_what_is_only_asked():
    told = plain(question.verdict(ASKED, bearing(("Oskel", "asked", "the author"), ("Marn", "unsure", "Bo"))))
    assert "An answer: none detected, neither in the author’s own words nor in anybody else’s." in told
    assert "Asked about: “Oskel” (one clause)." in told
    assert "less than certainty: “Marn” (one clause)." in told
    assert "No clause was found that names “Orm”; the name of who speaks does not count." in told


def test_the_verdict_says_who_answers():
    rows = bearing(("Oskel", "answer", "the author"), ("Marn", "answer", "Bo"), ("Marn", "answer", "Cy"))
    told = plain(question.verdict(ASKED, rows))
    assert "In the author’s own words the text answers “Oskel” (one clause)." in told
    assert "“Marn” is the answer of Bo and Cy, as quoted or told in the article." in told


def test_candidates_with_the_same_number_of_clauses_are_told_together():
    told = plain(question.verdict(ASKED, bearing(("Oskel", "asked", "the author"), ("Marn", "asked", "Bo"))))
    assert "Asked about: “Oskel” and “Marn” (one clause each)." in told


def test_the_verdict_says_what_is_only_named():
    told = plain(question.verdict(ASKED, bearing(("Oskel", "mention", "the author"))))
    assert "Only named, with something else said of it: “Oskel”." in told
    assert "No clause was found that names “Marn” or “Orm”; the name of who speaks does not count." in told


def test_candidates_are_proposed_or_given():
    assert "proposed from its own words: “Oskel”, “Marn” and “Orm”" in plain(question.verdict(ASKED, bearing()))
    assert "as given" in plain(question.verdict(ASKED._replace(given=True), bearing()))


def test_no_question_and_an_open_question_are_told_as_such():
    assert "asks a question: none detected" in plain(question.verdict(None, bearing()))
    assert "No candidate answers could be proposed" in plain(question.verdict(asked("Who owns it?"), bearing()))
    assert not question.passages(None, bearing(), "full").blocks


def test_passages_stand_under_their_candidate_with_who_says_them():
    told = plain(question.passages(ASKED, bearing(("Marn", "answer", "Bo")), "full"))
    assert "Bo: ‹it goes to Marn› (answer; predicted; sentence 1)" in told
    assert told.count("none detected") == 2


def test_words_that_are_left_out_are_left_out_everywhere(sample):
    tables, _ = sample
    for part in sections(tables, "none").values():
        assert not re.search("seasonal exercise|shameless|grandfathers|2.3 billion", plain(part))


# --- the sections on the sample, and on a text that has nothing for them ---


def sections(tables, include: str = "excerpts") -> dict[str, Fragment]:
    of = asked(tables.documents["title"].iloc[0])
    found, words, checkable = tk.question(tables, of), tk.wording(tables), tk.checkable(tables)
    passages = Passages(tables, include, words, checkable, found)
    return {
        "verdict": question.verdict(of, found),
        "passages": question.passages(of, found, include),
        "certainty": certainty.certainty(tk.certainty(tables), passages),
        "wording": terms.wording(words, include),
        "checklist": checklist.checklist(checkable, include),
        "ledger": ledger(passages),
        "article": article(passages),
    }


@pytest.fixture(scope="module")
def sample():
    tables = tk.read(tk.sample())
    return tables, sections(tables)


def test_the_sections_keep_the_rules_of_reports(sample):
    _, parts = sample
    links_elsewhere = {"a link to #table-accuracy", "a link to #table-voices"}  # parts that are not made here
    found = [c for c in complaints(page(*parts.values())) if c.words not in links_elsewhere]
    assert not found


def test_the_counts_are_those_of_the_findings(sample):
    tables, parts = sample
    clauses = tk.certainty(tables).groupby(tk.certainty(tables)["voice"] == "author")["clauses"].sum()
    told = plain(parts["certainty"])
    assert f"Of {clauses[True]} clauses in the author’s own words" in told
    assert f"of {clauses[False]} clauses given to others" in told
    assert f"{len(tk.checkable(tables))} clauses" in plain(parts["checklist"])
    charged = int((~tk.wording(tables)["stance"].astype(bool)).sum())
    assert f"counted {charged} charged words" in plain(parts["wording"])


def test_the_work_list_says_that_nothing_was_checked(sample):
    _, parts = sample
    [_, items] = parts["checklist"].blocks
    assert all("not checked here" in item.note[0].plain() for item in items.items)


def test_a_long_work_list_is_cut_and_says_so(sample):
    tables, _ = sample
    found = tk.checkable(tables)
    told = plain(checklist.checklist(found, "full", most=3))
    assert f"{len(found) - 3} more" in told
    with pytest.raises(ToolkitError):
        checklist.checklist(found, "full", most=0)


def test_nothing_found_is_none_detected_with_the_measured_recall(sample):
    tables, _ = sample
    none = terms.wording(tk.wording(tables).head(0), "full")
    assert "none detected" in plain(none)
    assert re.search(r"found \d+%", plain(none))
    assert "none detected" in plain(checklist.checklist(tk.checkable(tables).head(0), "full"))
    nothing = certainty.certainty(tk.certainty(tables).head(0), Passages(tables))
    assert "none detected" in plain(nothing)


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        ({"author": {"asserted": 1}}, "The one clause in the author’s own words is asserted."),
        ({"author": {"hedged": 2}}, "Both clauses in the author’s own words are hedged."),
        (
            {"author": {"asserted": 3}, "v": {"asserted": 1}},
            "All 3 clauses in the author’s own words are asserted; the one clause given to others is asserted.",
        ),
        (
            {"author": {"asserted": 1, "asked": 2}, "v": {"asserted": 2, "predicted": 1}},
            "Of 3 clauses in the author’s own words, 1 is asserted and 2 asked; "
            "of 3 clauses given to others, 2 are asserted and 1 predicted.",
        ),
        ({"v": {"asserted": 4}}, "All 4 clauses given to others are asserted."),
    ],
)
def test_how_surely_clauses_are_put_is_told_in_good_english(sample, clauses, told):
    rows = [(voice, c, n) for voice, own in clauses.items() for c, n in own.items()]
    found = pd.DataFrame(rows, columns=["voice", "certainty", "clauses"]).assign(name="Ada", kind="named", negated=0)
    assert repr(certainty.certainty(found, Passages(sample[0]))).startswith(f"{told} ")
