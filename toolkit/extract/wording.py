"""Wording: one row per hedge, booster, evidential, charged term or scare quote, with who uses it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from toolkit import codebook
from toolkit.codebook.phrases import Found, Token, tokens
from toolkit.source.quotes import quotes
from toolkit.spans import Overlaps, Span, containing, innermost, overlapping
from toolkit.tables import conform
from toolkit.tables.contracts import WORDING
from toolkit.tables.reading import by_document, paragraphs

SCARE = "scare quotes"
_PLAIN = "plain"
_MOST = 4  # words in quotation marks that may keep their distance from a term
_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
_MARKS = "“”„«»‟‘’\"'`"
# After these, words in marks are a name, a word as a word, or somebody's utterance.
_NAMES_OR_SPEAKS = codebook.small("naming or speaking")
# Before words in marks within a content, these make them a term set apart, not a part of the utterance.
_BEFORE_A_TERM = codebook.small("before a term")


class _Use(NamedTuple):
    start: int
    end: int
    term: str
    kind: str


def wording(documents: pd.DataFrame, sentences: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Return one row per listed term and scare quote of headlines and bodies, in reading order."""
    rows: list[dict[str, object]] = []
    own_sentences = by_document(sentences[sentences["part"].isin(["headline", "body"])])
    own_contents = by_document(spans[spans["role"] == "content"])
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        parts = paragraphs(own_sentences.get(doc_id, []))
        contents = sorted((c.start, c.end, c.attribution_id) for c in own_contents.get(doc_id, []))
        spoken = Overlaps((start, end) for start, end, _ in contents)
        quoted = sorted(span for quote in quotes(text, parts) for span in quote.spans)
        for part in parts:
            over = [contents[i] for i in spoken(part)]
            voices = innermost(part, over)
            begins = [s.start for s, _ in voices]
            here = overlapping(part, quoted)
            scare = list(_scare_quotes(text, here, over))
            apart = [Span(s.start, s.end) for s in scare]
            within = Overlaps(apart)
            terms = [
                t
                for t in _terms(text, part)
                if not any(apart[i].start <= t.start and t.end <= apart[i].end for i in within((t.start, t.end)))
            ]
            for use in sorted([*scare, *terms]):
                voice = voices[containing(begins, use.start)][1]
                inside = any(s.start < use.start and use.end <= s.end for s in overlapping((use.start, use.end), here))
                rows.append(
                    {
                        "wording_id": f"{doc_id}/w/{use.start}-{use.end}-{use.kind.replace(' ', '-')}",
                        "doc_id": doc_id,
                        "start": use.start,
                        "end": use.end,
                        "term": use.term,
                        "class": use.kind,
                        "voice": voice,
                        "quoted": inside or (use.kind == SCARE and text[use.start] in _MARKS),
                    }
                )
    return conform(pd.DataFrame(rows), WORDING)


def _terms(text: str, part: Span) -> Iterator[_Use]:
    """Yield the listed terms; those of one class that stand side by side are one ("puppet regime")."""
    words = tokens(text, *part)
    first, last, kind = 0, 0, _PLAIN
    for found in [*codebook.wording().find([token.word for token in words]), Found(len(words), len(words), _PLAIN)]:
        if found.first == last and found.entry == kind and kind != _PLAIN:
            last = found.last
            continue
        if kind != _PLAIN and not _is_a_name(text, words, first):
            own = words[first:last]
            yield _Use(own[0].start, own[-1].end, " ".join(token.word for token in own), kind)
        first, last, kind = found


def _is_a_name(text: str, words: Sequence[Token], at: int) -> bool:
    """Return whether a term is part of a name: capital letters at it and beside it, not at the beginning."""

    def capital(i: int) -> bool:
        return 0 <= i < len(words) and text[words[i].start].isupper()

    starts = at == 0 or words[at - 1].word in {".", "?", "!", "“", '"', ":"}
    return capital(at) and not starts and (capital(at - 1) or capital(at + 1))


def _scare_quotes(text: str, quoted: Sequence[Span], contents: Sequence[tuple[int, int, str]]) -> Iterator[_Use]:
    """Yield what stands in marks as a term, in the author's words or within an indirect content."""
    spoken = Overlaps((start, end) for start, end, _ in contents)
    for span in quoted:
        inside = text[slice(*span)].strip(_MARKS)
        words = _WORD.findall(inside)
        if not 1 <= len(words) <= _MOST or inside.rstrip()[-1:] in set(".,!?…;"):
            continue
        ahead = text[max(0, span.start - 60) : span.start].rstrip()[-1:]
        begins = ahead in ("", *".!?")
        if all(word[0].isupper() for word in words) and not (begins and len(words) == 1):
            continue
        before = [m[0].lower() for m in _WORD.finditer(text, max(0, span.start - 60), span.start)]
        if set(before[-2:]) & _NAMES_OR_SPEAKS or ahead in {":", ","}:
            continue
        covering = [contents[i] for i in spoken(span)]
        whole = any(c[0] >= span.start and c[1] <= span.end for c in covering)
        if whole or (covering and not set(before[-1:]) & _BEFORE_A_TERM):
            continue
        yield _Use(span.start, span.end, " ".join(words).lower(), SCARE)
