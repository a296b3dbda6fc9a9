"""Narrative: findings become sentences. No number is typed here, and no claim is the report's own.

Three voices only: the article says; X, as quoted in the article, says; this toolkit counted.
"""

import re
from importlib.metadata import version

import pandas as pd

import toolkit
from toolkit import codebook, digests
from toolkit.analysis.quotations import unclosed
from toolkit.analysis.voices import AUTHOR
from toolkit.errors import ToolkitError
from toolkit.report.blocks import Fragment, Items, Paragraph, Title
from toolkit.report.displays import Table
from toolkit.report.inline import Key, Line, Link, Name, Text, line
from toolkit.report.key import key
from toolkit.report.statements import mode_anchor
from toolkit.report.wording import (
    ACCURACY,
    anchor,
    capital,
    day,
    error_rates,
    led,
    named,
    one_document,
    percent,
    plural,
    rates,
)

_OF_TABLES = (*(f"{table} " for table in codebook.MEASURED), "state or place ", "names ")  # measures of single tables
_BY = re.compile(r"\Aby\s+", re.IGNORECASE)
PAPERS, CODES = ("a4", "letter"), ("none", "folded")


def title(documents: pd.DataFrame, paper: str = "a4", code: str = "none") -> Fragment:
    """Return the head of a report on one document, with how it is to be set: the paper's size, the notebook's code.

    Raises
    ------
    ToolkitError
        When `paper` is not a4 or letter, or `code` not none or folded.
    """
    for name, value, among in (("paper", paper, PAPERS), ("code", code, CODES)):
        if value not in among:
            raise ToolkitError(f"{name} is {' or '.join(among)}, not {value!r}: choose one of them")
    document = _only(documents)
    name = document["title"] if pd.notna(document["title"]) else f"Untitled text ({document['source_path']})"
    where = [
        f"by {_BY.sub('', document['author'])}" if pd.notna(document["author"]) else None,
        document["outlet"],
        document["dateline"],
        day(document["published"]),
    ]
    note = _language_note(document["language"]) if document["language"] != "en" else ""
    byline = " · ".join(str(part) for part in where if pd.notna(part))
    return Fragment(Title("Attribution report", str(name), capital(byline), paper, code, note))


def who_speaks(voices: pd.DataFrame) -> Fragment:
    """Return the table of voices; each name leads to what it says."""
    one_document(voices)
    signs = key(voices)
    rows = []
    for row in voices.itertuples(index=False):
        where = anchor(row.voice) if row.statements else "article"
        name = Name(line(named(row.name, row.kind)))
        counts = [
            (where, row.statements),
            *((mode_anchor(row.voice, mode), getattr(row, mode)) for mode in ("direct", "mixed", "indirect")),
        ]
        shown = [line("–") if row.voice == AUTHOR else line(led(*count)) for count in counts]
        share = Link(where, line(percent(row.share))) if row.words else Text(percent(row.share))
        sign = line(Key(*signs[row.voice])) if row.voice in signs else ()
        first = (*sign, name if row.voice == AUTHOR else Link(where, (name,)))
        rows.append((first, line(row.kind), *shown, line(led(where, row.words)), line(share)))
    columns = ("Voice", "Kind", "Statements", "Direct", "Mixed", "Indirect", "Words", "Share")
    return Fragment(
        Table(
            "Voices, by their words in the body of the article",
            columns,
            rows,
            wide="Voice",
            right=frozenset(columns[2:]),
            anchor="table-voices",
        ),
        Paragraph(
            line(
                "Direct: wholly in quotation marks. Mixed: in part. Indirect: in the article’s own wording. "
                "The words that introduce a statement (“X said”) count as the author’s."
            ),
            "note",
        ),
    )


