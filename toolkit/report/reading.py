"""Reading: the article itself, its sentences numbered and its voices marked."""

from collections import defaultdict

import pandas as pd

from toolkit.report.blocks import Block, Fragment, Paragraph
from toolkit.report.inline import VOICE_STYLES, Inline, Key, Line, Link, Mark, Number, Text
from toolkit.report.narrative import anchor, one_document

# Sentences after which a paragraph is broken, to be read and to be set: the time to set one grows
# with the square of its length.
_LONGEST = 60
_ANCHOR = "article"


def article(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    stretches: pd.DataFrame,
    ledger: pd.DataFrame,
    voices: pd.DataFrame,
) -> Fragment:
    """Return one document's text with numbered sentences, each voice marked and linked to the ledger."""
    one_document(documents)
    text = documents["text"].iloc[0]
    speakers = voices[voices["statements"] > 0]
    style = {voice: min(i, VOICE_STYLES - 1) for i, voice in enumerate(speakers["voice"])}
    said = {row.attribution_id: row for row in ledger.itertuples(index=False)}
    pieces = defaultdict(list)
    for piece in stretches.itertuples(index=False):
        pieces[piece.sentence_id].append(piece)
    blocks: list[Block] = []
    if len(speakers):
        blocks.append(Paragraph(_key(speakers, style), "key", _ANCHOR))
    paragraph: list[Inline] = []
    here: tuple[str, int] | None = None
    in_paragraph = 0
    for row in sentences.itertuples(index=False):
        # the dateline opens the body's first paragraph
        place = ("body", row.paragraph or 1) if row.part in {"body", "dateline"} else (row.part, 0)
        if here and (place != here or in_paragraph == _LONGEST):
            blocks.append(Paragraph(tuple(paragraph), _style(here[0]), None if blocks else _ANCHOR))
            paragraph, in_paragraph = [], 0
        here = place
        in_paragraph += 1
        paragraph.append(Number(anchor(row.sentence_id), f"{row.number}"))
        for piece in pieces[row.sentence_id]:
            words = Text(text[piece.start : piece.end])
            statement = said.get(piece.attribution_id)
            if statement is None:
                paragraph.append(words)
            else:
                direct, target = statement.mode == "direct", anchor(statement.attribution_id)
                paragraph.append(Mark((words,), style[statement.voice], direct, target, statement.name))
        paragraph.append(Text(" "))
    if here:
        blocks.append(Paragraph(tuple(paragraph), "passage", None if blocks else _ANCHOR))
    return Fragment(*blocks)


def _key(speakers: pd.DataFrame, style: dict[str, int]) -> Line:
    """Return the legend: a sample of every style with whose it is."""
    parts: list[Inline] = [Text("Solid lines mark direct speech, dotted lines other statements: ")]
    for row in speakers.head(VOICE_STYLES - 1).itertuples(index=False):
        parts += [Key(style[row.voice]), Link(anchor(row.voice), (Text(row.name),)), Text("  ")]
    if len(speakers) >= VOICE_STYLES:
        parts += [Key(VOICE_STYLES - 1), Text("all other voices")]
    return tuple(parts)


def _style(part: str) -> str:
    return "passage-headline" if part == "headline" else "passage"
