"""Scripts: which letters the paper can be set in here, and what stands where it cannot.

Typst's own fonts have Latin, Greek, Cyrillic and more; for others the machine's are asked. A letter that none
has would be an empty box: the name of its script, in brackets, stands for it instead.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import typst

from toolkit.report.inline import typst_string

SYMBOLS = "Symbols"  # what is no letter: pictographs, marks without a script
# Letters of scripts that news are written in, to tell whether a font here has them.
_SAMPLES = "ΩЖשعՖქअবதไかカ漢한"
# Up to here, and in these blocks, Typst's own fonts have every letter.
_PLAIN = re.compile("[\x00-\u024f\u0391-\u03a1\u03a3-\u03ce\u0400-\u045f\u2010-\u2027\u2030-\u203a\u20ac\u2190-\u2193]")
_SCRIPTS = {"Cjk": "Han", "Ideographic": "Han", "Hiragana": "Kana", "Katakana": "Kana", "Katakana-hiragana": "Kana"}
_MATH = re.compile(r"\b(?:Math|Mono|Emoji)\b")  # fonts for something else than running text
_FIRST = ("Noto Serif", "Noto Sans", "Noto Naskh")  # families of fonts made to stand beside each other
_MISSING = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{(\w+)\}")
# What shapes or joins letters, as it stands in a Typst string.
_JOINERS = r"(?:[\ufe0e\ufe0f\u200b-\u200d\u2060]|\\u\{(?:200b|200c|200d|2060)\})"


@cache
def families() -> tuple[str, ...]:
    """Return the names of this machine's fonts that text can be set in, besides Typst's own, as they are tried."""
    own = set(typst.Fonts(include_system_fonts=False).families())
    found = set(typst.Fonts(include_system_fonts=True).families()) - own
    return tuple(sorted((n for n in found if not _MATH.search(n)), key=lambda n: (not n.startswith(_FIRST), n)))


@cache
def without_font() -> tuple[str, ...]:
    """Return the names of the scripts, of those that news are written in, that no font on this machine has."""
    return tuple(dict.fromkeys(_script(letter) for letter in _SAMPLES if letter in missing(_SAMPLES)))


def lacking(text: str) -> list[str]:
    """Return the names of the scripts in a text of which no font on this machine has some letter."""
    gone = missing(text)
    return sorted({_script(letter) for letter in gone}, key=lambda name: (name == SYMBOLS, name))


def named(text: str) -> str:
    """Return a text with letters that no font here has, and what stands between them, as the names of their scripts."""
    gone = missing(text)
    if not gone:
        return text
    one = f"[{re.escape(''.join(sorted(gone)))}]"
    return re.sub(f"{one}(?:(?:{_JOINERS}| )*{one})*{_JOINERS}*", lambda run: _name(run[0], gone), text)


def missing(text: str) -> frozenset[str]:
    """Return the characters of a text that no font on this machine has."""
    asked = sorted(set(_PLAIN.sub("", text)))
    kinds = {letter: unicodedata.category(letter) for letter in asked}
    private = {letter for letter in asked if kinds[letter] == "Co"}  # each font has its own, of no known meaning
    gone = _unset("".join(c for c in asked if kinds[c][0] in "LMNPS" or kinds[c] == "Cn")) | private
    whole = {_script(letter) for letter in gone} - {SYMBOLS}
    # a mark has no place without its letter, and may be in a font that lacks the letter
    return frozenset(gone | {c for c in asked if kinds[c][0] == "M" and _script(c) in whole})


@cache
def _unset(letters: str) -> frozenset[str]:
    """Return those of some letters that cannot be set, which Typst's check for PDF/UA tells."""
    if not letters:
        return frozenset()
    look = (files("toolkit.report") / "templates" / "paper.typ").read_text(encoding="utf-8")
    words = " ".join(f"#{typst_string(letter)};" for letter in letters)
    try:
        compiled(f'#set document(title: "T", date: none)\n{look}\n{words}'.encode(), own_fonts=False)
    except typst.TypstError as error:
        told = _MISSING.findall(getattr(error, "diagnostic", "") or str(error))
        return frozenset(c for run in told for c in _ESCAPED.sub(lambda m: chr(int(m[1], 16)), run)) & set(letters)
    return frozenset()


def compiled(source: bytes, *, own_fonts: bool, standards: Any = ("ua-1",)) -> bytes:
    """Return the PDF of a Typst document, set in Typst's own fonts alone or in this machine's too.

    Raises
    ------
    typst.TypstError
        When it does not compile, or breaks a standard: PDF/UA-1 is broken by a letter that no font has.
    """
    compiler = _compiler(own_fonts)
    paper: Any = compiler.compile(input=source, format="pdf", pdf_standards=list(standards), timestamp=0)
    return bytes(paper)


@cache
def _compiler(own_fonts: bool) -> typst.Compiler:
    """Return a compiler of this process, which sets only once what is the same in several papers."""
    fonts = {} if own_fonts else {"fonts": ";".join(families())}
    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=not own_fonts), sys_inputs=fonts)


def _name(run: str, gone: frozenset[str]) -> str:
    """Return the names of the scripts of a run of words; what is no letter counts to those beside it."""
    told = []
    for word in run.split():
        found = dict.fromkeys(_script(letter) for letter in word if letter in gone)
        told.append(f"[{', '.join(name for name in found if name != SYMBOLS) or SYMBOLS}]")
    return " ".join(name for name, _ in groupby(told))


def _script(letter: str) -> str:
    """Return the name of a letter's script: the first word of its name in Unicode, or how the script is called.

    >>> _script("한"), _script("漢"), _script("🚢")
    ('Hangul', 'Han', 'Symbols')
    """
    if unicodedata.category(letter)[0] not in "LMN" or (unicodedata.combining(letter) and letter < "\u0370"):
        return SYMBOLS
    first = unicodedata.name(letter, SYMBOLS).split()[0].capitalize()
    return _SCRIPTS.get(first, first)
