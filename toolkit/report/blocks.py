"""What a report is made of, block by block: each writes itself as HTML, as Typst and as plain text."""

import html
from dataclasses import dataclass

from toolkit.report.displays import Figure, Strip, Table
from toolkit.report.inline import (
    OVERRIDES,
    Line,
    Link,
    Text,
    as_html,
    as_plain,
    as_typst,
    direction,
    html_dir,
    html_id,
    typst_label,
    typst_string,
)

TYPST_MIME = "text/vnd.typst"
_LONG_TITLE = 120  # letters from which on a title is set smaller, so that the first screen has room for the answer
OPENING = '<div class="attribution">'  # how the HTML of what the toolkit wrote begins


@dataclass(frozen=True)
class Title:
    """The head of a report: what it is a report on, and a warning if there is one."""

    kicker: str
    title: str
    byline: str
    paper: str = "a4"
    code: str = "none"
    note: str = ""

    def html(self) -> str:
        """Return the head of the page."""
        kicker, title, byline, note = map(html.escape, (self.kicker, self.title, self.byline, self.note))
        long = ' class="long"' if len(self.title) > _LONG_TITLE else ""
        return (
            f'<header><p class="kicker">{kicker}</p><h1{long}{html_dir(self.title)}>{title}</h1>'
            f'<p class="byline"{html_dir(self.byline)}>{byline}</p></header>'
            + (f'<p class="note"><strong>{note}</strong></p>' if note else "")
        )

    def typst(self) -> str:
        """Return the head of the paper."""
        more = f", warning: {typst_string(self.note)}" if self.note else ""
        more += ", long: true" if len(self.title) > _LONG_TITLE else ""
        title, byline = (Text(words).typst() for words in (self.title, self.byline))
        return f"#report-title({typst_string(self.kicker)}, [{title}], [{byline}]{more})\n"

    def plain(self) -> str:
        """Return the head as lines."""
        return "\n".join([self.kicker, self.title, self.byline, *([self.note] if self.note else [])])


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of prose."""

    parts: Line
    style: str = ""
    anchor: str | None = None

    def html(self) -> str:
        """Return a paragraph."""
        style = f' class="{self.style}"' if self.style else ""
        own = html_dir(as_plain(self.parts)) if self.style.startswith("passage") else ""
        return f"<p{style}{html_id(self.anchor)}{own}>{as_html(self.parts)}</p>"

    def typst(self) -> str:
        """Return a paragraph."""
        inside = f"{typst_label(self.anchor)}{as_typst(self.parts)}"
        block = f"#{self.style}[{inside}]" if self.style else inside
        backwards = self.style.startswith("passage") and direction(as_plain(self.parts)) == "rtl"
        return f"#right-to-left[{block}]\n" if backwards else f"{block}\n"

    def plain(self) -> str:
        """Return a paragraph."""
        return as_plain(self.parts)


@dataclass(frozen=True)
class Heading:
    """A heading of the third level, below the notebook's own."""

    parts: Line
    anchor: str

    def html(self) -> str:
        """Return a heading."""
        return f"<h3{html_id(self.anchor)}>{as_html(self.parts)}</h3>"

    def typst(self) -> str:
        """Return a heading."""
        return f"#heading(level: 3)[{typst_label(self.anchor)}{as_typst(self.parts)}]\n"

    def plain(self) -> str:
        """Return a heading."""
        return as_plain(self.parts)


@dataclass(frozen=True)
class Numbers:
    """A few large numbers side by side, each with what it counts."""

    cells: tuple[tuple[Line, str], ...]

    def html(self) -> str:
        """Return the numbers as a description list."""
        cells = "".join(f"<div><dt>{html.escape(label)}</dt><dd>{as_html(n)}</dd></div>" for n, label in self.cells)
        return f'<dl class="numbers">{cells}</dl>'

    def typst(self) -> str:
        """Return the numbers as a row."""
        return "#numbers(" + ", ".join(f"([{as_typst(n)}], {typst_string(label)})" for n, label in self.cells) + ",)\n"

    def plain(self) -> str:
        """Return a line a number."""
        return "\n".join(f"{as_plain(n)} {label}" for n, label in self.cells)


