"""Which language a text is in: the toolkit reads English, and says so of anything else."""

import re

UNKNOWN = "und"
_SAMPLE = 20_000
_BEYOND_LATIN = "\u0250"
# A fifth of any English prose is made of these; where they are, the slower model is not asked.
_FREQUENT = frozenset(
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they".split()  # noqa: SIM905
)


def language(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, "und" where it has too few letters to tell.

    >>> language("It is said that the ships have left for the north.")
    'en'
    """
    tokens = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    if sum(map(len, tokens)) < 20:
        return UNKNOWN
    latin = [t for t in tokens if t[0] < _BEYOND_LATIN]  # what is quoted in another script makes no other language
    mostly = 2 * sum(map(len, latin)) >= sum(map(len, tokens))
    if mostly and sum(t in _FREQUENT for t in latin) >= 0.2 * len(latin):
        return "en"
    import py3langid  # its model takes most of a second to load

    return str(py3langid.classify(text[:_SAMPLE])[0])
