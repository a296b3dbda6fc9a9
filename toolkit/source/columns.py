"""Which column of a table of texts holds what, and its rows as documents."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from toolkit import codebook
from toolkit.errors import SourceError
from toolkit.source.clean import printable
from toolkit.source.content import Content, Piece, Unread
from toolkit.source.decode import visible
from toolkit.source.options import Options, flag
from toolkit.spans import identity

_LISTED = 20


class Columns(NamedTuple):
    """The columns that hold a field of documents; None where no column does."""

    text: str
    id: str | None
    title: str | None
    author: str | None
    outlet: str | None
    date: str | None


def columns(there: Sequence[str], options: Options, name: str) -> Columns:
    """Return the columns by the user's options, or by what columns are usually called.

    Raises
    ------
    SourceError
        Naming the columns that there are, where one that was asked for, or the text's, is not among them.
    """
    lowered: dict[str, str] = {}
    for column in there:
        lowered.setdefault(column.strip().lower(), column)
    found: dict[str, Any] = {}
    for field in Columns._fields:
        asked = getattr(options, f"{field}_column")
        if asked is not None:
            found[field] = asked if asked in there else lowered.get(asked.lower())
            if found[field] is None:
                raise SourceError(f"{name} has no column {asked!r}: it has {_listed(there)}")
        else:
            found[field] = next((lowered[c] for c in usual(field) if c in lowered), None)
    if found["text"] is None:
        raise SourceError(
            f"{name} has no column named like a text: it has {_listed(there)}; choose one with {flag('text_column')}"
        )
    return Columns(**found)


@cache
def usual(field: str) -> tuple[str, ...]:
    """Return what columns of a field are usually called, in lower case.

    >>> usual("title")[0]
    'title'
    """
    path = Path(codebook.__file__).parent / "columns.csv"
    return tuple(row["column"] for row in codebook.rows(path, ("field", "column")) if row["field"] == field)


def document(row: Mapping[str, Any], named: Columns, at: str, name: str, encoding: str) -> Piece | Unread:
    """Return a row as a document; `at` tells the row from the file's others, as ", row 7"."""
    where = f"{name}{at}"
    value = row.get(named.text)
    if value is not None and not isinstance(value, str):
        return Unread(
            where,
            f"{where} holds no text in column {named.text!r} but {type(value).__name__}: "
            f"choose another with {flag('text_column')}",
        )
    if value is None or not visible(value):
        return Unread(where, f"{where} has no text in column {named.text!r}: fill it in, or leave the row out")
    given = {f: _written(row[c]) for f, c in named._asdict().items() if f != "text" and c is not None and c in row}
    own = {field: text for field, text in given.items() if text}
    written = json.dumps({"text": value, **own}, sort_keys=True)
    metadata = {field: text for field, text in own.items() if field != "id"}
    content = Content(encoding, value, identity(len(value)), metadata)
    return Piece(at, sha256(written.encode()).hexdigest(), content, own.get("id"))


def _written(value: Any) -> str:
    """Return a cell's value as a string; a list of names is parted by commas."""
    if value is None or value != value:  # a missing number is not equal to itself
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        return ", ".join(_written(v) for v in value if not isinstance(v, list | Mapping))
    return str(value).strip()


def _listed(there: Sequence[str]) -> str:
    more = f" and {len(there) - _LISTED} more" if len(there) > _LISTED else ""
    return ", ".join(printable(c)[:60] or "one without a name" for c in there[:_LISTED]) + more
