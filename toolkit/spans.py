"""Stand-off arithmetic on half-open intervals [start, end) of code points."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text: start inclusive, end exclusive, in Unicode code points."""

    start: int
    end: int


class Link(NamedTuple):
    """A kept stretch: text[start:end] came from raw[raw_start:raw_end].

    Stretches of equal length correspond character by character, others only as wholes.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int


Alignment = tuple[Link, ...]


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the white space at its ends.

    >>> trimmed("  to sea ", 0, 9)
    Span(start=2, end=8)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def merged(spans: Iterable[tuple[int, int]]) -> list[Span]:
    """Return the spans in order, those that touch or overlap made one.

    >>> merged([(5, 7), (0, 2), (2, 4)])
    [Span(start=0, end=4), Span(start=5, end=7)]
    """
    out: list[Span] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if out and start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, end))
        else:
            out.append(Span(start, end))
    return out


def without(span: tuple[int, int], holes: Iterable[tuple[int, int]]) -> list[Span]:
    """Return what is left of a span when the holes are cut out.

    >>> without((0, 10), [(2, 4), (8, 12)])
    [Span(start=0, end=2), Span(start=4, end=8)]
    """
    left, at = [], span[0]
    for start, end in merged(holes):
        if start >= span[1]:
            break
        if start > at:
            left.append(Span(at, start))
        at = max(at, end)
    if at < span[1]:
        left.append(Span(at, span[1]))
    return left


def covered(span: tuple[int, int], by: Iterable[tuple[int, int]]) -> int:
    """Return how many code points of a span the others cover.

    >>> covered((0, 10), [(2, 4), (3, 5), (9, 12)])
    4
    """
    return span[1] - span[0] - sum(end - start for start, end in without(span, by))


def overlapping(span: tuple[int, int], among: Sequence[Span]) -> Sequence[Span]:
    """Return those of sorted, disjoint spans that share a code point with a span.

    >>> overlapping((3, 6), [Span(0, 3), Span(5, 9), Span(9, 10)])
    [Span(start=5, end=9)]
    """
    first = bisect_right(among, span[0], key=lambda s: s.end)
    last = bisect_left(among, span[1], key=lambda s: s.start)
    return among[first:last]


class Overlaps:
    """Finds which of many spans, that may overlap each other, share a code point with a span."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Hold the spans; answers are given in their order."""
        held = list(spans)
        self._order = sorted(range(len(held)), key=lambda i: held[i][0])
        self._starts = [held[i][0] for i in self._order]
        self._ends = [held[i][1] for i in self._order]
        self._reach = list(accumulate(self._ends, max))

    def __call__(self, span: tuple[int, int]) -> list[int]:
        """Return the places, among the spans held, of those that share a code point with a span.

        >>> Overlaps([(0, 9), (2, 4), (6, 8)])((5, 7))
        [0, 2]
        """
        first, last = bisect_right(self._reach, span[0]), bisect_left(self._starts, span[1])
        return sorted(self._order[i] for i in range(first, last) if self._ends[i] > span[0])


def containing(starts: Sequence[int], offset: int) -> int:
    """Return the index of the last start at or before the offset, at least 0.

    >>> containing([0, 10, 20], 15)
    1
    """
    return max(bisect_right(starts, offset) - 1, 0)


def innermost(span: Span, over: Sequence[tuple[int, int, str]]) -> list[tuple[Span, str | None]]:
    """Return the pieces of a span, each with the key of the shortest of (start, end, key) that covers it.

    >>> innermost(Span(0, 9), [(2, 5, "a")])
    [(Span(start=0, end=2), None), (Span(start=2, end=5), 'a'), (Span(start=5, end=9), None)]
    """
    edges = {span.start, span.end, *(max(start, span.start) for start, _, _ in over)}
    cuts = sorted(edges | {min(end, span.end) for _, end, _ in over})
    pieces: list[tuple[Span, str | None]] = []
    overlaps = Overlaps((start, end) for start, end, _ in over)
    for start, end in zip(cuts, cuts[1:], strict=False):
        covering = [over[i] for i in overlaps((start, end)) if over[i][0] <= start and over[i][1] >= end]
        owner = min(covering, key=lambda o: (o[1] - o[0], o[2]))[2] if covering else None
        if pieces and pieces[-1][1] == owner:
            pieces[-1] = (Span(pieces[-1][0].start, end), owner)
        else:
            pieces.append((Span(start, end), owner))
    return pieces


