"""A text is English, another language by its code, or too short to tell."""

import pytest

from toolkit.source.language import language

TEXTS = {
    "en": "The harbour was closed for three days, and the fishermen are still waiting for an answer.",
    "fr": "Le port est resté fermé pendant trois jours, et les pêcheurs attendent encore une réponse.",
    "de": "Der Hafen blieb drei Tage lang geschlossen, und die Fischer warten noch immer auf eine Antwort.",
    "es": "El puerto permaneció cerrado durante tres días y los pescadores esperan todavía una respuesta.",
    "it": "Il porto è rimasto chiuso per tre giorni e i pescatori aspettano ancora una risposta dal governo.",
    "ru": "Порт был закрыт три дня, и рыбаки всё ещё ждут ответа правительства.",
    "ar": "ظل الميناء مغلقا لمدة ثلاثة أيام ولا يزال الصيادون ينتظرون ردا من الحكومة.",
    "ja": "港は三日間閉鎖され、漁師たちはまだ政府の回答を待っているという報道がありました。",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_is_enough_to_tell_the_language(code):
    assert language(TEXTS[code]) == code


def test_english_without_its_small_words_is_english_still():
    assert (
        language("Harbour closed; fishermen awaiting government answers; ferries cancelled until further notice")
        == "en"
    )


def test_capitals_change_no_language():
    assert language(TEXTS["en"].upper()) == "en"


@pytest.mark.parametrize("text", ["", "12,000 – 3.5", "Calm sea.", "“…”", "_" * 50, "🙂" * 50])
def test_a_text_of_few_letters_is_not_told(text):
    assert language(text) == "und"


def test_a_few_foreign_words_leave_an_english_text_english():
    assert language(TEXTS["en"] + " “Laissez-nous tranquilles,” he told them.") == "en"


def test_words_quoted_in_another_script_leave_an_english_text_english():
    text = "The minister said: “회담은 내일 열린다.” A spokesman in Київ added that the talks of Αθήνα are off for now."
    assert language(text) == "en"
