"""Which words set one voice or text apart from another?"""

import numpy as np
import pandas as pd

from toolkit.analysis.association import log_likelihood, log_odds
from toolkit.analysis.selection import Voice, chosen
from toolkit.analysis.tokens import tokens
from toolkit.errors import SelectionError
from toolkit.tables import Tables

COLUMNS = ("word", "count", "reference", "log_likelihood", "log_odds", "z")


def keyness(
    tables: Tables,
    *,
    voice: Voice | None = None,
    documents: Voice | None = None,
    against: "Voice | Tables | None" = None,
    prior: float = 500,
) -> pd.DataFrame:
    """Return one row per word of the body, those that mark the target most first and the reference's last.

    The target is a voice, a group of voices, or documents. It is compared with all else in the tables,
    with the voices that `against` names, or with other tables.

    Columns: word, count (in the target), reference (count there), log_likelihood (G² of the table of
    both counts; Dunning 1993), log_odds and z (with an informative Dirichlet prior of `prior` words,
    shared out as in both together; Monroe, Colaresi and Quinn 2008). Above 0 is the target's; of
    words with |z| under 1.96 the counts say little.

    Raises
    ------
    SelectionError
        When target or reference has no words, or nothing says what to compare.

    >>> import toolkit as tk
    >>> tk.keyness(tk.read(tk.sample()), voice="others", against="author").word[0]
    'would'
    """
    if voice is None and documents is None and not isinstance(against, Tables):
        raise SelectionError(
            "nothing to compare: name the target with voice= or documents=, or the tables to compare with as against="
        )
    if prior <= 0:
        raise SelectionError(f"a prior of {prior:g} words weighs nothing: give one above 0")
    target = _counts(tables, voice, documents)
    if isinstance(against, Tables):
        reference = _counts(against)
    elif against is not None:
        reference = _counts(tables, against, documents)
    else:
        reference = _counts(tables) - target
        if not reference.sum():
            raise SelectionError("the target is all that there is: name a voice or documents that leave something over")
    both = pd.DataFrame({"count": target, "reference": reference}).fillna(0).astype("int64")
    both = both[both.sum(axis=1) > 0].rename_axis("word").reset_index()
    a, b = both["count"].to_numpy(), both["reference"].to_numpy()
    ratio, z = log_odds(a, b, a + b, prior)
    both["log_likelihood"] = log_likelihood(a, a + b, a.sum(), a.sum() + b.sum())
    both["log_odds"], both["z"] = ratio, z
    both = both.sort_values("word").sort_values("z", ascending=False, kind="stable", ignore_index=True)
    return both[list(COLUMNS)]


def _counts(tables: Tables, voice: Voice | None = None, documents: Voice | None = None) -> "pd.Series[int]":
    words = tokens(tables)["word"].array
    codes = words.codes[chosen(tables, voice, documents)]
    return pd.Series(np.bincount(codes, minlength=len(words.categories)), index=words.categories)
