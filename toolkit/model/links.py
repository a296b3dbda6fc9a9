"""Which cue a source or a content belongs to: scores of all pairs near each other."""

import numpy as np

from toolkit.model.tags import Fragment

WIDTH = 48  # numbers per word, for each of the eight parts below
# Each word has eight vectors: as first and as last word of a content, of a source, of a cue that a
# content looks for, and of a cue that a source looks for.
PARTS = ("content", "source", "cue of content", "cue of source")
_GAPS = np.array([1, 2, 3, 5, 9, 17, 33, 65, 129])
GAP_KINDS = 2 * (len(_GAPS) + 1)
RANK_KINDS = 2 * 5
PARAGRAPH_KINDS = 2 * 3


def places(fragments: list[Fragment], cues: list[Fragment], paragraph: np.ndarray) -> np.ndarray:
    """Return how each fragment stands to each cue: fragments x cues x 3 numbers.

    These are the words between them, the cues between them, and the paragraphs between them, each
    in steps and apart for a cue before and a cue after.
    """
    first = np.array([f.first for f in fragments])[:, None]
    last = np.array([f.last for f in fragments])[:, None]
    cue_first = np.array([c.first for c in cues])[None]
    cue_last = np.array([c.last for c in cues])[None]
    after = (cue_first > last).astype(int)
    gap = np.where(after, cue_first - last, first - cue_last)
    order = np.arange(len(cues))[None]
    before = (cue_first[0][None] < first).sum(1, keepdims=True)  # cues that stand before the fragment
    rank = np.where(after, order - before, before - 1 - order)
    apart = np.abs(paragraph[cue_first] - paragraph[first])
    return np.stack(
        [
            np.searchsorted(_GAPS, np.maximum(gap, 0), side="right") + after * (len(_GAPS) + 1),
            np.clip(rank, 0, 4) + after * 5,
            np.clip(apart, 0, 2) + after * 3,
        ],
        -1,
    )
