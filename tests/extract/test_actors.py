from functools import cache
from pathlib import Path

import pandas as pd
import pandas.testing as pdt
import pytest

from toolkit.extract import annotate
from toolkit.extract.actors import resolve
from toolkit.extract.attributions import attributions
from toolkit.extract.metonymy import uses
from toolkit.extract.sentences import sentences
from toolkit.source.documents import from_texts
from toolkit.source.files import parse
from toolkit.tables import Tables, conform
from toolkit.tables.contracts import ACTORS, ATTRIBUTION_SPANS, ATTRIBUTIONS, DOCUMENTS, MENTIONS, SENTENCES


@cache  # no test changes a table
def extracted(*bodies: str) -> Tables:
    return annotate(
        *from_texts(
            parse(f"d{i}", Path("x.txt"), f"A dam in the hills\n\n{body}".encode()) for i, body in enumerate(bodies, 1)
        )
    )


def speakers(body: str) -> list[str | None]:
    """Return the name given to each statement's source, in reading order; None for nobody."""
    tables = extracted(body)
    names = tables.actors.set_index("actor_id")["name"]
    return [None if pd.isna(key) else names[key] for key in tables.attributions["actor_id"]]


def how(body: str) -> list[str]:
    return extracted(body).attributions["resolved_by"].tolist()


def test_a_short_name_after_the_full_one_is_the_same_person():
    body = "Mira Voss said that the dam would hold. Voss said that the gate would not."
    assert speakers(body) == ["Mira Voss", "Mira Voss"]
    assert how(body) == ["exact name", "short name"]


def test_an_agency_is_one_of_the_media_where_its_name_speaks_of_news():
    body = "The dam holds, the Norwegian press agency reported. The Swedish environment agency said that water fell."
    actors = extracted(body).actors.set_index("name")["kind"]
    assert actors["Norwegian press agency"] == "media"
    assert actors["Swedish environment agency"] == "institution"


def test_a_full_name_after_the_short_one_is_the_same_person():
    body = "Voss said that the dam would hold. Mira Voss said that the gate would not. Voss said that rain came."
    assert speakers(body) == ["Mira Voss"] * 3
    assert how(body) == ["short name", "exact name", "short name"]


def test_titles_are_no_part_of_a_name():
    body = "President Mira Voss said that the dam would hold. Dr. Voss said that the gate would not."
    assert speakers(body) == ["Mira Voss", "Mira Voss"]


def test_two_people_with_one_surname_stay_apart_when_both_are_given_in_full():
    body = "Mira Voss said that the dam would hold. Tobin Voss said that it would not. Mira Voss said that rain came."
    assert speakers(body) == ["Mira Voss", "Tobin Voss", "Mira Voss"]
    assert extracted(body).actors["name"].tolist() == ["Mira Voss", "Tobin Voss"]


def test_a_pronoun_is_the_person_who_was_heard_last():
    body = "Mira Voss said that the dam would hold. Tobin Lark said that it would not. He said that rain came."
    assert speakers(body)[2] == "Tobin Lark"
    assert how(body)[2] == "pronoun: nearest fitting name before it"


def test_a_pronoun_is_the_person_whom_a_sentence_before_it_opened_with():
    body = "Mira Voss said that the dam would hold. Tobin Lark came from the coast. He said that it would not."
    assert speakers(body) == ["Mira Voss", "Tobin Lark"]


def test_a_pronoun_passes_over_names_that_it_does_not_fit():
    body = (
        "Mira Voss said that the dam would hold. The Water Council said that it would not. "
        "She said that rain came. It said that rain went."
    )
    assert speakers(body) == ["Mira Voss", "Water Council", "Mira Voss", "Water Council"]


def test_a_plural_pronoun_is_the_group_that_was_heard_last():
    body = "Several residents said that the dam would hold. Mira Voss said that it would not. They said that rain came."
    assert speakers(body) == ["several residents", "Mira Voss", "several residents"]


