"""Displays: what stands apart from the prose with a numbered caption. Tables, pictures, the voice strip."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from toolkit.report.inline import Line, Text, as_html, as_plain, as_typst, html_id, typst_string

_LONG = 30  # rows from which on a table scrolls in a frame of its own, so that its head stays in sight
_CROWDED, _ON_A_LINE = 60, 20  # letters of a cell that wants several lines on paper, and of one that always has one
INK = "#1c2024"  # the colour of every line and letter of a figure


@dataclass(frozen=True)
class Table:
    """A table with a caption; the column `wide`, or several, take what room is left, those in `right` hold numbers.

    `given` says that its figures are themselves what others lead to: facts of the run, or measured elsewhere.
    """

    caption: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Line, ...]]
    wide: str | tuple[str, ...]
    right: frozenset[str] = frozenset()
    anchor: str | None = None
    given: bool = False

    def html(self) -> str:
        """Return the table in a frame that scrolls where the screen is small, its head staying in sight."""

        def cells(tag: str, contents: Sequence[str]) -> str:
            out = []
            for i, (column, content) in enumerate(zip(self.columns, contents, strict=True)):
                name, scope = (tag, "") if tag == "th" else (("th", ' scope="row"') if i == 0 else ("td", ""))
                scope = ' scope="col"' if tag == "th" else scope
                number = ' class="number"' if column in self.right else ""
                out.append(f"<{name}{scope}{number}>{content}</{name}>")
            return f"<tr>{''.join(out)}</tr>"

        head = cells("th", [html.escape(c) for c in self.columns])
        body = "".join(cells("td", [as_html(cell) for cell in row]) for row in self.rows)
        given = " data-given" if self.given else ""
        room = [f"w{self.columns.index(column) + 1}" for column in self._wide() if column != self.columns[0]]
        wide = f' class="{" ".join(room)}"' if room else ""  # what needs room on a narrow screen, too
        long = " long" if len(self.rows) > _LONG else ""
        caption = html.escape(self.caption)
        return (
            f'<div class="table{long}" role="region" tabindex="0" aria-label="{caption}">'
            f'<table{html_id(self.anchor)}{wide}{given}><caption><span data-kind="Table">{caption}</span></caption>'
            f"<thead>{head}</thead><tbody>{body}</tbody></table></div>"
        )

    def typst(self) -> str:
        """Return the table, breakable over pages, its head repeated."""
        align = ", ".join("right" if c in self.right else "left" for c in self.columns)
        head = ", ".join(f"[{Text(c).typst()}]" for c in self.columns)
        body = ",\n".join(", ".join(f"[{as_typst(cell)}]" for cell in row) for row in self.rows)
        widths = ", ".join(self._widths(self._wide()))
        return (
            f"#report-table({typst_string(self.caption)}, ({widths},), ({align},),\n"
            f"({head},),\n({body}{',' if body else ''})){_numbered(self.anchor)}\n\n"
        )

    def _wide(self) -> tuple[str, ...]:
        return (self.wide,) if isinstance(self.wide, str) else self.wide

    def _widths(self, wide: tuple[str, ...]) -> list[str]:
        """Return how wide each column is on paper: one with long words beside a longer one takes its share of the room.

        Shares go by the root of the words in a column, so that the longest neither squeezes the others nor is squeezed.
        """
        cells = [[as_plain(row[i]) for row in self.rows] for i in range(len(self.columns))]
        longest = [max(map(len, own), default=0) for own in cells]
        crowded = max((n for n, c in zip(longest, self.columns, strict=True) if c in wide), default=0) > _CROWDED
        out = []
        for column, own, most in zip(self.columns, cells, longest, strict=True):
            shares = column in wide or (crowded and column not in self.right and most > _ON_A_LINE)
            out.append(f"{max(round(sqrt(sum(map(len, own)))), 1)}fr" if shares else "auto")
        return out

    def plain(self) -> str:
        """Return the table with its cells parted by tabs."""
        rows = ["\t".join(self.columns), *("\t".join(as_plain(cell) for cell in row) for row in self.rows)]
        return "\n".join([self.caption, *rows])


@dataclass(frozen=True)
class Figure:
    """A picture as SVG; `alt` states what it shows, for those who cannot see it; `data` is what was drawn."""

    svg: str
    alt: str
    caption: str
    anchor: str
    data: Table | None = None

    def html(self) -> str:
        """Return the picture inline, its black ink in the page's own colour, its figures below on demand."""
        picture = (
            self.svg[self.svg.index("<svg") :]
            .replace(INK, "currentColor")
            .replace("<svg ", f'<svg role="img" aria-label="{html.escape(self.alt)}" ', 1)
        )
        data = (
            f'<details class="data"><summary>The figures drawn</summary>{self.data.html()}</details>'
            if self.data
            else ""
        )
        caption = f'<figcaption data-kind="Figure">{html.escape(self.caption)}</figcaption>'
        return f"<figure{html_id(self.anchor)}>{picture}{caption}{data}</figure>"

    def typst(self) -> str:
        """Return the picture with its caption."""
        return (
            f'#figure(image(bytes({typst_string(self.svg)}), format: "svg", width: 78%, '
            f"alt: {typst_string(self.alt)}), caption: [{Text(self.caption).typst()}]){_numbered(self.anchor)}\n\n"
        )

    def plain(self) -> str:
        """Return what the picture shows."""
        return f"{self.alt}\n{self.caption}"


def _numbered(anchor: str | None) -> str:
    """Return an anchor as the label of the figure or table before it, so that references can number it."""
    return f"#label({typst_string(anchor)});" if anchor else ""


class Turn(NamedTuple):
    """A stretch of the voice strip: its words, the voice's letter and style, how it is told, where it is, its name."""

    words: int
    letter: str
    style: int | None
    mode: str
    target: str | None
    label: str


@dataclass(frozen=True)
class Strip:
    """The voice strip: a whole text as one bar, a stretch for each turn, the author's own left open."""

    turns: tuple[Turn, ...]
    alt: str
    caption: str
    anchor: str

    def html(self) -> str:
        """Return the bar as a list of links, each as wide as it has words."""
        turns = []
        for turn in self.turns:
            look = f"v{turn.style} {turn.mode}" if turn.style is not None else "author"
            label = html.escape(turn.label)
            inside = f"<b>{turn.letter}</b>"
            if turn.target:
                inside = f'<a href="#{turn.target}" aria-label="{label}">{inside}</a>'
            turns.append(f'<li class="{look}" style="--w:{turn.words}">{inside}</li>')
        return (
            f'<figure{html_id(self.anchor)} class="voices"><ol class="strip" aria-label="{html.escape(self.alt)}">'
            f'{"".join(turns)}</ol><figcaption data-kind="Figure">{html.escape(self.caption)}</figcaption></figure>'
        )

    def typst(self) -> str:
        """Return the bar as boxes."""
        total = sum(turn.words for turn in self.turns)
        turns = ", ".join(
            f"({turn.words / total:.6f}, {'none' if turn.style is None else turn.style}, {typst_string(turn.mode)}, "
            f"{typst_string(turn.target or '')}, {typst_string(turn.letter)})"
            for turn in self.turns
        )
        return (
            f"#figure(voice-strip(({turns},)), alt: {typst_string(self.alt)}, kind: image, "
            f"caption: [{Text(self.caption).typst()}]){_numbered(self.anchor)}\n\n"
        )

    def plain(self) -> str:
        """Return what the bar shows."""
        return f"{self.alt}\n{self.caption}"
