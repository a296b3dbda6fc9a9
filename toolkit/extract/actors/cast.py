"""The cast of a text: everybody whom it names, each once, with every mention; and who a name or phrase means."""

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook import nations
from toolkit.codebook.own import NOTHING, Entry, Own
from toolkit.extract.actors.names import Name, initials, read, same_person, singular
from toolkit.source.vocabulary import Vocabulary
from toolkit.spans import Overlaps, Span, merged, overlapping

PRONOUNS = frozenset(
    ["i", "he", "she", "it", "we", "you", "they", "him", "them", "us", "me", "who", "someone", "somebody", "everyone"]
)
MINISTRIES = frozenset({"ministry", "department", "army", "parliament", "government"})
_CLASSES = frozenset(
    {"agency", "newspaper", "magazine", "channel", "group", "company", "party", "daily", "broadcaster"}
)
_MANY, _BACK = 100, 2000  # actors, and mentions that are gone back over, among whom words that are no name look
_BESIDE, _NEXT = re.compile(r"[A-Z]\w \Z"), re.compile(r" [A-Z]")  # a surname alone has no such neighbours
FORMS = ("name", "alias", "title", "description", "pronoun", "metonym")


class Mention(NamedTuple):
    """Where an actor is mentioned, and how."""

    start: int
    end: int
    form: str


@dataclass(eq=False)
class Actor:
    """Somebody in a text. kind: person, state, institution, media or group; roles: nouns it is called by."""

    name: str
    core: tuple[str, ...]
    kind: str
    named: bool = True
    plural: bool = False
    female: bool | None = None
    country: str | None = None
    roles: set[str] = field(default_factory=set)
    title: str | None = None
    affiliation: str | None = None
    listed: bool = False  # in a codebook of the user's
    mentions: list[Mention] = field(default_factory=list)
    heard: list[int] = field(default_factory=list)  # in order; so are the mentions

    def last_before(self, at: int) -> Mention | None:
        """Return the last mention that begins before an offset."""
        i = bisect_left(self.mentions, (at,))
        return self.mentions[i - 1] if i else None

    def last_heard(self, at: int) -> int | None:
        """Return where the actor was last heard before an offset."""
        i = bisect_left(self.heard, at)
        return self.heard[i - 1] if i else None

    def heard_at(self, at: int) -> bool:
        """Tell whether the actor is heard right at an offset."""
        return (i := bisect_left(self.heard, at)) < len(self.heard) and self.heard[i] == at


