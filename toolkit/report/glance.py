"""At a glance: who speaks in one sentence, in four numbers and in one paragraph."""

import pandas as pd

from toolkit.analysis.voices import AUTHOR, UNIDENTIFIED
from toolkit.report.blocks import Fragment, Numbers, Paragraph
from toolkit.report.inline import Inline, Line, Link, Name, Reference, as_plain, line
from toolkit.report.statements import count_anchor
from toolkit.report.wording import anchor, error_rates, led, named, one_document, percent, plural, sentence

_VOICES, _LEDGER, _ARTICLE = "table-voices", "ledger", "article"
_HOW = {
    "direct": "wholly in quotation marks",
    "mixed": "partly in quotation marks",
    "indirect": "in the article’s own wording",
}


def glance(voices: pd.DataFrame, sourcing: pd.DataFrame) -> Fragment:
    """Return what a reader should know first: who speaks, and how much.

    Its abstract, for those who read nothing else, adds what `summary` says and how often the toolkit errs.
    """
    one_document(voices)
    statements = int(sourcing["statements"].sum())
    lead = _lead(voices, statements)
    details = _details(voices, sourcing)
    told = (
        (lead, details, line(*error_rates())) if statements else (lead, details)
    )  # of none, the rates are told at once
    abstract = " ".join(as_plain(part).strip() for part in told)
    if not statements:
        return Fragment(Paragraph(lead, "lead"), abstract=abstract)
    kinds = voices["kind"].value_counts()
    n_named, n_unnamed = (int(kinds.get(kind, 0)) for kind in ("named", "unnamed"))
    numbers = Numbers(
        (
            (line(Link(_LEDGER, line(f"{statements:,}"))), "statement" if statements == 1 else "statements"),
            (line(Link(_VOICES, line(f"{n_named:,}"))), "named source" if n_named == 1 else "named sources"),
            (line(Link(_VOICES, line(f"{n_unnamed:,}"))), "unnamed source" if n_unnamed == 1 else "unnamed sources"),
            (line(Link(_VOICES, line(percent(_authors_share(voices))))), "author’s own words"),
        )
    )
    return Fragment(Paragraph(lead, "lead"), numbers, abstract=abstract)


def summary(voices: pd.DataFrame, sourcing: pd.DataFrame) -> Fragment:
    """Return the paragraph that says which source has most words, and how and by whom statements are made."""
    one_document(voices)
    details = _details(voices, sourcing)
    if sourcing["statements"].sum():
        details += line(Reference("table-index", line("The index")), " lists the sentences of each.")
    return Fragment(Paragraph(details))


def _lead(voices: pd.DataFrame, statements: int) -> Line:
    words = int(voices["words"].sum())
    body = Link(_ARTICLE, line(plural(words, "word")))
    if not statements:
        return line("Attributed statements: none detected in this article of ", body, ".")
    by_sources = voices[voices["kind"].isin(["named", "unnamed"])]
    given = int(by_sources["statements"].sum())
    to_sources = ("attributed to ", Link(_VOICES, line(plural(len(by_sources), "source"))))
    whose: tuple[Inline | str, ...] = (" ", *to_sources)
    if not given:
        whose = (" without an identified speaker",)
    elif given < statements:
        whose = (", ", Link(_VOICES, line(plural(given, "of them", "of them"))), " ", *to_sources, ",")
    own = _authors_share(voices)
    return sentence(
        "this toolkit counted ",
        Link(_LEDGER, line(plural(statements, "statement"))),
        *whose,
        " in this article of ",
        body,
        "; ",
        Link(_VOICES, line(percent(own) if own else "none")),
        " of the words are the author’s own.",
    )


def _details(voices: pd.DataFrame, sourcing: pd.DataFrame) -> Line:
    if not sourcing["statements"].sum():
        return line("This does not show that there are none. ", *error_rates())
    parts = [*_longest(voices), *_modes(sourcing), *_nameless(voices)]
    return line(*parts)


def _longest(voices: pd.DataFrame) -> list[Inline | str]:
    sources = voices[voices["kind"].isin(["named", "unnamed"])]
    for row in sources.sort_values(["words", "name"], ascending=[False, True], kind="stable").head(1).itertuples():
        return [
            "Of the sources, most words go to " if len(sources) > 1 else "The source is ",
            Link(anchor(row.voice), line(Name(line(named(row.name, row.kind))))),
            " (",
            Link(anchor(row.voice), line(f"{plural(row.words, 'word')}, {percent(row.share)}")),
            "). ",
        ]
    return []


def _modes(sourcing: pd.DataFrame) -> list[Inline | str]:
    """Return how many statements are told in which way, of those ways that there are."""
    by_mode = sourcing.groupby("mode")["statements"].sum()
    there = {mode: int(by_mode[mode]) for mode in _HOW if by_mode[mode]}
    parts: list[Inline | str] = []
    for mode, n in there.items():
        where = count_anchor(mode)
        if len(there) == 1:
            whole = Link(where, line({1: "The statement is", 2: "Both statements are"}.get(n, f"All {n:,} are")))
            return [whole, f" {_HOW[mode]}. "]
        if not parts:
            parts += [led(where, n, one="One"), f" statement{' is' if n == 1 else 's are'} {_HOW[mode]}"]
        else:
            after_marks = mode == "mixed"  # "wholly in quotation marks, 2 partly"
            parts += [", ", led(where, n, one="one"), " partly" if after_marks else f" {_HOW[mode]}"]
    return [*parts, ". "]


def _nameless(voices: pd.DataFrame) -> list[Inline | str]:
    """Return how many statements come from those whom the text does not name, or from nobody known."""
    statements = int(voices["statements"].sum())
    parts: list[Inline | str] = []
    for kind, one, many in (
        ("unnamed", "comes from", "come from"),
        (UNIDENTIFIED, "has no identified speaker", "have no identified speaker"),
    ):
        own = voices[voices["kind"] == kind]
        n = int(own["statements"].sum())
        if not n or (kind == UNIDENTIFIED and n == statements):  # the lead has said so
            continue
        number: Inline = led(count_anchor(kind), n, one="one" if parts else "One")
        if n == statements:
            number = Link(count_anchor(kind), line({1: "It", 2: "Both"}.get(n, "All")))
        whom = f" {'an unnamed source' if len(own) == 1 else 'unnamed sources'}" if kind == "unnamed" else ""
        parts += [*([", and "] if parts else []), number, f" {one if n == 1 else many}{whom}"]
    return [*parts, ". "] if parts else []


def _authors_share(voices: pd.DataFrame) -> float:
    return float(voices.loc[voices["voice"] == AUTHOR, "share"].iloc[0])
