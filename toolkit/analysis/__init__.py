"""Analysis: tables become findings, one question a file, one small tidy frame an answer."""

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

__all__ = [
    "asked",
    "certainty",
    "checkable",
    "collocations",
    "concordance",
    "cues",
    "dispersion",
    "evidence",
    "frequency",
    "keyness",
    "ledger",
    "naming",
    "network",
    "ngrams",
    "numbers",
    "paragraphs",
    "question",
    "readability",
    "references",
    "sourcing",
    "stretches",
    "timeline",
    "tokens",
    "turns",
    "voices",
    "whereabouts",
    "wording",
]
