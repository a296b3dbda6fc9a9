import pandas as pd
import pandas.testing as pdt

from toolkit.analysis.stretches import COLUMNS, stretches
from toolkit.source.segment import words
from toolkit.tables import Tables, conform
from toolkit.tables.contracts import SCHEMAS

TEXT = "Ann said “it rains”. Bo said that Cy thinks it snows. It is dry."
SENTENCES = ("Ann said “it rains”.", "Bo said that Cy thinks it snows.", "It is dry.")


def tables(*contents: tuple[str, str], text: str = TEXT, sentences: tuple[str, ...] = SENTENCES) -> Tables:
    """Return tables of one document whose attributions have these contents, (id, words) each."""
    document = {"doc_id": "d", "language": "en", "encoding": "utf-8", "source_path": "d.txt", "sha256": "0"}
    rows = {
        "documents": [{**document, "words": words(text), "text": text}],
        "sentences": [
            {"sentence_id": f"s{n}", "doc_id": "d", "number": n, "paragraph": 1, "part": "body", **where(text, s)}
            for n, s in enumerate(sentences, 1)
        ],
        "attributions": [
            {"attribution_id": key, "doc_id": "d", "mode": "indirect", "found_by": "test", "confidence": 1.0}
            for key in dict.fromkeys(key for key, _ in contents)
        ],
        "attribution_spans": [
            {"attribution_id": key, "doc_id": "d", "role": "content", **where(text, phrase)} for key, phrase in contents
        ],
    }
    return Tables(
        {
            name: conform(pd.DataFrame(rows.get(name, []), columns=list(schema.columns)), schema)
            for name, schema in SCHEMAS.items()
        }
    )


def where(text: str, phrase: str) -> dict[str, int]:
    return {"start": text.index(phrase), "end": text.index(phrase) + len(phrase)}


def told(made: Tables) -> list[tuple[str, str | None, int]]:
    """Return (words, whose, how many) of every stretch."""
    text = made.documents["text"][0]
    return [
        (text[row.start : row.end], None if pd.isna(row.attribution_id) else row.attribution_id, row.words)
        for row in stretches(made).itertuples()
    ]


def test_a_stretch_belongs_to_the_innermost_content():
    made = tables(("ann", "“it rains”"), ("bo", "that Cy thinks it snows"), ("cy", "it snows"))
    assert told(made) == [
        ("Ann said ", None, 2),
        ("“it rains”", "ann", 2),
        (".", None, 0),
        ("Bo said ", None, 2),
        ("that Cy thinks ", "bo", 3),
        ("it snows", "cy", 2),
        (".", None, 0),
        ("It is dry.", None, 3),
    ]


def test_the_words_of_nested_contents_are_counted_once():
    made = tables(("bo", "that Cy thinks it snows"), ("cy", "it snows"))
    assert stretches(made)["words"].sum() == made.documents["words"][0] == 14


def test_stretches_of_a_sentence_touch_and_cover_it():
    made = tables(("ann", "it rains"), ("bo", "that Cy thinks it snows"), ("cy", "Cy thinks"))
    rows = stretches(made)
    for sentence in made.sentences.itertuples():
        own = rows[rows["sentence_id"] == sentence.sentence_id]
        assert [sentence.start, *own["end"]] == [*own["start"], sentence.end]


def test_a_content_over_two_sentences_is_two_stretches_of_one_voice():
    made = tables(("ann", "it snows. It is dry"))
    assert [row for row in told(made) if row[1]] == [("it snows.", "ann", 2), ("It is dry", "ann", 3)]


def test_fragments_of_one_content_are_stretches_of_one_voice():
    made = tables(("ann", "Ann said"), ("ann", "It is dry"))
    assert [row[:2] for row in told(made) if row[1]] == [("Ann said", "ann"), ("It is dry", "ann")]


def test_a_text_without_statements_is_its_authors():
    rows = stretches(tables())
    assert rows["attribution_id"].isna().all()
    assert rows["words"].tolist() == [4, 7, 3]


def test_the_same_tables_give_the_same_stretches_and_stay_as_they_are():
    made = tables(("bo", "that Cy thinks it snows"), ("cy", "it snows"))
    before = {name: frame.copy(deep=True) for name, frame in made.items()}
    pdt.assert_frame_equal(stretches(made), stretches(made))
    for name, frame in made.items():
        pdt.assert_frame_equal(frame, before[name])


def test_no_documents_have_no_stretches_but_all_columns():
    none = stretches(Tables({name: conform(pd.DataFrame(), schema) for name, schema in SCHEMAS.items()}))
    assert none.empty
    assert list(none.columns) == list(COLUMNS)
