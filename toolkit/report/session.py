"""A notebook's session: tables show themselves as a card, and a known failure is one sentence.

`%tb` shows the whole traceback of a failure that was told in a sentence.
"""

from traceback import walk_tb
from types import TracebackType
from typing import Any

import pandas as pd
from pandas.api.typing import DataFrameGroupBy

from toolkit.errors import ToolkitError, one_line
from toolkit.tables import Tables

# where pandas looks for columns, and the arguments that name them
_LOOKS_UP = {
    "__getitem__": ("key",),
    "__getattr__": ("name",),
    "_get_label_or_level_values": ("key",),
    "get_grouper": ("keys",),
    "set_index": ("keys",),
    "drop": ("columns",),
    "duplicated": ("subset",),
    "dropna": ("subset",),
    "pivot_table": ("values", "index", "columns"),
}


def shown(tables: Tables) -> Any:
    """Return what a notebook shows for a set of tables."""
    from toolkit.report.card import card

    return card(tables)._repr_mimebundle_()


def told(
    shell: Any, kind: type[BaseException], error: BaseException, traceback: TracebackType, tb_offset: int | None = None
) -> None:
    """Show a failure in a notebook: in its one sentence where there is one, as IPython does otherwise."""
    sentence = one_line(error) if isinstance(error, ToolkitError) else _of_frame(error, traceback)
    if sentence:
        error._render_traceback_ = lambda: [sentence]  # type: ignore[attr-defined]
    shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)
    if sentence:
        del error._render_traceback_  # type: ignore[attr-defined]


def _of_frame(error: BaseException, traceback: TracebackType) -> str | None:
    """Return the sentence for a column that a frame does not have, None for any other failure."""
    for step, _ in walk_tb(traceback):
        there, called = step.f_locals, step.f_code.co_name
        frame = next((there[name] for name in ("self", "obj") if name in there), None)
        frame = frame.obj if isinstance(frame, DataFrameGroupBy) else frame
        if not isinstance(frame, pd.DataFrame):
            continue
        asked: list[Any] = [there.get(name) for name in _LOOKS_UP.get(called, ())]
        if called == "query" and isinstance(error, pd.errors.UndefinedVariableError):
            asked = str(error).split("'")[1:2]
        names = [name for one in asked for name in (one if isinstance(one, list | tuple) else [one])]
        missing = [name for name in names if isinstance(name, str) and name not in frame]
        if missing:
            return f"no column {missing[0]!r}: there are {', '.join(map(str, frame.columns)) or 'none'}"
    return None