def identity(length: int) -> Alignment:
    """Return the alignment of a text with itself."""
    return (Link(0, length, 0, length),) if length else ()


def substituted(text: str, edits: Iterable[tuple[int, int, str]]) -> tuple[str, Alignment]:
    """Return the text with the edits made, and its alignment to what it was.

    An edit (start, end, new) puts `new` in place of text[start:end]; edits do not overlap.

    >>> substituted("a\\r\\nb", [(1, 3, chr(10))])[1]
    (Link(start=0, end=1, raw_start=0, raw_end=1), Link(start=1, end=2, raw_start=1, raw_end=3), \
Link(start=2, end=3, raw_start=3, raw_end=4))
    """
    pieces: list[str] = []
    links: list[Link] = []
    at = length = 0

    def keep(piece: str, raw_start: int, raw_end: int) -> None:
        nonlocal length
        if not piece:
            return
        last = links[-1] if links else None
        same = len(piece) == raw_end - raw_start
        if last and same and last.raw_end == raw_start and last.end - last.start == last.raw_end - last.raw_start:
            links[-1] = Link(last.start, length + len(piece), last.raw_start, raw_end)
        else:
            links.append(Link(length, length + len(piece), raw_start, raw_end))
        pieces.append(piece)
        length += len(piece)

    for start, end, new in sorted(edits):
        keep(text[at:start], at, start)
        keep(new, start, end)
        at = end
    keep(text[at:], at, len(text))
    return "".join(pieces), tuple(links)


def composed(later: Alignment, earlier: Alignment) -> Alignment:
    """Return the alignment of a text changed twice: `later` maps onto what `earlier` made.

    >>> composed((Link(0, 2, 1, 3),), (Link(0, 5, 4, 9),))
    (Link(start=0, end=2, raw_start=5, raw_end=7),)
    """
    starts = [link.start for link in earlier]
    out: list[Link] = []
    for link in later:
        if link.end - link.start != link.raw_end - link.raw_start:
            raw = raw_span(earlier, link.raw_start, link.raw_end, starts)
            out.append(Link(link.start, link.end, *raw))
            continue
        at, shift = link.raw_start, link.start - link.raw_start
        i = containing(starts, at)
        while at < link.raw_end:
            block = earlier[i]
            end = min(block.end, link.raw_end)
            if block.end - block.start == block.raw_end - block.raw_start:
                move = block.raw_start - block.start
                out.append(Link(at + shift, end + shift, at + move, end + move))
            else:
                out.append(Link(at + shift, end + shift, block.raw_start, block.raw_end))
            at, i = end, i + 1
    return tuple(out)


def raw_span(alignment: Alignment, start: int, end: int, starts: Sequence[int] | None = None) -> Span:
    """Return where text[start:end] stands in the raw text.

    >>> raw_span((Link(0, 1, 0, 2), Link(1, 4, 2, 5)), 0, 2)
    Span(start=0, end=3)
    """
    if not alignment:
        return Span(0, 0)
    if starts is None:
        starts = [link.start for link in alignment]
    first = alignment[containing(starts, start)]
    last = alignment[containing(starts, max(end - 1, start))]
    exact = first.end - first.start == first.raw_end - first.raw_start
    raw_start = first.raw_start + min(start - first.start, first.end - first.start) if exact else first.raw_start
    if end <= start:
        return Span(raw_start, raw_start)
    exact = last.end - last.start == last.raw_end - last.raw_start
    return Span(raw_start, last.raw_start + (end - last.start) if exact else last.raw_end)


def inverse(alignment: Alignment) -> Alignment:
    """Return the alignment the other way round, for `raw_span` to tell where raw[start:end] stands in the text."""
    return tuple(Link(link.raw_start, link.raw_end, link.start, link.end) for link in alignment)
