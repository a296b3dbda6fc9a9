"""How evenly is a word spread over texts or paragraphs?"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from toolkit.analysis.selection import Voice, known, selected
from toolkit.errors import SelectionError
from toolkit.tables import Tables

OVER = ("document", "paragraph")
COLUMNS = ("word", "count", "parts", "range", "dp", "dp_norm")


def dispersion(
    tables: Tables,
    words: str | Iterable[str],
    *,
    over: str | None = None,
    voice: Voice | None = None,
    documents: Voice | None = None,
) -> pd.DataFrame:
    """Return one row per word, with how unevenly it is spread over the parts of what is chosen.

    The parts are documents or paragraphs of the body: by default documents, where there are several.

    Columns: word, count, parts (how many there are), range (how many hold it), dp (Gries' deviation of
    proportions: 0 spread as the words are, near 1 all in one small part; Gries 2008, "Dispersions and
    adjusted frequencies in corpora", IJCL 13(4)), dp_norm (the same made to reach 1; Lijffijt and
    Gries 2012; missing for one part).

    Raises
    ------
    SelectionError
        When a word is not there, naming words like it, or `over` is no part.

    >>> import toolkit as tk
    >>> tk.dispersion(tk.read(tk.sample()), "quessin")[["count", "range"]].values.tolist()
    [[2, 2]]
    """
    chosen = selected(tables, voice, documents)
    over = over or ("document" if chosen["doc_id"].nunique() > 1 else "paragraph")
    if over not in OVER:
        raise SelectionError(f"no dispersion over {over!r}: there are {', '.join(OVER)}")
    part, _ = pd.factorize(_parts(tables, chosen, over))
    sizes = np.bincount(part)
    codes, vocabulary = chosen["word"].array.codes, chosen["word"].cat.categories
    rows = []
    for word in [words] if isinstance(words, str) else words:
        plain = known(chosen, word)
        counts = np.bincount(part[codes == vocabulary.get_loc(plain)], minlength=len(sizes))
        dp, dp_norm = deviation_of_proportions(counts, sizes)
        rows.append((plain, int(counts.sum()), len(sizes), int((counts > 0).sum()), dp, dp_norm))
    if not rows:
        raise SelectionError("no word is asked for: tk.frequency lists the words that there are")
    return pd.DataFrame(rows, columns=list(COLUMNS))


def deviation_of_proportions(counts: np.ndarray, sizes: np.ndarray) -> tuple[float, float]:
    """Return Gries' DP and DPnorm of a word, from its count in every part and the parts' sizes.

    Gries' own example (2008), five parts of 9, 10, 10, 10 and 11 words that hold "a" 1 to 5 times:

    >>> dp, dp_norm = deviation_of_proportions(np.array([1, 2, 3, 4, 5]), np.array([9, 10, 10, 10, 11]))
    >>> round(dp, 2), round(dp_norm, 2)
    (0.18, 0.22)
    """
    expected, seen = sizes / sizes.sum(), counts / counts.sum()
    dp = float(np.abs(expected - seen).sum() / 2)
    return dp, float(dp / (1 - expected.min())) if len(sizes) > 1 else float("nan")


def _parts(tables: Tables, chosen: pd.DataFrame, over: str) -> np.ndarray:
    document: np.ndarray = chosen["doc_id"].cat.codes.to_numpy(np.int64)
    if over == "document":
        return document
    paragraph: np.ndarray = tables.sentences["paragraph"].to_numpy(np.int64)
    own: np.ndarray = document * (paragraph.max() + 1) + paragraph[chosen["sentence_id"].array.codes]
    return own
