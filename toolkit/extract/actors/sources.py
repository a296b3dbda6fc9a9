"""Whom the words of a source mean: a name, an office, a description, a pronoun."""

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook import nations
from toolkit.codebook.own import NOTHING, Own
from toolkit.extract.actors import standing
from toolkit.extract.actors.cast import MINISTRIES, Actor, Cast, Mention, gender, is_pronoun
from toolkit.extract.actors.names import PREPOSITION, TOKEN, Name, of_nation, read, singular
from toolkit.extract.actors.nearest import Places, close, ranked
from toolkit.extract.actors.people import is_surname, shortens
from toolkit.source.segment import SENTENCE_ENDS
from toolkit.spans import Span

SINGULAR = frozenset({"he", "she", "his", "her", "hers", "him", "himself", "herself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_PLURAL = frozenset({"they", "their", "theirs", "them", "themselves"})
_NEUTER = frozenset({"it", "its", "itself"})
FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us", "mine", "ours"})
SECOND_PERSON = frozenset({"you", "your", "yours"})
_IN_TALK = frozenset({"the author", "the one addressed"})  # nobody calls them "he" or "she"
_LEADING = frozenset({"the", "his", "her", "its", "their"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_NOBODY = frozenset({"nobody", "none", "no", "neither"})
_RELATIVE = frozenset({"who", "which", "whom", "whose", "that"})
_HEAD_ENDS = re.compile(r",|\s?\(|\s[–—-]\s|\s(?:who|whom|whose|which|that|familiar)\b")
_NEXT = re.compile(r",?\s+")
_WHERE = re.compile(r"\s(?:in|of)\s(?P<land>[A-Z]\w+(?:\s[A-Z]\w+)?)")
_NOT_NOW = re.compile(r"\b(?:former|ex|then|late|previous|next|future|old|new|acting|interim)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_AND_ANOTHER = re.compile(r",? and (?:the )?[^\W\d_a-z]")
_BETWEEN = re.compile(r"(?:[’']s?\b)?[\s,]*(?:(?:the|a|an) (?=[^\W\d_a-z]))?")
_CAPITAL = r"[^\W\d_a-z][\w’'.&-]*"
_SMALL = r"(?:(?:van|von|der|den|de|del|da|dos|di|du|la|le|bin|ibn|al|el|y|of|for|the|and|on)\s)*"
_APPOSED = re.compile(rf"(?P<comma>[,\s]*)(?:the |a |an )?(?P<name>{_CAPITAL}(?: {_SMALL}{_CAPITAL}){{0,6}})")
_TAIL = re.compile(rf"(?:{_CAPITAL} )*{_CAPITAL}\Z")
_JOINS = re.compile(r"\b(?:[Tt]he|an?|and|of|at|in|for|from|with|on|to|by|de|di|la) \Z")
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
            self.cast.mention(found.actor, Mention(*self._own_words(span, found.actor), found.form))
        return found

    def _own_words(self, span: Span, actor: Actor) -> Span:
        """Return which of a source's words name its actor: what they say of others stays the others'.

        That is neither what stands in an apposition behind the name ("Mira Voss, head of the Guild"), nor another
        actor's name before it ("Guild spokesman Tobin Lark").
        """
        written = self.text[slice(*span)]
        if not actor.core or (at := written.find(actor.core[-1])) < 0:
            return span
        end = _HEAD_ENDS.search(written, at)
        if end and _AND_ANOTHER.search(written, end.start()):
            return span
        last = Span(span.start, span.start + (end.start() if end else len(written)))
        first = max(self.text.find(actor.core[0], *last), last.start)
        inside = self.cast.inside(Span(last.start, first))
        before = [m.end for a, m in inside if a is not actor and a.kind != "state" and m.end <= first]
        if (comma := self.text.rfind(", ", last.start, first)) >= 0:
            before.append(comma + 1)  # "the head of the Guild, Mira Voss"
        begin = max(before, default=last.start)
        return Span(begin + len(_BETWEEN.match(self.text, begin, last.end)[0]), last.end)  # type: ignore[index]

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
        if len(tokens) == 1 and is_pronoun(tokens[0], SINGULAR | _PLURAL | _NEUTER | _RELATIVE):
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
        # a first word's capital says nothing, unless a name begins there
        opens = phrase.startswith(kept[0]) and not (len(kept) > 1 and self._is_name(span.start, kept[0]))
        lower = [t.lower() if i == 0 and opens and not t.isupper() else t for i, t in enumerate(kept)]
        common = len(kept) == 1 and opens and self._is_common(span.start, kept[0])
        known_noun = singular(lower[-1]) in nouns_known
        nominal = lower[-1].islower() and (known_noun or common or not kept[-1][0].isupper())
        noun = singular(lower[-1]) if nominal else ""
        plural = nominal and lower[-1] not in nouns_known
        if not nominal:
            return self._name(span, owned or phrase, rest, owner)
        country = next((c for t in _pairs(kept) if (c := nations.nation(t))), None) or (
            owner.country if owner and owner.kind == "state" else None
        )
        if not lower[-1].endswith("s") and (told := self._told(span, phrase, rest, noun, country)):
            return told
        described = re.sub(r"[’']s?\Z", "", re.split(r"[,(]", self.text[slice(*span)])[0].strip()) or phrase
        of_nation = {w for pair in zip(kept, kept[1:], strict=False) if nations.nation(" ".join(pair)) for w in pair}
        capitals = [t for t in lower[:-1] if t[0].isupper() and not nations.nation(t) and t not in of_nation]
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

    def _is_name(self, at: int, word: str) -> bool:
        """Tell whether a source's first word begins a name, by the tagger, the list of media, or as no common word."""
        return self.cast.opens_a_name(at) or word in codebook.media()

    def _told(self, span: Span, phrase: str, rest: str, noun: str, country: str | None) -> Meant | None:
        """Return whom a description goes on to name: "the head of the works, Mira Voss", "the league, the HFL"."""
        words = phrase
        apposed = _APPOSED.match(rest)
        written = apposed["name"] if apposed else ""
        if not written and (at := self._named_at_end(phrase)) is not None:
            words, written = phrase[:at], phrase[at:]
        name = read(written, "person" if _kind(noun) == "person" else "") if written else None
        if name is None:
            return None
        if _kind(noun) == "person":
            if name.kind != "person" or (len(name.core) < 2 and not self.cast.is_surname(name)):
                return None
        elif self.cast.kind(name) not in ("institution", "media") or not (apposed and "," in apposed["comma"]):
            return None
        actor, how = self.cast.called(name, span.start)
        if actor.kind == "person":
            front = standing.described(re.sub(r"\A[\w’']+[’']s? ", "", words))
            actor.roles |= {noun} | standing.roles(TOKEN.findall(front.role or ""))
            actor.title = actor.title or front.role or noun
            actor.affiliation = actor.affiliation or self._body_of(front.affiliation)
            actor.country = actor.country or country
        return Meant(actor, how)

    def _named_at_end(self, phrase: str) -> int | None:
        """Return where a person's name begins that ends a description without a comma, as in "the head of X Mira Voss".

        A name is one behind a small word that joins nothing, or that opens with a given name behind another capital
        which is no title: "the widow of Mira Voss" is not Mira Voss.
        """
        found = _TAIL.search(phrase)
        if not found or not PREPOSITION.search(phrase):
            return None
        words = found[0].split()
        if singular(words[-1].lower()) in codebook.words("speakers", "noun"):
            return None
        if len(words) > 1 and not _JOINS.search(phrase[: found.start()]) and not any(map(standing.is_role, words)):
            return found.start()
        for i in range(1, len(words) - 1):
            if words[i].title() in codebook.given_names() and not standing.is_role(words[i - 1]):
                return found.start() + len(" ".join(words[:i])) + 1
        return None

    def _body_of(self, written: str | None) -> str | None:
        """Return the body that somebody belongs to, None where the words name a place, a state or a person."""
        if not written or self.cast.is_place(written):
            return None
        name = None if written.isupper() else read(written)
        return None if name and self.cast.has_person(name) else written

    def _owner(self, at: int, head: str, voice: Actor | None, never: Actor | None) -> tuple[Actor | None, str]:
        """Return whose somebody is, and the words behind that: "Russia's ministry", "his spokesman"."""
        first = TOKEN.match(head)
        if first and first[0].lower() in {"his", "her", "its", "their"} and first.end() < len(head):
            return self._pronoun(first[0].lower(), at, voice, never).actor, head[first.end() :].strip()
        found = _POSSESSOR.match(head)
        if found and not self.cast.is_within_a_name(at + found.end("owner")):  # "Greek Dockers' Union" is one
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
        if tagged and name.kind == "person" and is_surname(tagged.key) and 1 < len(name.core) < 5:
            tagged = None  # the tagger took the last word alone
        if tagged and (not name.country or name.body == tagged.body != ""):
            name = tagged._replace(titles=name.titles, front=name.front) if tagged.kind == "person" else tagged
        else:
            name = name._replace(kind=self.cast.kind(name))
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
            and not self.cast.is_surname(name)
            and (state := self.cast.capital(name.written))
        ):
            return Meant(state, "capital for its state", form="metonym")
        if name.kind == "group" and len(name.core) == 1:
            return self._unnamed(phrase, True, "people")
        actor, how = self.cast.called(name, span.start)
        if actor.kind == "person":
            words = phrase[: phrase.find(name.core[0])]
            self._titles(actor, words, rest)
            self._standing(actor, words, self.text.find(name.core[-1], *span) + len(name.core[-1]), span)
        also = self.cast.rivals(name, actor) if "latest of" in how else []
        return Meant(actor, how, also, "name" if how == "exact name" else "alias")

    def _titles(self, actor: Actor, before: str, behind: str) -> None:
        """Keep what a phrase says that somebody is, before the name and behind it."""
        words = TOKEN.findall(before)
        country, of_country = of_nation(words)
        left_out = codebook.words("function_words", "word", use="determiner") | of_country
        said = [w for w in words if w.lower() not in left_out]
        apposed = re.match(r"[,(\s]+(?:(?:a|an|the)\s)?((?:[^\W\d_]\S*\s?){1,4})", behind)
        told = [singular(w) for w in TOKEN.findall(apposed[1]) if w.islower()] if apposed else []
        actor.roles |= standing.roles(said) | standing.roles(told)
        actor.country = actor.country or country

    def _standing(self, actor: Actor, words: str, end: int, span: Span) -> None:
        """Keep what stands before a name, or else an apposition's role, and where somebody belongs to."""
        opens = span.start in self.places.starts and not self.cast.opens_a_name(span.start)
        front = standing.before(words, opens, self.cast.bodies) if words.strip() else standing.Standing(None, None)
        apposed = standing.behind(self.text, end, span.end)
        actor.title = actor.title or front.role or apposed.role
        actor.roles |= standing.roles(TOKEN.findall(apposed.role or ""))
        bodies = (self._body_of(front.affiliation), self._body_of(apposed.affiliation))
        actor.affiliation = actor.affiliation or next((b for b in bodies if b), None)

    def introduce(self, actor: Actor) -> None:
        """Keep what the text says of somebody right behind the first mention by name, also where it is no source."""
        first = next((m for m in actor.mentions if m.form == "name"), None)
        if first and actor.kind == "person" and actor.core:
            self._standing(
                actor, "", self.text.rfind(actor.core[-1], *first[:2]) + len(actor.core[-1]), Span(*first[:2])
            )

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
        small = first.lower() in codebook.words("function_words", "word", use="indefinite") | _LEADING or singular(
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
            in_office = [a for a in people if a.country == country and _same_office(noun, a.roles)]
            fits = [a for a in in_office if a.core]  # an office that nobody was named with is none of them
            if fits:
                latest = max(fits, key=lambda a: (a.last_before(at) or Mention(0, 0, "")).start)
                return Meant(latest, "office: who was named with it", self._near(fits, latest, at), "title")
            if held := self._holders(described, noun, country, at):
                return Meant(held[0], "office: who held it on the day of the text", held[1:], "title")
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

    def _holders(self, described: str, noun: str, country: str, at: int) -> list[Actor]:
        """Return who held an office on the day of the text by the codebook; of several, those whom the text names.

        Nobody is guessed: not where several held it, nor where the words or the sentence tell of another time.
        """
        if not self.published or _NOT_NOW.search(described) or self._is_of_another_year(at):
            return []
        office = next(
            (f"{w} {noun}" for w in ("foreign", "prime", "defence", "defense") if w in described.lower()), noun
        )
        offices = (office, "foreign minister", "defence minister") if office == "minister" else (office,)
        held = {name for o in offices for name in self.own.holders(country, o, self.published)}
        people = [a for a in self.cast.actors if a.kind == "person" and a.core]
        fits = [a for a in people if any(shortens(a.key, tuple(name.split())) for name in held)]
        if fits or len(held) != 1 or office == "minister":
            return sorted(fits, key=lambda a: -(a.last_before(at) or Mention(-1, 0, "")).start)
        core = tuple(held.pop().split())
        actor, _ = self.cast.called(Name(core, (noun,), "person", country), at)
        actor.listed, actor.title, actor.country = True, office, country
        return [actor]

    def _is_of_another_year(self, at: int) -> bool:
        """Tell whether a sentence tells of a year that is not the text's."""
        if not self.places.sentences:
            return False
        sentence = self.text[slice(*self.places.sentences[self.places.sentence(at)])]
        return any(year != (self.published or "")[:4] for year in _YEAR.findall(sentence))

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
        if country and not capitals and (noun == "agency" or _kind_of_medium(noun)):
            of_country = [
                a for a in self.cast.actors if a.kind == "media" and a.country == country and a.last_before(at)
            ]
            if of_country:
                latest = max(of_country, key=lambda a: (a.last_before(at) or Mention(0, 0, "")).start)
                return Meant(latest, "description: nearest name that fits it", [], "description")
        if capitals or country:
            own = self._from_first_capital(_POSSESSOR.sub(lambda m: m["owned"], phrase) if owner else phrase)
            core = tuple(TOKEN.findall(PREPOSITION.split(own)[0]))
            kind = "media" if _is_media(noun, core) else "institution"
            _, words = of_nation(core)
            name = read(" ".join(core))
            if name is None or name.kind != "media" or not name.body:
                name = Name(core, (), kind, country, words)
            actor, how = self.cast.called(name, at)
            return Meant(actor, how)
        before = [a for a in self.cast.near(at) if a.named and a.last_before(at) and _ends_in(a, noun)]
        if not before:
            of_class = [a for a in self.cast.near(at) if a.named and a.last_before(at) and _of_class(a, noun)]
            before = [a for a in of_class if a.heard] or of_class
        if before:
            latest = max(before, key=lambda a: (a.last_before(at) or Mention(0, 0, "")).start)
            return Meant(latest, "description: nearest name that fits it", [], "description")
        if bare := self.cast.bare(noun, at):
            end, name = bare
            where = _WHERE.match(self.text, end)
            code = _land(where["land"]) if where else None
            state = None if code else self._nearest_state(end)
            if code or state:
                actor, _ = self.cast.called(name._replace(country=code or (state.country if state else None)), at)
                return Meant(actor, "description: nearest name that fits it", [], "description")
        first = min((a for a in self.cast.actors if a.mentions and _ends_in(a, noun)), key=_first, default=None)
        if first and self.places.paragraph(at) == 0 and phrase[:1].isupper():
            return Meant(first, "headline: the first name that fits it", [], "description")
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


def _first(actor: Actor) -> int:
    return actor.mentions[0].start


def _fits(word: str, actor: Actor) -> bool:
    if word in SINGULAR:
        return (
            actor.kind == "person"
            and not actor.plural
            and actor.roles.isdisjoint(_IN_TALK)
            and gender(actor) in (None, word in _FEMALE)
        )
    if word in _PLURAL:
        return actor.plural or actor.kind in ("institution", "media", "group")
    if word in _NEUTER | {"which", "that"}:
        return actor.kind in ("state", "institution", "media") and not actor.plural
    return True


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


def _kind_of_medium(noun: str) -> bool:
    return noun in codebook.words("speakers", "noun", kind="media")


def _is_media(noun: str, core: tuple[str, ...]) -> bool:
    """Tell whether a body called by a noun is one of the media; agencies are so by what stands in their name."""
    of_news = noun == "agency" and not {"news", "press"}.isdisjoint(w.lower() for w in core)
    return of_news or _kind_of_medium(noun)


def _ends_in(actor: Actor, noun: str) -> bool:
    return noun in actor.roles or any(singular(t.lower()) == noun for t in actor.core)


def _of_class(actor: Actor, noun: str) -> bool:
    """Tell whether a noun such as "newspaper" or "agency" is the class of an actor."""
    media = _kind_of_medium(noun) or noun == "agency"
    return media and actor.kind == "media"


def _land(words: str) -> str | None:
    """Return the code of the state that a name of it or of its capital tells: "the ministry in Tehran"."""
    return nations.nation(words) or nations.capital(words)


def _pairs(tokens: Sequence[str]) -> list[str]:
    return [" ".join(pair) for pair in zip(tokens, tokens[1:], strict=False)] + list(tokens)
