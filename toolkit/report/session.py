"""A notebook's session: tables show themselves as a card, and a known failure is one sentence.

`%tb` shows the whole traceback of a failure that was told in a sentence.
"""

from traceback import walk_tb
from types import TracebackType
from typing import Any

import pandas as pd

from toolkit.errors import ToolkitError, one_line
from toolkit.tables import Tables

# where pandas looks for a column by its name
_LOOKS_UP = {"__getitem__", "__getattr__", "_get_label_or_level_values", "get_grouper"}


def shown(tables: Tables) -> Any:
    """Return what a notebook shows for a set of tables."""
    from toolkit.report.card import card

    return card(tables)._repr_mimebundle_()


def told(
    shell: Any, kind: type[BaseException], error: BaseException, traceback: TracebackType, tb_offset: int | None = None
) -> None:
    """Show a failure in a notebook: in its one sentence where there is one, as IPython does otherwise."""
    sentence = one_line(error) if isinstance(error, ToolkitError) else _of_frame(traceback)
    if sentence:
        error._render_traceback_ = lambda: [sentence]  # type: ignore[attr-defined]
    shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)
    if sentence:
        del error._render_traceback_  # type: ignore[attr-defined]


def _of_frame(traceback: TracebackType) -> str | None:
    """Return the sentence for a column that a frame does not have, None for any other failure."""
    for step, _ in walk_tb(traceback):
        frame = next((step.f_locals.get(name) for name in ("self", "obj") if name in step.f_locals), None)
        if step.f_code.co_name in _LOOKS_UP and isinstance(frame, pd.DataFrame):
            asked = next((step.f_locals[name] for name in ("key", "name", "keys") if name in step.f_locals), None)
            missing = [name for name in (asked if isinstance(asked, list) else [asked]) if name not in frame]
            if missing:
                return f"no column {missing[0]!r}: there are {', '.join(map(str, frame.columns)) or 'none'}"
    return None
