"""A text as the rules read it: quotations and brackets blotted out, sentences as units."""

import re
from collections.abc import Iterable, Sequence

from toolkit import codebook
from toolkit.extract.attributions.quotes import Quote
from toolkit.spans import Span

QUOTED, ASIDE = "\ue000", "\ue001"  # stand for each character inside quotation marks, and in brackets
TOKEN = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
CAPITALISED = r"[^\W\d_a-z][\w.’'-]*"
FINAL = " \t\n.,;:!?–—-" + ASIDE  # what may stand at the end of a phrase and is no part of it


def masked(text: str, found: Iterable[Quote]) -> str:
    """Return the text, of the same length, with quotations and brackets blotted out."""
    letters = list(re.sub(r"\([^()\n]{0,300}\)", lambda m: ASIDE * len(m[0]), text))
    for quote in found:
        for start, end in quote.spans:
            letters[start:end] = QUOTED * (end - start)
    return "".join(letters)


def units(sentences: Sequence[Span], found: Sequence[Quote], blotted: str) -> list[Span]:
    """Return the sentences as the rules read them.

    Those are joined that one fragment of a quotation runs through, and a quotation that ends in
    ? or ! with the short "... asked" behind it; two quotations side by side are parted.
    """
    inside = [span for quote in found for span in quote.spans]
    apart = re.compile(r"[.!?]?\s+")
    cuts = {b.start for a, b in zip(inside, inside[1:], strict=False) if apart.fullmatch(blotted, a.end, b.start)}
    joined: list[Span] = []
    at = 0
    for sentence in sentences:
        while at < len(inside) and inside[at].end <= sentence.start:
            at += 1
        broken = joined and at < len(inside) and inside[at].start < joined[-1].end and inside[at].end > sentence.start
        if broken or (joined and _tells_who_asked(joined[-1], sentence, blotted)):
            joined[-1] = Span(joined[-1].start, sentence.end)
        else:
            joined.append(sentence)
    return [piece for unit in joined for piece in _cut(unit, cuts)]


def _tells_who_asked(before: Span, sentence: Span, blotted: str) -> bool:
    between = blotted[before.end : sentence.start]
    if not blotted[before.start : before.end].endswith(QUOTED) or "\n" in between:
        return False
    words = TOKEN.findall(blotted, *sentence)
    cues = [w for w in words if w.lower() in codebook.cues()]
    return len(words) <= 12 and len(cues) == 1 and QUOTED not in blotted[slice(*sentence)]


def _cut(unit: Span, cuts: set[int]) -> list[Span]:
    edges = [unit.start, *sorted(c for c in cuts if unit.start < c < unit.end), unit.end]
    return [Span(a, b) for a, b in zip(edges, edges[1:], strict=False)]
