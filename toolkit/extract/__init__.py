"""Extract: documents become annotation tables, one module a table; all of them at once by `annotate`."""

import hashlib
import json
import warnings
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

import toolkit
from toolkit import cache, digests
from toolkit.codebook.own import NOTHING, Own, read_own
from toolkit.errors import SourceError
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
from toolkit.source.documents import failures, from_texts, pages
from toolkit.source.files import TextFile, Unread, texts
from toolkit.source.options import Options
from toolkit.tables import Tables
from toolkit.tables.contracts import SCHEMAS
from toolkit.tables.packed import pack, unpack

_LIBRARIES = ("lemminflect", "onnxruntime", "pandas", "pyarrow", "pysbd", "tokenizers")


def annotate(
    documents: pd.DataFrame,
    alignment: pd.DataFrame,
    page_rows: pd.DataFrame | None = None,
    unread: pd.DataFrame | None = None,
    own: Own = NOTHING,
) -> Tables:
    """Return the whole set of tables for documents and their alignment, their pages, and what could not be read.

    own: a codebook of the user's.
    """
    heard = listen(documents)  # sentences are found while the network reads
    sentence_rows = sentences(documents)
    found = attributions(documents, heard=heard)
    called = names(documents, sentence_rows, found.names, own)
    used = uses(documents, sentence_rows, called)
    resolved = resolve(documents, sentence_rows, called, used, found.relations, found.spans, own)
    place_rows, place_mentions = places(documents, sentence_rows, called, used, own)
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
            "mentions": _both(documents, resolved.mentions, place_mentions),
            "statements": statements(documents, sentence_rows, resolved.attributions, found.spans, **bases),
            "wording": wording(documents, sentence_rows, found.spans),
            "places": place_rows,
            **bases,
            **({} if page_rows is None else {"pages": page_rows}),
            **({} if unread is None else {"failures": unread}),
        }
    )


def _both(documents: pd.DataFrame, of_actors: pd.DataFrame, of_places: pd.DataFrame) -> pd.DataFrame:
    """Return all mentions, text by text; where a name is given as a source, it is the actor's."""
    both = pd.concat([of_actors, of_places]).drop_duplicates("mention_id")
    order = {doc_id: i for i, doc_id in enumerate(documents["doc_id"])}
    return both.sort_values("doc_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)


_CHUNK, _CHARACTERS = 64, 400_000  # texts whose tables are made together: so many, or of so many characters


def in_chunks(found: Iterable[TextFile | Unread], codebook: str | Path | None = None) -> Iterator[Tables]:
    """Yield the tables of texts and of what could not be read, of so many at a time as memory need not notice.

    codebook: a CSV of your own with actors, their other names, offices and places, as `toolkit.codebook.own` tells.

    Raises
    ------
    SourceError
        When none of the texts could be read.
    CodebookError
        When a row of the codebook does not fit, naming file and line.
    """
    own = read_own(codebook) if codebook else NOTHING
    unread: list[Unread] = []
    read_any = False
    for chunk in _chunks(found):
        readable = [text for text in chunk if isinstance(text, TextFile)]
        bad = [text for text in chunk if isinstance(text, Unread)]
        read_any = read_any or bool(readable)
        unread += bad if not read_any else []
        yield annotate(*from_texts(readable), pages(readable), failures(bad), own)
    if not read_any:
        raise SourceError(unread[0].reason if unread else "no text is named: name a file or a folder of texts")


def _chunks(found: Iterable[TextFile | Unread]) -> Iterator[list[TextFile | Unread]]:
    chunk: list[TextFile | Unread] = []
    characters = 0
    for text in found:
        chunk.append(text)
        characters += len(text.plain) if isinstance(text, TextFile) else 0
        if len(chunk) == _CHUNK or characters >= _CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def read(*sources: str | Path | Iterable[str | Path], codebook: str | Path | None = None, **how: Any) -> Tables:
    """Return the set of tables for one or more files or folders of texts.

    `how` they are read is said by name, as on the command line: `text_column="body"`, `max_pages=5000`.
    What could not be read is a row of `tables.failures`, and a warning says so. codebook: a CSV of your own with
    actors, their other names, offices and places, as `toolkit.codebook.own` tells.

    Raises
    ------
    SourceError
        When a source is not there, or none could be read.
    ParameterError
        For an option that there is not.
    CodebookError
        When a row of the codebook does not fit, naming file and line.

    >>> import toolkit as tk
    >>> tables = tk.read(tk.sample())
    >>> tables.documents.title[0]
    'Where will Tarkunia’s patrol fleet go next: the Talveth Islands, Quessin or the Harruv Bank?'
    """
    flat = [path for source in sources for path in ([source] if isinstance(source, str | Path) else source)]
    own = read_own(codebook) if codebook else NOTHING
    found = list(texts(flat, Options.of(how)))
    readable = [text for text in found if isinstance(text, TextFile)]
    bad = [text for text in found if isinstance(text, Unread)]
    if bad and not readable:
        raise SourceError(bad[0].reason)
    if bad:
        warnings.warn(f"{len(bad)} of {len(found)} texts could not be read: see tables.failures", stacklevel=2)
    return _annotate_once(*from_texts(readable), pages(readable), failures(bad), own)


def _annotate_once(
    documents: pd.DataFrame, alignment: pd.DataFrame, page_rows: pd.DataFrame, unread: pd.DataFrame, own: Own
) -> Tables:
    """Return what `annotate` returns, from the cache where there is one and these documents were annotated before."""
    kept = cache.here()
    if kept is None or own != NOTHING:
        return annotate(documents, alignment, page_rows, unread, own)
    made_with = [
        toolkit.__version__,
        digests.code(),
        digests.codebook(),
        digests.weights(),
        *map(version, _LIBRARIES),
    ]
    key = hashlib.sha256(json.dumps(made_with).encode() + pack({"documents": documents})).hexdigest()
    given = {"documents": documents, "alignment": alignment, "pages": page_rows, "failures": unread}
    made = [name for name in SCHEMAS if name not in given]
    if data := kept.get(key):
        return Tables({**given, **unpack(data, made)})
    tables = annotate(documents, alignment, page_rows, unread, own)
    kept.put(key, pack({name: tables[name] for name in made}))
    return tables
