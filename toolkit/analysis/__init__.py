"""Analysis: tables become findings, one question a file, one small tidy frame an answer."""

from toolkit.analysis.ledger import ledger
from toolkit.analysis.sourcing import sourcing
from toolkit.analysis.stretches import stretches
from toolkit.analysis.voices import voices

__all__ = ["ledger", "sourcing", "stretches", "voices"]
