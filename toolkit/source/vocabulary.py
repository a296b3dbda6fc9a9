"""Vocabulary: which words a text has, and where, so that asking after many of them costs one reading."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from toolkit.spans import Span

_RUN = re.compile(r"\w+")
_LOCATED = re.compile(r"\b(?:in|into|across|inside|within) \Z")
_LONGEST = len("within ")


class Vocabulary:
    """The words of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        starts: dict[str, array[int]] = defaultdict(lambda: array("L"))
        for run in _RUN.finditer(text):
            starts[run[0]].append(run.start())
        self._starts = dict(starts)

    @cached_property
    def _stems(self) -> frozenset[str]:
        """What is left of "Olvenian" and "Spanish" without the ending and up to two letters more."""
        return frozenset(
            word[: -len(ending) - more]
            for word in self._starts
            if word.endswith(("an", "ish", "ese"))
            for ending in ("an", "ish", "ese")
            if word.endswith(ending)
            for more in range(3)
            if len(word) >= len(ending) + more
        )

    def __contains__(self, written: str) -> bool:
        """Tell whether words stand in the text, no part of a longer word."""
        return next(self._bounded(written), None) is not None

    def whole(self, written: str, before: str = "", behind: str = "") -> Iterator[Span]:
        """Yield where words stand, no part of a longer word and with none of these marks right before or behind.

        >>> list(Vocabulary("Olven and pre-Olven").whole("Olven", before="-"))
        [Span(start=0, end=5)]
        """
        for start in self._occurrences(written):
            end = start + len(written)
            ahead, next_one = self.text[max(start - 1, 0) : start], self.text[end : end + 1]
            beside = _in_word(ahead) or _in_word(next_one) or (ahead and ahead in before)
            if not beside and not (next_one and next_one in behind):
                yield Span(start, end)

    def any_of(self, wanted: Iterable[str], before: str = "", behind: str = "") -> Iterator[Span]:
        """Yield where any of several words stand, the longest at each place, none over another, in order."""
        end = 0
        found = (s for written in dict.fromkeys(wanted) for s in self.whole(written, before, behind))
        for span in sorted(found, key=lambda s: (s.start, -s.end)):
            if span.start >= end:
                yield span
                end = span.end

    def has_adjective_of(self, word: str) -> bool:
        """Tell whether the text has the adjective of a country's name.

        >>> Vocabulary("The Olvenian fleet").has_adjective_of("Olvenia")
        True
        """
        stem = word.rstrip("aeioy")
        parts = _RUN.findall(stem)
        if len(word) < 5 or (stem[-1:].isalnum() and parts[-1] not in self._stems):
            return False
        if parts == [stem]:
            return True
        return re.search(rf"\b{re.escape(stem)}\w{{0,2}}(?:an|ish|ese)\b", self.text) is not None

    def tells_what_is_in(self, word: str, unless_before: str) -> bool:
        """Tell whether the text says that something is in what a word names, with none of some marks right behind.

        >>> Vocabulary("ships in Olven").tells_what_is_in("Olven", unless_before="'")
        True
        """
        return any(
            self.text[span.end : span.end + 1] not in list(unless_before)
            and _LOCATED.search(self.text[max(span.start - _LONGEST - 1, 0) : span.start])
            for span in self._bounded(word)
        )

    def _bounded(self, written: str) -> Iterator[Span]:
        """Yield where words stand with a word's border at both ends."""
        for start in self._occurrences(written):
            end = start + len(written)
            begins = _in_word(written[0]) != _in_word(self.text[max(start - 1, 0) : start])
            if begins and _in_word(written[-1]) != _in_word(self.text[end : end + 1]):
                yield Span(start, end)

    def _occurrences(self, written: str) -> Iterator[int]:
        """Yield where words begin, of which the first is no part of a longer word."""
        if first := _RUN.match(written):
            yield from (start for start in self._starts.get(first[0], ()) if self.text.startswith(written, start))
        elif written:  # begins with a mark
            yield from (m.start() for m in re.finditer(f"(?={re.escape(written)})", self.text))


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
