"""Who speaks in a text, and how much?"""

import pandas as pd

from toolkit.analysis.query import asked_once, query
from toolkit.analysis.stretches import stretches
from toolkit.tables import Tables

AUTHOR, UNIDENTIFIED = "author", "unidentified"


@asked_once
def voices(tables: Tables) -> pd.DataFrame:
    """Return one row per document and voice, the author's first, then by words.

    Columns: doc_id, voice (author, an actor_id, or unidentified), name, kind (author, named,
    unnamed, unidentified), statements, direct, mixed, indirect (counts of attributions), words (in
    the body, each counted for the innermost voice), share (of the body's words, 0 to 1).
    """
    return query(
        """
        with spoken as (
            select s.doc_id, coalesce(a.actor_id, if(s.attribution_id is null, 'author', 'unidentified')) as voice,
                   s.words
            from stretches s left join attributions a using (attribution_id)
            join sentences using (sentence_id)
            where sentences.part = 'body'
        ), said as (
            select doc_id, coalesce(actor_id, 'unidentified') as voice, count(*) as statements,
                   count(*) filter (mode = 'direct') as direct, count(*) filter (mode = 'mixed') as mixed,
                   count(*) filter (mode = 'indirect') as indirect
            from attributions group by all
        ), counted as (
            select doc_id, voice, sum(words)::bigint as words from spoken group by all
        ), everybody as (
            select doc_id, 'author' as voice from documents
            union select doc_id, voice from said union select doc_id, voice from counted
        )
        select e.doc_id, e.voice,
               case e.voice when 'author' then 'the author' when 'unidentified' then 'unidentified speakers'
                    else actors.name end as name,
               coalesce(actors.named, e.voice) as kind,
               coalesce(statements, 0)::bigint as statements, coalesce(direct, 0)::bigint as direct,
               coalesce(mixed, 0)::bigint as mixed, coalesce(indirect, 0)::bigint as indirect,
               coalesce(words, 0)::bigint as words,
               coalesce(words / nullif(sum(words) over (partition by e.doc_id), 0), 0)::double as share
        from everybody e left join said using (doc_id, voice) left join counted using (doc_id, voice)
        left join actors on actors.actor_id = e.voice
        order by e.doc_id, e.voice != 'author', coalesce(words, 0) desc, coalesce(statements, 0) desc, name, e.voice
        """,
        documents=tables.documents,
        sentences=tables.sentences,
        attributions=tables.attributions,
        actors=tables.actors,
        stretches=stretches(tables),
    )
