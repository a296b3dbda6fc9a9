"""Statements: what each voice is given as saying, the claimant first, each beside the sentences that it rests on."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pandas as pd

from toolkit.report.blocks import Block, Fragment, Heading, Paragraph, Statement, Statements
from toolkit.report.displays import Table
from toolkit.report.inline import Claimant, Content, Inline, Key, Line, Link, Name, Place, Text, in_order, line
from toolkit.report.reading import Passages
from toolkit.report.wording import anchor, capital, error_rates, named, plural, unquoted

_BEFORE_THE_NAME = frozenset({"according to", "in the words of"})
_HOW = {"direct": "direct", "mixed": "partly in quotation marks", "indirect": "in the article’s wording"}
_KINDS = {"named": "by named sources", "unnamed": "by unnamed sources", "unidentified": "without an identified speaker"}
_NEEDS_NO_WORD = {"exact name", "unnamed in the text"}  # ways of finding a speaker that leave no doubt


def ledger(passages: Passages) -> Fragment:
    """Return what each voice says, every statement with the sentences that it rests on."""
    if passages.ledger.empty:
        return Fragment(Paragraph(line("Attributed statements: none detected. ", *error_rates()), "", "ledger"))
    told = "‹ › encloses the article’s own words; quotation marks are the article’s, too."
    if passages.include == "none":
        told = "The words of the statements are left out, as asked."
    blocks: list[Block] = [Paragraph(line(told), "note", "ledger")]
    said: dict[str, list[Any]] = defaultdict(list)
    for row in passages.said.values():
        said[row.voice].append(row)
    for voice in passages.voices[passages.voices["statements"] > 0].itertuples(index=False):
        own = said[voice.voice]
        name = Name(line(capital(named(voice.name, voice.kind))))
        blocks.append(Heading(line(Key(*passages.signs[voice.voice]), name), anchor(voice.voice)))
        blocks.append(Paragraph(_summary(voice, own), "note"))
        blocks.append(Statements(tuple(_statement(passages, row) for row in own)))
    return Fragment(*blocks)


def index(passages: Passages) -> Fragment:
    """Return the index of evidence: for every count of statements, the sentences in which they begin."""
    if passages.ledger.empty:
        return Fragment(Paragraph(line("Attributed statements: none detected. ", *error_rates())))
    rows = []
    for column, labels in (("mode", _HOW), ("kind", _KINDS)):
        for value, label in labels.items():
            own = [row for row in passages.said.values() if getattr(row, column) == value]
            count = Place(count_anchor(value), (Text(f"{len(own)}"),))
            rows.append((line(label), line(count), _sentences(own) or line("none detected")))
    columns = ("Statements", "Count", "Sentences in which they begin")
    caption = "Where the counts come from: the statements of each sort, with their sentences"
    return Fragment(Table(caption, columns, rows, columns[2], frozenset({"Count"}), "table-index", given=True))


def count_anchor(value: str) -> str:
    """Return the place of the index where the statements of a mode or of a kind of source are listed."""
    return f"count-{value}"


def mode_anchor(voice: str, mode: str) -> str:
    """Return the place where a voice's statements of one mode are listed."""
    return f"{anchor(voice)}-{mode}"


def _summary(voice: Any, own: Sequence[Any]) -> Line:
    """Return how much a voice says, and in which sentences it says it how."""
    counted = f"{capital(plural(voice.statements, 'statement'))}, {plural(voice.words, 'word')}"
    parts: list[Inline | str] = [Link("table-voices", line(counted)), ". "]
    for mode, how in _HOW.items():
        statements = [row for row in own if row.mode == mode]
        if statements:
            told = line(
                capital(how), f": {'sentence' if len(statements) == 1 else 'sentences'} ", *_sentences(statements)
            )
            parts += [Place(mode_anchor(voice.voice, mode), told), ". "]
    if voice.kind == "unnamed":
        parts.append("The text gives no name.")
    return line(*parts)


def _sentences(statements: Sequence[Any]) -> Line:
    """Return the numbers of the sentences in which statements begin, each leading to its statement."""
    parts: list[Inline] = []
    for row in statements:
        parts += [*([Text(", ")] if parts else []), Link(anchor(row.sentence_id), line(f"{row.number}"))]
    return tuple(parts)


def _statement(passages: Passages, row: Any) -> Statement:
    """Return one statement: claimant, cue in quotation marks, content as the article has it; what it rests on."""
    written = row.source if pd.notna(row.source) and passages.include != "none" else None
    claimant: list[Inline | str] = [Claimant(line(Name(line(capital(named(row.name, row.kind))))))]
    if written and _bare(written) != _bare(row.name):
        claimant.append(f" (“{unquoted(written)}”)")
    cue = unquoted(row.cue) if pd.notna(row.cue) else ""
    if cue.lower() in _BEFORE_THE_NAME:
        lead = [claimant[0], f" (“{cue.lower()} {unquoted(written or '')}”): " if written else f" “{cue.lower()}”: "]
    else:
        lead = [*claimant, f" “{cue}”: " if cue else ": "]
    if passages.include == "none":
        content: Inline = Text("[words left out]")
    else:
        content = Content(line(row.content if row.mode == "direct" else f"‹{row.content}›"))
    found = "" if row.resolved_by in _NEEDS_NO_WORD else f"; {row.resolved_by}"
    place = Link(anchor(row.sentence_id), line(f"sentence {row.number}"))
    shown = passages.include != "none"
    return Statement(
        anchor(row.attribution_id),
        line(*lead, content),
        line(f"{_HOW[row.mode]}, ", f"sentence {row.number}" if shown else place, found),
        _cited(passages, row.attribution_id) if shown else (),
        anchor(row.sentence_id),
    )


def _cited(passages: Passages, attribution_id: str) -> tuple[Line, ...]:
    """Return the sentences that a statement rests on, its own words marked, each led to by its number."""
    return tuple(
        line(
            Link(anchor(sentence_id), line(f"Sentence {passages.numbers[sentence_id]}")),
            "  ",
            *in_order(tuple(passages.words(sentence_id, only=attribution_id))),
        )
        for sentence_id in passages.cited[attribution_id]
    )


def _bare(words: str) -> str:
    return re.sub(r"\A(?:the|a|an)\s+", "", words.lower())
