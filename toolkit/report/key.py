"""The key to a report: which letter, colour and pattern stands for which voice."""

from typing import NamedTuple

import pandas as pd

from toolkit.analysis.voices import UNIDENTIFIED

VOICE_STYLES = 8  # distinct colours with patterns; the last is shared by all further voices


class Sign(NamedTuple):
    """What stands for a voice: a letter of its own, and a style that counts from 0."""

    letter: str
    style: int


def key(voices: pd.DataFrame) -> dict[str, Sign]:
    """Return the sign of every voice that makes statements, in the order of the finding.

    >>> key(pd.DataFrame({"voice": ["author", "v", "w"], "statements": [0, 2, 1]}))
    {'v': Sign(letter='A', style=0), 'w': Sign(letter='B', style=1)}
    """
    speakers = voices.loc[voices["statements"] > 0, "voice"]
    known = [voice for voice in speakers if voice != UNIDENTIFIED]
    signs = {voice: Sign(_letters(i), min(i, VOICE_STYLES - 1)) for i, voice in enumerate(known)}
    return {voice: signs.get(voice, Sign("?", VOICE_STYLES - 1)) for voice in speakers}


def _letters(i: int) -> str:
    """Return A to Z, then AA to AZ, and so on, as the columns of a spreadsheet are named."""
    before, last = divmod(i, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
