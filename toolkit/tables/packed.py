"""Frames as bytes and back, in Arrow's stream format: what a cache keeps of a set of tables."""

import io
from collections.abc import Mapping

import pandas as pd


def pack(frames: Mapping[str, pd.DataFrame]) -> bytes:
    """Return frames as bytes; the same frames give the same bytes."""
    import pyarrow as pa

    out = io.BytesIO()
    for frame in frames.values():
        table = pa.Table.from_pandas(frame, preserve_index=False)
        with pa.ipc.new_stream(out, table.schema) as stream:
            stream.write_table(table)
    return out.getvalue()


def unpack(data: bytes, names: list[str]) -> dict[str, pd.DataFrame]:
    """Return the frames that were packed under these names, in their order."""
    import pyarrow as pa

    inside = io.BytesIO(data)
    return {name: pa.ipc.open_stream(inside).read_pandas() for name in names}
