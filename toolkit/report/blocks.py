"""What a report is made of, each part written as HTML, as Typst and as plain text.

Words reach the page only through `Text`, which escapes them for HTML and puts them into Typst as
string literals: nothing that a source contains can become markup. Anchors are written by this
package alone.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

TYPST_MIME = "text/vnd.typst"
# What a Typst source should not hold as it is: controls, separators, marks without a form, surrogates.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff\ufff0-\uffff\U000e0000-\U000e0fff]"
)
_ENDLESS, _BREAKABLE = re.compile(r"\S{30,}"), re.compile(r"\S{10}(?=\S)")
VOICE_STYLES = 8  # distinct styles of marked voices; the last is shared by all further ones


def typst_string(text: str) -> str:
    """Return a text as a Typst string literal.

    >>> typst_string('a "b"')
    '"a \\\\"b\\\\""'
    """
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _UNPRINTABLE.sub(lambda c: f"\\u{{{ord(c[0]):x}}}", quoted) + '"'


@dataclass(frozen=True)
class Text:
    """Words as they are."""

    words: str

    def html(self) -> str:
        """Return the words as HTML."""
        return html.escape(self.words)

    def typst(self) -> str:
        """Return the words as Typst; where a word is longer than a line, it may break."""
        words = _ENDLESS.sub(lambda run: _BREAKABLE.sub("\\g<0>\u200b", run[0]), self.words)
        return f"#{typst_string(words)};" if words else ""

    def plain(self) -> str:
        """Return the words."""
        return self.words


class _Around:
    """Inline parts around others."""

    parts: "tuple[Inline, ...]"

    def _html(self) -> str:
        return "".join(part.html() for part in self.parts)

    def _typst(self) -> str:
        return "[" + "".join(part.typst() for part in self.parts) + "]"

    def plain(self) -> str:
        """Return the words of the parts."""
        return "".join(part.plain() for part in self.parts)


@dataclass(frozen=True)
class Strong(_Around):
    """Words that stand out."""

    parts: "tuple[Inline, ...]"

    def html(self) -> str:
        """Return the parts in bold."""
        return f"<strong>{self._html()}</strong>"

    def typst(self) -> str:
        """Return the parts in bold."""
        return f"#strong{self._typst()};"


@dataclass(frozen=True)
class Small(_Around):
    """Words that stand back: how a source was found, where a statement stands."""

    parts: "tuple[Inline, ...]"

    def html(self) -> str:
        """Return the parts in small print."""
        return f"<small>{self._html()}</small>"

    def typst(self) -> str:
        """Return the parts in small print."""
        return f"#aside{self._typst()};"


@dataclass(frozen=True)
class Link(_Around):
    """A way to another place of the same report."""

    target: str
    parts: "tuple[Inline, ...]"

    def html(self) -> str:
        """Return the parts as a link."""
        return f'<a href="#{self.target}">{self._html()}</a>'

    def typst(self) -> str:
        """Return the parts as a link, or bare where the target is not in the document."""
        return f"#goto({typst_string(self.target)}){self._typst()};"


@dataclass(frozen=True)
class Mark(_Around):
    """A stretch of the article in somebody's voice; `style` counts from 0."""

    parts: "tuple[Inline, ...]"
    style: int
    direct: bool
    target: str | None
    label: str

    def html(self) -> str:
        """Return the parts marked, with the speaker's name as a tooltip, linked to the ledger."""
        classes = f"voice v{self.style} {'direct' if self.direct else 'indirect'}"
        tag, where = ("a", f' href="#{self.target}"') if self.target else ("span", "")
        return f'<{tag} class="{classes}"{where} title="{html.escape(self.label)}">{self._html()}</{tag}>'

    def typst(self) -> str:
        """Return the parts marked."""
        mark = f"#voice({self.style}, {str(self.direct).lower()}){self._typst()};"
        return f"#goto({typst_string(self.target)})[{mark}];" if self.target else mark


@dataclass(frozen=True)
class Number:
    """A sentence's number, which is the place that links to the sentence lead to."""

    anchor: str
    number: str

    def html(self) -> str:
        """Return the number as a link to itself, so that it can be passed on."""
        where = f'{_id(self.anchor)} href="#{self.anchor}"'
        return f'<a class="n"{where} aria-label="Sentence {self.number}">{self.number}</a>'

    def typst(self) -> str:
        """Return the number with its label."""
        return f"{_label(self.anchor)}#sentence-number({typst_string(self.number)});"

    def plain(self) -> str:
        """Return the number in brackets."""
        return f"[{self.number}] "


@dataclass(frozen=True)
class Key:
    """A sample of a voice's style, for a legend."""

    style: int

    def html(self) -> str:
        """Return a swatch."""
        return f'<span class="voice direct v{self.style} key" aria-hidden="true">\u2003</span>\u00a0'

    def typst(self) -> str:
        """Return a swatch."""
        return f"#swatch({self.style});"

    def plain(self) -> str:
        """Return nothing: plain text has no styles."""
        return ""


Inline = Text | Strong | Small | Link | Mark | Number | Key
Line = tuple[Inline, ...]


def line(*parts: "Inline | str") -> Line:
    """Return inline parts, strings among them as words."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def _html(parts: Line) -> str:
    return "".join(part.html() for part in parts)


def _typst(parts: Line) -> str:
    return "".join(part.typst() for part in parts)


def _plain(parts: Line) -> str:
    return "".join(part.plain() for part in parts)


def _id(anchor: str | None) -> str:
    return f' id="{anchor}"' if anchor else ""


def _label(anchor: str | None) -> str:
    return f"#anchor({typst_string(anchor)});" if anchor else ""


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
        return f"<p{style}{_id(self.anchor)}>{_html(self.parts)}</p>"

    def typst(self) -> str:
        """Return a paragraph."""
        inside = f"{_label(self.anchor)}{_typst(self.parts)}"
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
        return f"<h3{_id(self.anchor)}>{_html(self.parts)}</h3>"

    def typst(self) -> str:
        """Return a heading."""
        return f"#heading(level: 3)[{_label(self.anchor)}{_typst(self.parts)}]\n"

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
            f"<table{_id(self.anchor)}><caption>{html.escape(self.caption)}</caption>"
            f"<thead>{head}</thead><tbody>{body}</tbody></table></div>"
        )

    def typst(self) -> str:
        """Return the table, breakable over pages, its head repeated."""
        align = ", ".join("right" if c in self.right else "left" for c in self.columns)
        head = ", ".join(f"[{Text(c).typst()}]" for c in self.columns)
        body = ",\n".join(", ".join(f"[{_typst(cell)}]" for cell in row) for row in self.rows)
        widths = ", ".join("1fr" if c == self.wide else "auto" for c in self.columns)
        return (
            f"{_label(self.anchor)}#report-table({typst_string(self.caption)}, ({widths},), ({align},),\n"
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
        return f"<figure{_id(self.anchor)}>{picture}<figcaption>{html.escape(self.caption)}</figcaption></figure>"

    def typst(self) -> str:
        """Return the picture with its caption."""
        return (
            f'{_label(self.anchor)}#figure(image(bytes({typst_string(self.svg)}), format: "svg", width: 100%, '
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
        return f"<ul{style}>{''.join(f'<li{_id(anchor)}>{_html(parts)}</li>' for anchor, parts in self.items)}</ul>"

    def typst(self) -> str:
        """Return a list."""
        return "".join(f"- {_label(anchor)}{_typst(parts)}\n" for anchor, parts in self.items)

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
