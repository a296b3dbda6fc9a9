"""Analysis: tables become findings, one question a file, one small tidy frame an answer."""

from toolkit.analysis.cues import cues
from toolkit.analysis.evidence import evidence
from toolkit.analysis.ledger import ledger
from toolkit.analysis.paragraphs import paragraphs
from toolkit.analysis.sourcing import sourcing
from toolkit.analysis.stretches import stretches
from toolkit.analysis.turns import turns
from toolkit.analysis.voices import voices
from toolkit.analysis.whereabouts import whereabouts

__all__ = ["cues", "evidence", "ledger", "paragraphs", "sourcing", "stretches", "turns", "voices", "whereabouts"]
