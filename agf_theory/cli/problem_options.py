"""The options that every command about the jumps of a problem shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from agf_theory.errors import InputError

if TYPE_CHECKING:
    from agf_theory.problems import InitScale

__all__ = [
    "AlphaOption",
    "DatasetOption",
    "ProblemOption",
    "StandardizeOption",
    "init_scales",
    "require_one_source",
]

DatasetOption = Annotated[
    str | None, typer.Option("--dataset", metavar="NAME", help="Real data: diabetes, digits, linnerud.")
]
ProblemOption = Annotated[str | None, typer.Option("--problem", metavar="NAME", help="A problem of the zoo.")]
StandardizeOption = Annotated[bool, typer.Option("--standardize", help="Centre, and scale columns to mean square 1.")]
AlphaOption = Annotated[
    list[str] | None, typer.Option("--alpha", metavar="A", help="Initialisation scale, 1e-1000 too; repeatable.")
]


@dataclass(frozen=True)
class _Source:
    option: str
    value: str | None


def require_one_source(*, data: str | None, dataset: str | None, problem: str | None) -> None:
    """Raise unless exactly one source of the problem is given.

    Raises
    ------
    InputError
        If none or several of ``--data``, ``--dataset`` and ``--problem`` are given.
    """
    sources = [_Source("--data", data), _Source("--dataset", dataset), _Source("--problem", problem)]
    given = [source for source in sources if source.value is not None]
    if len(given) != 1:
        found = " and ".join(source.option for source in given) or "none of them"
        raise InputError(f"exactly one of --data FILE, --dataset NAME and --problem NAME is required, got {found}")


def init_scales(alphas: Sequence[str] | None) -> tuple[InitScale, ...]:
    """The scales in the order given, repeated ones once.

    Raises
    ------
    InputError
        If a text is no number between zero and one.
    """
    from agf_theory.problems import InitScale

    return tuple(dict.fromkeys(InitScale(alpha) for alpha in alphas or ()))
