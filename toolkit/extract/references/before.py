"""Before: the capitalised words before a noun that belong to its name, and who owns it."""

import re

from toolkit import codebook
from toolkit.codebook.nouns import known
from toolkit.extract.references.forms import LEFT, MONTH
from toolkit.spans import Span


def left_of(text: str, part: Span, noun: Span, capital: bool) -> tuple[int, str | None]:
    """Return where the capitalised words before a noun begin, and who owns it ("Russia’s Constitution")."""
    at, begin, lower = noun.start, noun.start, 0
    head_is_amendment = text[noun.start : noun.end].lower() == "amendment"
    closed = codebook.words("closed_class", "word")
    while found := LEFT.search(text, max(part.start, at - 60), at):
        word = found[1]
        if word.endswith(("’s", "'s", "s’")) and len(word) > 2:
            owner = _owner(text, part, found.start(1), word)
            return begin, owner
        if word[-1] in '.,;:!?)”"' and not re.fullmatch(r"(?:[A-Z]\.)+", word):
            break
        if word[0].isupper() and word.lower().strip('“"') not in closed and not _month(word):
            begin, lower = found.start(1), 0
        elif head_is_amendment and re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:th|first|second|third)", word):
            begin = found.start(1)
            break
        elif (
            word[0].isupper()
            and begin == at
            and capital
            and begin < noun.start
            and _capital_before(text, part, found.start(1))
        ):
            pass  # "Justice Against Sponsors of Terrorism Act"
        elif (
            word in {"and", "on", "of", "for"}
            and begin == at
            and capital
            and _joins(text, part, found.start(1), text[at : noun.start])
        ):
            pass
        elif word in codebook.small("kind of document") and lower < 2 and (not capital or begin == at == noun.start):
            if capital:
                break
            lower += 1
        else:
            break
        at = found.start(1)
    return begin, None


def _joins(text: str, part: Span, at: int, rest: str) -> bool:
    """Return whether "and" stands within a name: "Trade and Cooperation Agreement"."""
    before = LEFT.search(text, max(part.start, at - 40), at)
    return bool(
        before
        and before[1][0].isupper()
        and rest.strip()
        and known(before[1])
        and known(rest.split()[0])
        and before[1].lower() not in codebook.words("closed_class", "word")
    )


def _capital_before(text: str, part: Span, at: int) -> bool:
    found = LEFT.search(text, max(part.start, at - 40), at)
    return bool(found and found[1][0].isupper() and found[1].lower() not in codebook.words("closed_class", "word"))


def _month(word: str) -> bool:
    return re.fullmatch(MONTH, word) is not None


def _owner(text: str, part: Span, at: int, word: str) -> str | None:
    plain = re.sub(r"(?:[’']s|[’'])$", "", word)
    if not plain[0].isupper():
        return plain
    begin = at
    while (found := LEFT.search(text, max(part.start, begin - 40), begin)) and found[1][0].isupper():
        if found[1].lower() in codebook.words("closed_class", "word"):
            break
        begin = found.start(1)
    return text[begin : at + len(plain)]


def adjective_before(text: str, part: Span, at: int) -> int:
    """Return where a word such as "annual" begins that stands before a noun, the place itself where there is none."""
    found = LEFT.search(text, max(part.start, at - 30), at)
    return found.start(1) if found and found[1] in codebook.small("kind of document") else at


def article_before(text: str, part: Span, at: int) -> bool:
    """Return whether a determiner stands right before a place."""
    return (
        re.search(r"\b(?:the|its|their|this|that|under|a)\s+\Z", text[max(part.start, at - 8) : at], re.IGNORECASE)
        is not None
    )
