"""Whom the words of a source mean: a name, an office, a description, a pronoun."""

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook import nations
from toolkit.codebook.own import NOTHING, Own
from toolkit.extract.actors import standing
from toolkit.extract.actors.cast import MINISTRIES, Actor, Cast, Mention
from toolkit.extract.actors.names import PREPOSITION, TOKEN, Name, of_nation, read, singular
from toolkit.extract.actors.nearest import Places, close, ranked
from toolkit.source.segment import SENTENCE_ENDS
from toolkit.spans import Span

SINGULAR = frozenset({"he", "she", "his", "her", "hers", "him", "himself", "herself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_PLURAL = frozenset({"they", "their", "theirs", "them", "themselves"})
_NEUTER = frozenset({"it", "its", "itself"})
FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us", "mine", "ours"})
SECOND_PERSON = frozenset({"you", "your", "yours"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_NOBODY = frozenset({"nobody", "none", "no", "neither"})
_RELATIVE = frozenset({"who", "which", "whom", "whose", "that"})
_HEAD_ENDS = re.compile(r",|\(|\s[–—-]\s|\s(?:who|whom|whose|which|that|familiar)\b")
_NEXT = re.compile(r",?\s+")
_DESCRIBED = re.compile(
    r"\b(?P<called>(?:(?:a|an|the|some|any|every|many|most|several|two|three)\s+)?(?:[a-z-]+\s+){0,1}?(?P<noun>[a-z]+)),?\s+\Z"
)
_SEVERAL = re.compile(
    r"\b(?P<called>(?:(?:the|some|many|most|several|other|those|these|two|three)\s+)?"
    r"(?:(?!the\b|of\b|and\b)[^\W\d_][\w’'-]*\s+){0,1}?(?P<noun>[^\W\d_]{3,}(?:s|men|women|people)))\b",
    re.IGNORECASE,
)
_POSSESSOR = re.compile(r"(?P<owner>.+?)[’']s?\s+(?P<owned>.+)", re.DOTALL)
# offices that a text calls by one another's names: "the Russian leader" is its president
_LEADS = frozenset({"leader", "president", "premier", "chancellor", "king", "queen", "emperor", "ruler", "head"})
_FAR = 4  # paragraphs: who was named further back is not meant by "the spokesman" without a name again
_SPEAKS_FOR = frozenset({"spokesman", "spokeswoman", "spokesperson"})


class Meant(NamedTuple):
    """Who a source means, how that was found, and who else would fit."""

    actor: Actor | None
    how: str
    also: Sequence[Actor] = ()
    form: str = "name"


class Reader:
    """Reads the sources of one text in their order, with what was read before in mind."""

    def __init__(self, text: str, cast: Cast, places: Places, published: str | None, own: Own = NOTHING) -> None:
        self.text = text
        self.published = published
        self.own = own
        self.cast = cast
        self.places = places
        self._offices: dict[tuple[str, str | None], Actor] = {}

    def meant(self, span: Span, voice: Actor | None = None, never: Actor | None = None) -> Meant:
        """Return whom a source's words mean; the first and second person are not for this to tell.

        voice: whose indirect words the source stands in; never: whose quoted words, which are not
        about themselves in the third person.
        """
        found = self._meant(span, voice, never)
        if found.actor:
            insort(found.actor.heard, span.start)
            self.cast.mention(found.actor, Mention(*span, found.form))
        return found

    def _meant(self, span: Span, voice: Actor | None, never: Actor | None) -> Meant:
        written = self.text[slice(*span)]
        if border := SENTENCE_ENDS.search(written):  # a source ends with its sentence
            span = Span(span.start, span.start + border.start())
            written = written[: border.start()]
        tokens = TOKEN.findall(written)
        if not tokens:
            return Meant(None, "no name in the source")
        if len(tokens) > 1 and tokens[-1].lower() in _REFLEXIVE:
            tokens.pop()
            span = Span(span.start, span.start + written.rfind(tokens[-1]) + len(tokens[-1]))
            written = self.text[slice(*span)]
        first = tokens[0].lower()
        if first in _NOBODY:
            return Meant(None, "nobody, as the text says")
        if len(tokens) == 1 and first in SINGULAR | _PLURAL | _NEUTER | _RELATIVE:
            antecedent = self._antecedent(span.start) if first in _RELATIVE else None
            return antecedent or self._pronoun(first, span.start, voice, never)
        ends = _HEAD_ENDS.search(written)
        phrase = written[: ends.start()] if ends and ends.start() else written
        rest = written[len(phrase) :]
        return self._phrase(span, phrase, rest, voice, never)

    # --- phrases ---

    def _phrase(self, span: Span, phrase: str, rest: str, voice: Actor | None, never: Actor | None) -> Meant:
        determiners = codebook.words("function_words", "word", use="determiner")
        bare = re.sub(r"\A(?:the|The|a|A|an|An)\s+", "", phrase)
        if (entry := self.own.by_name.get(bare)) and entry.kind != "place":
            actor, how = self.cast.called(Name(tuple(bare.split()), (), entry.kind, entry.country), span.start)
            return Meant(actor, how, form="name" if how == "exact name" else "alias")
        nouns_known = codebook.words("speakers", "noun")
        head = PREPOSITION.split(phrase)[0]
        tokens = TOKEN.findall(head) or TOKEN.findall(phrase)
        if not tokens:
            return Meant(None, "no name in the source")
        first = tokens[0].lower()
        owner, owned = self._owner(span.start, head, voice, never)
        if owned:
            tokens = TOKEN.findall(owned)
        kept = [t for t in tokens if t.lower() not in determiners]
        if not kept:
            return Meant(
                self.cast.described(phrase, plural=False, kind="group"), "unnamed in the text", form="description"
            )
        opens = phrase.startswith(kept[0])  # a first word's capital says nothing
        lower = [t.lower() if i == 0 and opens and not t.isupper() else t for i, t in enumerate(kept)]
        common = len(kept) == 1 and opens and self._is_common(span.start, kept[0])
        known_noun = singular(lower[-1]) in nouns_known
        nominal = lower[-1].islower() and (known_noun or common or not kept[-1][0].isupper())
        noun = singular(lower[-1]) if nominal else ""
        plural = nominal and lower[-1] not in nouns_known
        if not nominal:
            return self._name(span, owned or phrase, rest, owner)
        apposed = re.match(r"[,\s]*(?:the |a |an )?((?:[^\W\d_a-z][\w’'.-]*)(?: [^\W\d_a-z][\w’'.-]*){1,5})", rest)
        if apposed and (name := read(apposed[1])) and name.kind == "person" and not lower[-1].endswith("s"):
            actor, how = self.cast.called(name, span.start)
            actor.roles.add(noun)
            actor.title = actor.title or noun
            return Meant(actor, how)
        described = re.sub(r"[’']s?\Z", "", re.split(r"[,(]", self.text[slice(*span)])[0].strip()) or phrase
        country = next((c for t in _pairs(kept) if (c := nations.nation(t))), None) or (
            owner.country if owner and owner.kind == "state" else None
        )
        capitals = [t for t in lower[:-1] if t[0].isupper() and not nations.nation(t)]
        if (
            first in codebook.words("function_words", "word", use="indefinite")
            or plural
            or (noun in ("media", "press", "people") and not capitals)
        ):
            return self._unnamed(described, plural or noun in ("media", "press", "people"), noun)
        if singular(noun) not in nouns_known and noun != "country":
            return self._unnamed(described, plural, noun)
        if _kind(noun) == "person":
            return self._person(span, described, noun, country, voice, never, owner, capitals)
        return self._body(span, phrase, described, noun, country, capitals, owner)

    def _is_common(self, at: int, word: str) -> bool:
        """Tell whether a capitalised word opening a sentence is common: the text has it in small letters too."""
        return at in self.places.starts and word.lower() in self.cast.vocabulary

    def _owner(self, at: int, head: str, voice: Actor | None, never: Actor | None) -> tuple[Actor | None, str]:
        """Return whose somebody is, and the words behind that: "Russia's ministry", "his spokesman"."""
        first = TOKEN.match(head)
        if first and first[0].lower() in {"his", "her", "its", "their"} and first.end() < len(head):
            return self._pronoun(first[0].lower(), at, voice, never).actor, head[first.end() :].strip()
        if found := _POSSESSOR.match(head):
            if found["owner"].lower() in ("the country", "the state", "the nation"):
                return self._nearest_state(at), found["owned"]
            name = read(found["owner"])
            known = name and (name.kind == "state" or name.written[:1].isupper())
            return (self.cast.called(name, at)[0] if name and known else None), found["owned"]
        return None, ""

    def _name(self, span: Span, phrase: str, rest: str, owner: Actor | None) -> Meant:
        """Return the actor whom a phrase names at its end."""
        head = PREPOSITION.split(phrase)[0]
        own = self._from_first_capital(phrase)
        name = read(own, "")
        if name is None:
            return Meant(None, "no name in the source")
        tagged = self.cast.tagged(span, self._from_first_capital(head))
        name = tagged if tagged and not name.country else name._replace(kind=self.cast.kind(name))
        if name.kind == "person":
            name = read(self._from_first_capital(head), "person") or name
        if acronym := re.match(r"[\s(]*([A-Z]{2,8})\)", rest):
            self.cast.alias(acronym[1], name, span.start)
        if name.kind == "institution" and not name.country:
            if owner and owner.kind == "state":
                name = name._replace(country=owner.country)
            elif name.bag & MINISTRIES and len(name.bag) < 3:
                named = next((c for t in _pairs(TOKEN.findall(phrase[len(head) :])) if (c := _land(t))), None)
                state = None if named else self._nearest_state(span.start)
                name = name._replace(country=named or (state.country if state else None))
        if (
            name.kind in ("place", "institution")
            and not self.cast.is_surname(name.written)
            and (state := self.cast.capital(name.written))
        ):
            return Meant(state, "capital for its state", form="metonym")
        if name.kind == "group" and len(name.core) == 1:
            return self._unnamed(phrase, True, "people")
        actor, how = self.cast.called(name, span.start)
        if actor.kind == "person":
            self._titles(actor, phrase[: phrase.find(name.core[0])], rest)
            words = phrase[: phrase.find(name.core[0])]
            if span.start in self.places.starts:  # a sentence's capital says nothing
                words = words[:1].lower() + words[1:]
            self._standing(actor, words, self.text.find(name.core[-1], *span) + len(name.core[-1]))
        also = self.cast.rivals(name, actor) if "latest of" in how else []
        return Meant(actor, how, also, "name" if how == "exact name" else "alias")

    def _titles(self, actor: Actor, before: str, behind: str) -> None:
        """Keep what a phrase says that somebody is, before the name and behind it."""
        words = TOKEN.findall(before)
        country, of_country = of_nation(words)
        said = [w.lower() for w in words if w.lower() not in codebook.words("function_words", "word", use="determiner")]
        apposed = re.match(r"[,(\s]+(?:(?:a|an|the)\s)?((?:[^\W\d_]\S*\s?){1,4})", behind)
        told = [w for w in TOKEN.findall(apposed[1]) if w.islower()] if apposed else []
        actor.roles.update(w for w in [*said, *(singular(t) for t in told)] if w not in of_country)
        actor.country = actor.country or country
        if not actor.title and said:
            actor.title = " ".join(said)

    def _standing(self, actor: Actor, words: str, end: int) -> None:
        """Keep an apposition's role where nothing stood before the name, and where somebody belongs to."""
        front = standing.before(words) if words.strip() else standing.Standing(None, None)
        apposed = standing.behind(self.text, end)
        if front.affiliation and actor.title == words.strip().lower():
            actor.title = front.role
        actor.title = actor.title or apposed.role
        actor.roles.update(w.lower() for w in TOKEN.findall(apposed.role or ""))
        actor.affiliation = actor.affiliation or front.affiliation or apposed.affiliation

    def _from_first_capital(self, phrase: str) -> str:
        """Return a phrase without what stands before its name: an article, an office in lower case."""
        skipped = codebook.words("function_words", "word", use="determiner")
        for token in TOKEN.finditer(phrase):
            if token.start() == 0 and token[0].lower() in skipped:
                continue
            if not token[0].islower():
                return phrase[token.start() :].strip()
        return phrase.strip()

    def _unnamed(self, described: str, plural: bool, noun: str) -> Meant:
        nouns = codebook.words("speakers", "noun")
        first = described.split()[0]
        small = first.lower() in codebook.words("function_words", "word", use="indefinite") | {"the"} or singular(
            first.lower()
        ) in codebook.words("speakers", "noun")
        words = described[:1].lower() + described[1:] if small and not described.isupper() else described
        one = first.lower() in ("a", "an", "one") and not noun.endswith("s") and noun not in nouns
        kind = "person" if (not plural and _kind(noun) == "person") or one else "group"
        actor = self.cast.described(words, plural=plural, kind=kind, roles=[noun] if noun else [])
        return Meant(actor, "unnamed in the text", form="description")

    def _person(
        self,
        span: Span,
        described: str,
        noun: str,
        country: str | None,
        voice: Actor | None,
        never: Actor | None,
        owner: Actor | None,
        capitals: Sequence[str],
    ) -> Meant:
        at = span.start
        people = [
            a for a in self.cast.near(at) if a.kind == "person" and a.named and a.last_before(at) and a is not never
        ]
        if country:
            fits = [a for a in people if a.country == country and _same_office(noun, a.roles)]
            if fits:
                latest = max(fits, key=lambda a: (a.last_before(at) or Mention(0, 0, "")).start)
                return Meant(latest, "office: who was named with it", self._near(fits, latest, at), "title")
            if holder := self._holder(described, noun, country, people):
                return Meant(holder, "office: who held it on the day of the text", form="title")
            return Meant(self._office(described, noun, country, at), "office: nobody named with it", form="title")
        fits = [a for a in people if _same_role(noun, a.roles) and a is not owner]
        if _expert(noun):  # whoever was heard and is not called anything else may be the expert
            fits = [a for a in people if (a in fits or not _other_class(a)) and a.last_heard(at) is not None] or fits
        far = [a for a in fits if self._paragraphs_since(a, at) > _FAR]
        fits = [a for a in fits if a not in far]
        if fits and not capitals:
            latest = max(fits, key=lambda a: (a.last_before(at) or Mention(0, 0, "")).start)
            so_called = _same_role(noun, latest.roles)
            how = "description: nearest person so called" if so_called else "description: nearest person before it"
            return Meant(latest, how, self._near(fits, latest, at), "description")
        if capitals:
            return Meant(self._office(described, noun, None, at), "office: nobody named with it", form="title")
        if owner is not None or (noun in _SPEAKS_FOR and not far):
            return self._unnamed(described, False, noun)
        heard = [a for a in people if a.last_heard(at) is not None and _gender_fits(noun, a)]
        if far and heard:  # nobody near is called so: it is who is speaking
            speaking = max(heard, key=lambda a: a.last_heard(at) or 0)
            return Meant(speaking, "description: nearest person before it", far, "description")
        unlike = [a for a in heard if not a.roles or _same_role(noun, a.roles)] or heard
        scored = ranked(unlike or [a for a in people if _gender_fits(noun, a)], at, self.places, voice)
        if scored:
            return Meant(scored[0][1], "description: nearest person before it", close(scored), "description")
        return self._unnamed(described, False, noun)

    def _holder(self, described: str, noun: str, country: str, people: Sequence[Actor]) -> Actor | None:
        """Return which of the people named so far held an office on the day of the text, as the codebook knows."""
        if not self.published:
            return None
        office = next(
            (f"{w} {noun}" for w in ("foreign", "prime", "defence", "defense") if w in described.lower()), noun
        )
        offices = (office, "foreign minister", "defence minister") if office == "minister" else (office,)
        held = [name for o in offices for name in self.own.holders(country, o, self.published)]
        fits = [a for a in people for name in held if a.core and a.core[-1] == name.split()[-1]]
        return fits[0] if len(set(fits)) == 1 else None

    def _paragraphs_since(self, actor: Actor, at: int) -> int:
        mention = actor.last_before(at)
        return self.places.paragraph(at) - self.places.paragraph(mention.start) if mention else 0

    def _near(self, fits: Sequence[Actor], but: Actor, at: int) -> list[Actor]:
        """Return who else fits and was mentioned in the paragraph."""
        here = self.places.paragraph(at)
        before = [(a, a.last_before(at)) for a in fits if a is not but]
        return [a for a, m in before if m and self.places.paragraph(m.start) == here]

    def _office(self, described: str, noun: str, country: str | None, at: int) -> Actor:
        """Return the actor of an office that the text gives nobody's name for."""
        name = re.sub(r"\A(?:the|The)\s+", "", described)
        for actor in self.cast.near(at):
            if actor.kind == "person" and actor.country == country and actor.name == name:
                return actor
        if (name, country) not in self._offices:
            actor = Actor(name, (), "person", country=country, roles={noun}, title=noun)
            self.cast.actors.append(actor)
            self._offices[name, country] = actor
        return self._offices[name, country]

    def _body(
        self,
        span: Span,
        phrase: str,
        described: str,
        noun: str,
        country: str | None,
        capitals: Sequence[str],
        owner: Actor | None,
    ) -> Meant:
        at = span.start
        if noun in ("country", "state", "nation") or (noun == "government" and not capitals):
            if country and noun == "government":
                return Meant(self.cast.state(country), "government for its state", form="metonym")
            state = self._nearest_state(at)
            if state:
                return Meant(state, "description: nearest state before it", form="description")
            return self._unnamed(described, False, noun)
        if owner is not None and owner.core and not country:  # somebody without a name has none to give
            core = (*owner.core, *TOKEN.findall(PREPOSITION.split(phrase)[0].split(owner.core[-1])[-1].lstrip("’'s ")))
            actor, how = self.cast.called(Name(core, (), "institution", None), at)
            actor.name = re.sub(r"\A(?:the|The)\s+", "", described)
            return Meant(actor, how)
        if capitals or country:
            own = self._from_first_capital(_POSSESSOR.sub(lambda m: m["owned"], phrase) if owner else phrase)
            core = tuple(TOKEN.findall(PREPOSITION.split(own)[0]))
            kind = "media" if _is_media(noun, core) else "institution"
            _, of_country = of_nation(core)
            actor, how = self.cast.called(Name(core, (), kind, country, of_country), at)
            return Meant(actor, how)
        before = [a for a in self.cast.near(at) if a.named and a.last_before(at) and _ends_in(a, noun)]
        if not before:
            before = [a for a in self.cast.near(at) if a.named and a.last_before(at) and _of_class(a, noun)]
        if before:
            latest = max(before, key=lambda a: (a.last_before(at) or Mention(0, 0, "")).start)
            return Meant(latest, "description: nearest name that fits it", [], "description")
        return self._unnamed(described, False, noun)

    def _nearest_state(self, at: int) -> Actor | None:
        """Return the state named last in the sentence; else that of who was last heard; else the last one named."""
        here = self.places.starts[self.places.sentence(at)] if self.places.starts else 0
        count = bisect_left(self.cast.lands, (at,))
        named = self.cast.lands[max(count - 1, 0) : count]
        if named and here <= named[0][0]:
            return self.cast.state(named[0][1])
        before = ((a.last_heard(at), a.country) for a in self.cast.near(at) if a.country)
        heard = max(((start, country) for start, country in before if start is not None), default=None)
        lasts = [heard, *named] if heard else named
        last = next((k for k in lasts if self._same_paragraph(k[0], at)), max(lasts, default=None))
        return self.cast.state(last[1]) if last else None

    def _same_paragraph(self, one: int, other: int) -> bool:
        return self.places.paragraph(one) == self.places.paragraph(other)

    # --- pronouns ---

    def pronoun(self, span: Span, voice: Actor | None, never: Actor | None) -> None:
        """Keep whom a pronoun means that is no source: it keeps that person in mind."""
        found = self._pronoun(self.text[slice(*span)].lower(), span.start, voice, never)
        if found.actor:
            self.cast.mention(found.actor, Mention(*span, "pronoun"))

    def _pronoun(self, word: str, at: int, voice: Actor | None, never: Actor | None) -> Meant:
        fitting = [a for a in self.cast.near(at) if _fits(word, a) and a is not never]
        new = self._several(at) if word in _PLURAL else []
        scored = ranked([*fitting, *new], at, self.places, voice)
        if not scored:
            return Meant(None, "pronoun: nobody fitting before it", form="pronoun")
        if scored[0][1] in new:
            self.cast.actors.append(scored[0][1])
        also = [a for a in close(scored) if a not in new]
        return Meant(scored[0][1], "pronoun: nearest fitting name before it", also, "pronoun")

    def _antecedent(self, at: int) -> Meant | None:
        """Return whom a relative pronoun's antecedent right before it names or describes, if it does."""
        for actor in self.cast.near(at):
            if (last := actor.last_before(at)) and _NEXT.fullmatch(self.text, last.end, at):
                return Meant(actor, "relative pronoun: whom it follows", form="pronoun")
        if found := _DESCRIBED.search(self.text, max(0, at - 60), at):
            noun = singular(found["noun"].lower())
            if found["noun"].islower() and (noun in codebook.words("speakers", "noun") or noun in ("one", "those")):
                return self._unnamed(found["called"], noun != found["noun"] or noun == "those", noun)
        return None

    def _several(self, at: int) -> list[Actor]:
        """Return those whom the sentence, or the one before, calls by a plural and nobody took for an actor."""
        if not self.places.starts:
            return []
        here = self.places.sentence(at)
        start = self.places.starts[max(here - 1, 0)]
        out = []
        for found in _SEVERAL.finditer(self.text, start, at):
            noun = found["noun"].lower()
            if singular(noun) == noun or _kind(noun) != "person" or self.cast.holds(Span(*found.span())):
                continue
            words = found["called"]
            words = words[:1].lower() + words[1:] if words.islower() or not words[1:2].isupper() else words
            if any(a.name == words for a in self.cast.near(at)):
                continue
            actor = Actor(words, (), "group", named=False, plural=True, roles={singular(noun)})
            actor.mentions.append(Mention(*found.span("called"), "description"))
            out.append(actor)
        return out


def _fits(word: str, actor: Actor) -> bool:
    if word in SINGULAR:
        return (
            actor.kind == "person"
            and not actor.plural
            and "the author" not in actor.roles
            and gender(actor) in (None, word in _FEMALE)
        )
    if word in _PLURAL:
        return actor.plural or actor.kind in ("institution", "media", "group")
    if word in _NEUTER | {"which", "that"}:
        return actor.kind in ("state", "institution", "media") and not actor.plural
    return True


def gender(actor: Actor) -> bool | None:
    """Return whether an actor is called as women are: by a title or a given name; None where nothing tells."""
    if actor.female is None:
        if actor.roles & {"mrs", "ms", "miss", "lady", "queen", "princess", "dame", "sister", "spokeswoman", "woman"}:
            actor.female = True
        elif actor.roles & {"mr", "sir", "king", "prince", "lord", "father", "spokesman", "man", "congressman"}:
            actor.female = False
        elif actor.core:
            known = codebook.given_names().get(actor.core[0].title())
            actor.female = None if known is None else known == "female"
    return actor.female


def _gender_fits(noun: str, actor: Actor) -> bool:
    said = True if noun.endswith("woman") else False if noun.endswith("man") and noun != "human" else None
    return said is None or gender(actor) in (None, said)


def _kind(noun: str) -> str:
    if singular(noun) in codebook.words("speakers", "noun", kind="person"):
        return "person"
    return "institution"


def _same_office(noun: str, roles: set[str]) -> bool:
    return noun in roles or (noun in _LEADS and bool(roles & _LEADS))


def _expert(noun: str) -> bool:
    return codebook.speaks_as().get(noun) == "expert"


def _same_role(noun: str, roles: set[str]) -> bool:
    return (
        any(noun in group and roles & group for group in (_LEADS, _SPEAKS_FOR))
        or noun in roles
        or (_expert(noun) and any(map(_expert, roles)))
    )


def _other_class(actor: Actor) -> bool:
    """Tell whether what somebody is called is something else than who knows a field."""
    return bool(
        {codebook.speaks_as().get(role) for role in actor.roles} & {"official", "military", "journalist", "witness"}
    )


def _is_media(noun: str, core: tuple[str, ...]) -> bool:
    """Tell whether a body called by a noun is one of the media; agencies are so by what stands in their name."""
    of_news = noun == "agency" and not {"news", "press"}.isdisjoint(w.lower() for w in core)
    return of_news or noun in codebook.words("speakers", "noun", kind="media")


def _ends_in(actor: Actor, noun: str) -> bool:
    return noun in actor.roles or any(singular(t.lower()) == noun for t in actor.core)


def _of_class(actor: Actor, noun: str) -> bool:
    """Tell whether a noun such as "newspaper" or "agency" is the class of an actor that was given as a source."""
    media = noun in codebook.words("speakers", "noun", kind="media") or noun == "agency"
    return bool(actor.heard) and (actor.kind == "media" if media else False)


def _land(words: str) -> str | None:
    """Return the code of the state that a name of it or of its capital tells: "the ministry in Tehran"."""
    return nations.nation(words) or nations.capital(words)


def _pairs(tokens: Sequence[str]) -> list[str]:
    return [" ".join(pair) for pair in zip(tokens, tokens[1:], strict=False)] + list(tokens)
