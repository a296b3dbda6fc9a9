"""The texts that a user names are found, each under an id of its own."""

import hashlib
import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import ParameterError, SourceError
from toolkit.source import files, readers
from toolkit.source.files import Unread, find, read, shown, slug, texts
from toolkit.source.options import Options

# A name on disk may hold bytes that are no characters; Python shows them as these surrogates.
names = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF))
)


@pytest.fixture
def put(tmp_path):
    """Return a function that writes small files below the folder of the test."""

    def write(*paths: str):
        for path in paths:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text("It is calm.", encoding="utf-8")
        return tmp_path

    return write


def found(*sources):
    return [(doc_id, path.name) for doc_id, path in find(sources)]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.one_of(names, st.text(alphabet="aA é-_.–ß7", max_size=120)))
def test_any_name_gives_a_valid_id(stem):
    assert re.fullmatch(r"(?!-)[a-z0-9_-]{1,80}(?<!-)", slug(stem))
    assert slug(stem) == slug(stem)


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("The calm sea", "the-calm-sea"),
        ("Ångström’s_Note (2)", "angstroms_note-2"),
        ("--a--b--", "a-b"),
        ("ﬁsh", "fish"),
        ("../../etc", "etc"),
        ("x" * 200, "x" * 80),
    ],
)
def test_an_id_reads_like_the_name(stem, expected):
    assert slug(stem) == expected


@pytest.mark.parametrize(("one", "other"), [("港", "海"), ("", "…"), ("\udc80", "\udc81")])
def test_names_without_latin_letters_have_ids_of_their_own(one, other):
    assert slug(one) != slug(other)
    assert slug(one).startswith("text-")


def test_a_name_with_any_lone_surrogate_gives_an_id():
    assert slug("\ud800").startswith("text-")


def test_a_folder_stands_for_the_texts_below_it_in_order(put):
    folder = put("b.txt", "a.md", "sub/deep/c.TEXT", "sub/d.markdown", "e.pdf", "f.png", "g", "h.py")
    assert [name for _, name in found(folder)] == ["a.md", "b.txt", "e.pdf", "d.markdown", "c.TEXT"]


def test_hidden_files_and_what_is_in_hidden_folders_are_no_texts(put):
    assert found(put(".a.txt", "b.txt", ".kept/c.txt", "d/.partial/e.txt")) == [("b", "b.txt")]


def test_a_file_is_a_text_whatever_its_ending(put):
    folder = put("a.article", ".hidden.txt", "noending")
    assert found(folder / "a.article") == [("a", "a.article")]
    assert found(folder / ".hidden.txt")[0][1] == ".hidden.txt"
    assert found(folder / "noending") == [("noending", "noending")]


def test_a_folder_whose_name_ends_like_a_text_is_none(put):
    assert found(put("a.txt/b.txt")) == [("b", "b.txt")]


def test_a_text_named_twice_is_found_once(put):
    folder = put("a.txt", "b.txt")
    assert found(folder, folder / "a.txt", folder) == [("a", "a.txt"), ("b", "b.txt")]


def test_a_loop_of_links_is_no_trap(put):
    folder = put("a.txt", "sub/b.txt")
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "sub" / "self").symlink_to(folder / "sub", target_is_directory=True)
    assert found(folder) == [("a", "a.txt"), ("b", "b.txt")]