def test_a_pronoun_with_nobody_before_it_is_nobody():
    body = "She said that the dam would hold."
    assert speakers(body) == [None]
    assert how(body) == ["pronoun: nobody fitting before it"]


def test_a_description_is_the_person_who_was_named_before_it():
    body = "Mira Voss said that the dam would hold. The expert said that the gate would not."
    assert speakers(body) == ["Mira Voss", "Mira Voss"]
    assert how(body)[1] == "description: nearest person before it"


def test_a_short_form_of_an_institution_is_the_institution():
    body = "The Water Council said that the dam would hold. The council said that the gate would not."
    assert speakers(body) == ["Water Council", "Water Council"]


@pytest.mark.parametrize(
    "source",
    ["Some analysts", "Several engineers", "A resident", "One diplomat", "Two officials", "Residents", "Many voters"],
)
def test_an_unnamed_source_never_gets_a_name(source):
    tables = extracted(f"Mira Voss said that the dam would hold. {source} said that it would not.")
    [row] = tables.actors[tables.actors["named"] == "unnamed"].itertuples()
    assert row.name.lower() == source.lower()
    assert tables.attributions["source_kind"].tolist() == ["named", "unnamed"]
    assert tables.attributions["actor_id"][1] == row.actor_id


def test_the_same_unnamed_source_is_one_actor():
    body = "Some analysts said that the dam would hold. Some analysts said that the gate would not."
    assert len(extracted(body).actors) == 1


def test_a_city_that_speaks_for_somebody_stays_as_it_is_written():
    body = "Mira Voss said that the dam would hold. Ternburg said that it would not."
    assert speakers(body) == ["Mira Voss", "Ternburg"]


@pytest.mark.parametrize(
    "body", ["I believe that the dam will hold.", "We say that it will not.", "In our view, it will."]
)
def test_the_first_person_is_not_resolved(body):
    assert speakers(f"Mira Voss came. {body}") == [None]
    assert how(body) == ["first person: not resolved"]


def test_an_office_before_a_name_is_no_part_of_it():
    body = "Tobin Lark said that the dam would hold. The Water Council spokesman Tobin Lark said that it would not."
    assert speakers(body) == ["Tobin Lark", "Tobin Lark"]


def test_a_name_that_explains_a_description_is_the_sources_name():
    assert speakers("The head of the works, Mira Voss, said that the dam would hold.") == ["Mira Voss"]


def test_a_quotation_that_goes_on_has_the_speaker_before_it():
    documents = extracted("Mira Voss said that the dam would hold. Tobin Lark said that it would not.").documents
    rows = sentences(documents)
    found = attributions(documents)
    one, two = found.relations["attribution_id"]
    goes_on = found.relations.assign(continues=[None, one], found_by=["tagger", "quotation goes on"])
    of_two = (found.spans["attribution_id"] == two) & (found.spans["role"] != "content")
    made, actors, _ = resolve(
        documents,
        rows,
        found.names,
        uses(documents, rows, found.names),
        conform(goes_on, ATTRIBUTIONS),
        found.spans[~of_two],
    )
    assert actors["name"].tolist() == ["Mira Voss", "Tobin Lark"]
    assert made["actor_id"].tolist() == ["d1/actor/mira-voss"] * 2
    assert made["resolved_by"].tolist() == ["exact name", "quotation goes on"]


def test_a_quotation_alone_is_nobodys():
    body = "“It will stand for a hundred years.” The crowd went home."
    assert speakers(body) == [None]
    assert how(body) == ["no source in the text"]


def test_every_document_has_its_own_actors():
    tables = extracted("Mira Voss said that the dam would hold.", "Voss said that it would not.")
    assert tables.actors[["doc_id", "name"]].to_numpy().tolist() == [["d1", "Mira Voss"], ["d2", "Voss"]]
    assert tables.attributions["actor_id"].is_unique


