"""Actors: who is named in a text, where, and who each source is."""

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from toolkit.codebook.own import NOTHING, Own
from toolkit.extract.actors.cast import Actor, Cast, Mention, is_pronoun
from toolkit.extract.actors.nearest import Places
from toolkit.extract.actors.sources import FIRST_PERSON, SECOND_PERSON, Meant, Reader
from toolkit.extract.actors.standing import speaks_as
from toolkit.extract.actors.talk import YOU_ALL, Turn, audience, paragraph_spans, self_descriptions, turns
from toolkit.source.files import slug
from toolkit.source.quotes import quotes
from toolkit.spans import Overlaps, Span, containing, merged, overlapping
from toolkit.tables import conform
from toolkit.tables.contracts import ACTORS, ATTRIBUTIONS, MENTIONS
from toolkit.tables.reading import by_document, rows

_PRONOUN = re.compile(r"\b(?:he|she|him|his|her|himself|herself)\b", re.IGNORECASE)
_I = re.compile(r"\bI\b")
_OFTEN = 3  # an author who says "I" less often may be a quotation without marks
_BEHIND = 40  # characters: a source that follows so closely belongs to the quotation
_ENDLESS = 1000  # characters of a paragraph: a mark that is not closed for so long opened nothing
_BROKEN_OFF = re.compile(r"\A(?:i|we)\b.*(?:--|[–—-])\s*(?:i|we)\Z")  # "I'm pretty – I"
_OPENS_QUOTED = ("“", '"', "„", "«", "‘", "'")


class Resolved(NamedTuple):
    """The table attributions with actor_id, source_kind and resolved_by filled, and the tables actors and mentions."""

    attributions: pd.DataFrame
    actors: pd.DataFrame
    mentions: pd.DataFrame


def resolve(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    names: pd.DataFrame,
    used: pd.DataFrame,
    attributions: pd.DataFrame,
    attribution_spans: pd.DataFrame,
    own: Own = NOTHING,
) -> Resolved:
    """Return who each attribution's source is, one row per actor, and one row per mention of an actor.

    names: one row per proper name, as `toolkit.extract.names` gives them (doc_id, kind, start, end).
    Where others fit as well as the actor, `also` keeps them and the confidence is shared among them.

    used: what names of countries and capitals stand for, as `toolkit.extract.metonymy` tells it.
    own: a codebook of the user's.
    """
    inputs = sentences, names, used, attributions, attribution_spans
    of_document = [by_document(table) for table in inputs]
    filled: list[dict[str, Any]] = []
    actor_rows: list[dict[str, Any]] = []
    mention_rows: list[dict[str, Any]] = []
    for document in rows(documents):
        here = [found.get(document.doc_id, []) for found in of_document]
        text = _Text(document.text, document.published, document.author, own, *here)
        ids = _identifiers(document.doc_id, text.cast.actors)
        for row in text.rows:
            meant = text.speakers[row["attribution_id"]]
            actor = meant.actor
            filled.append(
                {
                    **row,
                    "actor_id": ids[actor] if actor else None,
                    "source_kind": None if actor is None else "named" if actor.named else "unnamed",
                    "resolved_by": meant.how,
                    "confidence": row["confidence"] / (1 + len(meant.also)),
                    "also": " ".join(ids[a] for a in meant.also if a in ids) or None,
                }
            )
        actor_rows += [_actor_row(document.doc_id, key, actor, text.cast) for actor, key in ids.items()]
        mention_rows += [
            {
                "mention_id": f"{document.doc_id}/m/{m.start}-{m.end}",
                "doc_id": document.doc_id,
                "start": m.start,
                "end": m.end,
                "actor_id": key,
                "place_id": None,
                "form": m.form,
                "written": document.text[m.start : m.end],
            }
            for actor, key in ids.items()
            for m in actor.mentions
        ]
    return Resolved(
        conform(pd.DataFrame(filled), ATTRIBUTIONS),
        conform(pd.DataFrame(actor_rows), ACTORS),
        conform(pd.DataFrame(mention_rows), MENTIONS),
    )


