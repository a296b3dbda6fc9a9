"""Which column of a table of texts holds what, and its rows as documents."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from toolkit import codebook
from toolkit.errors import SourceError
from toolkit.source import web_page
from toolkit.source.clean import printable
from toolkit.source.content import Content, Piece, Unread, taken
from toolkit.source.decode import decode, visible
from toolkit.source.options import Options, flag
from toolkit.spans import identity

_LISTED = 20
_DEEPEST = 8  # objects in objects whose keys are columns
_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W_]+")
_NAMES = ("name", "title")  # keys of an object, of which a cell says what it is called


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
        lowered.setdefault(key(column), column)
    inner = {key(column.rpartition(".")[2]): column for column in reversed(there) if "." in column}
    found: dict[str, Any] = {}
    for field in Columns._fields:
        asked = getattr(options, f"{field}_column")
        if asked is not None:
            found[field] = asked if asked in there else lowered.get(key(asked))
            if found[field] is None:
                raise SourceError(f"{name} has no column {asked!r}: it has {_listed(there)}")
        else:
            found[field] = next((lowered[c] for c in usual(field) if c in lowered), None)
    if found["text"] is None:  # a text in an object; what else is called there may be of something else
        found["text"] = next((inner[c] for c in usual("text") if c in inner), None)
    if found["text"] is None:
        raise SourceError(
            f"{name} has no column named like a text: it has {_listed(there)}; choose one with {flag('text_column')}"
        )
    return Columns(**found)


def key(column: str) -> str:
    """Return a column's name as names are compared.

    >>> key("Load-Date"), key("publishedAt"), key("source.name")
    ('load_date', 'published_at', 'source_name')
    """
    return "_".join(part for part in _PARTS.split(column) if part).lower()


def flat(row: Mapping[str, Any], depth: int = _DEEPEST) -> dict[str, Any]:
    """Return a row whose objects are columns: their keys, behind their own and a full stop.

    >>> flat({"id": 1, "source": {"name": "Coast"}})
    {'id': 1, 'source.name': 'Coast'}
    """
    out: dict[str, Any] = {}
    for column, value in row.items():
        if isinstance(value, Mapping) and value and depth:
            out |= {f"{column}.{inner}": v for inner, v in flat(value, depth - 1).items()}
        else:
            out[column] = value
    return out


@cache
def usual(field: str) -> tuple[str, ...]:
    """Return what columns of a field are usually called, as `key` writes them.

    >>> usual("title")[0]
    'title'
    """
    path = Path(codebook.__file__).parent / "columns.csv"
    return tuple(row["column"] for row in codebook.rows(path, ("field", "column")) if row["field"] == field)


def document(row: Mapping[str, Any], named: Columns, at: str, name: str, encoding: str) -> Piece | Unread:
    """Return a row as a document; `at` tells the row from the file's others, as ", row 7".

    A list of strings is a text of so many paragraphs. A cell of HTML gives its words, which are then kept to align to.
    """
    where = f"{name}{at}"
    value = row.get(named.text)
    try:
        if isinstance(value, bytes):
            value = decode(value, where)[0]
        paragraphs = value if isinstance(value, list) and all(isinstance(v, str) for v in value) else None
        if paragraphs is not None:
            value = "\n\n".join(paragraphs)
        if value is not None and not isinstance(value, str):
            reason = f"holds no text in column {named.text!r} but {type(value).__name__}: choose another with"
            return Unread(where, f"{where} {reason} {flag('text_column')}")
        if value is None or not visible(value):
            return Unread(where, f"{where} has no text in column {named.text!r}: fill it in, or leave the row out")
        given = {f: _written(row[c]) for f, c in named._asdict().items() if f != "text" and c is not None and c in row}
        own = {field: text for field, text in given.items() if text}
        written = json.dumps({"text": value, **own}, sort_keys=True)
        metadata = {field: text for field, text in own.items() if field != "id"}
        if web_page.is_marked_up(value):
            content = taken(web_page.fragment(value), f"{encoding} (html)", metadata, where)
        elif paragraphs is not None:
            content = taken(value, encoding, metadata, where)
        else:
            content = Content(encoding, value, identity(len(value)), metadata)
    except SourceError as error:
        return Unread(where, str(error))
    return Piece(at, sha256(written.encode()).hexdigest(), content, own.get("id"))


def _written(value: Any) -> str:
    """Return a cell's value as a string: a list of names parted by commas, an object by its name."""
    if value is None or value != value:  # a missing number is not equal to itself
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if isinstance(value, Mapping):
        return next((_written(value[k]) for k in _NAMES if k in value), "")
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return ", ".join(filter(None, (_written(v) for v in value if not isinstance(v, list))))
    if isinstance(value, float) and value.is_integer():  # numbers of a column that lacks some
        return str(int(value))
    return str(value).strip()


def _listed(there: Sequence[str]) -> str:
    more = f" and {len(there) - _LISTED} more" if len(there) > _LISTED else ""
    return ", ".join(printable(c)[:60] or "one without a name" for c in there[:_LISTED]) + more
