"""Texts as they might have been: other names, other quotation marks, capitals."""

import random
import re
from collections import Counter

from toolkit.spans import Span

Spans = list[tuple[int, int]]

_QUOTE_STYLES = ('""', "“”", "«»", "‘’", "''", "„“")  # opening and closing
_CAPITALISED = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}(?=\b)")


def quotation_marks(text: str, rng: random.Random) -> str:
    """Return the text, of the same length, with other quotation marks, some of them never closed."""
    style = rng.choice(_QUOTE_STYLES)
    opening, closing = style[0], style[1]
    unclosed = 0.15 if rng.random() < 0.3 else 0.0
    out, inside = [], False
    for c in text:
        if c == "\n":
            inside = False
        if c in '“”"':
            opens = c == "“" or (c == '"' and not inside)
            inside = opens
            c = opening if opens else (" " if rng.random() < unclosed else closing)
        elif c == "’" and closing in "'’" and rng.random() < 0.5:
            c = "'"
        out.append(c)
    return "".join(out)


def capitals(text: str, rng: random.Random) -> str:
    """Return the text, of the same length, in capitals, in small letters, or with some of its lines so."""
    change = rng.choice((str.upper, str.lower))
    share = rng.choice((1.0, 0.3))
    lines = [
        change(line) if rng.random() < share and len(change(line)) == len(line) else line for line in text.split("\n")
    ]
    return "\n".join(lines)


def other_names(text: str, names: list[str], rng: random.Random) -> list[tuple[Span, str]]:
    """Return replacements of words that look like names; the same word gets the same name."""
    small = set(re.findall(r"\b[a-z]+\b", text))
    found = Counter(m[0] for m in _CAPITALISED.finditer(text) if m[0].lower() not in small)
    share = rng.uniform(0.3, 1.0)
    given = {word: rng.choice(names) for word in sorted(found) if rng.random() < share}
    if not given:
        return []
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(given, key=len, reverse=True))) + r")\b")
    return [(Span(*m.span()), given[m[0]]) for m in pattern.finditer(text)]


def replaced(text: str, replacements: list[tuple[Span, str]], groups: list[Spans]) -> tuple[str, list[Spans]]:
    """Return the text with the replacements made, and the spans where they stand then.

    A border inside a replaced word moves to the word's own border.
    """
    out, at, shift = [], 0, 0
    marks: list[tuple[int, int, int, int]] = []  # old start and end, new start and end
    for span, new in replacements:
        out += [text[at : span.start], new]
        marks.append((span.start, span.end, span.start + shift, span.start + shift + len(new)))
        shift += len(new) - (span.end - span.start)
        at = span.end
    out.append(text[at:])
    edges = sorted({edge for group in groups for span in group for edge in span})
    moved: dict[int, int] = {}
    k, shift = 0, 0
    for edge in edges:
        while k < len(marks) and marks[k][1] <= edge:
            shift = marks[k][3] - marks[k][1]
            k += 1
        inside = k < len(marks) and marks[k][0] < edge
        moved[edge] = marks[k][2] if inside else edge + shift
    return "".join(out), [[(moved[a], moved[b]) for a, b in group] for group in groups]
