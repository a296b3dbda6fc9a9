"""What turns give away of who speaks: who is called by name, says their own, is told of, interviewed or announced."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from toolkit import codebook
from toolkit.extract.actors.cast import Actor, Cast, Mention
from toolkit.extract.actors.floor import OTHERS, SIGNS, Array, Chain
from toolkit.spans import Span, overlapping

MAIN_TURN = 80  # words: who speaks so long may end with a question and yet be who answers
_MOST = 8  # people: of more, those whom the signs are most for
_NEAR = 40  # characters from the border of a turn
_SHORT = 8  # words: a turn that is beginning and end in one
_HEADING = 25  # words
PRESENTS = re.compile(r"\b(?:on behalf|argument|testimony|statement|remarks|speech) (?:of|by)\b", re.IGNORECASE)
_QUESTION = re.compile(r"\?[”\"’')\]]*\s*\Z")
TITLED = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|General|Judge|Justice|Counsel|Counselor|Senator|Professor|Minister|President)\.?\s+\Z"
)
COURTESY = re.compile(
    r"(?:please proceed|go ahead|you have the floor|the floor is yours|please|thank you|thanks)", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"\b(?:you|do|know|okay|oh|right|no|yes|yeah|well|hey|hi|hello|now|please|thanks|night|guys|there|look|see|so)\Z",
    re.IGNORECASE,
)
_YOU = re.compile(r"(?:you|look|come|stop|don[’']t|get|let|are you|do you|can you)\b", re.IGNORECASE)
_FORMAL = re.compile(
    r"(?:Mr|Mister|Mrs|Ms|Miss|Madam|Dr|Doctor|Judge|Justice|Counsel\w*|Senator|Professor|General|President|My|Your)"
    r"\b\.?\s",
    re.IGNORECASE,
)
_STYLE = re.compile(
    r"\b(?:[Yy]our (?:Honou?r|Lordship|Ladyship|Excellency|Majesty|Worship|Grace)|[Mm]y (?:Lord|Lady)"
    r"|(?:Mr\.?|Mister|Madam) (?:Chief Justice|Justice|President|Speaker|Chair(?:man|woman)?|Chancellor|Secretary))"
    r"s?\b(?! [A-Z])"
)
_KIN = frozenset({"mom", "mum", "dad", "mommy", "mummy", "daddy", "mama", "papa", "grandma", "grandpa"})
_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"([\w’']+)\s*\Z")

# how a turn has somebody's name, those that tell most last: how much each is a reason to count them among the speakers
_HOW = {"told": 0.5, "alone": 3, "perhaps": 1, "called": 3}
_HERE = {"told": "names", "alone": "name_alone", "perhaps": "addresses_perhaps", "called": "addresses"}
_BEFORE = {"told": None, "alone": "name_alone_before", "perhaps": "perhaps_before", "called": "addressed_before"}
_BEHIND = {"told": None, "alone": None, "perhaps": "perhaps_behind", "called": "addressed_behind"}


class Called(NamedTuple):
    """Where a turn has somebody's name, and how: called, perhaps called, told of."""

    actor: Actor
    how: str
    opens: bool
    closes: bool


def asks(written: str) -> bool:
    """Tell whether a turn is a question."""
    return bool(_QUESTION.search(written)) and len(written.split()) < MAIN_TURN


def note_styles(text: str, cast: Cast, quoted: Sequence[Span]) -> None:
    """Keep whom a text calls by a style alone, such as "Your Honor": somebody without a name, who may speak."""
    for found in _STYLE.finditer(text):
        span = Span(*found.span())
        if not cast.holds(span) and not overlapping(span, quoted):
            actor = cast.described(
                found[0][:1].upper() + found[0][1:].rstrip("s"),
                plural=False,
                kind="person",
                roles=["the one addressed"],
            )
            cast.mention(actor, Mention(*span, "title"))


