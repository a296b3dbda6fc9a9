"""Measure the tools of corpus work on one million words, against nltk and against plain pandas, in the same run.

The words are drawn from a vocabulary as words are spread in texts (Zipf), a thousand texts of a
thousand. Each way is timed from the texts on, and again when the words are known, in turn; medians.
"""

import os
import random
import re
import statistics
import time
from collections.abc import Callable
from copy import copy
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd
from nltk.text import ConcordanceIndex, Text
from nltk.tokenize import wordpunct_tokenize

import toolkit as tk
from toolkit.source.corpus import text_of
from toolkit.source.documents import from_texts
from toolkit.tables import Tables, conform
from toolkit.tables.contracts import ACTORS, ATTRIBUTION_SPANS, ATTRIBUTIONS, SENTENCES

RUNS = 5
TEXTS, SENTENCE, SENTENCES_A_TEXT = 1000, 20, 50
LETTERS = "bdfgklmnprstvz", "aeiou"


def corpus() -> Tables:
    """Return a thousand texts of fifty sentences of twenty words; every third sentence is somebody's."""
    chance = random.Random(0)
    words = sorted({"".join(chance.choice(LETTERS[i % 2]) for i in range(chance.randint(2, 9))) for _ in range(60_000)})
    chance.shuffle(words)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    texts, sentences, relations, spans = [], [], [], []
    blank = dict.fromkeys(ATTRIBUTIONS.columns) | {"mode": "indirect", "confidence": 1.0, "found_by": "bench"}
    for n in range(TEXTS):
        name, at, lines = f"t{n:04}", 0, []
        for k in range(SENTENCES_A_TEXT):
            line = " ".join(chance.choices(words, cum_weights=weights, k=SENTENCE)) + "."
            sentences.append((f"{name}/s/{k}", name, k + 1, 1, "body", at, at + len(line)))
            if k % 3 == 0:
                key = f"{name}/a/{k}"
                relations.append(blank | {"attribution_id": key, "doc_id": name})
                spans.append((key, name, "content", at, at + len(line)))
            lines.append(line)
            at += len(line) + 1
        texts.append({"doc_id": name, "text": " ".join(lines)})
    documents, alignment = from_texts(text_of(text) for text in texts)
    return Tables(
        {
            "documents": documents,
            "alignment": alignment,
            "sentences": pd.DataFrame(sentences, columns=list(SENTENCES.columns)),
            "attributions": pd.DataFrame(relations),
            "attribution_spans": pd.DataFrame(spans, columns=list(ATTRIBUTION_SPANS.columns)),
            "actors": conform(pd.DataFrame(), ACTORS),
        }
    )


def anew(tables: Tables) -> Tables:
    """Return the same tables without what was made of them."""
    fresh = copy(tables)
    fresh.__dict__["_made"] = {}
    return fresh


def pandas_keyness(own: "pd.Series[str]", others: "pd.Series[str]") -> pd.DataFrame:
    """Return log-likelihood and log-odds of two series of words, written plainly with pandas."""
    both = pd.DataFrame({"a": own.value_counts(), "b": others.value_counts()}).fillna(0)
    n, m = both["a"].sum(), both["b"].sum()
    total = both["a"] + both["b"]
    g2 = 0
    for seen, margin in (("a", n), ("b", m)):
        expected = total * margin / (n + m)
        rest, rest_expected = margin - both[seen], margin - expected
        g2 = g2 + both[seen] * np.log((both[seen] / expected).where(both[seen] > 0, 1))
        g2 = g2 + rest * np.log((rest / rest_expected).where(rest > 0, 1))
    prior = 500 * total / total.sum()
    a, b = both["a"] + prior, both["b"] + prior
    odds = np.log(a / (n + 500 - a)) - np.log(b / (m + 500 - b))
    return both.assign(g2=2 * g2, z=odds / np.sqrt(1 / a + 1 / b)).sort_values("z", ascending=False)


def timed(*ways: Callable[[], Any]) -> list[float]:
    """Return the median seconds of each way; they take turns, so that a machine that slows down slows all."""
    took: list[list[float]] = [[] for _ in ways]
    for _ in range(RUNS):
        for way, kept in zip(ways, took, strict=True):
            began = time.perf_counter()
            way()
            kept.append(time.perf_counter() - began)
    return [statistics.median(kept) for kept in took]


def main() -> None:
    """Time concordance and keyness, each both ways, and say whether both ways find the same."""
    tables = corpus()
    texts = tables.documents["text"].tolist()
    own = tk.tokens(tables)
    word = tk.frequency(tables).word[100]
    print(
        f"{len(own):,} words, {os.cpu_count()} cores, medians of {RUNS} runs; seconds from texts, and with words known"
    )

    made = [word for text in texts for word in wordpunct_tokenize(text)]
    index = ConcordanceIndex(made, key=str.lower)
    hits = len(tk.concordance(tables, word))
    assert hits == len(index.offsets(word))

    def nltk_from_texts() -> None:
        all_words = [word for text in texts for word in wordpunct_tokenize(text)]
        Text(all_words).concordance_list(word, width=80, lines=hits)

    cold = timed(lambda: tk.concordance(anew(tables), word), nltk_from_texts)
    warm = timed(lambda: tk.concordance(tables, word), lambda: index.find_concordance(word, width=80))
    report(f"concordance of {hits:,} places", ("toolkit", "nltk"), cold, warm)

    ours = tk.keyness(tables, voice="author")
    mine = (own["voice"] == "author").to_numpy()
    plain = own["word"].astype("str")
    theirs = pandas_keyness(plain[mine], plain[~mine])
    same = theirs.loc[ours["word"]]
    assert np.allclose(same["g2"], ours["log_likelihood"], atol=1e-6)
    assert np.allclose(same["z"], ours["z"])

    pattern = re.compile(r"\w+(?:[’'.,-]\w+)*")

    def pandas_from_texts() -> None:
        all_words = pd.Series([w.lower() for text in texts for w in pattern.findall(text)], dtype="str")
        pandas_keyness(all_words[mine], all_words[~mine])

    cold = timed(lambda: tk.keyness(anew(tables), voice="author"), pandas_from_texts)
    warm = timed(lambda: tk.keyness(tables, voice="author"), lambda: pandas_keyness(plain[mine], plain[~mine]))
    report(f"keyness of {len(ours):,} words", ("toolkit", "pandas"), cold, warm)


def report(what: str, names: tuple[str, str], cold: list[float], warm: list[float]) -> None:
    """Print the seconds of both ways, and how many times as fast ours is."""
    print(what)
    for name, a, b in zip(names, cold, warm, strict=True):
        print(f"  {name:8} {a:7.3f} {b:7.3f}")
    print(f"  times    {cold[1] / cold[0]:7.1f} {warm[1] / warm[0]:7.1f}")


if __name__ == "__main__":
    main()
