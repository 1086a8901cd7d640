"""How far a run is: a bar on a terminal, plain lines elsewhere; never on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agf_theory.proofs_check import Finding, Progress

__all__ = ["shown_progress"]


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """What is called after each finished check, and tells the reader on standard error."""
    if not sys.stderr.isatty():
        yield _line
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    # Without a thread of its own for refreshing: the checks' processes are forked from this one.
    with Bar(console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        task = bar.add_task("verifying", total=None)

        def advance(finding: Finding, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=str(finding.job), refresh=True)

        yield advance


def _line(finding: Finding, done: int, total: int) -> None:
    took = "kept" if finding.kept else f"{finding.seconds:.1f} s"
    print(f"[{done}/{total}] {finding.job}: {finding.evidence.result} ({took})", file=sys.stderr)