def limits(documents: pd.DataFrame, sentences: pd.DataFrame) -> Fragment:
    """Return what this report cannot tell, with the extractor's measured error rates."""
    document = _only(documents)
    found: list[Line] = [
        line("Finding statements is error-prone. ", *error_rates()),
        line("The report says who is given as saying what. Whether any of it is true was not checked."),
        line("One text says nothing about the outlet or the author that published it."),
        line(
            "Pronouns and descriptions (“he”, “the expert”) are joined to names by rules, which each entry states; in "
            "talk without labels they often fail. A capital or country that speaks is listed under its state."
        ),
        line(
            "Clauses, their certainty and listed words are found by word lists and neighbours, not by a parser: irony, "
            "metaphor and a word’s use in its trade are not told apart. ",
            *rates("certainty", "clauses"),
        ),
        line(
            "Dates without a year, and those that count from another day, are placed by the day of publication and the "
            "verbs beside them; without that day they are listed, but not placed. ",
            *rates("dates", "dates", "with their right days"),
        ),
        line(
            "Numbers are found by their forms, what they count by the nouns beside them; treaties and laws by the "
            "grammar of their names. “The treaty” is joined to the one named before, where only one fits. ",
            *rates("quantities", "numbers", "with their value and unit"),
            " ",
            *rates("references", "references", "with their name and article"),
        ),
        line(
            "Labels of speakers in interviews (“Q:”, “A:”) are read where two and more come back; a speech that a text "
            "gives whole, without quotation marks, is not told from the author’s own words."
        ),
    ]
    if document["language"] != "en":
        found.insert(0, line(_language_note(document["language"])))
    left_open = int(unclosed(documents, sentences)["unclosed"].iloc[0])
    if left_open:
        count = Link("article", line(capital(plural(left_open, "quotation"))))
        found.append(line(count, " not closed in the text: read to the end of a paragraph."))
    if pd.isna(document["title"]):
        found.append(line("No headline was found."))
    if pd.isna(document["published"]):
        found.append(line("No date of publication was found."))
    if "(damaged)" in document["encoding"]:
        found.append(line("Some bytes of the file could not be read and stand as “\ufffd”."))
    headlines = int((sentences["part"] == "headline").sum())
    counted = int((sentences["part"] == "body").sum())
    found.append(
        line(
            "The counts of words cover the body (",
            Link("article", line(plural(counted, "sentence"))),
            "); statements in the headline are listed, but their words are not counted." if headlines else ").",
        )
    )
    return Fragment(Items(tuple((None, parts) for parts in found)), _accuracy())


def _accuracy() -> Table:
    """Return what was measured of the extractor on news; the notebook `evaluation` has the rest."""
    measured = codebook.accuracy()
    [news] = {a.corpus for a in measured if a.measure == "recall"}
    rows = [
        (line(a.measure), line(percent(a.value)), line(f"{a.cases:,}"), line(Text(a.corpus)))
        for a in measured
        if (a.corpus == news and not a.measure.startswith("outcome ")) or a.measure.startswith(_OF_TABLES)
    ]
    columns = ("Measure", "Value", "Cases", "Corpus")
    return Table(
        "What was measured of this version’s extractor",
        columns,
        rows,
        "Corpus",
        frozenset(columns[1:3]),
        ACCURACY,
        True,
    )


def provenance(documents: pd.DataFrame, **parameters: object) -> Fragment:
    """Return what is needed to repeat the report: the file, its digest, versions, parameters."""
    document = _only(documents)
    facts = [
        ("File", document["source_path"]),
        ("SHA-256", document["sha256"]),
        ("Read as", document["encoding"]),
        ("Language", document["language"]),
        ("Toolkit", f"attribution-toolkit {toolkit.__version__}"),
        ("Tagger’s weights", digests.weights()),
        *((f"Library {name}", version(name)) for name in ("pandas", "duckdb", "pysbd", "matplotlib")),
        *((f"Parameter {name}", str(value)) for name, value in parameters.items()),
    ]
    rows = [(line(name), line(Name(line(str(value))))) for name, value in facts]
    return Fragment(
        Table(
            "What this report was made from",
            ("What", "Value"),
            rows,
            wide="Value",
            anchor="table-provenance",
            given=True,
        )
    )


def _only(documents: pd.DataFrame) -> pd.Series:
    one_document(documents)
    return documents.iloc[0]


def _language_note(code: str) -> str:
    which = (
        "Its language could not be told"
        if code == "und"
        else f"This text appears to be in another language (code “{code}”)"
    )
    return f"The toolkit reads English. {which}: expect that most statements were missed."
