"""Opening a file the user named: there or not, a file or not, readable or not, small enough or not."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from agf_theory.errors import InputError, MissingInput
from agf_theory.problems.names import did_you_mean

__all__ = ["printable", "read_bytes"]


def read_bytes(path: str | PathLike[str], *, most: int) -> bytes:
    """The whole content of a regular file or pipe.

    Raises
    ------
    MissingInput
        If it is not there; a name in the same folder that is close is suggested.
    InputError
        If it is a folder or device, may not be read, or holds more than ``most`` bytes.
    """
    file = Path(path)
    shown = printable(path)
    try:
        if not file.exists():
            raise MissingInput(f"{shown}: no such file{_neighbour(file)}")
        if not (file.is_file() or file.is_fifo()):
            raise InputError(f"{shown}: a file is required, got a {'folder' if file.is_dir() else 'device'}")
        with file.open("rb") as handle:
            content = handle.read(most + 1)
    except InputError:
        raise
    except OSError as error:
        raise InputError(f"{shown}: a file that can be read is required, got: {error.strerror}") from None
    if len(content) > most:
        raise InputError(f"{shown}: at most {most // 2**20} MiB are allowed, got more")
    return content


def printable(path: str | PathLike[str]) -> str:
    """The path as it may stand in a one-line message: escaped if it holds line breaks or control characters."""
    text = str(path)
    return text if text.isprintable() else ascii(text)


def _neighbour(file: Path) -> str:
    folder = file.parent
    return did_you_mean(file.name, sorted(entry.name for entry in folder.iterdir())) if folder.is_dir() else ""
