"""What the layout gives away: labels of speakers, signatures behind quotations, paragraphs after a colon."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from toolkit import codebook
from toolkit.model.tagger import Tagged
from toolkit.source.quotes import Quote
from toolkit.spans import Span, overlapping, trimmed

_OPENING = "“\"«„‘'`"
# "VOSS:", "Dr Voss (by telephone):"; words in small letters make a sentence of it
_LABEL = re.compile(
    rf"[{_OPENING}]*(?P<name>[^\W\d_a-z][\w’'.-]*(?:\s[^\W\d_a-z][\w’'.-]*){{0,3}})(?:\s\([^)\n]{{1,30}}\))?(?P<cue>:)\s+(?=\S)"
)
_SIGNATURE = re.compile(r"\s*(?P<cue>[–—―]|--?)\s*(?P<name>[^\W\d_a-z][^\n.:;!?“”\"]{1,60}?)\s*\Z")
_INTRODUCING = re.compile(r"(?P<cue>\w+)\s?:\Z")
_LONGEST_VERB = 20  # characters
_LABELS, _TIMES = 2, 2  # so many different labels, and each so many times: fewer are headings
_WORDS_IN_A_NAME = 6


class LaidOut(NamedTuple):
    """One attribution that the layout gives: its spans, the whole stretch that is its own, and what gave it away."""

    source: Span
    cue: Span
    content: Span
    found_by: str


def laid_out(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quote]) -> list[LaidOut]:
    """Return what labels and signatures say, in order; most texts have neither."""
    return sorted(_labelled(text, paragraphs) + _signed(text, paragraphs, quotations), key=lambda one: one.content)


def _labelled(text: str, paragraphs: Sequence[Span]) -> list[LaidOut]:
    matches = [(p, m) for p in paragraphs if (m := _LABEL.match(text, *p))]
    times = Counter(m["name"] for _, m in matches)
    known = {name for name, n in times.items() if n >= _TIMES and len(name) > 1}
    if len(known) < _LABELS:
        return []
    return [
        LaidOut(Span(*m.span("name")), Span(*m.span("cue")), trimmed(text, m.end(), p.end), "label")
        for p, m in matches
        # who asks once in an interview has a label like the others'
        if m["name"] in known or m["name"].isupper()
    ]


def _signed(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quote]) -> list[LaidOut]:
    starts = {quote.spans[0].start: quote.spans[0] for quote in quotations}
    found = []
    for paragraph in paragraphs:
        quote = starts.get(paragraph.start)
        signature = _SIGNATURE.match(text, quote.end, paragraph.end) if quote else None
        if quote and signature and len(signature["name"].split()) <= _WORDS_IN_A_NAME:
            found.append(LaidOut(Span(*signature.span("name")), Span(*signature.span("cue")), quote, "signature"))
    return found


def introduced(
    text: str, paragraphs: Sequence[Span], bare: Sequence[Tagged], claimed: Sequence[Span]
) -> list[tuple[tuple[Span, ...], Span, Span]]:
    """Return each paragraph that a verb of saying and a colon introduce: (source, cue, paragraph).

    The verb ends the paragraph before. `bare` are the tagger's cues that have no content; a paragraph of which
    others claim words is none.
    """
    found = []
    for before, paragraph in zip(paragraphs, paragraphs[1:], strict=False):
        verb = _INTRODUCING.search(text, max(before.start, before.end - _LONGEST_VERB), before.end)
        if verb and verb["cue"].lower() in codebook.cues() and not overlapping(paragraph, claimed):
            cue = Span(*verb.span("cue"))
            known = next((one for one in bare if overlapping(cue, one.cue)), None)
            found.append((known.source if known else (), known.cue[0] if known else cue, paragraph))
    return found
