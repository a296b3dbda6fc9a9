"""Who may be the source of a cue: the noun phrase before it, or behind it in an inverted clause."""

import re

from toolkit import codebook
from toolkit.extract.attributions.units import CAPITALISED, FINAL, QUOTED, TOKEN
from toolkit.spans import Span, trimmed

_NAME_AHEAD = re.compile(
    rf"(?:(?i:the|a|an|one|another|his|her|its|their|our)\s+)?(?:[a-z][\w’'-]*\s+){{0,5}}?"
    rf"{CAPITALISED}(?:\s+(?:(?:of|for|the|and|de|van|von|bin|al)\s+)*{CAPITALISED})*"
    rf"(?:\s+(?:of|at|in|for|from|with)\s+[^,;]*)?(?:,\s[^;:]*?)?(?=\s*(?:[.!?]|$|[,:;]\s*{QUOTED}|[,:;]?\s*$))"
)
_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "it", "you", "who"})
_SUBORDINATOR = re.compile(r"\b(?:why|because|since|although|though|while|whereas|when|if|until|unless)\s")
_CLAUSE_BREAK = re.compile(r"[;:–—]|,\s|[“”\"«»‘’']?" + QUOTED + r"+[,.]?")
_SMALL = frozenset({"the", "a", "an", "this", "that", "it", "there", "some", "many"}) | _PRONOUNS


class Subjects:
    """The phrases of one text that can be a source; `masked` is the text as the rules read it."""

    def __init__(self, text: str, masked: str) -> None:
        self.text = text
        self.masked = masked

    def before(self, left: int, end: int) -> tuple[Span, ...]:
        """Return the noun phrase that ends before a verb group, or nothing that could speak."""
        adverbs = codebook.words("function_words", "word", use="adverb")
        stretch = self.masked[left:end]
        cut = end
        for token in reversed(list(TOKEN.finditer(stretch))):
            if token[0].lower() not in adverbs or stretch[token.end() : cut - left].strip():
                break
            cut = left + token.start()
        stretch = self.masked[left:cut].rstrip()
        apposition = stretch.endswith(",")
        breaks = [m for m in _CLAUSE_BREAK.finditer(stretch) if m.end() < len(stretch)]
        if apposition:  # X, head of Y, said: go back over the commas, but not to "At the same time,"
            hard = [m.end() for m in breaks if not m[0].startswith(",")]
            start = hard[-1] if hard else 0
            parts = [m.end() for m in breaks if m[0].startswith(",") and m.end() > start]
            if parts and not self._could_speak(stretch[start : parts[0]]):
                start = parts[0]
        else:
            start = breaks[-1].end() if breaks else 0
        for subordinate in _SUBORDINATOR.finditer(stretch, start):
            start = subordinate.end()
        openers = codebook.words("function_words", "word", use="opener")
        while (word := TOKEN.search(stretch, start)) and word[0].lower() in openers:
            start = word.end()
        span = trimmed(self.text, left + start, left + len(stretch.rstrip(FINAL)))
        span = trimmed(self.text, span.start + (self.text[span.start : span.start + 1] in ",:;"), span.end)
        written = self.masked[slice(*span)]
        return (span,) if span.start < span.end and self._could_speak(written) else ()

    def _could_speak(self, written: str) -> bool:
        """Tell whether a phrase can be a source: a pronoun, a name, or a noun for a speaker."""
        tokens = TOKEN.findall(written)
        if not tokens or len(tokens) > 30:
            return False
        lower = [t.lower() for t in tokens]
        if len(tokens) == 1 and lower[0] in _PRONOUNS:
            return True
        if "that" in lower or lower[0].endswith("ing"):
            return False  # a clause, no source
        if lower[0] in codebook.words("function_words", "word", use="adjunct"):
            return False
        singular = {
            *lower,
            *(w.removesuffix("s") for w in lower),
            *(w[:-3] + "y" for w in lower if w.endswith("ies")),
        }
        return any(t[0].isupper() for t in tokens if t.lower() not in _SMALL) or bool(
            singular & codebook.words("speakers", "noun")
        )

    def closing_noun(self, end: int, begin: int) -> tuple[Span, ...]:
        """Return "the coast guard" in "..., the coast guard said.", whatever noun it is."""
        found = re.compile(r"[,!?–—\ue000]\s+((?:the|a|an|its|his|her|their)\s[^\W\d][\w’' -]{1,40}?)\s*\Z").search(
            self.masked, begin, end
        )
        return (Span(*found.span(1)),) if found and len(TOKEN.findall(found[1])) <= 5 else ()

    def after(self, at: int, end: int) -> Span | None:
        """Return the source of an inverted clause: says X, head of Y."""
        at += len(self.masked[at:end]) - len(self.masked[at:end].lstrip())
        pronoun = re.compile(r"(?:he|she|they|it|I|we)\b(?=\s*(?:[.,!?:;]|\Z))").match(self.masked, at, end)
        named = pronoun or _NAME_AHEAD.match(self.masked, at, end)
        if named and not pronoun:
            words = [w for w in TOKEN.findall(named[0]) if w.islower()]
            if (
                set(words) & codebook.words("function_words", "word", use="auxiliary") - {"being"}
                and "," not in named[0]
            ):
                return None
        if not named:
            named = re.compile(r"[^,;:.!?" + QUOTED + r"]{1,80}?(?=\s*(?:[.,!?:;]|\Z))").match(self.masked, at, end)
            first = TOKEN.search(named[0]) if named else None
            if not (named and first and first[0].lower() in codebook.words("function_words", "word", use="determiner")):
                return None
        span = trimmed(self.text, named.start(), named.start() + len(named[0].rstrip(FINAL)))
        return span if self._could_speak(self.masked[slice(*span)]) else None
