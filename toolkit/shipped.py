"""Where the notebooks and sample texts are: inside an installed package, or at a checkout's top."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(installed: str, checkout: str) -> Path:
    inside = _PACKAGE / "shipped" / installed
    return inside if inside.is_dir() else _PACKAGE.parent / checkout


def notebooks() -> Path:
    """Return the folder of the notebooks that the toolkit ships."""
    return _folder("notebooks", "notebooks")


def sample() -> Path:
    """Return the article written for the project, on a dispute between two invented states.

    >>> sample().name
    'strait.txt'
    """
    return _folder("sample", "data/sample") / "strait.txt"


def training() -> Path:
    """Return the folder of the passages that the project wrote to train and to measure its tagger."""
    return _folder("training", "data/training")
