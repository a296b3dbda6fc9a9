"""Narrative: findings become sentences. No number is typed here, and no claim is the report's own.

Three voices only: the article says; X, as quoted in the article, says; this toolkit counted.
"""

import hashlib
import re
from datetime import date
from importlib.metadata import version
from typing import Any

import pandas as pd

import toolkit
from toolkit import codebook
from toolkit.analysis.quotations import unclosed
from toolkit.analysis.voices import AUTHOR, UNIDENTIFIED
from toolkit.errors import ToolkitError
from toolkit.model.tagger import digest
from toolkit.report.blocks import Fragment, Heading, Items, Numbers, Paragraph, Table, Title
from toolkit.report.inline import Inline, Line, Link, Small, Strong, Text, line

_BEFORE_THE_NAME = frozenset({"according to", "in the words of"})


def plural(n: int, noun: str, nouns: str | None = None) -> str:
    """Return a count with its noun, in digits but for none and one.

    >>> plural(0, "statement"), plural(1, "voice"), plural(34, "source")
    ('no statements', 'one voice', '34 sources')
    """
    number = {0: "no", 1: "one"}.get(n, f"{n:,}")
    return f"{number} {noun if n == 1 else nouns or noun + 's'}"


def percent(share: float) -> str:
    """Return a share of one as a whole percentage; what is not nothing is not called 0%.

    >>> percent(0.5), percent(0.004), percent(0)
    ('50%', 'under 1%', '0%')
    """
    if 0 < share < 0.005:
        return "under 1%"
    return "over 99%" if 0.995 <= share < 1 else f"{int(share * 100 + 0.5)}%"


def sentence(*parts: Inline | str) -> Line:
    """Return the parts with a capital at the beginning."""
    first = parts[0]
    return line(first[:1].upper() + first[1:] if isinstance(first, str) else first, *parts[1:])


def anchor(identifier: str) -> str:
    """Return an anchor for a row: the row's kind and a digest, whatever its id is made of."""
    kind = {"s": "s", "a": "a"}.get(identifier.split("/")[-2] if identifier.count("/") >= 2 else "", "v")
    return f"{kind}-{hashlib.sha256(identifier.encode()).hexdigest()[:10]}"


def title(documents: pd.DataFrame) -> Fragment:
    """Return the head of a report on one document."""
    document = _only(documents)
    name = document["title"] if pd.notna(document["title"]) else f"Untitled text ({document['source_path']})"
    where = [
        f"by {document['author']}" if pd.notna(document["author"]) else None,
        document["outlet"],
        document["dateline"],
        _day(document["published"]),
    ]
    notes = [_language_note(document["language"])] if document["language"] != "en" else []
    byline = " · ".join(str(part) for part in where if pd.notna(part))
    head = Title("Attribution report", str(name), byline[:1].upper() + byline[1:])
    return Fragment(head, *(Paragraph(line(Strong(line(note))), "note") for note in notes))


