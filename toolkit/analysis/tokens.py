"""Which words stand where, and in whose voice? What every count of words begins with."""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
import pandas as pd

from toolkit.analysis.voices import AUTHOR, UNIDENTIFIED
from toolkit.tables import Tables

# The words of toolkit.source.segment.WORD: letters and digits, one of these marks between two of them included.
_JOINING = "’'.,-"
_APOSTROPHE = str.maketrans("’", "'")
_END_OF_UNICODE = 0x110000
_BASE = 0x9E3779B97F4A7C15  # odd, its bits well mixed
_BLOCK = 1 << 14  # words at a time: as much as a processor keeps at hand
_AUTHORS = -1  # the place of an attribution for words that are in none


def tokens(tables: Tables) -> pd.DataFrame:
    """Return one row per word of the documents, in reading order; made once for a set of tables.

    Columns: doc_id, sentence_id, part, start, end, word (in lower case, with a straight apostrophe),
    attribution_id (the innermost statement that the word begins in; missing where the author speaks),
    voice (author, an actor_id, or unidentified), name, kind (author, named, unnamed, unidentified)
    and mode (missing for the author). All but the offsets are categorical.

    >>> import toolkit as tk
    >>> tk.tokens(tk.read(tk.sample()))[["word", "name", "start"]].head(2).values.tolist()
    [['where', 'the author', 0], ['will', 'the author', 6]]
    """
    frame: pd.DataFrame = tables.once(_tokens)
    return frame


def _tokens(tables: Tables) -> pd.DataFrame:
    documents, sentences, relations = tables.documents, tables.sentences, tables.attributions
    begins = dict(zip(documents["doc_id"], _begins(documents["text"]), strict=True))
    whole = "\n".join(documents["text"])
    points = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32)
    starts, ends = spans_of_words(points)
    places = np.fromiter(begins.values(), np.int64, len(begins))
    document = np.searchsorted(places, starts, "right") - 1
    sentence_starts = sentences["start"].to_numpy() + _begin(sentences, begins)
    in_order = np.argsort(sentence_starts, kind="stable")
    sentence = in_order[np.searchsorted(sentence_starts[in_order], starts, "right") - 1]
    owner = _owners(tables, begins, starts)
    voice, voices = pd.factorize(relations["actor_id"].fillna(UNIDENTIFIED).to_numpy(object))
    named = pd.Series(tables.actors["name"].to_numpy(object), index=tables.actors["actor_id"])
    names = ["unidentified speakers" if v == UNIDENTIFIED else named[v] for v in voices]
    kind, kinds = pd.factorize(relations["source_kind"].fillna(UNIDENTIFIED).to_numpy(object))
    return pd.DataFrame(
        {
            "doc_id": _categories(document, documents["doc_id"]),
            "sentence_id": _categories(sentence, sentences["sentence_id"]),
            "part": _factorized(sentences["part"], sentence),
            "start": starts - places[document],
            "end": ends - places[document],
            "word": _words(whole, points, starts, ends),
            "attribution_id": _categories(owner, relations["attribution_id"]),
            "voice": _of_voices(voice, voices, owner, AUTHOR),
            "name": _of_voices(voice, names, owner, "the author"),
            "kind": _of_voices(kind, kinds, owner, AUTHOR),
            "mode": _factorized(relations["mode"], owner),
        }
    )


