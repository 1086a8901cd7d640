import os
import threading
from pathlib import Path

import pytest

from agf_theory.errors import InputError, MissingInput
from agf_theory.problems import input_file
from agf_theory.problems.input_file import printable, read_bytes


def test_a_file_is_read_whole(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    assert read_bytes(tmp_path / "a", most=3) == b"abc"


def test_a_missing_file_is_named_and_a_close_name_suggested(tmp_path):
    (tmp_path / "diabetes.csv").touch()
    with pytest.raises(MissingInput, match=r"diabets\.csv: no such file; did you mean 'diabetes\.csv'\?"):
        read_bytes(tmp_path / "diabets.csv", most=10)


def test_a_missing_folder_is_no_reason_to_fail_otherwise(tmp_path):
    with pytest.raises(MissingInput, match="no such file$"):
        read_bytes(tmp_path / "none" / "a.csv", most=10)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="a file is required, got a folder"):
        read_bytes(tmp_path, most=10)


def test_a_device_is_refused():
    with pytest.raises(InputError, match="a file is required, got a device"):
        read_bytes("/dev/zero", most=10)


def test_a_pipe_is_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_bytes(b"abc"))
    writer.start()
    assert read_bytes(tmp_path / "pipe", most=10) == b"abc"
    writer.join()


def test_a_pipe_into_which_nobody_writes_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(input_file, "LONGEST_WAIT", 0.05)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="pipe: a pipe with something in it is required, got none in 0.05 s"):
        read_bytes(tmp_path / "pipe", most=10)


def test_a_file_over_the_limit_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"a" * (2**20 + 1))
    with pytest.raises(InputError, match="at most 1 MiB are allowed, got more"):
        read_bytes(tmp_path / "a", most=2**20)


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    (tmp_path / "a").touch()

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(InputError, match="a file that can be read is required, got: Permission denied"):
        read_bytes(tmp_path / "a", most=10)


def test_an_overlong_name_is_refused():
    with pytest.raises(InputError, match="File name too long"):
        read_bytes("a" * 5000, most=10)


def test_a_path_with_control_characters_is_shown_escaped():
    assert printable("a\nb") == r"'a\nb'"
    with pytest.raises(MissingInput, match=r"no such file") as caught:
        read_bytes("/nowhere/a\x00b\n", most=10)
    assert str(caught.value).isprintable()
