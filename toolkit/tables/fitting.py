"""A frame that keeps its contract is told in a twentieth of the time that pandera takes to say so.

What is not sure to keep it is left to pandera, which also words what is wrong.
"""

import pandas as pd
import pandera.pandas as pa

_TEXT = pd.Series([], dtype="str").dtype
_TYPES = {"int64": "int64", "float64": "float64", "bool": "bool", "Int64": "Int64"}  # all others are text
# What may become what without a look at the values; astype raises where one of them cannot.
_BECOMES = {
    "int64": frozenset[str](),
    "bool": frozenset[str](),
    "float64": frozenset({"object", "int64"}),
    "Int64": frozenset({"int64", "float64", "object"}),
    "str": frozenset({"object"}),
}


def fitted(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame | None:
    """Return the frame as the schema's validation returns it, numbered anew; None where something may be wrong."""
    if list(frame.columns) != list(schema.columns):
        return None
    retyped = {}
    for name, column in schema.columns.items():
        given = frame[name]
        values = _typed(given, str(column.dtype))
        if values is None or (not column.nullable and values.hasnans) or not _passes(values, column.checks):
            return None
        if values is not given:
            retyped[name] = values
    fits = (frame.assign(**retyped) if retyped else frame).reset_index(drop=True)
    if schema.unique and fits.duplicated(schema.unique).any():
        return None
    if {"start", "end"} <= set(schema.columns) and (fits["start"] > fits["end"]).any():
        return None
    return fits


def _typed(values: pd.Series, wanted: str) -> pd.Series | None:
    """Return a column in its type; None where it may not become that."""
    kind = _TYPES.get(wanted, "str")
    if values.dtype == (_TEXT if kind == "str" else kind):
        return values
    if kind == "str" and values.isna().all():
        return pd.Series(None, index=values.index, name=values.name, dtype=_TEXT)
    if len(values) and str(values.dtype) not in _BECOMES[kind]:
        return None
    try:
        return values.astype(_TEXT if kind == "str" else kind)
    except (TypeError, ValueError):
        return None


def _passes(values: pd.Series, checks: list[pa.Check]) -> bool:
    """Return whether values keep the checks that contracts use; a missing one keeps them all."""
    for check in checks:
        there = values.dropna() if values.hasnans else values
        limits = check.statistics or {}
        if check.name == "isin":
            kept = there.isin(limits["allowed_values"])
        elif check.name == "greater_than_or_equal_to":
            kept = there >= limits["min_value"]
        elif check.name == "in_range" and limits["include_min"] and limits["include_max"]:
            kept = there.between(limits["min_value"], limits["max_value"])
        else:
            return False
        if not kept.all():
            return False
    return True
