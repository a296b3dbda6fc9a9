"""Archives give the texts in them, and never more than they may."""

import gzip
import io
import tarfile
import zipfile

import pytest

from toolkit.errors import SourceError

from .conftest import PAGE, docx, json_lines, tarred, zipped

FILES = {"b.txt": "It is calm.", "sub/a.md": "# Rough", "picture.png": "x", "__MACOSX/._b.txt": "x", ".hidden.txt": "x"}
FOUND = [("/b.txt", "It is calm."), ("/sub/a.md", "Rough")]


@pytest.mark.parametrize(
    ("data", "name"), [(zipped(FILES), "a.zip"), (tarred(FILES), "a.tar"), (tarred(FILES, "w:gz"), "a.tgz")]
)
def test_an_archive_gives_its_texts(read, data, name):
    assert read(data, name) == (FOUND, [])


def test_what_an_archive_has_without_an_ending_is_read_where_its_first_bytes_say_so(read):
    files = {"Makefile": "all:", "page": PAGE, "old.rtf": "{\\rtf1 Calm}"}
    for data in (zipped(files), tarred(files)):
        good, bad = read(data, "a.zip")
        assert [name for name, _ in good] == ["/page"]
        assert bad == ["a.zip/old.rtf is an RTF file, which this version does not read: save it as plain text"]


def test_a_packed_text_is_the_text(read):
    assert read(gzip.compress(b"It is calm."), "a.txt.gz") == ([("", "It is calm.")], [])
    assert read(gzip.compress(b"# Calm"), "a.md.gz") == ([("", "Calm")], [])


def test_any_format_may_lie_in_an_archive(read):
    inner = zipped(
        {"x.jsonl": json_lines({"text": "Calm."}), "y.docx": docx("<w:p><w:r><w:t>Rough.</w:t></w:r></w:p>")}
    )
    good, bad = read(tarred({"in.zip": inner}), "a.tar")
    assert good == [("/in.zip/x.jsonl, line 1", "Calm."), ("/in.zip/y.docx", "Rough.")]
    assert bad == []


def test_a_member_that_cannot_be_read_does_not_end_the_archive(read):
    good, bad = read(zipped({"a.txt": b"\x00\x01" * 50, "b.txt": "Calm.", "c.pdf": b"%PDF-1.7 no"}), "a.zip")
    assert good == [("/b.txt", "Calm.")]
    assert bad[0].startswith("a.zip/a.txt holds binary data")
    assert bad[1].startswith("a.zip/c.pdf is a damaged PDF")


@pytest.mark.parametrize("name", ["../up.txt", "/etc/up.txt", "a/../../up.txt", "..\\up.txt", "C:\\up.txt"])
def test_a_name_that_leads_out_of_the_archive_is_refused(read, name):
    for data in (zipped({name: "x", "b.txt": "Calm."}), tarred({name: "x", "b.txt": "Calm."})):
        good, bad = read(data, "a.zip")
        assert good == [("/b.txt", "Calm.")]
        assert len(bad) == 1
        assert "has a name that leads out of the archive: rename it there" in bad[0]


def test_a_link_in_an_archive_is_not_followed(read):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert "a.tar/passwd.txt is a link or a device" in read(out.getvalue(), "a.tar")[1][0]
    info = zipfile.ZipInfo("passwd.txt")
    info.external_attr = 0xA1FF << 16
    assert "a.zip/passwd.txt is a link" in read(zipped({info: "/etc/passwd"}), "a.zip")[1][0]


def test_an_encrypted_member_is_told_with_what_to_do(read):
    data = bytearray(zipped({"a.txt": "secret"}))
    data[6] |= 1  # the flag in the member's header, and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    good, bad = read(bytes(data), "a.zip")
    assert good == []
    assert bad == ["a.zip/a.txt is encrypted: unpack it with its password and name what it holds"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (zipped({"a.txt": b"calm " * 2_000_000}), "a.zip"),
        (gzip.compress(b"calm " * 2_000_000), "a.txt.gz"),
        (tarred({"a.txt": b"calm " * 2_000_000}, "w:gz"), "a.tgz"),
        (zipped({"b.zip": zipped({f"{i}.txt": b"calm " * 60_000 for i in range(40)})}), "a.zip"),
    ],
    ids=["zip", "gzip", "tar", "nested"],
)
def test_a_bomb_is_stopped_and_told(read, data, name):
    with pytest.raises(SourceError, match=rf"{name} unpacks to over 20 times its size.*raise --max-ratio"):
        read(data, name, max_ratio=20)


def test_a_small_text_that_packs_well_is_no_bomb(read):
    text = "It is calm. " * 20_000
    assert read(zipped({"a.txt": text}), "a.zip", max_ratio=2)[0] == [("/a.txt", text)]


def test_archives_in_archives_have_a_limit(read):
    data = zipped({"a.txt": "Calm."})
    for _ in range(3):
        data = zipped({"in.zip": data, "b.txt": "Rough."})
    good, bad = read(data, "a.zip")
    assert len(good) == 3
    assert bad == ["a.zip/in.zip/in.zip/in.zip lies 4 archives deep: unpack it, or raise --max-depth"]
    assert len(read(data, "a.zip", max_depth=4)[0]) == 4


def test_a_large_member_is_told_and_the_others_are_read(read):
    good, bad = read(zipped({"a.txt": "x" * 3000, "b.txt": "Calm."}), "a.zip", max_megabytes=0.001)
    assert good == [("/b.txt", "Calm.")]
    assert "a.zip/a.txt is larger than 0.001 MB: leave it out, or raise --max-megabytes" in bad[0]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.txt.gz"])
def test_a_damaged_archive_is_told_with_what_to_do(read, name):
    whole = {"a.zip": zipped(FILES), "a.tar": tarred(FILES), "a.txt.gz": gzip.compress(b"It is calm." * 99)}[name]
    with pytest.raises(SourceError, match=rf"{name}\S* is a damaged .*: pack it anew"):
        read(whole[: len(whole) // 3], name)


def test_an_archive_without_texts_is_told(read):
    with pytest.raises(SourceError, match=r"a\.zip holds no text"):
        read(zipped({"a.png": "x"}), "a.zip")
