"""Relations: what the tagger found, with the borders and the run-on quotations that marks decide."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit.extract.attributions.complements import complements
from toolkit.extract.attributions.laid_out import LaidOut, introduced, laid_out
from toolkit.model.tagger import Tagged
from toolkit.source.quotes import Quote
from toolkit.source.segment import SENTENCE_ENDS, WORD
from toolkit.spans import Span, containing, merged, overlapping, trimmed, without

_SHORTEST_QUOTE = 4  # words; shorter ones that nobody is tied to are scare quotes, names or titles
_BORDERS = re.compile(rf"{SENTENCE_ENDS.pattern}|\s*\n\s*")
_LAST_MARK = re.compile(r"[.?!…:;,–—-][”\"’')\]]*\s*\Z")
# "it is clear", "were rejected", "is said to": what a neighbour's source does not say; it may be convinced
_IMPERSONAL = re.compile(
    r"(?:it|there)\b|(?:.*\b)?(?:is|are|was|were|been|be|being)\s+(?:\w+\s+)*"
    r"(?!alarmed|committed|concerned|convinced|delighted|determined|disappointed|inclined|opposed|outraged|persuaded"
    r"|pleased|prepared|resolved|satisfied|shocked|surprised|worried)"
    r"(?:said|\w+ed|known|thought|seen|understood|held|made|ruled out)(?:\s(?:to|as|that))*\Z",
    re.IGNORECASE | re.DOTALL,
)
_SUBJECT = 4  # words
# a quotation that ends in a comma inside its marks goes on after its cue in marks, or in a clause such as "that ..."
_GOES_ON = re.compile(r"[,!?][\"”’'»]{1,2}\Z")
_SUBORDINATE = re.compile(r"(?:that|if|whether|how|why|what|when|where|who|to)\b", re.IGNORECASE)
_SNAPPED = 0.5  # a content that covers so much of a quotation is meant to cover it whole


class Relation(NamedTuple):
    """One attribution: the spans of each role, how it was found, and whose source it goes on with."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    found_by: str
    confidence: float
    continues: int | None = None


def relations(
    text: str, paragraphs: Sequence[Span], quotations: Sequence[Quote], tagged: Iterable[Tagged]
) -> list[Relation]:
    """Return the attributions of a text in the order of their content.

    Contents are given the borders of the quotations that they mostly cover. A quotation that the
    tagger ties to nobody goes on with the speaker before it in its paragraph, or stands alone.
    """
    inside = sorted(span for quote in quotations for span in quote.spans)
    laid = laid_out(text, paragraphs, quotations)
    read = (_in_one_sentence(text, one) for one in _beside(laid, tagged))
    everything = [_without_headings(text, paragraphs, one) for one in read]
    tagged = [one for one in everything if one.content]
    taken = sorted(span for one in tagged for role in (one.source, one.cue, one.content) for span in role)
    snapped = [_without_narration(text, _snapped(text, one.content, inside, taken), inside) for one in tagged]
    pairs = [
        (one, content)
        for one, content in zip(tagged, snapped, strict=True)
        if any(WORD.search(text, *span) for span in content)
    ]
    found = [Relation(one.source, one.cue, content, "tagger", one.confidence) for one, content in pairs if one.cue]
    found = _without_false_sharing(text, found)
    found += [Relation((one.source,), (one.cue,), (one.content,), one.found_by, -1.0) for one in laid]
    bare = [one for one in everything if not one.content]
    said = merged(span for r in found for span in r.content)
    found += [
        Relation(source, (cue,), (paragraph,), "introduction", -1.0)
        for source, cue, paragraph in introduced(text, paragraphs, bare, said)
    ]
    begun = {one.cue for one in bare} - {r.cue for r in found}
    said = merged(span for r in found for span in r.content)
    found += [
        Relation(one.source, one.cue, content, "complement", -1.0)
        for one, content in complements(text, quotations, [one for one in bare if one.cue in begun], said)
    ]
    said = merged(span for r in found for span in r.content)
    pairs = [(one, content) for one, content in pairs if one.cue or not any(overlapping(s, said) for s in content)]
    claimed = merged(span for content in (*snapped, *(r.content for r in found)) for span in content)
    # what nobody says, in no quotation marks, would tell a reader nothing
    loose: list[tuple[tuple[Span, ...], float | None]] = [
        (content, one.confidence)
        for one, content in pairs
        if not one.cue and any(overlapping(span, inside) for span in content)
    ]
    loose += [(quote.spans, None) for quote in _unclaimed(text, quotations, claimed)]
    found += _without_a_cue(text, paragraphs, inside, found, loose)
    order = sorted(range(len(found)), key=lambda i: (found[i].content[0], i))
    place = {i: k for k, i in enumerate(order)}
    return [r if r.continues is None else r._replace(continues=place[r.continues]) for r in (found[i] for i in order)]


def _in_one_sentence(text: str, one: Tagged) -> Tagged:
    """Return what was tagged with a source that does not go over a sentence's border: its part on the cue's side.

    Between "said Tobin Lark. Mira Voss denied it", the tagger at times takes both for one.
    """
    if not one.cue:
        return one
    kept = []
    for span in one.source:
        ends = [m.span() for m in _BORDERS.finditer(text, *span)]
        if ends and one.cue[0].start >= span.end:
            span = Span(ends[-1][1], span.end)
        elif ends:
            span = Span(span.start, ends[0][0])
        if span.start < span.end:
            kept.append(span)
    return one._replace(source=tuple(kept))


