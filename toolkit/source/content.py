"""What readers of formats hand on: the words of a document and where they stand, or why there are none."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.errors import SourceError
from toolkit.source.decode import visible
from toolkit.spans import Alignment, identity

Metadata = Mapping[str, str]  # title, author, outlet, date, as the document gives them


class Content(NamedTuple):
    """The words of one document.

    `plain` is the text without markup; `alignment` leads from it to the decoded file. Where the
    file is no text (a PDF, a saved page), `taken` is the text that was taken out of it, which the
    alignment leads to, and `pages` are the offsets in it at which its pages begin.
    """

    encoding: str
    plain: str
    alignment: Alignment
    metadata: Metadata
    taken: str | None = None
    pages: tuple[int, ...] = ()


class Piece(NamedTuple):
    """A document in a file.

    `name` is what tells it from others there (", row 7", "/a.txt"; empty where it is the file),
    `own_id` the id that the file gives it.
    """

    name: str
    sha256: str
    content: Content
    own_id: str | None = None


class Unread(NamedTuple):
    """A file, or a document in one, that could not be read; `reason` says what, where and what to do."""

    source_path: str
    reason: str


def taken(text: str, what: str, metadata: Metadata, name: str, pages: tuple[int, ...] = ()) -> Content:
    """Return the content of a file that is no text; `what` says how it was read.

    Raises
    ------
    SourceError
        When nothing in the text can be seen.
    """
    if not visible(text):
        raise SourceError(f"{name} holds no text that can be seen: put text into it, or leave it out")
    return Content(what, text, identity(len(text)), metadata, text, pages)
