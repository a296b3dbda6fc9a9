"""The cast of a text: everybody whom it names, each once, with every mention; and who a name or phrase means."""

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook import nations
from toolkit.codebook.own import NOTHING, Entry, Own
from toolkit.extract.actors import people, standing
from toolkit.extract.actors.names import PREPOSITION, TOKEN, Name, initials, read, singular
from toolkit.source.vocabulary import Vocabulary
from toolkit.spans import Overlaps, Span, merged, overlapping

PRONOUNS = frozenset(
    ["i", "he", "she", "it", "we", "you", "they", "him", "them", "us", "me", "who", "someone", "somebody", "everyone"]
)
_NOT_PRONOUNS = frozenset({"US", "WHO", "IT"})
MINISTRIES = frozenset({"ministry", "department", "army", "parliament", "government"})
_CLASSES = frozenset(
    {"agency", "newspaper", "magazine", "channel", "group", "company", "party", "daily", "broadcaster"}
)
_MANY, _BACK = 100, 2000  # actors, and mentions that are gone back over, among whom words that are no name look
_BESIDE, _NEXT = re.compile(r"[A-Z]\w \Z"), re.compile(r" [A-Z]")  # a surname alone has no such neighbours
_BRACKETED = re.compile(r" \(([A-Z]{2,8})\)")
_HONORIFIC, _NOUN = re.compile(r"\b(Mr|Mrs|Ms|Miss)\.? \Z"), re.compile(r"\b([a-z]+) \Z")
_LETTERS = 2  # initials have no more
_OF_BODIES = ("official", "officials", "member", "members", "executive", "chief executive", "employees", "headquarters")
_HEAD = re.compile(r"[,(]")
_LONGEST = 4  # words of a person's name
_SHORTEST = 5  # letters: a shorter word in capitals is an acronym rather than a surname
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
    generation: str = ""  # "Jr."
    listed: bool = False  # in a codebook of the user's
    mentions: list[Mention] = field(default_factory=list)
    heard: list[int] = field(default_factory=list)  # in order; so are the mentions

    @property
    def key(self) -> tuple[str, ...]:
        """The name's words as names of people are compared."""
        return people.key(self.core)

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
        self,
        text: str,
        names: Iterable[tuple[str, Span]],
        used: Mapping[Span, str],
        own: Own = NOTHING,
        sources: Iterable[Span] = (),
    ) -> None:
        """Gather names: (the tagger's kind, span); `used` says of countries and capitals what they stand for.

        sources: the words that sources are given by, in which full names stand that the tagger may have passed over.
        """
        self.text = text
        self.vocabulary = Vocabulary(text)
        self.own = own
        self.actors: list[Actor] = []
        self.bodies: set[str] = set()  # names of institutions, media and groups
        self._people: dict[str, dict[Actor, None]] = defaultdict(dict)  # by each part of a name's key
        self._ending: dict[str, dict[Actor, None]] = defaultdict(dict)  # by the last part of it
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
            if not is_pronoun(text[slice(*span)], pronouns) and (name := read(text[slice(*span)], kind))
        ]
        read_names = [(span, self._with_class(name, *span)) for span, name in read_names]
        self._tagged = [(*span, name) for span, name in read_names]
        self._names_over = Overlaps(span for span, _ in read_names)
        self.lands = sorted((span.start, n.country) for span, n in read_names if n.kind == "state" and n.country)
        self._voted = self._votes([name for _, name in read_names], list(_full_names(text, sources)))
        later = []
        for span, name in read_names:
            kind = self.kind(name)
            if kind in ("person", "place") and people.is_surname(name.key):
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

    def _with_class(self, name: Name, at: int, at_end: int) -> Name:
        """Return a name with what the words before it say: "Mrs", and that it is one of the media ("the daily X")."""
        before = self.text[max(0, at - 24) : at]
        if name.kind == "person" and not name.titles and (called := _HONORIFIC.search(before)):
            return name._replace(titles=(called[1].lower(),))
        if (
            (acronym := _BRACKETED.match(self.text, at_end))
            and len(name.core) > 1
            and acronym[1] == initials(name.core)
        ):
            return name._replace(kind="institution") if name.kind == "person" else name
        noun = _NOUN.search(before) if name.kind in ("institution", "place") and not name.country else None
        return name._replace(kind="media") if noun and noun[1] in _media_nouns() else name

    def _votes(self, names: Sequence[Name], speakers: Sequence[Name]) -> dict[tuple[str, ...], str]:
        """Return for every core the kind that most of its mentions have, person first where they are equal.

        A single word that is in somebody's full name is a person's; else one that the text has an
        adjective of, or that things are in, is no person's.
        """
        counts: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        full = _by_part(
            name.core for name in (*names, *speakers) if name.kind == "person" and not people.is_surname(name.key)
        )
        # "the Olven agency" and "Olven"
        classed = {n.core[0] for n in names if len(n.core) == 2 and _generic(frozenset(n.core[1:]))}
        for name in names:
            counts[name.core][name.kind] += 1
        order = ("person", "media", "institution", "group", "place", "state", "document")
        voted = {core: max(order, key=lambda k: (kinds.get(k, 0), -order.index(k))) for core, kinds in counts.items()}
        for core, kind in voted.items():
            if kind in ("person", "place", "institution") and people.is_surname(people.key(core)):
                short = people.key(core)
                acronym = kind != "person" and core[-1].isupper() and len(core[-1]) < _SHORTEST
                of_somebody = not acronym and any(people.shortens(short, f) for f in full.get(short[-1], ()))
                if core[0] in classed and not of_somebody:
                    voted[core] = "institution"
                elif of_somebody:
                    voted[core] = "person"
                elif kind == "person" and len(core) == 1 and self._is_body(core[0]):
                    voted[core] = "institution"
                elif self._is_family(core, full):
                    voted[core] = "group"
                elif len(core) == 1 and (kind != "institution" or not core[0].isupper()):
                    voted[core] = self._land(core[0]) or kind
        return voted

    def _is_body(self, word: str) -> bool:
        """Tell whether what the tagger took for a surname is a body: an acronym, or one that has officials."""
        labels = f"{word}:" in self.text
        acronym = word.isupper() and len(word) > _LETTERS and not labels and not self.text.isupper()
        return acronym or any(f"{word} {noun}" in self.vocabulary for noun in _OF_BODIES)

    def _is_family(self, core: tuple[str, ...], full: Mapping[str, set[tuple[str, ...]]]) -> bool:
        """Tell whether a word is a surname in the plural: "the Vosses", beside Mira Voss."""
        ones = [people.key((core[-1].removesuffix(e),)) for e in ("es", "s") if core[-1].endswith(e)]
        one = any(people.shortens(k, f) == 2 for k in ones if k for f in full.get(k[-1], ()))
        return one and any(f"{article} {core[-1]}" in self.vocabulary for article in ("the", "The"))

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

    def inside(self, span: Span) -> list[tuple[Actor, Mention]]:
        """Return the mentions that begin inside a span, in order, and whose they are."""
        return [self._at[start] for start in range(span.start, span.end) if start in self._at]

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
        if name.core in self._voted or name.kind not in ("institution", "place"):
            return self._voted.get(name.core, name.kind)
        return "person" if self.is_surname(name) else name.kind

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
        key = name.key
        alone = people.is_surname(key)
        if not alone:
            for actor in self._sharing(key):
                if not people.is_surname(actor.key) and people.same(actor.key, key) and _one_generation(actor, name):
                    if (len(key), not name.written.isupper()) > (len(actor.key), not actor.name.isupper()):
                        actor.name, actor.core = name.written, name.core
                        self._index(actor)
                    return actor, "exact name"
        if found := self._surname(name, at):
            return found
        if not alone:
            for actor in self._sharing(key):
                if people.is_surname(actor.key) and people.shortens(actor.key, name.core) and _may_be(actor, name):
                    actor.name, actor.core, actor.generation = name.written, name.core, name.generation
                    self._index(actor)
                    before = actor.last_before(at)
                    return actor, "full name after the short one" if before else "exact name"
        return self._new(name, "person"), "exact name"

    def _sharing(self, key: tuple[str, ...]) -> list[Actor]:
        """Return the people whose names hold the last word of a name, or end in another of its words.

        Those who share a first name alone are not looked at: there may be hundreds.
        """
        ending = (actor for word in key[:-1] for actor in self._ending.get(word, ()))
        return list(dict.fromkeys([*self._people.get(key[-1], ()), *ending]))

    def _surname(self, name: Name, at: int) -> tuple[Actor, str] | None:
        fitting = self._shortened(name)
        if not fitting:
            return None
        if len(fitting) == 1:
            return fitting[0], "exact name" if fitting[0].core == name.core else "short name"
        # the one mentioned last; where none was yet, the first to come
        latest = max(fitting, key=lambda a: (a.last_before(at) or Mention(-1, 0, "")).start)
        return latest, f"short name: the latest of {len(fitting)} that fit"

    def _shortened(self, name: Name) -> list[Actor]:
        """Return the people whose surname a name is, or else whose first or second name, and whom its title fits."""
        key = name.key
        if not people.is_surname(key):
            return []
        fit = {a: people.shortens(key, a.core) for a in self._people.get(key[-1], ())}
        best = max(fit.values(), default=0)
        fitting = [a for a, how in fit.items() if how == best > 0 and _may_be(a, name)]
        titled = people.gender_of(name.titles, ())
        if titled is not None:  # of a couple, "Mr Voss" is whoever is known to be a man
            fitting = [a for a in fitting if gender(a) is titled] or fitting
        return [a for a in fitting if a.generation == name.generation] or fitting

    def is_surname(self, name: Name) -> bool:
        """Tell whether a name is the last or the first word of a person's full name."""
        key = name.key
        if name.core[-1].isupper() and len(name.core[-1]) < _SHORTEST:
            return False
        return people.is_surname(key) and any(
            len(a.core) > 1 and (people.shortens(key, a.core) == 2 or a.key[0] == key[0])
            for a in self._people.get(key[-1], ())
        )

    def has_person(self, name: Name) -> bool:
        """Tell whether somebody whom the text names is called so."""
        return any(people.shortens(name.key, a.core) for a in self._people.get(name.key[-1], ()))

    def rivals(self, name: Name, but: Actor) -> list[Actor]:
        """Return who else has the short name that somebody is called by."""
        return [a for a in self._shortened(name) if a is not but]

    def _state(self, name: Name) -> tuple[Actor, str]:
        # a state that the codebook does not know goes by its name
        key = ("state", name.country, frozenset[str]() if name.country else name.bag)
        if key not in self._others:
            self._keep(key, self._new(name, "state"))
        if self._others[key].name.replace(".", "") == initials(name.core):
            self._others[key].name, self._others[key].core = name.written, name.core  # "US", and then "United States"
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
        if len(name.core) == 1 and name.core[0].isupper() and len(name.core[0]) > 1:
            whole = [a for a in self._others.values() if len(a.core) > 1 and initials(a.core) == name.core[0]]
            if whole:
                self._aliases[name.core[0]] = whole[0]
                return whole[0], "acronym"
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
        country = name.country or nations.seat(name.written)
        actor = Actor(name.written, name.core, kind, country=country, generation=name.generation)
        self.actors.append(actor)
        if kind == "person":
            self._index(actor)
        elif kind != "state":
            self.bodies.add(actor.name)
        _note_titles(actor, name)
        return actor

    def _index(self, actor: Actor) -> None:
        for part in actor.key:
            self._people[part].setdefault(actor)
        self._ending[actor.key[-1]].setdefault(actor)

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
            one = self._people.get(surnames[surname].key[-1], ())
            if not goes_on and len(one) == 1 and not overlapping(span, taken):
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

    def opens_a_name(self, at: int) -> bool:
        """Tell whether a name that the tagger found begins at an offset."""
        return any(self._tagged[i][0] == at for i in self._names_over(Span(at, at + 1)))

    def is_within_a_name(self, at: int) -> bool:
        """Tell whether an offset stands inside a name that the tagger found, at neither end of it."""
        return any(self._tagged[i][0] < at < self._tagged[i][1] - 1 for i in self._names_over(Span(at, at + 1)))

    def bare(self, noun: str, at: int) -> tuple[int, Name] | None:
        """Return the last ministry before an offset that the text names without its country, and where it ends."""
        before = (
            (end, name)
            for start, end, name in self._tagged
            if start < at and name.core[-1].lower() == noun and self._bare(name)
        )
        return max(before, key=lambda found: found[0], default=None)

    def expanded(self, body: str | None) -> str | None:
        """Return the whole name of a body that a text calls by its acronym, if it does."""
        if body in self._aliases:
            return self._aliases[body].name
        if not body or not body.isupper():
            return body
        return next((a.name for a in self.actors if len(a.core) > 1 and initials(a.core) == body), body)

    def is_place(self, written: str) -> bool:
        """Tell whether most mentions of a name are a place's; of what is in capitals the tagger says little."""
        place = self._voted.get(tuple(TOKEN.findall(written))) == "place" and not written.isupper()
        return place or bool(nations.state(written) or nations.capital(written))

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


