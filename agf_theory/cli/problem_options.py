"""The options that every command about the jumps of a problem shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from agf_theory.cli.shell_names import datasets, problems_of_zoo
from agf_theory.errors import InputError

if TYPE_CHECKING:
    from agf_theory.problems import InitScale

__all__ = [
    "AlphaOption",
    "DatasetOption",
    "ProblemOption",
    "SeedOption",
    "StandardizeOption",
    "init_scales",
    "require_one_source",
]

DatasetOption = Annotated[
    str | None,
    typer.Option("--dataset", metavar="NAME", help="Real data: diabetes, digits, linnerud.", autocompletion=datasets),
]
ProblemOption = Annotated[
    str | None,
    typer.Option("--problem", metavar="NAME", help="A problem of the zoo.", autocompletion=problems_of_zoo),
]
StandardizeOption = Annotated[bool, typer.Option("--standardize", help="Centre, and scale columns to mean square 1.")]
AlphaOption = Annotated[
    list[str] | None, typer.Option("--alpha", metavar="A", help="Initialisation scale, 1e-1000 too; repeatable.")
]
SeedOption = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of the random start.")]


def require_one_source(sources: Mapping[str, str | None]) -> str:
    """The option that is given, where exactly one names the problem.

    Parameters
    ----------
    sources : mapping from option with its placeholder ("--data FILE") to its value, None if it is not given

    Raises
    ------
    InputError
        If none or several are given.
    """
    given = [name.split()[0] for name, value in sources.items() if value is not None]
    if len(given) != 1:
        *others, last = sources
        wanted = f"{', '.join(others)} and {last}"
        raise InputError(f"exactly one of {wanted} is required, got {' and '.join(given) or 'none of them'}")
    return given[0]


def init_scales(alphas: Sequence[str] | None) -> tuple[InitScale, ...]:
    """The scales in the order given, repeated ones once.

    Raises
    ------
    InputError
        If a text is no number between zero and one.
    """
    from agf_theory.problems import InitScale

    return tuple(dict.fromkeys(InitScale(alpha) for alpha in alphas or ()))
