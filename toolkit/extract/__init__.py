"""Extract: documents become annotation tables, one module a table; all of them at once by `annotate`."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from toolkit.extract.actors import resolve
from toolkit.extract.attributions import attributions
from toolkit.extract.metonymy import uses
from toolkit.extract.places import places
from toolkit.extract.sentences import sentences
from toolkit.source.documents import load
from toolkit.tables import Tables


def annotate(documents: pd.DataFrame, alignment: pd.DataFrame) -> Tables:
    """Return the whole set of tables for documents and their alignment."""
    sentence_rows = sentences(documents)
    found = attributions(documents, sentence_rows)
    relations, actors = resolve(documents, sentence_rows, found.relations, found.spans)
    used = uses(documents, sentence_rows, found.names)
    place_rows, mentions = places(documents, sentence_rows, found.names, used)
    return Tables(
        {
            "documents": documents,
            "alignment": alignment,
            "sentences": sentence_rows,
            "attributions": relations,
            "attribution_spans": found.spans,
            "actors": actors,
            "places": place_rows,
            "mentions": mentions,
        }
    )


def read(*sources: str | Path | Iterable[str | Path]) -> Tables:
    """Return the set of tables for one or more files or folders of texts.

    Raises
    ------
    SourceError
        When a source is not there, or cannot be read as text.

    >>> import toolkit as tk
    >>> tables = tk.read(tk.sample())
    >>> tables.documents.title[0]
    'Where will Tarkunia’s patrol fleet go next: the Talveth Islands, Quessin or the Harruv Bank?'
    """
    flat = [path for source in sources for path in ([source] if isinstance(source, str | Path) else source)]
    return annotate(*load(flat))
