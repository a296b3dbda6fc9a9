"""The lines of a printed page: in which order they are read, and where paragraphs begin."""

from bisect import bisect_right
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

HYPHEN = "\ufffe"  # a hyphen that parts a word at the end of a line
_DEEPEST = 60


class Line(NamedTuple):
    """A line and its box, in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page, column by column, what stands over several columns in its place (XY-cut).

    A stretch of the page is cut where a gap runs down through all of it, else where the widest gap
    runs across it, and each part likewise.

    >>> [line.text for line in in_reading_order([Line(60, 0, 100, 9, "b"), Line(0, 0, 40, 9, "a")])]
    ['a', 'b']
    """
    return _ordered(list(lines), 0)


def _ordered(lines: list[Line], depth: int) -> list[Line]:
    if len(lines) < 2 or depth > _DEEPEST:
        return sorted(lines, key=lambda line: (-line.top, line.left))
    if columns := _columns(lines):
        return [line for column in columns for line in _ordered(column, depth + 1)]
    by_height = sorted(lines, key=lambda line: -line.top)
    lowest, widest, cut = by_height[0].bottom, 0.0, 0
    for i, line in enumerate(by_height[1:], 1):
        if lowest - line.top > widest or (not cut and lowest - line.top >= 0):
            widest, cut = lowest - line.top, i
        lowest = min(lowest, line.bottom)
    if not cut:
        return sorted(lines, key=lambda line: (-round(line.bottom), line.left))
    return _ordered(by_height[:cut], depth + 1) + _ordered(by_height[cut:], depth + 1)


def _columns(lines: list[Line]) -> list[list[Line]]:
    """Return the lines left and right of a gap that runs down through all of them; nothing where there is none."""
    by_left = sorted(lines, key=lambda line: line.left)
    height = median(line.top - line.bottom for line in lines)
    left, end = by_left[0].left, max(line.right for line in lines)
    reached = by_left[0].right
    for i, line in enumerate(by_left[1:], 1):
        wide = min(reached - left, end - line.left) > 0.15 * (end - left)
        if line.left - reached > 0.6 * height and wide:
            return [by_left[:i], by_left[i:]]
        reached = max(reached, line.right)
    return []


def paragraphs_begin(lines: Sequence[Line]) -> list[bool]:
    """Return for each line, in the order of reading, whether a paragraph begins with it.

    One does after a wider gap, with an indent, at another size of type, and after a short line that
    ends a sentence. At the top of a column or a page it takes the end of a
    sentence, and an indent or a short line.
    """
    leading = _leading(lines)
    begun: list[bool] = []
    for i in range(len(lines)):
        begun.append(i == 0 or _begins(lines, i, leading, above_begins=begun[-1]))
    return begun


def _leading(lines: Sequence[Line]) -> float:
    """Return the distance of a paragraph's lines in heights of their type: the least that a fifth of all lines keep."""
    steps = sorted(
        (above.bottom - line.bottom) / (above.top - above.bottom)
        for above, line in zip(lines, lines[1:], strict=False)
        if _below(line, above)
    )
    for i, step in enumerate(steps):
        kept = bisect_right(steps, 1.1 * step) - i
        if kept >= len(steps) / 5:
            return step
    return 0.0


def _begins(lines: Sequence[Line], i: int, leading: float, *, above_begins: bool) -> bool:
    above, line = lines[i - 1], lines[i]
    height = line.top - line.bottom
    if abs(line.bottom - above.bottom) < 0.3 * height and line.left >= above.right:
        return False  # the same line goes on
    if abs(height - (above.top - above.bottom)) > 0.15 * height:
        return True
    ended = above.text.rstrip("”’\"')]").endswith((".", "!", "?", "…", ":"))
    margin, _ = _sides(lines, i, line)
    own_margin, edge = _sides(lines, i - 1, above)
    indented = 0.5 * height < line.left - margin < 4 * height
    short = above.right < edge - 0.15 * (edge - own_margin)
    if line.bottom > above.bottom:  # the next column
        return ended and (indented or short)
    if not _below(line, above) or above.bottom - line.bottom > 1.3 * leading * (above.top - above.bottom):
        return True
    # an indent below an indent: a paragraph of one line, where this one's second line is back at the margin
    below = lines[i + 1] if i + 1 < len(lines) else line
    back = below.left - margin < 0.5 * height and 0 < line.bottom - below.bottom <= 1.3 * leading * height
    above_is_out = above.left - own_margin < 0.5 * height
    return ended and ((indented and (above_is_out or (above_begins and back))) or short)


def _sides(lines: Sequence[Line], i: int, line: Line) -> tuple[float, float]:
    """Return the left and the right side of the column that a line is in, as lines near it show."""
    near = [other for other in lines[max(i - 6, 0) : i + 6] if _overlap(other, line)]
    return min(other.left for other in near), max(other.right for other in near)


def _below(line: Line, above: Line) -> bool:
    return line.bottom < above.bottom and _overlap(line, above)


def _overlap(one: Line, other: Line) -> bool:
    return one.left < other.right and other.left < one.right
