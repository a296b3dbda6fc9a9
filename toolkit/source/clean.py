"""Clean a text before any span exists, and keep where every character came from."""

import re
import unicodedata

import ftfy
from ftfy.badness import is_bad

from toolkit.spans import Alignment, composed, identity, substituted

# What a line end, a space and a mark without width may look like.
_BREAK = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NOTHING = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff]")
# Joiners shape words of some scripts and join emoji; beside ASCII characters only they are noise.
_JOINER = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]+(?![^\x00-\x7f])")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_EDGE_OR_RUN = re.compile(r"\A\s+|\s+\Z| *\n *\n\s*| *\n *| {2,}")
_SENTENCE_END = re.compile(r"[.!?…:;][”’\"'»)\]]*\Z")
_WRAP_WIDTH = range(40, 101)


def clean(raw: str) -> tuple[str, Alignment]:
    """Return the clean text and its alignment to the raw one.

    Line ends become line feeds and odd spaces plain ones, zero-width characters and controls go,
    mojibake is repaired (ftfy), hard-wrapped lines are joined to paragraphs, runs of white space
    shortened. Quotation marks stay as they are.

    >>> clean("He\\u200b said.\\r\\n")
    ('He said.', (Link(start=0, end=2, raw_start=0, raw_end=2), Link(start=2, end=8, raw_start=3, raw_end=9)))
    """
    text, alignment = raw, identity(len(raw))
    for edits in (_mojibake, _characters, _joiners, _blanks, _wrapped_lines):
        text, change = substituted(text, edits(text))
        alignment = composed(change, alignment)
    return text, alignment


def _mojibake(text: str) -> list[tuple[int, int, str]]:
    if not is_bad(text):
        return []
    edits = []
    for run in re.finditer(r"[^\x00-\x7f]+", text):
        repaired = ftfy.fix_encoding(run[0])
        if repaired != run[0]:
            edits.append((run.start(), run.end(), repaired))
    return edits


def _characters(text: str) -> list[tuple[int, int, str]]:
    edits = [(m.start(), m.end(), "\n") for m in _BREAK.finditer(text)]
    edits += [(m.start(), m.end(), " ") for m in _SPACE.finditer(text)]
    edits += [(m.start(), m.end(), "") for m in _NOTHING.finditer(text)]
    edits += [(m.start(), m.end(), "\ufffd") for m in _LONE_SURROGATE.finditer(text)]
    return edits


def _joiners(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), "") for m in _JOINER.finditer(text)]


def _blanks(text: str) -> list[tuple[int, int, str]]:
    edits = []
    for m in _EDGE_OR_RUN.finditer(text):
        inner = m.start() > 0 and m.end() < len(text)
        new = "\n" * min(m[0].count("\n"), 2) or " " if inner else ""
        if new != m[0]:
            edits.append((m.start(), m.end(), new))
    return edits


def _wrapped_lines(text: str) -> list[tuple[int, int, str]]:
    """Return a space for every line end inside a paragraph, if the text is hard-wrapped.

    It is when most lines that another follows are of a typewriter's width and stop in mid-sentence, and the last
    lines are no longer: a headline right above a paragraph in one line is a line of its own.
    """
    inner, last, joins, at = [], [], [], 0
    for block in text.split("\n\n"):
        lines = block.split("\n")
        for line in lines[:-1]:
            inner.append(line)
            joins.append(at + len(line))
            at += len(line) + 1
        last += lines[-1:] if len(lines) > 1 else []
        at += len(lines[-1]) + 2
    open_ended = sum(len(line) in _WRAP_WIDTH and not _SENTENCE_END.search(line) for line in inner)
    too_long = sum(len(line) > _WRAP_WIDTH[-1] for line in inner + last)
    if open_ended <= 0.5 * len(inner) or too_long > 0.1 * len(inner):
        return []
    return [(i, i + 1, " ") for i in joins]


def printable(text: str) -> str:
    """Return the text on one line, its control and format characters made visible as U+FFFD.

    For names that people and terminals read: a file's, an author's.

    >>> printable("a\\x1b[31mb")
    'a�[31mb'
    """
    return "".join("\ufffd" if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in text)
