"""Analysis: tables become findings, one question a file, one small tidy frame an answer."""

from toolkit.analysis.collocations import collocations
from toolkit.analysis.concordance import concordance
from toolkit.analysis.cues import cues
from toolkit.analysis.dispersion import dispersion
from toolkit.analysis.evidence import evidence
from toolkit.analysis.frequency import frequency
from toolkit.analysis.keyness import keyness
from toolkit.analysis.ledger import ledger
from toolkit.analysis.ngrams import ngrams
from toolkit.analysis.paragraphs import paragraphs
from toolkit.analysis.readability import readability
from toolkit.analysis.sourcing import sourcing
from toolkit.analysis.stretches import stretches
from toolkit.analysis.tokens import tokens
from toolkit.analysis.turns import turns
from toolkit.analysis.voices import voices

__all__ = [
    "collocations",
    "concordance",
    "cues",
    "dispersion",
    "evidence",
    "frequency",
    "keyness",
    "ledger",
    "ngrams",
    "paragraphs",
    "readability",
    "sourcing",
    "stretches",
    "tokens",
    "turns",
    "voices",
]
