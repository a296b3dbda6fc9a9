"""Which words keep company with a word?"""

import numpy as np
import pandas as pd

from toolkit import codebook
from toolkit.analysis.association import log_likelihood, mutual_information
from toolkit.analysis.selection import Voice, known, selected
from toolkit.errors import SelectionError
from toolkit.tables import Tables

COLUMNS = ("word", "together", "count", "expected", "log_likelihood", "mutual_information")


def collocations(
    tables: Tables,
    node: str,
    *,
    window: int = 5,
    least: int = 2,
    voice: Voice | None = None,
    documents: Voice | None = None,
    content_words: bool = False,
) -> pd.DataFrame:
    """Return one row per word that stands within `window` words of the node, the most strongly tied first.

    The window does not reach beyond the sentence. Every word is counted once, however many nodes are
    near it. The table behind the measures is Evert's for surface cooccurrence: words in a window or
    not, of the collocate or not, the nodes themselves left out (Evert 2008, "Corpora and
    collocations", section 4.1). Words that stand there fewer than `least` times are left out.

    Columns: word, together (how often in a window), count (in all), expected (in windows by chance),
    log_likelihood (Dunning 1993), mutual_information (in bits; Church and Hanks 1990). Words that
    avoid the node stand last, their expected above what is seen.

    Raises
    ------
    SelectionError
        When the node is not among the words chosen, naming words like it.

    >>> import toolkit as tk
    >>> tk.collocations(tk.read(tk.sample()), "harruv")[["word", "together"]].values.tolist()[:2]
    [['bank', 2], ['the', 2]]
    """
    if window < 1:
        raise SelectionError(f"a window of {window} words holds nothing: give it 1 or more")
    words = selected(tables, voice, documents)
    plain = known(words, node)
    vocabulary, codes = words["word"].cat.categories, words["word"].array.codes
    rows, sentence = words.index.to_numpy(), words["sentence_id"].array.codes
    is_node = codes == vocabulary.get_loc(plain)
    nodes = np.flatnonzero(is_node)
    near = np.zeros(len(words), bool)
    for step in (s for s in range(-window, window + 1) if s):
        beside = nodes + step
        inside = (beside >= 0) & (beside < len(words))
        beside, of = beside[inside], nodes[inside]
        # in the text's own order, so that a voice that is interrupted does not close the gap
        near[beside[(sentence[beside] == sentence[of]) & (rows[beside] - rows[of] == step)]] = True
    near &= ~is_node
    together = np.bincount(codes[near], minlength=len(vocabulary))
    count = np.bincount(codes[~is_node], minlength=len(vocabulary))
    all_, in_windows = int((~is_node).sum()), int(near.sum())
    kept = np.flatnonzero(together >= max(least, 1))
    found = pd.DataFrame({"word": vocabulary[kept], "together": together[kept], "count": count[kept]})
    found["expected"] = in_windows * found["count"] / max(all_, 1)
    found["log_likelihood"] = log_likelihood(found["together"], in_windows, found["count"], all_)
    found["mutual_information"] = mutual_information(found["together"], in_windows, found["count"], all_)
    if content_words:
        found = found[~found["word"].isin(codebook.words("closed_class", "word"))]
    found["avoids"] = found["together"] < found["expected"]
    strength = found["log_likelihood"].where(~found["avoids"], -found["log_likelihood"])
    found = found.assign(strength=strength).sort_values(["strength", "word"], ascending=[False, True])
    return found.reset_index(drop=True)[list(COLUMNS)]
