import pytest

from toolkit.analysis.selection import grouped, selected
from toolkit.analysis.tokens import tokens
from toolkit.errors import SelectionError

TEXT = "Ada Lind said the pier holds. Bo Lind said it sank. Some pilots doubt it. It rained."
SAID = {"the pier holds": "Ada Lind", "it sank": "Bo Lind", "doubt it": "some pilots"}


@pytest.fixture
def tables(tables_of):
    return tables_of(TEXT, "It snowed.", said=SAID)


@pytest.mark.parametrize(
    ("voice", "words"),
    [
        ("author", 12),
        ("others", 7),
        ("named", 5),
        ("unnamed", 2),
        ("Ada Lind", 3),
        ("ada lind", 3),
        ("Ada", 3),
        ("d1/actor/bo lind", 2),
        (["Ada", "Bo"], 5),
        (["Ada", "author"], 15),
    ],
)
def test_a_voice_is_chosen_by_what_it_is_called(tables, voice, words):
    assert len(selected(tables, voice)) == words


def test_documents_are_chosen_by_their_ids(tables):
    assert selected(tables, documents="d2")["word"].tolist() == ["it", "snowed"]
    assert len(selected(tables, documents=["d1", "d2"])) == len(tokens(tables))


def test_the_headline_is_left_out_but_where_it_is_asked_for(tables_of):
    tables = tables_of("A fine pier\nIt sank.", headline=True)
    assert selected(tables)["word"].tolist() == ["it", "sank"]
    assert len(selected(tables, parts=("headline", "body"))) == 5


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"voice": "Cy"}, "no actor 'Cy': voices are the author, Ada Lind, "),
        ({"voice": "Lind"}, "'Lind' fits several actors: write more of one of Ada Lind, Bo Lind"),
        ({"voice": ""}, "no actor ''"),
        ({"documents": "d3"}, "no document 'd3': there are d1, d2"),
        ({"voice": "Ada", "documents": "d2"}, "no word of 'Ada' is in what is chosen: .* have the author, Ada Lind"),
        ({"voice": []}, "no word of nobody"),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence_that_says_what_is(tables, asked, says):
    with pytest.raises(SelectionError, match=says) as failed:
        selected(tables, **asked)
    assert "\n" not in str(failed.value)


def test_groups_are_texts_in_order_voices_by_words_or_ones_own(tables):
    words = selected(tables)
    for by, column, groups in (
        ("document", "doc_id", ["d1", "d2"]),
        ("voice", "name", ["the author", "Ada Lind", "Bo Lind", "some pilots"]),
        ("kind", "kind", ["author", "named", "unnamed"]),
        ({"people": ["Ada", "Bo"], "us": "author"}, "group", ["people", "us"]),
    ):
        group, name = grouped(tables, words, by)
        assert name == column
        assert group.cat.categories.tolist() == groups


def test_a_split_that_is_none_names_those_that_are(tables):
    with pytest.raises(SelectionError, match="cannot be split by 'colour': there are document, voice, kind, mode"):
        grouped(tables, selected(tables), "colour")
