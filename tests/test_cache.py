"""What is kept comes back as it was put, or not at all; a set of tables from the cache is the one that was made."""

import os

import pytest

import toolkit as tk
from toolkit import extract
from toolkit.cache import VARIABLE, Cache
from toolkit.tables.packed import pack


@pytest.fixture
def kept(tmp_path):
    return Cache(tmp_path / "cache")


def only(cache: Cache):
    [(path, _)] = cache.entries()
    return path


def test_what_was_put_comes_back_and_what_was_not_is_nothing(kept):
    kept.put("ab", b"rain")
    assert kept.get("ab") == b"rain"
    assert kept.get("cd") is None


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b + b"!", lambda b: b[:40] + b"X" + b[41:], lambda _: b""]
)
def test_what_is_damaged_is_never_read_and_goes(kept, damage):
    kept.put("ab", b"rain and snow and wind")
    path = only(kept)
    path.write_bytes(damage(path.read_bytes()))
    assert kept.get("ab") is None
    assert kept.entries() == []


def test_what_lies_under_another_key_is_not_read(kept):
    kept.put("ab", b"rain")
    only(kept).rename(kept.folder / "cd.cached")
    assert kept.get("cd") is None


def test_the_least_recently_used_goes_first_when_there_is_too_much(kept):
    for number, key in enumerate(("aa", "bb", "cc")):
        kept.put(key, b"x" * 100)
        path = kept.folder / f"{key}.cached"
        os.utime(path, (1_000_000_000 + number,) * 2)
    kept.get("aa")
    kept.trim(2 * 132)
    assert [kept.get(key) is not None for key in ("aa", "bb", "cc")] == [True, False, True]


def test_clearing_leaves_nothing_and_says_how_much_there_was(kept):
    kept.put("ab", b"rain")
    (kept.folder / ".partial-x").write_bytes(b"half")
    assert kept.clear() == 36
    assert list(kept.folder.iterdir()) == []


def test_a_place_that_cannot_be_written_keeps_nothing_and_says_nothing(tmp_path):
    (tmp_path / "file").touch()
    kept = Cache(tmp_path / "file" / "below")
    kept.put("ab", b"rain")
    assert kept.get("ab") is None


@pytest.fixture
def cached(text, tmp_path, monkeypatch):
    """Return a text's tables without a cache and the cache that they were then put into."""
    plain = tk.read(text)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    tk.read(text)
    return plain, Cache(tmp_path / "cache")


def test_tables_are_extracted_once_and_come_back_the_same(cached, text, monkeypatch):
    plain, _ = cached
    monkeypatch.setattr(extract, "annotate", lambda *_: pytest.fail("extracted again"))
    again = tk.read(text)
    assert pack(again) == pack(plain)
    for name, frame in plain.items():
        assert frame.equals(again[name]), name
        assert list(frame.dtypes) == list(again[name].dtypes), name


@pytest.mark.parametrize("what", ["code", "codebook", "weights"])
def test_tables_made_with_something_else_are_not_taken(cached, text, monkeypatch, what):
    monkeypatch.setattr(f"toolkit.digests.{what}", lambda: "0" * 64)
    tk.read(text)
    assert len(cached[1].entries()) == 2


def test_a_changed_text_is_extracted_anew(cached, text):
    text.write_text(text.read_text(encoding="utf-8").replace("old", "new"), encoding="utf-8")
    assert "new" in tk.read(text).documents.text[0]
    assert len(cached[1].entries()) == 2


def test_a_damaged_set_of_tables_is_made_again(cached, text):
    plain, cache = cached
    path = only(cache)
    path.write_bytes(path.read_bytes()[:-9])
    assert pack(tk.read(text)) == pack(plain)


def test_what_a_batch_keeps_is_told_and_cleared_and_a_folder_that_is_none_is_named(toolkit_here, tmp_path):
    kept = Cache(tmp_path / "made" / ".batch" / "tables")
    told = "toolkit: made is no folder: name one that `toolkit batch` wrote\n"
    assert toolkit_here("cache", "made").stderr == told
    kept.put("a0", b"x" * 200_000)
    assert toolkit_here("cache", "made").stdout == "kept: 1 set of tables, 0.2 MB\n"
    assert toolkit_here("cache", "made", "--clear").stdout == "removed: 1 set of tables, 0.2 MB\n"
    assert kept.entries() == []
