"""Passages written for the project, with slots for names and marks of who says what: text and truth in one."""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.codebook import rows

ROLES = {"s": "source", "c": "cue", "t": "content"}
Spans = list[tuple[int, int]]
Fillings = dict[str, list[tuple[str, str]]]
_MARK = re.compile(r"\{([sct])(\d+):|\}")
_SLOT = re.compile(r"<([a-z]+)(\d*)>")


@dataclass(frozen=True)
class Annotated:
    """A text and what people marked in it.

    attributions: role -> spans. names: (kind, span), None where nobody looked for names.
    """

    text: str
    attributions: list[dict[str, Spans]]
    names: list[tuple[int, tuple[int, int]]] | None


def passages(path: Path) -> list[str]:
    """Return the annotated passages of a file, one a line; see data/training/README.md for their form."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line.strip() and not line.startswith("#")]


def filled(passage: str, fillings: Fillings, rng: random.Random) -> Annotated:
    """Return a passage with its slots filled at random; the truth is generated from its marks."""
    groups: dict[str, str] = {}
    chosen: dict[tuple[str, str], str] = {}

    def fill(slot: re.Match[str]) -> str:
        kind, number = slot[1], slot[2]
        key = (kind, number)
        if number and key in chosen:
            return chosen[key]
        if kind in ("person", "surname"):
            name = chosen.get(("person", number)) if number else None
            name = name or rng.choice(fillings["person"])[0]
            if number:
                chosen["person", number] = name
                chosen["surname", number] = name.split()[-1]
            return name if kind == "person" else name.split()[-1]
        if kind in ("city", "country", "demonym"):
            group = groups.get(number) if number else None
            group = group or rng.choice(fillings["city"])[1]
            if number:
                groups[number] = group
            return next(value for value, g in fillings[kind] if g == group)
        value = rng.choice(fillings[kind])[0]
        if number:
            chosen[key] = value
        return value

    filled_in = _SLOT.sub(fill, passage)
    out: list[str] = []
    length, at = 0, 0
    open_role: tuple[str, str, int] | None = None
    found: dict[str, dict[str, Spans]] = {}
    for mark in _MARK.finditer(filled_in):
        out.append(filled_in[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        if mark[1]:
            open_role = (ROLES[mark[1]], mark[2], length)
        elif open_role:
            role, number, start = open_role
            relation = found.setdefault(number, {r: [] for r in ROLES.values()})
            relation[role].append((start, length))
            open_role = None
    out.append(filled_in[at:])
    return Annotated("".join(out), list(found.values()), None)


def together(parts: Sequence[Annotated]) -> Annotated:
    """Return several texts as the paragraphs of one."""
    text, relations = "", []
    for part in parts:
        shift = len(text) + (2 if text else 0)
        text += ("\n\n" if text else "") + part.text
        relations += [
            {role: [(a + shift, b + shift) for a, b in spans] for role, spans in r.items()} for r in part.attributions
        ]
    return Annotated(text, relations, None)


def read_fillings(path: Path) -> Fillings:
    """Return the fillings of the passages' slots: kind -> [(value, group)]."""
    kinds: Fillings = {}
    for row in rows(path, ("kind", "value", "group")):
        kinds.setdefault(row["kind"], []).append((row["value"], row["group"]))
    return kinds


def all_words(fillings: Iterable[str]) -> list[str]:
    """Return the single capitalised words of the fillings, for `augment.other_names`."""
    return sorted({word for value in fillings for word in value.split() if word[:1].isupper() and word.isalpha()})
