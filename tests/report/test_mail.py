from collections.abc import Callable
from functools import partial

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

import toolkit as tk
from toolkit.report.glance import glance
from toolkit.report.mail import to_mail
from toolkit.report.narrative import title
from toolkit.tables import Tables


@pytest.fixture(scope="module")
def mail(sample) -> Callable[..., str]:
    return partial(written, sample)


def written(tables: Tables, title_words: str | None = None, **about: str) -> str:
    documents = tables.documents.assign(**about, **({} if title_words is None else {"title": title_words}))
    parts = [title(documents), glance(tk.voices(tables), tk.sourcing(tables))]
    outputs = [
        new_output("display_data", data=data, metadata=metadata)
        for data, metadata in (part._repr_mimebundle_() for part in parts)
    ]
    return to_mail(new_notebook(cells=[new_code_cell("", outputs=outputs)]), "article")


def test_a_mail_says_who_speaks_how_surely_and_what_was_not_checked(mail):
    words = " ".join(mail().split())
    assert words.startswith("Where will Tarkunia’s patrol fleet go next")
    assert "This toolkit counted" in words
    assert "this version found" in words
    assert "true was not checked" in words


def test_a_mail_of_no_statements_says_the_measured_rates_once(tmp_path):
    (tmp_path / "pond.txt").write_text("A quiet day at the pond\n\nThe water was still. It rained later.\n")
    words = " ".join(written(tk.read(tmp_path / "pond.txt")).split())
    assert "Attributed statements: none detected in this article" in words
    assert words.count("this version found") == 1


def test_a_mail_says_that_a_text_is_in_another_language(mail):
    words = " ".join(mail(language="de").split())
    assert "appears to be in another language (code “de”)" in words
    assert "another language" not in mail()


def test_a_mail_has_short_lines_and_no_markup(mail):
    assert max(map(len, mail().splitlines())) <= 72
    assert "<" not in mail()
    assert "#" not in mail()


def test_a_mail_holds_nothing_that_a_terminal_obeys(mail):
    assert "\x1b" not in mail("A \x1b[31mred\x1b[0m \u202edam\x07")
    assert "\u202e" not in mail("A \x1b[31mred\x1b[0m \u202edam\x07")


def test_the_command_writes_a_mail(made, mail):
    assert (made / "article.txt").read_text(encoding="utf-8") == mail()


def test_a_notebook_without_a_report_is_named_by_its_file():
    assert to_mail(new_notebook(), "own").startswith("own\n")
