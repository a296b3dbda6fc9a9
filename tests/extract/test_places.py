"""Places: which names stand for one, which place is meant, and whether that is sure."""

import pandas as pd
import pytest

from toolkit.extract.metonymy import uses
from toolkit.extract.names import names
from toolkit.extract.places import places
from toolkit.tables import conform
from toolkit.tables.contracts import MENTIONS, PLACES

Names = tuple[tuple[str, str], ...]


def frames(text: str, names: Names, part: str = "body", dateline: str | None = None) -> tuple[pd.DataFrame, ...]:
    """Return documents, sentences (one) and the tagger's names: every occurrence of each."""
    documents = pd.DataFrame({"doc_id": ["d"], "text": [text], "dateline": [dateline]})
    sentences = pd.DataFrame({"doc_id": ["d"], "part": [part], "start": [0], "end": [len(text)]})
    spans = [
        ("d", kind, at, at + len(name)) for name, kind in names for at in range(len(text)) if text.startswith(name, at)
    ]
    return documents, sentences, pd.DataFrame(spans, columns=["doc_id", "kind", "start", "end"])


def read(text: str, *names: tuple[str, str], **about: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    documents, sentences, tagged = frames(text, names, **about)
    return places(documents, sentences, tagged, uses(documents, sentences, tagged))


def named(text: str, *names: tuple[str, str], **about: str) -> list[tuple[str, str | None]]:
    """Return (written, country) of every mention."""
    found, mentions = read(text, *names, **about)
    country = dict(zip(found["place_id"], found["country"], strict=True))
    for row in mentions.itertuples(index=False):
        assert text[row.start : row.end] == row.written
    return [
        (r.written, c if isinstance(c := country[r.place_id], str) else None) for r in mentions.itertuples(index=False)
    ]


def test_towns_countries_and_seas_are_found_with_their_country():
    assert named("From Lyon to Peru, and over the Black Sea to Odessa.") == [
        ("Lyon", "FR"),
        ("Peru", "PE"),
        ("Black Sea", None),
        ("Odessa", "UA"),
    ]


def test_a_capital_that_speaks_is_no_place_and_one_that_is_gone_to_is():
    assert named("Lima denied it. He left for Lima. Peruvian miners cheered.") == [("Lima", "PE")]


@pytest.mark.parametrize(
    ("text", "country", "region_of"),
    [
        ("She lives in Paris, Texas, near the river.", "US", 33.7),
        ("A bus burned in London, Ont., on Monday.", "CA", 43.0),
        ("A bus burned in London on Monday.", "GB", 51.5),
        ("Snow fell in Tripoli, Lebanon.", "LB", 34.4),
    ],
)
def test_a_comma_tells_which_place_is_meant(text, country, region_of):
    found, _ = read(text)
    first = found.iloc[0]
    assert (first["country"], round(first["latitude"], 1), first["ambiguous"]) == (country, region_of, False)


def test_the_rest_of_the_text_tells_which_place_is_meant():
    alone, _ = read("Police in Tripoli found the car.")
    beside, _ = read(
        "Beirut is near. Lebanese police in Tripoli found the car, and brought it through Lebanon to Sidon."
    )
    of = {row.name: row.country for row in beside.set_index("name", drop=False).itertuples(index=False)}
    assert alone["country"][0] == "LY"
    assert of["Tripoli"] == "LB"


def test_where_another_place_of_the_name_is_as_likely_it_is_marked():
    found, _ = read("A storm hit Springfield. A storm hit Shanghai.")
    assert found.set_index("name")["ambiguous"].to_dict() == {"Springfield": True, "Shanghai": False}


@pytest.mark.parametrize(
    "text",
    [
        "Nice work was done, and Reading is fun.",
        "Mobile phones ring. Will May march on?",
        "In March and in May, the snow melted.",
        "A split vote; the bath was hot; orange juice.",
    ],
)
def test_words_are_no_places(text):
    assert named(text) == []


def test_words_that_are_places_in_their_context_are():
    assert named("He was in Nice on Monday and near Reading later.") == [("Nice", "FR"), ("Reading", "GB")]


def test_names_of_persons_and_institutions_hold_no_place():
    text = "Paris Hilton told the Washington Post that Jordan Peele had left the Bank of England."
    names = (
        ("Paris Hilton", "person"),
        ("Washington Post", "organization"),
        ("Jordan Peele", "person"),
        ("Bank of England", "organization"),
    )
    assert named(text, *names) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They joined the Orvane Islands Forum in spring.", "Orvane Islands"),
        ("It was told at QUAY31 in spring.", "QUAY31"),
        ("The Alliance of Orvane Ports walked out.", "Alliance of Orvane Ports"),
        ("The ruling in Renn v. Orvane stands.", "Orvane"),
        ("The ruling in Renn v. Madison stands.", "Madison"),
    ],
)
def test_bodies_meetings_and_parties_to_a_case_are_no_places(text, name):
    assert named(text, (name, "place")) == []