@dataclass(frozen=True)
class Items:
    """A list; each item has an anchor or None."""

    items: tuple[tuple[str | None, Line], ...]
    style: str = ""

    def html(self) -> str:
        """Return a list."""
        style = f' class="{self.style}"' if self.style else ""
        return (
            f"<ul{style}>{''.join(f'<li{html_id(anchor)}>{as_html(parts)}</li>' for anchor, parts in self.items)}</ul>"
        )

    def typst(self) -> str:
        """Return a list."""
        return "".join(f"- {typst_label(anchor)}{as_typst(parts)}\n" for anchor, parts in self.items)

    def plain(self) -> str:
        """Return a line an item."""
        return "\n".join(f"- {as_plain(parts)}" for _, parts in self.items)


@dataclass(frozen=True)
class Statement:
    """What somebody is given as saying, how it was found, and the sentences that it rests on; `place` is the first."""

    anchor: str
    parts: Line
    note: Line
    sentences: tuple[Line, ...]
    place: str

    def html(self) -> str:
        """Return the statement; its sentences stand beside it in the margin, or open below it."""
        told = f"<p>{as_html(self.parts)}</p>"
        if not self.sentences:
            return f'<li{html_id(self.anchor)}>{told}<p class="note">{Link(self.place, self.note).html()}</p></li>'
        cited = "".join(f"<p>{as_html(sentence)}</p>" for sentence in self.sentences)
        return (
            f'<li{html_id(self.anchor)}>{told}<details class="evidence">'
            f"<summary>{as_html(self.note)}</summary>{cited}</details></li>"
        )

    def typst(self) -> str:
        """Return the statement; its note leads to its sentence."""
        return f"- {typst_label(self.anchor)}{as_typst(self.parts)} #aside[{Link(self.place, self.note).typst()}];\n"

    def plain(self) -> str:
        """Return the statement in a line."""
        return f"- {as_plain(self.parts)} ({as_plain(self.note)})"


@dataclass(frozen=True)
class Statements:
    """A list of statements."""

    items: tuple[Statement, ...]

    def html(self) -> str:
        """Return a list."""
        return f'<ul class="statements">{"".join(item.html() for item in self.items)}</ul>'

    def typst(self) -> str:
        """Return a list."""
        return "".join(item.typst() for item in self.items)

    def plain(self) -> str:
        """Return a line a statement."""
        return "\n".join(item.plain() for item in self.items)


Block = Title | Paragraph | Heading | Numbers | Table | Figure | Items | Statements | Strip


class Fragment:
    """Blocks as a notebook shows them: HTML for people, Typst for the paper, plain text for terminals.

    What `abstract` holds of them is what a mail about the report says.
    """

    def __init__(self, *blocks: Block, abstract: str = "") -> None:
        """Hold the blocks in their order."""
        self.blocks = blocks
        self.abstract = abstract

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, object]]:
        data = {
            "text/html": (OPENING + "\n".join(b.html() for b in self.blocks) + "</div>").translate(OVERRIDES),
            TYPST_MIME: "\n".join(b.typst() for b in self.blocks),
            "text/plain": "\n\n".join(b.plain() for b in self.blocks),
        }
        head = next((b for b in self.blocks if isinstance(b, Title)), None)
        about = {"abstract": self.abstract} if self.abstract else {}
        if head:
            about |= {"title": head.title, "byline": head.byline, "paper": head.paper, "code": head.code}
            about |= {"note": head.note} if head.note else {}
        about = {key: words.translate(OVERRIDES) for key, words in about.items()}
        return data, {"attribution": about} if about else {}

    def __repr__(self) -> str:
        return "\n\n".join(b.plain() for b in self.blocks)
