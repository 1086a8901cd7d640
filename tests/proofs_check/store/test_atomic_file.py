import errno
import os
from pathlib import Path

import pytest

from agf_theory.proofs_check.store.atomic_file import UnusableFile, read_own_file, write_atomically


def test_a_file_appears_with_its_content_and_nothing_else(tmp_path):
    write_atomically(tmp_path / "record", b"old")
    write_atomically(tmp_path / "record", b"new")
    assert read_own_file(tmp_path / "record", most=3) == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["record"]


def test_the_content_is_on_the_disk_before_the_name_and_the_name_before_the_end(tmp_path, monkeypatch):
    done = []
    monkeypatch.setattr("os.fsync", lambda handle: done.append(Path(f"/proc/self/fd/{handle}").is_dir()))
    replace = type(tmp_path).replace
    monkeypatch.setattr("pathlib.Path.replace", lambda self, target: (done.append("name"), replace(self, target)))
    write_atomically(tmp_path / "record", b"content")
    assert done == [False, "name", True]


@pytest.mark.parametrize("where", ["os.fsync", "os.fdopen", "pathlib.Path.replace"])
def test_on_a_full_disk_the_old_file_stays_and_nothing_is_left_behind(tmp_path, monkeypatch, where):
    write_atomically(tmp_path / "record", b"old")

    def full(*arguments):
        if where == "os.fdopen":
            os.close(arguments[0])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(where, full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(tmp_path / "record", b"new")
    monkeypatch.undo()
    assert (tmp_path / "record").read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["record"]


def test_a_folder_that_cannot_be_opened_for_writing_to_disk_is_no_failure(tmp_path, monkeypatch):
    def refuse(path, flags):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("agf_theory.proofs_check.store.atomic_file.os.open", refuse)
    from agf_theory.proofs_check.store import atomic_file

    atomic_file._write_folder_to_disk(tmp_path)


def test_no_file_is_nothing(tmp_path):
    assert read_own_file(tmp_path / "record", most=10) is None


def test_what_is_no_regular_file_of_ours_is_not_used(tmp_path):
    (tmp_path / "target").write_bytes(b"content")
    (tmp_path / "link").symlink_to("target")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, reason in (("link", "a link"), ("folder", "no regular file"), ("pipe", "no regular file")):
        with pytest.raises(UnusableFile, match=reason):
            read_own_file(tmp_path / name, most=10)


def test_a_huge_file_is_not_read(tmp_path):
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(UnusableFile, match="1099511627776 bytes, more than 100"):
        read_own_file(tmp_path / "huge", most=100)


def test_the_file_of_another_user_is_not_used(tmp_path, monkeypatch):
    (tmp_path / "record").write_bytes(b"content")
    monkeypatch.setattr("os.geteuid", lambda: 12345)
    with pytest.raises(UnusableFile, match="another user"):
        read_own_file(tmp_path / "record", most=10)


def test_what_may_not_be_read_says_so(tmp_path, monkeypatch):
    def refuse(path, flags):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(UnusableFile, match="Permission denied"):
        read_own_file(tmp_path / "record", most=10)
