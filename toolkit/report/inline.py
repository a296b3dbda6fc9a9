"""What stands within a line of a report: words, links, marks; as HTML, as Typst, as plain text.

Words reach the page only through `Text`, which escapes them for HTML and puts them into Typst as
string literals: nothing that a source contains can become markup. Anchors are written by this
package alone.
"""

import html
import re
from dataclasses import dataclass

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
        where = f'{html_id(self.anchor)} href="#{self.anchor}"'
        return f'<a class="n"{where} aria-label="Sentence {self.number}">{self.number}</a>'

    def typst(self) -> str:
        """Return the number with its label."""
        return f"{typst_label(self.anchor)}#sentence-number({typst_string(self.number)});"

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


def html_id(anchor: str | None) -> str:
    """Return an anchor as an attribute, nothing for None."""
    return f' id="{anchor}"' if anchor else ""


def typst_label(anchor: str | None) -> str:
    """Return an anchor as a labelled place, nothing for None."""
    return f"#anchor({typst_string(anchor)});" if anchor else ""
