"""A codebook of the user's own: actors, their other names, offices and places, added to what the toolkit ships.

A CSV file in UTF-8; lines that begin with # are comments, the first other line names the columns. `kind` and `name`
must be there, any of the others may:

kind: person, state, institution, media, group or place. aliases: other names, parted by ";". country: an ISO 3166 code,
or for a state of one's own any two capital letters. office, from, to: what a person holds, and the first and last day
(2014-05-26, 2014-05 or 2014); a row for each office. latitude, longitude: of a place, in degrees.
"""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from toolkit.codebook import nations
from toolkit.codebook.facts import code, parts, point
from toolkit.codebook.gazetteer import Place
from toolkit.errors import CodebookError

KINDS = ("person", "state", "institution", "media", "group", "place")
COLUMNS = ("kind", "name", "aliases", "country", "office", "from", "to", "latitude", "longitude")


class Entry(NamedTuple):
    """An actor or a place that the user listed: kind, name, other names, country (a code), and a place's point."""

    kind: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    place: Place | None = None


class Own:
    """What a user's file lists: entries by each of their names, and who held which office."""

    def __init__(self, entries: tuple[Entry, ...] = (), offices: tuple[nations.Office, ...] = ()) -> None:
        """Hold the entries and the offices."""
        self.by_name = {name: entry for entry in entries for name in (entry.name, *entry.aliases)}
        self.offices = offices

    def holders(self, key: str, noun: str, day: str) -> list[str]:
        """Return who held a state's office on a day (ISO), by the user's file or else by the shipped one."""
        return nations.holders(key, noun, day, self.offices) or nations.holders(key, noun, day)


NOTHING = Own()


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_own(path: str | Path) -> Own:
    """Return a user's codebook.

    Raises
    ------
    CodebookError
        In one line, naming file and row: no such file, another encoding, an unknown or a missing column, an unknown
        kind, a wrong code, day or point, a name given to two, or a name that is an alias and has a row of its own.
    """
    path = Path(path)
    listed = list(_rows(path))
    states = frozenset(s.code for s in nations.states())
    codes = states | {row["country"] for _, row in listed if row["kind"] == "state"}
    entries: dict[tuple[str, str], Entry] = {}
    lines: dict[str, str] = {}
    offices: list[nations.Office] = []
    for where, row in listed:
        if row["kind"] not in KINDS:
            raise CodebookError(f"{where}: there is no kind {row['kind']!r}: it is one of {', '.join(KINDS)}")
        if not row["name"]:
            raise CodebookError(f"{where}: has no name: give it one")
        country = code(where, row["country"], frozenset(codes)) if row["country"] else None
        key = row["kind"], row["name"]
        if row["office"]:
            offices.append(nations.office_of(where, row["kind"], row["name"], country, row))
        if key in entries and row["office"] and not row["aliases"]:
            continue  # a further office of somebody listed above
        names = (row["name"], *parts(row["aliases"]))
        for name in names:
            if name in lines or names.count(name) > 1:
                raise CodebookError(f"{where}: {name!r} is listed {_above(lines.get(name))} too: keep one")
        entries[key] = Entry(row["kind"], row["name"], names[1:], country, _place(where, row, country))
        lines |= dict.fromkeys(names, where)
    return Own(tuple(entries.values()), tuple(offices))


def _above(where: str | None) -> str:
    return f"in {where.split(', ')[-1]}" if where else "twice in the row"


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield ("file, line n", row with every column)."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read ({error.strerror}): check the path") from None
    except UnicodeDecodeError as error:
        number = error.object[: error.start].count(b"\n") + 1
        raise CodebookError(f"{path.name}, line {number}: is not UTF-8: save the file as UTF-8") from None
    header: list[str] | None = None
    aliases: dict[str, tuple[str, str]] = {}
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip(" ,;\t") or line.startswith("#"):
            continue
        where = f"{path.name}, line {number}"
        try:
            cells = [cell.strip() for cell in next(csv.reader([line], strict=True))]
        except csv.Error:
            raise CodebookError(f"{where}: has a quotation mark that does not close: close it in the row") from None
        if header is None:
            header = cells
            _check_columns(where, header)
            continue
        if len(cells) != len(header):
            raise CodebookError(f"{where}: has {len(cells)} cells, give it {len(header)}, as the first line has")
        row = dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=True))
        aliases |= dict.fromkeys(parts(row["aliases"]), (row["name"], where))
        found.append((where, row))
    if header is None:
        raise CodebookError(f"{path.name}, line 1: is empty: begin with a line {','.join(COLUMNS[:4])}")
    if not found:
        raise CodebookError(f"{where}: has no row below it: list an actor or a place")
    for where, row in found:
        _check_circle(where, row["name"], aliases)
    yield from found


def _check_columns(where: str, header: list[str]) -> None:
    if len(header) == 1 and (mark := next((m for m in ";\t" if m in header[0]), "")):
        shown = "tabs" if mark == "\t" else "semicolons"
        raise CodebookError(f"{where}: its cells are parted by {shown}: save the file with commas")
    for column in header:
        if column not in COLUMNS:
            raise CodebookError(f"{where}: there is no column {column!r}: the columns are {', '.join(COLUMNS)}")
        if header.count(column) > 1:
            raise CodebookError(f"{where}: the column {column!r} is there twice: keep one")
    for needed in ("kind", "name"):
        if needed not in header:
            raise CodebookError(f"{where}: has no column {needed!r}: begin with a line {','.join(COLUMNS[:4])}")


def _check_circle(where: str, name: str, aliases: dict[str, tuple[str, str]]) -> None:
    """Refuse a name that is another's alias, above all where the two are aliases of each other."""
    if name not in aliases:
        return
    seen, at = [name], name
    while at in aliases and aliases[at][0] not in seen:
        at = aliases[at][0]
        seen.append(at)
    if at in aliases:
        raise CodebookError(f"{where}: {' is an alias of '.join([*seen, aliases[at][0]])}, a circle: keep one name")
    owner, other = aliases[name]
    raise CodebookError(f"{where}: {name!r} is an alias of {owner!r} in {other.split(', ')[-1]}: put its aliases there")


def _place(where: str, row: dict[str, str], country: str | None) -> Place | None:
    if row["kind"] != "place":
        if row["latitude"] or row["longitude"]:
            raise CodebookError(f"{where}: only a place has a point: make its kind place, or leave the degrees out")
        return None
    north, east = point(where, row["latitude"], row["longitude"])
    return Place(row["name"], north, east, country, None, "site", 9.0, f"own:{row['name']}")
