"""Who has the word, in turn, from a text's first word to its last?"""

import pandas as pd

from toolkit.analysis.query import query
from toolkit.analysis.stretches import stretches
from toolkit.tables import Tables


def turns(tables: Tables) -> pd.DataFrame:
    """Return one row per turn: what stands together in one statement or in the author's own words, in reading order.

    Columns: doc_id, attribution_id (missing where the author speaks), voice (author, an actor_id or
    unidentified), mode (missing for the author), sentence_id and number of the sentence where the
    turn begins, words (that begin in it; a turn has at least one).
    """
    return query(
        """
        with spoken as (
            select *, attribution_id is distinct from lag(attribution_id) over in_order
                   or lag(doc_id) over in_order is distinct from doc_id as begins
            from stretches where words > 0
            window in_order as (order by doc_id, start)
        ), counted as (
            select *, sum(begins::int) over (order by doc_id, start) as turn from spoken
        ), joined as (
            select doc_id, turn, any_value(attribution_id) as attribution_id,
                   arg_min(sentence_id, start) as sentence_id, min(start) as start, sum(words)::bigint as words
            from counted group by doc_id, turn
        )
        select j.doc_id, j.attribution_id,
               if(j.attribution_id is null, 'author', coalesce(a.actor_id, 'unidentified')) as voice,
               a.mode, j.sentence_id, s.number, j.words
        from joined j left join attributions a using (attribution_id) join sentences s using (sentence_id)
        order by j.doc_id, j.start
        """,
        stretches=stretches(tables),
        attributions=tables.attributions,
        sentences=tables.sentences,
    )
