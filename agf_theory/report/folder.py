"""The folder of a report: new, empty, or with an earlier report in it."""

from __future__ import annotations

import os
from pathlib import Path

from agf_theory.errors import InputError, MissingInput
from agf_theory.proofs_check.store.atomic_file import TEMPORARY, write_atomically

__all__ = ["DATA", "PAGE", "require_report_folder", "write_report"]

PAGE = "index.html"
DATA = "report.json"
_MARK = '<meta name="generator" content="agf verify --report">'
"""By this line a page is known to be one of ours, and is written over."""
_FAR_ENOUGH = 4096


def require_report_folder(name: str) -> Path:
    """The folder, looked at before anything is run; it is made when the report is written.

    Raises
    ------
    InputError
        If it is no folder, may not be written to, or holds something else than an earlier report.
    MissingInput
        If the folder above it is missing.
    """
    if not name or "\0" in name:
        raise InputError(f"--report: the name of a folder is required, got {name!a}")
    path = Path(name)
    try:
        _look_at(path, name)
    except MissingInput:
        raise
    except OSError as error:
        raise InputError(f"--report {name}: a folder is required, but: {error.strerror}") from None
    return path


def _look_at(path: Path, name: str) -> None:
    if not path.exists():
        if path.is_symlink():
            raise InputError(f"--report {name}: a folder is required, got a link that leads nowhere")
        if not path.parent.exists():
            raise MissingInput(f"--report {name}: the folder {path.parent} does not exist; create it first")
        _require_writable(path.parent, name)
        return
    if not path.is_dir():
        raise InputError(f"--report {name}: a folder is required, got a file")
    strangers = sorted(
        entry.name
        for entry in path.iterdir()
        if entry.name not in (PAGE, DATA) and not entry.name.startswith(TEMPORARY)
    )
    if strangers:
        raise InputError(
            f"--report {name}: a new folder, or one with an earlier report, is required; "
            f"this one holds {strangers[0]!r}"
        )
    if (path / PAGE).exists() and not _is_ours(path / PAGE):
        raise InputError(f"--report {name}: its {PAGE} is no report of agf, and is not written over")
    _require_writable(path, name)


def _require_writable(folder: Path, name: str) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise InputError(f"--report {name}: the folder {folder} may not be written to")


def _is_ours(page: Path) -> bool:
    with page.open("rb") as file:
        return _MARK.encode() in file.read(_FAR_ENOUGH)


def write_report(folder: Path, page: str, data: str) -> None:
    """Write both files, each whole or not at all; the page last, so that it never tells of data that are not there.

    Raises
    ------
    OSError
        If the disk is full or the folder vanished; an old report is then still there.
    """
    folder.mkdir(exist_ok=True)
    for name, text in ((DATA, data), (PAGE, page)):
        write_atomically(folder / name, text.encode("utf-8"))
        (folder / name).chmod(0o666 & ~_mask())


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
