"""Who says "I" where no quotation mark tells: interviews, hearings, speeches and talk, whose paragraphs are turns.

Labels tell ("VOSS: ..."). Without them, the likeliest speakers of all turns together are taken (`floor`), by what a
text of that kind gives away (`signs`): a headline that names who is interviewed or speaks, a chair who calls the next
speaker by name, a speaker who says "my name is ...", those who talk with each other and call each other by name.
"""

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from toolkit import codebook
from toolkit.extract.actors.cast import Actor, Cast
from toolkit.extract.actors.floor import OTHERS, SIGNS, Array, Chain, beliefs
from toolkit.extract.actors.signs import COURTESY, MAIN_TURN, PRESENTS, TITLED, asks, chain, note_styles
from toolkit.spans import Span, overlapping

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
_BY = re.compile(
    r"\b(?:speech|remarks|address|statement|testimony|sermon|lecture|argument) (?:by|of) (?:[A-Z]{1,4}\.|[^,.])*\Z",
    re.IGNORECASE,
)
_AND = re.compile(r",?\s(?:and|&)\s")
_INTRODUCES = re.compile(r"\b(?:I[’']m|I am|[Mm]y name is|[Tt]his is|[Ii]t[’']s|[Cc]all me)\s+$")
_HERE = re.compile(r"\s+(?:here|speaking)\b|\s+and (?:welcome|today|I)\b|[.!]? (?:[Hh]i|[Hh]ello|[Hh]ey)\b")
_CALLED = r"(?P<called>(?:(?:an?|the|your) )?[A-Z][\w’-]+(?: (?:of (?:the )?)?[A-Z][\w’-]+)*)"
_I_AM = re.compile(rf"\bI(?: am|[’']m|(?: have|[’']ve) been)(?: [a-z]+ to be)? {_CALLED}")
_I_AM_ONE = re.compile(
    r"\bI(?: am|[’']m| was)(?: (?:just|also|still|currently|now))? "
    r"(?P<called>(?:an?|the) (?:(?!(?:who|that|which|when|and|because|to|than)\b)[a-z-]+ ){1,5}[A-Z][\w’-]+)"
)
_AS = re.compile(rf"\b(?:(?:I|me)\b[^.?!]{{0,60}} as|[Aa]s) {_CALLED}(?=(?:,? I\b)|[^.?!,]{{0,60}}[.,])(?<!As I)")
_LAST_SENTENCE = re.compile(r"(?:.*[.?!…][”\"’')\]]*\s+)?(?P<last>\S.*)\Z", re.DOTALL)
_I = re.compile(r"\bI\b")
_TOLD = 0.4  # of a text's words
_FEW = 6  # words: a call is short
_SHORT = 25  # words: half of the turns of a talk are shorter
_LONG_HEADING = 120  # characters
_MANY = 3  # questions: fewer make no interview
_OPENING = 6  # paragraphs in which a text says who will speak
_TALK = 12  # turns: of fewer, who says a name has all
_NEARLY = 0.5  # of what speaks for the likeliest
_HARDLY = 0.5  # of what speaks for those without a name: who has less speaks hardly


# how a speaker calls themself, and those who listen
_SELF = re.compile(r"(?:\A|(?<=[.!?…] )|(?<=\n))(?P<called>[Yy]our (?:girl|boy|man|guy)|[Yy]ours truly)(?=[’']|\s)")
YOU_ALL = re.compile(r"you (?:guys|all|folks)|y[’']all", re.IGNORECASE)
_AUDIENCE = re.compile(
    r"(?:\b(?:hey|hi|hello|what[’']s up|morning|evening),? |(?:\A|(?<=[.!?,] )|(?<=\n))(?=\w+[,.!?]))"
    r"(?P<called>guys|everyone|everybody|all|folks|friends)\b"
    rf"|\b(?P<alone>{YOU_ALL.pattern}|ladies and gentlemen)\b",
    re.IGNORECASE,
)


class Turn(NamedTuple):
    """Who speaks in a paragraph, and to whom; None where nothing tells. also: who may speak nearly as likely."""

    speaker: Actor | None
    addressee: Actor | None
    also: tuple[Actor, ...] = ()


