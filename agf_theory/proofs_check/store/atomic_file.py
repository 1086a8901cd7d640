"""Files that appear whole or not at all, and survive a crash of the machine; and their careful reading."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

__all__ = ["TEMPORARY", "UnusableFile", "read_own_file", "write_atomically"]

TEMPORARY = ".unfinished-"
"""What the name of a file begins with until it is whole."""


class UnusableFile(Exception):
    """A file that is there and is not to be used; the message says why."""


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file: to a temporary one in the same folder, to the disk, and only then under its name.

    Raises
    ------
    OSError
        If the disk is full or the folder may not be written to; nothing is left behind, and an old file is still there.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _write_folder_to_disk(path.parent)


def _write_folder_to_disk(folder: Path) -> None:
    """Until then a crash of the machine could take the new name back."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # a system on which folders cannot be opened writes them itself
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_own_file(path: Path, *, most: int) -> bytes | None:
    """The content of a regular file of this user, no link, of at most `most` bytes; None if there is none.

    Raises
    ------
    UnusableFile
        If there is something else, or it cannot be read.
    """
    # Without waiting for the other end of a pipe, and without following a link.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UnusableFile("it is a link" if path.is_symlink() else str(error.strerror)) from None
    try:
        _require_own_file(os.fstat(handle), most)
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(most)
    except OSError as error:
        raise UnusableFile(str(error.strerror)) from None
    finally:
        os.close(handle)


def _require_own_file(status: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise UnusableFile("it is no regular file")
    if hasattr(os, "geteuid") and status.st_uid != os.geteuid():
        raise UnusableFile("it belongs to another user")
    if status.st_size > most:
        raise UnusableFile(f"it has {status.st_size} bytes, more than {most}")