class Cast:
    """The named actors of one text, found in one pass over its names; sources add the rest."""

    def __init__(
        self, text: str, names: Iterable[tuple[str, Span]], used: Mapping[Span, str], own: Own = NOTHING
    ) -> None:
        """Gather names: (the tagger's kind, span); `used` says of countries and capitals what they stand for."""
        self.text = text
        self.vocabulary = Vocabulary(text)
        self.own = own
        self.actors: list[Actor] = []
        self._people: dict[str, list[Actor]] = defaultdict(list)  # by each token of a full name
        self._others: dict[tuple[str, str | None, frozenset[str]], Actor] = {}
        self._aliases: dict[str, Actor] = {}
        self._described: dict[str, Actor] = {}
        self._by_word: dict[str, list[tuple[str, str | None, frozenset[str]]]] = defaultdict(list)  # keys of _others
        self._at: dict[int, tuple[Actor, Mention]] = {}
        self._starts: list[int] = []  # of what is in _at, in order
        pronouns = codebook.words("function_words", "word", use="determiner") | PRONOUNS
        read_names = [
            (span, name)
            for kind, span in names
            if text[slice(*span)].lower() not in pronouns and (name := read(text[slice(*span)], kind))
        ]
        self._tagged = [(*span, name) for span, name in read_names]
        self._names_over = Overlaps(span for span, _ in read_names)
        self.lands = sorted((span.start, n.country) for span, n in read_names if n.kind == "state" and n.country)
        self._voted = self._votes([name for _, name in read_names])
        later = []
        for span, name in read_names:
            kind = self.kind(name)
            if kind in ("person", "place") and len(name.core) == 1:
                later.append((span, name))
            elif (
                kind not in ("place", "document")
                and not self._bare(name)
                and not (kind == "state" and used.get(span) == "place")
            ):
                self.met(name, span)
        for span, name in later:
            if self.kind(name) == "person" or self._surname(name, span.start):
                self.met(name, span)
        self._missed()
        for span, use in used.items():
            if use == "state" and (state := self.capital(text[slice(*span)])):
                self.mention(state, Mention(*span, "metonym"))
        self._acronyms()

    def _votes(self, names: Sequence[Name]) -> dict[tuple[str, ...], str]:
        """Return for every core the kind that most of its mentions have, person first where they are equal.

        A single word that is in somebody's full name is a person's; else one that the text has an
        adjective of, or that things are in, is no person's.
        """
        counts: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        full = {t for name in names if name.kind == "person" and len(name.core) > 1 for t in name.core}
        # "the Olven agency" and "Olven"
        classed = {n.core[0] for n in names if len(n.core) == 2 and _generic(frozenset(n.core[1:]))}
        for name in names:
            counts[name.core][name.kind] += 1
        order = ("person", "media", "institution", "group", "place", "state", "document")
        voted = {core: max(order, key=lambda k: (kinds.get(k, 0), -order.index(k))) for core, kinds in counts.items()}
        for core, kind in voted.items():
            if len(core) == 1 and kind in ("person", "place", "institution"):
                if core[0] in classed and core[0] not in full:
                    voted[core] = "institution"
                elif core[0] in full:
                    voted[core] = "person"
                elif kind != "institution" or not core[0].isupper():
                    voted[core] = self._land(core[0]) or kind
        return voted

    def _land(self, word: str) -> str | None:
        """Return "state" for a word whose adjective the text has, "place" for one that things are in, else None."""
        if self.vocabulary.has_adjective_of(word):
            return "state"
        return "place" if self.vocabulary.tells_what_is_in(word, unless_before="'’") else None

    def met(self, name: Name, span: Span) -> Actor:
        """Return the actor of a name that stands at a span, added where it is new, and keep the mention."""
        actor, _ = self.called(name, span.start)
        form = "name" if name.core == actor.core else "alias"
        self.mention(actor, Mention(*span, form))
        _note_titles(actor, name)
        return actor

    def mention(self, actor: Actor, mention: Mention) -> None:
        """Keep a mention of an actor; what stood for another at its place no longer does."""
        for start in range(mention.start, mention.end):
            if before := self._at.pop(start, None):
                del before[0].mentions[bisect_left(before[0].mentions, before[1])]
                del self._starts[bisect_left(self._starts, start)]
        self._at[mention.start] = actor, mention
        insort(self._starts, mention.start)
        insort(actor.mentions, mention)

    def near(self, at: int) -> Sequence[Actor]:
        """Return who may be meant at a place by words that are no name: of very many, those mentioned last before it.

        Else the work on a text in which each sentence names somebody new would grow with the square of its length.
        """
        if len(self.actors) <= _MANY:
            return self.actors
        found: dict[Actor, None] = {}
        before = bisect_left(self._starts, at)
        for start in reversed(self._starts[max(before - _BACK, 0) : before]):
            found.setdefault(self._at[start][0])
            if len(found) == _MANY:
                break
        return list(found)

    def holds(self, span: Span) -> bool:
        """Tell whether a mention begins inside a span."""
        return any(start in self._at for start in range(span.start, span.end))

    def kind(self, name: Name) -> str:
        """Return a name's kind as most of its mentions have it: the tagger may err at one place."""
        if entry := self.own.by_name.get(name.written):
            return entry.kind
        return self._voted.get(name.core, name.kind)

    def called(self, name: Name, at: int) -> tuple[Actor, str]:
        """Return the actor whom a name means where it stands, new if need be, and how it was found."""
        kind = self.kind(name)
        if (entry := self.own.by_name.get(name.written)) and entry.kind != "place":
            return self._listed(entry, at), "exact name" if name.written == entry.name else "name of your codebook"
        if name.written in self._aliases:
            return self._aliases[name.written], "acronym"
        if kind == "person":
            return self._person(name, at)
        if kind == "state":
            return self._state(name)
        # the tagger takes a surname for a place at times
        if kind == "place" and len(name.core) == 1 and (found := self._surname(name, at)):
            return found
        return self._body(name, kind, at)

    def _listed(self, entry: Entry, at: int) -> Actor:
        """Return the actor of an entry of the user's codebook, whatever else it is called by the rules."""
        name = Name(tuple(entry.name.split()), (), entry.kind, entry.country)
        if entry.kind == "person":
            actor, _ = self._person(name, at)
        else:
            key = entry.kind, entry.country, frozenset[str]() if entry.kind == "state" and entry.country else name.bag
            if key not in self._others:
                self._keep(key, self._new(name, entry.kind))
            actor = self._others[key]
        actor.name, actor.listed, actor.country = entry.name, True, entry.country or actor.country
        return actor

    def _person(self, name: Name, at: int) -> tuple[Actor, str]:
        if len(name.core) == 1:
            if found := self._surname(name, at):
                return found
            return self._new(name, "person"), "exact name"
        for actor in self._people[name.core[-1].lower()]:
            if len(actor.core) > 1 and same_person(actor.core, name.core):
                if len(name.core) > len(actor.core):
                    actor.name, actor.core = name.written, name.core
                return actor, "exact name"
        for actor in self._people[name.core[-1].lower()]:
            if len(actor.core) == 1 and actor.core[0].lower() == name.core[-1].lower():
                actor.name, actor.core = name.written, name.core
                self._index(actor)
                before = actor.last_before(at)
                return actor, "full name after the short one" if before else "exact name"
        return self._new(name, "person"), "exact name"

    def _surname(self, name: Name, at: int) -> tuple[Actor, str] | None:
        low = name.core[0].lower()
        fitting = [a for a in self._people[low] if a.core[-1].lower() == low] or self._people[low]
        if not fitting:
            return None
        if len(fitting) == 1:
            return fitting[0], "exact name" if fitting[0].core == name.core else "short name"
        # the one mentioned last; where none was yet, the first to come
        latest = max(fitting, key=lambda a: (a.last_before(at) or Mention(-1, 0, "")).start)
        return latest, f"short name: the latest of {len(fitting)} that fit"

    def is_surname(self, word: str) -> bool:
        """Tell whether a word is the last of a person's full name."""
        return any(len(a.core) > 1 and a.core[-1] == word for a in self._people.get(word.lower(), ()))

    def rivals(self, name: Name, but: Actor) -> list[Actor]:
        """Return who else of those named before has the short name that somebody is called by."""
        low = name.core[0].lower()
        return (
            [a for a in self._people[low] if a is not but and a.core[-1].lower() == low] if len(name.core) == 1 else []
        )

    def _state(self, name: Name) -> tuple[Actor, str]:
        # a state that the codebook does not know goes by its name
        key = ("state", name.country, frozenset[str]() if name.country else name.bag)
        if key not in self._others:
            self._keep(key, self._new(name, "state"))
        return self._others[key], "exact name" if self._others[key].core == name.core else "name of the same state"

    def capital(self, written: str) -> Actor | None:
        """Return the state that a capital stands for, if it is one."""
        code = nations.capital(written)
        return self.state(code) if code else None

    def _body(self, name: Name, kind: str, at: int) -> tuple[Actor, str]:
        kind = kind if kind in ("institution", "media", "group") else "institution"
        own = name.bag
        for same in (kind, "institution", "media", "group"):
            if actor := self._others.get((same, name.country, own)):
                return actor, "exact name"
        rarest = min((self._by_word[word] for word in own), key=len, default=list(self._others))
        longer = [
            a
            for (_, country, bag), a in ((key, self._others[key]) for key in rarest)
            if own < bag and name.country in (None, country) and (_same_head(a, name) or _generic(bag - own))
        ]
        if longer:
            latest = max(longer, key=lambda a: (a.last_before(at) or Mention(-1, 0, "")).start)
            fit = "short name" if len(longer) == 1 else f"short name: the latest of {len(longer)} that fit"
            return latest, fit
        shorter = [
            a
            for word in name._replace(core=name.core[:1], body="").bag
            for (_, country, bag), a in ((key, self._others[key]) for key in self._by_word[word])
            if bag < own and country == name.country and a.core == name.core[:1] and not a.core[0].isupper()
            if own - bag <= _CLASSES
        ]
        if shorter:  # "Olvenpress", and then "the Olvenpress agency"
            return shorter[0], "short name"
        actor = self._new(name, kind)
        if name.country and not name.of_country and not name.body:  # told by the context alone: the name must tell it
            actor.name = f"{nations.adjective(name.country)} {actor.name}"
        self._keep((kind, name.country, own), actor)
        return actor, "exact name"

    def _keep(self, key: tuple[str, str | None, frozenset[str]], actor: Actor) -> None:
        self._others[key] = actor
        for word in key[2]:
            self._by_word[word].append(key)

    def _new(self, name: Name, kind: str) -> Actor:
        actor = Actor(name.written, name.core, kind, country=name.country or nations.seat(name.written))
        self.actors.append(actor)
        if kind == "person":
            self._index(actor)
        _note_titles(actor, name)
        return actor

    def _index(self, actor: Actor) -> None:
        for token in {t.lower() for t in actor.core}:
            if actor not in self._people[token]:
                self._people[token].append(actor)

    def _missed(self) -> None:
        """Keep the surnames of people named in full that the tagger passed over, where they stand alone."""
        surnames = {
            a.core[-1]: a for a in self.actors if a.kind == "person" and len(a.core) > 1 and len(a.core[-1]) > 3
        }
        if not surnames:
            return
        taken = merged((m.start, m.end) for a in self.actors for m in a.mentions)
        taken = merged([*taken, *((start, end) for start, end, _ in self._tagged)])
        for span in self.vocabulary.any_of(surnames, before="’'-", behind="-"):
            surname = self.text[slice(*span)]
            goes_on = _BESIDE.search(self.text, max(span.start - 3, 0), span.start) or _NEXT.match(self.text, span.end)
            if not goes_on and len(self._people[surname.lower()]) == 1 and not overlapping(span, taken):
                self.mention(surnames[surname], Mention(*span, "alias"))

    def _acronyms(self) -> None:
        """Join an acronym that stands in brackets behind a name, or is a longer name's initials, with the name."""
        by_initials = {initials(a.core): a for a in reversed(self.actors) if len(a.core) > 1 and a.kind != "person"}
        for actor in list(self.actors):
            if len(actor.core) != 1 or not actor.core[0].isupper() or len(actor.core[0]) < 2:
                continue
            start = actor.mentions[0].start
            whole = by_initials.get(actor.core[0])
            if self.text[max(0, start - 3) : start].endswith("(") and (at := bisect_left(self._starts, start)):
                named, mention = self._at[self._starts[at - 1]]
                whole = named if 0 < start - mention.end <= 2 else whole
            if whole and whole is not actor and "state" not in (actor.kind,):
                self._join(actor, whole)

    def _join(self, short: Actor, whole: Actor) -> None:
        self._aliases[short.name] = whole
        self.actors.remove(short)
        for mention in list(short.mentions):
            self.mention(whole, mention._replace(form="alias"))
        self._others = {k: whole if a is short else a for k, a in self._others.items()}

    def alias(self, acronym: str, name: Name, at: int) -> None:
        """Keep that an acronym in brackets means the actor of the name before it."""
        actor, _ = self.called(name, at)
        for short in [a for a in self.actors if a.core == (acronym,) and a is not actor]:
            self._join(short, actor)
        self._aliases[acronym] = actor

    def state(self, code: str) -> Actor:
        """Return the state of a country's code."""
        name = nations.state_of(code)
        return self._state(Name(tuple(name.split()), (), "state", code))[0]

    @staticmethod
    def _bare(name: Name) -> bool:
        """Tell whether a name is a ministry's of a country that only its context tells: no actor by itself."""
        return bool(name.bag & MINISTRIES) and name.country is None and len(name.bag) < 3

    def tagged(self, span: Span, phrase: str) -> Name | None:
        """Return the name that the tagger found in a source, where it is the end of a phrase."""
        for i in self._names_over(span):
            start, end, name = self._tagged[i]
            if span.start <= start and end <= span.end and phrase.rstrip().endswith(self.text[start:end]):
                return name._replace(kind=self.kind(name))
        return None

    def labelled(self, label: str) -> Actor:
        """Return the actor of a speaker's label, which need not be a name ("Q", "THE COURT")."""
        name = read(label.title() if label.isupper() and len(label) > 3 else label, "person")
        if name and name.kind == "person":
            return self.called(name, 0)[0]
        return self.described(label, plural=False, kind="person")

    def author(self, byline: str | None) -> Actor:
        """Return the actor of the author, whom the byline names where there is one."""
        name = read(byline, "person") if byline else None
        if name and name.kind == "person":
            return self.called(name, 0)[0]
        return self.described("the author, in the first person", plural=False, kind="person", roles=["the author"])

    def described(self, phrase: str, *, plural: bool, kind: str, roles: Sequence[str] = ()) -> Actor:
        """Return the unnamed actor of a description, the same one for the same words."""
        if phrase not in self._described:
            actor = Actor(phrase, (), kind, named=False, plural=plural, roles=set(roles))
            self._described[phrase] = actor
            self.actors.append(actor)
        return self._described[phrase]


def _same_head(actor: Actor, name: Name) -> bool:
    """Tell whether a shorter name ends as the longer one does ("Security Council", "UN Security Council")."""
    head = name.core[-1].lower()
    lows = [t.lower() for t in actor.core]
    if head not in lows:
        return False
    i = lows.index(head)
    return i == len(lows) - 1 or lows[i + 1] in {"of", "for", "in", "on", "at", "to", "and"}


def _generic(words: frozenset[str]) -> bool:
    """Tell whether what a longer name has more is but its class ("agency", "party")."""
    return all(singular(w) in codebook.words("speakers", "noun") for w in words)


def _note_titles(actor: Actor, name: Name) -> None:
    if name.titles:
        actor.roles.update(name.titles)
        actor.title = actor.title or " ".join(name.titles)
        actor.country = actor.country or name.country
