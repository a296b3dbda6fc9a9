"""Who says "I" where no quotation mark tells: interviews, hearings, speeches and talk, whose paragraphs are turns.

What a text of that kind gives away: a label ("VOSS: ..."), a headline that names who is interviewed or speaks, a chair
who calls the next speaker by name, a speaker who says "my name is ...". The rest of the time the floor is
whose it was; a paragraph that asks is the other side's. Where many short turns follow each other and nobody has the
floor, those who are called by name answer, and the turns go to and fro.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from toolkit.extract.actors.cast import Actor, Cast
from toolkit.spans import Overlaps, Span, overlapping

_LABEL = re.compile(r"(?P<name>[^\W\d_][^:\n?!“”\"]{0,40}?)(?: \([^)\n]{1,30}\))?:\s")
_INTERVIEW = re.compile(
    r"\binterview(?:s|ed|ee)?\b|\b(?:spoke|talk(?:s|ed)|sat down|caught up|chatted) (?:to|with)\b|\btells?\b|\btold\b",
    re.IGNORECASE,
)
_SAYS_INTERVIEW = re.compile(r"\binterview", re.IGNORECASE)
_SPEECH = re.compile(
    r"\b(?:speech|remarks|address|statement|testimony|argument|sermon|lecture|keynote|eulogy|delivered)\b",
    re.IGNORECASE,
)
_DELIVERS = re.compile(r",? (?:has )?(?:deliver|gave|give|made|make|spoke|speak|address)\w*\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:speech|remarks|address|statement|testimony|sermon|lecture) (?:by|of) [^,.]*\Z", re.IGNORECASE)
_INTRODUCES = re.compile(r"\b(?:I[’']m|I am|[Mm]y name is|[Tt]his is|[Ii]t[’']s|[Cc]all me)\s+$")
_HERE = re.compile(r"\s+(?:here|speaking)\b|\s+and (?:welcome|today|I)\b|[.!]? (?:[Hh]i|[Hh]ello|[Hh]ey)\b")
_CALL = re.compile(
    r"(?:please proceed|go ahead|you have the floor|the floor is yours|please|thank you|thanks)", re.IGNORECASE
)
_QUESTION = re.compile(r"\?[”\"’')\]]*\s*\Z")
_LAST_SENTENCE = re.compile(r"(?:.*[.?!…][”\"’')\]]*\s+)?(?P<last>\S.*)\Z", re.DOTALL)
_TITLED = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|General|Judge|Justice|Counsel|Counselor|Senator|Professor|Minister|President)\.?\s+\Z"
)
_ADDRESS = re.compile(
    r"\b(?:you|do|know|okay|oh|right|no|yes|yeah|well|hey|hi|hello|now|please|thanks|night|guys|there|look|see)\Z",
    re.IGNORECASE,
)
_YOU = re.compile(r"(?:you|look|come|stop|don[’']t|get|let|are you|do you|can you)\b", re.IGNORECASE)
_CALLED = r"(?P<called>(?:(?:an?|the|your) )?[A-Z][\w’-]+(?: (?:of (?:the )?)?[A-Z][\w’-]+)*)"
_I_AM = re.compile(rf"\bI(?: am|[’']m|(?: have|[’']ve) been)(?: [a-z]+ to be)? {_CALLED}")
_AS = re.compile(rf"\b(?:(?:I|me)\b[^.?!]{{0,60}} as|[Aa]s) {_CALLED}(?=(?:,? I\b)|[^.?!,]{{0,60}}[.,])(?<!As I)")
_I = re.compile(r"\bI\b")
_LONG = 80  # words: who speaks so long has the floor, even where a question ends it
_TOLD = 0.4  # of a text's words
_LONG_HEADING = 120  # characters
_MANY = 3  # questions: fewer make no interview
_FEW = 6  # words: a call is short
_OPENING = 6  # paragraphs in which a text says who will speak
_HEADING = re.compile(r"\b(?:on behalf|argument|testimony|statement|remarks|speech) (?:of|by)\b", re.IGNORECASE)
_TALK = 12  # turns: fewer are no talk
_SHORT = 25  # words: half of the turns of a talk are shorter
_FADES = 0.8  # how much of what a call tells is left a turn further on
_FADED = 500  # turns: beyond, nothing is left


class Turn(NamedTuple):
    """Who speaks in a paragraph, and to whom; None where nothing tells."""

    speaker: Actor | None
    addressee: Actor | None


def turns(text: str, paragraphs: Sequence[Span], quoted: Sequence[Span], cast: Cast) -> list[Turn]:
    """Return one turn per paragraph."""
    persons = [a for a in cast.actors if a.kind == "person" and a.named]
    people = sorted(((m.start, m.end, a) for a in persons for m in a.mentions), key=lambda p: p[:2])
    begins = [s for s, _, _ in people]
    named = [people[bisect_left(begins, p.start) : bisect_left(begins, p.end)] for p in paragraphs]
    labelled = _labels(text, paragraphs, cast)
    introduced = [_introduced(text, inside, quoted) for inside in named]
    if not any(labelled) and not (any(introduced) and _is_told(text, paragraphs)) and _is_talk(text, paragraphs):
        return _to_and_fro(text, paragraphs, named, introduced)
    interviewed = _interviewee(text, paragraphs, named)
    floor = interviewed or _speaker(text, paragraphs, named, introduced)
    out: list[Turn] = []
    called: Actor | None = None
    for paragraph, inside, label, self_named in zip(paragraphs, named, labelled, introduced, strict=True):
        written = text[slice(*paragraph)]
        asks = bool(_QUESTION.search(written)) and len(written.split()) < _LONG
        if label is not None:
            speaker: Actor | None = label
        elif self_named is not None:
            speaker = floor = self_named
        elif called is not None:
            speaker = floor = called
        elif asks and floor is not None:
            speaker = None
        else:
            speaker = floor
        addressee = floor if speaker is not floor else None
        out.append(Turn(speaker, addressee or _vocative(text, paragraph, inside)))
        called = None if interviewed else _called(text, paragraph, inside)
        if called is None and _HEADING.search(written) and len(written) < _LONG_HEADING and inside:
            called = inside[0][2]
    return out


def self_descriptions(text: str) -> list[Span]:
    """Return where somebody who says "I" says what they are, by a description that has a name in it.

    >>> text = "I am proud to be a Democrat. As President, I signed it."
    >>> [text[slice(*span)] for span in self_descriptions(text)]
    ['a Democrat', 'President']
    """
    return [Span(*m.span("called")) for pattern in (_I_AM, _AS) for m in pattern.finditer(text)]


def _labels(text: str, paragraphs: Sequence[Span], cast: Cast) -> list[Actor | None]:
    """Return whom each paragraph's label names, where two labels and more come back again and again."""
    found = [_LABEL.match(text, p.start, p.end) for p in paragraphs]
    names = [m["name"].strip() if m else None for m in found]
    counts = Counter(name for name in names if name)
    steady = {name for name, n in counts.items() if n > 1 and len(name.split()) <= 5}
    if len(steady) < 2:
        return [None] * len(paragraphs)
    return [cast.labelled(name) if name in steady else None for name in names]


