"""Extract: documents become annotation tables, one module a table; all of them at once by `annotate`."""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import pandas as pd

import toolkit
from toolkit import cache, digests
from toolkit.extract.actors import resolve
from toolkit.extract.attributions import attributions
from toolkit.extract.metonymy import uses
from toolkit.extract.places import places
from toolkit.extract.sentences import sentences
from toolkit.extract.statements import statements
from toolkit.extract.wording import wording
from toolkit.source.documents import load
from toolkit.tables import Tables
from toolkit.tables.contracts import SCHEMAS
from toolkit.tables.packed import pack, unpack

_GIVEN = ("documents", "alignment")
_LIBRARIES = ("lemminflect", "onnxruntime", "pandas", "pyarrow", "pysbd", "tokenizers")


def annotate(documents: pd.DataFrame, alignment: pd.DataFrame) -> Tables:
    """Return the whole set of tables for documents and their alignment."""
    sentence_rows = sentences(documents)
    found = attributions(documents, sentence_rows)
    used = uses(documents, sentence_rows, found.names)
    resolved = resolve(documents, sentence_rows, found.names, used, found.relations, found.spans)
    place_rows, place_mentions = places(documents, sentence_rows, found.names, used)
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
    return _annotate_once(*load(flat))


def _annotate_once(documents: pd.DataFrame, alignment: pd.DataFrame) -> Tables:
    """Return what `annotate` returns, from the cache where there is one and these documents were annotated before."""
    kept = cache.here()
    if kept is None:
        return annotate(documents, alignment)
    made_with = [
        toolkit.__version__,
        digests.code(),
        digests.codebook(),
        digests.weights(),
        *map(version, _LIBRARIES),
    ]
    key = hashlib.sha256(json.dumps(made_with).encode() + pack({"documents": documents})).hexdigest()
    names = [name for name in SCHEMAS if name not in _GIVEN]
    if data := kept.get(key):
        return Tables({"documents": documents, "alignment": alignment, **unpack(data, names)})
    tables = annotate(documents, alignment)
    kept.put(key, pack({name: tables[name] for name in names}))
    return tables