def test_a_region_is_another_place_than_its_town():
    found, mentions = read("Shells hit Kursk. Troops left the Kursk region and then the Sumy and Bryansk regions.")
    assert [(r.name, r.gazetteer) for r in found.itertuples()][:2] == [
        ("Kursk", "geonames:538560"),
        ("Kursk region", "geonames:538560"),
    ]
    assert mentions["written"].tolist() == ["Kursk", "Kursk region", "Sumy", "Bryansk"]


def test_two_spellings_are_one_place_called_as_it_is_called_first():
    found, mentions = read("He was in Kiev. She is in Kyiv.")
    assert found["name"].tolist() == ["Kiev"]
    assert mentions["form"].tolist() == ["name", "alias"]


def test_a_place_that_no_gazetteer_has_has_no_point():
    found, mentions = read(
        "Boats left Quessin for the Talveth Islands.", ("Quessin", "place"), ("the Talveth Islands", "place")
    )
    assert found["name"].tolist() == ["Quessin", "Talveth Islands"]
    assert found[["latitude", "longitude", "country", "gazetteer"]].isna().all(axis=None)
    assert mentions["written"].tolist() == ["Quessin", "Talveth Islands"]


def test_a_dateline_in_capitals_names_the_place_that_the_body_names():
    text = "OSTRELLE, March 12, 2031 –"
    assert read(text, part="dateline", dateline="OSTRELLE")[0]["name"].tolist() == ["Ostrelle"]
    assert named("NAIROBI, June 4 –", part="dateline", dateline="NAIROBI") == [("NAIROBI", "KE")]


def test_bylines_name_no_place():
    assert named("By Jack London in Paris", part="byline") == []


def test_tables_keep_their_contracts_and_are_the_same_twice():
    found, mentions = read("From Lyon to Quessin.", ("Quessin", "place"))
    pd.testing.assert_frame_equal(conform(found, PLACES), found)
    pd.testing.assert_frame_equal(conform(mentions, MENTIONS), mentions)
    again = read("From Lyon to Quessin.", ("Quessin", "place"))
    assert found.equals(again[0])
    assert mentions.equals(again[1])


def test_tables_in_are_unchanged_and_empty_gives_empty():
    documents, sentences, tagged = frames("Rain in Lyon.", ())
    used = uses(documents, sentences, tagged)
    given = (documents, sentences, tagged, used)
    before = [frame.copy() for frame in given]
    places(*given)
    for frame, copy in zip(given, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
    none, no_mentions = places(*(frame.iloc[:0] for frame in given))
    assert (len(none), len(no_mentions)) == (0, 0)
    assert list(none.columns) == list(PLACES.columns)
    assert list(no_mentions.columns) == list(MENTIONS.columns)


@pytest.mark.parametrize(
    "text", ["", " ", "’’’", "İstanbul’da", "A" * 5000, "St. St. St.", "Ж Київ 北京", "The The The"]
)
def test_odd_texts_do_no_harm(text):
    found, mentions = read(text)
    assert len(found) <= len(mentions) <= 3


def test_a_town_that_is_a_word_is_no_place_where_the_word_opens_a_sentence():
    text = "They went to the school in Mobile. Mobile phones were banned."
    documents = pd.DataFrame({"doc_id": ["d"], "text": [text]})
    sentences = pd.DataFrame({"doc_id": "d", "part": "body", "start": [0, 35], "end": [34, len(text)]})
    tagged = pd.DataFrame({"doc_id": ["d"], "kind": ["place"], "start": [27], "end": [33]})
    assert names(documents, sentences, tagged)["start"].tolist() == [27]
