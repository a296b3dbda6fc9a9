"""The reader: a text in a notebook, its voices marked, with filters by voice, mode, certainty and confidence.

The filters are rules of style and no program: they work without a kernel and in a page that was kept.
"""

import html
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from operator import itemgetter
from typing import Any

import pandas as pd

from toolkit import codebook
from toolkit.analysis.selection import Voice, spoken_by
from toolkit.analysis.tokens import tokens
from toolkit.errors import SelectionError
from toolkit.report.blocks import Paragraph
from toolkit.report.inline import Inline, Key, Mark, Number, Sentence, Text
from toolkit.report.lab import Shown
from toolkit.report.reading import Passages, article
from toolkit.report.wording import anchor, named, percent, plural
from toolkit.tables import Tables, subset
from toolkit.tables.contracts import MODES

_TOLD = {"direct": "direct", "mixed": "partly in quotation marks", "indirect": "in the article’s wording"}
_SURE = (0.5, 0.7, 0.9)
_SIGNS = (
    "Solid line: direct; dashed: partly in quotation marks; dotted: in the article’s wording; no line: the author. "
    "Certainty: how surely the voice puts a clause. Confidence: how surely this toolkit found the statement."
)
_Clauses = Mapping[str, list[tuple[int, str]]]  # of a statement: where each clause begins, and its certainty


def document(
    tables: Tables,
    doc_id: str | None = None,
    *,
    voice: Voice | None = None,
    mode: str | Iterable[str] | None = None,
    certainty: str | Iterable[str] | None = None,
    confidence: float = 0,
) -> Shown:
    """Return a text to read, its sentences numbered, every voice marked with a letter and a line of its own.

    Pointing at a statement, or reaching it with the Tab key, says whose it is, how it is told, how surely
    its voice puts it and how surely it was found. In a notebook, four lists filter what is marked; `voice`
    (as in tk.frequency), `mode` (direct, mixed, indirect), `certainty` (of clauses: asserted, hedged ...; as
    in tk.certainty) and `confidence` (0 to 1, or more) choose it beforehand.

    Raises
    ------
    SelectionError
        When the document, voice, mode or certainty is not there, when there are several documents and
        none is named, or when no statement is left; it says what there is.
    """
    own = _one(tables, doc_id)
    passages = Passages(own, "full")
    put = _clauses(own)
    modes, classes = _listed(mode, MODES, "mode"), _listed(certainty, tuple(codebook.certainty_classes()), "certainty")
    classes += [""] if certainty is None else []  # of a stretch without a clause
    kept = _kept(own, passages.ledger, put, voice, modes, classes, confidence)
    numbers = {name: i for i, name in enumerate(passages.signs)}
    names = [named(row.name, row.kind) for row in kept.itertuples(index=False)]
    kept = kept.assign(place=kept["voice"].map(numbers), shown=names)
    paragraphs = [block for block in article(passages).blocks if _of_text(block)]
    signs = kept["voice"].map(lambda one: passages.signs[one].letter)
    said = {anchor(row.attribution_id): row for row in kept.assign(letter=signs).itertuples(index=False)}
    starts = {anchor(row.sentence_id): row.start for row in own.sentences.itertuples(index=False)}
    marked = tuple(_marked(p, said, starts, put, classes) for p in paragraphs)
    about = own.documents.iloc[0]
    byline = about[["author", "outlet", "dateline", "published"]].dropna()
    kicker = " · ".join([about["doc_id"], *byline, plural(int(about["words"]), "word")])
    clauses = Counter(c for one in kept["attribution_id"] for _, c in put.get(one, []) if c in classes)
    reader: Any = _Reader(marked, kept, clauses, _legend(passages, kept), kicker)
    return Shown(reader)


