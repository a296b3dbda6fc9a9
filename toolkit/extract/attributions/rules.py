"""Attributions by rule: quotation marks, cue verbs, "according to" and "in her opinion".

One pass over the units of a text (sentences, joined where a quotation runs through them). In each
unit the cues outside quotation marks are read from left to right; around each the source is looked
for on one side and the content on the other. Quotations that no cue claims go on with the speaker
before them.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit import codebook
from toolkit.extract.attributions.quotes import Quote, quotes
from toolkit.extract.attributions.subjects import Subjects
from toolkit.extract.attributions.units import CAPITALISED, FINAL, QUOTED, TOKEN, masked, units
from toolkit.source.segment import WORD
from toolkit.spans import Span, containing, covered, merged, overlapping, trimmed

_ACCORDING = re.compile(r"\b(?i:according to|in the words of)\s+")
_OPINION = re.compile(
    r"\b[Ii]n (?P<whose>his|her|their|my|our|(?:[^\W\d_][\w-]*\s){0,4}?[^\W\d_][\w-]*[’']s?) "
    r"(?i:opinion|view|estimation|assessment|judgment|judgement|words)\b"
)
_NAME_BEHIND = re.compile(rf"{CAPITALISED}\s+[^\W\d_a-z][\w’'-]*,?\s*\Z")
_BE_FORMS = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_SEMI_AUXILIARIES = frozenset(
    "tried tries trying attempted sought began continued continues went wants wanted".split()  # noqa: SIM905
)
_JOIN = re.compile(r"(?:[\s,]*\b(?:and|but|or|while|whereas|although|though)\s*|,\s*)\Z")
_REASON = re.compile(r",\s+(?:since|because|whereas|although)\s")
_SHORTEST_QUOTE = 4  # words; shorter ones without a cue are scare quotes, names or titles
_SHORTEST_CLAUSE = 4  # words; what is shorter before ", X said" describes X: "The operator, X, said"
_NEAR = 70  # characters between a cue and the "that" or the quotation that it governs


class Relation(NamedTuple):
    """One attribution: the spans of each role, how it was found, and whose source it goes on with."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    found_by: str
    continues: int | None = None


class _Cue(NamedTuple):
    start: int
    end: int
    takes: frozenset[str]


def relations(text: str, sentences: Sequence[Span], paragraphs: Sequence[Span]) -> list[Relation]:
    """Return the attributions of a text in the order of their content."""
    return _Reader(text, sentences, paragraphs).read()


