"""Which clauses could somebody look up?"""

import pandas as pd

from toolkit.analysis.clauses import clauses
from toolkit.tables import Tables


def checkable(tables: Tables) -> pd.DataFrame:
    """Return one row per checkable clause, in reading order, with the columns of `clauses`.

    That a clause is checkable says nothing on whether it is so: nothing is checked here.
    """
    found = clauses(tables)
    return found[found["checkable"].astype(bool)].reset_index(drop=True)