def glance(voices: pd.DataFrame, sourcing: pd.DataFrame) -> Fragment:
    """Return what a reader should know first: who speaks, how much, how it is marked."""
    one_document(voices)
    words, statements = int(voices["words"].sum()), int(sourcing["statements"].sum())
    author = voices[voices["voice"] == AUTHOR].iloc[0]
    own = Link("table-voices", line(f"{percent(author['share'])}"))
    if not statements:
        return Fragment(
            Paragraph(
                line(
                    f"Attributed statements: none detected in a body of {words:,} {'word' if words == 1 else 'words'}."
                ),
                "lead",
            ),
            Paragraph(line(f"This does not show that there are none. {_recall_sentence()}")),
        )
    sources = voices[voices["kind"].isin(["named", "unnamed"])]
    named = int((sources["kind"] == "named").sum())
    nameless = len(sources) - named
    by_mode = sourcing.groupby("mode")["statements"].sum()
    unnamed = int(sourcing.loc[sourcing["kind"] == "unnamed", "statements"].sum())
    lone = int(sourcing.loc[sourcing["kind"] == UNIDENTIFIED, "statements"].sum())
    of_sources = Link("table-voices", line(plural(len(sources), "source")))
    ledger = Link("ledger", line(plural(statements, "statement")))
    lead: list[Inline | str] = [
        "this toolkit counted ",
        ledger,
        *((" attributed to ", of_sources) if len(sources) else (" without a source",)),
        " in this article of ",
        Link("article", line(plural(words, "word"))),
        "; ",
        own,
        " of the words are the author’s own.",
    ]
    longest = sources.sort_values(["words", "name"], ascending=[False, True], kind="stable").head(1)
    most: list[Inline | str] = []
    for row in longest.itertuples(index=False):
        most = [
            "Of the sources, most words go to " if len(sources) > 1 else "The source is ",
            Link(anchor(row.voice), line(row.name)),
            " (",
            Link(anchor(row.voice), line(f"{plural(row.words, 'word')}, {percent(row.share)}")),
            "). ",
        ]
    direct, mixed, indirect = (int(by_mode[mode]) for mode in ("direct", "mixed", "indirect"))
    modes: list[Inline | str] = [
        _led("ledger", direct, "No", "One"),
        " statements are" if direct > 1 else " statement is",
        " wholly in quotation marks, ",
        _led("ledger", mixed, "none", "one"),
        " partly, ",
        _led("ledger", indirect, "none", "one"),
        " in the article’s own wording. ",
    ]
    kinds: list[Inline | str] = []
    for n, kind, one, many in (
        (unnamed, "unnamed", " comes from an unnamed source", " come from unnamed sources"),
        (lone, UNIDENTIFIED, " has no identified speaker", " have no identified speaker"),
    ):
        if n:
            first = voices.loc[voices["kind"] == kind, "voice"].iloc[0]
            number = _led(anchor(first), n, "", "one" if kinds else "One")
            kinds += [*([", and "] if kinds else []), number, one if n == 1 else many]
    kinds += ["."] if kinds else []
    return Fragment(
        Paragraph(sentence(*lead), "lead"),
        Numbers(
            (
                (
                    line(Link("ledger", line(f"{statements}"))),
                    "statement" if statements == 1 else "statements",
                ),
                (
                    line(Link("table-voices", line(f"{named}"))),
                    "named source" if named == 1 else "named sources",
                ),
                (
                    line(Link("table-voices", line(f"{nameless}"))),
                    "unnamed source" if nameless == 1 else "unnamed sources",
                ),
                (line(Link("table-voices", line(percent(author["share"])))), "author’s own words"),
            )
        ),
        Paragraph(line(*most, *modes, *kinds)),
    )


def who_speaks(voices: pd.DataFrame) -> Fragment:
    """Return the table of voices; each name leads to what it says."""
    one_document(voices)
    rows = []
    for row in voices.itertuples(index=False):
        name = line(row.name) if row.voice == AUTHOR else line(Link(anchor(row.voice), line(row.name)))
        counts = (row.statements, row.direct, row.mixed, row.indirect)
        where = "article" if row.voice == AUTHOR or not row.statements else anchor(row.voice)
        shown = [line("–") if row.voice == AUTHOR else line(_led(where, n)) for n in counts]
        rows.append((name, line(row.kind), *shown, line(_led(where, row.words)), line(percent(row.share))))
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


def statements(ledger: pd.DataFrame, voices: pd.DataFrame) -> Fragment:
    """Return what each voice says, the claimant first, every statement linked to its sentence."""
    one_document(voices)
    parts: list[Any] = [Paragraph((), "", "ledger")]
    if ledger.empty:
        parts.append(Paragraph(line(f"Attributed statements: none detected. {_recall_sentence()}")))
        return Fragment(*parts)
    parts.append(
        Paragraph(
            line("‹ › encloses the article’s own words; quotation marks are the article’s, too."),
            "note",
        )
    )
    for voice in voices[voices["statements"] > 0].itertuples(index=False):
        own = ledger[ledger["voice"] == voice.voice]
        parts.append(Heading(sentence(voice.name), anchor(voice.voice)))
        summary = f"{plural(voice.statements, 'statement')}, {plural(voice.words, 'word')}"
        parts.append(
            Paragraph(sentence(summary + (". The text gives no name." if voice.kind == "unnamed" else ".")), "note")
        )
        items = [(anchor(row.attribution_id), _statement(row)) for row in own.itertuples(index=False)]
        parts.append(Items(tuple(items), "statements"))
    return Fragment(*parts)


def _statement(row: Any) -> Line:
    """Return one statement: claimant, cue in quotation marks, content as the article has it."""
    written = row.source if pd.notna(row.source) else None
    claimant: list[Inline | str] = [Strong(line(_capital(row.name)))]
    if written and _bare(written) != _bare(row.name):
        claimant.append(f" (“{_unquoted(written)}”)")
    cue = _unquoted(row.cue) if pd.notna(row.cue) else ""
    if cue.lower() in _BEFORE_THE_NAME:
        lead = [claimant[0], f" (“{cue.lower()} {_unquoted(written or '')}”): "]
    else:
        lead = [*claimant, f" “{cue}”: " if cue else ": "]
    content = row.content if row.mode == "direct" else f"‹{row.content}›"
    how = {"direct": "direct", "mixed": "partly in quotation marks", "indirect": "in the article’s wording"}[row.mode]
    found = "" if row.resolved_by in {"exact name", "unnamed in the text"} else f"; {row.resolved_by}"
    return line(
        *lead,
        content,
        " ",
        Small(line(f"{how}, ", Link(anchor(row.sentence_id), line(f"sentence {row.number}")), found)),
    )


