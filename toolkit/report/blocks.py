"""What a report is made of, block by block: each writes itself as HTML, as Typst and as plain text."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.report.inline import Line, Text, html_id, typst_label, typst_string

TYPST_MIME = "text/vnd.typst"


def _html(parts: Line) -> str:
    return "".join(part.html() for part in parts)


def _typst(parts: Line) -> str:
    return "".join(part.typst() for part in parts)


def _plain(parts: Line) -> str:
    return "".join(part.plain() for part in parts)


@dataclass(frozen=True)
class Title:
    """The head of a report: what it is a report on."""

    kicker: str
    title: str
    byline: str

    def html(self) -> str:
        """Return the head of the page."""
        kicker, title, byline = map(html.escape, (self.kicker, self.title, self.byline))
        return f'<header><p class="kicker">{kicker}</p><h1>{title}</h1><p class="byline">{byline}</p></header>'

    def typst(self) -> str:
        """Return the head of the paper."""
        return f"#report-title({', '.join(map(typst_string, (self.kicker, self.title, self.byline)))})"

    def plain(self) -> str:
        """Return the head as lines."""
        return f"{self.kicker}\n{self.title}\n{self.byline}"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of prose."""

    parts: Line
    style: str = ""
    anchor: str | None = None

    def html(self) -> str:
        """Return a paragraph."""
        style = f' class="{self.style}"' if self.style else ""
        return f"<p{style}{html_id(self.anchor)}>{_html(self.parts)}</p>"

    def typst(self) -> str:
        """Return a paragraph."""
        inside = f"{typst_label(self.anchor)}{_typst(self.parts)}"
        return f"#{self.style}[{inside}]\n" if self.style else f"{inside}\n"

    def plain(self) -> str:
        """Return a paragraph."""
        return _plain(self.parts)


@dataclass(frozen=True)
class Heading:
    """A heading of the third level, below the notebook's own."""

    parts: Line
    anchor: str

    def html(self) -> str:
        """Return a heading."""
        return f"<h3{html_id(self.anchor)}>{_html(self.parts)}</h3>"

    def typst(self) -> str:
        """Return a heading."""
        return f"#heading(level: 3)[{typst_label(self.anchor)}{_typst(self.parts)}]\n"

    def plain(self) -> str:
        """Return a heading."""
        return _plain(self.parts)


@dataclass(frozen=True)
class Numbers:
    """A few large numbers side by side, each with what it counts."""

    cells: tuple[tuple[Line, str], ...]

    def html(self) -> str:
        """Return the numbers as a description list."""
        cells = "".join(f"<div><dt>{html.escape(label)}</dt><dd>{_html(n)}</dd></div>" for n, label in self.cells)
        return f'<dl class="numbers">{cells}</dl>'

    def typst(self) -> str:
        """Return the numbers as a row."""
        return "#numbers(" + ", ".join(f"([{_typst(n)}], {typst_string(label)})" for n, label in self.cells) + ",)\n"

    def plain(self) -> str:
        """Return a line a number."""
        return "\n".join(f"{_plain(n)} {label}" for n, label in self.cells)


