"""JSON Lines: a line is a document, its keys are its columns."""

import codecs
import json
from collections.abc import Iterator
from typing import IO

from toolkit.errors import SourceError, one_line
from toolkit.source.columns import Columns, columns, document
from toolkit.source.content import Piece, Unread
from toolkit.source.options import Options, flag


def pieces(stream: IO[bytes], name: str, options: Options) -> Iterator[Piece | Unread]:
    """Yield a document for each line.

    Raises
    ------
    SourceError
        When the first object has no such column.
    """
    named: Columns | None = None
    number = 0
    while line := stream.readline(options.max_bytes + 1):
        number += 1
        at = f", line {number}"
        where = f"{name}{at}"
        if len(line) > options.max_bytes:
            raise SourceError(f"{where} is longer than {options.max_megabytes:g} MB: raise {flag('max_megabytes')}")
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise SourceError(f"{name} is not in UTF-8: save it in UTF-8")
            line = line.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            yield Unread(where, f"{where} is not JSON ({one_line(error)[:120]}): mend it, or leave it out")
            continue
        if not isinstance(row, dict):
            yield Unread(where, f"{where} is JSON but no object: write it as {{...}} with a text under a key")
            continue
        if named is None:
            named = columns(list(row), options, name)
        named_here = (
            columns(list(row), options, name) if named.text in row and not set(named) <= {*row, None} else named
        )
        yield document(row, named_here, at, name, "utf-8")