def turns(text: str, paragraphs: Sequence[Span], quoted: Sequence[Span], cast: Cast) -> list[Turn]:
    """Return one turn per paragraph."""
    if not paragraphs:
        return []
    labelled = _labels(text, paragraphs, cast)
    if any(labelled):
        return _labelled(labelled)
    people, chain = talk(text, paragraphs, quoted, cast)
    if not people:
        return [Turn(None, None)] * len(paragraphs)
    speaks = beliefs(chain, codebook.floor()).speaks
    likeliest = [_likeliest(people, row) for row in speaks]
    speakers = [found[0] if found else None for found in likeliest]
    return [
        Turn(speaker, _addressee(people, chain, speaks, speakers, t), tuple(likeliest[t][1:]))
        for t, speaker in enumerate(speakers)
    ]


def talk(text: str, paragraphs: Sequence[Span], quoted: Sequence[Span], cast: Cast) -> tuple[list[Actor], Chain]:
    """Return who may have turns, and the signs of who has which."""
    note_styles(text, cast, quoted)
    persons = [a for a in cast.actors if a.kind == "person" and (a.named or a.mentions) and not a.plural]
    people = sorted(
        ((m.start, m.end, a) for a in persons for m in a.mentions if m.form != "pronoun"), key=lambda p: p[:2]
    )
    begins = [s for s, _, _ in people]
    named = [people[bisect_left(begins, p.start) : bisect_left(begins, p.end)] for p in paragraphs]
    introduced = [_introduced(text, inside, quoted) for inside in named]
    given = _given(text, paragraphs, named, introduced)
    answers = _answers(text, paragraphs)
    if not _is_talk(text, paragraphs) and (answers < _MANY or 8 * answers < len(paragraphs)):
        # in an article a name between commas calls nobody, and whom a speech calls listens to it
        spoken = {a for a in introduced if a}.union(*given)
        named = [[x for x in inside if x[2] in spoken] for inside in named]
    return chain(text, paragraphs, quoted, named, introduced, given)


def _given(
    text: str,
    paragraphs: Sequence[Span],
    named: Sequence[Sequence[tuple[int, int, Actor]]],
    introduced: Sequence[Actor | None],
) -> list[list[Actor]]:
    """Return to whom the floor is given at each paragraph: who is interviewed, announced, or called by a chair."""
    if not (any(introduced) and _is_told(text, paragraphs)) and _is_talk(text, paragraphs):
        return [[]] * len(paragraphs)
    interviewed = _interviewed(text, paragraphs, named)
    announced = None if interviewed else _speaker(text, paragraphs, named, introduced)
    floor = interviewed or ([announced] if announced else [])
    asked = [asks(text[slice(*p)]) for p in paragraphs]
    begins = asked.index(True) if interviewed and True in asked else 0  # what stands before presents them
    out: list[list[Actor]] = []
    called: Actor | None = None
    for paragraph, inside, self_named in zip(paragraphs, named, introduced, strict=True):
        if interviewed and self_named and self_named not in floor:
            floor = [*floor, self_named]
        elif not interviewed and (given := self_named or called):
            floor = [given]
        out.append(floor if len(out) >= begins else [])
        called = _called(text, paragraph, inside)
        written = text[slice(*paragraph)]
        if called is None and PRESENTS.search(written) and len(written) < _LONG_HEADING and inside:
            called = inside[0][2]
    return out


def _likeliest(people: Sequence[Actor], speaks: Array) -> list[Actor]:
    """Return who most likely has a turn, and who nearly as likely; nobody where it is one without a name by far."""
    order = [int(i) for i in np.argsort(-speaks[:-OTHERS], kind="stable")]
    if not order or speaks[order[0]] <= _HARDLY * speaks[-OTHERS:].sum():
        return []
    return [people[i] for i in order if speaks[i] > _NEARLY * speaks[order[0]]]


def _addressee(
    people: Sequence[Actor], chain: Chain, speaks: Array, speakers: Sequence[Actor | None], turn: int
) -> Actor | None:
    """Return whom a turn is said to: who has the floor, whom it calls, or who speaks in the turns beside it."""
    here = chain.signs[turn, : len(people)]
    floor = here[:, SIGNS.index("floor_says")] + here[:, SIGNS.index("floor_asks")]
    beside = speaks[max(turn - 1, 0), :-OTHERS] + speaks[min(turn + 1, len(speaks) - 1), :-OTHERS]
    for signs in (floor, here[:, SIGNS.index("addresses")], beside):
        others = [i for i in np.argsort(-signs, kind="stable") if signs[i] > 0 and people[i] is not speakers[turn]]
        if others:
            return people[int(others[0])]
    return None