def _identifiers(doc_id: str, actors: Sequence[Actor]) -> dict[Actor, str]:
    """Return an id for every actor who is named or speaks, in the order in which the text brings them up."""
    taken: dict[str, int] = {}
    out: dict[Actor, str] = {}
    # a mention may have given way to a longer one, in which another is named too
    present = (a for a in actors if a.mentions or a.heard)
    for actor in sorted(present, key=lambda a: min([m.start for m in a.mentions[:1]] + a.heard[:1])):
        base = slug(actor.name)
        taken[base] = taken.get(base, 0) + 1
        out[actor] = f"{doc_id}/actor/{base}" + (f"-{taken[base]}" if taken[base] > 1 else "")
    return out


def _actor_row(doc_id: str, key: str, actor: Actor, cast: Cast) -> dict[str, Any]:
    return {
        "actor_id": key,
        "doc_id": doc_id,
        "name": actor.name,
        "kind": actor.kind,
        "named": "named" if actor.named else "unnamed",
        "country": actor.country,
        "role": actor.title,
        "affiliation": actor.affiliation,
        "speaks_as": _speaks_as(actor, cast),
        "in_codebook": "yes" if actor.listed or (actor.kind == "state" and actor.country) else "no",
    }


def _speaks_as(actor: Actor, cast: Cast) -> str | None:
    """Return what a person speaks as, by the nouns that the text calls them by and the body that they belong to."""
    return speaks_as(actor.roles, cast.expanded(actor.affiliation)) if actor.kind == "person" else None


