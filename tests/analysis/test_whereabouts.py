"""Which places a text names, and in whose words."""

import pandas as pd
import pytest

import toolkit as tk
from toolkit.tables import SCHEMAS, Tables, conform

TEXT = "Rain fell in Lyon. Ann said “it is dry in Lyon and Nice”. Nice is near."
CONTENT = "“it is dry in Lyon and Nice”"


@pytest.fixture
def tables() -> Tables:
    cuts = [0, TEXT.index("Ann"), TEXT.index("Nice is"), len(TEXT)]
    spots = [("Lyon", 13), ("Lyon", TEXT.rindex("Lyon")), ("Nice", TEXT.index("Nice”")), ("Nice", TEXT.rindex("Nice"))]
    rows = {
        "documents": [
            {"doc_id": "d", "language": "en", "encoding": "utf-8", "source_path": "d", "sha256": "", "words": 14}
        ],
        "sentences": [
            {
                "sentence_id": f"d/s/{a}",
                "doc_id": "d",
                "number": i,
                "paragraph": 1,
                "part": "body",
                "start": a,
                "end": b,
            }
            for i, (a, b) in enumerate(zip(cuts, cuts[1:], strict=False), 1)
        ],
        "attributions": [
            {"attribution_id": "d/a/1", "doc_id": "d", "mode": "direct", "actor_id": "d/ann", "source_kind": "named"}
            | {"found_by": "tagger", "confidence": 1.0}
        ],
        "attribution_spans": [
            {"attribution_id": "d/a/1", "doc_id": "d", "role": "content", "start": TEXT.index(CONTENT)}
            | {"end": TEXT.index(CONTENT) + len(CONTENT)}
        ],
        "actors": [
            {"actor_id": "d/ann", "doc_id": "d", "name": "Ann", "kind": "person", "named": "named", "in_codebook": "no"}
        ],
        "places": [
            {
                "place_id": f"d/place/{name}",
                "doc_id": "d",
                "name": name,
                "latitude": n,
                "longitude": e,
                "ambiguous": False,
            }
            for name, n, e in (("Lyon", 45.7, 4.8), ("Nice", 43.7, 7.3))
        ],
        "mentions": [
            {"mention_id": f"d/m/{at}", "doc_id": "d", "start": at, "end": at + 4, "place_id": f"d/place/{name}"}
            | {"form": "name", "written": name}
            for name, at in spots
        ],
    }
    rows["documents"][0]["text"] = TEXT
    return Tables(
        {
            name: conform(pd.DataFrame(rows.get(name, []), columns=list(schema.columns)), schema)
            for name, schema in SCHEMAS.items()
        }
    )


def test_mentions_are_counted_by_place_and_voice(tables):
    found = tk.whereabouts(tables)
    rows = [(r.place, r.name, r.kind, r.mentions, r.number) for r in found.itertuples(index=False)]
    assert rows == [
        ("Lyon", "the author", "author", 1, 1),
        ("Lyon", "Ann", "named", 1, 2),
        ("Nice", "the author", "author", 1, 3),
        ("Nice", "Ann", "named", 1, 2),
    ]


def test_every_mention_is_counted_once(tables):
    assert tk.whereabouts(tables)["mentions"].sum() == len(tables.mentions)


def test_mentions_of_actors_are_no_places(tables):
    mentions = tables.mentions.assign(place_id=None, actor_id="d/ann")
    assert tk.whereabouts(Tables(dict(tables) | {"mentions": mentions})).empty


def test_no_tables_give_no_rows_with_the_same_columns(tables):
    empty = tk.whereabouts(Tables({name: frame.head(0) for name, frame in tables.items()}))
    assert empty.empty
    assert list(empty.columns) == list(tk.whereabouts(tables).columns)
