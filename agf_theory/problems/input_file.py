"""Opening a file the user named: there or not, a file or not, readable or not, small enough or not."""

from __future__ import annotations

from pathlib import Path

from agf_theory.errors import InputError, MissingInput
from agf_theory.problems.names import did_you_mean

__all__ = ["read_bytes"]


def read_bytes(file: Path, *, most: int) -> bytes:
    """The whole content of a regular file or pipe.

    Raises
    ------
    MissingInput
        If it is not there; a name in the same folder that is close is suggested.
    InputError
        If it is a folder or device, may not be read, or holds more than ``most`` bytes.
    """
    try:
        if not file.exists():
            raise MissingInput(f"{file}: no such file{_neighbour(file)}")
        if not (file.is_file() or file.is_fifo()):
            raise InputError(f"{file}: a file is required, got a {'folder' if file.is_dir() else 'device'}")
        with file.open("rb") as handle:
            content = handle.read(most + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{str(file)!a:.200}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > most:
        raise InputError(f"{file}: at most {most // 2**20} MiB are allowed, got more")
    return content


def _neighbour(file: Path) -> str:
    folder = file.parent
    return did_you_mean(file.name, sorted(entry.name for entry in folder.iterdir())) if folder.is_dir() else ""