class _Reader:
    """The state of one reading: the text with quotations masked, and what was found so far."""

    def __init__(self, text: str, sentences: Sequence[Span], paragraphs: Sequence[Span]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.quotes = quotes(text, paragraphs)
        self.quoted = [span for quote in self.quotes for span in quote.spans]
        self.masked = masked(text, self.quotes)
        self.subjects = Subjects(text, self.masked)
        self.units = units(sentences, self.quotes, self.masked)
        self.found: list[Relation] = []
        # where a quotation's first paragraph ends: its fragments in the paragraphs after it
        self.runs_on = {quote.spans[0].end: quote.spans[1:] for quote in self.quotes if len(quote.spans) > 1}

    def read(self) -> list[Relation]:
        by_start = {quote.spans[0].start: quote for quote in self.quotes}
        for i, unit in enumerate(self.units):
            following = self.units[i + 1] if i + 1 < len(self.units) else None
            introduced = None
            if following and self.masked[slice(*unit)].rstrip().endswith(":"):
                introduced = by_start.get(following.start)
            self._unit(unit, introduced)
        self._floating()
        return self.found

    # --- one unit ---

    def _unit(self, unit: Span, introduced: Quote | None) -> None:
        first = len(self.found)
        masked = self.masked
        for phrase in (*_ACCORDING.finditer(masked, *unit), *_OPINION.finditer(masked, *unit)):
            self._phrase(unit, phrase, introduced)
        taken = [s for r in self.found[first:] for s in (*r.cue, *r.source)]
        left = unit.start
        cues = list(self._cues(unit))
        if cues and (last := self._closing(unit, cues[-1])) and not taken:
            self.found.append(last)
            cues = []
        for cue in cues:
            if covered((cue.start, cue.end), [*taken, *(s for r in self.found[first:] for s in r.content)]):
                shared = self._coordinated(first, cue, unit.end)
                if not shared and not self._reason(first, cue):
                    continue
            else:
                shared = None
            relation = self._verb(unit, left, cue, shared, introduced)
            if relation:
                self.found.append(relation)
                left = cue.end
        self.found[first:] = sorted(self.found[first:], key=lambda r: (min(r.content + r.cue), r.content))

    def _closing(self, unit: Span, cue: _Cue) -> Relation | None:
        """Read a unit that ends in its cue and source, whatever verbs it has before: "..., says X"."""
        group = self._verb_group(cue, unit.start)
        if not self._closes_clause(group.start, unit.start):
            return None
        source = self.subjects.after(cue.end, unit.end)
        if not source or self.masked[source.end : unit.end].strip(FINAL):
            return None
        content = self._content(unit.start, group.start, keep_quotes=True)
        return Relation((source,), (group,), content, "verb before source") if content else None

    def _phrase(self, unit: Span, phrase: re.Match[str], introduced: Quote | None) -> None:
        """Read "according to X, ..." and "in X's opinion ..."."""
        masked = self.masked
        if "whose" in phrase.groupdict():
            source, after = Span(*phrase.span("whose")), phrase.end()
            cue = Span(*phrase.span())
        else:
            stop = re.compile(r",\s|[;:]|[.!?]*\s*\Z").search(masked, phrase.end(), unit.end)
            after = stop.start() if stop else unit.end
            source = trimmed(self.text, phrase.end(), after)
            cue = trimmed(self.text, *phrase.span())
        before = masked[unit.start : phrase.start()]
        opens = not [w for w in TOKEN.findall(before) if w.lower() not in codebook.words("function_words", "word")]
        ahead, behind = self._content(after, unit.end), self._content(unit.start, phrase.start())
        resumed = ahead if self.masked[after : after + 1] == "," else ()
        content = ahead if opens or not behind else behind + resumed
        if introduced:
            content = (*content, *introduced.spans)
        if content and source.start < source.end:
            self.found.append(Relation((source,), (cue,), content, "phrase"))

    def _verb(
        self, unit: Span, left: int, cue: _Cue, shared: Relation | None, introduced: Quote | None
    ) -> Relation | None:
        group = self._verb_group(cue, left)
        source = shared.source if shared else self.subjects.before(left, group.start)
        ahead = self._governed(cue, unit.end)
        helpers = {t.lower() for t in TOKEN.findall(self.masked[group.start : cue.start])}
        if helpers & _BE_FORMS and "passive" not in cue.takes:
            # "It was confirmed that": somebody did, the text does not say who. "X was told" is not X's.
            impersonal = [self.text[slice(*s)].lower() for s in source] == ["it"]
            return Relation((), (group,), ahead, "impersonal") if impersonal and ahead else None
        inverted = None
        if (
            not shared
            and self._closes_clause(group.start, unit.start)
            and (inverted := self.subjects.after(cue.end, unit.end))
        ):
            content = self._content(unit.start, group.start, keep_quotes=True)
            rest = self._content(inverted.end, unit.end) if self._quote_follows(inverted.end, unit.end) else ()
            if content:
                return Relation((inverted,), (group,), (*content, *rest), "verb before source")
        if introduced and self.masked[cue.end : unit.end].rstrip().endswith(":") and source:
            return Relation(source, (group,), introduced.spans, "colon")
        if source and ahead:
            if not shared and self._interrupts(unit, source[0].start, ahead[0].start):
                before = self._content(unit.start, source[0].start, keep_quotes=True)
                return Relation(source, (group,), (*before, *ahead), "after the content")
            self._shorten(group.start, source)
            return Relation(source, (group,), ahead, "source before verb")
        if not source and not shared:
            source = self.subjects.closing_noun(group.start, unit.start)
        begin = source[0].start if source else 0
        after_quote = self.masked[unit.start : begin].rstrip().endswith(QUOTED)
        if source and not shared and self._ends_here(cue.end, unit.end, after_quote):
            content = self._content(unit.start, begin, keep_quotes=True)
            follows = self._first_quote(cue.end, unit.end)
            resumed = re.compile(r",\s+(?!\w+ing\b)").match(self.masked, cue.end, unit.end)
            if follows is None and resumed:  # The dam, X said, will hold.
                follows = resumed.end()
            whole = (*content, *(self._content(follows, unit.end) if follows is not None else ()))
            quoted = any(overlapping(span, self.quoted) for span in whole)
            words = sum(1 for span in whole for _ in WORD.finditer(self.text, *span))
            if content and (quoted or words >= _SHORTEST_CLAUSE) and self._closes_clause(begin, unit.start):
                return Relation(source, (group,), whole, "after the content")
        return None

    def _cues(self, unit: Span) -> Iterable[_Cue]:
        forms, noun_markers = codebook.cues(), codebook.words("function_words", "word", use="noun-marker")
        before_last = last = ""
        for token in TOKEN.finditer(self.masked, *unit):
            form = token[0].lower()
            verb = token[0].islower() or token.start() == unit.start or token[0].isupper()
            governed = last in noun_markers | {"who"} or (last == "to" and before_last not in _SEMI_AUXILIARIES)
            if form in forms and verb and not governed and not form.endswith("ing"):
                yield _Cue(token.start(), token.end(), forms[form].takes)
            before_last, last = last, form

    def _verb_group(self, cue: _Cue, left: int) -> Span:
        """Return the cue with its auxiliaries: "has not denied"."""
        helpers = codebook.words("function_words", "word", use="auxiliary")
        adverbs = codebook.words("function_words", "word", use="adverb")
        start, infinitive = cue.start, False
        for token in reversed(list(TOKEN.finditer(self.masked, left, cue.start))):
            word = token[0].lower()
            if word in adverbs - helpers:
                continue  # counts only where an auxiliary stands before it
            if word not in helpers and word != "to" and not (infinitive and word in _SEMI_AUXILIARIES):
                break
            start, infinitive = token.start(), word == "to"
        return Span(start, cue.end)

    def _coordinated(self, first: int, cue: _Cue, end: int) -> Relation | None:
        """Return the relation before, if the cue shares its source: "X said that ... and promised to ..."."""
        if len(self.found) == first or self.found[-1].found_by != "source before verb":
            return None
        before = self.masked[self.found[-1].cue[-1].end : cue.start]
        join = _JOIN.search(before)
        if join and join[0].strip() == "," and not self._governed(cue, end):
            return None  # a comma alone joins only what governs something: "said that ..., promised to ..."
        return self.found[-1] if join else None

    def _reason(self, first: int, cue: _Cue) -> bool:
        """Tell whether a clause such as ", since X stated" begins between the relation before and a cue."""
        if len(self.found) == first or self.found[-1].found_by != "source before verb":
            return False
        return bool(_REASON.search(self.masked, self.found[-1].cue[-1].end, cue.start))

    # --- the content ---

    def _governed(self, cue: _Cue, end: int) -> tuple[Span, ...]:
        """Return the content that follows a cue, if what follows is of a kind that the cue takes."""
        rest = self.masked[cue.end : end]
        tokens = list(TOKEN.finditer(rest))
        that = next((t for t in tokens[:10] if t[0] == "that"), None)
        another = that and any(c.start < cue.end + that.start() for c in self._cues(Span(cue.end, end)))
        if that and not another and that.start() <= _NEAR and not re.search(rf"[;:{QUOTED}]", rest[: that.start()]):
            return self._content(cue.end + that.start(), end)
        quote = self._first_quote(cue.end, end)
        if quote is not None and quote - cue.end <= 2 * _NEAR:
            gap = self.masked[cue.end : quote]
            words = [w.lower() for w in TOKEN.findall(gap)]
            adjunct = not words or words[0] in codebook.words("function_words", "word", use="adjunct") - cue.takes
            if gap.rstrip().endswith((":", ",")) or (adjunct and len(gap) <= _NEAR):
                return self._content(quote, end)
            if cue.takes:
                return self._content(cue.end, end)
        if ":" in rest[:_NEAR] and rest[rest.index(":") + 1 :].strip():
            return self._content(cue.end + rest.index(":") + 1, end)
        if not tokens:
            return ()
        word = tokens[0]
        small = word[0].lower()
        if rest[: word.start()].strip():
            return ()
        if small in cue.takes:
            return self._content(cue.end + word.start(), end)
        small_words = codebook.words("function_words", "word", use="adjunct") | codebook.words(
            "function_words", "word", use="adverb"
        )
        small_words |= codebook.words("function_words", "word", use="auxiliary")
        takes_bare = "noun" in cue.takes or ("clause" in cue.takes and len(tokens) > 2)
        if takes_bare and small not in small_words | {
            "to",
            "of",
            "as",
            "so",
            "it",
            "and",
            "or",
            "but",
            "than",
        }:
            return self._content(cue.end + word.start(), end)
        return ()

    def _content(self, start: int, end: int, keep_quotes: bool = False) -> tuple[Span, ...]:
        """Return the stretch without stray punctuation at its ends, or nothing if it has no word."""
        while start < end and self.masked[start] in FINAL:
            start += 1
        if keep_quotes:  # what stands before a cue begins after an adverbial such as "At the same time,"
            start = self._after_opener(start, end)
        semicolon = self.masked.find(";", start, end)
        if semicolon > start and not keep_quotes:
            end = semicolon
        while end > start and self.masked[end - 1] in FINAL:
            end -= 1
        if not WORD.search(self.text, start, end):
            return ()
        further = self.runs_on.get(end, ())
        return (
            *(trimmed(self.text, *piece) for piece in _by_paragraph(Span(start, end), self.paragraphs)),
            *further,
        )

    def _after_opener(self, start: int, end: int) -> int:
        opener = re.compile(r"(?:But|And|So|Yet|However|Meanwhile|Moreover|At the same time),?\s").match(
            self.masked, start, end
        )
        return opener.end() if opener else start

    def _shorten(self, cue_start: int, source: tuple[Span, ...]) -> None:
        """End the content before where the next clause begins: "... and pledged to"."""
        if not self.found:
            return
        last = self.found[-1]
        begin = source[0].start if source[0].start > last.cue[-1].end else cue_start
        content = last.content[-1]
        if not content.start < begin < content.end or last.found_by != "source before verb":
            return
        patterns = (_JOIN, _REASON) if begin == cue_start else (_REASON, _JOIN)  # a shared subject, or one of its own
        join = next((found for p in patterns if (found := p.search(self.masked, content.start, begin))), None)
        end = join.start() if join else begin
        kept = self._content(content.start, end)
        if kept:
            self.found[-1] = last._replace(content=(*last.content[:-1], *kept))

    def _closes_clause(self, at: int, begin: int) -> bool:
        """Tell whether a clause or quotation has just ended before an offset."""
        before = self.masked[begin:at].rstrip()
        return bool(before) and before[-1] in f",–—?!{QUOTED}"

    def _ends_here(self, at: int, end: int, after_quote: bool) -> bool:
        """Tell whether nothing but an adverbial stands between a cue and the clause's end."""
        rest = re.split(rf"[.,;:!?{QUOTED}]", self.masked[at:end])[0]
        words = [w.lower() for w in TOKEN.findall(rest)]
        small = codebook.words("function_words", "word", use="adjunct") | codebook.words(
            "function_words", "word", use="adverb"
        )
        return not words or (len(words) <= 8 and words[0] in small) or len(words) <= (10 if after_quote else 3)

    def _interrupts(self, unit: Span, begin: int, goes_on: int) -> bool:
        """Tell whether a source and cue stand inside one quotation: “...,” she said, “...”."""
        before = self.text[unit.start : begin].rstrip()
        quoted = self.masked[goes_on] == QUOTED and self.masked[unit.start : begin].rstrip().endswith(QUOTED)
        return quoted and len(before) > 1 and before[-2] in ",–—-"

    def _first_quote(self, start: int, end: int) -> int | None:
        at = self.masked.find(QUOTED, start, end)
        return at if at >= 0 else None

    def _quote_follows(self, at: int, end: int) -> bool:
        return bool(re.compile(rf"[\s,:–—]*{QUOTED}").match(self.masked, at, end))

    # --- quotations without a cue ---

    def _floating(self) -> None:
        """Give a quotation that no cue claims to the speaker before it, in its paragraph."""
        claimed = merged(span for r in self.found for span in r.content)
        unit_starts = [unit.start for unit in self.units]
        others: list[Span] = []
        ends = sorted((max(s.end for s in (*r.content, *r.cue)), i) for i, r in enumerate(self.found))
        for quote in self.quotes:
            words = sum(1 for s in quote.spans for _ in WORD.finditer(self.text, *s))
            if words < _SHORTEST_QUOTE or any(overlapping(s, claimed) for s in quote.spans):
                continue
            start = quote.spans[0].start
            paragraph = self.paragraphs[containing([p.start for p in self.paragraphs], start)]
            alone = not WORD.search(self.masked, *paragraph)
            before = bisect_right(ends, (start, len(self.found)))
            end, speaker = ends[before - 1] if before else (-1, -1)
            introduced = self.masked[paragraph.start : start].rstrip().endswith(":")
            # Ida Moe “came to the conclusion”: somebody else than the speaker before is meant
            other = _NAME_BEHIND.search(self.masked, paragraph.start, start)
            if other:
                others.append(self.units[containing(unit_starts, start)])
            if others and others[-1].start <= start < others[-1].end:
                introduced = True
            if before and (end > paragraph.start or alone) and not introduced:
                root = self.found[speaker].continues
                goes_on = speaker if root is None else root
                self.found.append(Relation((), (), quote.spans, "quotation goes on", goes_on))
                insort(ends, (quote.spans[-1].end, len(self.found) - 1))
            else:
                self.found.append(Relation((), (), quote.spans, "quotation alone"))


def _by_paragraph(span: Span, paragraphs: Sequence[Span]) -> list[Span]:
    return [Span(max(span.start, p.start), min(span.end, p.end)) for p in overlapping(span, paragraphs)]