def _without_headings(text: str, paragraphs: Sequence[Span], one: Tagged) -> Tagged:
    """Return what was tagged without a source in a heading: a line that ends in no mark, with nothing else of it.

    Of the sources that people marked in PolNeAR's dev part none stands in such a line; labels are read by the layout.
    Where no other is left, the few words that a sentence has before the cue are the source.
    """
    if not one.cue:
        return one
    starts = [p.start for p in paragraphs]
    own = {containing(starts, span.start) for role in (one.cue, one.content) for span in role}
    kept = []
    for span in one.source:
        at = containing(starts, span.start)
        if at in own or _LAST_MARK.search(text, *paragraphs[at]):
            kept.append(span)
    if one.source and not kept:
        cue = one.cue[0].start
        begin = paragraphs[containing(starts, cue)].start
        subject = trimmed(text, max((m.end() for m in SENTENCE_ENDS.finditer(text, begin, cue)), default=begin), cue)
        others = [s for s in one.content if s.start < cue and s.end > subject.start]
        if 0 < len(text[slice(*subject)].split()) <= _SUBJECT and not others:
            kept = [subject]
    return one._replace(source=tuple(kept))


def _beside(laid: Sequence[LaidOut], tagged: Iterable[Tagged]) -> list[Tagged]:
    """Return what the tagger found without what the layout says of the same stretches.

    What is said inside such a stretch stays; what somebody outside is said to say ends where it begins.
    """
    cues = sorted(own.cue for own in laid)
    stretches = merged((min(own.source.start, own.content.start), max(own.source.end, own.content.end)) for own in laid)
    kept = []
    for one in tagged:
        if any(overlapping(cue, cues) for cue in one.cue):
            continue
        home = overlapping(one.cue[0], stretches) if one.cue else []
        others = [[s for s in overlapping(part, stretches) if s not in home] for part in one.content]
        left = tuple(rest for part, own in zip(one.content, others, strict=True) for rest in without(part, own))
        if left or not one.content:
            kept.append(one._replace(content=left))
    return kept


def _snapped(text: str, content: Sequence[Span], inside: Sequence[Span], taken: Sequence[Span]) -> tuple[Span, ...]:
    """Return a content that takes the whole of each quotation of which it covers most, and no one else's words."""
    parts = list(content)
    for part in content:
        for quote in overlapping(part, inside):
            shared = min(part.end, quote.end) - max(part.start, quote.start)
            if shared >= _SNAPPED * (quote.end - quote.start):
                others = [s for s in overlapping(quote, taken) if s not in content]
                parts += without(quote, others)
    joined: list[Span] = []
    for part in merged(parts):
        # what is parted by marks and spaces alone is one fragment
        if (
            joined
            and "\n" not in text[joined[-1].end : part.start]
            and not WORD.search(text, joined[-1].end, part.start)
        ):
            joined[-1] = Span(joined[-1].start, part.end)
        else:
            joined.append(part)
    return tuple(p for p in (trimmed(text, *p) for p in joined) if p.start < p.end)


def _without_narration(text: str, content: tuple[Span, ...], inside: Sequence[Span]) -> tuple[Span, ...]:
    """Return a content without what only goes on with the sentence: "“Late,” she said, and the train came in"."""
    ends = (i for i, s in enumerate(content) if overlapping(s, inside) and _GOES_ON.search(text[slice(*s)]))
    first = next(ends, len(content))
    return tuple(
        s for i, s in enumerate(content) if i <= first or overlapping(s, inside) or _SUBORDINATE.match(text, *s)
    )


def _without_false_sharing(text: str, found: Sequence[Relation]) -> list[Relation]:
    """Return the relations; an impersonal cue keeps its source only where it shares it with no other."""
    uses = Counter(r.source for r in found)
    return [
        r._replace(source=()) if uses[r.source] > 1 and _IMPERSONAL.match(text, r.cue[0].start, r.cue[-1].end) else r
        for r in found
    ]


def _unclaimed(text: str, quotations: Sequence[Quote], claimed: Sequence[Span]) -> list[Quote]:
    """Return the quotations, of a few words at least, that no content touches."""
    return [
        quote
        for quote in quotations
        if sum(1 for s in quote.spans for _ in WORD.finditer(text, *s)) >= _SHORTEST_QUOTE
        and not any(overlapping(s, claimed) for s in quote.spans)
    ]


def _without_a_cue(
    text: str,
    paragraphs: Sequence[Span],
    inside: Sequence[Span],
    found: Sequence[Relation],
    loose: Iterable[tuple[tuple[Span, ...], float | None]],
) -> list[Relation]:
    """Return relations for contents without a cue: (spans, the tagger's confidence if it has one).

    A quotation goes on with the speaker before it where its own paragraph has one, or has nothing
    but quotations. `confidence` is left negative where only what was measured can tell.
    """
    ends = sorted((max(s.end for s in (*r.content, *r.cue)), i) for i, r in enumerate(found))
    starts = [p.start for p in paragraphs]
    out: list[Relation] = []
    for content, confidence in loose:
        sure = -1.0 if confidence is None else confidence
        start = content[0].start
        paragraph = paragraphs[containing(starts, start)]
        before = bisect_right(ends, (start, len(found)))
        end, speaker = ends[before - 1] if before else (-1, -1)
        bare = without(paragraph, overlapping(paragraph, inside))
        alone = not any(WORD.search(text, *piece) for piece in bare)
        if before and (end > paragraph.start or alone):
            out.append(Relation((), (), content, "quotation goes on", sure, speaker))
        else:
            out.append(Relation((), (), content, "quotation alone", sure))
    return out
