"""How far a run is: a bar on a terminal, plain lines elsewhere; never on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agf_theory.proofs_check import Finding, Progress

__all__ = ["QuietOption", "shown_progress", "shown_steps"]

QuietOption = Annotated[bool, typer.Option("--quiet", help="No progress and no remarks: results and errors alone.")]


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[Progress]:
    """What is called after each finished check, and tells the reader on standard error."""
    if quiet:
        yield _nothing
        return
    if not _bars_are_shown():
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


@contextmanager
def shown_steps(first: str, *, total: int | None = None, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """What is called when each step of one computation begins, with what it is; a bar on a terminal, silent elsewhere.

    Parameters
    ----------
    first : str
        What is shown until the first step begins.
    total : int, optional
        How many steps there are, if that is known.
    quiet : bool
    """
    if quiet or not _bars_are_shown():
        yield _no_step
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    counted = () if total is None else (BarColumn(bar_width=20), MofNCompleteColumn())
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), *counted, TimeElapsedColumn())
    begun = 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(first, total=total)

        def begin(step: str) -> None:
            nonlocal begun
            bar.update(task, completed=begun, description=step)
            begun += 1

        yield begin


def _bars_are_shown() -> bool:
    """Whether standard error is a terminal that can rewrite a line."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _line(finding: Finding, done: int, total: int) -> None:
    took = "kept" if finding.kept else f"{finding.seconds:.1f} s"
    print(f"[{done}/{total}] {finding.job}: {finding.evidence.result} ({took})", file=sys.stderr)


def _nothing(_finding: Finding, _done: int, _total: int) -> None:
    return None


def _no_step(_step: str) -> None:
    return None
