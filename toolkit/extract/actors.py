"""Actors: one row per somebody who is given as a source, and who each source is.

A first version, of what the words of the source and of the sentences before it tell: a name, a
short name, a pronoun or a description after a person's name. Where nothing
fits, nobody is named.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

import pandas as pd

from toolkit import codebook
from toolkit.source.files import slug
from toolkit.tables import conform
from toolkit.tables.contracts import ACTORS, ATTRIBUTIONS

_TOKEN = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*\.?")
_HEAD_ENDS = re.compile(r",|\(|\s(?:who|whom|whose|which|that|familiar)\b")
_PREPOSITION = re.compile(r"\s(?:of|at|in|for|from|with|on|to|by)\s")
_FULL_NAME = re.compile(r"(?:The )?(?P<name>[^\W\d_a-z][\w’'.-]+(?: [^\W\d_a-z][\w’'.-]+){1,5})")
_OFFICE = re.compile(r".*\b(?P<noun>[a-z]+) (?P<name>[^\W\d_a-z][\w’'.-]+(?: [^\W\d_a-z][\w’'.-]+)*)\Z")
_SINGULAR = frozenset({"he", "she", "his", "her", "him"})
_PLURAL = frozenset({"they", "their", "them"})
_NEUTER = frozenset({"it", "its"})
_FIRST_PERSON = frozenset({"i", "we", "my", "our"})
_INDEFINITE = frozenset(
    {
        "a",
        "an",
        "one",
        "another",
        "some",
        "many",
        "several",
        "most",
        "few",
        "other",
        "two",
        "three",
        "no",
        "any",
        "certain",
    }
)


@dataclass
class _Actor:
    name: str
    core: tuple[str, ...]
    kind: str
    person: bool
    plural: bool = False
    uses: int = 0
    identifier: str = field(default="", compare=False)


def resolve(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    attributions: pd.DataFrame,
    attribution_spans: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return attributions with actor_id, source_kind and resolved_by filled, and the table actors."""
    sources = attribution_spans[attribution_spans["role"] == "source"].groupby("attribution_id", sort=False)
    first_source = {key: (int(rows["start"].iloc[0]), int(rows["end"].iloc[-1])) for key, rows in sources}
    body = sentences[sentences["part"] == "body"]
    sentence_starts = {key: rows["start"].tolist() for key, rows in body.groupby("doc_id", sort=False)}
    filled, actor_rows = [], []
    by_document = dict(list(attributions.groupby("doc_id", sort=False)))
    for document in documents.itertuples(index=False):
        own = by_document.get(document.doc_id)
        if own is None:
            continue
        reader = _Reader(document.text, sentence_starts.get(document.doc_id, []))
        found = reader.read(own.to_dict("records"), first_source)
        filled += found
        identifiers = {a.identifier for a in reader.actors if a.uses}
        assert len(identifiers) == sum(a.uses > 0 for a in reader.actors)
        actor_rows += [
            {
                "actor_id": f"{document.doc_id}/actor/{a.identifier}",
                "doc_id": document.doc_id,
                "name": a.name,
                "kind": a.kind,
            }
            for a in reader.actors
            if a.uses
        ]
    return conform(pd.DataFrame(filled), ATTRIBUTIONS), conform(pd.DataFrame(actor_rows), ACTORS)


