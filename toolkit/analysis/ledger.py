"""Who says what, statement by statement?"""

import pandas as pd

from toolkit.analysis.query import query
from toolkit.analysis.voices import UNIDENTIFIED
from toolkit.spans import containing
from toolkit.tables import Tables


def ledger(tables: Tables) -> pd.DataFrame:
    """Return one row per statement (attribution) in reading order, in the article's own words.

    Columns: attribution_id, doc_id, voice (actor_id or unidentified), name, kind, mode, source, cue
    and content (as written, fragments joined by " … "; missing where the text has none),
    sentence_id and number of the sentence where the content begins, resolved_by, confidence.
    """
    texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
    written: dict[str, dict[str, list[str]]] = {}
    begins: dict[str, int] = {}
    for span in tables.attribution_spans.sort_values(["doc_id", "start"]).itertuples(index=False):
        roles = written.setdefault(span.attribution_id, {"source": [], "cue": [], "content": []})
        roles[span.role].append(texts[span.doc_id][span.start : span.end])
        if span.role == "content":
            begins.setdefault(span.attribution_id, span.start)
    sentences = {key: (rows["start"].tolist(), rows["sentence_id"].tolist()) for key, rows in _by_document(tables)}
    rows = [
        (
            row.attribution_id,
            *(" … ".join(roles[r]) or None for r in ("source", "cue", "content")),
            begin,
            ids[at],
        )
        for row in tables.attributions.itertuples(index=False)
        for roles, begin in [(written[row.attribution_id], begins[row.attribution_id])]
        for starts, ids in [sentences[row.doc_id]]
        for at in [containing(starts, begin)]
    ]
    columns = ["attribution_id", "source", "cue", "content", "begin", "sentence_id"]
    words = pd.DataFrame(rows, columns=columns).astype({c: "str" for c in columns if c != "begin"})
    return query(
        f"""
        select a.attribution_id, a.doc_id, coalesce(a.actor_id, '{UNIDENTIFIED}') as voice,
               coalesce(actors.name, 'an unidentified speaker') as name,
               coalesce(a.source_kind, '{UNIDENTIFIED}') as kind, a.mode, w.source, w.cue, w.content,
               w.sentence_id, s.number, a.resolved_by, a.confidence
        from attributions a join words w using (attribution_id) join sentences s using (sentence_id)
        left join actors using (actor_id)
        order by a.doc_id, w.begin, a.attribution_id
        """,
        attributions=tables.attributions,
        actors=tables.actors,
        sentences=tables.sentences,
        words=words.astype({"begin": "int64"}),
    )


def _by_document(tables: Tables) -> list[tuple[str, pd.DataFrame]]:
    return list(tables.sentences.groupby("doc_id", sort=False))
