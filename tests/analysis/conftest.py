"""Small sets of tables, built by hand: who says what is written beside the text."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from toolkit.source.corpus import text_of
from toolkit.source.documents import from_texts
from toolkit.tables import Tables, conform
from toolkit.tables.contracts import ACTORS, ATTRIBUTION_SPANS, ATTRIBUTIONS, SENTENCES

Build = Callable[..., Tables]


def build(*texts: str, said: dict[str, str] | None = None, headline: bool = False) -> Tables:
    """Return tables of texts whose paragraphs are lines and whose sentences end in a full stop.

    `said` gives contents with whose they are; a speaker in lower case has no name, "?" is nobody.
    """
    documents, alignment = from_texts(text_of({"doc_id": f"d{i}", "text": t}) for i, t in enumerate(texts, 1))
    sentences: list[tuple[Any, ...]] = []
    relations: list[dict[str, Any]] = []
    spans: list[tuple[Any, ...]] = []
    actors: dict[str, dict[str, str]] = {}
    for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True):
        at, number = 0, 0
        for paragraph, line in enumerate(text.split("\n"), 0 if headline else 1):
            for sentence in (line.removesuffix(".") + ".").split(". ") if line else []:
                number += 1
                start = text.index(sentence.removesuffix("."), at)
                at = start + len(sentence)
                part = "body" if paragraph else "headline"
                sentences.append((f"{doc_id}/s/{number}", doc_id, number, paragraph, part, start, min(at, len(text))))
        for content, speaker in (said or {}).items():
            start = text.find(content)
            if start < 0:
                continue
            key, actor = f"{doc_id}/a/{start}-{start + len(content)}", f"{doc_id}/actor/{speaker.lower()}"
            kind = "named" if speaker[0].isupper() else "unnamed"
            known = speaker != "?"
            if known:
                about = {"actor_id": actor, "doc_id": doc_id, "name": speaker}
                actors[actor] = about | {"kind": "person", "named": kind, "in_codebook": "no"}
            row = dict.fromkeys(ATTRIBUTIONS.columns) | {"attribution_id": key, "doc_id": doc_id, "found_by": "hand"}
            row |= {"mode": "direct" if content[0] == "“" else "indirect", "confidence": 0.8}
            relations.append(row | ({"actor_id": actor, "source_kind": kind} if known else {}))
            spans.append((key, doc_id, "content", start, start + len(content)))
    return Tables(
        {
            "documents": documents,
            "alignment": alignment,
            "sentences": conform(pd.DataFrame(sentences, columns=list(SENTENCES.columns)), SENTENCES),
            "attributions": conform(pd.DataFrame(relations), ATTRIBUTIONS),
            "attribution_spans": conform(
                pd.DataFrame(spans, columns=list(ATTRIBUTION_SPANS.columns)), ATTRIBUTION_SPANS
            ),
            "actors": conform(pd.DataFrame(list(actors.values()), columns=list(ACTORS.columns)), ACTORS),
        }
    )


@pytest.fixture
def tables_of() -> Build:
    """Return the function that builds tables by hand."""
    return build
