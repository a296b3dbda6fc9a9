"""Reading: the article itself, its sentences numbered, its voices marked and drawn; as much of it as may be shown."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pandas as pd

from toolkit.analysis import evidence, ledger, stretches, turns, voices
from toolkit.analysis.voices import AUTHOR
from toolkit.errors import ToolkitError
from toolkit.report.blocks import Block, Fragment, Paragraph
from toolkit.report.displays import Strip, Table, Turn
from toolkit.report.inline import Inline, Key, Line, Link, Mark, Number, Place, Text, in_order, line
from toolkit.report.key import VOICE_STYLES, key
from toolkit.report.wording import anchor, named, one_document, percent
from toolkit.tables import Tables

INCLUDE = ("full", "excerpts", "none")
# Sentences after which a paragraph is broken, to be read and to be set: the time to set one grows
# with the square of its length.
_LONGEST = 60
_ANCHOR = "article"
_MOST_TURNS = 1000  # more would be narrower than a point
_GAP = "[…] "
_TOLD = {"direct": "direct", "mixed": "partly in quotation marks", "indirect": "in the article’s wording"}


class Passages:
    """What a report may show of one document: who says what where, and how much of the text's own words.

    `include` is "full", "excerpts" (the sentences that statements and further findings rest on) or "none".
    """

    def __init__(self, tables: Tables, include: str = "excerpts", *further: pd.DataFrame) -> None:
        """Hold the findings on the tables of one document; `further` ones cite sentences by their `sentence_id`.

        Raises
        ------
        ToolkitError
            For several documents, or an unknown `include`.
        """
        if include not in INCLUDE:
            raise ToolkitError(f"include_source is {', '.join(INCLUDE)}, not {include!r}: choose one of them")
        one_document(tables.documents)
        self.include, self.sentences = include, tables.sentences
        self.voices, self.ledger, self.turns = voices(tables), ledger(tables), turns(tables)
        self.text = str(tables.documents["text"].iloc[0])
        self.signs = key(self.voices)
        self.cited: dict[str, list[str]] = defaultdict(list)
        self.evidence = evidence(tables)
        for row in self.evidence.itertuples(index=False):
            self.cited[row.attribution_id].append(row.sentence_id)
        self.evident = {s for own in self.cited.values() for s in own}
        self.evident |= {s for finding in further for s in finding["sentence_id"]}
        self.numbers = dict(zip(tables.sentences["sentence_id"], tables.sentences["number"], strict=True))
        self._pieces: dict[str, list[Any]] = defaultdict(list)
        for piece in stretches(tables).itertuples(index=False):
            self._pieces[piece.sentence_id].append(piece)

    @cached_property
    def shown(self) -> frozenset[str]:
        """Return the ids of the sentences whose words may be shown."""
        if self.include == "full":
            return frozenset(self.numbers)
        return frozenset(self.evident) if self.include == "excerpts" else frozenset()

    @cached_property
    def placed(self) -> frozenset[str]:
        """Return the ids of the sentences that have a place in a report: their words or, of none, a row."""
        return self.shown if self.include != "none" else frozenset(self.evident)

    @cached_property
    def said(self) -> dict[str, Any]:
        """Return the rows of the ledger by their attribution_id."""
        return {row.attribution_id: row for row in self.ledger.itertuples(index=False)}

    def words(self, sentence_id: str, only: str | None = None, before: str | None = None) -> Iterator[Inline]:
        """Yield a sentence's words, each voice marked, or `only` one statement; `before` is in whose turn it begins."""
        turn = before
        for piece in self._pieces[sentence_id]:
            words = Text(self.text[piece.start : piece.end])
            said = self.said.get(piece.attribution_id)
            if said is None or only not in {None, said.attribution_id}:
                yield words
            else:
                sign = self.signs[said.voice]
                letter = "" if said.attribution_id == turn else sign.letter
                target = None if only else anchor(said.attribution_id)
                label = "" if only else named(said.name, said.kind)  # the entry says whose it is
                yield Mark((words,), letter, sign.style, said.mode, target, label)
            if piece.words:
                turn = said.attribution_id if said is not None else None

    def last_turn(self, sentence_id: str) -> str | None:
        """Return the statement in which a sentence ends, None where it ends in the author's words."""
        pieces = [piece for piece in self._pieces[sentence_id] if piece.words]
        last = pieces[-1].attribution_id if pieces else None
        return last if last in self.said else None


