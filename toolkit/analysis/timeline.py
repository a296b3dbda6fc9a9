"""Which dates does a text give, and in whose words?"""

import pandas as pd

from toolkit.analysis.query import query
from toolkit.analysis.stretches import stretches
from toolkit.tables import Tables


def timeline(tables: Tables) -> pd.DataFrame:
    """Return one row per date expression, the earliest first; those that cannot be placed last, in reading order.

    Columns: doc_id, date_id, earliest and latest (days, ISO 8601; missing where it cannot be placed), granularity,
    anchor and ambiguous (see the table dates), start, end and written (the words), voice (author, an actor_id, or
    unidentified), name and kind of the voice, sentence_id and number of the sentence, statement_id and certainty of
    the clause (missing outside of clauses). A date in a headline or dateline is the author's, unless it stands in a
    statement there.

    >>> import toolkit as tk
    >>> tk.timeline(tk.read(tk.sample()))[["written", "earliest", "latest"]].values.tolist()[1]
    ['Last year', '2030-01-01', '2030-12-31']
    """
    texts = dict(zip(tables.documents["doc_id"], tables.documents["text"], strict=True))
    own = tables.dates
    written = [texts[d][a:b] for d, a, b in zip(own["doc_id"], own["start"], own["end"], strict=True)]
    return query(
        """
        with said as (
            select d.*, w.sentence_id,
                   coalesce(a.actor_id, if(w.attribution_id is null, 'author', 'unidentified')) as voice,
            from own d
            join stretches w on w.doc_id = d.doc_id and w.start <= d.start and d.start < w."end"
            left join attributions a using (attribution_id)
        ), clauses as (
            select d.date_id, arg_max(c.statement_id, c.start) as statement_id,
                   arg_max(c.certainty, c.start) as certainty
            from own d join statements c on c.doc_id = d.doc_id and c.start <= d.start and d.start < c."end"
            group by d.date_id
        )
        select d.doc_id, d.date_id, d.earliest, d.latest, d.granularity, d.anchor, d.ambiguous, d.start, d."end",
               d.written, d.voice,
               case d.voice when 'author' then 'the author' when 'unidentified' then 'unidentified speakers'
                    else actors.name end as name,
               coalesce(actors.named, d.voice) as kind, d.sentence_id, s.number, c.statement_id, c.certainty
        from said d join sentences s using (sentence_id)
        left join actors on actors.actor_id = d.voice
        left join clauses c using (date_id)
        order by d.doc_id, d.earliest nulls last, d.latest, d.start
        """,
        own=own.assign(written=pd.Series(written, index=own.index, dtype="str")),
        attributions=tables.attributions,
        actors=tables.actors,
        sentences=tables.sentences,
        statements=tables.statements,
        stretches=stretches(tables),
    )
