"""How well statements are found, as tables and sentences: the evaluation's findings, never a number of its own."""

import pandas as pd

from toolkit import codebook
from toolkit.report.blocks import Fragment, Paragraph, Title
from toolkit.report.displays import Table
from toolkit.report.inline import Line, Link, Name, Small, Strong, as_plain, line
from toolkit.report.wording import percent, plural

_WORDS = {
    "recall": "statements found",
    "recall direct": "… of direct ones",
    "recall mixed": "… of partly quoted ones",
    "recall indirect": "… of indirect ones",
    "precision": "of what was listed, statements",
    "source accuracy": "of the statements found, with the right source",
    "exact source F1": "sources, to the word (F1)",
    "exact cue F1": "cues, to the word (F1)",
    "exact content F1": "contents, to the word (F1)",
}
_CORPORA = {"": "US political news", "GUM ": "texts of many genres", "own ": "own passages"}
_OUTCOME, _MEASURED = "outcome ", "table-measured"


def title(passages: int) -> Fragment:
    """Return the head of the report, and its answer in a sentence."""
    measured = {a.measure: a for a in codebook.accuracy()}
    found, right = measured["recall"], measured["precision"]
    lead = line(
        "Of ",
        Link(_MEASURED, line(plural(found.cases, "statement"))),
        " that people marked in US political news, this version found ",
        Link(_MEASURED, line(percent(found.value))),
        "; ",
        Link(_MEASURED, line(percent(right.value))),
        " of what it listed were statements.",
    )
    head = Title("Attribution Toolkit", "How well are statements found?", f"{plural(passages, 'passage')} read now")
    return Fragment(head, Paragraph(lead, "lead"), abstract=as_plain(lead))


def figures() -> Fragment:
    """Return what was measured of this version on texts that people marked, a column a corpus."""
    measured = {a.measure: a for a in codebook.accuracy()}
    texts = (measured.get(before + "recall") for before in _CORPORA)
    rows = [(line("texts"), *(line(a.corpus if a else "–") for a in texts))]
    for name, words in _WORDS.items():
        found = [measured.get(before + name) for before in _CORPORA]
        rows.append((line(words), *(_share(a.value, a.cases) if a else line("–") for a in found)))
    columns = ("Measure", *_CORPORA.values())
    return Fragment(
        Table("What was measured, and of how many", columns, rows, wide="Measure", anchor=_MEASURED, given=True)
    )


def outcomes() -> Fragment:
    """Return the commonest kinds of error on US political news, the most frequent first."""
    found = [(a.measure.removeprefix(_OUTCOME), a) for a in codebook.accuracy() if a.measure.startswith(_OUTCOME)]
    found.sort(key=lambda pair: -pair[1].cases)
    rows = [(line(kind), line(f"{a.cases:,}"), line(percent(a.value))) for kind, a in found]
    return Fragment(
        Table(
            "How contents come out",
            ("Outcome", "Cases", "Share"),
            rows,
            wide="Outcome",
            right=frozenset({"Cases", "Share"}),
            anchor="table-outcomes",
            given=True,
        )
    )


def here(scores: pd.DataFrame) -> Fragment:
    """Return what the passages read now gave. Source: `toolkit.analysis.evaluation.scores`."""
    value = scores.set_index("measure")
    recall = value.loc["attribution@0.3 recall"]
    precision = value.loc["attribution@0.3 precision"]
    if not recall.cases:
        return Fragment(Paragraph(line("Nothing is marked in these passages, so nothing can be measured on them.")))
    return Fragment(
        Paragraph(
            line(
                "Found were ",
                Link(
                    "table-here",
                    line(
                        Strong(line(percent(recall.value))),
                        f" of the {plural(int(recall.cases), 'statement')} marked in these passages",
                    ),
                ),
                "; ",
                Link(
                    "table-here",
                    line(
                        Strong(line(percent(precision.value))),
                        f" of the {plural(int(precision.cases), 'statement')} listed",
                    ),
                ),
                " were marked.",
            )
        )
    )


def errors(kinds: pd.DataFrame) -> Fragment:
    """Return the kinds of outcome in these passages. Source: `toolkit.analysis.mistakes.kinds`."""
    rows = [
        (line(r.kind), line(r.meaning), line(f"{r.cases:,}"), line(percent(r.share)))
        for r in kinds.itertuples()
        if r.cases
    ]
    columns = ("Outcome", "Meaning", "Cases", "Share")
    return Fragment(
        Table(
            "Outcomes in these passages",
            columns,
            rows,
            wide="Meaning",
            right=frozenset({"Cases", "Share"}),
            anchor="table-here",
            given=True,
        )
    )


def examples(mistakes: pd.DataFrame, most: int) -> Fragment:
    """Return up to `most` mistakes of each kind, with what is marked and what was found."""
    if mistakes.empty:
        return Fragment(Paragraph(line("No mistake in these passages.")))
    rows = []
    for kind, found in mistakes.groupby("kind", sort=True):
        for row in found.head(most).itertuples():
            marked, listed = (f"‹{part}›" if part else "nothing" for part in (row.annotated, row.found))
            rows.append((line(str(kind)), *(line(Name(line(words))) for words in (row.text, marked, listed))))
    columns = ("Mistake", "Passage", "Marked", "Found")
    return Fragment(Table("Examples of mistakes", columns, rows, wide="Passage", anchor="table-examples", given=True))


def _share(value: float, cases: int) -> Line:
    return line(f"{value:.3f} ", Small(line(f"of {cases:,}")))
