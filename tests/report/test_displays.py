"""Displays: how a table sits on paper."""

import re

from toolkit.report.displays import Table
from toolkit.report.inline import line


def widths(*rows: tuple[str, ...]) -> list[str]:
    """Return the widths of a table's columns as Typst is told them; the third takes what room is left."""
    table = Table("Tolls", ("Gate", "Keeper", "Boats", "Times"), [tuple(map(line, r)) for r in rows], "Boats")
    return re.search(r"\(([^()]*),\), \(left", table.typst())[1].split(", ")


def test_a_column_of_long_words_shares_the_room_with_the_longest():
    auto, keeper, boats, times = widths(("North", "Master of the northern gate", 40 * "boat ", "3"))
    assert (auto, times) == ("auto", "auto")
    assert 1 <= int(keeper.removesuffix("fr")) < int(boats.removesuffix("fr"))


def test_where_all_is_short_only_the_wide_column_stretches():
    assert [w == "auto" for w in widths(("North", "Master of the northern gate", "boat", "3"))] == [
        True,
        True,
        False,
        True,
    ]