class _Text:
    """One text read: its cast, and who each of its attributions' sources is."""

    def __init__(
        self,
        text: str,
        published: str | None,
        byline: str | None,
        own: Own,
        sentences: Sequence[Any],
        names: Sequence[Any],
        used: Sequence[Any],
        attributions: Sequence[Any],
        spans: Sequence[Any],
    ) -> None:
        self.text = text
        self.byline = byline if isinstance(byline, str) else None
        read = sorted((s for s in sentences if s.part in ("headline", "body")), key=lambda s: s.start)
        self.places = Places(text, [Span(s.start, s.end) for s in read], [s.paragraph for s in read])
        stands_for = {Span(u.start, u.end): u.use for u in used}
        self.rows: list[dict[str, Any]] = [row._asdict() for row in attributions]
        self.sources: dict[str, Span] = {}
        self.contents: list[tuple[Span, str]] = []
        for s in sorted(spans, key=lambda s: s.start):
            if s.role == "source" and s.attribution_id not in self.sources:
                self.sources[s.attribution_id] = Span(s.start, s.end)
            if s.role == "content":
                self.contents.append((Span(s.start, s.end), s.attribution_id))
        named = [(n.kind, Span(n.start, n.end)) for n in names]
        self.cast = Cast(text, named, stands_for, own, self.sources.values())
        self.reader = Reader(text, self.cast, self.places, published if isinstance(published, str) else None, own)
        self._contents_over = Overlaps(content for content, _ in self.contents)
        self._key_of = {span: key for key, span in self.sources.items()}
        self._in_order = sorted(self._key_of)
        known = {row["attribution_id"] for row in self.rows}
        self._goes_on_with = {r["attribution_id"]: r["continues"] for r in self.rows if r["continues"] in known}
        self.modes = {row["attribution_id"]: row["mode"] for row in self.rows}
        self.speakers: dict[str, Meant] = {}
        self._turns: list[Turn] | None = None
        self._talks: bool | None = None
        self._writer: Actor | None = None
        self._paragraphs = paragraph_spans(read)
        self._paragraph_starts = [p.start for p in self._paragraphs]
        self._quoted = sorted(
            span
            for quote in quotes(text, self._paragraphs)
            for span in quote.spans
            if quote.closed or span.end - span.start < _ENDLESS
        )
        self._read()

    def _read(self) -> None:
        """Go through the sources and the personal pronouns in their order."""
        sources = merged(self.sources.values())
        pronouns = (Span(*m.span()) for m in _PRONOUN.finditer(self.text))
        events: list[tuple[int, Span, str | None]] = [
            (s.start, s, None) for s in pronouns if not overlapping(s, sources)
        ]
        by_span: dict[Span, list[str]] = {}
        for key, span in self.sources.items():
            by_span.setdefault(span, []).append(key)
        events += [(span.start, span, keys[0]) for span, keys in by_span.items()]
        for _, span, source_of in sorted(events, key=lambda e: (e[0], e[1])):
            if source_of is None:
                voice, never = self._around(span, None)
                self.reader.pronoun(span, voice, never or self._speaking(span))
                continue
            meant = self._source(span, source_of)
            for same in by_span[span]:
                self.speakers[same] = meant
        for actor in self.cast.actors:
            self.reader.introduce(actor)
        for row in self.rows:  # in reading order, so that what goes on finds whom it goes on with
            self._continued(row["attribution_id"])

    def _continued(self, key: str) -> Meant:
        """Return who goes on speaking in a quotation that has no source of its own."""
        if key not in self.speakers:
            if key in self._goes_on_with:
                self.speakers[key] = Meant(self._continued(self._goes_on_with[key]).actor, "quotation goes on")
            else:
                self.speakers[key] = Meant(None, "no source in the text")
        return self.speakers[key]

    def _source(self, span: Span, key: str) -> Meant:
        word = self.text[slice(*span)].strip(" .,;:")
        if is_pronoun(word, FIRST_PERSON) or _BROKEN_OFF.search(word.lower()):
            return self._first_person(span, key)
        if word.lower() in SECOND_PERSON or YOU_ALL.fullmatch(word):
            addressed = self._turn(span.start).addressee
            if addressed is None and not overlapping(span, self._quoted):
                addressed = self._audience()
            return Meant(addressed, "second person: who is addressed" if addressed else "second person: not resolved")
        voice, never = self._around(span, key)
        return self.reader.meant(span, voice, never or self._speaking(span))

    def _first_person(self, span: Span, key: str) -> Meant:
        """Return who says "I" or "we": whose quotation it stands in, else whose turn it is."""
        for content, other in self._holding(span, key):
            if self.modes[other] != "indirect":
                del content
                speaker = self._speaker_of(other)
                if speaker:
                    self.cast.mention(speaker, Mention(*span, "pronoun"))
                    insort(speaker.heard, span.start)
                    return Meant(speaker, "first person: whose quotation it is")
        if around := overlapping(span, self._quoted):
            if speaker := self._beside(around[0]):
                return Meant(speaker, "first person: who speaks beside it")
            if speaker := self._announced(around[0]):
                return Meant(speaker, "first person: who was announced before the quotation")
            turn = self._turn(span.start)
            how = "first person: whose turn it is" if turn.speaker else "first person: not resolved"
            return Meant(turn.speaker, how, turn.also)
        turn = self._turn(span.start)
        if turn.speaker:
            self.cast.mention(turn.speaker, Mention(*span, "pronoun"))
            return Meant(turn.speaker, "first person: whose turn it is", turn.also)
        if self._is_one_voice():
            author = self._author()
            self.cast.mention(author, Mention(*span, "pronoun"))
            insort(author.heard, span.start)
            return Meant(author, "first person: who writes or speaks")
        return Meant(None, "first person: not resolved")

    def _speaking(self, span: Span) -> Actor | None:
        """Return whose turn it is where a text is talk: who speaks is not meant by "she"."""
        if self._talks is None:
            self._talks = sum(not overlapping(m.span(), self._quoted) for m in _I.finditer(self.text)) >= _OFTEN
        if not self._talks or overlapping(span, self._quoted):
            return None
        return self._turn(span.start).speaker

    def _is_one_voice(self) -> bool:
        """Tell whether a text is its author's, who says "I" again and again or is named by the byline."""
        if self._turns is None or any(t.speaker for t in self._turns):
            return False
        own = sum(not overlapping(m.span(), self._quoted) for m in _I.finditer(self.text))
        return own >= _OFTEN or (own > 0 and self.byline is not None)

    def _author(self) -> Actor:
        """Return whoever says "I" in a text of one voice: the author, by name where the text has a byline."""
        if self._writer is None:
            self._writer = self.cast.author(self.byline)
            for called in self_descriptions(self.text):
                if not overlapping(called, self._quoted):
                    self.cast.mention(self._writer, Mention(*called, "description"))
        return self._writer

    def _audience(self) -> Actor | None:
        """Return those who listen, where a speaker calls them "everyone" or "you guys"."""
        called = [span for span in audience(self.text) if not overlapping(span, self._quoted)]
        if not called:
            return None
        name = self.text[slice(*max(called, key=lambda span: span.end - span.start))].lower()
        listening = self.cast.described(name, plural=True, kind="group")
        for span in called:
            self.cast.mention(listening, Mention(*span, "description"))
        return listening

    def _beside(self, quoted: Span) -> Actor | None:
        """Return whose source stands right behind a quotation or, in its paragraph, before it."""
        paragraph = self._paragraphs[containing(self._paragraph_starts, quoted.start)]
        first = bisect_left(self._in_order, (quoted.end,))
        last = bisect_left(self._in_order, (min(quoted.end + _BEHIND, paragraph.end),))
        nearest = next((s for s in self._in_order[first:last] if not overlapping(s, self._quoted)), None)
        at = bisect_left(self._in_order, (quoted.start,)) - 1
        while nearest is None and at >= 0 and self._in_order[at].start >= paragraph.start:
            span = self._in_order[at]
            nearest = span if span.end <= quoted.start and not overlapping(span, self._quoted) else None
            at -= 1
        return self._speaker_of(self._key_of[nearest]) if nearest else None

    def _announced(self, quoted: Span) -> Actor | None:
        """Return who is the last source of a paragraph that ends with a colon, right before a quotation."""
        at = containing(self._paragraph_starts, quoted.start)
        before = self._paragraphs[at - 1] if at else None
        if before is None or not self.text[slice(*before)].rstrip().endswith(":"):
            return None
        inside = [(s, k) for k, s in self.sources.items() if before.start <= s.start < before.end]
        return self._speaker_of(max(inside)[1]) if inside else None

    def _speaker_of(self, key: str) -> Actor | None:
        if key not in self.speakers:
            if key in self.sources:
                self.speakers[key] = self._source(self.sources[key], key)
            else:
                self._continued(key)
        return self.speakers[key].actor

    def _around(self, span: Span, key: str | None) -> tuple[Actor | None, Actor | None]:
        """Return whose indirect words a pronoun stands in, and whose quoted words."""
        for content, other in self._holding(span, key):
            quoted = self.text[content.start : content.start + 1] in _OPENS_QUOTED
            known = self.speakers.get(other)
            actor = known.actor if known else None
            return (None, actor) if quoted or self.modes[other] == "direct" else (actor, None)
        return None, None

    def _holding(self, span: Span, key: str | None) -> list[tuple[Span, str]]:
        """Return the contents that hold a span, the innermost first."""
        near = [self.contents[i] for i in self._contents_over(span)]
        holding = [(c, k) for c, k in near if c.start <= span.start and span.end <= c.end and k != key]
        return sorted(holding, key=lambda pair: pair[0].end - pair[0].start)

    def _turn(self, at: int) -> Turn:
        if self._turns is None:
            self._turns = turns(self.text, self._paragraphs, self._quoted, self.cast)
        i = bisect_right(self._paragraph_starts, at) - 1
        return self._turns[i] if 0 <= i < len(self._turns) else Turn(None, None)
