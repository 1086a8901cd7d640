"""Where finished checks are kept, and which of them go when there are many."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Container
from pathlib import Path

from agf_theory.proofs_check.store.atomic_file import TEMPORARY

__all__ = ["MOST_BYTES", "VERSIONS", "cache_folder", "prune"]

VERSIONS = 4
"""Records of one task, each of another version of the code, that are left: enough to go to and fro between branches."""

MOST_BYTES = 512 * 2**20
"""What all records together may take."""

_ABANDONED = 24 * 3600.0
"""Seconds after which an unfinished file belongs to no run any more."""


def cache_folder() -> Path:
    """The folder of finished checks: in AGF_THEORY_CACHE, else in XDG_CACHE_HOME, else in ~/.cache.

    Raises
    ------
    RuntimeError
        If neither is set and this user has no home.
    """
    if own := os.environ.get("AGF_THEORY_CACHE"):
        return Path(own).absolute() / "checks"
    usual = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # The specification asks to ignore what is not absolute.
    return (usual if usual.is_absolute() else Path.home() / ".cache") / "agf_theory" / "checks"


def prune(folder: Path, *, in_use: Container[str], versions: int = VERSIONS, most: int = MOST_BYTES) -> None:
    """Remove old records: of each task all but the newest few versions, then the oldest of all until the rest fits.

    Parameters
    ----------
    folder : Path
    in_use : container of str
        Names of records that stay, however old the clock makes them look.
    versions : int
        Of one task, to leave.
    most : int
        Bytes, to leave.

    Another run may be at work in the folder: what vanishes meanwhile is let go, and what it is writing is left alone.
    """
    records: list[tuple[float, str, int]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                status = entry.stat(follow_symlinks=False)
                if entry.name.startswith(TEMPORARY) and time.time() - status.st_mtime > _ABANDONED:
                    _remove(folder / entry.name)
                elif entry.name.endswith(".json") and entry.is_file(follow_symlinks=False):
                    records.append((status.st_mtime, entry.name, status.st_size))
    except OSError:
        return
    seen: defaultdict[str, int] = defaultdict(int)
    total = 0
    for _, name, size in sorted(records, reverse=True, key=lambda r: (r[1] in in_use, *r)):
        task = name.partition("-")[0]
        seen[task] += 1
        total += size
        if name not in in_use and (seen[task] > versions or total > most):
            _remove(folder / name)


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return
