"""Under which names does each voice speak of somebody?"""

import pandas as pd

from toolkit.analysis.query import query
from toolkit.analysis.stretches import stretches
from toolkit.tables import Tables


def naming(tables: Tables) -> pd.DataFrame:
    """Return one row per document, actor, form and voice, for actors that have more than one form.

    Columns: doc_id, actor_id, name (of the actor), form (as written, a leading article left out), voice (author,
    an actor_id, or unidentified), by (the voice's name), kind (of the voice: author, named, unnamed,
    unidentified), mentions, sentence_id and number of the first. Pronouns and descriptions such as "the expert" are no
    names.
    """
    return query(
        r"""
        with written as (
            select m.doc_id, m.actor_id, m.start, s.sentence_id,
                   regexp_replace(m.written, '^(?:the|a|an)\s+|[’'']s?$', '', 'gi') as form,
                   coalesce(a.actor_id, if(s.attribution_id is null, 'author', 'unidentified')) as voice
            from mentions m
            join stretches s on s.doc_id = m.doc_id and m.start >= s.start and m.start < s."end"
            left join attributions a on a.attribution_id = s.attribution_id
            where m.actor_id is not null and m.form in ('name', 'alias', 'metonym', 'title')
        ),
        several as (
            select actor_id from written group by actor_id having count(distinct lower(form)) > 1
        )
        select w.doc_id, w.actor_id, o.name, w.form, w.voice,
               case w.voice when 'author' then 'the author' when 'unidentified' then 'unidentified speakers'
                            else v.name end as by,
               if(w.voice in ('author', 'unidentified'), w.voice, v.named) as kind,
               count(*)::bigint as mentions,
               arg_min(w.sentence_id, w.start) as sentence_id, arg_min(t.number, w.start)::bigint as number
        from written w
        join several using (actor_id)
        join actors o on o.actor_id = w.actor_id and o.named = 'named'
        left join actors v on v.actor_id = w.voice
        join sentences t on t.sentence_id = w.sentence_id
        group by w.doc_id, w.actor_id, o.name, w.form, w.voice, v.name, v.named
        order by w.doc_id, o.name, mentions desc, number, w.form, w.voice
        """,
        mentions=tables.mentions,
        stretches=stretches(tables),
        attributions=tables.attributions,
        actors=tables.actors,
        sentences=tables.sentences,
    )