@dataclass(frozen=True)
class Table:
    """A table with a caption; the column `wide` takes what room is left, those in `right` hold numbers."""

    caption: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Line, ...]]
    wide: str
    right: frozenset[str] = frozenset()
    anchor: str | None = None

    def html(self) -> str:
        """Return the table in a frame that scrolls sideways where the screen is narrow."""

        def cells(tag: str, contents: Sequence[str]) -> str:
            out = []
            for i, (column, content) in enumerate(zip(self.columns, contents, strict=True)):
                name, scope = (tag, "") if tag == "th" else (("th", ' scope="row"') if i == 0 else ("td", ""))
                scope = ' scope="col"' if tag == "th" else scope
                number = ' class="number"' if column in self.right else ""
                out.append(f"<{name}{scope}{number}>{content}</{name}>")
            return f"<tr>{''.join(out)}</tr>"

        head = cells("th", [html.escape(c) for c in self.columns])
        body = "".join(cells("td", [_html(cell) for cell in row]) for row in self.rows)
        return (
            f'<div class="table" role="region" tabindex="0" aria-label="{html.escape(self.caption)}">'
            f"<table{html_id(self.anchor)}><caption>{html.escape(self.caption)}</caption>"
            f"<thead>{head}</thead><tbody>{body}</tbody></table></div>"
        )

    def typst(self) -> str:
        """Return the table, breakable over pages, its head repeated."""
        align = ", ".join("right" if c in self.right else "left" for c in self.columns)
        head = ", ".join(f"[{Text(c).typst()}]" for c in self.columns)
        body = ",\n".join(", ".join(f"[{_typst(cell)}]" for cell in row) for row in self.rows)
        widths = ", ".join("1fr" if c == self.wide else "auto" for c in self.columns)
        return (
            f"{typst_label(self.anchor)}#report-table({typst_string(self.caption)}, ({widths},), ({align},),\n"
            f"({head},),\n({body}{',' if body else ''}))\n"
        )

    def plain(self) -> str:
        """Return the table with its cells parted by tabs."""
        rows = ["\t".join(self.columns), *("\t".join(_plain(cell) for cell in row) for row in self.rows)]
        return "\n".join([self.caption, *rows])


@dataclass(frozen=True)
class Figure:
    """A picture as SVG; `alt` states what it shows, for those who cannot see it."""

    svg: str
    alt: str
    caption: str
    anchor: str

    def html(self) -> str:
        """Return the picture inline, its black ink in the page's own colour."""
        picture = (
            self.svg[self.svg.index("<svg") :]
            .replace(INK, "currentColor")
            .replace("<svg ", f'<svg role="img" aria-label="{html.escape(self.alt)}" ', 1)
        )
        return f"<figure{html_id(self.anchor)}>{picture}<figcaption>{html.escape(self.caption)}</figcaption></figure>"

    def typst(self) -> str:
        """Return the picture with its caption."""
        return (
            f'{typst_label(self.anchor)}#figure(image(bytes({typst_string(self.svg)}), format: "svg", width: 100%, '
            f"alt: {typst_string(self.alt)}), caption: [{Text(self.caption).typst()}])\n"
        )

    def plain(self) -> str:
        """Return what the picture shows."""
        return f"{self.alt}\n{self.caption}"


INK = "#1c2024"  # the colour of every line and letter of a figure


@dataclass(frozen=True)
class Items:
    """A list; each item has an anchor or None."""

    items: tuple[tuple[str | None, Line], ...]
    style: str = ""

    def html(self) -> str:
        """Return a list."""
        style = f' class="{self.style}"' if self.style else ""
        return f"<ul{style}>{''.join(f'<li{html_id(anchor)}>{_html(parts)}</li>' for anchor, parts in self.items)}</ul>"

    def typst(self) -> str:
        """Return a list."""
        return "".join(f"- {typst_label(anchor)}{_typst(parts)}\n" for anchor, parts in self.items)

    def plain(self) -> str:
        """Return a line an item."""
        return "\n".join(f"- {_plain(parts)}" for _, parts in self.items)


Block = Title | Paragraph | Heading | Numbers | Table | Figure | Items


class Fragment:
    """Blocks as a notebook shows them: HTML for people, Typst for the paper, plain text for terminals."""

    def __init__(self, *blocks: Block) -> None:
        """Hold the blocks in their order."""
        self.blocks = blocks

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, object]]:
        data = {
            "text/html": '<div class="attribution">' + "\n".join(b.html() for b in self.blocks) + "</div>",
            TYPST_MIME: "\n".join(b.typst() for b in self.blocks),
            "text/plain": "\n\n".join(b.plain() for b in self.blocks),
        }
        title = next((b.title for b in self.blocks if isinstance(b, Title)), None)
        return data, {"attribution": {"title": title}} if title else {}

    def __repr__(self) -> str:
        return "\n\n".join(b.plain() for b in self.blocks)
