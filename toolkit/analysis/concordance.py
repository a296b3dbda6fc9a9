"""Where does a word stand, and between which others?"""

import re

import numpy as np
import pandas as pd

from toolkit.analysis.selection import Voice, chosen
from toolkit.analysis.tokens import tokens
from toolkit.errors import SelectionError, one_line
from toolkit.tables import Tables
from toolkit.tables.contracts import PARTS

COLUMNS = ("doc_id", "sentence", "name", "kind", "mode", "left", "keyword", "right", "place")


def concordance(
    tables: Tables,
    pattern: str,
    *,
    lemma: bool = False,
    regex: bool = False,
    voice: Voice | None = None,
    documents: Voice | None = None,
    width: int = 40,
) -> pd.DataFrame:
    """Return one row per place where a word or a phrase stands, in reading order: its key word in context.

    Headline and byline are searched too, which counts of words leave out.
    Upper and lower case are the same. With `lemma`, words are dictionary forms, and any of their
    inflected forms is found: "ship" finds "ships". With `regex`, each word is a regular expression
    for a whole word: "island.*" finds "islands"; white space parts the words of a phrase.

    Columns: doc_id, sentence (its number), name and kind (whose voice, where the keyword begins), mode
    (missing for the author), left, keyword, right (as written, up to `width` characters on either
    side), place (how far into the text, 0 to 1).

    Raises
    ------
    SelectionError
        When the pattern is none, or a voice or document is not there.

    >>> import toolkit as tk
    >>> found = tk.concordance(tk.read(tk.sample()), "ship", lemma=True, voice="author")
    >>> found.keyword.tolist()
    ['ships', 'ships']
    """
    if not pattern.strip():
        raise SelectionError("an empty pattern finds nothing: give a word, a phrase, or words as regular expressions")
    words = tokens(tables)
    rows = None if voice is None and documents is None else chosen(tables, voice, documents, PARTS)
    codes, sentence = (words[name].array.codes for name in ("word", "sentence_id"))
    own = codes if rows is None else codes[rows]
    for i, part in enumerate(pattern.split()):
        wanted = _matching(words["word"].cat.categories, part, lemma=lemma, regex=regex)
        if not i:
            one = np.flatnonzero(wanted)
            hits = np.flatnonzero(own == one[0] if len(one) == 1 else wanted[own])
            hits = hits if rows is None else rows[hits]
            continue
        # a phrase stands together in one sentence, and in one voice where one is chosen
        hits = hits[hits + i < len(words)]
        hits = hits[wanted[codes[hits + i]] & (sentence[hits + i] == sentence[hits])]
        hits = hits if rows is None else hits[np.isin(hits + i, rows)]
    return _in_context(tables, hits, len(pattern.split()), width)


def _matching(there: "pd.Index[str]", part: str, *, lemma: bool, regex: bool) -> np.ndarray:
    """Return for every word of the vocabulary whether a part of the pattern stands for it."""
    if regex:
        try:
            matches = re.compile(part, re.IGNORECASE).fullmatch
        except re.error as error:
            raise SelectionError(
                f"{part!r} is no regular expression ({one_line(error)}): mend it, or leave out regex=True"
            ) from None
        return np.fromiter((matches(word) is not None for word in there), bool, len(there))
    plain = part.lower().replace("’", "'")
    wanted = np.zeros(len(there), bool)
    place = there.get_indexer(sorted(_forms(plain)) if lemma else [plain])
    wanted[place[place >= 0]] = True
    return wanted


def _forms(word: str) -> set[str]:
    """Return every inflected form of a dictionary form, as whatever part of speech.

    >>> sorted(_forms("deny"))
    ['denied', 'denies', 'deny', 'denying']
    """
    from lemminflect import getAllInflections, getAllInflectionsOOV

    inflected = getAllInflections(word) or {
        tag: forms for speech in ("NOUN", "VERB") for tag, forms in getAllInflectionsOOV(word, speech).items()
    }
    return {word, *(form.lower() for forms in inflected.values() for form in forms)}


def _in_context(tables: Tables, first: np.ndarray, length: int, width: int) -> pd.DataFrame:
    words = tokens(tables)
    texts = tables.documents["text"].tolist()
    document = words["doc_id"].array.codes[first]
    starts, ends = words["start"].to_numpy()[first], words["end"].to_numpy()[first + length - 1]
    left, keyword, right = [], [], []
    for of, a, z in zip(document.tolist(), starts.tolist(), ends.tolist(), strict=True):
        text = texts[of]
        keyword.append(text[a:z])
        left.append(_before(text, a, width))
        right.append(_after(text, z, width))
    numbers = tables.sentences["number"].to_numpy()[words["sentence_id"].array.codes[first]]
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))[document]
    labels = {
        name: words[name].cat.categories.array.take(words[name].array.codes[first], allow_fill=True)
        for name in ("doc_id", "name", "kind", "mode")
    }
    written = {"left": left, "keyword": keyword, "right": right}
    context = {name: pd.array(strings, dtype="str") for name, strings in written.items()}
    columns = {"sentence": numbers, "place": starts / lengths, **labels, **context}
    return pd.DataFrame(columns, columns=list(COLUMNS))


def _before(text: str, end: int, width: int) -> str:
    start = max(end - width, 0)
    piece = text[start:end]
    if start and not text[start - 1].isspace():
        piece = piece.split(None, 1)[-1]  # without the word that the edge cuts
    return " ".join(piece.split())


def _after(text: str, start: int, width: int) -> str:
    end = start + width
    piece = text[start:end]
    if end < len(text) and not text[end].isspace() and not piece[-1:].isspace():
        piece = piece.rsplit(None, 1)[0]
    return " ".join(piece.split())
