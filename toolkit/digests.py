"""Digests of what decides a result beside the text: the toolkit's code, its codebook, the tagger's weights."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_WEIGHTS = _PACKAGE / "model" / "weights" / "tagger.onnx"
_LISTS = (".csv", ".gz")


def of_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


@cache
def weights() -> str:
    """Return the SHA-256 of the tagger's weights that ship."""
    return of_file(_WEIGHTS)


@cache
def codebook() -> str:
    """Return one digest of all word lists of the codebook."""
    return _of_all(path for path in (_PACKAGE / "codebook").iterdir() if path.suffix in _LISTS)


@cache
def code() -> str:
    """Return one digest of the toolkit's own files, so that a changed checkout of one version is told apart.

    >>> len(code())
    64
    """
    apart = {_PACKAGE / "shipped", _WEIGHTS}
    return _of_all(
        path
        for path in _PACKAGE.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and not (path.parent.name == "codebook" and path.suffix in _LISTS)
        and apart.isdisjoint({path, *path.parents})
    )


def _of_all(paths: Iterable[Path]) -> str:
    named = sorted((path.relative_to(_PACKAGE).as_posix(), path) for path in paths)
    lines = "".join(f"{of_file(path)}  {name}\n" for name, path in named)
    return hashlib.sha256(lines.encode()).hexdigest()
