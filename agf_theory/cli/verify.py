"""`agf verify`: run the checks of claims and compare the verdicts with those on record."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["verify"]


def verify(
    names: Annotated[list[str] | None, typer.Argument(metavar="[ID or SYSTEM]...", show_default=False)] = None,
) -> int:
    """Run the checks of claims and compare the verdicts with those on record."""
    from agf_theory.proofs_check import selected

    return len(selected(names or ())) and 0