def is_pronoun(word: str, among: frozenset[str]) -> bool:
    """Tell whether a word is one of some pronouns, which are in small letters; "the WHO" and "US" are names."""
    return word.lower() in among and word not in _NOT_PRONOUNS


def _media_nouns() -> frozenset[str]:
    return codebook.words("speakers", "noun", kind="media")


def gender(actor: Actor) -> bool | None:
    """Return whether an actor is called as women are: by a title or a given name; None where nothing tells."""
    if actor.female is None:
        actor.female = people.gender_of(actor.roles, actor.core)
    return actor.female


def _may_be(actor: Actor, name: Name) -> bool:
    """Tell whether a title ("Mrs") and what tells a father from a son let a name be an actor's."""
    titled = people.gender_of(name.titles, ())
    return (titled is None or gender(actor) in (None, titled)) and _one_generation(actor, name)


def _one_generation(actor: Actor, name: Name) -> bool:
    return not (actor.generation and name.generation) or actor.generation == name.generation


def _full_names(text: str, sources: Iterable[Span]) -> Iterator[Name]:
    """Yield the full names of people that sources begin with, behind articles and what is in small letters."""
    left_out = codebook.words("function_words", "word", use="determiner")
    for span in sources:
        words = PREPOSITION.split(_HEAD.split(text[slice(*span)])[0])[0].split()
        at = next((i for i, w in enumerate(words) if not w.islower() and w.lower() not in left_out), len(words))
        name = read(" ".join(words[at:]))
        if name and name.kind == "person" and 1 < len(name.core) <= _LONGEST:
            yield name


def _by_part(cores: Iterable[tuple[str, ...]]) -> dict[str, set[tuple[str, ...]]]:
    """Return names by each of the words by which they are compared."""
    out: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for core in cores:
        for part in people.key(core):
            out[part].add(core)
    return out


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
    generic = codebook.words("speakers", "noun") | codebook.words("function_words", "word", use="body-word")
    return all(singular(w) in generic for w in words)


def _note_titles(actor: Actor, name: Name) -> None:
    if name.titles:
        told = standing.before(name.front)
        actor.roles |= standing.roles(name.titles)
        actor.title = actor.title or told.role
        actor.affiliation = actor.affiliation or told.affiliation
        actor.country = actor.country or name.country
