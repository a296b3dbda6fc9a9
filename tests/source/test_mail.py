"""Mail gives the words of a message and what its headers say; a mailbox gives each of its messages."""

import pytest

from toolkit.errors import SourceError

from .conftest import MESSAGE, PAGE, PROSE

FROM = "From ada@coast.example Thu May  1 23:30:00 2031\n"


def message(kind: str, body: str, *headers: str) -> bytes:
    return "\n".join([*headers, "From: Ada <a@b.example>", f"Content-Type: {kind}", "", body]).encode()


def test_a_message_gives_its_words_and_its_headers(piece):
    found = piece(MESSAGE.encode(), "a.eml")
    assert found.plain.strip() == PROSE
    assert found.metadata == {
        "title": "Who owns the piër?",
        "author": "Ada Lind",
        "outlet": "Coast News",
        "date": "2031-05-01",
    }
    assert found.taken == found.plain


def test_the_plain_part_goes_before_the_web_page_and_attachments_are_left_out(piece):
    parts = [
        "Content-Type: text/plain; charset=iso-8859-1\n"
        "Content-Transfer-Encoding: quoted-printable\n\nIt is calm in Orl=E9ans.",
        f"Content-Type: text/html\n\n{PAGE}",
        'Content-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\nAttached.',
    ]
    body = "--B\n" + "\n--B\n".join(parts) + "\n--B--\n"
    found = piece(message("multipart/mixed; boundary=B", body), "a.eml")
    assert found.plain.strip() == "It is calm in Orléans."


def test_a_message_of_a_web_page_alone_gives_its_words(piece):
    found = piece(message("text/html; charset=utf-8", f"<p>{PROSE}</p><p>So it is.</p>"), "a.eml")
    assert found.plain == f"{PROSE}\n\nSo it is."


def test_lines_that_flow_are_joined(piece):
    assert piece(message("text/plain; format=flowed", "It is \ncalm.\nSo."), "a.eml").plain == "It is calm.\nSo."


@pytest.mark.parametrize("charset", ["nonsense", "rot13", "utf-7\x00", ""])
def test_an_unknown_character_set_is_read_by_the_bytes(piece, charset):
    assert piece(message(f'text/plain; charset="{charset}"', "It is calm."), "a.eml").plain == "It is calm."


@pytest.mark.parametrize("date", ["soon", "", "Thu, 99 May 2031", "Thu, 01 May 99999 00:00:00 +0000"])
def test_a_date_that_is_none_is_left_out(piece, date):
    assert "date" not in piece(message("text/plain", "It is calm.", f"Date: {date}"), "a.eml").metadata


def test_a_message_without_words_is_told(read):
    with pytest.raises(SourceError, match=r"a\.eml is a message without words: save what is attached to it"):
        read(message("image/png", "iVBOR", "Subject: x"), "a.eml")


def test_a_mailbox_gives_each_message(read):
    second = "From: Bo <b@c.example>\nSubject: Two\n\nRough.\n>From here on it is calm.\n"
    empty = "From: Cy <c@d.example>\nContent-Type: image/png\n\nx\n"
    good, bad = read(f"{FROM}{MESSAGE}\n{FROM}{second}\n{FROM}{empty}".encode(), "in.mbox")
    assert [(name, text.strip()) for name, text in good] == [
        (", message 1", PROSE),
        (", message 2", "Rough.\nFrom here on it is calm."),
    ]
    assert bad == ["in.mbox, message 3 is a message without words: save what is attached to it, and name that"]


def test_a_message_beyond_the_limit_is_told(read):
    with pytest.raises(SourceError, match=r"in\.mbox has a message larger than 0\.0001 MB: raise --max-megabytes"):
        read(f"{FROM}{MESSAGE}".encode(), "in.mbox", max_megabytes=0.0001)
