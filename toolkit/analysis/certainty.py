"""How surely does each voice speak?"""

import pandas as pd

from toolkit import codebook
from toolkit.analysis.clauses import clauses
from toolkit.analysis.query import query
from toolkit.tables import Tables


def certainty(tables: Tables) -> pd.DataFrame:
    """Return one row per document, voice and certainty that it uses; the author first, then by clauses.

    Columns: doc_id, voice, name, kind, certainty, clauses, negated (of these), words. The classes are those of
    codebook/certainty_classes.csv.

    >>> import toolkit as tk
    >>> tk.certainty(tk.read(tk.sample()))[["name", "certainty"]].values.tolist()[0]
    ['the author', 'asserted']
    """
    ranks = pd.DataFrame(list(enumerate(reversed(codebook.certainty_classes()))), columns=["rank", "certainty"])
    return query(
        """
        with counted as (
            select doc_id, voice, any_value(name) as name, any_value(kind) as kind, certainty,
                   count(*)::bigint as clauses, count(*) filter (negated)::bigint as negated,
                   sum(words)::bigint as words
            from clauses group by doc_id, voice, certainty
        )
        select c.* from counted c join ranks using (certainty)
        order by doc_id, voice != 'author', sum(clauses) over (partition by doc_id, voice) desc, name, voice, rank
        """,
        clauses=clauses(tables),
        ranks=ranks,
    )
