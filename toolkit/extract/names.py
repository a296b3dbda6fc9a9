"""Names: the proper names that the tagger found, mended by what the whole text shows."""

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import pandas as pd

from toolkit import codebook
from toolkit.codebook import nations
from toolkit.codebook.nouns import known, singular
from toolkit.codebook.own import NOTHING, Own
from toolkit.codebook.phrases import one_of
from toolkit.source.segment import SENTENCE_ENDS
from toolkit.source.vocabulary import Vocabulary
from toolkit.spans import Overlaps, Span, merged, overlapping
from toolkit.tables.reading import by_document

COLUMNS = ("doc_id", "kind", "start", "end")
_KINDS = {"person": "person", "state": "place", "place": "place"}
_WORD = re.compile(r"[^\W_](?:[\w.&]|[-’'](?=\w))*")
_COMMA = re.compile(r",\s+(?!(?:Inc|Ltd|LLC|Jr|Sr)\b)")
_POSSESSIVE = re.compile(r"[’']s?\Z")
_SUFFIX = re.compile(r",? (?:Inc|Ltd|LLC|Jr|Sr)\b\.?")
_LOWER = re.compile(r"[a-z]")
_SMALL = r"(?:(?:van|von|der|den|ter|de|del|da|dos|di|du|bin|ibn|al|el|y)[ -])*"
_CONTINUED = re.compile(rf" (?:[A-Z]\.? )?({_SMALL}[^\W\d_a-z][\w’'-]+)")
_LOWER_HYPHENED = re.compile(r"-([^\W\d_]+)")
_PARTY = re.compile(r"[A-Z]-[A-Z][\w.]*")  # "(D-Ohio)", the party and state of a member of Congress
_CALLED = re.compile(r"(?<![\w-])(?P<noun>[a-z]+) (?P<name>[^\W\d_a-z][\w’-]*(?: [^\W\d_a-z][\w’-]*){0,2})")
_HYPHENED = re.compile(r"-[^\W\d_a-z]\w+")
_SELF_NAMED = re.compile(r"\b[Mm]y name is (?P<name>[A-Z][\w’-]+(?: [A-Z][\w’-]+){0,2})")
_KIN = re.compile(
    r"(?=[MDG])(?<![\w’'-])(?<!\b[Mm]y )(?<!\byour )(?<!\bher )(?<!\bhis )"
    r"(?:Mom|Mum|Mommy|Dad|Daddy|Grandma|Grandpa)(?![\w-])"
)
_FIELD = re.compile(r" (?:for|of|on) [A-Z][a-z]+\Z")
_OWNED = re.compile(r"(?<=s)[’'] (?P<body>[A-Z]\w+)(?! [A-Z])")
_FOR = re.compile(r" (?:for|on) (?:the )?[A-Z][\w’-]+(?: (?:and |of )?[A-Z][\w’-]+)*")
_GIVEN = re.compile(
    rf"(?<![\w’'-])(?P<given>[^\W\d_a-z][\w’-]+)(?: [A-Z]\.)*(?: {_SMALL}(?P<last>[^\W\d_a-z][\w’'-]+)){{1,2}}"
)
_SPELT_OUT = re.compile(
    r"(?P<name>[A-Z][\w’-]+(?: (?:(?:of|for|the|and|on|in) )*[A-Z][\w’-]+)+) \((?P<acronym>[A-Z]{2,8})\)"
)
_DOERS = re.compile(r"[a-z]{2}(?:[eo]rs|ists|ants|ents|ians|ees|men|women)\Z")
_VERB = re.compile(r"\s+[a-z]+")
_SITES = frozenset({"bank", "house", "center", "centre", "camp", "court"})  # bodies, and places of that name
_NOBODYS = frozenset(["in", "on", "at", "by", "from", "to", "with"])  # no name of a place or person holds these
_RANKED = frozenset(["of", "for", "at", "in", "on", "to"])
_IN_NAMES = "de del der den van von la le el al bin ibn da di du dos y e the & and of for on"
_ARTICLES = ("al-", "el-", "as-", "ar-", "an-", "ad-")
_PARTICLES = frozenset(_IN_NAMES.split())


