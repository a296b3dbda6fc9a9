"""The files below a folder that are opened: by the ending of their names, or by their content where there is none."""

import os
from collections.abc import Callable
from pathlib import Path

from toolkit.source.kinds import HEAD, lists_texts, signed, takes

_SAVED_WITH = "_files"  # browsers put a page's pictures and frames into a folder that is named for it
_PAGES = (".html", ".htm", ".xhtml")


def below(folder: Path) -> list[Path]:
    """Return the files below a folder that hold texts, by path, also those that will have to be told as not read.

    Hidden files and folders and what browsers save beside a page are none. A folder that cannot be listed and a
    link that leads nowhere are among them, so that reading tells of them. Links to folders are
    followed once all else is found, each folder once: a loop of them is no trap.
    """
    found: list[Path] = []
    visited: set[tuple[int, int]] = set()
    waiting, links = [folder], list[Path]()
    while waiting or links:
        at = waiting.pop() if waiting else links.pop()
        try:
            status = at.stat()
            if (status.st_dev, status.st_ino) in visited:
                continue
            visited.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(at), key=lambda entry: entry.name, reverse=True)
        except OSError:
            found.append(at)
            continue
        pages = {Path(e.name).stem for e in entries if Path(e.name).suffix.lower() in _PAGES}
        for entry in entries:
            path = at / entry.name
            if entry.name.startswith("."):
                continue
            if path.is_dir():
                if entry.name.removesuffix(_SAVED_WITH) in pages and entry.name.endswith(_SAVED_WITH):
                    continue
                (links if path.is_symlink() else waiting).append(path)
            elif _is_read(path):
                found.append(path)
    return sorted(found)


def _is_read(path: Path) -> bool:
    if path.suffix.lower() == ".json" and path.is_file():
        return _begins(path, lists_texts)
    if takes(path.name):
        return True  # a pipe, too, and a link that leads nowhere: reading tells of them
    if "." in path.name or not path.is_file():
        return False
    return _begins(path, signed)


def _begins(path: Path, like: Callable[[bytes], bool]) -> bool:
    try:
        with path.open("rb") as stream:
            return like(stream.read(HEAD))
    except OSError:
        return False
