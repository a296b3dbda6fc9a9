"""One place where findings meet DuckDB: a query over DataFrames, one thread, rows in stated order."""

from functools import cache

import duckdb
import pandas as pd


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
        for name, frame in frames.items():
            connection.register(name, frame)
        return connection.execute(sql).df()
