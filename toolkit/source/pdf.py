"""PDF: for now refused."""

from toolkit.errors import SourceError
from toolkit.source.content import Content
from toolkit.source.options import Options


def content(data: bytes, name: str, options: Options) -> Content:
    """Refuse."""
    raise SourceError(f"{name} is a PDF file")
