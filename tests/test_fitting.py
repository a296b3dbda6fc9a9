"""What is told without pandera is what pandera says: the same frames are let pass, and come back the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.tables.contracts import SCHEMAS
from toolkit.tables.fitting import fitted

# What may stand in a column of each type, with what may not, as rows come from extractors and from files.
VALUES = {
    "int64": [0, 1, 5, 5, -1, 2.0, 2.5, None, "3", True],
    "float64": [0, 0.5, 1, -91.0, None, np.nan, "x"],
    "bool": [True, False, None, 1, "no"],
    "Int64": [1988, None, 2031.0, 0, 1.5, "1988"],
    "str": ["d", "body", "direct", "named", "day", "e", None, np.nan, 7, ""],
}
COUNTS = ("references", "attributions", "places", "sentences", "statements", "quantities")


def kind(column) -> str:
    return str(column.dtype) if str(column.dtype) in VALUES else "str"


@st.composite
def frames(draw):
    """Draw a contract and rows for it: of most columns values that fit, of a few whatever there is."""
    schema = SCHEMAS[draw(st.sampled_from(COUNTS))]
    size = draw(st.integers(0, 3))
    odd = draw(st.sets(st.sampled_from(list(schema.columns)), max_size=2))
    columns = {}
    for name, column in schema.columns.items():
        allowed = [check.statistics["allowed_values"][0] for check in column.checks if check.name == "isin"]
        usual = {"str": allowed or [f"{name}-{i}" for i in range(3)], "bool": [True], "Int64": [1988], "float64": [0.5]}
        values = VALUES[kind(column)] if name in odd else usual.get(kind(column), [3])
        start = 0 if name in schema.unique and name not in odd else draw(st.integers(0, 9))
        columns[name] = [
            values[(start + i) % len(values)] if name not in odd else draw(st.sampled_from(values)) for i in range(size)
        ]
    return schema, pd.DataFrame(columns, columns=list(schema.columns))


def validated(schema, frame) -> pd.DataFrame | None:
    try:
        return schema.validate(frame, lazy=True).reset_index(drop=True)
    except Exception:
        return None


@settings(max_examples=120, deadline=None)
@given(frames())
def test_what_passes_is_what_pandera_returns(drawn):
    schema, frame = drawn
    before = frame.copy(deep=True)
    found = fitted(frame, schema)
    pd.testing.assert_frame_equal(frame, before)
    if found is not None:
        expected = validated(schema, frame)
        assert expected is not None
        pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_rows_as_extractors_make_them_need_no_pandera(schema):
    usual = {"int64": [3, 4], "float64": [0.5, 1.0], "bool": [True, False], "Int64": [1988, None]}
    rows = {}
    for name, column in schema.columns.items():
        allowed = [check.statistics["allowed_values"][0] for check in column.checks if check.name == "isin"]
        rows[name] = allowed * 2 if allowed else usual.get(kind(column), [f"{name}-1", f"{name}-2"])
    for missing in (False, True):
        columns = {n: [None, None] if missing and schema.columns[n].nullable else v for n, v in rows.items()}
        found = fitted(pd.DataFrame(columns), schema)
        assert found is not None
        pd.testing.assert_frame_equal(found, validated(schema, pd.DataFrame(columns)))