def _introduced(text: str, inside: Sequence[tuple[int, int, Actor]], quoted: Sequence[Span]) -> Actor | None:
    """Return who names themselves in a paragraph: "my name is ...", "it's ... here"."""
    for start, end, actor in inside:
        before = _INTRODUCES.search(text[max(0, start - 14) : start])
        if before and not overlapping((start, end), quoted):
            own = before[0].lower().strip().startswith(("i", "my", "call")) and not before[0].lower().startswith("it")
            if own or _HERE.match(text, end):
                return actor
    return None


def _interviewee(
    text: str, paragraphs: Sequence[Span], named: Sequence[Sequence[tuple[int, int, Actor]]]
) -> Actor | None:
    """Return who is interviewed, as the first paragraphs tell; the one named most where they name several."""
    questions = sum(bool(_QUESTION.search(text[slice(*p)])) for p in paragraphs)
    if questions < 2 and not any(_SAYS_INTERVIEW.search(text, *p) for p in paragraphs[:1]):
        return None
    told = [
        actor
        for paragraph, inside in list(zip(paragraphs, named, strict=True))[:_OPENING]
        if _INTERVIEW.search(text, *paragraph)
        for _, _, actor in inside
    ]
    if not told and questions >= _MANY:
        told = [actor for inside in named[:2] for _, _, actor in inside]
    return max(told, key=lambda a: (len(a.mentions), -told.index(a))) if told else None


