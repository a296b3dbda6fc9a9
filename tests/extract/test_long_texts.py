"""Long texts: twice the text is about twice the work, counted in steps of the interpreter and not in seconds."""

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pandas as pd
import pytest

from toolkit.extract.actors import cast, resolve
from toolkit.extract.metonymy import uses
from toolkit.extract.names import names
from toolkit.extract.places import places
from toolkit.extract.statements import statements
from toolkit.extract.wording import wording
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.spans import Span
from toolkit.tables.contracts import ATTRIBUTIONS
from toolkit.tables.reading import rows

_SENTENCE = (
    "“The gates{n} leak,” Mira Voss{n} of Olven{n} said in Norway, "
    "and she called it a ‘plot’ of the Orrin{n} Institute. "
)


def _tables(count: int) -> tuple[pd.DataFrame, ...]:
    """Return documents, sentences, attributions, spans and names of one paragraph; each sentence names new people."""
    endings = [chr(ord("a") + n % 26) + chr(ord("a") + n // 26) for n in range(count)]
    written = [_SENTENCE.replace("{n}", ending) for ending in endings]
    documents, _ = from_texts([parse("d", Path("x.txt"), "".join(written).strip().encode())])
    text = documents["text"][0]
    sentence_rows, relation_rows, span_rows, name_rows = [], [], [], []
    at = 0
    for n, sentence in enumerate(written):
        end, key = at + len(sentence) - 1, f"d/a/{n}"
        sentence_rows.append((f"d/s/{n}", "d", n + 1, 1, "body", at, end))
        relation_rows.append({"attribution_id": key, "doc_id": "d", "mode": "direct", "continues": None})
        for role, part in (("content", sentence[: sentence.index("”") + 1]), ("source", "Mira"), ("cue", "said")):
            start = text.index(part, at)
            stop = text.index(" of", start) if role == "source" else start + len(part)
            span_rows.append((key, "d", role, start, stop))
            name_rows += [("d", "person", start, stop)] if role == "source" else []
        olven, orrin = text.index("Olven", at), text.index("Orrin", at)
        name_rows.append(("d", "place", olven, text.index(" ", olven)))
        name_rows.append(("d", "organization", orrin, text.index(".", orrin)))
        at = end + 1
    relations = pd.DataFrame(relation_rows).assign(
        cue_lemma="say", cue_class="neutral", actor_id=None, source_kind=None, found_by="tagger", resolved_by=None,
        also=None, confidence=0.9,
    )[list(ATTRIBUTIONS.columns)]  # fmt: skip
    columns = ["sentence_id", "doc_id", "number", "paragraph", "part", "start", "end"]
    return (
        documents,
        pd.DataFrame(sentence_rows, columns=columns),
        relations,
        pd.DataFrame(span_rows, columns=["attribution_id", "doc_id", "role", "start", "end"]),
        pd.DataFrame(name_rows, columns=["doc_id", "kind", "start", "end"]),
    )


def _steps(table: str, count: int) -> int:
    """Return how many steps the interpreter takes within this project to make a table."""
    documents, sentences, relations, spans, tagged = _tables(count)
    called = names(documents, sentences, tagged)
    used = uses(documents, sentences, called)
    make = {
        "names": lambda: names(documents, sentences, tagged),
        "uses": lambda: uses(documents, sentences, called),
        "actors": lambda: resolve(documents, sentences, called, used, relations, spans),
        "places": lambda: places(documents, sentences, called, used),
        "statements": lambda: statements(documents, sentences, relations, spans),
        "wording": lambda: wording(documents, sentences, spans),
        "cast": lambda: cast.Cast(documents["text"][0], [(n.kind, Span(n.start, n.end)) for n in rows(called)], {}),
    }[table]
    make()  # what is looked up once and kept
    steps = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal steps
        if "toolkit" not in frame.f_code.co_filename:
            return None
        steps += event == "line"  # each turn of a comprehension is one too
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        make()
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("table", ["names", "uses", "actors", "places", "statements", "wording"])
def test_a_paragraph_twice_as_long_is_about_twice_the_work(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cast, "_MANY", 10)  # of whom a pronoun weighs, so that few sentences will do
    few, many = _steps(table, 40), _steps(table, 80)
    assert few > 1000
    assert many < 2.6 * few


def test_twice_as_many_names_are_about_twice_the_work_for_the_cast() -> None:
    assert _steps("cast", 300) < 2.3 * _steps("cast", 150)
