"""How sources are read: which columns hold what, and how much a file may ask of the machine."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from toolkit.errors import ParameterError

_MEGABYTE = 1_000_000


def _column(what: str) -> Any:
    told = f"the column of CSV, JSON Lines or Parquet that holds {what}"
    return field(default=None, metadata={"help": told, "metavar": "NAME", "type": str})


def _limit(default: float, metavar: str, told: str) -> Any:
    return field(default=default, metadata={"help": told, "metavar": metavar, "type": type(default)})


@dataclass(frozen=True)
class Options:
    """What a user may say of how sources are read; each field is an option of the command line."""

    text_column: str | None = _column("the text")
    id_column: str | None = _column("an id for each text")
    title_column: str | None = _column("the headline")
    author_column: str | None = _column("who signs the text")
    outlet_column: str | None = _column("where it was published")
    date_column: str | None = _column("the day it was published")
    max_megabytes: float = _limit(200.0, "MB", "the largest text read, packed or unpacked")
    max_pages: int = _limit(2000, "N", "the most pages of one PDF")
    max_ratio: int = _limit(200, "N", "how many times its size an archive may unpack to")
    max_depth: int = _limit(3, "N", "how deep archives may lie in archives")
    max_seconds: float = _limit(60.0, "S", "the longest time for one text")

    def __post_init__(self) -> None:
        for limit in (f for f in fields(self) if f.name.startswith("max_")):
            if not getattr(self, limit.name) > 0:
                raise ParameterError(f"{flag(limit.name)} is {getattr(self, limit.name)}: give a number above 0")

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Options":
        """Return options by name, those that are None left as they are.

        Raises
        ------
        ParameterError
            Naming the options that there are, where one is not among them.

        >>> Options.of({"max_pages": 10, "text_column": None}).max_pages
        10
        """
        known = [f.name for f in fields(cls)]
        if unknown := sorted(set(given) - set(known)):
            raise ParameterError(f"no option {unknown[0]!r} for reading: there are {', '.join(known)}")
        return cls(**{name: value for name, value in given.items() if value is not None})

    def set(self) -> dict[str, Any]:
        """Return what is not as it is by itself.

        >>> Options(max_pages=10).set()
        {'max_pages': 10}
        """
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) != f.default}

    @property
    def max_bytes(self) -> int:
        """Return the largest size of a text in bytes."""
        return int(self.max_megabytes * _MEGABYTE)


TYPES = {f.name: f.metadata["type"] for f in fields(Options)}


def flag(name: str) -> str:
    """Return an option as the command line writes it.

    >>> flag("max_pages")
    '--max-pages'
    """
    return "--" + name.replace("_", "-")
