"""Certainty: how surely a clause is put by its own voice, and whether it says that something is not so."""

from collections.abc import Sequence
from typing import NamedTuple

from toolkit import codebook
from toolkit.codebook.phrases import Phrases, Token, is_number
from toolkit.extract.statements.clauses import Clause
from toolkit.extract.statements.verbs import DETERMINERS, auxiliary, finite, form, predicate

_WH = codebook.small("indirect question word")
_RELATIVE = codebook.small("relative")
_SUBORDINATE = codebook.small("subordinator")
_OPENS_ANOTHER = _WH | _RELATIVE | _SUBORDINATE
_BEFORE_NOUN = codebook.small("before a noun")
_BEGINS_COMMAND = codebook.small("command")


class Cue(NamedTuple):
    """What introduces a content: the cue's words and some beside it, how the content is told, its first word."""

    words: tuple[str, ...]
    behind: tuple[str, ...]
    before: tuple[str, ...]
    mode: str
    opening: str


class Judgement(NamedTuple):
    """How surely a clause is put, and whether it says that something is not so."""

    certainty: str
    negated: bool


def judged(clause: Clause, text: str, cue: Cue | None) -> Judgement:
    """Return the certainty of a clause: of what marks it, and what its cue says, the class that comes first."""
    ranks = {name: rank for rank, name in enumerate(codebook.certainty_classes())}
    words = [token.word for token in clause.tokens]
    core = _core(clause.tokens)
    classes = {"asked"} if clause.asked else {"asserted"}
    # a whole quotation is the speaker's own; where it has no verb, the cue says what is done with it
    commands = _commands(clause, cue)
    governed = cue is not None and not commands and (cue.mode != "direct" or predicate(clause.tokens) < 0)
    by_cue = _by_cue(cue) if cue and governed else Judgement("asserted", False)
    classes.add(by_cue.certainty)
    backshifted = cue is not None and governed and (_past(cue) or by_cue.certainty != "asserted")
    # what the speaker's own sentence says within marks is not what the cue denies
    negative, undone = False, by_cue.negated and not (clause.quoted and finite(clause.tokens) >= 0)
    for found in _marks().find(words):
        mark = found.entry
        if mark.kind == "condition":
            inside = found.first == 0 or core[found.first] or words[found.first] in _SUBORDINATE
            if inside and not (cue and found.first == 0 and words[0] == "if" and by_cue.certainty == "asked"):
                classes.add("conditional")
            continue
        if not core[found.first] or mark.kind == "plain" or _is_a_name(clause, text, found.first):
            continue
        if mark.kind == "negation":
            interjection = words[found.first] == "no" and words[found.last : found.last + 1] in ([","], ["."], ["!"])
            negative = negative or not interjection
            continue
        undone ^= mark.negated
        if mark.kind != "negative":
            classes.add(_of_mark(mark.certainty, clause.tokens, found.first, backshifted))
    negative = negative or any(
        w.endswith("n't") and keep and not _modal(w) for w, keep in zip(words, core, strict=True)
    )
    if commands:
        classes.add("demanded")
    certainty = min(classes, key=ranks.__getitem__)
    return Judgement(certainty, certainty != "asked" and negative ^ undone)


def _marks() -> Phrases[codebook.Mark]:
    return codebook.marks(
        "modal", "hedge", "evidential", "predictor", "condition", "demand", "open", "negation", "negative", "plain"
    )


def _modal(word: str) -> bool:
    return any(found.entry.kind in {"modal", "demand"} for found in _marks().find([word]))


def _of_mark(certainty: str, tokens: Sequence[Token], at: int, backshifted: bool) -> str:
    """Return the class that a mark gives where it stands."""
    word = tokens[at].word
    after = [token.word for token in tokens[at + 1 : at + 4]]
    if word.startswith("would") and backshifted:
        return "predicted"
    if word == "must" and after[:1] == ["have"] and after[1:2] and (form(after[1]) == "past" or after[1] == "been"):
        return "hedged"
    if word == "should" and _first_word(tokens) == at:
        return "conditional"
    return certainty


