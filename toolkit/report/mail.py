"""The mail: what a report found, in plain lines for those who will not open it."""

import textwrap
from typing import Any

from toolkit.report.page import about_report

_WIDTH = 72
_LIMITS = (
    "Whether any of what is said is true was not checked. One text says nothing about the outlet or the author that "
    "published it. The report leads from every number to the sentences that it counts."
)


def to_mail(nb: Any, name: str) -> str:
    """Return the title, the byline, a warning if there is one and the abstract of an executed report as plain lines."""
    about = about_report(nb)
    parts = [about.get("title") or name, about.get("byline"), about.get("note"), about.get("abstract"), _LIMITS]
    return "\n\n".join(textwrap.fill(_printable(part), _WIDTH) for part in parts if part) + "\n"


def _printable(words: str) -> str:
    """Return the words without what a terminal or a mail reader would obey instead of show."""
    return "".join(c if c.isprintable() else " " for c in words)
