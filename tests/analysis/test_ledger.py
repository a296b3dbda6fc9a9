import pandas as pd
import pandas.testing as pdt

from toolkit.analysis.ledger import ledger
from toolkit.source.segment import words
from toolkit.tables import Tables, conform
from toolkit.tables.contracts import SCHEMAS

NAMED = {"kind": "person", "named": "named", "in_codebook": "no"}

DRY = ("Ann said “it rains”.", "“It snows,” Bo said, “and how.”", "“It is dry.”")
WET = ("It is wet.", "Ann thinks so too.")


def where(text: str, phrase: str) -> dict[str, int]:
    return {"start": text.index(phrase), "end": text.index(phrase) + len(phrase)}


def statement(key: str, doc_id: str, actor: str | None, mode: str, **roles: list[str]) -> dict[str, object]:
    return {"key": key, "doc_id": doc_id, "actor": actor, "mode": mode, "roles": roles}


# Not in reading order, as a table that was corrected by hand may be.
SAID = [
    statement("z", "dry", None, "direct", content=["“It is dry.”"]),
    statement("b", "dry", "Bo", "direct", source=["Bo"], cue=["said,"], content=["“It snows,”", "“and how.”"]),
    statement("a", "dry", "Ann", "direct", source=["Ann"], cue=["said"], content=["“it rains”"]),
]


def made(texts: dict[str, tuple[str, ...]], said: list[dict[str, object]]) -> Tables:
    whole = {doc_id: " ".join(sentences) for doc_id, sentences in texts.items()}
    document = {"language": "en", "encoding": "utf-8", "source_path": "x.txt", "sha256": "0"}
    actors = dict.fromkeys((row["doc_id"], row["actor"]) for row in said if row["actor"])
    rows = {
        "documents": [{**document, "doc_id": d, "words": words(text), "text": text} for d, text in whole.items()],
        "sentences": [
            {"sentence_id": f"{d}/s{n}", "doc_id": d, "number": n, "paragraph": 1, "part": "body", **where(whole[d], s)}
            for d, sentences in texts.items()
            for n, s in enumerate(sentences, 1)
        ],
        "actors": [{"actor_id": f"{d}/{name}", "doc_id": d, "name": name, **NAMED} for d, name in actors],
        "attributions": [
            {
                "attribution_id": row["key"],
                "doc_id": row["doc_id"],
                "mode": row["mode"],
                "actor_id": f"{row['doc_id']}/{row['actor']}" if row["actor"] else None,
                "source_kind": "named" if row["actor"] else None,
                "found_by": "test",
                "resolved_by": "exact name" if row["actor"] else "no source in the text",
                "confidence": 0.5,
            }
            for row in said
        ],
        "attribution_spans": [
            {
                "attribution_id": row["key"],
                "doc_id": row["doc_id"],
                "role": role,
                **where(whole[row["doc_id"]], phrase),
            }
            for row in said
            for role, phrases in row["roles"].items()
            for phrase in phrases
        ],
    }
    return Tables(
        {
            name: conform(pd.DataFrame(rows.get(name, []), columns=list(schema.columns)), schema)
            for name, schema in SCHEMAS.items()
        }
    )


def test_statements_stand_in_reading_order():
    assert ledger(made({"dry": DRY}, SAID))["attribution_id"].tolist() == ["a", "b", "z"]


def test_a_statement_is_in_the_articles_own_words():
    rows = ledger(made({"dry": DRY}, SAID)).set_index("attribution_id")
    assert rows.loc["a", ["source", "cue", "content"]].tolist() == ["Ann", "said", "“it rains”"]
    assert rows.loc["b", "content"] == "“It snows,” … “and how.”"


def test_a_statement_stands_in_the_sentence_where_its_content_begins():
    rows = ledger(made({"dry": DRY}, SAID))
    assert rows[["sentence_id", "number"]].to_numpy().tolist() == [["dry/s1", 1], ["dry/s2", 2], ["dry/s3", 3]]


def test_a_content_over_two_sentences_stands_in_the_first():
    over = statement("a", "wet", "Ann", "indirect", content=["wet. Ann thinks"])
    assert ledger(made({"wet": WET}, [over]))["number"].tolist() == [1]


def test_what_the_text_does_not_have_is_missing():
    last = ledger(made({"dry": DRY}, SAID)).iloc[-1]
    assert last[["source", "cue"]].isna().all()
    assert last[["voice", "kind", "name"]].tolist() == ["unidentified", "unidentified", "an unidentified speaker"]


def test_a_statement_is_its_actors():
    first = ledger(made({"dry": DRY}, SAID)).iloc[0]
    assert first[["voice", "name", "kind", "mode"]].tolist() == ["dry/Ann", "Ann", "named", "direct"]
    assert first[["resolved_by", "confidence"]].tolist() == ["exact name", 0.5]


def test_documents_of_one_set_are_kept_apart():
    wet = statement("w", "wet", "Ann", "indirect", source=["Ann"], cue=["thinks"], content=["so too"])
    both = ledger(made({"wet": WET, "dry": DRY}, [wet, *SAID]))
    assert both["attribution_id"].tolist() == ["a", "b", "z", "w"]
    assert both.iloc[-1][["voice", "sentence_id", "content"]].tolist() == ["wet/Ann", "wet/s2", "so too"]
    alone = ledger(made({"dry": DRY}, SAID))
    pdt.assert_frame_equal(both[both["doc_id"] == "dry"].reset_index(drop=True), alone)


def test_a_text_without_statements_has_an_empty_ledger_with_all_columns():
    none, some = ledger(made({"wet": WET}, [])), ledger(made({"dry": DRY}, SAID))
    assert none.empty
    assert list(none.columns) == list(some.columns)


def test_the_same_tables_give_the_same_ledger_and_stay_as_they_are():
    tables = made({"dry": DRY}, SAID)
    before = {name: frame.copy(deep=True) for name, frame in tables.items()}
    pdt.assert_frame_equal(ledger(tables), ledger(tables))
    for name, frame in tables.items():
        pdt.assert_frame_equal(frame, before[name])
