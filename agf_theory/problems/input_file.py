"""Opening a file the user named: there or not, a file or not, readable or not, small enough or not."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from agf_theory.errors import InputError, MissingInput
from agf_theory.problems.names import did_you_mean

__all__ = ["LONGEST_WAIT", "files_in_memory", "printable", "read_bytes"]

LONGEST_WAIT = 30
"""Seconds to wait for the first byte out of a pipe: the program that writes into it may have to compute first."""

_in_memory: ContextVar[Mapping[str, bytes] | None] = ContextVar("_in_memory", default=None)


@contextmanager
def files_in_memory(contents: Mapping[str, bytes]) -> Iterator[None]:
    """Within the block these are all the files there are, by name: nothing is read from the disk.

    For data that was pasted, or sent by a browser: it is read, and complained about, as a file of that name would be.
    """
    token = _in_memory.set(contents)
    try:
        yield
    finally:
        _in_memory.reset(token)


def read_bytes(path: str | PathLike[str], *, most: int) -> bytes:
    """The whole content of a regular file or pipe.

    Raises
    ------
    MissingInput
        If it is not there; a name in the same folder that is close is suggested.
    InputError
        If it is a folder or device, may not be read, holds more than ``most`` bytes, or is a pipe that stays empty.
    """
    shown = printable(path)
    held = _in_memory.get()
    content = _read(Path(path), shown, most) if held is None else _held(held, str(path), shown)
    if len(content) > most:
        raise InputError(f"{shown}: at most {most // 2**20} MiB are allowed, got more")
    return content


def _held(contents: Mapping[str, bytes], name: str, shown: str) -> bytes:
    if name not in contents:
        raise MissingInput(f"{shown}: no such file{did_you_mean(name, sorted(contents))}")
    return contents[name]


def _read(file: Path, shown: str, most: int) -> bytes:
    """At most one byte more than is allowed."""
    try:
        if not file.exists():
            raise MissingInput(f"{shown}: no such file{_neighbour(file)}")
        if not (file.is_file() or file.is_fifo()):
            raise InputError(f"{shown}: a file is required, got a {'folder' if file.is_dir() else 'device'}")
        with _pipe(file, shown) if file.is_fifo() else file.open("rb") as handle:
            return handle.read(most + 1)
    except InputError:
        raise
    except OSError as error:
        raise InputError(f"{shown}: a file that can be read is required, got: {error.strerror}") from None


def _pipe(file: Path, shown: str) -> BinaryIO:
    """A pipe that has begun to deliver: opened without waiting for whoever writes into it, who may never come."""
    handle = os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK), "rb")
    ready, _, _ = select.select([handle], [], [], LONGEST_WAIT)
    if not ready:
        handle.close()
        raise InputError(f"{shown}: a pipe with something in it is required, got none in {LONGEST_WAIT} s")
    os.set_blocking(handle.fileno(), True)
    return handle


def printable(path: str | PathLike[str]) -> str:
    """The path as it may stand in a one-line message: escaped if it holds line breaks or control characters."""
    text = str(path)
    return text if text.isprintable() else ascii(text)


def _neighbour(file: Path) -> str:
    folder = file.parent
    return did_you_mean(file.name, sorted(entry.name for entry in folder.iterdir())) if folder.is_dir() else ""
