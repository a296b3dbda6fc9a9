"""By which words does a text mark that somebody else is speaking?"""

import pandas as pd

from toolkit.analysis.query import query
from toolkit.tables import Tables


def cues(tables: Tables) -> pd.DataFrame:
    """Return one row per document and cue, the most frequent first.

    Columns: doc_id, cue (in its dictionary form; missing for statements that have none), statements.
    """
    return query(
        """
        select doc_id, cue_lemma as cue, count(*)::bigint as statements from attributions
        group by doc_id, cue_lemma order by doc_id, statements desc, cue nulls last
        """,
        attributions=tables.attributions,
    )
