"""Mail gives the words of a message and what its headers say; a mailbox gives each of its messages."""

import pytest

from toolkit.errors import SourceError

from .conftest import MESSAGE, PAGE, PROSE

FROM = "From ada@coast.example Thu May  1 23:30:00 2031\n"


def message(kind: str, body: str, *headers: str) -> bytes:
    return "\n".join([*headers, "From: Ada <a@b.example>", f"Content-Type: {kind}", "", body]).encode()


PLAIN = (
    "Content-Type: text/plain; charset=iso-8859-1\n"
    "Content-Transfer-Encoding: quoted-printable\n\nIt is calm in Orl=E9ans."
)


def parts(kind: str, *inner: str) -> str:
    """Return a part of several, whose border is named for its kind."""
    body = f"\n--{kind}\n".join(["", *inner])
    return f"Content-Type: multipart/{kind}; boundary={kind}\n\n{body}\n--{kind}--\n"


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
    words = parts("alternative", PLAIN, "Content-Type: text/html\n\n<p>It is calm in Orl&eacute;ans, it is.")
    attached = 'Content-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\nAttached.'
    found = piece(b"From: a@b.example\n" + parts("mixed", words, attached).encode(), "a.eml")
    assert found.plain.strip() == "It is calm in Orléans."
    assert found.encoding == "mail (plain)"


@pytest.mark.parametrize("notice", ["", "\n", "Read this message in your browser."])
def test_the_web_page_is_read_where_the_plain_part_is_but_a_notice(piece, notice):
    html = f"Content-Type: text/html; charset=utf-8\n\n<p>{PROSE}</p><p>{PROSE[::-1]}</p>"
    written = parts("alternative", f"Content-Type: text/plain\n\n{notice}", parts("related", html))
    found = piece(b"From: a@b.example\n" + written.encode(), "a.eml")
    assert found.plain.startswith(PROSE)
    assert found.encoding == "mail (html)"


def test_every_part_that_is_shown_is_read_and_none_twice(piece):
    picture = "Content-Type: image/png\n\niVBOR"
    same = "Content-Type: text/html\n\n<p>It is calm in Orl&eacute;ans.</p>"
    rest = "Content-Type: text/plain\n\nAnd rough in Brest."
    found = piece(b"From: a@b.example\n" + parts("mixed", PLAIN, picture, same, rest).encode(), "a.eml")
    assert found.plain == "It is calm in Orléans.\n\nAnd rough in Brest."


def test_a_message_that_only_forwards_another_is_that_one(piece):
    written = parts("mixed", f"Content-Type: message/rfc822\n\n{MESSAGE}")
    found = piece(b"From: desk@b.example\nSubject: Fwd\n" + written.encode(), "a.eml")
    assert found.plain.strip() == PROSE
    assert found.metadata["author"] == "Ada Lind"


def test_a_page_that_a_browser_saved_as_one_file_is_that_page(piece):
    page = parts("related", f"Content-Type: text/html; charset=utf-8\n\n{PAGE}", "Content-Type: image/png\n\niVBOR")
    found = piece(b"From: <Saved by Blink>\nSubject: x\n" + page.encode(), "a.mhtml")
    assert PROSE in found.plain
    assert found.metadata["title"] == "Who owns the pier?"
    assert found.metadata["outlet"] == "Coast News"


def test_an_encrypted_message_is_told(read):
    sealed = parts("encrypted", "Content-Type: application/pgp-encrypted\n\nVersion: 1", "Content-Type: x/y\n\nx")
    with pytest.raises(SourceError, match=r"a\.eml is encrypted: save its text from your mail program"):
        read(b"From: a@b.example\n" + sealed.encode(), "a.eml")


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


def test_a_sentence_that_begins_with_from_opens_no_message(read):
    prose = "From the quay in 2031, it is calm.\nThey say so."
    good, bad = read(f"{FROM}{MESSAGE}\n{prose}\n\n{FROM}{MESSAGE}".encode(), "in.mbox")
    assert [text.strip() for _, text in good] == [f"{PROSE}\n\n{prose}", PROSE]
    assert bad == []


def test_a_message_beyond_the_limit_is_told(read):
    with pytest.raises(SourceError, match=r"in\.mbox has a message larger than 0\.0001 MB: raise --max-megabytes"):
        read(f"{FROM}{MESSAGE}".encode(), "in.mbox", max_megabytes=0.0001)
