"""Where results go: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from agf_theory.errors import InputError, MissingInput

__all__ = ["require_writable", "stdout_encoding", "terminal_width", "to_stdout", "write_whole"]

_NARROWEST, _WIDEST = 60, 120


def require_writable(out: str) -> Path:
    """The path, checked before any work is done.

    Raises
    ------
    MissingInput
        If its folder does not exist.
    InputError
        If it is a folder, or may not be written.
    """
    path = Path(out)
    try:
        _check(path, out)
    except MissingInput:  # an OSError by its base class, but our own
        raise
    except OSError as error:  # a name too long, a loop of links
        raise InputError(f"--out {out!a}: a file that can be written is required, but: {error.strerror}") from None
    return path


def _check(path: Path, out: str) -> None:
    if not out or "\0" in out:
        raise InputError(f"--out: a file name is required, got {out!a}")
    if path.is_dir():
        raise InputError(f"--out {out}: a file is required, got a folder")
    folder = path.parent
    if not folder.exists():
        raise MissingInput(f"--out {out}: the folder {folder} does not exist; create it first")
    if not folder.is_dir():
        raise InputError(f"--out {out}: {folder} is not a folder")
    if path.exists() and not os.access(path, os.W_OK):
        raise InputError(f"--out {out}: the file may not be written")
    if not path.exists() and not os.access(folder, os.W_OK | os.X_OK):
        raise InputError(f"--out {out}: the folder {folder} may not be written to")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part; devices and pipes are just written.

    Raises
    ------
    OSError
        If the disk is full or the folder vanished; the old file is then still there.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        _give_usual_permissions(Path(name), target)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _give_usual_permissions(new: Path, target: Path) -> None:
    """A temporary file is private; ours gets the mode of the file it replaces, or what any new file would get."""
    if target.exists():
        shutil.copymode(target, new)
    else:
        mask = os.umask(0)
        os.umask(mask)
        new.chmod(0o666 & ~mask)


def to_stdout(text: str) -> None:
    """Write text in UTF-8 signs as far as standard output knows them; what it lacks is escaped as in JSON."""
    encoding = stdout_encoding()
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = "".join(_escaped(character, encoding) for character in text)
    sys.stdout.write(text)


def _escaped(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(character)[1:-1]
    return character


def stdout_encoding() -> str:
    """The encoding of standard output."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def terminal_width() -> int:
    """Cells of a line: COLUMNS, else the terminal's, else 80; between 60 and 120."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, _NARROWEST), _WIDEST)
