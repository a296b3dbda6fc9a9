"""Results are written whole or not at all."""

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from toolkit.errors import OutputError, one_line

MANIFEST = "manifest.json"  # vouches for what lies beside it, so it is moved last


class Staging:
    """A folder to write into that takes its place only when everything in it is whole.

    Files are made in a hidden folder beside their destination and moved there one by one, in the
    order given to `publish`; whatever happens before, what was there stays as it was.
    """

    def __init__(self, destination: Path) -> None:
        """Stage files for the folder `destination`, which need not exist yet."""
        self.destination = destination
        self.made: list[Path] = []

    def __enter__(self) -> "Staging":
        try:
            self.made = [p for p in (self.destination, *self.destination.parents) if not p.exists()]
            self.destination.mkdir(parents=True, exist_ok=True)
            self.folder = Path(tempfile.mkdtemp(prefix=".partial-", dir=self.destination))
        except OSError as error:
            self._remove_made()
            raise cannot_write(self.destination, error) from None
        return self

    def publish(self, names: list[str]) -> list[Path]:
        """Move the named files to their destination and return where they are."""
        for name in names:
            if (self.destination / name).is_dir():  # found before anything is moved
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        for name in names:
            (self.folder / name).replace(self.destination / name)
        return [self.destination / name for name in names]

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self._remove_made()
        if isinstance(error, OSError):
            raise cannot_write(self.destination, error) from None

    def _remove_made(self) -> None:
        """Remove the folders that were made here, as far as they stayed empty."""
        for path in self.made:
            try:
                path.rmdir()
            except OSError:
                break


def replace_folder(made: Path, destination: Path, aside: Path) -> None:
    """Move a whole folder to its destination; the one that was there stands aside until the new one is in its place.

    Whatever stops this half-way, the old folder is whole, there or aside: see `restore`.
    """
    destination.parent.mkdir(parents=True, exist_ok=True)
    if destination.exists():
        aside.parent.mkdir(parents=True, exist_ok=True)
        destination.rename(aside)
    try:
        made.rename(destination)
    except OSError:
        restore(aside, destination)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def restore(aside: Path, destination: Path) -> None:
    """Move a folder that stands aside back to its destination, or remove it where its successor has taken its place."""
    if destination.exists():
        shutil.rmtree(aside, ignore_errors=True)
    elif aside.exists():
        aside.rename(destination)


def cannot_write(where: Path, error: OSError) -> OutputError:
    """Return the error for a place that does not take results."""
    why = (error.strerror or one_line(error)).lower()
    remedies = {errno.ENOSPC: "free the disk", errno.EACCES: "get permission", errno.EROFS: "get a writable disk"}
    first = f"{remedies[error.errno]} or " if error.errno in remedies else ""
    return OutputError(f"{where} cannot be written to ({why}): {first}choose another folder with --out")


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as JSON Lines, whole or not at all.

    Raises
    ------
    OutputError
        When the file cannot be written.
    """
    with Staging(path.parent) as staging:
        with (staging.folder / path.name).open("w", encoding="utf-8", newline="\n") as lines:
            for row in rows:
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
        staging.publish([path.name])
