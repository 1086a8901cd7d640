"""`agf explore`: a page on which problem, initialisation scale and data are moved."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["explore"]

PortOption = Annotated[
    int, typer.Option("--port", metavar="N", min=0, max=65535, help="To listen on; by default one that is free.")
]
NoBrowserOption = Annotated[bool, typer.Option("--no-browser", help="Say where the page is, and open nothing.")]
TimeLimitOption = Annotated[
    float, typer.Option("--time-limit", metavar="SECONDS", min=1, max=86400, help="For one computation.")
]


def explore(port: PortOption = 0, no_browser: NoBrowserOption = False, time_limit: TimeLimitOption = 60) -> None:
    """Serve a page to this machine alone: move problem, scale and data, and see table and figure change.

    It shows what `agf table` and `agf plot` show, with the commands to paste. Ctrl-C ends it.
    """
    from agf_theory.cli.exploration import LIBRARIES, explored
    from agf_theory.cli.explore_forms import system_forms
    from agf_theory.cli.written_out import written_out
    from agf_theory.explore import serve

    serve(
        system_forms(),
        explored,
        written_out,
        port=port,
        time_limit=time_limit,
        browser=not no_browser,
        say=lambda line: typer.echo(line, err=True),
        libraries=LIBRARIES,
    )
