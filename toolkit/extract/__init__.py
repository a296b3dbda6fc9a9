"""Extract: documents become annotation tables, one module a table; all of them at once by `annotate`."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from toolkit.codebook.own import NOTHING, Own, read_own
from toolkit.extract.actors import resolve
from toolkit.extract.attributions import attributions
from toolkit.extract.metonymy import uses
from toolkit.extract.names import names
from toolkit.extract.places import places
from toolkit.extract.sentences import sentences
from toolkit.extract.statements import statements
from toolkit.extract.wording import wording
from toolkit.source.documents import load
from toolkit.tables import Tables


def annotate(documents: pd.DataFrame, alignment: pd.DataFrame, own: Own = NOTHING) -> Tables:
    """Return the whole set of tables for documents and their alignment; own: a codebook of the user's."""
    sentence_rows = sentences(documents)
    found = attributions(documents, sentence_rows)
    called = names(documents, sentence_rows, found.names, own)
    used = uses(documents, sentence_rows, called)
    resolved = resolve(documents, sentence_rows, called, used, found.relations, found.spans, own)
    place_rows, place_mentions = places(documents, sentence_rows, called, used, own)
    return Tables(
        {
            "documents": documents,
            "alignment": alignment,
            "sentences": sentence_rows,
            "attributions": resolved.attributions,
            "attribution_spans": found.spans,
            "actors": resolved.actors,
            "mentions": _both(resolved.mentions, place_mentions),
            "statements": statements(documents, sentence_rows, resolved.attributions, found.spans),
            "wording": wording(documents, sentence_rows, found.spans),
            "places": place_rows,
        }
    )


def _both(of_actors: pd.DataFrame, of_places: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions of actors and of places; where a name is given as a source, it is the actor's."""
    return pd.concat([of_actors, of_places]).drop_duplicates("mention_id")


def read(*sources: str | Path | Iterable[str | Path], codebook: str | Path | None = None) -> Tables:
    """Return the set of tables for one or more files or folders of texts.

    codebook: a CSV of your own with actors, their other names, offices and places, as `toolkit.codebook.own` tells.

    Raises
    ------
    SourceError
        When a source is not there, or cannot be read as text.
    CodebookError
        When a row of the codebook does not fit, naming file and line.

    >>> import toolkit as tk
    >>> tables = tk.read(tk.sample())
    >>> tables.documents.title[0]
    'Where will Tarkunia’s patrol fleet go next: the Talveth Islands, Quessin or the Harruv Bank?'
    """
    flat = [path for source in sources for path in ([source] if isinstance(source, str | Path) else source)]
    own = read_own(codebook) if codebook else NOTHING
    return annotate(*load(flat), own)
