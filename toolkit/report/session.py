"""A notebook's session: tables show themselves as a card, and a known failure is one sentence.

`%tb` shows the whole traceback of a failure that was told in a sentence.
"""

from types import TracebackType
from typing import Any

import pandas as pd

from toolkit.errors import ToolkitError, one_line
from toolkit.tables import Tables


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
    step: TracebackType | None = traceback
    while step:
        frame = step.tb_frame.f_locals.get("self")
        asked = step.tb_frame.f_code.co_name
        if isinstance(frame, pd.DataFrame) and asked in {"__getitem__", "__getattr__"}:
            name = error.args[0] if isinstance(error, KeyError) and error.args else getattr(error, "name", None)
            if name is not None and not (isinstance(name, str) and name in frame):
                there = ", ".join(map(str, frame.columns)) or "none"
                return one_line(ToolkitError(f"no column {name!r}: there are {there}"))
        step = step.tb_next
    return None
