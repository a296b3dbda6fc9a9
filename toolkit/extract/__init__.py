"""Extract: documents become annotation tables, one module a table; all of them at once by `annotate`."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from toolkit.extract.actors import resolve
from toolkit.extract.attributions import attributions, listen
from toolkit.extract.dates import dates
from toolkit.extract.metonymy import uses
from toolkit.extract.names import names
from toolkit.extract.places import places
from toolkit.extract.quantities import quantities
from toolkit.extract.references import references
from toolkit.extract.sentences import sentences
from toolkit.extract.statements import statements
from toolkit.extract.wording import wording
from toolkit.source.documents import load
from toolkit.tables import Tables


def annotate(documents: pd.DataFrame, alignment: pd.DataFrame) -> Tables:
    """Return the whole set of tables for documents and their alignment."""
    heard = listen(documents)  # sentences are found while the network reads
    sentence_rows = sentences(documents)
    found = attributions(documents, heard=heard)
    called = names(documents, sentence_rows, found.names)
    used = uses(documents, sentence_rows, called)
    resolved = resolve(documents, sentence_rows, called, used, found.relations, found.spans)
    place_rows, place_mentions = places(documents, sentence_rows, called, used)
    date_rows = dates(documents, sentence_rows, called)
    cited = references(documents, sentence_rows, date_rows)
    counted = quantities(documents, sentence_rows, date_rows, cited)
    bases = {"dates": date_rows, "quantities": counted, "references": cited}
    return Tables(
        {
            "documents": documents,
            "alignment": alignment,
            "sentences": sentence_rows,
            "attributions": resolved.attributions,
            "attribution_spans": found.spans,
            "actors": resolved.actors,
            "mentions": _both(resolved.mentions, place_mentions),
            "statements": statements(documents, sentence_rows, resolved.attributions, found.spans, **bases),
            "wording": wording(documents, sentence_rows, found.spans),
            "places": place_rows,
            **bases,
        }
    )


def _both(of_actors: pd.DataFrame, of_places: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions of actors and of places; where a name is given as a source, it is the actor's."""
    return pd.concat([of_actors, of_places]).drop_duplicates("mention_id")


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
