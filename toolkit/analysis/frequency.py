"""Which words are used how often, and by whom?"""

import numpy as np
import pandas as pd

from toolkit import codebook
from toolkit.analysis.selection import By, Voice, grouped, selected
from toolkit.tables import Tables


def frequency(
    tables: Tables,
    *,
    by: By = None,
    voice: Voice | None = None,
    documents: Voice | None = None,
    lemma: bool = False,
    content_words: bool = False,
) -> pd.DataFrame:
    """Return one row per word of the body (per group and word with `by`), the most frequent first.

    `by` splits by "document", "voice", "kind" or "mode", or by groups of one's own, {name: voices}.
    With `lemma`, words are counted by their dictionary form, without regard to their part of speech;
    with `content_words`, those of closed classes ("the", "she", "must") are left out.

    Columns: the group, word, count, per_thousand (of all words of the group), documents (in how many).

    >>> import toolkit as tk
    >>> tk.frequency(tk.read(tk.sample()), content_words=True)[["word", "count"]].values.tolist()[0]
    ['ships', 6]
    """
    words = selected(tables, voice, documents)
    vocabulary, codes = words["word"].cat.categories, words["word"].array.codes
    if lemma:
        of_form, lemmas = pd.factorize(np.array(dictionary_forms(vocabulary, np.unique(codes)), dtype=object))
        codes, vocabulary = of_form[codes], pd.Index(lemmas, dtype="str")
    group, column = grouped(tables, words, by)
    counted = pd.DataFrame({"word": codes, "document": words["doc_id"].array.codes})
    keys = ["word"]
    if group is not None:
        counted[column], keys = group.array.codes, [column, "word"]
        counted = counted[counted[column] >= 0]
    once = counted.groupby([*keys, "document"], sort=False).size().rename("count").reset_index()
    found = once.groupby(keys, sort=False).agg(count=("count", "sum"), documents=("document", "size")).reset_index()
    whole = found.groupby(column)["count"].transform("sum") if column else found["count"].sum()
    found["per_thousand"] = 1000 * found["count"] / whole
    found["word"] = vocabulary.to_numpy()[found["word"]]
    found = found.sort_values([*keys[:-1], "count", "word"], ascending=[*[True] * (len(keys) - 1), False, True])
    if group is not None:
        found[column] = group.cat.categories.to_numpy()[found[column]]
    if content_words:
        found = found[~found["word"].isin(codebook.words("closed_class", "word"))]
    return found[[*keys, "count", "per_thousand", "documents"]].reset_index(drop=True)


def dictionary_forms(vocabulary: "pd.Index[str]", there: np.ndarray) -> list[str]:
    """Return the dictionary form of every word whose place is `there`, of the others nothing.

    A word of several parts of speech goes to the noun's form before the verb's.

    >>> dictionary_forms(pd.Index(["ships", "denied"]), np.array([0, 1]))
    ['ship', 'deny']
    """
    from lemminflect import getAllLemmas

    out = [""] * len(vocabulary)
    for i in there.tolist():
        forms = getAllLemmas(vocabulary[i])
        known = next((forms[speech] for speech in ("NOUN", "VERB", "AUX", "ADJ", "ADV") if speech in forms), None)
        out[i] = known[0].lower() if known else vocabulary[i]
    return out
