"""What goes wrong where attributions are found, against what people annotated: kinds of error, counted."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

_WORD = re.compile(r"\w+")
KINDS = {
    "found whole": "every word of the content, and none too many",
    "one end wrong": "the content begins or ends at another word",
    "both ends wrong": "the content begins and ends at another word",
    "split": "one content taken for two or more",
    "joined": "two or more contents taken for one",
    "missed": "no word of the content found",
    "made up": "a content where people marked none",
    "other source": "the content found, and tied to another source",
    "source missed": "the content found, its source not",
    "source made up": "the content found, with a source where people marked none",
}
COLUMNS = ("kind", "meaning", "cases", "share")
Attribution = Mapping[str, Any]


def kinds(pairs: Iterable[tuple[str, Sequence[Attribution], Sequence[Attribution]]]) -> pd.DataFrame:
    """Return one row per kind of outcome of (text, gold attributions, predicted attributions) of documents.

    Columns: kind, meaning, cases, and share of gold's contents (for "made up", of those predicted;
    for sources, of the contents that were found).
    """
    count: Counter[str] = Counter()
    gold_contents = predicted_contents = found_contents = 0
    for text, gold, predicted in pairs:
        gold_contents += len(gold)
        predicted_contents += len(predicted)
        outcomes = list(_outcomes(text, gold, predicted))
        count.update(kind for kind, _ in outcomes)
        found_contents += sum(kind in _FOUND for kind, _ in outcomes)
    of = {"made up": predicted_contents} | dict.fromkeys(
        ("other source", "source missed", "source made up"), found_contents
    )
    rows = [
        (k, m, count[k], count[k] / of.get(k, gold_contents) if of.get(k, gold_contents) else 0.0)
        for k, m in KINDS.items()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def examples(pairs: Iterable[tuple[str, Sequence[Attribution], Sequence[Attribution]]]) -> pd.DataFrame:
    """Return one row per mistake: kind, text, annotated and found (the content, or for sources the source)."""
    rows = []
    for text, gold, predicted in pairs:
        for kind, (a, b) in _outcomes(text, gold, predicted):
            if kind != "found whole":
                role = "source" if "source" in kind else "content"
                rows.append((kind, text, _written(text, a, role), _written(text, b, role)))
    return pd.DataFrame(rows, columns=["kind", "text", "annotated", "found"])


_FOUND = frozenset({"found whole", "one end wrong", "both ends wrong"})


def _outcomes(
    text: str, gold: Sequence[Attribution], predicted: Sequence[Attribution]
) -> Iterable[tuple[str, tuple[Attribution | None, Attribution | None]]]:
    """Yield each content's outcome, and where it was found its source's if that is wrong."""
    words = [m.span() for m in _WORD.finditer(text)]
    starts, ends = [w[0] for w in words], [w[1] for w in words]

    def touched(one: Attribution, role: str) -> frozenset[int]:
        return frozenset(i for s, e in one[role] for i in range(bisect_right(ends, s), bisect_left(starts, e)))

    in_gold = [touched(a, "content") for a in gold]
    in_predicted = [touched(a, "content") for a in predicted]
    hits: dict[int, list[int]] = defaultdict(list)
    for i, a in enumerate(in_gold):
        hits[i] = [j for j, b in enumerate(in_predicted) if 2 * len(a & b) >= min(len(a), len(b)) > 0]
    shared = Counter(j for own in hits.values() for j in own)
    for i, a in enumerate(in_gold):
        own = hits[i]
        if not own:
            yield ("missed", (gold[i], None))
            continue
        best = max(own, key=lambda j: len(a & in_predicted[j]))
        b = in_predicted[best]
        if a == b:
            kind = "found whole"
        elif len(own) > 1:
            kind = "split"
        elif shared[best] > 1:
            kind = "joined"
        elif min(a) == min(b) or max(a) == max(b):
            kind = "one end wrong"
        else:
            kind = "both ends wrong"
        yield (kind, (gold[i], predicted[best]))
        if kind in _FOUND and (wrong := _source(touched(gold[i], "source"), touched(predicted[best], "source"))):
            yield (wrong, (gold[i], predicted[best]))
    for j in range(len(predicted)):
        if not shared[j]:
            yield ("made up", (None, predicted[j]))


def _source(gold: frozenset[int], predicted: frozenset[int]) -> str | None:
    if gold & predicted or not (gold or predicted):
        return None
    return "source made up" if not gold else "source missed" if not predicted else "other source"


def _written(text: str, one: Attribution | None, role: str) -> str:
    return " … ".join(text[s:e] for s, e in one[role]) if one else ""