def _labelled(labelled: Sequence[Actor | None]) -> list[Turn]:
    """Return the turns of a text with labels; in a paragraph without one, who had the last goes on."""
    said: list[Turn] = []
    for label in labelled:
        speaker = label or (said[-1].speaker if said else None)
        others = [t.speaker for t in reversed(said) if t.speaker and t.speaker is not speaker]
        said.append(Turn(speaker, others[0] if speaker and others else None))
    return said


def paragraph_spans(sentences: Sequence[Any]) -> list[Span]:
    """Return the paragraphs of sentences, each with its start, end and paragraph."""
    spans: dict[int, Span] = {}
    for s in sentences:
        had = spans.get(s.paragraph)
        spans[s.paragraph] = Span(had.start if had else s.start, s.end)
    return sorted(spans.values())


def self_descriptions(text: str) -> list[Span]:
    """Return where somebody who says "I" says what they are, by a description that has a name in it.

    >>> text = "I am proud to be a Democrat. I was a nurse in Orrin. As President, I signed it."
    >>> [text[slice(*span)] for span in self_descriptions(text)]
    ['a Democrat', 'a nurse in Orrin', 'President']
    """
    return [Span(*m.span("called")) for pattern in (_I_AM, _I_AM_ONE, _AS, _SELF) for m in pattern.finditer(text)]


def audience(text: str) -> list[Span]:
    """Return where a speaker calls all those who listen.

    >>> text = "Hey everyone! Do you guys know it?"
    >>> [text[slice(*span)] for span in audience(text)]
    ['everyone', 'you guys']
    """
    return [Span(*m.span("called" if m["called"] else "alone")) for m in _AUDIENCE.finditer(text)]


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


def _interviewed(
    text: str, paragraphs: Sequence[Span], named: Sequence[Sequence[tuple[int, int, Actor]]]
) -> list[Actor]:
    """Return who is interviewed, as the first paragraphs tell: the one named most, and those joined with them there."""
    questions = sum(asks(text[slice(*p)]) for p in paragraphs)
    if questions < 2 and not any(_SAYS_INTERVIEW.search(text, *p) for p in paragraphs[:1]):
        return []
    told = [
        actor
        for paragraph, inside in list(zip(paragraphs, named, strict=True))[:_OPENING]
        if _INTERVIEW.search(text, *paragraph) and len(text[slice(*paragraph)].split()) < MAIN_TURN
        for _, _, actor in inside
    ]
    if not told and questions >= _MANY:
        told = [actor for inside in named[:2] for _, _, actor in inside]
    if not told:
        return []
    first = max(told, key=lambda a: (len(a.mentions), -told.index(a)))
    beside = [
        right[2] if left[2] is first else left[2]
        for inside in named[:_OPENING]
        for left, right in itertools.pairwise(inside)
        if first in (left[2], right[2]) and _AND.fullmatch(text, left[1], right[0])
    ]
    return list(dict.fromkeys([first, *beside]))


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
    return sum(n for n in lengths if n >= MAIN_TURN) > _TOLD * sum(lengths)


def _answers(text: str, paragraphs: Sequence[Span]) -> int:
    """Return how many turns behind the opening ask or are as short as answers."""
    written = [text[slice(*p)] for p in paragraphs[_OPENING:]]
    return sum(asks(words) or len(words.split()) < _FEW for words in written)


def _is_talk(text: str, paragraphs: Sequence[Span]) -> bool:
    """Tell whether paragraphs are the short turns of people who talk with each other."""
    lengths = sorted(len(text[slice(*p)].split()) for p in paragraphs)
    said = sum(bool(_I.search(text, *p)) for p in paragraphs)
    told = any(_SAYS_INTERVIEW.search(text, *p) for p in paragraphs[:_OPENING])
    return not told and len(lengths) >= _TALK and lengths[len(lengths) // 2] < _SHORT and 8 * said > len(lengths)


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
    before = TITLED.sub("", text[min(start, s) : s])
    if before.rstrip().endswith(":"):
        return None  # a caption: "Image: ..."
    left = COURTESY.sub("", before + text[e : paragraph.end])
    return actor if len(re.findall(r"\w+", left)) <= 1 and len(words.split()) <= _FEW else None