def names(documents: pd.DataFrame, sentences: pd.DataFrame, tagged: pd.DataFrame, own: Own = NOTHING) -> pd.DataFrame:
    """Return one row per proper name: doc_id, kind (person, organization or place), start, end, in reading order.

    tagged: names in the same form, as the tagger found them; own: a codebook of the user's, whose names are names.
    A list of names is taken apart; a title alone ("the Secretary"), an adjective of a country alone and a document
    are no names; common nouns and a rank are taken off ("the Ontario courts", "Director of the Royal Society"); a name
    that goes on is read to its end. What is a name at one place is one wherever it stands; names of states are names.
    """
    names_of, sentences_of = by_document(tagged), by_document(sentences)
    out: list[tuple[str, str, int, int]] = []
    for key, text in zip(documents["doc_id"], documents["text"], strict=True):
        here = sentences_of.get(key, [])
        found = [(n.kind, Span(n.start, n.end)) for n in names_of.get(key, ())]
        mended = _Names(text, found, frozenset(s.start for s in here), own)
        inside = merged((s.start, s.end) for s in here if s.part in ("headline", "body"))
        out += [(key, k, *span) for k, span in mended.everywhere(inside)]
    return pd.DataFrame(out, columns=list(COLUMNS)).astype({"start": "int64", "end": "int64"})


