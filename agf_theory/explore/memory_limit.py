"""How much memory a computation may take: a megabyte of data can ask for a matrix of a hundred gigabytes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["MOST_MEMORY", "limit_memory", "out_of_memory"]

MOST_MEMORY: Final = 4 * 2**30
"""Bytes. The problems of the zoo and the real data take less than a tenth of it, and it leaves half of a machine that
has 8 GiB to everything else."""

_WRITABLE: Final = 5  # the field of statm: pages of data and stack


def limit_memory(most: int) -> None:
    """From here on this process gets `most` bytes besides what it has; a request for more raises `MemoryError`.

    What counts is memory that can be written to, not addresses that are merely set aside: threads and allocators set
    aside gigabytes, the more the more cores there are. Linux alone counts this; elsewhere nothing is limited.
    """
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[_WRITABLE])
    except (ImportError, OSError):
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = pages * resource.getpagesize() + most
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def out_of_memory(most: int) -> str:
    """What is said when the limit strikes."""
    return (
        f"no result within {most / 2**30:g} GiB of memory: take a smaller problem, or leave a method out; "
        "on the command line there is no limit"
    )
