"""Whose turn a paragraph is, in texts without quotation marks."""

from toolkit.extract.actors.cast import Cast
from toolkit.extract.actors.talk import turns
from toolkit.spans import Span


def speakers(paragraphs: list[str], *people: str) -> list[str | None]:
    """Return the name of each paragraph's speaker."""
    text = "\n".join(paragraphs)
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 1
    named = []
    for name in people:
        start = text.find(name)
        while start >= 0:
            named.append(("person", Span(start, start + len(name))))
            start = text.find(name, start + 1)
    cast = Cast(text, sorted(named, key=lambda n: n[1]), {})
    return [turn.speaker.name if turn.speaker else None for turn in turns(text, spans, [], cast)]


def test_labels_that_come_back_name_the_speakers():
    told = ["VOSS: I saw it.", "LARK: When?", "VOSS: I forget.", "LARK: I see."]
    assert speakers(told) == ["Voss", "Lark", "Voss", "Lark"]


def test_who_is_interviewed_answers_and_does_not_ask():
    told = ["Interview with Mira Voss", "When did you begin?", "I began in May.", "And why?", "I was bored."]
    assert speakers(told, "Mira Voss")[1:] == [None, "Mira Voss", None, "Mira Voss"]


def test_who_says_their_name_has_the_floor_from_there():
    assert speakers(["Hello all.", "My name is Mira Voss.", "I grow beans."], "Mira Voss")[1:] == ["Mira Voss"] * 2


def test_a_talk_goes_to_and_fro_from_who_is_called_by_name():
    told = ["I am late.", "You are, Mira.", "I know.", "Sit down."] + ["I see.", "Right."] * 5
    assert speakers(told, "Mira")[:4] == ["Mira", None, "Mira", None]


def test_who_says_their_name_on_the_telephone_has_that_turn():
    told = ["I have it.", "Good.", "Yes Lark? It's Mira. Hi.", "I see."] + ["I do.", "Right."] * 5
    assert speakers(told, "Mira")[2:4] == ["Mira", None]


def test_a_text_in_which_nobody_has_a_name_has_no_speakers():
    assert speakers(["I saw it.", "When?", "I forget."]) == [None] * 3


def test_who_has_been_called_answers_among_several_others():
    told = ["Where is it, Mira?", "I have it.", "Good.", "I will wait.", "Are you there, Lark?", "I am."]
    said = speakers(told + ["Right.", "I see."] * 4, "Mira", "Lark")
    assert (said[1], said[5]) == ("Mira", "Lark")


def test_two_who_are_interviewed_share_the_floor():
    told = ["Interview with Mira Voss and Tom Lark", "Who began?", "Mira Voss and I began.", "Why?", "I was bored."]
    turn = speakers(told, "Mira Voss", "Tom Lark")
    assert turn[2] == "Tom Lark"
    assert turn[1] is turn[3] is None


def test_who_is_interviewed_does_not_speak_in_what_presents_them():
    told = ["Interview with Mira Voss", "Voss grew up here.", "When did you begin?", "I began in May.", "And why?"]
    assert speakers(told, "Mira Voss", "Voss")[:2] == [None, None]


def test_a_judge_without_a_name_speaks_by_the_style_that_calls_them():
    told = ["What do you ask?", "We ask for time, Your Honor.", "I see no reason.", "It is short, Your Honor."]
    assert speakers(told + ["I know.", "Right."] * 5)[2] == "Your Honor"


def test_a_name_between_commas_calls_nobody_in_an_article():
    told = ["Mira, however, was late, and I waited at the gate with all the others who had come to see her speak."] * 4
    assert speakers(told, "Mira") == [None] * 4


def test_a_short_form_of_a_given_name_is_the_same_speaker():
    told = ["Come here, Steve.", "I am here.", "Sit down, Steven.", "I do."] + ["I see.", "Right."] * 5
    assert set(speakers(told, "Steve", "Steven")[1:4:2]) in ({"Steve"}, {"Steven"})
