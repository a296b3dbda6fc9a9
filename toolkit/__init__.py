"""The Attribution Toolkit: who says what in a text, as tables, findings and reports.

    import toolkit as tk
    tables = tk.read("article.txt")
    tables.attributions

Importing loads nothing; each name below is loaded when it is first used. In a notebook it says
how tables and failures are shown there.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.analysis.asked import asked
    from toolkit.analysis.certainty import certainty
    from toolkit.analysis.checkable import checkable
    from toolkit.analysis.collocations import collocations
    from toolkit.analysis.concordance import concordance
    from toolkit.analysis.cues import cues
    from toolkit.analysis.dispersion import dispersion
    from toolkit.analysis.evidence import evidence
    from toolkit.analysis.frequency import frequency
    from toolkit.analysis.keyness import keyness
    from toolkit.analysis.ledger import ledger
    from toolkit.analysis.naming import naming
    from toolkit.analysis.network import network
    from toolkit.analysis.ngrams import ngrams
    from toolkit.analysis.numbers import numbers
    from toolkit.analysis.paragraphs import paragraphs
    from toolkit.analysis.question import question
    from toolkit.analysis.readability import readability
    from toolkit.analysis.references import references
    from toolkit.analysis.sourcing import sourcing
    from toolkit.analysis.stretches import stretches
    from toolkit.analysis.timeline import timeline
    from toolkit.analysis.tokens import tokens
    from toolkit.analysis.turns import turns
    from toolkit.analysis.voices import voices
    from toolkit.analysis.whereabouts import whereabouts
    from toolkit.analysis.wording import wording
    from toolkit.extract import read
    from toolkit.report import figures
    from toolkit.report.finding import table
    from toolkit.report.plan import save_parameters
    from toolkit.report.reader import document
    from toolkit.shipped import sample
    from toolkit.tables import Tables, read_tables, subset, write_tables

__version__ = "0.1.0"
__all__ = [
    "Tables",
    "asked",
    "certainty",
    "checkable",
    "collocations",
    "concordance",
    "cues",
    "dispersion",
    "document",
    "evidence",
    "figures",
    "frequency",
    "keyness",
    "ledger",
    "naming",
    "network",
    "ngrams",
    "numbers",
    "paragraphs",
    "question",
    "read",
    "read_tables",
    "readability",
    "references",
    "sample",
    "save_parameters",
    "sourcing",
    "stretches",
    "subset",
    "table",
    "timeline",
    "tokens",
    "turns",
    "voices",
    "whereabouts",
    "wording",
    "write_tables",
]

_HOMES = {
    "wording": "analysis",
    "question": "analysis",
    "checkable": "analysis",
    "certainty": "analysis",
    "asked": "analysis",
    "Tables": "tables",
    "collocations": "analysis",
    "concordance": "analysis",
    "cues": "analysis",
    "dispersion": "analysis",
    "document": "report.reader",
    "evidence": "analysis",
    "figures": "report.figures",
    "frequency": "analysis",
    "keyness": "analysis",
    "ledger": "analysis",
    "naming": "analysis",
    "network": "analysis",
    "ngrams": "analysis",
    "numbers": "analysis",
    "paragraphs": "analysis",
    "read": "extract",
    "read_tables": "tables",
    "readability": "analysis",
    "references": "analysis",
    "sample": "shipped",
    "save_parameters": "report.plan",
    "sourcing": "analysis",
    "stretches": "analysis",
    "subset": "tables",
    "table": "report.finding",
    "timeline": "analysis",
    "tokens": "analysis",
    "turns": "analysis",
    "voices": "analysis",
    "whereabouts": "analysis",
    "write_tables": "tables",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        from toolkit.errors import UnknownName

        raise UnknownName(f"module 'toolkit' has no {name!r}: it has {', '.join(__all__)}")
    home = import_module(f"toolkit.{_HOMES[name]}")
    return getattr(home, name, home)  # figures are a module of their own


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _at_home(shell: Any) -> None:
    """Let a notebook show tables as a card, and known failures in a sentence; nothing is loaded before one is there."""
    from toolkit.errors import ToolkitError

    def session() -> Any:
        return import_module("toolkit.report.session")

    formatter = shell.display_formatter.mimebundle_formatter
    formatter.for_type_by_name("toolkit.tables", "Tables", lambda tables: session().shown(tables))
    shell.set_custom_exc(
        (ToolkitError, KeyError, AttributeError, NameError), lambda *failure, **how: session().told(*failure, **how)
    )


if (_shell := getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()) is not None:
    _at_home(_shell)