def chain(
    text: str,
    paragraphs: Sequence[Span],
    quoted: Sequence[Span],
    named: Sequence[Sequence[tuple[int, int, Actor]]],
    introduced: Sequence[Actor | None],
    given: Sequence[Sequence[Actor]],
) -> tuple[list[Actor], Chain]:
    """Return who may speak, in the order of the chain's speakers, and what speaks for and against each.

    named: (start, end, person) of each paragraph; introduced: who says their own name in it; given: to whom
    the floor is given.
    """
    same = _short_forms([a for inside in named for *_, a in inside])
    calls = [
        {same[c.actor]: c for c in _calls(text, p, quoted, inside, own)} if inside else {}
        for p, inside, own in zip(paragraphs, named, introduced, strict=True)
    ]
    own = [same[a] if a else None for a in introduced]
    floor = [{same.get(a, a) for a in holders} for holders in given]
    times = {how: Counter(a for turn in calls for a, c in turn.items() if c.how == how) for how in _HOW}
    reasons: dict[Actor, float] = defaultdict(float)
    for actor in (*own, *set().union(*floor)):
        if actor:
            reasons[actor] = 5
    for how, weight in _HOW.items():
        for actor, n in times[how].items():
            if how != "told" or actor in reasons:  # who is only told of has no turn
                reasons[actor] += weight * n
    people = sorted(reasons, key=lambda a: (-reasons[a], min(m.start for m in a.mentions)))[:_MOST]
    lengths = [len(text[slice(*p)].split()) for p in paragraphs]
    questions = np.array([asks(text[slice(*p)]) for p in paragraphs], dtype=float)
    logs = np.log1p(lengths)
    table = np.zeros((len(paragraphs), len(people) + OTHERS, len(SIGNS)))
    for s, actor in enumerate(people):
        signs = _Signs(table[:, s])
        signs.everywhere(
            has_name=1,
            times_addressed=math.log1p(times["called"][actor] + times["alone"][actor]),
            times_named=math.log1p(times["told"][actor]),
            introduced=actor in own,
        )
        has = np.array([float(actor in holders) for holders in floor])
        signs.everywhere(floor_says=has * (1 - questions), floor_asks=has * questions)
        for t, turn in enumerate(calls):
            if own[t] is actor:
                signs.put(t, "introduces")
            if call := turn.get(actor):
                signs.put(t, _HERE[call.how])
                signs.put(t + 1, "called_before" if call.how == "called" and call.closes else _BEFORE[call.how])
                signs.put(t - 1, "called_behind" if call.how == "called" and call.opens else _BEHIND[call.how])
    before = np.concatenate([[0.0], logs[:-1]])
    behind_question = np.concatenate([[0.0], questions[:-1]])
    stays = np.column_stack([np.ones(len(logs)), before, behind_question, np.full(len(logs), logs.mean())])
    return people, Chain(table, stays)


class _Signs:
    """The signs of one speaker, turn by turn."""

    def __init__(self, table: Array) -> None:
        self.table = table

    def everywhere(self, **values: Any) -> None:
        for name, value in values.items():
            self.table[:, SIGNS.index(name)] = value

    def put(self, turn: int, name: str | None) -> None:
        if name and 0 <= turn < len(self.table):
            self.table[turn, SIGNS.index(name)] = 1


def _short_forms(people: Sequence[Actor]) -> dict[Actor, Actor]:
    """Return for each whom they are where one given name begins another ("Steve", "Steven"): the one named most."""
    out = {a: a for a in people}
    by_first = defaultdict(list)
    for a in out:
        if len(a.core) == 1 and len(a.core[0]) > 2:
            by_first[a.core[0][:3].lower()].append(a)
    for alike in by_first.values():
        for one in alike:
            longer = [b for b in alike if b is not one and b.core[0].lower().startswith(one.core[0].lower())]
            if len(longer) == 1:
                first = max((one, longer[0]), key=lambda a: len(a.mentions))
                out[one] = out[longer[0]] = first
    return out


def _calls(
    text: str,
    paragraph: Span,
    quoted: Sequence[Span],
    inside: Sequence[tuple[int, int, Actor]],
    own: Actor | None,
) -> list[Called]:
    """Return how a turn has each name: the one that tells most of several of one person comes last."""
    found = []
    length = len(text[slice(*paragraph)].split())
    short = length < _SHORT
    presents = length < _HEADING and bool(PRESENTS.search(text, *paragraph))
    for start, end, actor in inside:
        if actor is own or overlapping((start, end), quoted):
            continue
        before = TITLED.sub("", text[paragraph.start : start])
        left = _WORD.findall(COURTESY.sub("", before + text[end : paragraph.end]))
        if presents:
            how = "alone"
        elif len(_WORD.findall(text[start:end])) > 1 and not _FORMAL.match(text[start:end]):
            how = "told"  # nobody who is spoken to is called by their full name
        else:
            how = "alone" if not left else _how(before.rstrip(), text[end : paragraph.end].lstrip())
        found.append(Called(actor, how, short or start - paragraph.start < _NEAR, short or paragraph.end - end < _NEAR))
    return sorted(found, key=lambda c: list(_HOW).index(c.how))


def _how(before: str, after: str) -> str:
    """Return how a turn has a short name between other words."""
    ends = not after or after[0] in ",.?!–—"
    if (not before or before[-1] in ",.?!–—" or _ADDRESS.search(before)) and (
        ends or (not before and _YOU.match(after))
    ):
        return "called"
    last = _LAST_WORD.search(before)
    if not last or not last[1].islower() or (after and after[0] not in ".?!"):
        return "told"
    word = last[1].replace("’", "'")
    joins = codebook.words("closed_class", "word") - codebook.words("closed_class", "word", **{"class": "pronoun"})
    return "told" if word in joins or word.endswith("'s") else "perhaps"
