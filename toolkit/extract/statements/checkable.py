"""Checkable: what in a clause could be looked up: a date, a number, a document, an act of somebody named."""

from collections.abc import Mapping, Sequence

from toolkit import codebook
from toolkit.codebook.nouns import known
from toolkit.codebook.phrases import Token
from toolkit.extract.statements.verbs import auxiliary, form
from toolkit.spans import Overlaps, Span

DATE, NUMBER, REFERENCE, ACT = "a date", "a number", "a reference", "a named act"
NOTHING = "no date, number, reference or named act"
# what keeps a clause from being looked up: it is put so that nothing is said to be so, or not yet
UNSTATED = {
    "asked": "a question",
    "conditional": "under a condition",
    "demanded": "a demand",
    "possible": "a possibility",
    "predicted": "yet to come",
}
_OPENING = frozenset("“\"'‘«„.?!:;–—")
# small words that the dictionary lacks, which are no names where they open a sentence
_SMALL = codebook.small("sentence opener")


def reasons(text: str, span: Span, words: Sequence[Token], given: Mapping[str, Overlaps]) -> list[str]:
    """Return what in a clause could be looked up; `given` says where dates, numbers and references stand."""
    found = [kind for kind, own in given.items() if own(span)]
    return [*found, ACT] if _act(text, words) else found


def _act(text: str, words: Sequence[Token]) -> bool:
    """Return whether somebody named is said to have done something: a name and, close behind it, a verb of the past."""
    for i, token in enumerate(words):
        opens = i == 0 or words[i - 1].word in _OPENING
        small = token.word == "i" or (opens and (known(token.word) or token.word in _SMALL))
        if small or not text[token.start].isupper():
            continue
        for following in words[i + 1 : i + 5]:
            if following.word in {",", ";", ":"}:
                break
            if form(following.word) == "past" and not auxiliary(following.word):
                return True
    return False
