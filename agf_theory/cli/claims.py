"""`agf claims`: the list of claims, with status, source and evidence on record."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["claims"]


def claims(
    system: Annotated[str | None, typer.Argument(help="Only the claims of this system.", show_default=False)] = None,
) -> int:
    """List the claims, with status, source and evidence on record."""
    from agf_theory.proofs_check import all_claims, claims_of, listing

    typer.echo(listing(all_claims() if system is None else claims_of(system)))
    return 0
