"""Direction: whether a date without a year lies behind or ahead of the day of publication, by the verbs beside it."""

from collections.abc import Sequence
from functools import cache

from toolkit import codebook
from toolkit.codebook.phrases import Token, tokens
from toolkit.spans import Span

_REACH = 12  # words on either side in which a verb is looked for
_BEFORE_A_PARTICIPLE = 4  # words in which "will" makes a participle tell of what is ahead: "will then be signed"
_OPENING = 3  # words before an expression that opens its sentence
_DETERMINERS = codebook.small("determiner")
_PRESENT = frozenset({"is", "are"})
_BREAKS = frozenset(';:—–“”"()')


def direction(text: str, sentence: Span, span: Span) -> int:
    """Return -1 where an expression lies behind, 1 where it lies ahead, 0 where the words do not tell.

    >>> direction("It will end in June.", Span(0, 20), Span(15, 19))
    1
    """
    words = _without_names(text, tokens(text, sentence.start, span.start))
    before = [word.word for word in words[-3:]]
    if before[-1:] == ["since"] or before[-2:] == ["back", "in"]:
        return -1
    if words and (found := _behind(words)) is not None:
        return found
    named = words[-1:] and words[-1].word in _DETERMINERS and before[-2:-1] not in (["in"], ["during"], ["since"])
    if named and text[span.end : span.end + 2].strip().islower():
        return 0  # "the October meeting": its verb tells of the meeting
    return _following(_without_names(text, tokens(text, span.end, sentence.end)), len(words) < _OPENING)


def _without_names(text: str, words: Sequence[Token]) -> list[Token]:
    """Return the words without May, March and whoever else is written as a name."""
    return [w for w in words if not (w.word in codebook.dates("month") and text[w.start].isupper())]


def _behind(words: Sequence[Token]) -> int | None:
    """Return what the last verb before an expression tells; None where there is no verb."""
    ahead = codebook.dates("ahead")
    for i in range(len(words) - 1, max(len(words) - 1 - _REACH, -1), -1):
        word = words[i].word
        if word in _BREAKS:
            return 0
        if word in ahead or word.endswith("'ll"):
            return 1
        if word == "to" and i + 1 < len(words) and base(words[i + 1].word):
            return 1
        if past(word) and i and words[i - 1].word in _PRESENT:
            return 0
        if past(word):
            modal = {w.word for w in words[max(i - _BEFORE_A_PARTICIPLE, 0) : i]}
            return 1 if modal & ahead.keys() or ("to" in modal and "be" in modal) else -1
        if i and scheduled(word):
            return 1
        if i and present(word):
            return 0
    return None


def _following(words: Sequence[Token], opens: bool) -> int:
    ahead = codebook.dates("ahead")
    for i, word in enumerate(words[:_REACH]):
        if word.word in _BREAKS or (word.word == "," and i and not opens):
            return 0
        if word.word in ahead or word.word.endswith("'ll"):
            return 1
        if past(word.word):
            return -1
    return 0


@cache
def past(word: str) -> bool:
    """Return whether a word is a verb of the past, or a participle of it.

    >>> past("went"), past("was"), past("goes"), past("June")
    (True, True, False, False)
    """
    from lemminflect import getAllLemmas

    if word in {"was", "were", "had", "did"}:
        return True
    if word in codebook.dates("tells nothing") or word.endswith(("ing", "s")) or not word.isascii():
        return False
    lemmas = getAllLemmas(word)
    return any(lemma != word for lemma in lemmas.get("VERB", ())) or word in codebook.small("same in the past")


@cache
def present(word: str) -> bool:
    """Return whether a word can only be a verb of the present.

    >>> present("expires"), present("ships"), present("June")
    (True, False, False)
    """
    from lemminflect import getAllLemmas

    return word.endswith("s") and word.isascii() and set(getAllLemmas(word)) == {"VERB"}


@cache
def scheduled(word: str) -> bool:
    """Return whether a word tells in the present what is fixed for later: "expires", "opens".

    >>> scheduled("expires"), scheduled("expired"), scheduled("says")
    (True, False, False)
    """
    from lemminflect import getAllLemmas

    lemmas = getAllLemmas(word).get("VERB", ()) if word.isascii() and not word.endswith("ing") else ()
    return any(lemma in codebook.dates("scheduled") for lemma in lemmas) and not past(word)


@cache
def base(word: str) -> bool:
    """Return whether a word may be a verb in its bare form, and no small word.

    >>> base("withdraw"), base("the"), base("sea")
    (True, False, False)
    """
    from lemminflect import getAllLemmas

    return word in getAllLemmas(word).get("VERB", ()) and word not in codebook.small("no matter")