def spans_of_words(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where the words of a text, given as code points, start and where they end, all at once.

    >>> [s.tolist() for s in spans_of_words(np.array([ord(c) for c in "It’s 12,000 – no more."]))]
    [[0, 5, 14, 17], [4, 11, 16, 21]]
    """
    letters = np.zeros(_END_OF_UNICODE, bool)
    letters[[c for c in _different(points) if chr(c).isalnum() or chr(c) == "_"]] = True
    inside = np.zeros(len(points) + 2, bool)
    inside[1:-1] = letters[points]
    joining = np.zeros(_END_OF_UNICODE, bool)
    joining[[ord(mark) for mark in _JOINING]] = True
    joined = joining[points] & inside[:-2] & inside[2:]
    inside[1:-1] |= joined
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[::2], edges[1::2]


def _begins(texts: "pd.Series[str]") -> np.ndarray:
    lengths = texts.str.len().to_numpy(np.int64) + 1  # one for what parts two texts
    return np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else np.zeros(0, np.int64)


def _begin(rows: pd.DataFrame, begins: dict[str, int]) -> np.ndarray:
    """Return where the document of every row begins among all texts."""
    return np.fromiter((begins[doc_id] for doc_id in rows["doc_id"]), np.int64, len(rows))


def _owners(tables: Tables, begins: dict[str, int], starts: np.ndarray) -> np.ndarray:
    """Return the place of the attribution that each word is in: the longest are painted first."""
    spans = tables.attribution_spans[tables.attribution_spans["role"] == "content"]
    spans = spans.assign(length=spans["start"] - spans["end"]).sort_values(
        ["length", "attribution_id"], ascending=[True, False], kind="stable"
    )
    place = pd.Series(np.arange(len(tables.attributions)), index=tables.attributions["attribution_id"])
    begin = _begin(spans, begins)
    first = np.searchsorted(starts, begin + spans["start"].to_numpy(np.int64))
    after = np.searchsorted(starts, begin + spans["end"].to_numpy(np.int64))
    owner = np.full(len(starts), _AUTHORS)
    for a, z, at in zip(first.tolist(), after.tolist(), place[spans["attribution_id"]].tolist(), strict=True):
        owner[a:z] = at
    return owner


def _words(whole: str, points: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> pd.Categorical:
    """Return the words in lower case, told apart by 64 bits of their letters: no string is made but one for each.

    A word's number is the sum of its letters' numbers, each times a power of an odd number by its
    place, all modulo 2^64. Two of a million different words share one with a chance of one in 10^7.
    """
    number = np.zeros(_END_OF_UNICODE, np.uint64)
    for c in _different(points):
        lower = chr(c).lower().translate(_APOSTROPHE)
        number[c] = int.from_bytes(blake2b(lower.encode("utf-8", "surrogatepass"), digest_size=8).digest())
    keys = np.zeros(len(starts), np.uint64)
    blocks = [slice(i, min(i + _BLOCK, len(starts))) for i in range(0, len(starts), _BLOCK)]
    longest = max((ends[own][-1] - starts[own][0] for own in blocks), default=0)
    powers = np.full(longest + 1, _BASE, np.uint64)
    powers[0] = 1
    powers = np.cumprod(powers, dtype=np.uint64)
    for own in blocks:
        a, z = starts[own][0], ends[own][-1]
        sums = np.zeros(z - a + 1, np.uint64)
        np.cumsum(number[points[a:z]] * powers[: z - a], out=sums[1:])
        # from places in the block to places in the word: every word is brought forward to the same place
        keys[own] = (sums[ends[own] - a] - sums[starts[own] - a]) * powers[longest - (starts[own] - a)]
    code, kinds = pd.factorize(keys)
    first = np.zeros(len(kinds), np.int64)
    first[code[::-1]] = np.arange(len(code))[::-1]
    forms = [
        whole[a:z].lower().translate(_APOSTROPHE)
        for a, z in zip(*(at[first].tolist() for at in (starts, ends)), strict=True)
    ]
    of_form, words = pd.factorize(pd.Series(forms, dtype=object))
    return _categories(of_form[code] if len(code) else code, words)


def _different(points: np.ndarray) -> list[int]:
    """Return the code points that a text is made of, each once."""
    there = np.zeros(_END_OF_UNICODE, bool)
    there[points] = True
    found: list[int] = np.flatnonzero(there).tolist()
    return found


def _of_voices(code: np.ndarray, labels: Iterable[str], owner: np.ndarray, author: str) -> pd.Categorical:
    """Return the labels of the words' attributions, the author's where a word is in none."""
    of_label, names = pd.factorize(pd.Series([*labels, author], dtype=object))
    return _categories(of_label[np.append(code, len(of_label) - 1)[owner]], names)


def _factorized(values: "pd.Series[str]", at: np.ndarray) -> pd.Categorical:
    """Return the values that stand at these places, none for -1."""
    codes, labels = pd.factorize(values.to_numpy(object))
    return _categories(np.append(codes, -1)[at], labels)


def _categories(codes: np.ndarray, labels: Iterable[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(labels, dtype="str"))
