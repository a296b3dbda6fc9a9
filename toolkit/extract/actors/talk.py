"""Who says "I" where no quotation mark tells: interviews, hearings and speeches, whose paragraphs are turns.

What a text of that kind gives away: a label ("VOSS: ..."), a headline that names who is interviewed, a chair
who calls the next speaker by name, a speaker who says "I am ...". The rest of the time the floor is
whose it was; a paragraph that asks is the other side's.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from toolkit.extract.actors.cast import Actor, Cast
from toolkit.spans import Span, overlapping

_LABEL = re.compile(r"(?P<name>[^\W\d_][^:\n?!“”\"]{0,40}?)(?: \([^)\n]{1,30}\))?:\s")
_INTERVIEW = re.compile(r"\binterview(?:s|ed|ee)?\b", re.IGNORECASE)
_INTRODUCES = re.compile(r"\b(?:I[’']m|I am|[Mm]y name is|[Tt]his is)\s+$")
_CALL = re.compile(
    r"(?:please proceed|go ahead|you have the floor|the floor is yours|please|thank you|thanks)", re.IGNORECASE
)
_QUESTION = re.compile(r"\?[”\"’')\]]*\s*\Z")
_LAST_SENTENCE = re.compile(r"(?:.*[.?!…][”\"’')\]]*\s+)?(?P<last>\S.*)\Z", re.DOTALL)
_TITLED = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|General|Judge|Justice|Counsel|Counselor|Senator|Professor|Minister|President)\.?\s+\Z"
)
_LONG = 80  # words: who speaks so long has the floor, even where a question ends it
_LONG_HEADING = 120  # characters
_MANY = 3  # questions: fewer make no interview
_FEW = 6  # words: a call is short
_HEADING = re.compile(r"\b(?:on behalf|argument|testimony|statement|remarks|speech) (?:of|by)\b", re.IGNORECASE)


class Turn(NamedTuple):
    """Who speaks in a paragraph, and to whom; None where nothing tells."""

    speaker: Actor | None
    addressee: Actor | None


def turns(text: str, paragraphs: Sequence[Span], quoted: Sequence[Span], cast: Cast) -> list[Turn]:
    """Return one turn per paragraph."""
    people = sorted((m.start, m.end, a) for a in cast.actors if a.kind == "person" and a.named for m in a.mentions)
    named = [[(s, e, a) for s, e, a in people if p.start <= s < p.end] for p in paragraphs]
    labelled = _labels(text, paragraphs, cast)
    floor = _interviewee(text, paragraphs, named)
    out: list[Turn] = []
    called: Actor | None = None
    for paragraph, inside, label in zip(paragraphs, named, labelled, strict=True):
        written = text[slice(*paragraph)]
        introduced = next(
            (
                a
                for s, e, a in inside
                if _INTRODUCES.search(text[max(0, s - 14) : s]) and not overlapping((s, e), quoted)
            ),
            None,
        )
        asks = bool(_QUESTION.search(written)) and len(written.split()) < _LONG
        if label is not None:
            speaker = label
        elif introduced is not None:
            speaker = floor = introduced
        elif called is not None:
            speaker = floor = called
        elif asks and floor is not None:
            speaker = None
        else:
            speaker = floor
        addressee = floor if speaker is not floor else None
        out.append(Turn(speaker, addressee or _vocative(text, paragraph, inside)))
        called = _called(text, paragraph, inside)
        if called is None and _HEADING.search(written) and len(written) < _LONG_HEADING and inside:
            called = inside[0][2]
    return out


def _labels(text: str, paragraphs: Sequence[Span], cast: Cast) -> list[Actor | None]:
    """Return whom each paragraph's label names, where two labels and more come back again and again."""
    found = [_LABEL.match(text, p.start, p.end) for p in paragraphs]
    names = [m["name"].strip() if m else None for m in found]
    counts = {name: names.count(name) for name in names if name}
    steady = {name for name, n in counts.items() if n > 1 and len(name.split()) <= 5}
    if len(steady) < 2:
        return [None] * len(paragraphs)
    return [cast.labelled(name) if name in steady else None for name in names]


def _interviewee(
    text: str, paragraphs: Sequence[Span], named: Sequence[Sequence[tuple[int, int, Actor]]]
) -> Actor | None:
    """Return who is interviewed, as the first paragraphs tell; the one named most where they name several."""
    opening = [
        actor
        for paragraph, inside in list(zip(paragraphs, named, strict=True))[:6]
        if _INTERVIEW.search(text, *paragraph)
        for _, _, actor in inside
    ]
    questions = sum(bool(_QUESTION.search(text[slice(*p)])) for p in paragraphs)
    if not opening and questions >= _MANY:
        opening = [actor for inside in named[:2] for _, _, actor in inside]
    return max(opening, key=lambda a: (len(a.mentions), -opening.index(a))) if opening else None


def _called(text: str, paragraph: Span, inside: Sequence[tuple[int, int, Actor]]) -> Actor | None:
    """Return whom a paragraph's last sentence calls: a short one with a name and nothing else but courtesy."""
    last = _LAST_SENTENCE.match(text[slice(*paragraph)])
    if not inside or last is None:
        return None
    words = last["last"]
    start = paragraph.start + last.start("last")
    # an abbreviation such as "Mr." is no end of a sentence
    here = [(s, e, a) for s, e, a in inside if s >= start - 5]
    if not here:
        return None
    s, e, actor = here[-1]
    left = text[min(start, s) : s] + text[e : paragraph.end]
    left = _CALL.sub("", _TITLED.sub("", left))
    return actor if len(re.findall(r"\w+", left)) <= 1 and len(words.split()) <= _FEW else None


def _vocative(text: str, paragraph: Span, inside: Sequence[tuple[int, int, Actor]]) -> Actor | None:
    """Return whom a paragraph addresses: a name between a comma or the paragraph's border and the next."""
    for s, e, actor in inside:
        before = _TITLED.sub("", text[paragraph.start : s]).rstrip()
        after = text[e : min(e + 1, paragraph.end)]
        if (not before or before.endswith((",", ".", "?", "!"))) and after in (",", ".", "?", "!", ""):
            if not before and after != ",":
                continue
            if before.endswith(",") or not before:
                return actor
    return None
