"""What stands within a line of a report: words, links, marks; as HTML, as Typst, as plain text.

Words reach the page only through `Text`, which escapes them for HTML and puts them into Typst as
string literals: nothing that a source contains can become markup. Anchors are written by this
package alone.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

# What a Typst source should not hold as it is: controls, separators, marks without a form, surrogates.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff\ufff0-\uffff\U000e0000-\U000e0fff]"
)
# What turns letters around is shown, and not obeyed: who reads a source must see its letters in their order.
OVERRIDES = {0x202D: "[U+202D]", 0x202E: "[U+202E]"}
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_OF_A_TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # colours, moves of the cursor
_ENDLESS, _BREAKABLE = re.compile(r"\S{30,}"), re.compile(r"\S{10}(?=\S)")


def typst_string(text: str) -> str:
    """Return a text as a Typst string literal, what would turn its letters around by name.

    >>> typst_string('a "b"')
    '"a \\\\"b\\\\""'
    """
    quoted = text.translate(OVERRIDES).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _UNPRINTABLE.sub(lambda c: f"\\u{{{ord(c[0]):x}}}", quoted) + '"'


def uncoloured(output: str) -> str:
    """Return what a program printed, without the colours that it asked a terminal for.

    >>> uncoloured("\\x1b[0;31mValueError\\x1b[0m: shut")
    'ValueError: shut'
    """
    return _OF_A_TERMINAL.sub("", output)


def direction(words: str) -> str:
    """Return "rtl" or "ltr", as most letters ask, for words with letters that run from right to left; else "".

    An English sentence around a quotation in Hebrew is one from left to right, with whatever it begins.

    >>> direction("שלום, NATO שלום שלום"), direction("“שלום”, said Ada."), direction("Ada")
    ('rtl', 'ltr', '')
    """
    if not _RIGHT_TO_LEFT.search(words):
        return ""
    kinds = [unicodedata.bidirectional(c) for c in words]
    return "rtl" if kinds.count("R") + kinds.count("AL") > 2 * kinds.count("L") else "ltr"


def html_dir(words: str) -> str:
    """Return the attribute that keeps words in their own order, whatever stands around them; nothing where none asks.

    >>> html_dir("שלום"), html_dir("Ada")
    (' dir="rtl"', '')
    """
    return f' dir="{own}"' if (own := direction(words)) else ""


def typst_dir(words: str, typst: str) -> str:
    """Return the Typst of words between the marks that keep them in their own order, where they ask for it."""
    begin = {"ltr": "2066", "rtl": "2067"}.get(direction(words))
    return f'#"\\u{{{begin}}}";{typst}#"\\u{{2069}}";' if begin else typst


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
class Reference(_Around):
    """A way to a figure or a table: by its number where the report gives it one, else by the parts."""

    target: str
    parts: "tuple[Inline, ...]"

    def html(self) -> str:
        """Return a link, which the page words as "Figure 2" once it has numbered its figures."""
        return f'<a class="reference" href="#{self.target}">{self._html()}</a>'

    def typst(self) -> str:
        """Return a reference."""
        return f"#reference({typst_string(self.target)}){self._typst()};"


@dataclass(frozen=True)
class Place(_Around):
    """Words within a line that links lead to."""

    anchor: str
    parts: "tuple[Inline, ...]"

    def html(self) -> str:
        """Return the parts with their anchor."""
        return f"<span{html_id(self.anchor)}>{self._html()}</span>"

    def typst(self) -> str:
        """Return the parts with their label."""
        return typst_label(self.anchor) + "".join(part.typst() for part in self.parts)


@dataclass(frozen=True)
class Claimant(_Around):
    """Who is given as saying what follows."""

    parts: "tuple[Inline, ...]"

    def html(self) -> str:
        """Return the name in bold."""
        return f'<strong class="claimant">{self._html()}</strong>'

    def typst(self) -> str:
        """Return the name in bold."""
        return f"#strong{self._typst()};"


@dataclass(frozen=True)
class Name(_Around):
    """A name as the text gives it: words of the source, which a report may use but not judge."""

    parts: "tuple[Inline, ...]"

    def html(self) -> str:
        """Return the name."""
        return f'<span class="name"{html_dir(self.plain())}>{self._html()}</span>'

    def typst(self) -> str:
        """Return the name."""
        return typst_dir(self.plain(), as_typst(self.parts))


@dataclass(frozen=True)
class Content(_Around):
    """What a source is given as saying, in the article's own words."""

    parts: "tuple[Inline, ...]"

    def html(self) -> str:
        """Return the words, marked as the source's."""
        return f'<span class="content"{html_dir(self.plain())}>{self._html()}</span>'

    def typst(self) -> str:
        """Return the words."""
        return typst_dir(self.plain(), as_typst(self.parts))


