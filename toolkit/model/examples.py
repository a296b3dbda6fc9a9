"""What the tagger learns from: annotated documents as words with fragments, links and names."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from toolkit.model import augment
from toolkit.model.tags import ROLES, Fragment, tagged
from toolkit.model.words import Words, words
from toolkit.source.passages import Annotated
from toolkit.source.quotes import quotes
from toolkit.source.segment import layout

_ENTITY_KINDS = {"person": 0, "organization": 1, "place": 2}
_SMALL = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "de",
        "la",
        "le",
        "du",
        "van",
        "von",
        "der",
        "al",
        "el",
        "bin",
        "ibn",
        "&",
        "to",
        "at",
    ]
)
_TOKEN = re.compile(r"\w+(?:[.'’&-]\w+)*\.?|&")


@dataclass(frozen=True)
class Example:
    """Words of a text with what they carry.

    tags: per word, index in TAGS. name_tags: the same in NAME_TAGS, None where nobody looked for
    names. fragments, and by their places in the list for each source or content its cue, and for
    each cue its source; several cues may share one, and it is given to the first.
    """

    words: Words
    tags: np.ndarray
    name_tags: np.ndarray | None
    fragments: list[Fragment]
    cue_of: dict[int, int]
    source_of: dict[int, int]


def corpus(path: Path) -> list[Annotated]:
    """Return the documents of a corpus in the form of the project (JSON Lines)."""
    with path.open(encoding="utf-8") as lines:
        return [annotated(json.loads(line)) for line in lines]


def annotated(document: dict[str, Any]) -> Annotated:
    """Return a document of a corpus with its attributions and, where it has mentions, its names."""
    found = [
        {role: [(a, b) for a, b in attribution[role]] for role in ROLES} for attribution in document["attributions"]
    ]
    names = proper_names(document) if "mentions" in document else None
    return Annotated(document["text"], found, names)


def proper_names(document: dict[str, Any]) -> list[tuple[int, tuple[int, int]]]:
    """Return the (kind, span) of mentions of persons, organizations and places that are proper names.

    A name is a mention of which, but for a leading article and small words such as "of", each word
    begins with a capital letter. Where it is a single word that opens a sentence, the corpus must
    give its Wikipedia identity, or the word must stand with a capital elsewhere in the text. Of
    names inside names the longest is taken; a possessive ending is no part of a name.
    """
    text: str = document["text"]
    opens = {start for start, _ in document["sentences"]}
    found: list[tuple[int, tuple[int, int]]] = []
    for mention in document["mentions"]:
        if mention["type"] not in _ENTITY_KINDS:
            continue
        start, end = mention["span"]
        written = text[start:end]
        article = re.match(r"(?:the|a|an)\s+(?=[A-Z])", written, re.IGNORECASE)
        at = start + (article.end() if article else 0)
        stop = start + len(re.sub(r"(?:['’]s?|\s+)\Z", "", written))
        tokens = _TOKEN.findall(text[at:stop])
        if not tokens or not (tokens[0][0].isupper() and (tokens[-1][0].isupper() or tokens[-1][0].isdigit())):
            continue
        if not all(t[0].isupper() or t[0].isdigit() or t.lower() in _SMALL for t in tokens) or "\n" in text[at:stop]:
            continue
        if tokens == ["I"] or (len(tokens) == 1 and tokens[0].lower() in _PRONOUNS):
            continue
        alone = len(tokens) == 1 and at in opens and not mention["identity"]
        if alone and not re.search(rf"[a-z,;] {re.escape(tokens[0])}\b", text):
            continue
        found.append((_ENTITY_KINDS[mention["type"]], (at, stop)))
    found.sort(key=lambda n: (n[1][0] - n[1][1], n[1][0]))
    kept: list[tuple[int, tuple[int, int]]] = []
    for kind, (a, b) in found:
        if all(b <= c or d <= a for _, (c, d) in kept):
            kept.append((kind, (a, b)))
    return sorted(kept, key=lambda n: n[1])


_PRONOUNS = frozenset(
    [
        "i",
        "he",
        "she",
        "it",
        "we",
        "you",
        "they",
        "him",
        "her",
        "them",
        "us",
        "me",
        "his",
        "hers",
        "its",
        "our",
        "ours",
        "their",
        "theirs",
        "your",
        "yours",
        "my",
        "mine",
        "who",
        "whom",
        "whose",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
    ]
)


def varied(document: Annotated, names: list[str], rng: random.Random) -> Annotated:
    """Return a document as it might have been: see `augment`."""
    text, relations, kinds = document.text, document.attributions, document.names
    if rng.random() < 0.35:
        replacements = augment.other_names(text, names, rng)
        groups = [spans for r in relations for spans in r.values()] + [[span] for _, span in kinds or []]
        text, groups = augment.replaced(text, replacements, groups)
        moved = iter(groups)
        relations = [{role: next(moved) for role in r} for r in relations]
        kinds = None if kinds is None else [(kind, next(moved)[0]) for kind, _ in kinds]
    if rng.random() < 0.3:
        text = augment.quotation_marks(text, rng)
    if rng.random() < 0.06:
        text = augment.capitals(text, rng)
    return Annotated(text, relations, kinds)


def example(document: Annotated, reader: Tokenizer) -> Example:
    """Return a document as the tagger reads it, with the fragments and links of its words.

    Of fragments that overlap, which the tagger cannot express, the longer attribution's are taken.
    """
    parts = layout(document.text)
    paragraphs = sorted(p for p in (parts.headline, parts.byline, *parts.paragraphs) if p)
    quoted = sorted(span for quote in quotes(document.text, paragraphs) for span in quote.spans)
    read = words(reader, document.text, paragraphs, quoted)
    taken = np.zeros(len(read), bool)
    found: list[Fragment] = []
    cue_of: dict[int, int] = {}
    source_of: dict[int, int] = {}
    for relation in sorted(document.attributions, key=lambda r: -sum(b - a for a, b in r["content"])):
        own: dict[int, list[int]] = {0: [], 1: [], 2: []}
        for label, role in enumerate(ROLES):
            for start, end in relation[role]:
                fragment = _fragment(document.text, read, label, start, end)
                if label == 0 and fragment in found:
                    own[label].append(found.index(fragment))
                    continue
                if fragment is None or taken[fragment.first : fragment.last + 1].any():
                    continue
                taken[fragment.first : fragment.last + 1] = True
                own[label].append(len(found))
                found.append(fragment)
        if own[1]:
            cue_of = dict.fromkeys(own[0] + own[2], own[1][0]) | cue_of
            if own[0]:
                source_of[own[1][0]] = own[0][-1]
    name_tags = None
    if document.names is not None:
        marked = (_fragment(document.text, read, kind, a, b) for kind, (a, b) in document.names)
        name_tags = tagged([f for f in marked if f is not None], len(read))
    return Example(read, tagged(found, len(read)), name_tags, found, cue_of, source_of)


def _fragment(text: str, read: Words, label: int, start: int, end: int) -> Fragment | None:
    """Return the words that a span touches, without the stops at its end."""
    first = int(np.searchsorted(read.end, start, side="right"))
    last = int(np.searchsorted(read.start, end, side="left")) - 1
    while last > first and text[read.start[last] : read.end[last]] in {",", ".", ";", ":", "-", "–", "—"}:
        last -= 1
    while first < last and text[read.start[first] : read.end[first]] in {",", ".", ";", ":", "-", "–", "—"}:
        first += 1
    return Fragment(label, first, last) if first <= last else None


def windows(whole: Example, size: int, offset: int) -> Iterator[Example]:
    """Yield a document in windows of at most `size` subwords, the first of them `offset` long."""
    total = len(whole.words.ids)
    lengths = np.diff(np.append(whole.words.first, total))
    begin, limit, used = 0, offset, 0
    for i, length in enumerate(lengths.tolist()):
        if used + length > limit and i > begin:
            yield _cut(whole, begin, i)
            begin, limit, used = i, size, 0
        used += length
    if begin < len(whole.words):
        yield _cut(whole, begin, len(whole.words))


def _cut(whole: Example, begin: int, end: int) -> Example:
    w = whole.words
    stop = w.first[end] if end < len(w) else len(w.ids)
    part = slice(begin, end)
    inside = Words(
        w.start[part],
        w.end[part],
        w.first[part] - w.first[begin],
        w.shape[part],
        w.quoted[part],
        w.opens[part],
        w.paragraph[part],
        w.ids[w.first[begin] : stop],
    )
    number: dict[int, int] = {}
    kept: list[Fragment] = []
    for i, f in enumerate(whole.fragments):
        whole_cue = f.label == 1 and begin <= f.first and f.last < end
        if whole_cue or (f.label != 1 and f.last >= begin and f.first < end):
            number[i] = len(kept)
            kept.append(Fragment(f.label, max(f.first, begin) - begin, min(f.last, end - 1) - begin))
    cue_of, source_of = (
        {number[i]: number[k] for i, k in links.items() if i in number and k in number}
        for links in (whole.cue_of, whole.source_of)
    )
    name_tags = None if whole.name_tags is None else whole.name_tags[part]
    return Example(inside, whole.tags[part], name_tags, kept, cue_of, source_of)