def _first_word(tokens: Sequence[Token]) -> int:
    return next((i for i, token in enumerate(tokens) if token.word[0].isalnum()), 0)


def _is_a_name(clause: Clause, text: str, at: int) -> bool:
    """Return whether a modal is none: the month, a testament, a tin, an army's strength."""
    token = clause.tokens[at]
    before = clause.tokens[at - 1].word if at else ""
    after = clause.tokens[at + 1].word if at + 1 < len(clause.tokens) else ""
    if token.word == "may" and text[token.start] == "M":
        return at != _first_word(clause.tokens) or is_number(after)
    return token.word in {"will", "can", "might"} and before in _BEFORE_NOUN


def _core(tokens: Sequence[Token]) -> list[bool]:
    """Return for every word whether it is in the main clause: in none that is relative, of time, ground, condition."""
    keep = [True] * len(tokens)
    first = _first_word(tokens)
    i = first
    seen = False  # whether the main clause has had its verb
    while i < len(tokens):
        word = tokens[i].word
        if word in _OPENS_ANOTHER:
            after_comma = i > 0 and tokens[i - 1].word == ","
            comma = next((j for j in range(i + 1, len(tokens)) if tokens[j].word == ","), len(tokens))
            relative = word in _RELATIVE and i > first and (after_comma or seen)
            subordinate = word in _SUBORDINATE and (
                (i == first and comma < len(tokens) and finite(tokens, comma) >= 0)
                or (i > first and (seen or after_comma))
            )
            object_clause = word in _WH and i > first and tokens[i - 1].word not in {"and", "or"}
            if relative or subordinate or object_clause:
                keep[i:comma] = [False] * (comma - i)
                i = comma
                continue
        seen = seen or finite(tokens, i, i + 1) == i
        i += 1
    return keep


def _by_cue(cue: Cue) -> Judgement:
    """Return what the cue says of its content."""
    words = cue.before + cue.words
    found = next(codebook.marks("evidential", "open", "predictor", "demand", "cue of").find(words + cue.behind), None)
    if found is None and cue.opening == "to":
        found = next(codebook.marks("cue to").find(words), None)
    found = found or next(codebook.marks("cue").find(words), None)
    found = found or next(codebook.marks("hedge").find(words + cue.behind), None)
    rest = words if found is None else words[: found.first] + words[found.last :]
    denied = any(_negation(word) for word in rest)
    asked = denied and cue.opening in _WH
    if found is None:
        return Judgement("asked" if denied else "asserted", False)
    certainty, negated = found.entry.certainty, found.entry.negated
    if found.entry.kind == "open":
        return Judgement(certainty, negated)
    if asked or (denied and certainty in {"asserted", "asked"}):
        return Judgement("asked", False)
    return Judgement(certainty, negated ^ denied)


def _negation(word: str) -> bool:
    """Return whether a word is a negation.

    >>> _negation("never"), _negation("ever")
    (True, False)
    """
    return word.endswith("n't") or next(codebook.marks("negation").find([word]), None) is not None


def _past(cue: Cue) -> bool:
    return any(form(word) == "past" or word in {"was", "were", "had"} for word in cue.words)


def _commands(clause: Clause, cue: Cue | None) -> bool:
    """Return whether a clause of direct speech begins with its verb, and so commands."""
    if cue is None or cue.mode == "indirect":
        return False
    at = _first_word(clause.tokens)
    word = clause.tokens[at].word
    after = clause.tokens[at + 1].word if at + 1 < len(clause.tokens) else ""
    follows = after in DETERMINERS or after in {"us", "them", "me", "him", "it"}
    return word in _BEGINS_COMMAND or (form(word) == "base" and follows and not auxiliary(word))
