"""How well are attributions found, against a corpus that people annotated?

The measures are the field's: exact fragments per role (as in the CofeNet paper), and attributions
matched one to one by the words that their contents share (as between annotators of PolNeAR).
"""

import random
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit import shipped
from toolkit.errors import SourceError
from toolkit.extract import annotate
from toolkit.extract.attributions import mode
from toolkit.source.corpus import text_of
from toolkit.source.documents import from_texts
from toolkit.source.passages import filled, passages, read_fillings
from toolkit.source.quotes import quotes
from toolkit.spans import Alignment, Link, Span, raw_span
from toolkit.tables import Tables
from toolkit.tables.contracts import MODES, ROLES

COLUMNS = ("measure", "value", "cases")
THRESHOLDS = (0.3, 0.8)
_WORD = re.compile(r"\w+")
_PAST_THE_END = 10**9
Attribution = Mapping[str, Any]


def predictions(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    """Return the attributions of every document in the offsets of its source, as corpora hold them.

    Each has `id`, `type` (direct, mixed, indirect), `found_by` and, for source, cue and content,
    a list of [start, end].
    """
    links: dict[str, Alignment] = {
        doc_id: tuple(Link(*row) for row in rows[["start", "end", "raw_start", "raw_end"]].itertuples(index=False))
        for doc_id, rows in tables.alignment.groupby("doc_id", sort=False)
    }
    starts = {doc_id: [link.start for link in own] for doc_id, own in links.items()}
    found: dict[str, dict[str, Any]] = {}
    out: dict[str, list[dict[str, Any]]] = {doc_id: [] for doc_id in tables.documents["doc_id"]}
    for row in tables.attributions.itertuples(index=False):
        relation: dict[str, Any] = {"id": row.attribution_id, "type": row.mode, "found_by": row.found_by}
        found[row.attribution_id] = relation | {role: [] for role in ROLES}
        out[row.doc_id].append(found[row.attribution_id])
    for span in tables.attribution_spans.itertuples(index=False):
        place = raw_span(links[span.doc_id], span.start, span.end, starts[span.doc_id])
        found[span.attribution_id][span.role].append(list(place))
    return out


def scores(pairs: Iterable[tuple[str, Sequence[Attribution], Sequence[Attribution]]]) -> pd.DataFrame:
    """Return one row per measure for (text, gold attributions, predicted attributions) of documents.

    Columns: measure, value (0 to 1), cases (of gold, for a precision of predictions). The measures:

    exact ROLE precision, recall, F1
        Every contiguous fragment is a case; right when its first and last word are a gold one's.
    attribution@T precision, recall, F1, source accuracy, recall of MODE
        A pair is matched when its contents share T or more of the words of both together; each
        attribution is matched once, the closest pairs first. The source of a matched pair is right
        when it shares a word with gold's, or both have none.
    all exact
        The share of gold attributions of which every word of every role is right.
    """
    n: Counter[Any] = Counter()
    for text, gold, predicted in pairs:
        _count(n, text, gold, predicted)
    rows = []
    for role in ROLES:
        rows += _precision_recall(f"exact {role}", n["hit", role], n["predicted", role], n["gold", role])
    for t in THRESHOLDS:
        rows += _precision_recall(f"attribution@{t}", n["match", t], n["predicted"], n["gold"])
        rows.append((f"attribution@{t} source accuracy", _share(n["source", t], n["match", t]), n["match", t]))
        for of_mode in MODES:
            cases = n["gold mode", of_mode]
            rows.append((f"attribution@{t} recall of {of_mode}", _share(n["match", t, of_mode], cases), cases))
    rows.append(("all exact", _share(n["all exact"], n["gold"]), n["gold"]))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _count(n: Counter[Any], text: str, gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> None:
    words = [m.span() for m in _WORD.finditer(text)]
    starts, ends = [w[0] for w in words], [w[1] for w in words]

    def touched(spans: Iterable[Iterable[int]]) -> frozenset[int]:
        return frozenset(i for s, e in spans for i in range(bisect_right(ends, s), bisect_left(starts, e)))

    def fragments(relations: Sequence[Attribution], role: str) -> set[tuple[int, int]]:
        inside = ((s, e, touched([(s, e)])) for a in relations for s, e in a[role])
        # a fragment without a word keeps its offsets, out of the way of all others
        return {(min(w), max(w) + 1) if w else (s + _PAST_THE_END, e + _PAST_THE_END) for s, e, w in inside}

    for role in ROLES:
        g, p = fragments(gold, role), fragments(predicted, role)
        n["gold", role] += len(g)
        n["predicted", role] += len(p)
        n["hit", role] += len(g & p)
    in_gold = [{role: touched(a[role]) for role in ROLES} for a in gold]
    in_predicted = [{role: touched(a[role]) for role in ROLES} for a in predicted]
    n["gold"] += len(gold)
    n["predicted"] += len(predicted)
    n["all exact"] += sum(a in in_predicted for a in in_gold)
    n.update(("gold mode", a["type"]) for a in gold)
    shared = (
        (len(a["content"] & b["content"]) / len(a["content"] | b["content"]), i, j)
        for i, a in enumerate(in_gold)
        for j, b in enumerate(in_predicted)
        if a["content"] & b["content"]
    )
    taken_gold, taken_predicted = set(), set()
    for overlap, i, j in sorted(shared, reverse=True):
        if i in taken_gold or j in taken_predicted:
            continue
        taken_gold.add(i)
        taken_predicted.add(j)
        g_source, p_source = in_gold[i]["source"], in_predicted[j]["source"]
        same = bool(g_source & p_source) or not (g_source or p_source)
        for t in THRESHOLDS:
            if overlap >= t:
                n["match", t] += 1
                n["match", t, gold[i]["type"]] += 1
                n["source", t] += same


def _precision_recall(name: str, hits: int, predicted: int, gold: int) -> list[tuple[str, float, int]]:
    p, r = _share(hits, predicted), _share(hits, gold)
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return [(f"{name} precision", p, predicted), (f"{name} recall", r, gold), (f"{name} F1", f1, gold)]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def held_out() -> list[dict[str, Any]]:
    """Return the project's own passages that the tagger never saw, as documents of a corpus; always the same."""
    return marked(shipped.training() / "test.txt")


def marked(path: Path) -> list[dict[str, Any]]:
    """Return the passages of a file as documents of a corpus, their slots filled; see data/training/README.md.

    Raises
    ------
    SourceError
        When the file has no marks of who says what.
    """
    fillings = read_fillings(shipped.training() / "names.csv")
    chance = random.Random("held out")
    documents = []
    for number, passage in enumerate(passages(path), 1):
        made = filled(passage, fillings, chance)
        paragraphs = [Span(*m.span()) for m in re.finditer(r"[^\n]+", made.text)]
        quoted = sorted(span for quote in quotes(made.text, paragraphs) for span in quote.spans)
        found = [
            {"id": str(i), **a, "type": mode(made.text, tuple(Span(*s) for s in a["content"]), quoted)}
            for i, a in enumerate(made.attributions, 1)
        ]
        documents.append({"doc_id": f"passage-{number}", "text": made.text, "attributions": found})
    if not any(d["attributions"] for d in documents):
        raise SourceError(f"{path.name} marks no statement: write passages as data/training/README.md shows")
    return documents


def measured(path: Path) -> list[tuple[str, Sequence[Attribution], Sequence[Attribution]]]:
    """Return (text, marked attributions, found attributions) of a file's passages.

    A text that marks nothing is no file of passages: then those held out are read.
    """
    try:
        gold = marked(path)
    except SourceError:
        gold = held_out()
    found = predictions(annotate(*from_texts(text_of(d) for d in gold)))
    return [(d["text"], d["attributions"], found[d["doc_id"]]) for d in gold]
