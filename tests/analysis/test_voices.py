import pandas as pd
import pandas.testing as pdt
import pytest

from toolkit.analysis.voices import voices
from toolkit.source.segment import words
from toolkit.tables import Tables, conform
from toolkit.tables.contracts import SCHEMAS


def where(text: str, phrase: str) -> dict[str, int]:
    return {"start": text.index(phrase), "end": text.index(phrase) + len(phrase)}


def made(
    texts: dict[str, dict[str, str]], said: list[tuple[str, str | None, str, str]], unnamed: tuple[str, ...] = ()
) -> Tables:
    """Return tables: per document its sentences with their parts; (document, actor, mode, content) per statement."""
    whole = {doc_id: " ".join(sentences) for doc_id, sentences in texts.items()}
    document = {"language": "en", "encoding": "utf-8", "source_path": "x.txt", "sha256": "0"}
    actors = dict.fromkeys((doc_id, actor) for doc_id, actor, *_ in said if actor)
    rows = {
        "documents": [{**document, "doc_id": d, "words": words(text), "text": text} for d, text in whole.items()],
        "sentences": [
            {"sentence_id": f"{d}/s{n}", "doc_id": d, "number": n, "paragraph": 1, "part": part, **where(whole[d], s)}
            for d, sentences in texts.items()
            for n, (s, part) in enumerate(sentences.items(), 1)
        ],
        "actors": [
            {
                "actor_id": f"{d}/{name}",
                "doc_id": d,
                "name": name,
                "kind": "person",
                "named": "unnamed" if name in unnamed else "named",
                "in_codebook": "no",
            }
            for d, name in actors
        ],
        "attributions": [
            {
                "attribution_id": f"a{i}",
                "doc_id": d,
                "mode": mode,
                "actor_id": f"{d}/{name}" if name else None,
                "source_kind": ("unnamed" if name in unnamed else "named") if name else None,
                "found_by": "test",
                "confidence": 1.0,
            }
            for i, (d, name, mode, _) in enumerate(said)
        ],
        "attribution_spans": [
            {"attribution_id": f"a{i}", "doc_id": d, "role": "content", **where(whole[d], content)}
            for i, (d, _, _, content) in enumerate(said)
        ],
    }
    return Tables(
        {
            name: conform(pd.DataFrame(rows.get(name, []), columns=list(schema.columns)), schema)
            for name, schema in SCHEMAS.items()
        }
    )


def body(*sentences: str) -> dict[str, str]:
    return dict.fromkeys(sentences, "body")


ONE = {"dry": body("Ann said “it rains”.", "Bo said that Cy thinks it snows.", "It is dry.")}
SAID = [
    ("dry", "Ann", "direct", "“it rains”"),
    ("dry", "Bo", "indirect", "that Cy thinks it snows"),
    ("dry", "Cy", "indirect", "it snows"),
]


def test_words_are_counted_for_the_innermost_voice():
    rows = voices(made(ONE, SAID))
    # 14 words: Ann said, Bo said, It is dry; that Cy thinks; it rains; it snows
    assert rows[["name", "words"]].to_numpy().tolist() == [["the author", 7], ["Bo", 3], ["Ann", 2], ["Cy", 2]]


def test_shares_are_parts_of_the_bodys_words_and_sum_to_one():
    rows = voices(made(ONE, SAID))
    assert rows["share"].tolist() == pytest.approx([7 / 14, 3 / 14, 2 / 14, 2 / 14])
    assert rows["share"].sum() == pytest.approx(1)


def test_statements_are_counted_by_mode():
    rows = voices(made(ONE, [*SAID, ("dry", "Ann", "mixed", "said “it rains”")])).set_index("name")
    counts = rows.loc["Ann", ["statements", "direct", "mixed", "indirect"]]
    assert counts.tolist() == [2, 1, 1, 0]
    assert rows.loc["the author", ["statements", "direct", "mixed", "indirect"]].tolist() == [0, 0, 0, 0]


def test_the_author_comes_first_then_whoever_has_most_words():
    rows = voices(
        made({"wet": body("It is wet.", "“Far too wet for me.”")}, [("wet", "Ann", "direct", "“Far too wet for me.”")])
    )
    assert rows[["voice", "words"]].to_numpy().tolist() == [["author", 3], ["wet/Ann", 5]]


def test_statements_without_an_actor_are_one_unidentified_voice():
    texts = {"wet": body("It is wet.", "“Far too wet for me.”", "“So it is.”")}
    rows = voices(
        made(texts, [("wet", None, "direct", "“Far too wet for me.”"), ("wet", None, "direct", "“So it is.”")])
    )
    last = rows.iloc[-1]
    assert last[["voice", "kind", "statements", "words"]].tolist() == ["unidentified", "unidentified", 2, 8]


def test_the_kind_of_a_voice_is_its_actors():
    rows = voices(made(ONE, SAID, unnamed=("Bo",))).set_index("name")
    assert rows["kind"].to_dict() == {"the author": "author", "Bo": "unnamed", "Ann": "named", "Cy": "named"}


def test_a_headlines_statement_counts_but_its_words_do_not():
    texts = {"wet": {"Ann: too wet": "headline", "It is wet.": "body"}}
    rows = voices(made(texts, [("wet", "Ann", "indirect", "too wet")])).set_index("name")
    assert rows["words"].to_dict() == {"the author": 3, "Ann": 0}
    assert rows["statements"]["Ann"] == 1


def test_a_text_without_statements_is_all_its_authors():
    [row] = voices(made(ONE, [])).itertuples()
    assert (row.voice, row.words, row.share, row.statements) == ("author", 14, 1.0, 0)


def test_a_text_without_words_has_an_author_with_none():
    [row] = voices(made({"d": body("…")}, [])).itertuples()
    assert (row.voice, row.words, row.share) == ("author", 0, 0.0)


def test_documents_of_one_set_are_kept_apart():
    texts = {**ONE, "wet": body("It is wet.", "“Far too wet for me.”")}
    said = [*SAID, ("wet", "Ann", "direct", "“Far too wet for me.”")]
    both = voices(made(texts, said))
    alone = voices(made(ONE, SAID))
    pdt.assert_frame_equal(both[both["doc_id"] == "dry"].reset_index(drop=True), alone)
    assert both.groupby("doc_id")["share"].sum().to_dict() == pytest.approx({"dry": 1, "wet": 1})
    assert both.loc[both["doc_id"] == "wet", "words"].tolist() == [3, 5]


def test_no_documents_have_no_voices():
    assert voices(made({}, [])).empty


def test_the_same_tables_give_the_same_voices_and_stay_as_they_are():
    tables = made(ONE, SAID)
    before = {name: frame.copy(deep=True) for name, frame in tables.items()}
    pdt.assert_frame_equal(voices(tables), voices(tables))
    for name, frame in tables.items():
        pdt.assert_frame_equal(frame, before[name])