@dataclass(frozen=True)
class _Said(Mark):
    """A stretch in somebody's voice that says on hover and on focus whose it is."""

    number: int = 0
    sure: int = 0
    certainty: str = ""
    again: bool = False  # a letter that is shown only while clauses are filtered: it stands before this one already
    tip: str = ""

    def html(self) -> str:
        """Return the stretch as a place that the Tab key reaches."""
        letter = f'<span class="letter{" again" * self.again}" aria-hidden="true">{self.letter}</span>'
        tip = html.escape(self.tip)
        return (
            f'<span class="voice said v{self.style} {self.mode}" tabindex="0" role="note" data-voice="{self.number}" '
            f'data-certainty="{self.certainty}" data-sure="{self.sure}" '
            f'data-tip="{tip}" aria-description="{tip}">{letter}{self._html()}</span>'
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
    clauses: Mapping[str, int]
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
        put = {c: f"{c} ({plural(self.clauses[c], 'clause')})" for c in codebook.certainty_classes() if self.clauses[c]}
        rules += [_only("certainty", c, f':not([data-certainty="{c}"])') for c in put]
        rules += [_only("sure", i, "".join(f':not([data-sure="{k}"])' for k in range(int(i), 4))) for i in sure]
        lists = [
            _list("voice", "Voice", f"everybody ({len(said)})", voices),
            _list("mode", "How it is told", "any way", modes),
            _list("certainty", "Certainty", "any", put),
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


def _listed(chosen: str | Iterable[str] | None, there: tuple[str, ...], what: str) -> list[str]:
    """Return what is chosen of what there is, all of it where nothing is."""
    wanted = list(there) if chosen is None else [chosen] if isinstance(chosen, str) else list(chosen)
    if unknown := [one for one in wanted if one not in there]:
        raise SelectionError(f"no {what} {unknown[0]!r}: there are {', '.join(there)}")
    return wanted


def _kept(
    tables: Tables,
    said: pd.DataFrame,
    put: _Clauses,
    voice: Voice | None,
    modes: list[str],
    classes: list[str],
    least: float,
) -> pd.DataFrame:
    """Return the statements to be marked."""
    fits = [any(c in classes for _, c in put.get(one, [(0, "")])) for one in said["attribution_id"]]
    keep = (said["confidence"] >= least) & said["mode"].isin(modes) & pd.Series(fits, index=said.index, dtype=bool)
    if voice is not None:
        words = tokens(tables)
        keep &= said["voice"].isin(words["voice"][spoken_by(tables, voice)].unique().tolist())
    if len(said) and not keep.any():
        voices = ", ".join(said["name"].drop_duplicates().head(12))
        modes_there = ", ".join(f"{n} {m}" for m, n in said["mode"].value_counts().items())
        counted = Counter(c for own in put.values() for _, c in own).most_common()
        clauses_there = ", ".join(f"{n} {c}" for c, n in counted)
        raise SelectionError(
            f"no statement is like that: of {len(said)} there are {modes_there}, of confidence "
            f"{said['confidence'].min():.2f} to {said['confidence'].max():.2f}, by {voices}; of their clauses "
            f"{clauses_there}"
        )
    return said[keep]


def _clauses(tables: Tables) -> _Clauses:
    own = tables.statements.dropna(subset="voice").sort_values("start")
    return {
        str(voice): list(zip(rows["start"], rows["certainty"], strict=True)) for voice, rows in own.groupby("voice")
    }


def _of_text(block: Any) -> bool:
    return isinstance(block, Paragraph) and block.style.startswith("passage")


def _marked(
    paragraph: Any, said: Mapping[str, Any], starts: Mapping[str, int], put: _Clauses, classes: list[str]
) -> Paragraph:
    """Return a paragraph of the article with the marks of what is kept, each with its tip."""
    parts: list[Inline] = []
    at = 0
    within = (part.parts if isinstance(part, Sentence) else (part,) for part in paragraph.parts)
    for part in chain.from_iterable(within):
        if isinstance(part, Number):
            at = starts[part.anchor]
            parts.append(_SentenceNumber(part.anchor, part.number))
            continue
        row = said.get(part.target or "") if isinstance(part, Mark) else None
        end = at + len(part.plain())
        if isinstance(part, Mark):
            clauses = put.get(row.attribution_id, []) if row is not None else []
            parts += part.parts if row is None else _tipped(part, row, _cut(at, end, clauses), classes)
        else:
            parts.append(part)
        at = end
    return Paragraph(tuple(parts), paragraph.style)


def _cut(start: int, end: int, clauses: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield how long each piece of a stretch is that is put with the same certainty, and which; none without a clause.

    >>> list(_cut(10, 30, [(11, "asserted"), (20, "hedged"), (25, "hedged"), (40, "asked")]))
    [(10, 'asserted'), (10, 'hedged')]
    """
    first = max(bisect_right(clauses, start, key=itemgetter(0)) - 1, 0)
    begin = [(start, clauses[first][1] if clauses else ""), *(c for c in clauses[first + 1 :] if c[0] < end)]
    cuts = [next(own) for _, own in groupby(begin, key=itemgetter(1))]
    for (a, certainty), (z, _) in pairwise([*cuts, (end, "")]):
        yield z - a, certainty


def _tipped(mark: Mark, row: Any, cuts: Iterable[tuple[int, str]], classes: list[str]) -> Iterator[Inline]:
    """Yield the pieces of a stretch in somebody's voice, each with its tip; those put in another way bare."""
    words, at, shown = mark.plain(), 0, not mark.letter
    sure = sum(row.confidence >= least for least in _SURE)
    for length, certainty in cuts:
        piece = (Text(words[at : at + length]),)
        at += length
        if certainty not in classes:
            yield from piece
            continue
        tip = f"{row.shown}: {_TOLD[row.mode]}, sentence {row.number}; "
        tip += f"{certainty}; " if certainty else ""
        tip += f"found with confidence {row.confidence:.2f}"
        if pd.notna(row.resolved_by) and row.resolved_by not in {"exact name", "unnamed in the text"}:
            tip += f"; {row.resolved_by}"
        about = (row.place, sure, certainty, shown, tip)
        yield _Said(piece, row.letter, mark.style, mark.mode, None, mark.label, *about)
        shown = True


def _legend(passages: Passages, kept: pd.DataFrame) -> Paragraph:
    """Return the key: the sign of every voice that is marked, and whose it is."""
    parts: list[Inline] = []
    whose = kept.drop_duplicates("voice").sort_values("place")
    for voice, name in zip(whose["voice"], whose["shown"], strict=True):
        parts += [Key(*passages.signs[voice]), Text(f"{name}\u2003 ")]
    return Paragraph(tuple(parts), "legend")
