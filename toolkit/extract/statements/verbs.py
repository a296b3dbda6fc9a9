"""Verbs: whether words hold a finite verb, as far as forms and neighbours tell; no parser is asked."""

from collections.abc import Sequence
from functools import cache

from toolkit import codebook
from toolkit.codebook.nouns import only_a_verb
from toolkit.codebook.phrases import Token

PRONOUNS = codebook.small("subject")
DETERMINERS = codebook.small("determiner")
_AUXILIARY = codebook.small("auxiliary")
_ADVERBS = codebook.small("adverb")
_CONTRACTED = ("n't", "'re", "'ve", "'ll", "'d", "'m")
_WITH_IS = codebook.small("with is")
# after these no finite verb follows at once
_BEFORE_NOUNS = DETERMINERS - PRONOUNS | codebook.small("before an object")


@cache
def form(word: str) -> str:
    """Return which form of a verb a word may be: past, s, base, or nothing.

    >>> form("went"), form("goes"), form("go"), form("going"), form("pier")
    ('past', 's', 'base', '', '')
    """
    from lemminflect import getAllLemmas

    lemmas = getAllLemmas(word) if word.isascii() and word.isalpha() else {}
    if "VERB" not in lemmas or word.endswith("ing"):
        return ""
    if lemmas["VERB"] == (word,):
        return "past" if word in codebook.small("same in the past") else "base"
    return "s" if word.endswith("s") else "past"


@cache
def auxiliary(word: str) -> bool:
    """Return whether a word is a form of be, have or do, or a modal.

    >>> auxiliary("wasn't"), auxiliary("they'll"), auxiliary("ship")
    (True, True, False)
    """
    return word in _AUXILIARY or word in _WITH_IS or word.endswith(_CONTRACTED)


def finite(tokens: Sequence[Token], first: int = 0, last: int | None = None) -> int:
    """Return the index of the first finite verb among tokens[first:last], or -1."""
    for i in range(first, len(tokens) if last is None else last):
        word = tokens[i].word
        if auxiliary(word):
            return i
        before = tokens[i - 1].word if i > first else ""
        after = tokens[i + 1].word if i + 1 < len(tokens) else ""
        kind = form(word)
        if (
            (kind == "past" and before not in _BEFORE_NOUNS)
            or (kind == "s" and (only_a_verb(word) or before in PRONOUNS or after in DETERMINERS | _ADVERBS))
            or (kind == "base" and before in {"i", "we", "you", "they", "who", "people"})
        ):
            return i
    return -1


def predicate(tokens: Sequence[Token], first: int = 0, last: int | None = None) -> int:
    """Return as `finite`, and where that finds none, a word that may be a noun but agrees with the noun before it.

    "The dam | holds", "the gates | leak": asked only where a clause is likely, for "court | records" agree as well.
    """
    sure = finite(tokens, first, last)
    if sure >= 0:
        return sure
    for i in range(first + 1, len(tokens) if last is None else last):
        before, kind = tokens[i - 1].word, form(tokens[i].word)
        if not before[0].isalpha() or before in DETERMINERS | PRONOUNS | _BEFORE_NOUNS:
            continue
        if (kind == "s" and not before.endswith("s")) or (kind == "base" and before.endswith("s")):
            return i
    return -1