def test_a_link_to_a_text_is_one_and_a_link_to_nothing_is_none(put):
    folder = put("a.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    assert found(folder) == [("a", "a.txt"), ("b", "b.txt")]


def test_a_link_that_leads_nowhere_is_told(put):
    folder = put("a.txt")
    (folder / "c.txt").symlink_to(folder / "missing.txt")
    (folder / "d.txt").symlink_to(folder / "d.txt")
    read_one, *unread = texts([folder])
    assert read_one.doc_id == "a"
    assert [u.reason.split("/")[-1][:22] for u in unread] == ["c.txt cannot be read (", "d.txt cannot be read ("]
    with pytest.raises(SourceError, match=r"d\.txt is a link that leads to itself or to nothing"):
        find([folder / "d.txt"])


def test_a_folder_that_is_linked_to_is_read_once(put, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "far.txt").write_text("It is far.")
    folder = put("a.txt")
    (folder / "one").symlink_to(elsewhere, target_is_directory=True)
    (folder / "two").symlink_to(elsewhere, target_is_directory=True)
    assert [name for _, name in found(folder)] == ["a.txt", "far.txt"]


def test_a_file_without_an_ending_is_a_text_where_its_first_bytes_say_so(put):
    folder = put("a.txt", "notes")
    (folder / "page").write_text("<!DOCTYPE html><p>It is calm.")
    (folder / "paper").write_bytes(b"%PDF-1.7")
    assert [name for _, name in found(folder)] == ["a.txt", "page", "paper"]


def test_what_a_browser_saves_beside_a_page_is_no_text(put):
    folder = put("sea.html", "sea_files/frame.html", "my_files/a.txt")
    assert [name for _, name in found(folder)] == ["a.txt", "sea.html"]


def test_a_file_that_changes_while_it_is_read_is_told(put, monkeypatch):
    folder = put("a.txt", "b.txt")

    def pieces(stream, name, options):
        if name.endswith("a.txt"):
            (folder / "a.txt").write_text("It is no longer calm.")
        return readers.pieces(stream, name, options)

    monkeypatch.setattr(files, "pieces", pieces)
    changed, calm = texts([folder])
    assert "a.txt changed while it was read: read it again" in changed.reason
    assert calm.plain == "It is calm."


def test_a_pipe_is_told_and_not_waited_for(put):
    folder = put("a.txt")
    os.mkfifo(folder / "b.txt")
    calm, pipe = texts([folder])
    assert calm.plain == "It is calm."
    assert "b.txt is a pipe or a device, no file: save what comes out of it" in pipe.reason


def test_what_holds_text_in_a_format_that_is_not_read_is_told_and_what_holds_none_is_not(put):
    folder = put("a.txt", "b.png", "c.css", "deep/d.rtf")
    (folder / "deep" / "d.rtf").write_bytes(b"{\\rtf1 Calm}")
    calm, told = texts([folder])
    assert calm.plain == "It is calm."
    assert "d.rtf is an RTF file, which this version does not read: save it as plain text" in told.reason


def test_a_json_file_in_a_folder_is_read_where_it_holds_texts(put):
    folder = put("a.txt")
    for name, said in {
        "b": '{"version": 2, "paragraphs": [[1, 2]]}',
        "c": '[{"text": "It is rough."}]',
        "d": '{"body": "It is wild."}',
    }.items():
        (folder / f"{name}.json").write_text(said)
    assert [text.plain for text in texts([folder])] == ["It is calm.", "It is rough.", "It is wild."]


def test_files_may_number_their_texts_likewise_but_a_file_gives_each_its_own(put):
    folder = put("a.csv", "b.csv")
    for name in ("a", "b"):
        (folder / f"{name}.csv").write_text(f"id,text\n1,Calm in {name}.\n2,Rough in {name}.\n2,Wild in {name}.\n")
    found = list(texts([folder]))
    good = [text for text in found if not isinstance(text, Unread)]
    assert [text.plain for text in good] == ["Calm in a.", "Rough in a.", "Calm in b.", "Rough in b."]
    assert [text.doc_id for text in good[:2]] == ["1", "2"]
    assert len({text.doc_id for text in good}) == 4
    assert [text.reason.rpartition("/")[2] for text in found if isinstance(text, Unread)] == [
        f"{name}.csv, row 3: give every text its own" for name in ("a", "b")
    ]


def test_a_file_that_goes_before_it_is_read_does_not_end_the_run(put):
    folder = put("a.txt", "b.txt")
    reading = texts([folder])
    assert next(reading).doc_id == "a"
    (folder / "b.txt").unlink()
    assert "b.txt cannot be read (no such file or directory)" in next(reading).reason


def test_a_text_that_takes_too_long_is_told_with_what_to_do(put, monkeypatch):
    def pieces(stream, name, options):
        while name.endswith("a.txt"):
            pass
        return readers.pieces(stream, name, options)

    monkeypatch.setattr(files, "pieces", pieces)
    slow, calm = texts([put("a.txt", "b.txt")], Options(max_seconds=0.05))
    assert "a.txt takes longer than 0.05 s to read: leave it out, or raise --max-seconds" in slow.reason
    assert calm.plain == "It is calm."


def test_a_text_larger_than_the_limit_is_told_with_what_to_do(put):
    [large] = texts([put("a.txt")], Options(max_megabytes=0.000005))
    assert "a.txt is larger than 5e-06 MB: leave it out, or raise --max-megabytes" in large.reason


def test_an_unknown_option_is_told_with_those_that_there_are():
    with pytest.raises(ParameterError, match=r"no option 'pages' .* max_pages"):
        Options.of({"pages": 3})
    with pytest.raises(ParameterError, match=r"--max-pages is 0: give a number above 0"):
        Options.of({"max_pages": 0})


def test_names_that_give_one_id_are_told_apart_by_their_paths(put):
    folder = put("Sea.txt", "sea.md", "sub/sea.txt", "ship.txt")
    ids = dict(
        zip((p.relative_to(folder).as_posix() for _, p in find([folder])), (i for i, _ in find([folder])), strict=True)
    )
    assert ids["ship.txt"] == "ship"
    assert len(set(ids.values())) == 4
    for path in ("Sea.txt", "sea.md", "sub/sea.txt"):
        digest = hashlib.sha256((folder / path).as_posix().encode()).hexdigest()[:8]
        assert ids[path] == f"sea-{digest}"


def test_an_id_with_a_digest_is_no_other_text_s_id(put):
    folder = put("Sea.txt", "sea.md")
    first = find([folder])[0][0]
    put(f"{first}.txt")
    ids = [doc_id for doc_id, _ in find([folder])]
    assert len(set(ids)) == 3


def test_a_path_that_is_not_there_is_named_with_what_to_do(tmp_path):
    with pytest.raises(SourceError, match=r"gone\.txt does not exist: check the path"):
        find([tmp_path / "gone.txt"])


def test_a_folder_without_texts_is_named_with_what_to_do(put):
    folder = put("a.png", "sub/b.py")
    with pytest.raises(SourceError, match=r"holds no text: put files ending in \.txt, \.md"):
        find([folder])


def test_no_sources_give_no_texts():
    assert find([]) == []


@pytest.mark.parametrize("name", ["a\nb.txt", "a\x1b[31mb.txt", "a\u202eb.txt", "a b'\"$(x).txt", "港.txt", "-rf.txt"])
def test_a_file_with_odd_characters_in_its_name_is_read_and_shown_on_one_line(put, name):
    folder = put(name)
    [(doc_id, path)] = find([folder])
    text = read(doc_id, path)
    assert text.plain == "It is calm."
    assert text.source_path.isprintable()
    assert re.fullmatch(r"[a-z0-9_-]+", doc_id)


def test_a_name_of_bytes_that_are_no_characters_is_read_and_shown(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - Path takes no bytes
            file.write("It is calm.")
    except OSError:
        pytest.skip("this disk takes only names in UTF-8")
    [(doc_id, found_path)] = find([tmp_path])
    text = read(doc_id, found_path)
    assert text.doc_id == "caf"
    text.source_path.encode()  # a table can hold it


def test_an_odd_name_in_an_error_cannot_reach_the_terminal(tmp_path):
    with pytest.raises(SourceError) as caught:
        find([tmp_path / "a\x1b[2J\nb.txt"])
    assert str(caught.value).isprintable()


def test_reading_tells_the_encoding_and_the_digest_of_the_bytes(tmp_path):
    data = "“Café”".encode("cp1252")
    (tmp_path / "a.txt").write_bytes(data)
    text = read("a", tmp_path / "a.txt")
    assert (text.plain, text.encoding) == ("“Café”", "windows-1252")
    assert text.sha256 == hashlib.sha256(data).hexdigest()
    assert text.source_path == shown(tmp_path / "a.txt")


def test_a_file_that_cannot_be_read_is_named_with_why(tmp_path):
    with pytest.raises(SourceError, match=r"gone\.txt cannot be read \(no such file or directory\): check"):
        read("gone", tmp_path / "gone.txt")
    with pytest.raises(SourceError, match=r"cannot be read \(is a directory\)"):
        read("folder", tmp_path)
