"""Whatever goes wrong while results are written, what was there stays and what was made goes."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from toolkit.errors import OutputError
from toolkit.staging import Staging


def everything(folder: Path) -> dict[str, str | None]:
    return {
        p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") if p.is_file() else None
        for p in sorted(folder.rglob("*"))
    }


def fail_with(error: BaseException, destination: Path) -> None:
    with Staging(destination) as staging:
        (staging.folder / "a.txt").write_text("half", encoding="utf-8")
        raise error


def publish(destination: Path, files: dict[str, str]) -> list[Path]:
    with Staging(destination) as staging:
        for name, content in files.items():
            (staging.folder / name).write_text(content, encoding="utf-8")
        return staging.publish(list(files))


def test_published_files_are_there_and_nothing_else(tmp_path):
    with Staging(tmp_path / "new" / "deep") as staging:
        for name in ("a.txt", "b.txt", "scrap.txt"):
            (staging.folder / name).write_text(name, encoding="utf-8")
        paths = staging.publish(["a.txt", "b.txt"])
    assert paths == [tmp_path / "new" / "deep" / "a.txt", tmp_path / "new" / "deep" / "b.txt"]
    assert everything(tmp_path / "new") == {"deep": None, "deep/a.txt": "a.txt", "deep/b.txt": "b.txt"}


def test_nothing_is_at_its_destination_before_it_is_published(tmp_path):
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    with Staging(tmp_path) as staging:
        (staging.folder / "a.txt").write_text("new", encoding="utf-8")
        assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "old"
        staging.publish(["a.txt"])
    assert everything(tmp_path) == {"a.txt": "new"}


def test_the_staged_files_lie_beside_their_destination(tmp_path):
    # Only then is moving them one step that cannot stop half-way.
    with Staging(tmp_path) as staging:
        assert staging.folder.stat().st_dev == tmp_path.stat().st_dev
        assert staging.folder.name.startswith(".")


def test_folders_made_for_a_run_that_fails_vanish_again(tmp_path):
    (tmp_path / "there").mkdir()
    with pytest.raises(RuntimeError, match="half-way"):
        fail_with(RuntimeError("half-way"), tmp_path / "there" / "new" / "deep")
    assert everything(tmp_path) == {"there": None}


def test_a_folder_that_was_there_stays_though_it_is_empty(tmp_path):
    with pytest.raises(RuntimeError):
        fail_with(RuntimeError(), tmp_path)
    assert tmp_path.is_dir()
    assert everything(tmp_path) == {}


def test_files_that_were_there_stay_untouched_by_a_run_that_fails(tmp_path):
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError):
        fail_with(RuntimeError(), tmp_path)
    assert everything(tmp_path) == {"a.txt": "old"}


def test_a_created_folder_stays_if_somebody_else_put_a_file_there(tmp_path):
    with Staging(tmp_path / "new"):
        (tmp_path / "new" / "theirs.txt").write_text("kept", encoding="utf-8")
    assert everything(tmp_path) == {"new": None, "new/theirs.txt": "kept"}


def test_an_interruption_cleans_up_and_goes_on(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        fail_with(KeyboardInterrupt(), tmp_path / "new")
    assert everything(tmp_path) == {}


def test_an_error_of_the_disk_is_told_in_one_line_with_the_place_and_a_way_out(tmp_path):
    with pytest.raises(OutputError) as caught:
        fail_with(OSError(28, "No space left on device"), tmp_path / "new")
    message = str(caught.value)
    assert str(tmp_path / "new") in message
    assert "no space left on device" in message
    assert "--out" in message
    assert "\n" not in message
    assert everything(tmp_path) == {}


@pytest.mark.parametrize("below", ["plain", "plain/sub", "plain/sub/deeper"])
def test_a_destination_at_or_below_a_plain_file_is_refused_and_the_file_stays(tmp_path, below):
    (tmp_path / "plain").write_text("kept", encoding="utf-8")
    with pytest.raises(OutputError, match="plain"), Staging(tmp_path / below):
        pytest.fail("staged below a plain file")
    assert everything(tmp_path) == {"plain": "kept"}


def test_a_name_too_long_for_the_disk_is_refused(tmp_path):
    with pytest.raises(OutputError), Staging(tmp_path / ("x" * 300)):
        pytest.fail("staged in a folder that cannot be")
    assert everything(tmp_path) == {}


def test_folders_vanish_again_when_staging_cannot_even_begin(tmp_path, monkeypatch):
    def full(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(OutputError), Staging(tmp_path / "new" / "deep"):
        pytest.fail("staged on a full disk")
    assert everything(tmp_path) == {}


def test_publishing_moves_nothing_when_one_file_cannot_be_moved(tmp_path):
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    (tmp_path / "b.txt").mkdir()  # a folder is in the way of the second file
    with pytest.raises(OutputError):
        publish(tmp_path, {"a.txt": "new", "b.txt": "new"})
    assert everything(tmp_path) == {"a.txt": "old", "b.txt": None}


@pytest.fixture
def tiny_disk(tmp_path):
    """Return a file system of 64 KiB, where this machine lets the tests mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root mounts a disk")
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine mounts no disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_what_was_there(tiny_disk):
    (tiny_disk / "a.txt").write_text("old", encoding="utf-8")
    with pytest.raises(OutputError, match="no space left"):
        publish(tiny_disk / "new", {"a.txt": "x" * 200_000})
    assert everything(tiny_disk) == {"a.txt": "old"}