def _speaker(
    text: str,
    paragraphs: Sequence[Span],
    named: Sequence[Sequence[tuple[int, int, Actor]]],
    introduced: Sequence[Actor | None],
) -> Actor | None:
    """Return who has the floor from the beginning: whose speech the heading gives, or who alone says a name."""
    opening = [
        (paragraph, inside)
        for paragraph, inside in list(zip(paragraphs, named, strict=True))[:3]
        if inside and paragraph.end - paragraph.start < 3 * _LONG_HEADING and _SPEECH.search(text, *paragraph)
    ]
    for _, inside in opening:
        for start, end, actor in inside:
            if _DELIVERS.match(text, end) or _BY.search(text[max(0, start - 40) : start]):
                return actor
    if opening:
        return opening[0][1][0][2]
    themselves = {a for a in introduced if a}
    return themselves.pop() if len(themselves) == 1 and len(paragraphs) < _TALK else None


def _is_told(text: str, paragraphs: Sequence[Span]) -> bool:
    """Tell whether a good part of a text are long turns: one tells, and others say something now and then."""
    lengths = [len(text[slice(*p)].split()) for p in paragraphs]
    return sum(n for n in lengths if n >= _LONG) > _TOLD * sum(lengths)


def _is_talk(text: str, paragraphs: Sequence[Span]) -> bool:
    """Tell whether paragraphs are the short turns of people who talk with each other."""
    lengths = sorted(len(text[slice(*p)].split()) for p in paragraphs)
    said = sum(bool(_I.search(text, *p)) for p in paragraphs)
    told = any(_SAYS_INTERVIEW.search(text, *p) for p in paragraphs[:_OPENING])
    return not told and len(lengths) >= _TALK and lengths[len(lengths) // 2] < _SHORT and 8 * said > len(lengths)


def _to_and_fro(
    text: str,
    paragraphs: Sequence[Span],
    named: Sequence[Sequence[tuple[int, int, Actor]]],
    introduced: Sequence[Actor | None],
) -> list[Turn]:
    """Return the turns of a talk: whoever is called by name speaks before and after, not in that turn.

    Who says their own name has that turn, and those at an even distance.
    """
    calls = [
        (i, a) for i, p in enumerate(paragraphs) if (a := _addressed(text, p, named[i])) and a is not introduced[i]
    ]
    calls += [(i + 1, a) for i, a in enumerate(introduced) if a]
    by_turn = Overlaps((k, k + 1) for k, _ in calls)
    out: list[Turn] = []
    for i in range(len(paragraphs)):
        signs: dict[Actor, float] = {}
        for k, called in (calls[c] for c in by_turn((i - _FADED, i + _FADED))):
            signs[called] = signs.get(called, 0) + (1 if (i - k) % 2 else -1) * _FADES ** abs(i - k)
        people = list(signs)
        best = max(people, key=lambda a: signs[a], default=None)
        speaker = best if best and signs[best] > 0 else None
        other = min(people, key=lambda a: signs[a], default=None)
        out.append(Turn(speaker, other if other is not speaker else None))
    return out


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
    before = _TITLED.sub("", text[min(start, s) : s])
    if before.rstrip().endswith(":"):
        return None  # a caption: "Image: ..."
    left = _CALL.sub("", before + text[e : paragraph.end])
    return actor if len(re.findall(r"\w+", left)) <= 1 and len(words.split()) <= _FEW else None


def _addressed(text: str, paragraph: Span, inside: Sequence[tuple[int, int, Actor]]) -> Actor | None:
    """Return whom a turn of a talk addresses: a name beside marks, or between one and a word of address."""
    for start, end, actor in inside:
        before = _TITLED.sub("", text[paragraph.start : start]).rstrip()
        after = text[end : paragraph.end].lstrip()
        opens = not before or before[-1] in ",.?!–—" or _ADDRESS.search(before)
        if (
            (before or len(after) > 1)
            and opens
            and (not after or after[0] in ",.?!–—" or (not before and _YOU.match(after)))
        ):
            return actor
    return None


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
