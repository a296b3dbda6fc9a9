"""Find the texts that a user names: files, and the readable files of folders."""

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import SourceError, one_line
from toolkit.source import markdown
from toolkit.source.clean import printable
from toolkit.source.decode import decode, visible
from toolkit.spans import Alignment, identity

MARKDOWN = frozenset({".md", ".markdown"})
SUFFIXES = frozenset({".txt", ".text"}) | MARKDOWN
_LONGEST_ID = 80


class TextFile(NamedTuple):
    """A text as it was found: its id, where it is, what its bytes say.

    `plain` is the decoded text without markup, `alignment` leads from it to the decoded text.
    """

    doc_id: str
    path: Path
    source_path: str
    sha256: str
    encoding: str
    plain: str
    alignment: Alignment
    metadata: markdown.Metadata


def find(sources: Iterable[str | Path]) -> list[tuple[str, Path]]:
    """Return the document id and path of every text: sources as they are given, folders by path.

    A folder stands for all files below it whose names end in .txt, .text, .md or .markdown. The id
    is the file name's stem as a slug; a digest of the path is added where two would be the same.

    Raises
    ------
    SourceError
        When a source does not exist, or a folder holds no text.
    """
    paths: dict[str, Path] = {}
    for source in map(Path, sources):
        if source.is_dir():
            # os.walk does not follow links to folders, so that a loop of them cannot trap it.
            walk = os.walk(source, onerror=_refuse)
            below = sorted(Path(folder) / name for folder, _, names in walk for name in names)
            texts = [p for p in below if p.suffix.lower() in SUFFIXES and not p.name.startswith(".") and p.is_file()]
            if not texts:
                raise SourceError(f"{shown(source)} holds no text: put files ending in .txt or .md there")
            paths |= {str(p): p for p in texts}
        elif source.exists():
            paths[str(source)] = source
        else:
            raise SourceError(f"{shown(source)} does not exist: check the path, or name a file or folder of texts")
    slugs = {key: slug(path.stem) for key, path in paths.items()}
    shared = {s for s, times in Counter(slugs.values()).items() if times > 1}
    taken = set(slugs.values()) - shared
    out = []
    for key, path in paths.items():
        doc_id = slugs[key]
        if doc_id in shared:
            doc_id = f"{doc_id}-{_digest(path.as_posix())}"
            while doc_id in taken:  # another file is named like this id
                doc_id = f"{doc_id}-{_digest(doc_id)}"
            taken.add(doc_id)
        out.append((doc_id, path))
    return out


def _refuse(error: OSError) -> None:
    why = (error.strerror or one_line(error)).lower()
    raise SourceError(f"{shown(Path(error.filename))} cannot be read ({why}): check the folder and its permissions")


def read(doc_id: str, path: Path) -> TextFile:
    """Return the text of one file with its encoding and the digest of its bytes.

    Raises
    ------
    SourceError
        When the file cannot be read, is empty, or is no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or one_line(error)
        raise SourceError(f"{shown(path)} cannot be read ({why.lower()}): check the file and its permissions") from None
    return parse(doc_id, path, data)


def parse(doc_id: str, path: Path, data: bytes) -> TextFile:
    """Return the text in the bytes of a file; its name says whether it is Markdown.

    Raises
    ------
    SourceError
        When the bytes are empty, no text, or markup without words.
    """
    raw, encoding = decode(data, shown(path))
    plain, alignment = raw, identity(len(raw))
    metadata: markdown.Metadata = {}
    if path.suffix.lower() in MARKDOWN:
        plain, alignment, metadata = markdown.plain(raw)
        if not visible(plain):
            raise SourceError(f"{shown(path)} holds markup but no words: put text into it, or leave it out")
    digest = hashlib.sha256(data).hexdigest()
    return TextFile(doc_id, path, shown(path), digest, encoding, plain, alignment, metadata)


def slug(stem: str) -> str:
    """Return a file name's stem in lower-case letters, digits, hyphens and underscores.

    >>> slug("Café – Nº 7")
    'cafe-no-7'
    """
    ascii_only = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9_]+", "-", ascii_only.lower()).strip("-")
    return words[:_LONGEST_ID].strip("-") or f"text-{_digest(stem)}"


def shown(path: Path) -> str:
    """Return a path as people may safely see it, in any terminal and table."""
    return printable(path.as_posix())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
