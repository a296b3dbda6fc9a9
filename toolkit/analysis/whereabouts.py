"""Which places does a text name, and in whose words?"""

import pandas as pd

from toolkit.analysis.query import query
from toolkit.analysis.stretches import stretches
from toolkit.tables import Tables


def whereabouts(tables: Tables) -> pd.DataFrame:
    """Return one row per place and voice that names it, the places most often named first.

    Columns: doc_id, place_id, place (its name), latitude, longitude (missing for what no gazetteer has), country,
    ambiguous, voice (author, an actor_id, or unidentified), name and kind of the voice, mentions (of the place by this
    voice), sentence_id and number of the sentence where the voice first names it. A mention in a headline or dateline
    is the author's, unless it stands in a statement there.
    """
    return query(
        """
        with said as (
            select m.doc_id, m.place_id, m.start, w.sentence_id,
                   coalesce(a.actor_id, if(w.attribution_id is null, 'author', 'unidentified')) as voice
            from mentions m
            join stretches w on w.doc_id = m.doc_id and w.start <= m.start and m.start < w."end"
            left join attributions a using (attribution_id)
            where m.place_id is not null
        ), counted as (
            select doc_id, place_id, voice, count(*) as mentions, arg_min(sentence_id, start) as sentence_id,
                   min(start) as first
            from said group by all
        )
        select c.doc_id, c.place_id, p.name as place, p.latitude, p.longitude, p.country, p.ambiguous, c.voice,
               case c.voice when 'author' then 'the author' when 'unidentified' then 'unidentified speakers'
                    else actors.name end as name,
               coalesce(actors.named, c.voice) as kind, c.mentions, c.sentence_id, s.number
        from counted c join places p using (place_id) join sentences s using (sentence_id)
        left join actors on actors.actor_id = c.voice
        order by c.doc_id, sum(c.mentions) over (partition by c.place_id) desc,
                 min(c.first) over (partition by c.place_id), c.voice != 'author', c.mentions desc, c.first
        """,
        mentions=tables.mentions,
        places=tables.places,
        attributions=tables.attributions,
        actors=tables.actors,
        sentences=tables.sentences,
        stretches=stretches(tables),
    )
