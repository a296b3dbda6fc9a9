"""The reader: a text in a notebook, its voices marked, with filters by voice, by how it is told, and by confidence.

The filters are rules of style and no program: they work without a kernel and in a page that was kept.
"""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from toolkit.analysis.selection import Voice, spoken_by
from toolkit.analysis.tokens import tokens
from toolkit.errors import SelectionError
from toolkit.report.blocks import Paragraph
from toolkit.report.inline import Inline, Key, Mark, Number, Text
from toolkit.report.lab import Shown
from toolkit.report.reading import Passages, article
from toolkit.report.wording import anchor, named, percent, plural
from toolkit.tables import Tables, subset
from toolkit.tables.contracts import MODES

_TOLD = {"direct": "direct", "mixed": "partly in quotation marks", "indirect": "in the article’s wording"}
_SURE = (0.5, 0.7, 0.9)
_SIGNS = "Solid line: direct; dashed: partly in quotation marks; dotted: in the article’s wording; no line: the author."


def document(
    tables: Tables,
    doc_id: str | None = None,
    *,
    voice: Voice | None = None,
    mode: str | Iterable[str] | None = None,
    confidence: float = 0,
) -> Shown:
    """Return a text to read, its sentences numbered, every voice marked with a letter and a line of its own.

    Pointing at a statement, or reaching it with the Tab key, says whose it is, how it is told and how
    surely it was found. In a notebook, three lists filter what is marked; `voice` (as in
    tk.frequency), `mode` (direct, mixed, indirect) and `confidence` (0 to 1, or more) choose it beforehand.

    Raises
    ------
    SelectionError
        When the document, voice or mode is not there, when there are several documents and none is
        named, or when no statement is left; it says what there is.
    """
    own = _one(tables, doc_id)
    passages = Passages(own, "full")
    kept = _kept(own, passages.ledger, voice, mode, confidence)
    numbers = {name: i for i, name in enumerate(passages.signs)}
    names = [named(row.name, row.kind) for row in kept.itertuples(index=False)]
    kept = kept.assign(place=kept["voice"].map(numbers), shown=names)
    paragraphs = [block for block in article(passages).blocks if _of_text(block)]
    said = {anchor(row.attribution_id): row for row in kept.itertuples(index=False)}
    about = own.documents.iloc[0]
    byline = about[["author", "outlet", "dateline", "published"]].dropna()
    kicker = " · ".join([about["doc_id"], *byline, plural(int(about["words"]), "word")])
    reader: Any = _Reader(tuple(_marked(p, said) for p in paragraphs), kept, _legend(passages, kept), kicker)
    return Shown(reader)


@dataclass(frozen=True)
class _Said(Mark):
    """A stretch in somebody's voice that says on hover and on focus whose it is."""

    number: int = 0
    sure: int = 0
    tip: str = ""

    def html(self) -> str:
        """Return the stretch as a place that the Tab key reaches."""
        letter = f'<span class="letter" aria-hidden="true">{self.letter}</span>' if self.letter else ""
        tip = html.escape(self.tip)
        return (
            f'<span class="voice said v{self.style} {self.mode}" tabindex="0" role="note" data-voice="{self.number}" '
            f'data-sure="{self.sure}" data-tip="{tip}" aria-description="{tip}">{letter}{self._html()}</span>'
        )


class _SentenceNumber(Number):
    """A sentence's number, which leads nowhere: a notebook may show the same text twice."""

    def html(self) -> str:
        """Return the number."""
        return f'<span class="n">{self.number}</span>'


@dataclass(frozen=True)
class _Reader:
    """The text with its key and its filters."""

    paragraphs: tuple[Paragraph, ...]
    statements: pd.DataFrame
    legend: Paragraph
    kicker: str

    def html(self) -> str:
        """Return the text below the lists that filter it."""
        inside = "".join(paragraph.html() for paragraph in self.paragraphs)
        kicker = f'<p class="kicker">{html.escape(self.kicker)}</p>'
        if self.statements.empty:
            return f'<div class="reader">{kicker}<p class="note">{html.escape(_NOBODY)}</p>{inside}</div>'
        head = f'{kicker}{self._filters()}{self.legend.html()}<p class="note">{_SIGNS}</p>'
        return f'<div class="reader">{head}{inside}</div>'

    def typst(self) -> str:
        """Return the text with its key."""
        return "\n".join(
            block.typst() for block in ([self.legend] if len(self.statements) else []) + [*self.paragraphs]
        )

    def plain(self) -> str:
        """Return the words of the text."""
        return "\n\n".join(paragraph.plain() for paragraph in self.paragraphs)

    def _filters(self) -> str:
        said = self.statements
        voices = {f"{n}": f"{name} ({count})" for (n, name), count in said.groupby(["place", "shown"]).size().items()}
        modes = {
            mode: f"{_TOLD[mode]} ({(said['mode'] == mode).sum()})" for mode in MODES if (said["mode"] == mode).any()
        }
        sure = {
            f"{i}": f"{percent(least)} or more ({(said['confidence'] >= least).sum()})"
            for i, least in enumerate(_SURE, 1)
            if (said["confidence"] >= least).any()
        }
        rules = [_only("voice", n, f':not([data-voice="{n}"])') for n in voices]
        rules += [_only("mode", mode, f":not(.{mode})") for mode in modes]
        rules += [_only("sure", i, "".join(f':not([data-sure="{k}"])' for k in range(int(i), 4))) for i in sure]
        lists = [
            _list("voice", "Voice", f"everybody ({len(said)})", voices),
            _list("mode", "How it is told", "any way", modes),
            _list("sure", "Confidence", "any", sure),
        ]
        return f'<style data-lab>{"".join(rules)}</style><div class="filters">{"".join(lists)}</div>'