class _Names:
    """The names of one text."""

    def __init__(self, text: str, tagged: Sequence[tuple[str, Span]], opens: frozenset[int], own: Own) -> None:
        self.text = text
        self.own = own
        self.vocabulary = Vocabulary(text)
        self.opens = opens
        self._openings = sorted(opens)
        whole = _joined(text, tagged)
        spans = [s for _, s in whole]
        self.found: dict[Span, str] = dict(_listed(text, own))
        taken = merged(self.found)
        end = 0
        for kind, span in whole:
            for k, part in self._parts(kind, span):
                if part.start >= end and not overlapping(part, taken):
                    longer = self._continued(k, part, spans)
                    self.found[longer] = k
                    end = longer.end

    def everywhere(self, inside: Sequence[Span]) -> Iterator[tuple[str, Span]]:
        """Yield the names found, those that stand elsewhere too, and states, in reading order."""
        taken = merged(self.found)
        more: dict[Span, str] = {}
        kept: list[Span] = []
        for kind, span in (*self._again(), *self._states(), *self._by_form()):
            around = overlapping(span, taken)
            within = all(span.start <= t.start and t.end <= span.end for t in around)
            whole = within and self._is_listed(span) and span not in self.found
            if (
                (whole or not around)
                and any(i.start <= span.start and span.end <= i.end for i in overlapping(span, inside))
                and not overlapping(span, kept)
            ):
                more[span] = kind
                insort(kept, span)
        parts = list(self.found)
        overlaps = Overlaps(parts)
        for span in [s for s in more if self._is_listed(s)]:  # the whole of a name that was found in part
            for part in [parts[i] for i in overlaps(span)]:
                if span.start <= part.start and part.end <= span.end:
                    del self.found[part]
        both = {**self.found, **more}
        kinds = self._kinds(both)
        yield from ((kinds[self.text[slice(*span)]], span) for span in sorted(both))

    def _is_land(self, word: str) -> bool:
        """Tell whether the text has an adjective of a word, or tells of what is in it."""
        return self.vocabulary.has_adjective_of(word) or self.vocabulary.tells_what_is_in(word, unless_before="'’-")

    def _is_listed(self, span: Span) -> bool:
        return self._is_state(span) or self.text[slice(*span)] in codebook.media()

    def _is_state(self, span: Span) -> bool:
        return nations.state(self.text[slice(*span)]) is not None

    def _kinds(self, found: dict[Span, str]) -> dict[str, str]:
        """Return the kind of each name: as a state, its head noun or a full name tells it, else that of most."""
        votes: dict[str, Counter[str]] = {}
        for span, kind in sorted(found.items()):
            votes.setdefault(self.text[slice(*span)], Counter())[kind] += 1
        kinds = {written: counted.most_common(1)[0][0] for written, counted in votes.items()}
        people = {
            word
            for written, kind in kinds.items()
            if kind == "person" and 1 < len(written.split()) < 4 and all(w[0].isupper() for w in written.split())
            for word in written.split()[1:]
        }
        for written, kind in kinds.items():
            words = written.split()
            if written in self.own.by_name:
                kinds[written] = _KINDS.get(self.own.by_name[written].kind, "organization")
            elif nations.state(written):
                kinds[written] = "place"
            elif len(words) > 1 and kind != "organization" and words[-1][0].isupper():
                if words[-1].lower() in _bodies() - _SITES:
                    kinds[written] = "organization"
            elif len(words) == 1 and kind != "person" and (words[0] in people or words[0] in codebook.given_names()):
                kinds[written] = "person"
            elif len(words) == 1 and words[0] not in people and kind == "person" and self._is_land(words[0]):
                kinds[written] = "place"
        return kinds

    # --- what the tagger took for one name ---

    def _parts(self, kind: str, span: Span) -> Iterator[tuple[str, Span]]:
        """Yield the names in a stretch that was taken for one."""
        text = self.text[slice(*span)]
        if text.split()[0].lower() in codebook.words("speakers", "noun", kind="document"):
            return
        at = 0
        pieces = []
        opening = slice(bisect_right(self._openings, span.start), bisect_left(self._openings, span.end))
        ends = [o - span.start for o in self._openings[opening]]  # another sentence begins
        stops = {m.span() for pattern in (_COMMA, SENTENCE_ENDS) for m in pattern.finditer(text)}
        borders = sorted(stops | {(o, o) for o in ends if not any(b == o for _, b in stops)})
        for border, behind in borders:
            pieces.append(Span(span.start + at, span.start + border))
            at = behind
        pieces.append(Span(span.start + at, span.end))
        for i, piece in enumerate(pieces):
            yield from self._name("place" if i and kind == "organization" and self._is_place(piece) else kind, piece)

    def _is_place(self, span: Span) -> bool:
        written = self.text[slice(*span)]
        return nations.state(written) is not None or nations.capital(written) is not None or " " not in written

    def _name(self, kind: str, span: Span) -> Iterator[tuple[str, Span]]:
        words = [Span(*m.span()) for m in _WORD.finditer(self.text, *span)]
        # common nouns in front, and a sentence's first word before one: "Senior researcher Mu Li"
        common = [
            i
            for i, w in enumerate(words[:-1])
            if self.text[w.start].islower() and self._lower(w) not in _PARTICLES | _NOBODYS
        ]
        if common and kind == "person":
            words = words[common[-1] + 1 :]
        if not words:
            return
        if kind == "person" and (owner := self._owner(words)):
            yield from self._name("organization", Span(words[0].start, words[owner - 1].end))
            yield from self._name("person", Span(words[owner].start, span.end))
            return
        cut = self._cut(kind, words)
        if cut == 1 and len(words) > 1 and words[0].start in self.opens and self._lower(words[1]) in _times():
            return  # "Last week", with a sentence's capital
        before, after = words[:cut], words[cut:]
        while before and self.text[before[-1].start].islower():
            before.pop()
        while (
            before and self._lower(before[0]) in _PARTICLES | {"a", "an", "these", "this", "that"} and len(before) > 1
        ):
            if self.text[before[0].start].isupper() and self._lower(before[0]) not in ("the", "a", "an"):
                break
            before = before[1:]
        if before and self._names_somebody(kind, before):
            end = before[-1].end
            written = self.text[slice(before[-1].start, end)]
            if possessive := _POSSESSIVE.search(written):
                end -= len(possessive[0])
            if self.text[end : end + 1] == "." and span.end > end:
                end += 1
            suffix = _SUFFIX.match(self.text, end, span.end)
            begin = before[0].start
            if kind == "person" and self.text[max(begin - 3, 0) : begin].lower() in _ARTICLES:
                begin -= 3  # "al-Sisi"
            yield kind, Span(begin, suffix.end() if suffix else end)
        if after:
            while after and not self.text[after[0].start].isupper():
                after = after[1:]
            if after:
                rest = Span(after[0].start, after[-1].end)
                sort = "place" if self._is_place(rest) else "organization" if kind == "person" else kind
                yield from self._name(sort, rest)

    def _owner(self, words: Sequence[Span]) -> int:
        """Return how many words of what was taken for a person's name are a body's before it, 0 where none are.

        "Guild’s Mira Voss" and "Centre for Soil Mira Voss" are a body and a person.
        """
        of_body = self._lower(words[0]) in _bodies()
        for i in range(1, len(words) - 1):
            named = self.text[slice(*words[i])].title() in codebook.given_names() and i > 2
            if (of_body and named) or self.text[slice(*words[i - 1])].endswith(("’s", "'s")):
                return i if self.text[words[i].start].isupper() else 0
        return 0

    def _cut(self, kind: str, words: Sequence[Span]) -> int:
        """Return how many words the first name in a stretch has."""
        for i, word in enumerate(words):
            low = self._lower(word)
            if not i:
                continue
            if kind == "person" and (
                low == "and" or (low in _RANKED and (i > 1 or low != "of" or self._ranks(words[0])))
            ):
                return i
            if kind in ("organization", "place") and low == "of" and i == 1 and self._ranks(words[0]):
                return i
            if low in _NOBODYS:
                return i
            if _POSSESSIVE.search(self.text[slice(*words[i - 1])]) and kind != "place":
                owns = i > 1 or not self.text[word.start].isupper()
                if owns and ((i > 1 and kind == "organization") or not self.text[word.start].isupper()):
                    return i
            if self.text[word.start].islower() and low not in _PARTICLES:
                return i
        return len(words)

    def _ranks(self, word: Span) -> bool:
        """Tell whether a word is somebody's rank, and no body's name ("House of Representatives")."""
        return self._is_rank(word) and self._lower(word) not in _bodies()

    def _is_rank(self, word: Span) -> bool:
        low = self._lower(word).rstrip(".")
        ranks = codebook.words("titles", "title") | codebook.words("speakers", "noun", kind="person")
        return low in ranks or low.removesuffix("s") in ranks

    def _lower(self, word: Span) -> str:
        return self.text[slice(*word)].lower()

    def _names_somebody(self, kind: str, words: Sequence[Span]) -> bool:
        """Tell whether words are more than a title, an adjective of a country or the name of a document."""
        bare = [_POSSESSIVE.sub("", self.text[slice(*w)]) for w in words]
        if len(bare) == 1 and _PARTY.fullmatch(bare[0]):
            return False
        if all(not b[:1].isupper() and not b[:1].isdigit() and b[:1].lower() != b[:1].upper() for b in bare):
            return False
        if len(bare) == 1 and bare[0].lower() in codebook.words("closed_class", "word") and not bare[0].isupper():
            return False
        if nations.nationality(" ".join(bare)) and not nations.state(" ".join(bare)):
            return False
        lower = bare[0].lower()
        alone = len(bare) == 1 and words[0].start in self.opens and bare[0] != lower and not nations.state(bare[0])
        if alone and lower in self.vocabulary:
            return False  # a common word with a sentence's capital
        opens = words[0].start in self.opens and len(bare) == 1 and not nations.state(bare[0])
        if opens and self._is_common(kind, words[0]):
            return False
        own = [w for w, b in zip(words, bare, strict=True) if not (nations.nationality(b) and not nations.state(b))]
        if not own:
            return False
        if kind != "place" and all(self._ranks(w) for w in own):
            return False
        return bare[-1].lower() not in codebook.words("speakers", "noun", kind="document")

    def _is_common(self, kind: str, word: Span) -> bool:
        """Tell whether a word that opens a sentence is common: many who do something ("Growers say"), a label."""
        written = self.text[slice(*word)]
        if written in codebook.media() or not known(written):
            return False
        if self.text.startswith(":", word.end) and word.start == min(self._openings, default=0):
            return kind != "person"  # "Opinion: ..."
        plural = singular(written) != written.lower() and kind != "person"
        if not (plural or (_DOERS.search(written) and (kind != "person" or written.endswith(("men", "women"))))):
            return False
        inside = (m.start() for m in re.finditer(rf"\b{re.escape(written)}\b", self.text))
        return bool(_VERB.match(self.text, word.end)) and all(start in self.opens for start in inside)

    def _continued(self, kind: str, span: Span, others: Sequence[Span]) -> Span:
        """Return a name with the capitalised words behind it, in the same sentence, that nobody took for a name."""
        end = span.end
        if kind == "person" and (more := _LOWER_HYPHENED.match(self.text, end)) and not known(more[1].lower()):
            end = more.end()  # "Jae-myung"
        if (
            kind == "organization"
            and self._lower(self._last_word(span)) in _bodies()
            and (more := _FOR.match(self.text, end))
        ):
            return Span(span.start, more.end())  # "Ministry for Europe and Foreign Affairs"
        if kind == "organization" and (more := _OWNED.match(self.text, end)) and more["body"].lower() in _bodies():
            return Span(span.start, more.end())  # "Greek Dockers’ Union"
        told = kind == "organization" and _FIELD.search(self.text, *span)  # "Institute for Defense" Analysis
        if told or (kind == "person" and self.text[end - 1 : end] != ".") or self.text[end - 2 : end - 1].isupper():
            while more := _CONTINUED.match(self.text, end):
                rest = Span(end + 1, more.end())
                low = more[1].lower()
                closed = codebook.words("closed_class", "word")
                if (
                    overlapping(rest, others)
                    or low in closed
                    or low in codebook.dates("weekday")
                    or nations.nationality(more[1])
                    or not (told or kind == "person")
                ):
                    break
                shouted = self.text[span.start : end].isupper()
                if shouted != more[1].isupper() or (shouted and self.text[end - 1] != "." and self._is_shouted(span)):
                    break
                stop = more.end()
                if possessive := _POSSESSIVE.search(more[1]):
                    return Span(span.start, stop - len(possessive[0]))
                end = stop
        return Span(span.start, end)

    def _last_word(self, span: Span) -> Span:
        return Span(max(self.text.rfind(" ", *span) + 1, span.start), span.end)

    def _is_shouted(self, span: Span) -> bool:
        """Tell whether a name stands in a line of capitals, where its neighbours' capitals say nothing."""
        begin = self.text.rfind("\n", 0, span.start) + 1
        return not _LOWER.search(self.text, begin, max(self.text.find("\n", span.end), span.end))

    # --- what it passed over ---

    def _again(self) -> Iterator[tuple[str, Span]]:
        """Yield the names found, where they stand untaken: by their most frequent kind, longer ones first."""
        kinds: dict[str, Counter[str]] = {}
        for span, kind in self.found.items():
            kinds.setdefault(self.text[slice(*span)], Counter())[kind] += 1
        sure = [w for w in kinds if self._is_sure(w)]
        for span in self.vocabulary.any_of(sure, before="’'-", behind="-"):
            written = self.text[slice(*span)]
            if _goes_on(self.text, span) or (" " not in written and span.start in self.opens and len(written) < 4):
                continue
            kind = kinds[written].most_common(1)[0][0]
            if kind == "place" and span.start in self.opens and " " not in written and known(written):
                continue  # "Mobile phones", in a text on Mobile
            yield kind, span

    def _is_sure(self, written: str) -> bool:
        """Tell whether a name is one wherever it stands: several words, or one that is never a common word here."""
        if " " in written:
            return _LOWER.search(written) is not None
        if len(written) < 3 or not written[0].isupper():
            return False
        return written.lower() not in self.vocabulary or written.isupper()

    def _states(self) -> Iterator[tuple[str, Span]]:
        for found in nations.mentions(self.text):
            written = self.text[found.start : found.end]
            if (nations.state(written) or nations.capital(written)) and not _goes_on(
                self.text, Span(found.start, found.end)
            ):
                yield "place", Span(found.start, found.end)

    def _by_form(self) -> Iterator[tuple[str, Span]]:
        """Yield what a form of words makes a name: media and bodies that are known, who names themselves, kin."""
        for found in _known().finditer(self.text):
            span = Span(*found.span())
            if span.start not in self.opens and not _goes_on(self.text, span):
                yield "organization", span
        nouns = codebook.words("speakers", "noun", kind="media") | {"agency"}
        for found in _CALLED.finditer(self.text):
            if found["noun"] in nouns and not nations.nation(found["name"].split()[0]):
                span = Span(*found.span("name"))
                if not _goes_on(self.text, span) and span.start not in self.opens:
                    yield "organization", span
        for found in _GIVEN.finditer(self.text):
            if found["given"] in codebook.given_names() and not self._is_no_surname(found["last"]):
                yield "person", Span(*found.span())
        for found in _SPELT_OUT.finditer(self.text):
            words = list(_WORD.finditer(self.text, *found.span("name")))
            capitals = "".join(w[0][0] if w[0][0].isupper() else "-" for w in words)
            letters = capitals.replace("-", "")
            if letters.endswith(found["acronym"]):  # "The", say, may stand before the name
                skipped = len(letters) - len(found["acronym"])
                first = [i for i, c in enumerate(capitals) if c != "-"][skipped]
                yield "organization", Span(words[first].start(), found.end("name"))
        for found in _SELF_NAMED.finditer(self.text):
            yield "person", Span(*found.span("name"))
        for found in _KIN.finditer(self.text):
            if not _goes_on(self.text, Span(*found.span())):
                yield "person", Span(*found.span())

    @staticmethod
    def _is_no_surname(word: str) -> bool:
        low = word.lower()
        nouns = codebook.words("speakers", "noun") | codebook.words("function_words", "word", use="place-word")
        return low in nouns or low in codebook.words("closed_class", "word") or low in codebook.dates("weekday")


