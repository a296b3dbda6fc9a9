"""Who is meant by a source: resolution of the sources and names that people marked, in a corpus's form."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from toolkit.analysis.proper_names import proper_names
from toolkit.extract.actors import resolve
from toolkit.extract.attributions import attributions
from toolkit.extract.metonymy import uses
from toolkit.extract.names import names
from toolkit.extract.sentences import sentences
from toolkit.source.corpus import text_of
from toolkit.source.documents import from_texts
from toolkit.spans import Alignment, Link, Span, inverse, raw_span
from toolkit.tables import conform
from toolkit.tables.contracts import ATTRIBUTION_SPANS, ATTRIBUTIONS, ROLES

Document = Mapping[str, Any]
_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "it", "you", "who", "him", "her", "them"})
_NAMED = frozenset({"person", "organization", "place"})
_LEADING = re.compile(r"(?:the|a|an|this|that|these|those|his|her|their|our|my|its)\s+", re.IGNORECASE)
_NOT_NAMING = ("pronoun", "metonym")


def resolved_sources(gold: Iterable[Document]) -> dict[str, list[dict[str, Any]]]:
    """Return for each document the first source span of every attribution, and where its actor is named.

    The attributions found are read beside those given, for who speaks near by. `names` holds the spans where
    the text calls the actor by name or description, no pronouns, and is empty where nobody was found.
    """
    gold = list(gold)
    documents, alignment = from_texts(text_of(dict(d)) for d in gold)
    read = sentences(documents)
    links = _links(alignment)
    rows, span_rows = [], []
    for document in gold:
        back = inverse(links.get(document["doc_id"], ()))
        for number, given in enumerate(document["attributions"]):
            key = f"{document['doc_id']}/given/{number}"
            rows.append(
                {"attribution_id": key, "doc_id": document["doc_id"], "mode": given["type"], "found_by": "given"}
            )
            for role in ROLES:
                seen = {}
                for start, end in given[role]:
                    at = raw_span(back, start, end)
                    seen[at.start] = at.end
                span_rows += [
                    {"attribution_id": key, "doc_id": document["doc_id"], "role": role, "start": s, "end": e}
                    for s, e in seen.items()
                ]
    blank = dict.fromkeys(("cue_lemma", "cue_class", "actor_id", "source_kind", "continues", "resolved_by", "also"))
    frame = pd.DataFrame([{**row, **blank, "confidence": 1.0} for row in rows], columns=list(ATTRIBUTIONS.columns))
    found = attributions(documents)
    called = names(documents, read, found.names)
    made = resolve(
        documents,
        read,
        called,
        uses(documents, read, called),
        pd.concat([conform(frame, ATTRIBUTIONS), found.relations]),
        pd.concat([conform(pd.DataFrame(span_rows), ATTRIBUTION_SPANS), found.spans]),
    )
    named = made.mentions[~made.mentions["form"].isin(_NOT_NAMING)]
    places: dict[str, list[tuple[int, int]]] = {}
    for actor, start, end in named[["actor_id", "start", "end"]].itertuples(index=False):
        places.setdefault(actor, []).append((start, end))
    who = made.attributions.set_index("attribution_id")["actor_id"]
    out: dict[str, list[dict[str, Any]]] = {}
    for document in gold:
        own = links.get(document["doc_id"], ())
        out[document["doc_id"]] = []
        for number, given in enumerate(document["attributions"]):
            actor = who.get(f"{document['doc_id']}/given/{number}")
            where = [list(raw_span(own, s, e)) for s, e in places.get(actor, ())]
            out[document["doc_id"]] += [{"span": list(span), "names": where} for span in given["source"][:1]]
    return out


def source_scores(gold: Iterable[Document], found: Mapping[str, list[dict[str, Any]]]) -> pd.DataFrame:
    """Return accuracy and the share left unresolved of sources, by the form of the source.

    Columns: measure, value (0 to 1), cases. Counted are the sources whose coreference chain has a mention with a
    proper name; right is who has a name inside a named mention of that chain.
    """
    n: Counter[tuple[str, str]] = Counter()
    for document in gold:
        mentions = document["mentions"]
        named = [m for m in mentions if m["type"] in _NAMED and _has_name(document["text"][slice(*m["span"])])]
        chains = {m["chain"] for m in named}
        for given in found[document["doc_id"]]:
            chain = _chain(given["span"], mentions)
            if chain not in chains:
                continue
            right = any(_chain(name, named) == chain for name in given["names"])
            for group in ("all", _form(document["text"][slice(*given["span"])])):
                n[group, "cases"] += 1
                n[group, "right"] += right
                n[group, "open"] += not given["names"]
    rows = []
    for group in ("all", "pronoun", "description", "name"):
        if cases := n[group, "cases"]:
            rows.append((f"sources resolved rightly: {group}", n[group, "right"] / cases, cases))
            rows.append((f"sources left unresolved: {group}", n[group, "open"] / cases, cases))
    return pd.DataFrame(rows, columns=["measure", "value", "cases"])


def found_names(gold: Iterable[Document]) -> dict[str, list[dict[str, Any]]]:
    """Return the proper names of persons, organizations and places in each document: span and kind."""
    documents, alignment = from_texts(text_of(dict(d)) for d in gold)
    links = _links(alignment)
    out: dict[str, list[dict[str, Any]]] = {doc_id: [] for doc_id in documents["doc_id"]}
    found = names(documents, sentences(documents), attributions(documents).names)
    for doc_id, kind, start, end in found.itertuples(index=False):
        out[doc_id].append({"span": list(raw_span(links[doc_id], start, end)), "kind": kind})
    return out


def name_scores(gold: Iterable[Document], found: Mapping[str, list[dict[str, Any]]]) -> pd.DataFrame:
    """Return precision, recall and F1 of names, exact spans; what counts as one is `proper_names`' to say."""
    n: Counter[str] = Counter()
    for document in gold:
        right = {Span(*span): kind for kind, span in proper_names(document)}
        guessed = {Span(*name["span"]): name["kind"] for name in found[document["doc_id"]]}
        both = right.keys() & guessed.keys()
        n += Counter(wanted=len(right), made=len(guessed), hits=len(both))
        n["alike"] += sum(right[span] == guessed[span] for span in both)
    rows = [
        ("names precision", n["hits"] / max(n["made"], 1), n["made"]),
        ("names recall", n["hits"] / max(n["wanted"], 1), n["wanted"]),
        ("names F1", 2 * n["hits"] / max(n["made"] + n["wanted"], 1), n["wanted"]),
        ("names F1, kind too", 2 * n["alike"] / max(n["made"] + n["wanted"], 1), n["wanted"]),
    ]
    return pd.DataFrame(rows, columns=["measure", "value", "cases"])


def _form(written: str) -> str:
    if written.lower() in _PRONOUNS:
        return "pronoun"
    return "name" if re.match(r"[A-Z]", _LEADING.sub("", written)) else "description"


def _has_name(written: str) -> bool:
    return _form(written) == "name" or bool(re.search(r"\s[A-Z][a-z]+", written))


def _chain(span: Sequence[int], mentions: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the chain of the mention that fits a span best, None where none touches it."""

    def fit(mention: Mapping[str, Any]) -> float:
        start, end = mention["span"]
        shared = max(0, min(span[1], end) - max(span[0], start))
        return float(shared / max(span[1] - span[0], end - start, 1))

    best = max(mentions, key=fit, default=None)
    return best["chain"] if best and fit(best) else None


def _links(alignment: pd.DataFrame) -> dict[str, Alignment]:
    return {
        doc_id: tuple(Link(*row) for row in rows[["start", "end", "raw_start", "raw_end"]].itertuples(index=False))
        for doc_id, rows in alignment.groupby("doc_id", sort=False)
    }
