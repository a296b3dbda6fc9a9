"""Names do not matter: where two actors' names change places, every table is the same but for the names.

The rules are held to it exactly: the tagger's answer for a text is given to its swapped twin. The tagger itself is
learned, and is held to it on two texts; tests/bench/neutrality.py measures it on many.
"""

import re

import pandas as pd
import pandas.testing as pdt
import pytest

from toolkit import shipped
from toolkit.extract import annotate
from toolkit.extract.actors import resolve
from toolkit.extract.attributions import attributions
from toolkit.extract.metonymy import uses
from toolkit.extract.names import names
from toolkit.extract.places import places
from toolkit.extract.sentences import sentences
from toolkit.source.documents import from_texts, load
from toolkit.source.files import parse

SAMPLE = (("Tarkunian", "Velmarian"), ("Tarkunia", "Velmaria"), ("Drevnor", "Ostrelle"))
SIDES = (("Russian", "Ukrainian"), ("Russia", "Ukraine"), ("Moscow", "Kyiv"), ("Ivan Petrov", "Oleh Koval"))
TEXTS = [
    "{A} said that the talks had failed. {a} President {p} told reporters he would wait. A {b} official denied it. "
    "“We will not move,” said {q}. The {b} foreign ministry called the {a} claim absurd. In {c}, nobody spoke. {d} "
    "insists that the bridge is open, and {q} believes so. {p} added that {B} was bluffing.",
    "According to {p}, the {a} army left {c} on Monday. “It is over,” he said. Troops of {B} came from {d} to the "
    "border. {c} announced a truce. {q} doubts it. The {a} leader said that {A} had won; the {b} "
    "leader said nothing of {d}.",
]


def filled(template: str, one: int) -> str:
    adjective, state, capital, person = ((pair[one], pair[1 - one]) for pair in SIDES)
    return template.format(
        a=adjective[0], b=adjective[1], A=state[0], B=state[1], c=capital[0], d=capital[1], p=person[0], q=person[1]
    )


def swap(text: str, pairs: tuple[tuple[str, str], ...]) -> tuple[str, dict[int, int]]:
    """Return a text with names changed for each other, and where each offset of it is in the new one."""
    other = dict(pairs) | {b: a for a, b in pairs}
    either = re.compile("|".join(re.escape(n) for n in sorted(other, key=len, reverse=True)))
    out, moved, last = "", {}, 0
    for found in either.finditer(text):
        moved |= {i: len(out) + i - last for i in range(last, found.start() + 1)}
        out += text[last : found.start()] + other[found[0]]
        last = found.end()
        # an offset inside a name has no place in the other
        moved[last] = len(out)
    moved |= {i: len(out) + i - last for i in range(last, len(text) + 1)}
    return out + text[last:], moved


def read(text: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    return from_texts([parse("d", shipped.sample(), f"The border\n\n{text}".encode())])


def tables_of(documents, found) -> dict[str, pd.DataFrame]:
    read_sentences = sentences(documents)
    called = names(documents, read_sentences, found.names)
    used = uses(documents, read_sentences, called)
    made = resolve(documents, read_sentences, called, used, found.relations, found.spans)
    _, mentions = places(documents, read_sentences, called, used)
    return {**made._asdict(), "places": mentions}


@pytest.mark.parametrize("which", [0, 1, "sample"])
def test_the_rules_read_both_sides_alike(which):
    """The tagger's output is moved to the twin's offsets, so that whatever differs the rules have made."""
    sample = which == "sample"
    pairs = SAMPLE if sample else SIDES
    documents, _ = load([shipped.sample()]) if sample else read(filled(TEXTS[which], 0))
    found = attributions(documents)
    text = documents["text"][0]
    twin, moved = swap(text, pairs)
    other = documents.assign(text=[twin], title=[swap(documents["title"][0], pairs)[0]])

    def there(frame: pd.DataFrame) -> pd.DataFrame:
        assert frame[["start", "end"]].isin(list(moved)).all(axis=None), "names of the text stand whole"
        return frame.assign(**{c: frame[c].map(moved).astype("int64") for c in ("start", "end")})

    one = tables_of(documents, found)
    two = tables_of(other, found._replace(names=there(found.names), spans=there(found.spans)))
    assert told(one, text) == [swapped(row, pairs) for row in told(two, twin)]


def told(made: dict[str, pd.DataFrame], text: str) -> list[tuple[str, ...]]:
    """Return what the tables say of sources, mentions and places, in the text's order, by names and not by offsets."""
    actors = made["actors"].set_index("actor_id")
    who = made["attributions"]
    said = [
        (
            actors["name"].get(key, ""),
            str(actors["kind"].get(key, "")),
            how,
            mode,
            " ".join(sorted(actors["name"].get(a, "") for a in (also or "").split())) if isinstance(also, str) else "",
        )
        for key, how, mode, also in who[["actor_id", "resolved_by", "mode", "also"]].itertuples(index=False)
    ]
    mentioned = made["mentions"].sort_values("start")
    of_actors = [
        (text[s:e], actors["name"].get(key, ""), form)
        for s, e, key, form in mentioned[["start", "end", "actor_id", "form"]].itertuples(index=False)
    ]
    of_places = [(text[s:e], form) for s, e, form in made["places"][["start", "end", "form"]].itertuples(index=False)]
    columns = ["name", "kind", "named", "country", "role", "affiliation", "speaks_as"]
    described = [tuple(map(str, row)) for row in made["actors"][columns].itertuples(index=False)]
    return [*said, *of_actors, *of_places, *described]


def swapped(row: tuple[str, ...], pairs=SIDES) -> tuple[str, ...]:
    codes = (("RU", "UA"), ("russian", "ukrainian"), ("tarkunian", "velmarian"))
    return tuple(swap(cell, (*pairs, *codes))[0] for cell in row)


@pytest.mark.parametrize("template", TEXTS)
def test_no_table_tells_the_sides_of_a_whole_reading_apart(template):
    one, two = (annotate(*read(filled(template, side))) for side in (0, 1))
    assert len(one.attributions) == len(two.attributions)
    first, second = (
        told(
            {**{k: t[k] for k in ("attributions", "actors", "mentions")}, "places": t.mentions}, t.documents["text"][0]
        )
        for t in (one, two)
    )
    assert first == [swapped(row) for row in second]
    for name in ("statements", "wording"):
        columns = [c for c in one[name].columns if c not in ("start", "end") and not c.endswith("_id") and c != "voice"]
        pdt.assert_frame_equal(one[name][columns], two[name][columns])
