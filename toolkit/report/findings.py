"""Findings for machines: what a report says, as one JSON document with its JSON Schema."""

import json
from typing import Any

import pandas as pd

import toolkit
from toolkit import codebook
from toolkit.report.reading import Passages
from toolkit.tables.contracts import ANCHORS, CERTAINTIES, GRANULARITIES

MIME = "application/json"
_ABOUT = ("doc_id", "title", "author", "outlet", "published", "dateline", "language", "source_path", "sha256", "words")
_COUNT, _WORDS, _NULLABLE = {"type": "integer", "minimum": 0}, {"type": "string"}, {"type": ["string", "null"]}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}
_MODE = {"enum": ["direct", "mixed", "indirect"]}
_CERTAINTY = {"enum": list(CERTAINTIES)}
# Every finding with its columns; what they mean is told by the function of analysis/ that bears the finding's name.
_COLUMNS: dict[str, dict[str, Any]] = {
    "voices": {
        "voice": _WORDS,
        "name": _WORDS,
        "kind": {"enum": ["author", "named", "unnamed", "unidentified"]},
        **dict.fromkeys(("statements", "direct", "mixed", "indirect", "words"), _COUNT),
        "share": _SHARE,
    },
    "sourcing": {"mode": _MODE, "kind": {"enum": ["named", "unnamed", "unidentified"]}, "statements": _COUNT},
    "cues": {"cue": _NULLABLE, "statements": _COUNT},
    "paragraphs": dict.fromkeys(("paragraph", "author", "direct", "mixed", "indirect"), _COUNT),
    "turns": {
        "attribution_id": _NULLABLE,
        "voice": _WORDS,
        "mode": {"enum": [*_MODE["enum"], None]},
        "number": _COUNT,
        "words": _COUNT,
    },
    "ledger": {
        **dict.fromkeys(("attribution_id", "voice", "name"), _WORDS),
        "kind": {"enum": ["named", "unnamed", "unidentified"]},
        "mode": _MODE,
        **dict.fromkeys(("source", "cue", "content", "resolved_by"), _NULLABLE),
        "number": _COUNT,
        "confidence": _SHARE,
    },
    "whereabouts": {
        **dict.fromkeys(("place_id", "place", "voice", "name"), _WORDS),
        "latitude": {"type": ["number", "null"]},
        "longitude": {"type": ["number", "null"]},
        "country": _NULLABLE,
        "ambiguous": {"type": "boolean"},
        **dict.fromkeys(("mentions", "number"), _COUNT),
    },
    "numbers": {
        **dict.fromkeys(("quantity_id", "voice", "name", "kind"), _WORDS),
        **dict.fromkeys(("written", "unit", "counted", "dates"), _NULLABLE),
        "low": {"type": ["number", "null"]},
        "high": {"type": ["number", "null"]},
        "approximate": {"type": "boolean"},
        "number": _COUNT,
        "alike": {"type": ["integer", "null"]},
    },
    "references": {
        **dict.fromkeys(("instrument_id", "instrument", "category", "body", "articles"), _NULLABLE),
        **dict.fromkeys(("voice", "name", "kind"), _WORDS),
        "year": {"type": ["integer", "null"]},
        **dict.fromkeys(("references", "number"), _COUNT),
    },
    "timeline": {
        "date_id": _WORDS,
        **dict.fromkeys(("earliest", "latest", "written"), _NULLABLE),
        "granularity": {"enum": list(GRANULARITIES)},
        "anchor": {"enum": list(ANCHORS)},
        "ambiguous": {"type": "boolean"},
        **dict.fromkeys(("voice", "name", "kind"), _WORDS),
        "number": _COUNT,
        "certainty": {"enum": [*CERTAINTIES, None]},
    },
    "evidence": {"attribution_id": _WORDS, "number": _COUNT},
    "certainty": {
        **dict.fromkeys(("voice", "name", "kind"), _WORDS),
        "certainty": _CERTAINTY,
        **dict.fromkeys(("clauses", "negated", "words"), _COUNT),
    },
    "wording": {
        **dict.fromkeys(("class", "voice", "name", "kind"), _WORDS),
        "term": _NULLABLE,
        "quoted": {"type": "boolean"},
        "number": _COUNT,
    },
    "checkable": {
        **dict.fromkeys(("voice", "name", "kind", "reason"), _WORDS),
        "certainty": _CERTAINTY,
        "negated": {"type": "boolean"},
        **dict.fromkeys(("number", "start", "end"), _COUNT),
        "written": _NULLABLE,
    },
    "question": {
        **dict.fromkeys(("candidate", "bearing", "by", "voice", "name", "kind"), _WORDS),
        "matched": _NULLABLE,
        "certainty": _CERTAINTY,
        "negated": {"type": "boolean"},
        **dict.fromkeys(("number", "words"), _COUNT),
        "written": _NULLABLE,
    },
    "sentences": {
        "number": _COUNT,
        "part": {"enum": ["headline", "byline", "dateline", "body"]},
        **dict.fromkeys(("paragraph", "start", "end"), _COUNT),
        "words": _NULLABLE,
    },
    "accuracy": {"measure": _WORDS, "value": _SHARE, "cases": _COUNT, "corpus": _WORDS},
}
_SOURCES = (
    "source",
    "content",
    "term",
    "matched",
    "written",
    "counted",
    "dates",
)  # columns that hold the text's own words


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the findings on an article.

    >>> sorted(schema()["properties"])[:3]
    ['$schema', 'accuracy', 'certainty']
    """

    def record(columns: dict[str, Any]) -> dict[str, Any]:
        return {"type": "object", "properties": columns, "required": list(columns), "additionalProperties": False}

    document = {name: _COUNT if name == "words" else _NULLABLE for name in _ABOUT}
    properties = {
        "$schema": _WORDS,
        "toolkit": _WORDS,
        "include_source": {"enum": ["full", "excerpts", "none"]},
        "document": record(document),
        **{name: {"type": "array", "items": record(columns)} for name, columns in _COLUMNS.items()},
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Findings on an article"} | record(
        properties
    )


class Findings:
    """The findings of a report, shown in a notebook as JSON; the runner writes them beside the page."""

    def __init__(self, documents: pd.DataFrame, passages: Passages, **further: pd.DataFrame) -> None:
        """Take the findings of passages, and further ones by their names; the text's words as far as they are shown."""
        sentences = passages.sentences.assign(
            words=[
                passages.text[row.start : row.end] if row.sentence_id in passages.shown else None
                for row in passages.sentences.itertuples(index=False)
            ]
        )
        frames = {
            "voices": passages.voices,
            "turns": passages.turns,
            "ledger": passages.ledger,
            "evidence": passages.evidence,
            "sentences": sentences,
            "accuracy": pd.DataFrame(codebook.accuracy()),
            **further,
        }
        if passages.include == "none":
            for name, frame in frames.items():
                frames[name] = frame.assign(**dict.fromkeys(set(_SOURCES) & set(frame.columns)))
        self.value = {
            "$schema": "",
            "toolkit": toolkit.__version__,
            "include_source": passages.include,
            "document": _records(documents[list(_ABOUT)])[0],
            **{name: _records(frames[name][list(columns)]) for name, columns in _COLUMNS.items()},
        }

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {MIME: self.value, "text/html": "", "text/plain": ""}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as JSON has them, what is missing as null."""
    found: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=6, force_ascii=False))
    return found


def findings_of(executed: Any) -> dict[str, Any] | None:
    """Return the findings that a cell of an executed notebook shows, or None."""
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                return dict(output["data"][MIME])
    return None