def strip(passages: Passages) -> Fragment:
    """Return the voice strip with its legend, or nothing where nobody but the author speaks."""
    speakers = passages.voices[passages.voices["statements"] > 0]
    if speakers.empty:
        return Fragment()
    if len(passages.turns) > _MOST_TURNS:
        told = line(
            "The text changes voices ", Link(_ANCHOR, line(f"{len(passages.turns):,} times")), ": too often to draw."
        )
        return Fragment(Paragraph(told, "note"))
    names = {row.voice: named(row.name, row.kind) for row in passages.voices.itertuples(index=False)}
    drawn = []
    for row in passages.turns.itertuples(index=False):
        sign = passages.signs.get(row.voice)
        letter, style, mode = (*sign, row.mode) if sign else ("", None, "")
        target = anchor(row.sentence_id) if sign or row.sentence_id in passages.shown else None
        how = f", {_TOLD[mode]}" if sign else ""
        drawn.append(Turn(row.words, letter, style, mode, target, f"{names[row.voice]}{how}, sentence {row.number}"))
    own = passages.voices.loc[passages.voices["voice"] == AUTHOR, "share"].iloc[0]
    most = speakers.sort_values(["words", "name"], ascending=[False, True], kind="stable").iloc[0]
    alt = (
        f"The whole text as one bar: {percent(own)} of the body’s words are the author’s own; "
        f"of the other voices, most words are given to {named(most['name'], most['kind'])}, {percent(most['share'])}."
    )
    caption = (
        "The text from its first word to its last, each voice in its pattern. Full height: direct speech; two thirds: "
        "partly in quotation marks; one third: in the article’s wording; open: the author’s own words."
    )
    return Fragment(Strip(tuple(drawn), alt, caption, "figure-voices"), Paragraph(_legend(passages), "legend", "key"))


def article(passages: Passages) -> Fragment:
    """Return the text with numbered sentences, each voice marked and linked to the ledger.

    Of excerpts, what is left out is marked; of none, a table says where in the text the sentences stand.
    """
    if passages.include == "none":
        return _places(passages)
    if not passages.shown:
        told = "No sentence is cited, so none is shown. The parameter include_source=full shows the whole text."
        return Fragment(Paragraph(line(told), "note", _ANCHOR))
    told = "Only the cited sentences are shown; “[…]” stands for the others." if passages.include == "excerpts" else ""
    blocks: list[Block] = [Paragraph(line(told) if told else (), "note" if told else "", _ANCHOR)]
    if passages.signs:
        blocks.append(Paragraph(_legend(passages), "legend"))
    paragraph: list[Inline] = []
    here: tuple[str, int] | None = None
    in_paragraph = 0
    turn: str | None = None
    for row in passages.sentences.itertuples(index=False):
        # the dateline opens the body's first paragraph
        place = ("body", row.paragraph or 1) if row.part in {"body", "dateline"} else (row.part, 0)
        if here and (place != here or in_paragraph == _LONGEST):
            blocks.append(Paragraph(tuple(paragraph), _style(here[0])))
            paragraph, in_paragraph, turn = [], 0, None
        here = place
        in_paragraph += 1
        if row.sentence_id not in passages.shown:
            if not paragraph or paragraph[-1] != Text(_GAP):
                paragraph.append(Text(_GAP))
            turn = None
            continue
        paragraph.append(Number(anchor(row.sentence_id), f"{row.number}"))
        paragraph += in_order(tuple(passages.words(row.sentence_id, before=turn)))
        turn = passages.last_turn(row.sentence_id)
        paragraph.append(Text(" "))
    if here:
        blocks.append(Paragraph(tuple(paragraph), _style(here[0])))
    return Fragment(*_joined(blocks))


def _joined(blocks: list[Block]) -> list[Block]:
    """Return the blocks, successive ones of nothing but a gap as one."""
    alone = (Text(_GAP),)
    out: list[Block] = []
    for block in blocks:
        gap = isinstance(block, Paragraph) and block.parts == alone
        if not (gap and out and isinstance(out[-1], Paragraph) and out[-1].parts == alone):
            out.append(Paragraph(alone, "passage") if gap else block)
    return out


def _places(passages: Passages) -> Fragment:
    """Return a table of where the cited sentences stand in the text, for those who have it."""
    rows = [
        (
            line(Place(anchor(row.sentence_id), (Text(f"{row.number}"),))),
            line(row.part),
            line(f"{row.paragraph}" if row.part == "body" else "–"),
            line(f"{row.start}"),
            line(f"{row.end}"),
        )
        for row in passages.sentences[passages.sentences["sentence_id"].isin(passages.evident)].itertuples(index=False)
    ]
    columns = ("Sentence", "Part", "Paragraph", "From", "To")
    told = "The text is left out, as asked. Whoever has it finds the sentences by their characters in the clean text."
    table = Table(
        "Where the cited sentences stand", columns, rows, "Part", frozenset(columns[2:]), "table-places", True
    )
    return Fragment(Paragraph(line(told), "note", _ANCHOR), *([table] if rows else []))


def _legend(passages: Passages) -> Line:
    """Return the key: the sign of every voice with whose it is, the voices beyond the styles after them."""
    parts: list[Inline] = []
    speakers = passages.voices[passages.voices["statements"] > 0]
    for row in speakers.itertuples(index=False):
        own = (Key(*passages.signs[row.voice]), Text(named(row.name, row.kind)))
        parts += [Link(anchor(row.voice), own), Text("  ")]
    if len(speakers) > VOICE_STYLES:
        parts.append(Text("From the eighth on, voices share one pattern and are told apart by their letters."))
    return tuple(parts)


def _style(part: str) -> str:
    return "passage-headline" if part == "headline" else "passage"