def test_the_same_tables_give_the_same_actors_and_stay_as_they_are():
    documents = extracted("Mira Voss said that the dam would hold. “It is new,” she said.").documents
    rows = sentences(documents)
    found = attributions(documents)
    inputs = documents, rows, found.names, uses(documents, rows, found.names), found.relations, found.spans
    before = [frame.copy(deep=True) for frame in inputs]
    once, again = resolve(*inputs), resolve(*inputs)
    for one, two, schema in zip(once, again, (ATTRIBUTIONS, ACTORS, MENTIONS), strict=True):
        pdt.assert_frame_equal(one, two)
        pdt.assert_frame_equal(one, conform(one, schema))
    for frame, then in zip(inputs, before, strict=True):
        pdt.assert_frame_equal(frame, then)


def test_nothing_to_resolve_gives_empty_tables_with_all_columns():
    documents, rows, relations, spans = (
        conform(pd.DataFrame(), schema) for schema in (DOCUMENTS, SENTENCES, ATTRIBUTIONS, ATTRIBUTION_SPANS)
    )
    names = pd.DataFrame(columns=["doc_id", "kind", "start", "end"])
    none = resolve(documents, rows, names, uses(documents, rows, names), relations, spans)
    assert [len(frame) for frame in none] == [0, 0, 0]
    assert [list(f.columns) for f in none] == [list(s.columns) for s in (ATTRIBUTIONS, ACTORS, MENTIONS)]


def test_who_signs_a_text_is_nobody_that_a_pronoun_means():
    document = "City closes a ferry\n\nBy Ellen Roe\n\n“We can no longer pay,” he said at the town hall."
    tables = annotate(*from_texts([parse("a", Path("a.txt"), document.encode())]))
    assert tables.actors.empty


def test_a_name_behind_an_office_is_the_sources_and_nobody_elses():
    body = "Karl Lind opened the debate. The minister, Dame Olive Tate MP, warned that it was late."
    assert speakers(body) == ["Olive Tate"]


def test_a_country_that_says_and_its_capital_are_one_state():
    body = "Russia said that the talks were useful. Moscow said that they would go on. The Kremlin came later."
    assert speakers(body) == ["Russia", "Russia"]
    assert how(body)[1] == "capital for its state"


def test_an_office_is_the_person_whom_the_text_names_with_it():
    body = (
        "French President Mira Voss said that the dam would hold. German Chancellor Tobin Lark said that it would not. "
        "The French leader said that rain came."
    )
    assert speakers(body)[2] == "Mira Voss"
    assert how(body)[2] == "office: who was named with it"


def test_an_office_that_the_text_names_nobody_with_stays_the_office():
    body = "Mira Voss said that the dam would hold. The Italian president said that it would not."
    assert speakers(body) == ["Mira Voss", "Italian president"]


def test_an_acronym_in_brackets_is_the_institution_before_it():
    body = "The Institute for River Studies (IRS) said that the dam would hold. The IRS said that the gate would not."
    assert speakers(body) == ["Institute for River Studies"] * 2


def test_a_ministry_is_one_under_its_long_name_its_short_one_and_as_the_ministry():
    body = (
        "The French Ministry for Europe and Foreign Affairs denied that the dam would break. The Foreign Ministry said "
        "that the gate would hold. The ministry added that rain was near."
    )
    assert speakers(body) == ["French Ministry for Europe and Foreign Affairs"] * 3


def test_an_agency_is_one_by_its_name_its_acronym_and_its_country():
    body = (
        "Yonhap news agency reported that the dam would hold. The South Korean agency said that the gate would not. "
        "The Korean Central News Agency said that rain was near. KCNA said that it was not."
    )
    tables = extracted(body)
    assert speakers(body) == ["Yonhap", "Yonhap", *["Korean Central News Agency"] * 2]
    assert set(tables.actors["kind"]) == {"media"}


