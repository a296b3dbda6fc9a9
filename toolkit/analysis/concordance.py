"""Where does a word stand, and between which others?"""

import re

import numpy as np
import pandas as pd

from toolkit.analysis.selection import Voice, selected
from toolkit.analysis.tokens import tokens
from toolkit.errors import SelectionError, one_line
from toolkit.tables import Tables
from toolkit.tables.contracts import PARTS

COLUMNS = ("doc_id", "sentence", "name", "kind", "mode", "left", "keyword", "right", "place")
_CUT = re.compile(r"\S*\s")  # a word that the edge of a context cuts


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
    words = selected(tables, voice, documents, PARTS)
    there = words["word"].cat.categories
    codes, rows = words["word"].cat.codes.to_numpy(), words.index.to_numpy()
    sentence = words["sentence_id"].cat.codes.to_numpy()
    parts = pattern.split()
    hits = np.arange(len(words) - len(parts) + 1)
    for i, part in enumerate(parts):
        wanted = _matching(there, part, lemma=lemma, regex=regex)
        hits = hits[wanted[codes[hits + i]]]
        # a phrase stands together in one sentence
        hits = hits[(rows[hits + i] == rows[hits] + i) & (sentence[hits + i] == sentence[hits])]
    return _in_context(tables, rows[hits], len(parts), width)


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
    at = words.iloc[first]
    texts = tables.documents["text"].tolist()
    starts, ends = at["start"].to_numpy(), words["end"].to_numpy()[first + length - 1]
    left, keyword, right = [], [], []
    for document, a, z in zip(at["doc_id"].cat.codes.tolist(), starts.tolist(), ends.tolist(), strict=True):
        text = texts[document]
        keyword.append(text[a:z])
        left.append(_before(text, a, width))
        right.append(_after(text, z, width))
    numbers = tables.sentences["number"].to_numpy()[at["sentence_id"].cat.codes.to_numpy()]
    lengths = np.array([max(len(text), 1) for text in texts])[at["doc_id"].cat.codes.to_numpy()]
    written = {"left": left, "keyword": keyword, "right": right}
    columns = {
        "doc_id": at["doc_id"].to_numpy(object),
        "sentence": numbers,
        "name": at["name"].to_numpy(object),
        "kind": at["kind"].to_numpy(object),
        "mode": at["mode"].to_numpy(object),
        **written,
        "place": starts / lengths,
    }
    text_columns = dict.fromkeys(("doc_id", "name", "kind", "mode", *written), "str")
    return pd.DataFrame(columns, columns=list(COLUMNS)).astype(text_columns)


def _before(text: str, end: int, width: int) -> str:
    start = max(end - width, 0)
    cut = _CUT.match(text, start, end) if start and not text[start - 1].isspace() else None
    return " ".join(text[cut.end() if cut else start : end].split())


def _after(text: str, start: int, width: int) -> str:
    end = start + width
    piece = text[start:end]
    if end < len(text) and not text[end].isspace() and not piece[-1:].isspace():
        piece = piece.rpartition(" ")[0]
    return " ".join(piece.split())