def limits(documents: pd.DataFrame, sentences: pd.DataFrame) -> Fragment:
    """Return what this report cannot tell, with the extractor's measured error rates."""
    document = _only(documents)
    found = [
        "Finding statements is error-prone. " + _recall_sentence(),
        "The report says who is given as saying what. Whether any of it is true was not checked.",
        "One text says nothing about the outlet or the author that published it.",
        "Pronouns and descriptions (“he”, “the expert”) are joined to names by simple rules, which each entry states; "
        "a capital used for a government is listed under the capital’s name.",
        "Labels of speakers in interviews (“Q:”, “A:”) and the voice of a whole speech are not read as such.",
    ]
    if document["language"] != "en":
        found.insert(0, _language_note(document["language"]))
    left_open = int(unclosed(documents, sentences)["unclosed"].iloc[0])
    if left_open:
        found.append(
            f"{_capital(plural(left_open, 'quotation'))} not closed in the text: read to the end of a paragraph."
        )
    if pd.isna(document["title"]):
        found.append("No headline was found.")
    if pd.isna(document["published"]):
        found.append("No date of publication was found.")
    if "(damaged)" in document["encoding"]:
        found.append("Some bytes of the file could not be read and stand as “\ufffd”.")
    headlines = int((sentences["part"] == "headline").sum())
    counted = int((sentences["part"] == "body").sum())
    found.append(
        f"The counts of words cover the body ({plural(counted, 'sentence')})"
        + ("; statements in the headline are listed, but their words are not counted." if headlines else ".")
    )
    return Fragment(Items(tuple((None, line(text)) for text in found)))


def provenance(documents: pd.DataFrame, **parameters: object) -> Fragment:
    """Return what is needed to repeat the report: the file, its digest, versions, parameters."""
    document = _only(documents)
    facts = [
        ("File", document["source_path"]),
        ("SHA-256", document["sha256"]),
        ("Read as", document["encoding"]),
        ("Language", document["language"]),
        ("Toolkit", f"attribution-toolkit {toolkit.__version__}"),
        ("Tagger’s weights", digest()),
        *((f"Library {name}", version(name)) for name in ("pandas", "duckdb", "pysbd", "matplotlib")),
        *((f"Parameter {name}", str(value)) for name, value in parameters.items()),
    ]
    rows = [(line(name), line(str(value))) for name, value in facts]
    return Fragment(
        Table("What this report was made from", ("What", "Value"), rows, wide="Value", anchor="table-provenance")
    )


def _led(where: str, n: int, none: str = "0", one: str = "1") -> Inline:
    """Return a number that leads to what it counts; nothing counted leads nowhere."""
    shown = {0: none, 1: one}.get(n, f"{n:,}")
    return Link(where, line(shown)) if n else Text(shown)


def _only(documents: pd.DataFrame) -> pd.Series:
    one_document(documents)
    return documents.iloc[0]


def one_document(frame: pd.DataFrame) -> None:
    """Refuse a table or finding of several documents, where a part of a report tells of one."""
    documents = frame["doc_id"].nunique()
    if documents != 1:
        raise ToolkitError(f"this part tells of one document, not of {documents}: select one by its doc_id")


def _language_note(code: str) -> str:
    which = (
        "Its language could not be told"
        if code == "und"
        else f"This text appears to be in another language (code “{code}”)"
    )
    return f"The toolkit reads English. {which}: expect that most statements were missed."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _day(iso: object) -> str | None:
    if not isinstance(iso, str):
        return None
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B} {day.year}"


def _bare(words: str) -> str:
    return re.sub(r"\A(?:the|a|an)\s+", "", words.lower())


def _unquoted(words: str) -> str:
    return re.sub('[“”"]', "", words)


def _recall_sentence() -> str:
    """Return the extractor's measured error rates in a sentence."""
    measured = {a.measure: a for a in codebook.accuracy()}
    found, right = measured.get("recall"), measured.get("precision")
    if not (found and right):
        raise ValueError("codebook/accuracy.csv lacks recall or precision: run tests/bench/accuracy.py")
    by_mode = ", ".join(f"{percent(measured[f'recall {m}'].value)} of {m}" for m in ("direct", "mixed", "indirect"))
    return (
        f"On {found.cases:,} statements in other texts ({found.corpus}) this version found {percent(found.value)} "
        f"({by_mode} ones), and {percent(right.value)} of what it listed were indeed statements."
    )
