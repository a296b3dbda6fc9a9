"""Who speaks about whom?"""

import pandas as pd

from toolkit.analysis.query import query
from toolkit.analysis.stretches import stretches
from toolkit.tables import Tables


def network(tables: Tables) -> pd.DataFrame:
    """Return one row per document, voice and named actor whom its words mention, the most frequent first.

    Columns: doc_id, voice (author, an actor_id, or unidentified), about (actor_id), name and about_name, kind (of
    the voice: author, named, unnamed, unidentified), mentions, sentence_id and number of the sentence of the first. A
    voice's words about itself, and the words by which the article gives a source, are not counted.
    """
    return query(
        """
        with spoken as (
            select m.doc_id, m.actor_id as about, m.start, s.sentence_id,
                   coalesce(a.actor_id, if(s.attribution_id is null, 'author', 'unidentified')) as voice
            from mentions m
            join stretches s on s.doc_id = m.doc_id and m.start >= s.start and m.start < s."end"
            left join attributions a on a.attribution_id = s.attribution_id
            where m.actor_id is not null
              and not exists (
                select 1 from spans p
                where p.doc_id = m.doc_id and p.role = 'source' and m.start >= p.start and m.start < p."end"
              )
        )
        select p.doc_id, p.voice, p.about,
               case p.voice when 'author' then 'the author' when 'unidentified' then 'unidentified speakers'
                            else v.name end as name,
               o.name as about_name,
               if(p.voice in ('author', 'unidentified'), p.voice, v.named) as kind,
               count(*)::bigint as mentions,
               arg_min(p.sentence_id, p.start) as sentence_id,
               arg_min(t.number, p.start)::bigint as number
        from spoken p
        join actors o on o.actor_id = p.about and o.named = 'named'
        left join actors v on v.actor_id = p.voice
        join sentences t on t.sentence_id = p.sentence_id
        where p.voice <> p.about
        group by p.doc_id, p.voice, p.about, v.name, v.named, o.name
        order by p.doc_id, mentions desc, number, p.voice, p.about
        """,
        mentions=tables.mentions,
        stretches=stretches(tables),
        attributions=tables.attributions,
        actors=tables.actors,
        spans=tables.attribution_spans,
        sentences=tables.sentences,
    )
