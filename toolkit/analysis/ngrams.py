"""Which words follow each other again and again?"""

import numpy as np
import pandas as pd

from toolkit.analysis.selection import By, Voice, grouped, selected
from toolkit.errors import SelectionError
from toolkit.tables import Tables


def ngrams(
    tables: Tables,
    n: int = 2,
    *,
    by: By = None,
    least: int = 2,
    voice: Voice | None = None,
    documents: Voice | None = None,
) -> pd.DataFrame:
    """Return one row per run of `n` words in the body that stands there `least` times or more, the most frequent first.

    A run stays within a sentence and, where voices are chosen or split, within one voice.
    Columns: the group (with `by`, as in tk.frequency), ngram, count, documents (in how many).

    >>> import toolkit as tk
    >>> tk.ngrams(tk.read(tk.sample()), 3)[["ngram", "count"]].values.tolist()[0]
    ['of the littoral', 2]
    """
    if n < 1:
        raise SelectionError(f"runs of {n} words are none: give n as 1 or more")
    words = selected(tables, voice, documents)
    group, column = grouped(tables, words, by)
    codes, vocabulary = words["word"].cat.codes.to_numpy(np.int64), words["word"].cat.categories
    rows, sentence = words.index.to_numpy(), words["sentence_id"].array.codes
    own = np.zeros(len(words), np.int64) if group is None else group.cat.codes.to_numpy(np.int64)
    first = np.arange(max(len(words) - n + 1, 0))
    last = first + n - 1
    first = first[(rows[last] - rows[first] == n - 1) & (sentence[last] == sentence[first])]
    run = np.zeros(len(first), np.int64)
    for i in range(n):  # a run's number: that of the run before its last word, with that word; made dense each time
        first, run = (kept[own[first + i] == own[first]] for kept in (first, run))
        run = pd.factorize(run * len(vocabulary) + codes[first + i])[0]
    counted = pd.DataFrame(
        {"group": own[first], "run": run, "document": words["doc_id"].array.codes[first], "first": first}
    )
    counted = counted[counted["group"] >= 0]
    found = counted.groupby(["group", "run"], sort=False).agg(
        count=("run", "size"), documents=("document", "nunique"), first=("first", "min")
    )
    found = found[found["count"] >= max(least, 1)].reset_index()
    found["ngram"] = [" ".join(vocabulary[codes[at : at + n]]) for at in found["first"].tolist()]
    found = found.sort_values(["group", "count", "ngram"], ascending=[True, False, True])
    labels = found["group"].to_numpy()
    found = found[["ngram", "count", "documents"]].astype({"ngram": "str"})
    if group is not None:
        found.insert(0, column, group.cat.categories.to_numpy()[labels])
    return found.reset_index(drop=True)
