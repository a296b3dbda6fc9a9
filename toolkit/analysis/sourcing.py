"""How is a text sourced: in quotation marks or not, by name or not?"""

import pandas as pd

from toolkit.analysis.query import query
from toolkit.tables import Tables


def sourcing(tables: Tables) -> pd.DataFrame:
    """Return one row per document, mode and kind of source, all nine of each document.

    Columns: doc_id, mode (direct, mixed, indirect), kind (named, unnamed, unidentified), statements.
    """
    return query(
        """
        select d.doc_id, modes.mode, kinds.kind, count(a.attribution_id)::bigint as statements
        from documents d
        cross join (values ('direct', 1), ('mixed', 2), ('indirect', 3)) modes(mode, m)
        cross join (values ('named', 1), ('unnamed', 2), ('unidentified', 3)) kinds(kind, k)
        left join attributions a
            on a.doc_id = d.doc_id and a.mode = modes.mode and coalesce(a.source_kind, 'unidentified') = kinds.kind
        group by d.doc_id, modes.mode, kinds.kind, m, k order by d.doc_id, m, k
        """,
        documents=tables.documents,
        attributions=tables.attributions,
    )
