"""Which treaties, laws and documents does a text refer to, and who invokes each?"""

import pandas as pd

from toolkit.analysis.query import query
from toolkit.analysis.stretches import stretches
from toolkit.tables import Tables


def references(tables: Tables) -> pd.DataFrame:
    """Return one row per act or document and voice that refers to it, those most often referred to first.

    Columns: doc_id, instrument_id (missing where the text leaves open which act is meant; these are one row a voice and
    article), instrument, category (treaty, law ...), body, year, voice (author, an actor_id, or unidentified), name and
    kind of the voice, articles (as cited by this voice, parted by ", "; missing for none), references (of this voice to
    it), sentence_id and number of the sentence where the voice first does so.

    >>> import toolkit as tk
    >>> tk.references(tk.read(tk.sample()))[["instrument", "articles", "name"]].values.tolist()[1]
    ['Treaty of Marrowin', '9', 'Velmarian foreign ministry']
    """
    return query(
        """
        with said as (
            select r.*, w.sentence_id,
                   coalesce(r.instrument_id, r.doc_id || '/open/' || coalesce(r.article, '')) as key,
                   coalesce(a.actor_id, if(w.attribution_id is null, 'author', 'unidentified')) as voice
            from cited r
            join stretches w on w.doc_id = r.doc_id and w.start <= r.start and r.start < w."end"
            left join attributions a using (attribution_id)
        ), counted as (
            select doc_id, key, any_value(instrument_id) as instrument_id, any_value(instrument) as instrument,
                   any_value(kind) as category, any_value(body) as body, any_value(year) as year, voice,
                   string_agg(distinct article, ', ' order by article) as articles, count(*) as "references",
                   arg_min(sentence_id, start) as sentence_id, min(start) as first
            from said group by doc_id, key, voice
        )
        select c.doc_id, c.instrument_id, c.instrument, c.category, c.body, c.year, c.voice,
               case c.voice when 'author' then 'the author' when 'unidentified' then 'unidentified speakers'
                    else actors.name end as name,
               coalesce(actors.named, c.voice) as kind, c.articles, c."references", c.sentence_id, s.number
        from counted c join sentences s using (sentence_id) left join actors on actors.actor_id = c.voice
        order by c.doc_id, c.instrument_id is null, sum(c."references") over (partition by c.doc_id, c.key) desc,
                 min(c.first) over (partition by c.doc_id, c.key), c.voice != 'author', c."references" desc, c.first
        """,
        cited=tables.references,
        attributions=tables.attributions,
        actors=tables.actors,
        sentences=tables.sentences,
        stretches=stretches(tables),
    ).astype({"year": "Int64"})