@pytest.mark.parametrize("acronym", ["WHO", "US"])
def test_a_name_in_capitals_is_no_pronoun(acronym):
    assert speakers(f"Mira Voss came late. The {acronym} said that the dam would hold.") == [acronym]


def test_an_acronym_before_its_name_in_brackets_is_the_same_body():
    body = "IRSO (Institute for River Studies of Orrin) said that the dam would hold. IRSO said that it would not."
    assert len(set(speakers(body))) == 1


def test_an_acronym_makes_an_expert_of_who_belongs_to_it_where_its_name_tells():
    body = (
        "The Institute for River Studies (IRS) said that rain was near. Mira Voss of the IRS said that it was not. "
        "An expert of SIPRI, Nils Berg, said that the gate would not."
    )
    rows = extracted(body).actors.set_index("name")
    assert rows["speaks_as"][["Mira Voss", "Nils Berg"]].tolist() == ["expert"] * 2
    assert rows["affiliation"][["Mira Voss", "Nils Berg"]].tolist() == ["IRS", "SIPRI"]


def test_a_body_of_somebody_without_a_name_has_none_of_theirs():
    body = "A neighbour said that the dam would hold. Her company said that the gate would not."
    assert speakers(body) == ["a neighbour", "her company"]


def test_a_ministry_belongs_to_the_country_that_its_sentence_names():
    body = "The reply from Japan was short. The country’s Foreign Ministry said that the talks were useful."
    tables = extracted(body)
    assert speakers(body) == ["Japanese Foreign Ministry"]
    assert tables.actors.set_index("name")["country"]["Japanese Foreign Ministry"] == "JP"


def test_ministries_of_two_countries_stay_apart_and_spellings_do_not_part_them():
    body = (
        "The Japanese Defence Ministry said that rain came. The French Defense Ministry said that it went. "
        "The Ministry of Defense of Japan said that the sun came."
    )
    assert speakers(body) == ["Japanese Defence Ministry", "French Defense Ministry", "Japanese Defence Ministry"]


def test_she_is_no_man_and_he_no_woman_where_title_or_given_name_tells():
    body = "Anna Voss said that the dam would hold. Peter Lark said that it would not. She said that rain came."
    assert speakers(body)[2] == "Anna Voss"


def test_the_first_person_in_a_quotation_is_its_speaker():
    tables = extracted("Tobin Lark came late. “I think that the dam will hold,” Mira Voss said.")
    names = tables.actors.set_index("actor_id")["name"]
    assert {names[a] for a in tables.attributions["actor_id"].dropna()} == {"Mira Voss"}


def test_the_first_person_in_an_interview_is_who_is_interviewed():
    body = (
        "Interview with Mira Voss, engineer\n\nWhat is new about the dam?\n\nI think that it will hold.\n\n"
        "And the gate?\n\nI believe that it will not."
    )
    assert set(speakers(body)) == {"Mira Voss"}
    assert set(how(body)) == {"first person: whose turn it is"}


def test_the_first_person_in_a_hearing_is_who_was_called():
    body = (
        "We begin. Ms. Voss, please proceed.\n\nThank you. I believe that the dam will hold.\n\n"
        "Thank you. Mr. Lark?\n\nI believe that it will not."
    )
    assert speakers(body) == ["Voss", "Lark"]


def test_labels_of_speakers_tell_who_says_i():
    body = "\n\n".join(
        ["VOSS: I think that it will hold.", "LARK: I doubt that it will.", "VOSS: I know.", "LARK: No."]
    )
    assert speakers(body)[:2] == ["VOSS", "LARK"]


def test_every_mention_is_what_is_written_there():
    tables = extracted("Mira Voss said that the dam would hold. Voss left. She said that the gate would not.")
    text = tables.documents["text"][0]
    assert [text[m.start : m.end] for m in tables.mentions.itertuples()] == tables.mentions["written"].tolist()
    assert tables.mentions[["form", "written"]].to_numpy().tolist() == [
        ["name", "Mira Voss"],
        ["alias", "Voss"],
        ["pronoun", "She"],
    ]


