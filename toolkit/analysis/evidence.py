"""Which sentences does each statement rest on?"""

import pandas as pd

from toolkit.analysis.query import query
from toolkit.tables import Tables


def evidence(tables: Tables) -> pd.DataFrame:
    """Return one row per statement and sentence that holds a part of it (source, cue or content), in reading order.

    Columns: doc_id, attribution_id, sentence_id, number of the sentence.
    """
    return query(
        """
        select distinct p.doc_id, p.attribution_id, s.sentence_id, s.number
        from attribution_spans p
        join sentences s on s.doc_id = p.doc_id and s.start < p."end" and s."end" > p.start
        order by p.doc_id, s.number, p.attribution_id
        """,
        attribution_spans=tables.attribution_spans,
        sentences=tables.sentences,
    )
