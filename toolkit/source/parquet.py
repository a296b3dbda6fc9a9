"""Parquet: a row is a document; only the columns that are needed are read, a few rows at a time."""

from collections.abc import Iterator
from typing import IO, Any

from toolkit.errors import SourceError, one_line
from toolkit.source.columns import columns, document, flat
from toolkit.source.content import Piece, Unread
from toolkit.source.options import Options, flag

_ROWS = 16


def pieces(stream: IO[bytes], name: str, options: Options) -> Iterator[Piece | Unread]:
    """Yield a document for each row, the first being row 1.

    Raises
    ------
    SourceError
        When the file is damaged, unpacks to too much, or has no such column.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    size = stream.seek(0, 2)
    most = options.max_bytes + options.max_ratio * size
    number = unpacked = 0
    try:
        file = pq.ParquetFile(stream)
        named = columns(_names(file.schema_arrow), options, name)
        wanted = list(dict.fromkeys(column for column in named if column is not None))
        for batch in file.iter_batches(_ROWS, columns=wanted):
            unpacked += batch.nbytes
            if unpacked > most:
                raise SourceError(
                    f"{name} unpacks to over {options.max_ratio} times its size: raise {flag('max_ratio')}"
                )
            for row in batch.to_pylist():
                number += 1
                yield document(flat(row), named, f", row {number}", name, "parquet")
        if not number:
            raise SourceError(f"{name} holds no row: put texts into it, or leave it out")
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise SourceError(f"{name} is damaged after row {number} ({one_line(error)[:120]}): write it again") from None


def _names(fields: Any, depth: int = 8) -> list[str]:
    """Return the names of columns, of structures the names of what is in them, as `flat` writes them."""
    import pyarrow as pa

    out: list[str] = []
    for field in fields:
        inner = _names(field.type, depth - 1) if pa.types.is_struct(field.type) and depth else []
        out += [f"{field.name}.{name}" for name in inner] or [field.name]
    return out
