"""The bytes of a file become text with the encoding named, or one line that says what to do."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import SourceError
from toolkit.source.decode import decode

TEXT = "“The café is ours,” she said – naïvely.\n"
MARKS = [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE]


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        decode(data, "a.txt")
    message = str(caught.value)
    assert message.startswith("a.txt ")  # where
    assert ": " in message  # what to do comes after the colon
    assert message.isprintable()  # one line
    return message


@pytest.mark.parametrize("text", [TEXT, "plain ASCII", "Ж", "港は静かだ", "🙂", "a\tb\r\nc\fd", "It is 20\u202f000 €."])
def test_utf_8_is_read_as_it_is(text):
    assert decode(text.encode(), "a.txt") == (text, "utf-8")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_names_the_encoding_and_is_no_part_of_the_text(mark, encoding):
    assert decode(mark + TEXT.encode(encoding), "a.txt") == (TEXT, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_a_mark(encoding):
    assert decode(TEXT.encode(encoding), "a.txt") == (TEXT, encoding)


def test_windows_1252_keeps_its_typographic_quotes():
    assert decode(TEXT.encode("cp1252"), "a.txt") == (TEXT, "windows-1252")


def test_bytes_that_windows_1252_leaves_open_are_read_as_browsers_do():
    text, encoding = decode(
        b"The caf\xe9 \x81 is open, and it has been so for as long as anybody here can say.", "a.txt"
    )
    assert encoding == "windows-1252"
    assert "café \x81 is" in text


def test_a_broken_byte_leaves_utf_8_marked_as_damaged():
    text, encoding = decode(TEXT.encode().replace("ï".encode(), b"\xc3"), "a.txt")
    assert encoding == "utf-8 (damaged)"
    assert text == TEXT.replace("ï", "\ufffd")


def test_utf_8_cut_off_in_a_character_is_marked_as_damaged():
    text, encoding = decode(TEXT.encode() + "”".encode()[:2], "a.txt")
    assert encoding == "utf-8 (damaged)"
    assert text.startswith(TEXT)
    assert set(text[len(TEXT) :]) == {"\ufffd"}


def test_utf_16_cut_off_in_a_character_is_marked_as_damaged():
    text, encoding = decode(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")[:-1], "a.txt")
    assert encoding == "utf-16-le (damaged)"
    assert text == TEXT[:-1] + "\ufffd"


@pytest.mark.parametrize("data", [b"", b" ", b"\r\n\t \n", *MARKS, "\u2003\u3000\n".encode(), codecs.BOM_UTF8 + b" \n"])
def test_a_file_without_text_is_refused_as_such(data):
    message = refusal(data)
    assert "empty" in message or "no text" in message
    assert "put text into it" in message


@pytest.mark.parametrize("data", ["\u200b\u200b\n".encode(), codecs.BOM_UTF8 * 2, "\xad \u2060".encode()])
def test_a_file_of_marks_that_nobody_sees_is_refused(data):
    assert "put text into it" in refusal(data)


@pytest.mark.parametrize("data", [bytes(range(256)), b"\x00" * 40, b"text\x00with\x00zeros\x00!", b"\x01\x02\x03" * 20])
def test_binary_data_is_refused(data):
    message = refusal(data)
    assert "binary" in message
    assert "plain text" in message


@pytest.mark.parametrize(
    ("magic", "what"),
    [
        (b"{\\rtf1", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Word"),
        (b"BZh91AY", "bzip2"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"GIF89a", "picture"),
    ],
)
def test_another_format_is_called_by_its_name(magic, what):
    message = refusal(magic + b" some words that look like text")
    assert what in message
    assert ("unpack it and name what it holds" if "archive" in message else "save it as plain text") in message


def test_a_text_that_tells_of_a_format_is_still_a_text():
    assert decode(b"The %PDF sign and PNG are words here.", "a.txt")[1] == "utf-8"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.one_of(st.binary(max_size=60), st.builds(bytes.__add__, st.sampled_from(MARKS), st.binary(max_size=20))))
def test_any_bytes_become_text_or_are_refused_in_one_line(data):
    try:
        text, encoding = decode(data, "a.txt")
    except SourceError as error:
        text, encoding = str(error), "refused"
        if not text.isprintable():
            raise
    assert text.strip()
    assert encoding


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_what_was_written_in_utf_8_is_read_back(text):
    data = text.encode()
    if not data.startswith((b"{\\rtf", b"GIF8", b"BZh", b"Rar!")):
        assert decode(data, "a.txt") == (text, "utf-8")
