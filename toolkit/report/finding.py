"""A finding as a table that reads well: labels in words, names instead of ids, numbers at their right."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from toolkit.errors import ToolkitError
from toolkit.report.displays import Table
from toolkit.report.inline import Inline, Line, Name, Text, line
from toolkit.report.lab import Shown
from toolkit.report.wording import named, percent, plural

_LABELS = {
    "doc_id": "Text",
    "name": "Voice",
    "about_name": "About",
    "kind": "Kind",
    "mode": "How it is told",
    "share": "Share",
    "number": "Sentence",
    "per_thousand": "Per 1,000 words",
    "reference": "In the reference",
    "log_likelihood": "Log-likelihood",
    "mutual_information": "Mutual information",
    "log_odds": "Log-odds",
    "z": "z",
    "dp": "DP",
    "dp_norm": "DPnorm",
    "flesch": "Flesch",
    "kincaid": "Kincaid grade",
    "fog": "Fog index",
    "coleman_liau": "Coleman–Liau",
    "ari": "ARI",
    "resolved_by": "Resolved by",
    "left": "Before",
    "keyword": "Word",
    "right": "After",
}
_TOLD = {"direct": "direct", "mixed": "partly quoted", "indirect": "in the article’s wording"}
_QUOTED = {"word", "ngram", "cue"}  # the text's own words
_CONTEXT = {"left", "keyword", "right"}  # of a concordance: each on one line, the keywords below each other
_SHORT, _LONG = 24, 60  # characters that stay on one line, and that want a wide column
_SHARES = {"share", "place"}
_BOUNDS = {"low", "high"}  # of quantities: as exact as they are written


@dataclass(frozen=True)
class _Words(Name):
    """Words of the text in a cell: on one line, in a wide column, or as it comes."""

    room: str

    def html(self) -> str:
        """Return the words in as much room as they need."""
        return f'<span class="name {self.room}">{self._html()}</span>'


def table(found: pd.DataFrame, caption: str = "", most: int = 25) -> Shown:
    """Return a finding, or any frame, as a table to look at: its first `most` rows.

    Left out are ids, the text where there is only one, and what a concordance is drawn by.

    Raises
    ------
    ToolkitError
        When it is no frame, or `most` is less than 1.
    """
    if not isinstance(found, pd.DataFrame):
        raise ToolkitError(f"a table shows a frame, not a {type(found).__name__}: give what a tool returned")
    if most < 1:
        raise ToolkitError(f"a table of {most} rows shows nothing: give most as 1 or more")
    kept = [name for name in found if not _left_out(str(name), found)]
    shown = found.head(most)
    labels = tuple(_LABELS.get(name, str(name).replace("_", " ").capitalize()) for name in kept)
    right = frozenset(
        label
        for name, label in zip(kept, labels, strict=True)
        if name == "left" or pd.api.types.is_numeric_dtype(found[name])
    )
    kinds = shown["kind"].tolist() if "kind" in shown else ["named"] * len(shown)
    cells = [
        tuple(_cell(str(name), value, kind) for name, value in zip(kept, row, strict=True))
        for row, kind in zip(shown[kept].itertuples(index=False), kinds, strict=True)
    ]
    counted = plural(len(found), "row") if len(found) else "None detected"
    told = f"The first {len(shown)} of {counted}" if len(shown) < len(found) else counted.capitalize()
    wide = "After" if "right" in kept else labels[-1] if labels else ""
    return Shown(Table(f"{caption.rstrip('.')}. {told}" if caption else told, labels, cells, wide, right, given=True))


def _left_out(name: str, found: pd.DataFrame) -> bool:
    if name == "doc_id":
        return bool(found["doc_id"].nunique() == 1)
    if "keyword" in found and name in {"kind", "mode", "place"}:
        return True
    if name in {"start", "end"}:  # the words say where they stand
        return "written" in found or "word" in found
    named = {"voice": "name", "about": "about_name"}  # what is an id, and the name beside it
    return name.endswith("_id") or named.get(name) in found


def _cell(name: str, value: Any, kind: str) -> Line:
    if value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NA:
        return line("–")
    if isinstance(value, str):
        words = _TOLD.get(value, value) if name == "mode" else f"“{value}”" if name in _QUOTED else value
        inside: Inline = Text(named(words, kind) if name == "name" else words)
        one_line = name in _CONTEXT or (name == "name" and len(words) <= _SHORT)
        return (_Words((inside,), "line" if one_line else "wide" if len(words) > _LONG else ""),)
    if isinstance(value, float):
        if name in _BOUNDS:
            return line(f"{value:,.12g}".replace("-", "−"))
        return line(percent(value) if name in _SHARES else f"{value:,.2f}".replace("-", "−"))
    if isinstance(value, bool | np.bool_):
        return line("yes" if value else "no")
    if name == "year":
        return line(f"{value}")
    return line(f"{value:,}" if isinstance(value, int) else str(value))
