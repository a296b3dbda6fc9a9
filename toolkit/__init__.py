"""The Attribution Toolkit: who says what in a text, as tables, findings and reports.

    import toolkit as tk
    tables = tk.read("article.txt")
    tables.attributions

Importing runs nothing; each name below is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.analysis.cues import cues
    from toolkit.analysis.evidence import evidence
    from toolkit.analysis.ledger import ledger
    from toolkit.analysis.paragraphs import paragraphs
    from toolkit.analysis.sourcing import sourcing
    from toolkit.analysis.stretches import stretches
    from toolkit.analysis.turns import turns
    from toolkit.analysis.voices import voices
    from toolkit.analysis.whereabouts import whereabouts
    from toolkit.extract import read
    from toolkit.shipped import sample
    from toolkit.tables import Tables, read_tables, write_tables

__version__ = "0.1.0"
__all__ = [
    "Tables",
    "cues",
    "evidence",
    "ledger",
    "paragraphs",
    "read",
    "read_tables",
    "sample",
    "sourcing",
    "stretches",
    "turns",
    "voices",
    "whereabouts",
    "write_tables",
]

_HOMES = {
    "Tables": "tables",
    "cues": "analysis",
    "evidence": "analysis",
    "ledger": "analysis",
    "paragraphs": "analysis",
    "read": "extract",
    "read_tables": "tables",
    "sample": "shipped",
    "sourcing": "analysis",
    "stretches": "analysis",
    "turns": "analysis",
    "voices": "analysis",
    "whereabouts": "analysis",
    "write_tables": "tables",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'toolkit' has no {name!r}: it has {', '.join(__all__)}")
    return getattr(import_module(f"toolkit.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
