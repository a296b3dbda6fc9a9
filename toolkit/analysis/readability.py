"""How hard is a text to read, and each voice in it?"""

import re

import numpy as np
import pandas as pd

from toolkit.analysis.selection import By, Voice, grouped, selected
from toolkit.tables import Tables

MEASURES = ("flesch", "kincaid", "fog", "coleman_liau", "ari")
_LETTERS = re.compile(r"[^\W\d_]+|\d")
_VOWELS = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]+")
# Letters that are not said: an e at the end, in endings, before endings and in compounds; a few others.
_SILENT = re.compile(
    r"(?<=[^aeiouy])(?<![^aeiouylr]l)e\b|(?<=[^aeiouytd])ed(?:ly)?\b|(?<=[aeiouy]l)es\b|(?<=[^aeiouycgsxzhl])es\b"
    r"|(?<=[^cst]h)es\b|(?<=[^aeiouy])e(?=ment|less|ness|ful)|(?<=[aeiou][^aeiou])e(?=ly\b|where|body|one\b|thing|times"
    r"|land|book|man\b|wom[ae]n\b)|(?<=ever)y(?=[tbow])|(?<=ic)a(?=lly\b)|(?<=bus)i(?=ness)"
)
# Vowels that stand together and are said apart.
_APART = re.compile(
    r"[aeiouy]ing|(?<![cstg])ia(?!ge|n\b.)|(?<=[tc])ia(?=t)|(?<![ctgxs])iou|(?<![cstgnl])io|[nlrd]ie(?=nc|nt)|cie(?=n.e|ty)"
    r"|[lsdr]ie(?=r\b|st\b|ty)|eo(?![ru]|ple)|[^gqs]ua(?!r[dt])|crea(?=t)|rea(?=li|ct)|idea|area|nuclea|eyo|iu|sm\b"
)


def readability(
    tables: Tables, *, by: By = "document", voice: Voice | None = None, documents: Voice | None = None
) -> pd.DataFrame:
    """Return one row per document, voice, kind, mode or group of one's own, with measures of how hard it reads.

    Columns: the group, words, sentences (in which a word of the group stands: of a quotation within a
    sentence only its own words count), syllables (by rule: as in the CMU Pronouncing Dictionary for 98% of
    running words of US news), and

    flesch        206.835 - 1.015 words/sentences - 84.6 syllables/words (Flesch 1948); high is easy
    kincaid       0.39 words/sentences + 11.8 syllables/words - 15.59, a US grade (Kincaid et al. 1975)
    fog           0.4 (words/sentences + 100 words of three syllables or more/words) (Gunning 1952)
    coleman_liau  5.88 letters/words - 29.6 sentences/words - 15.8 (Coleman and Liau 1975)
    ari           4.71 letters/words + 0.5 words/sentences - 21.43 (Smith and Senter 1967)

    All were made for passages of a hundred words and more; of fewer they say little.

    >>> import toolkit as tk
    >>> tk.readability(tk.read(tk.sample()), by="kind").kind.tolist()
    ['author', 'named', 'unnamed', 'unidentified']
    """
    words = selected(tables, voice, documents)
    group, column = grouped(tables, words, by)
    vocabulary = words["word"].cat.categories
    codes = words["word"].array.codes
    used = np.unique(codes)
    syllables_of, letters_of = np.zeros(len(vocabulary), np.int64), np.zeros(len(vocabulary), np.int64)
    syllables_of[used] = [syllables(vocabulary[i]) for i in used]
    letters_of[used] = [sum(c.isalnum() for c in vocabulary[i]) for i in used]
    each = pd.DataFrame(
        {
            "group": 0 if group is None else group.array.codes,
            "sentence": words["sentence_id"].array.codes,
            "syllables": syllables_of[codes],
            "letters": letters_of[codes],
            "long": syllables_of[codes] > 2,
        }
    )
    each = each[each["group"] >= 0]
    found = each.groupby("group").agg(
        words=("letters", "size"),
        sentences=("sentence", "nunique"),
        syllables=("syllables", "sum"),
        letters=("letters", "sum"),
        long=("long", "sum"),
    )
    measured = pd.concat([found, scores(*(found[n] for n in found))], axis=1)
    keys = []
    if group is not None:
        measured.insert(0, column, group.cat.categories.to_numpy()[measured.index])
        keys = [column]
    return measured[[*keys, "words", "sentences", "syllables", *MEASURES]].reset_index(drop=True)


def scores(
    words: np.ndarray, sentences: np.ndarray, syllables: np.ndarray, letters: np.ndarray, long: np.ndarray
) -> pd.DataFrame:
    """Return the measures, from counts of words, sentences, syllables, letters, and words of three syllables or more.

    >>> scores(*(np.array([n]) for n in (13, 1, 24, 69, 4))).flesch.round(1).tolist()
    [37.5]
    """
    length, spoken, lettered = words / sentences, syllables / words, letters / words
    return pd.DataFrame(
        {
            "flesch": 206.835 - 1.015 * length - 84.6 * spoken,
            "kincaid": 0.39 * length + 11.8 * spoken - 15.59,
            "fog": 0.4 * (length + 100 * long / words),
            "coleman_liau": 5.88 * lettered - 29.6 / length - 15.8,
            "ari": 4.71 * lettered + 0.5 * length - 21.43,
        }
    )


def syllables(word: str) -> int:
    """Return how many syllables a word has, by rule; a number has one for every digit.

    >>> [syllables(w) for w in ("sea", "treaty", "denied", "warship", "negotiating", "12,000")]
    [1, 2, 2, 2, 5, 5]
    """
    return sum(_syllables(part) for part in _LETTERS.findall(word.replace("'", ""))) or 1


def _syllables(letters: str) -> int:
    if letters.isdigit():
        return 1
    said = _SILENT.sub("", letters)
    return max(len(_VOWELS.findall(said)) + len(_APART.findall(said)), 1)
