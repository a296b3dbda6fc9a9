"""How a table is kept in a file: one writer and one reader a format; strings stay strings, missing stays missing.

A writer opens a file and yields a function that adds rows to it, so that a table may be larger than memory.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

_NUMBERS = {"int64", "float64"}
Add = Callable[[pd.DataFrame], None]


@contextmanager
def _write_parquet(path: Path, empty: pd.DataFrame) -> Iterator[Add]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.Schema.from_pandas(empty, preserve_index=False)
    with pq.ParquetWriter(path, schema) as writer:

        def add(frame: pd.DataFrame) -> None:
            if len(frame):
                writer.write_table(pa.Table.from_pandas(frame, schema, preserve_index=False))

        yield add


def _read_parquet(path: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    return pd.read_parquet(path, columns=list(schema.columns))


@contextmanager
def _write_csv(path: Path, empty: pd.DataFrame) -> Iterator[Add]:
    # A byte order mark, so that spreadsheets do not take UTF-8 for something else.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        how: dict[str, Any] = {"index": False, "quoting": csv.QUOTE_MINIMAL, "lineterminator": "\n"}
        empty.to_csv(file, **how)
        yield lambda frame: frame.to_csv(file, header=False, **how)


def _read_csv(path: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    frame = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    return _typed(frame, schema)


@contextmanager
def _write_jsonl(path: Path, empty: pd.DataFrame) -> Iterator[Add]:
    del empty
    with path.open("w", encoding="utf-8", newline="\n") as lines:

        def add(frame: pd.DataFrame) -> None:
            for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")

        yield add


def _read_jsonl(path: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    with path.open(encoding="utf-8", newline="\n") as lines:
        return pd.DataFrame([json.loads(line) for line in lines], columns=list(schema.columns))


_CELL = 32_000  # Excel holds 32,767 characters a cell, counted in UTF-16
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MORE = re.compile(r"(?P<column>.+) \(part \d+\)")


@contextmanager
def _write_xlsx(path: Path, empty: pd.DataFrame) -> Iterator[Add]:
    frames = [empty]  # over how many cells a text is spread shows only when all are there
    yield frames.append
    _write_book(pd.concat([f for f in frames if len(f)] or frames, ignore_index=True), path)


def _write_book(frame: pd.DataFrame, path: Path) -> None:
    import openpyxl  # only this format needs it
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(path.stem)
    columns = {name: _parts(frame[name]) if pd.api.types.is_string_dtype(frame[name]) else 1 for name in frame}
    sheet.append([name if i == 0 else f"{name} (part {i + 1})" for name, n in columns.items() for i in range(n)])
    for row in frame.itertuples(index=False):
        cells: list[Any] = []
        for value, n in zip(row, columns.values(), strict=True):
            for i in range(n):
                part = value[i * _CELL // 2 : (i + 1) * _CELL // 2] if isinstance(value, str) else value
                if isinstance(part, str):
                    part = _NOT_IN_XML.sub("\ufffd", part)
                cell = WriteOnlyCell(sheet, None if pd.isna(part) or part == "" else part)
                if isinstance(part, str) and part:
                    cell.data_type = "s"  # a text that begins with = is no formula
                cells.append(cell)
        sheet.append(cells)
    book.save(path)


def _parts(column: "pd.Series[str]") -> int:
    """Return over how many cells the longest text of a column is spread (code points may count double)."""
    longest = column.str.len().max()
    return 1 if pd.isna(longest) else max(1, -(-int(longest) // (_CELL // 2)))


def _read_xlsx(path: Path, schema: pa.DataFrameSchema) -> pd.DataFrame:
    frame = pd.read_excel(path, dtype=str, keep_default_na=False, na_values=[])
    for name in [c for c in frame if _MORE.fullmatch(c)]:
        whole = _MORE.fullmatch(name)["column"]  # type: ignore[index]
        frame[whole] = frame[whole] + frame.pop(name)
    return _typed(frame, schema)


def _typed(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return a frame read as strings with numbers as numbers and empty strings as missing."""
    for name, column in schema.columns.items():
        if name in frame and column.nullable:
            frame[name] = frame[name].mask(frame[name] == "")
        if name in frame and str(column.dtype) in _NUMBERS:
            frame[name] = pd.to_numeric(frame[name])
        if name in frame and str(column.dtype) == "bool":
            frame[name] = frame[name].str.lower().map({"true": True, "false": False})
    return frame


WRITERS = {"parquet": _write_parquet, "csv": _write_csv, "xlsx": _write_xlsx, "jsonl": _write_jsonl}
READERS = {"parquet": _read_parquet, "csv": _read_csv, "xlsx": _read_xlsx, "jsonl": _read_jsonl}
