"""Who is meant by a source: resolution of the sources and names that people marked, in a corpus's form."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from toolkit.extract.actors import resolve
from toolkit.extract.attributions import attributions
from toolkit.extract.sentences import sentences
from toolkit.source.corpus import text_of
from toolkit.source.documents import from_texts
from toolkit.spans import Alignment, Link, inverse, raw_span
from toolkit.tables import conform
from toolkit.tables.contracts import ATTRIBUTION_SPANS, ATTRIBUTIONS, ROLES

Document = Mapping[str, Any]
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
    found = attributions(documents, read)
    made = resolve(
        documents,
        read,
        found.names,
        pd.concat([conform(frame, ATTRIBUTIONS), found.relations]),
        pd.concat([conform(pd.DataFrame(span_rows), ATTRIBUTION_SPANS), found.spans]),
    )
    named = made.mentions[~made.mentions["form"].isin(_NOT_NAMING)]
    places = {actor: list(zip(m["start"], m["end"], strict=True)) for actor, m in named.groupby("actor_id")}
    who = made.attributions.set_index("attribution_id")["actor_id"]
    out: dict[str, list[dict[str, Any]]] = {}
    for document in gold:
        own = links.get(document["doc_id"], ())
        out[document["doc_id"]] = []
        for number, given in enumerate(document["attributions"]):
            actor = who.get(f"{document['doc_id']}/given/{number}")
            names = [list(raw_span(own, s, e)) for s, e in places.get(actor, ())]
            out[document["doc_id"]] += [{"span": list(span), "names": names} for span in given["source"][:1]]
    return out


def _links(alignment: pd.DataFrame) -> dict[str, Alignment]:
    return {
        doc_id: tuple(Link(*row) for row in rows[["start", "end", "raw_start", "raw_end"]].itertuples(index=False))
        for doc_id, rows in alignment.groupby("doc_id", sort=False)
    }
