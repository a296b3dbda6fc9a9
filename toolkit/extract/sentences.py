"""Sentences: one row per sentence, in the part of the article that it stands in."""

import re
import warnings

import pandas as pd

from toolkit.source.segment import layout
from toolkit.spans import Span, trimmed
from toolkit.tables import conform
from toolkit.tables.contracts import SENTENCES

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pysbd's regular expressions warn when they are first compiled
    from pysbd.lang.english import English
    from pysbd.processor import Processor

# pysbd slows down with the square of the length: longer paragraphs are cut at a likely sentence end.
_PIECE = 4_000
_LIKELY_END = re.compile(r"[.!?…][”’\"')\]]*\s")
# pysbd cuts before the closing mark of some quotations: „Where to? | “ she asks.
_STRAY_MARK = re.compile(r"[”“’‘»«\"'](?=\s|\Z)")
_BEFORE_STOP = re.compile(r"(\w+)\.")


class _English(English):  # type: ignore[misc]
    """pysbd's rules for English."""

    class AbbreviationReplacer(English.AbbreviationReplacer):  # type: ignore[misc]
        """Keeps the full stops of abbreviations. pysbd looks for each of two hundred, whether or not a stop follows."""

        def search_for_abbreviations_in_string(self, text: str) -> str:
            lowered = text.lower()
            stopped = set(_BEFORE_STOP.findall(lowered))
            for word in self.lang.Abbreviation.ABBREVIATIONS:
                if word in stopped or ("." in word and word in lowered):
                    for written in dict.fromkeys(re.findall(rf"(?:^|\s){word}", text, re.IGNORECASE)):
                        text = self.scan_for_replacements(text, written, 0, [])
            return text


def sentences(documents: pd.DataFrame) -> pd.DataFrame:
    """Return one row per sentence of every document, in reading order."""
    rows = []
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        parts = layout(text)
        found: list[tuple[Span, str, int]] = []
        if parts.headline:
            found.append((parts.headline, "headline", 0))
        if parts.byline:
            found.append((parts.byline, "byline", 0))
        for number, paragraph in enumerate(parts.paragraphs, 1):
            start = paragraph.start
            if parts.dateline and parts.dateline.span.start == start:
                found.append((parts.dateline.span, "dateline", 0))
                start = parts.dateline.span.end
            found += [(s, "body", number) for s in _split(text, *trimmed(text, start, paragraph.end))]
        for number, (span, part, paragraph_number) in enumerate(sorted(found), 1):
            rows.append(
                {
                    "sentence_id": f"{doc_id}/s/{span.start}-{span.end}",
                    "doc_id": doc_id,
                    "number": number,
                    "paragraph": paragraph_number,
                    "part": part,
                    "start": span.start,
                    "end": span.end,
                }
            )
    return conform(pd.DataFrame(rows), SENTENCES)


def _split(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    while start < end:
        stop = min(start + _PIECE, end)
        if stop < end:
            likely = [m.end() for m in _LIKELY_END.finditer(text, start, stop)]
            space = text.rfind(" ", start, stop)
            stop = likely[-1] if likely else (space + 1 if space > start else stop)
        spans += _sentences(text, start, stop)
        start = stop
    joined: list[Span] = []
    for span in spans:
        stray = _STRAY_MARK.match(text, *span) if joined else None
        rest = trimmed(text, stray.end(), span.end) if stray else span
        if stray:
            goes_on = rest.start == rest.end or text[rest.start].islower() or text[rest.start] in "–—-"
            joined[-1] = Span(joined[-1].start, span.end if goes_on else stray.end())
        if not stray or not goes_on:
            joined.append(rest)
    return joined


def _sentences(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of a stretch; what pysbd changes beyond recognition stays with its neighbour."""
    at, cuts = start, [start]
    for sentence in Processor(text[start:end], _English).process() or []:
        begin = text.find(sentence.strip(), at, end)
        if begin >= 0 and sentence.strip():
            cuts.append(begin)
            at = begin + len(sentence.strip())
    cuts = [*sorted(set(cuts)), end]
    spans = [trimmed(text, a, b) for a, b in zip(cuts, cuts[1:], strict=False)]
    return [s for s in spans if s.start < s.end]
