"""Checkable: what in a clause could be looked up: a date, a number, a document, an act of somebody named.

Dates are those of their table. Where quantities and references have none at hand, plain forms of them are found here.
"""

import re
from collections.abc import Mapping, Sequence

from toolkit import codebook
from toolkit.codebook.phrases import Token, is_number
from toolkit.extract.statements.verbs import auxiliary, form, known
from toolkit.spans import Span

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
_KINDS = "Treaty|Convention|Charter|Protocol|Accords?|Agreement|Pact|Act|Communiqué|Constitution|Directive|Declaration"
_REFERENCE = re.compile(
    r"\b(?:Article|Section|Paragraph|Chapter|Annex|Clause|Rule|Law|Act|Directive|Regulation|Protocol"
    r"|[Rr]esolution)\s(?:No\.\s?)?[\dIVXL]+\b|\bS/RES/\d+"
    rf"|\b(?:{_KINDS}|communiqué|treaty|convention|accord)\s(?:of|on|for|against)\s(?:the\s)?[A-Z]\w+"
    rf"|\b[A-Z]\w+\s(?:{_KINDS}|[Cc]ommuniqué|treaty)\b"
)


def reasons(text: str, span: Span, words: Sequence[Token], given: Mapping[str, Sequence[Span]]) -> list[str]:
    """Return what in a clause could be looked up; kinds in `given` are known already, the others are found here."""
    found = {kind: [s for s in own if s.start < span.end and s.end > span.start] for kind, own in given.items()}
    found.setdefault(DATE, [])
    if REFERENCE not in found:
        found[REFERENCE] = [Span(*m.span()) for m in _REFERENCE.finditer(text, *span)]
    taken = [*found[DATE], *found[REFERENCE]]
    if NUMBER in given:
        numbers = bool(found[NUMBER])
    else:
        numbers = any(
            is_number(token.word) and not any(s.start <= token.start < s.end for s in taken) for token in words
        )
    present = {DATE: bool(found[DATE]), NUMBER: numbers, REFERENCE: bool(found[REFERENCE]), ACT: _act(text, words)}
    return [kind for kind, there in present.items() if there]


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