class _Reader:
    """The actors of one text, in the order in which it brings them up."""

    def __init__(self, text: str, sentence_starts: list[int]) -> None:
        self.text = text
        self.actors: list[_Actor] = []
        self.taken: set[str] = set()
        openers = codebook.words("function_words", "word", use="opener")
        self.opening_names = [
            (start, found["name"])
            for start in sentence_starts
            if (found := _FULL_NAME.match(text, start))
            and found["name"].split()[0].lower() not in openers
            and _is_person(found["name"])
        ]
        self.heard: list[tuple[int, _Actor]] = []

    def read(self, rows: list[dict[str, object]], first_source: dict[str, tuple[int, int]]) -> list[dict[str, object]]:
        spoken: dict[str, tuple[_Actor | None, str]] = {}
        in_order = sorted(rows, key=lambda row: first_source.get(str(row["attribution_id"]), (1 << 60, 0)))
        for row in in_order:
            key = str(row["attribution_id"])
            if key in first_source:
                actor, how = self._who(*first_source[key])
            elif row["continues"] in spoken:
                actor, how = spoken[str(row["continues"])][0], "quotation goes on"
            else:
                actor, how = None, "no source in the text"
            spoken[key] = (actor, how)
        return [self._filled(row, *spoken[str(row["attribution_id"])]) for row in rows]

    def _filled(self, row: dict[str, object], actor: _Actor | None, how: str) -> dict[str, object]:
        if actor is None:
            return {**row, "actor_id": None, "source_kind": None, "resolved_by": how}
        if not actor.uses:
            actor.identifier = self._identifier(actor.name)
        actor.uses += 1
        return {
            **row,
            "actor_id": f"{row['doc_id']}/actor/{actor.identifier}",
            "source_kind": actor.kind,
            "resolved_by": how,
        }

    def _identifier(self, name: str) -> str:
        base = identifier = slug(name)
        n = 1
        while identifier in self.taken:
            n += 1
            identifier = f"{base}-{n}"
        self.taken.add(identifier)
        return identifier

    def _who(self, start: int, end: int) -> tuple[_Actor | None, str]:
        written = self.text[start:end]
        actor, how = self._lookup(written, start)
        if actor:
            self.heard.append((start, actor))
        return actor, how

    def _lookup(self, written: str, start: int) -> tuple[_Actor | None, str]:
        phrase = _HEAD_ENDS.split(written)[0]
        tokens = _TOKEN.findall(phrase)
        if not tokens:
            return None, "no name in the source"
        first = tokens[0].lower()
        if len(tokens) == 1 and first in _SINGULAR | _PLURAL | _NEUTER | _FIRST_PERSON:
            return self._pronoun(first, start)
        head = _PREPOSITION.split(phrase)[0]
        head_tokens = [
            t
            for t in _TOKEN.findall(head)
            if t.lower() not in codebook.words("function_words", "word", use="determiner")
        ]
        lower = [t.lower() if phrase.startswith(t) else t for t in head_tokens]  # a first word's capital says nothing
        nouns = [t for t in lower if t.islower() and _singular(t) in codebook.words("speakers", "noun")]
        if head_tokens and not head_tokens[-1].islower() and not (nouns and nouns[-1] == lower[-1]):
            return self._named(_from_first_capital(phrase))
        plural = bool(nouns) and nouns[-1] not in codebook.words("speakers", "noun")
        kind = _kind(nouns[-1]) if nouns else "person"
        capital = any(not t.islower() for t in head_tokens[1:] or ()) or (
            bool(head_tokens) and not head_tokens[0].islower() and (first == "the" or kind != "person")
        )
        apposed = _FULL_NAME.match(written[len(phrase) :].lstrip(", "))
        if apposed and kind == "person" and _is_person(apposed["name"]):
            return self._named(apposed["name"])
        described = re.split(r"[,(]", written)[0].strip()
        if first in _INDEFINITE or plural or not nouns:
            return self._described(described, plural), "unnamed in the text"
        if capital:
            return self._named(_from_first_capital(phrase))
        if kind == "person" and not apposed:
            candidate = self._nearest(start, person=True)
            if candidate:
                return candidate, "description: nearest person before it"
        else:
            same = [a for _, a in self.heard if a.name.lower().endswith(nouns[-1])]
            if same:
                return same[-1], "description: nearest name ending in it"
        return self._described(described, plural), "unnamed in the text"

    def _pronoun(self, word: str, start: int) -> tuple[_Actor | None, str]:
        if word in _FIRST_PERSON:
            return None, "first person: not resolved"
        if word in _SINGULAR:
            candidate = self._nearest(start, person=True)
        elif word in _PLURAL:
            candidate = next((a for _, a in reversed(self.heard) if a.plural), None)
        else:
            candidate = next((a for _, a in reversed(self.heard) if not a.person), None)
        if candidate is None:
            return None, "pronoun: nobody fitting before it"
        return candidate, "pronoun: nearest fitting name before it"

    def _nearest(self, start: int, person: bool) -> _Actor | None:
        """Return the person last heard or named at the opening of a sentence, whichever is nearer."""
        i = bisect_left(self.opening_names, (start, ""))
        at, opening = self.opening_names[i - 1] if i else (-1, "")
        heard = next(((s, a) for s, a in reversed(self.heard) if a.person == person and s < start), None)
        if heard and heard[0] >= at:
            return heard[1]
        return self._named(opening)[0] if opening else None

    def _named(self, name: str) -> tuple[_Actor | None, str]:
        core = _core(name)
        person = _is_person(name) or any(a.person and a.core[-len(core) :] == core for a in self.actors)
        fitting = sum(
            person and a.person and len(a.core) > len(core) and a.core[-len(core) :] == core for a in self.actors
        )
        for actor in reversed(self.actors):
            if actor.core == core and actor.kind == "named":
                return actor, "exact name"
            if person and actor.person and actor.core[-len(core) :] == core:
                return actor, "short name" if fitting == 1 else f"short name: the latest of {fitting} that fit"
            if (
                person
                and actor.core
                and core[-len(actor.core) :] == actor.core
                and len(actor.core) == 1
                and not _is_institution(actor.name)
            ):
                actor.name, actor.core, actor.person = " ".join(core), core, True
                return actor, "full name after the short one"
        actor = _Actor(" ".join(core) if person else name, core, "named", person)
        self.actors.append(actor)
        return actor, "exact name"

    def _described(self, phrase: str, plural: bool) -> _Actor:
        first = phrase.split()[0].lower()
        small = first in _INDEFINITE | {"the"} or _singular(first) in codebook.words("speakers", "noun")
        name = phrase[:1].lower() + phrase[1:] if small and not phrase.isupper() else phrase
        same = next((a for a in self.actors if a.name == name and a.kind == "unnamed"), None)
        if same is None:
            same = _Actor(name, (), "unnamed", person=False, plural=plural)
            self.actors.append(same)
        return same


