"""Facts: rows of a codebook file with the line that each stands on, and cells that hold a list, a code or a point."""

import re
from collections.abc import Iterator
from pathlib import Path

from toolkit.codebook import rows
from toolkit.errors import CodebookError

_CODE = re.compile(r"[A-Z]{2}")


def numbered(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield ("file, line n", row) for every row of a file, each with exactly these columns.

    Raises
    ------
    CodebookError
        Naming the file and the line that does not fit.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    numbers = [n for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")][1:]
    for number, row in zip(numbers, rows(path, columns), strict=True):
        yield f"{path.name}, line {number}", row


def parts(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds several.

    >>> parts("Kyiv;Kiev"), parts("")
    (('Kyiv', 'Kiev'), ())
    """
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def code(where: str, cell: str, known: frozenset[str] | None = None) -> str:
    """Return the ISO 3166 code that a cell holds, one of those `known`.

    Raises
    ------
    CodebookError
        When it is no code, or no known one.
    """
    if not _CODE.fullmatch(cell):
        raise CodebookError(f"{where}: code {cell!r} is none: write two capital letters, as ISO 3166 has them")
    if known is not None and cell not in known:
        raise CodebookError(f"{where}: no state has the code {cell!r}: use one of those in states.csv")
    return cell


def point(where: str, latitude: str, longitude: str) -> tuple[float, float]:
    """Return the point of two cells in degrees.

    Raises
    ------
    CodebookError
        When it is no point of the globe.
    """
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        raise CodebookError(f"{where}: {latitude!r}, {longitude!r} is no point: write degrees such as 46.9") from None
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise CodebookError(f"{where}: {latitude}, {longitude} is not on the globe: latitude first, then longitude")
    return north, east
