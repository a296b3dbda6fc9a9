"""What does a headline ask, and between which answers?"""

import re
from collections.abc import Sequence
from typing import NamedTuple

YES, NO = "yes", "no"
_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|shall|should|may|might|must"
    r"|isn[’']t|aren[’']t|won[’']t|can[’']t|don[’']t|doesn[’']t|didn[’']t)"
)
_WH = r"(?:who|whom|whose|what|which|where|when|why|how|to\s+where|to\s+whom)"
_LEADING = re.compile(r"\A(?:(?:to|in|into|on|at|with|by|for|from|against|of|or|and|is it|will it be)\s+)+", re.I)
_ARTICLE = re.compile(r"\A(?:the|a|an)\s+", re.I)
_PARTS = re.compile(r"\s*,\s*(?:or\s+)?|\s+or\s+")


class Question(NamedTuple):
    """A question with its candidate answers; `given` says that the user named them."""

    text: str
    candidates: tuple[str, ...]
    given: bool

    @property
    def whether(self) -> bool:
        """Return whether it is answered by yes or no."""
        return {c.lower() for c in self.candidates} == {YES, NO}


def asked(headline: object, question: str = "", candidates: Sequence[str] = ()) -> Question | None:
    """Return the question, or the one that the headline asks, with its candidates; None where nothing is asked.

    Candidates that are not given are proposed from the question's own words; an open question has none.

    >>> asked("Harbour dispute: who will pay, Oskel, Marn or the Guild?").candidates
    ('Oskel', 'Marn', 'Guild')
    >>> asked("Will the dam hold?").candidates
    ('yes', 'no')
    """
    text = " ".join((question or _question_in(headline if isinstance(headline, str) else "")).split())
    if not text:
        return None
    named = tuple(dict.fromkeys(c.strip() for c in candidates if c.strip()))
    return Question(text, named or _proposed(text.rstrip("?! ")), bool(named))


def _question_in(headline: str) -> str:
    """Return the last sentence of a headline that ends with a question mark."""
    found = re.findall(r"[^.!?]*[^.!?\s][^.!?]*\?", headline)
    return str(found[-1]).strip() if found else ""


def _proposed(text: str) -> tuple[str, ...]:
    before, colon, after = (
        (part.strip() for part in re.split(r"(:|\s[–—-]\s)", text, maxsplit=1))
        if re.search(r":|\s[–—-]\s", text)
        else (text, "", "")
    )
    if colon and (found := _listed(after)) and not re.match(rf"{_WH}\b|{_AUXILIARY}\b", after, re.I):
        return found
    names_before = colon and re.match(rf"{_WH}\b", after, re.I) and not re.search(rf"\b{_WH}\b", before, re.I)
    if names_before and (found := _listed(before)):
        return found
    asks = after if colon and re.match(rf"(?:{_WH}|{_AUXILIARY})\b", after, re.I) else before
    if re.match(rf"{_WH}\b", asks, re.I):
        tail = re.search(r",\s*((?:[^,]+,\s*)*[^,]+?\s+or\s+.+)\Z|:\s*(.+)\Z", asks)
        return _listed(tail[1] or tail[2]) if tail else ()
    if re.match(rf"{_AUXILIARY}\b", asks, re.I):
        choice = re.search(r"(\S+),?\s+or\s+((?:\S+\s*){1,3})\Z", asks)
        plain = choice is None or choice[2].strip().lower() == "not"
        return (YES, NO) if plain or choice is None else (_bare(choice[1]), _bare(choice[2]))
    return _listed(asks)


def _listed(words: str) -> tuple[str, ...]:
    """Return the members of "A, B or C"; none where there is no "or"."""
    if not re.search(r"\bor\b", words):
        return ()
    found = tuple(dict.fromkeys(_bare(part) for part in _PARTS.split(words) if _bare(part)))
    return found if len(found) > 1 else ()


def _bare(words: str) -> str:
    """Return a candidate without what leads to it: "to the Harruv Bank" is the Harruv Bank."""
    plain = _LEADING.sub("", words.strip(" ,;"))
    plain = re.sub(r"\A(?:even|perhaps|maybe|just|only|both|either)\s+", "", plain, flags=re.I)
    return _ARTICLE.sub("", plain).strip()
