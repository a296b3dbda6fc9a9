"""One place where findings meet DuckDB: a query over DataFrames, one thread, rows in stated order."""

from collections.abc import Callable
from functools import cache, wraps

import duckdb
import pandas as pd
import pyarrow as pa

from toolkit.tables import Tables


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Return the one database of this process: to open one takes longer than a query over the tables of an article."""
    return duckdb.connect(config={"threads": 1})


def query(sql: str, **frames: pd.DataFrame) -> pd.DataFrame:
    """Return the result of a query over the frames, by their names.

    >>> query("select sum(n) as n from t", t=pd.DataFrame({"n": [1, 2]})).n[0]
    np.float64(3.0)
    """
    with _database().cursor() as connection:
        for name, frame in frames.items():  # as Arrow's tables, which cost half the time of reading frames
            connection.register(name, pa.Table.from_pandas(frame, preserve_index=False))
        return connection.execute(sql).df()


def asked_once(question: Callable[[Tables], pd.DataFrame]) -> Callable[[Tables], pd.DataFrame]:
    """Let a finding that others rest on be made once for a set of tables; whoever asks gets a copy."""

    @wraps(question)
    def answer(tables: Tables) -> pd.DataFrame:
        found: pd.DataFrame = tables.once(question)
        return found.copy()

    return answer
