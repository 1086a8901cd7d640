"""`agf claims`: the list of claims, with status, source and evidence on record."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from agf_theory.cli.output import to_stdout
from agf_theory.cli.shell_names import systems_with_claims

__all__ = ["claims"]


def claims(
    system: Annotated[
        str | None,
        typer.Argument(
            metavar="SYSTEM",
            help="Only the claims of this system.",
            show_default=False,
            autocompletion=systems_with_claims,
        ),
    ] = None,
) -> int:
    """List the claims, with status, source and evidence on record."""
    from agf_theory.proofs_check import Record, all_claims, claims_of, listing_table, render

    listed = all_claims() if system is None else claims_of(system)
    to_stdout(f"{render(listing_table(listed, Record.load()), terminal=sys.stdout.isatty())}\n")
    return 0
