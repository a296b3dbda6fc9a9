"""A cache in a folder: bytes by the digest of what they were made from, never read when damaged.

Only a batch sets one up (see VARIABLE), in the folder of its reports: words of a text lie nowhere that nobody named.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

VARIABLE = "ATTRIBUTION_TABLES"  # the environment variable that names the folder of the cache of tables
_ENDING = ".cached"
_DIGEST = hashlib.sha256().digest_size


class Cache:
    """Bytes by their key, a string of hexadecimal digits; what cannot be kept or read is made again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key, None where nothing is, or where it is not what was put there."""
        path = self.folder / f"{key}{_ENDING}"
        try:
            kept = path.read_bytes()
        except OSError:
            return None
        digest, value = kept[:_DIGEST], kept[_DIGEST:]
        if digest != _check(key, value):
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # what is used stays longest
        return value

    def put(self, key: str, value: bytes) -> None:
        """Keep bytes under a key, whole or not at all; a full disk keeps nothing."""
        name = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".partial-")
            with os.fdopen(handle, "wb") as file:
                file.write(_check(key, value) + value)
            Path(name).replace(self.folder / f"{key}{_ENDING}")
        except OSError:
            if name:
                Path(name).unlink(missing_ok=True)

    def entries(self) -> list[tuple[Path, int]]:
        """Return what is kept, with its size in bytes, the least recently used first."""
        found = []
        for path in self.folder.glob(f"*{_ENDING}"):
            with suppress(OSError):  # another process may have removed it
                status = path.stat()
                found.append((status.st_mtime_ns, path.name, path, status.st_size))
        return [(path, size) for _, _, path, size in sorted(found)]

    def trim(self, limit: int) -> None:
        """Remove what was not used for longest, until the rest takes no more than `limit` bytes."""
        entries = self.entries()
        held = sum(size for _, size in entries)
        for path, size in entries:
            if held <= limit:
                break
            path.unlink(missing_ok=True)
            held -= size

    def clear(self) -> int:
        """Remove all that is kept, and what was left half-written; return how many bytes that were."""
        entries = self.entries()
        for path in [*(path for path, _ in entries), *self.folder.glob(".partial-*")]:
            path.unlink(missing_ok=True)
        return sum(size for _, size in entries)


def here() -> Cache | None:
    """Return the cache that this process was told to use, if any."""
    folder = os.environ.get(VARIABLE)
    return Cache(Path(folder)) if folder else None


def _check(key: str, value: bytes) -> bytes:
    return hashlib.sha256(key.encode() + value).digest()