@dataclass(frozen=True)
class Sentence(_Around):
    """A sentence with letters that run from right to left, in its own order, whatever stands around it."""

    parts: "tuple[Inline, ...]"

    def html(self) -> str:
        """Return the parts in an element of their own."""
        return f"<span{html_dir(self.plain())}>{self._html()}</span>"

    def typst(self) -> str:
        """Return the parts."""
        return typst_dir(self.plain(), as_typst(self.parts))


@dataclass(frozen=True)
class Mark(_Around):
    """A stretch of the article in somebody's voice; `style` counts from 0, `label` says whose it is, if need be."""

    parts: "tuple[Inline, ...]"
    letter: str
    style: int
    mode: str
    target: str | None
    label: str

    def html(self) -> str:
        """Return the parts marked behind the voice's letter, the speaker's name as a tooltip, linked to the ledger."""
        tag, where = ("a", f' href="#{self.target}"') if self.target else ("span", "")
        letter = f'<span class="letter" aria-hidden="true">{self.letter}</span>' if self.letter else ""
        title = f' title="{html.escape(self.label)}"' if self.label else ""
        return (
            f'<{tag} class="voice v{self.style} {self.mode}"{where}{title}{html_dir(self.plain())}>'
            f"{letter}{self._html()}</{tag}>"
        )

    def typst(self) -> str:
        """Return the parts marked behind the voice's letter."""
        words = typst_dir(self.plain(), as_typst(self.parts))
        mark = f"#voice({self.style}, {typst_string(self.mode)}, {typst_string(self.letter)})[{words}];"
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
    """A voice's letter on its colour and pattern."""

    letter: str
    style: int

    def html(self) -> str:
        """Return the letter on a swatch."""
        return f'<span class="key v{self.style}"><b>{self.letter}</b></span>'

    def typst(self) -> str:
        """Return the letter on a swatch."""
        return f"#swatch({self.style}, {typst_string(self.letter)});"

    def plain(self) -> str:
        """Return the letter in brackets."""
        return f"[{self.letter}] "


Inline = Text | Strong | Small | Link | Reference | Place | Claimant | Name | Content | Sentence | Mark | Number | Key
Line = tuple[Inline, ...]


def line(*parts: "Inline | str") -> Line:
    """Return inline parts, strings among them as words."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def in_order(sentence: Line) -> Line:
    """Return a sentence's parts, held together where letters run from right to left."""
    return (Sentence(sentence),) if direction(as_plain(sentence)) else sentence


def as_html(parts: Line) -> str:
    """Return the parts of a line as HTML."""
    return "".join(part.html() for part in parts)


def as_typst(parts: Line) -> str:
    """Return the parts of a line as Typst."""
    return "".join(part.typst() for part in parts)


def as_plain(parts: Line) -> str:
    """Return the parts of a line as plain text."""
    return "".join(part.plain() for part in parts)


def html_id(anchor: str | None) -> str:
    """Return an anchor as an attribute, nothing for None."""
    return f' id="{anchor}"' if anchor else ""


def typst_label(anchor: str | None) -> str:
    """Return an anchor as a labelled place, nothing for None."""
    return f"#anchor({typst_string(anchor)});" if anchor else ""