def _singular(noun: str) -> str:
    nouns = codebook.words("speakers", "noun")
    stems = (
        noun,
        noun.removesuffix("s"),
        noun.removesuffix("es"),
        f"{noun.removesuffix('ies')}y",
        noun[:-3] + "man",
    )
    return next((s for s in stems if s in nouns), noun)


def _kind(noun: str) -> str:
    if _singular(noun) in codebook.words("speakers", "noun", kind="person"):
        return "person"
    return "institution"


def _from_first_capital(phrase: str) -> str:
    """Return a phrase without what stands before its name: an article, an office in lower case."""
    office = _OFFICE.match(phrase)
    if office and office["noun"] in codebook.words("speakers", "noun", kind="person"):
        return office["name"]
    skipped = codebook.words("function_words", "word", use="determiner")
    for token in _TOKEN.finditer(phrase):
        if token[0].lower() in skipped and token.start() == 0:
            continue
        if not token[0].islower():
            return phrase[token.start() :].strip()
    return phrase.strip()


def _core(name: str) -> tuple[str, ...]:
    """Return what identifies a name: a person's without titles, any other's whole."""
    tokens = [_without_possessive(t) for t in _TOKEN.findall(_PREPOSITION.split(name)[0])]
    if _is_institution(name):
        return tuple(t.lower() for t in _TOKEN.findall(name))
    titles = codebook.words("titles", "title")
    cut = max((i for i, t in enumerate(tokens[:-1]) if t.lower().rstrip(".") in titles), default=-1)
    return tuple(tokens[cut + 1 :])


def _without_possessive(token: str) -> str:
    return re.sub(r"[’']s?\Z", "", token)


def _is_institution(name: str) -> bool:
    tokens = {_singular(t.lower()) for t in _TOKEN.findall(name)}
    others = codebook.words("speakers", "noun", kind="institution") | codebook.words("speakers", "noun", kind="media")
    return bool(tokens & others)


def _is_person(name: str) -> bool:
    """Tell whether a name has the shape of a person's: a title, or two words and more, all capitalised."""
    tokens = _TOKEN.findall(_PREPOSITION.split(name)[0])
    places = codebook.words("function_words", "word", use="place-word")
    if _is_institution(name) or any(t.lower() in places for t in tokens) or not tokens:
        return False
    titles = codebook.words("titles", "title")
    titled = len(tokens) > 1 and any(t.lower().rstrip(".") in titles for t in tokens[:-1])
    ends_in_title = tokens[-1].lower() in titles
    proper = sum(not t.islower() and not t.isupper() for t in tokens)  # MP and the like are no part of a name
    return not ends_in_title and (titled or (proper > 1 and not any(t.islower() for t in tokens)))
