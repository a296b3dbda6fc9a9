"""Which clauses does a text have, whose is each, and how surely is it put?"""

import pandas as pd

from toolkit.analysis.query import asked_once, query
from toolkit.analysis.voices import voices
from toolkit.source.segment import words
from toolkit.tables import Tables


@asked_once
def clauses(tables: Tables) -> pd.DataFrame:
    """Return one row per clause of headlines and bodies, in reading order.

    Columns: doc_id, statement_id, sentence_id, number and part of the sentence, paragraph,
    attribution_id (missing for the author), voice (author, an actor_id or unidentified), name, kind,
    mode (missing for the author), certainty, negated, checkable, reason, start, end, written, words.
    """
    texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
    own = tables.statements
    written = [texts[d][a:b] for d, a, b in zip(own["doc_id"], own["start"], own["end"], strict=True)]
    counted = own.assign(written=written, words=[words(w) for w in written])
    counted = counted.rename(columns={"voice": "attribution_id"}).astype({"written": "str", "words": "int64"})
    return query(
        """
        with spoken as (
            select c.*, a.mode,
                   coalesce(a.actor_id, if(c.attribution_id is null, 'author', 'unidentified')) as voice
            from counted c left join attributions a using (attribution_id)
        )
        select c.doc_id, c.statement_id, s.sentence_id, s.number, s.part, s.paragraph, c.attribution_id, c.voice,
               v.name, v.kind, c.mode, c.certainty, c.negated, c.checkable, c.reason, c.start, c."end",
               c.written, c.words
        from spoken c join sentences s on s.doc_id = c.doc_id and s.start <= c.start and c.start < s."end"
        join voices v on v.doc_id = c.doc_id and v.voice = c.voice
        order by c.doc_id, c.start, c."end"
        """,
        counted=counted,
        attributions=tables.attributions,
        sentences=tables.sentences,
        voices=voices(tables),
    )