_NOBODY = "Statements of others than the author: none detected."


def _only(name: str, value: str, others: str) -> str:
    """Return the rule that takes the marks from what a list leaves out."""
    chosen = f'.attribution .lab .reader:has(select[name="{name}"] option[value="{value}"]:checked) .said{others}'
    return f"{chosen}{{text-decoration:none;color:var(--faint)}}{chosen} .letter{{display:none}}"


def _list(name: str, label: str, everything: str, options: Mapping[str, str]) -> str:
    inside = "".join(f'<option value="{value}">{html.escape(told)}</option>' for value, told in options.items())
    first = f'<option value="">{html.escape(everything)}</option>'
    # keys pressed in a list are not to be commands of Jupyter's: two d would delete the cell
    return f'<label>{label}<select name="{name}" data-lm-suppress-shortcuts="true">{first}{inside}</select></label>'


def _one(tables: Tables, doc_id: str | None) -> Tables:
    there = tables.documents["doc_id"].tolist()
    if doc_id is None and len(there) != 1:
        raise SelectionError(
            f"there are {len(there)} texts: name one of {', '.join(there)}" if there else "there is no text"
        )
    return subset(tables, doc_id or there[0])


def _kept(
    tables: Tables,
    said: pd.DataFrame,
    voice: str | Iterable[str] | None,
    mode: str | Iterable[str] | None,
    least: float,
) -> pd.DataFrame:
    """Return the statements to be marked, with the number of their voice and what is shown of it."""
    keep = said["confidence"] >= least
    if mode is not None:
        modes = [mode] if isinstance(mode, str) else list(mode)
        if unknown := [m for m in modes if m not in MODES]:
            raise SelectionError(f"no mode {unknown[0]!r}: there are {', '.join(MODES)}")
        keep &= said["mode"].isin(modes)
    if voice is not None:
        words = tokens(tables)
        keep &= said["voice"].isin(words["voice"][spoken_by(tables, voice)].unique().tolist())
    if len(said) and not keep.any():
        voices = ", ".join(said["name"].drop_duplicates().head(12))
        modes_there = ", ".join(f"{n} {m}" for m, n in said["mode"].value_counts().items())
        raise SelectionError(
            f"no statement is like that: of {len(said)} there are {modes_there}, of confidence "
            f"{said['confidence'].min():.2f} to {said['confidence'].max():.2f}, by {voices}"
        )
    return said[keep]


def _of_text(block: Any) -> bool:
    return isinstance(block, Paragraph) and block.style.startswith("passage")


def _marked(paragraph: Any, said: Mapping[str, Any]) -> Paragraph:
    """Return a paragraph of the article with the marks of what is kept, each with its tip."""
    parts: list[Inline] = []
    for part in paragraph.parts:
        if isinstance(part, Mark):
            row = said.get(part.target or "")
            parts += part.parts if row is None else [_tipped(part, row)]
        else:
            parts.append(_SentenceNumber(part.anchor, part.number) if isinstance(part, Number) else part)
    return Paragraph(tuple(parts), paragraph.style)


def _tipped(mark: Mark, row: Any) -> _Said:
    sure = sum(row.confidence >= least for least in _SURE)
    tip = f"{row.shown}: {_TOLD[row.mode]}, sentence {row.number}; found with confidence {row.confidence:.2f}"
    if pd.notna(row.resolved_by) and row.resolved_by not in {"exact name", "unnamed in the text"}:
        tip += f"; {row.resolved_by}"
    return _Said(mark.parts, mark.letter, mark.style, mark.mode, None, mark.label, row.place, sure, tip)


def _legend(passages: Passages, kept: pd.DataFrame) -> Paragraph:
    """Return the key: the sign of every voice that is marked, and whose it is."""
    parts: list[Inline] = []
    whose = kept.drop_duplicates("voice").sort_values("place")
    for voice, name in zip(whose["voice"], whose["shown"], strict=True):
        parts += [Key(*passages.signs[voice]), Text(f"{name}\u2003 ")]
    return Paragraph(tuple(parts), "legend")
