"""How does the share of other voices change through a text?"""

import pandas as pd

from toolkit.analysis.query import query
from toolkit.analysis.stretches import stretches
from toolkit.tables import Tables


def paragraphs(tables: Tables) -> pd.DataFrame:
    """Return one row per paragraph of the body, in reading order.

    Columns: doc_id, paragraph, author, direct, mixed, indirect (words of each, by the innermost statement).
    """
    return query(
        """
        select p.doc_id, s.paragraph,
               coalesce(sum(p.words) filter (p.attribution_id is null), 0)::bigint as author,
               coalesce(sum(p.words) filter (a.mode = 'direct'), 0)::bigint as direct,
               coalesce(sum(p.words) filter (a.mode = 'mixed'), 0)::bigint as mixed,
               coalesce(sum(p.words) filter (a.mode = 'indirect'), 0)::bigint as indirect
        from stretches p join sentences s using (sentence_id) left join attributions a using (attribution_id)
        where s.part = 'body' group by p.doc_id, s.paragraph order by p.doc_id, s.paragraph
        """,
        stretches=stretches(tables),
        sentences=tables.sentences,
        attributions=tables.attributions,
    )
