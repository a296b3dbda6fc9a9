"""Text as the tagger reads it: words, their subwords, and what can be seen of each word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from toolkit.spans import Span

SHAPES = ("lower", "title", "upper", "letter", "digits", "mark", "mixed", "other")
_PIECE = 8_000  # characters that are tokenized at once: a paragraph may have ten million
_SENTENCE_END = re.compile(r"(?<=[.!?…])[”’\"')\]]*\s")
_SPACE = re.compile(r"\s")
Ints = np.ndarray


@dataclass(frozen=True)
class Words:
    """The words of one document, in order; all arrays but `ids` have one entry a word.

    start, end: offsets in the text. first: index in `ids` of the word's first subword.
    shape: index in SHAPES. quoted: 1 inside quotation marks. opens: 1 where a paragraph begins.
    paragraph: number of the word's paragraph. ids: all subwords, in the tokenizer's numbers.
    """

    start: Ints
    end: Ints
    first: Ints
    shape: Ints
    quoted: Ints
    opens: Ints
    paragraph: Ints
    ids: Ints

    def __len__(self) -> int:
        return len(self.start)


def tokenizer(path: Path) -> Tokenizer:
    """Return the tokenizer of a file as the tagger needs it: nothing cut off, nothing filled up."""
    loaded = Tokenizer.from_file(str(path))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def words(reader: Tokenizer, text: str, paragraphs: Sequence[Span], quoted: Sequence[Span]) -> Words:
    """Return the words of a text's paragraphs; `quoted` are the spans inside quotation marks, in order."""
    parts = [(piece, number) for number, paragraph in enumerate(paragraphs) for piece in pieces(text, paragraph)]
    ids, first, start, end, number_of = [], [], [], [], []
    at = 0
    encoded = reader.encode_batch([text[slice(*piece)] for piece, _ in parts], add_special_tokens=False)
    for (piece, number), found in zip(parts, encoded, strict=True):
        if not found.ids:
            continue
        of_word = np.array(found.word_ids)
        offsets = np.array(found.offsets)
        begins = np.flatnonzero(np.diff(of_word, prepend=-1))
        ends = np.append(begins[1:], len(of_word)) - 1
        ids.append(np.array(found.ids))
        first.append(begins + at)
        start.append(offsets[begins, 0] + piece.start)
        end.append(offsets[ends, 1] + piece.start)
        number_of.append(np.full(len(begins), number))
        at += len(of_word)
    joined = [np.concatenate(part) if part else np.zeros(0, int) for part in (start, end, first, number_of, ids)]
    starts, ends, firsts, numbers, all_ids = joined
    inside = np.zeros(len(starts), int)
    for span in quoted:
        inside[np.searchsorted(starts, span.start) : np.searchsorted(starts, span.end)] = 1
    shapes = [_shape(text[a:b]) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    opens = (np.diff(numbers, prepend=-1) != 0).astype(int)
    return Words(starts, ends, firsts, np.array(shapes, int), inside, opens, numbers, all_ids)


def pieces(text: str, span: Span, size: int = _PIECE) -> list[Span]:
    """Return a stretch in pieces of about so many characters, which end with a sentence, or else at a space."""
    found, start = [], span.start
    while span.end - start > size:
        near = start + size, min(start + 2 * size, span.end)
        end = _SENTENCE_END.search(text, *near) or _SPACE.search(text, *near)
        cut = end.end() - 1 if end else start + size
        found.append(Span(start, cut))
        start = cut
    return [*found, Span(start, span.end)]


@lru_cache(maxsize=100_000)
def _shape(word: str) -> int:
    if word.isalpha():
        if len(word) == 1:
            name = "letter" if word.isupper() else "lower" if word.islower() else "other"
        elif word.isupper():
            name = "upper"
        elif word[0].isupper():
            name = "title" if word[1:].islower() else "mixed"
        else:
            name = "lower" if word.islower() else "mixed" if word.lower() != word else "other"
    elif word.isdigit():
        name = "digits"
    else:
        name = "mark" if not any(c.isalnum() for c in word) else "mixed"
    return SHAPES.index(name)