def test_what_somebody_speaks_as_comes_from_their_title():
    body = (
        "Former minister Mira Voss said that the dam would hold. Military expert Tobin Lark said that it would not. "
        "General Karl Lind said that rain came."
    )
    rows = extracted(body).actors.set_index("name")["speaks_as"]
    assert rows["Mira Voss"] == "former official"
    assert rows["Tobin Lark"] == "expert"
    assert rows["Karl Lind"] == "military"


def test_an_office_without_a_name_is_its_holder_on_the_day_of_the_text_where_the_text_names_them():
    body = "Emmanuel Macron came late. Tobin Lark left. The French president said that it was good."
    text = f"Talks end\n\nPARIS, May 4, 2020 – {body}"
    tables = annotate(*from_texts([parse("d", Path("x.txt"), text.encode())]))
    names = tables.actors.set_index("actor_id")["name"]
    assert [names[a] for a in tables.attributions["actor_id"]] == ["Emmanuel Macron"]
    assert tables.attributions["resolved_by"].tolist() == ["office: who held it on the day of the text"]


def dated(body: str) -> pd.DataFrame:
    tables = annotate(*from_texts([parse("d", Path("x.txt"), f"Talks end\n\nPARIS, May 4, 2020 – {body}".encode())]))
    names = tables.actors.set_index("actor_id")["name"]
    return tables.attributions.assign(name=tables.attributions["actor_id"].map(names))


def test_an_office_is_its_holder_on_the_day_of_the_text_though_the_text_names_nobody():
    [row] = dated("The French president said that it was good.").itertuples()
    assert (row.name, row.resolved_by) == ("Emmanuel Macron", "office: who held it on the day of the text")


@pytest.mark.parametrize(
    "source", ["The former French president", "In 2010, the French president", "The French interior minister"]
)
def test_an_office_stays_one_where_another_time_or_several_are_meant(source):
    assert "Macron" not in " ".join(dated(f"{source} said that it was good.")["name"].dropna())


def test_swapping_two_actors_names_changes_nothing_else():
    body = (
        "{a}’s president, Mira Voss, said that {b} had broken the truce. The {b_} foreign ministry denied it. "
        "“{a} is lying,” {b_} Defense Minister Tobin Lark said. {b} said that it would wait, and {a} said it would not."
    )
    france = {"a": "France", "a_": "French", "b": "Poland", "b_": "Polish"}
    poland = {"a": "Poland", "a_": "Polish", "b": "France", "b_": "French"}

    def rows(names):
        tables = extracted(body.format(**names))
        known = tables.actors.set_index("actor_id")["name"]
        return [
            (row.mode, row.resolved_by, row.source_kind, known.get(row.actor_id))
            for row in tables.attributions.itertuples()
        ]

    swap = {"France": "Poland", "Poland": "France"}
    one, other = rows(france), rows(poland)

    def swapped(name):
        for here, there in (("France", "Poland"), ("French", "Polish")):
            if name and here in name:
                return name.replace(here, there)
            if name and there in name:
                return name.replace(there, here)
        return swap.get(name, name)

    assert [(*r[:3], swapped(r[3])) for r in one] == other
    assert len(one) >= 4


def test_you_is_everyone_whom_a_speaker_greets():
    body = "Hi everyone. I am back and I made soup. You said that it was good. I know that you think it is salty."
    assert dict(zip(speakers(body), how(body), strict=True)) == {
        "everyone": "second person: who is addressed",
        "the author, in the first person": "first person: who writes or speaks",
    }


def test_a_mark_that_is_never_closed_makes_no_quotation_of_a_monologue():
    body = "I was like “what is up and " + "I think that the soup is good. " * 40
    assert set(how(body)) == {"first person: who writes or speaks"}