def _listed(text: str, own: Own) -> Iterator[tuple[Span, str]]:
    """Yield where a text has the names of a user's codebook, and their kind; of overlapping ones the longest."""
    if own.by_name:
        either = "|".join(re.escape(name) for name in sorted(own.by_name, key=len, reverse=True))
        for found in re.finditer(rf"(?<![\w-])(?:{either})(?![\w-])", text):
            yield Span(*found.span()), _KINDS.get(own.by_name[found[0]].kind, "organization")


def _goes_on(text: str, span: Span) -> bool:
    """Tell whether another capitalised word stands right before or behind: what is between is part of a longer name."""
    behind = re.match(r"[ -](?P<word>[^\W\d_a-z]\w+)", text[span.end : span.end + 20])
    return bool(behind and behind["word"].lower() not in codebook.dates("weekday")) or bool(
        re.search(r"[^\W\d_a-z][\w’'-]+ \Z", text[max(0, span.start - 20) : span.start])
        and not re.search(r"(?:[.?!]\s|^)\w+ \Z", text[max(0, span.start - 20) : span.start])
    )


def _joined(text: str, tagged: Iterable[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Return the names in order, those that a hyphen or a suffix's comma joins as one."""
    out: list[tuple[str, Span]] = []
    for kind, span in sorted(tagged, key=lambda n: n[1]):
        if out:
            last_kind, last = out[-1]
            between = text[last.end : span.start]
            owned = between in ("’ ", "' ") and kind == last_kind == "organization" and text[last.end - 1] == "s"
            if owned or between == "-" or (between == ", " and _SUFFIX.match(text, last.end)):
                out[-1] = last_kind, Span(last.start, span.end)
                continue
        if more := _HYPHENED.match(text, span.end):
            span = Span(span.start, more.end())
        out.append((kind, span))
    return out


def _bodies() -> frozenset[str]:
    return codebook.words("speakers", "noun", kind="institution")


@cache
def _times() -> frozenset[str]:
    return frozenset(codebook.dates("unit"))


@cache
def _known() -> re.Pattern[str]:
    known = frozenset(codebook.media()) | frozenset(nations.bodies())
    return re.compile(one_of(map(re.escape, sorted(known, key=len, reverse=True)), behind=r"\w’'-") + r"(?![\w-])")
