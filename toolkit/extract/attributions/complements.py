"""What stands right behind a cue of which the tagger found no content: a quotation, or a clause."""

import re
from collections.abc import Sequence

from toolkit.model.tagger import Tagged
from toolkit.source.quotes import Quote
from toolkit.source.segment import WORD
from toolkit.spans import Span, overlapping

_TO_A_QUOTATION = re.compile(r"[\s,:\]]*(?:\s(?:that|if|whether)\s+)?", re.IGNORECASE)
# "asked me if", "told reporters that": who is told need not be part of the cue
_TO_A_CLAUSE = re.compile(
    r"\s+(?:(?:me|you|him|her|us|them|\w+sel(?:f|ves)|people|everyone|reporters|journalists)\s+)?"
    r"(?=(?:that|if|whether|how|why|what|when|where|who)\s)",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"[.?!;](?=[\s\"”’')\]]|\Z)|\n|\s[–—]\s|,?\sbut\s|\Z")
_FEWEST_WORDS = 3  # "asked why" has no clause, "called “home”" no quotation


def complements(
    text: str, quotations: Sequence[Quote], bare: Sequence[Tagged], claimed: Sequence[Span]
) -> list[tuple[Tagged, tuple[Span, ...]]]:
    """Return each cue that is followed by what it governs, with that: a quotation whole, or the rest of the sentence.

    bare: the tagger's cues that have no content. claimed: what others say, in order; none of it is touched.
    """
    starts = {quote.spans[0].start: quote for quote in quotations}
    found = []
    for one in bare:
        to_quotation = _TO_A_QUOTATION.match(text, one.cue[-1].end)
        to_clause = _TO_A_CLAUSE.match(text, one.cue[-1].end)
        if to_quotation and (quote := starts.get(to_quotation.end())):
            content = quote.spans
        elif to_clause and (ends := _CLAUSE_ENDS.search(text, to_clause.end())):
            content = (Span(to_clause.end(), ends.start()),)
        else:
            continue
        words = sum(1 for span in content for _ in WORD.finditer(text, *span))
        if words >= _FEWEST_WORDS and not any(overlapping(span, claimed) for span in content):
            found.append((one, content))
    return found
