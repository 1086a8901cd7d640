"""The options that name a diagonal problem, and those that every command about its jumps shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agf_theory.errors import InputError, UnknownName

if TYPE_CHECKING:
    from agf_theory.problems import DiagonalNetwork, InitScale

__all__ = [
    "AlphaOption",
    "ConventionOption",
    "DataOption",
    "DatasetOption",
    "MethodsOption",
    "ProblemOption",
    "StandardizeOption",
    "TargetOption",
    "diagonal_problem",
    "init_scales",
    "require_convention",
]

CONVENTIONS = ("paper", "slides")

DataOption = Annotated[str | None, typer.Option("--data", metavar="FILE", help="Your data: .csv or .npz.")]
TargetOption = Annotated[str | None, typer.Option("--target", metavar="NAME", help="Column (or array) to predict.")]
DatasetOption = Annotated[str | None, typer.Option("--dataset", metavar="NAME", help="Real data: diabetes, linnerud.")]
ProblemOption = Annotated[str | None, typer.Option("--problem", metavar="NAME", help="A problem of the zoo.")]
StandardizeOption = Annotated[bool, typer.Option("--standardize", help="Centre, and scale columns to mean square 1.")]
AlphaOption = Annotated[
    list[str] | None, typer.Option("--alpha", metavar="A", help="Initialisation scale, 1e-1000 too; repeatable.")
]
ConventionOption = Annotated[str, typer.Option("--convention", metavar="C", help="Start: paper or slides.")]
MethodsOption = Annotated[
    str | None, typer.Option("--methods", metavar="LIST", help="Some of pf,agf,corrected,gf, comma-separated.")
]


@dataclass(frozen=True)
class _Source:
    option: str
    value: str | None


def diagonal_problem(
    *, data: str | None, target: str | None, dataset: str | None, problem: str | None, standardize: bool
) -> DiagonalNetwork:
    """The problem that the options name.

    Raises
    ------
    InputError
        If none or several of ``--data``, ``--dataset`` and ``--problem`` are given, or the data are no problem.
    """
    sources = [_Source("--data", data), _Source("--dataset", dataset), _Source("--problem", problem)]
    given = [source for source in sources if source.value is not None]
    if len(given) != 1:
        found = " and ".join(source.option for source in given) or "none of them"
        raise InputError(f"exactly one of --data FILE, --dataset NAME and --problem NAME is required, got {found}")
    if data is not None:
        return _from_file(data, target, standardize)
    from agf_theory.problems import DiagonalNetwork

    if dataset is not None:
        return DiagonalNetwork.from_dataset(dataset, target=target, standardize=standardize)
    assert problem is not None, "one source is given"
    if target is not None:
        raise InputError(f"--target goes with --data or --dataset, got it with --problem {problem}")
    return _from_zoo(problem, standardize)


def _from_file(data: str, target: str | None, standardize: bool) -> DiagonalNetwork:
    from agf_theory.problems import DiagonalNetwork

    ending = Path(data).suffix.lower()
    if ending == ".npz":
        return DiagonalNetwork.from_npz(data, target="y" if target is None else target, standardize=standardize)
    if ending == ".csv":
        if target is None:
            raise InputError(f"--data {data}: --target NAME is required, the column to predict")
        return DiagonalNetwork.from_csv(data, target, standardize=standardize)
    raise InputError(f"--data must be a .csv or .npz file, got {data!r}")


def _from_zoo(name: str, standardize: bool) -> DiagonalNetwork:
    from agf_theory.problems import DiagonalNetwork, zoo

    problem = zoo.get(name, DiagonalNetwork)
    if not standardize:
        return problem
    rows, targets = problem.rational_X.tolist(), [row[0] for row in problem.rational_y.tolist()]
    return DiagonalNetwork(
        rows,
        targets,
        names=problem.names,
        title=problem.title,
        standardize=True,
        source=f"{problem.source}; standardised".removeprefix("; "),
    )


def init_scales(alphas: Sequence[str] | None) -> tuple[InitScale, ...]:
    """The scales in the order given, repeated ones once.

    Raises
    ------
    InputError
        If a text is no number between zero and one.
    """
    from agf_theory.problems import InitScale

    return tuple(dict.fromkeys(InitScale(alpha) for alpha in alphas or ()))


def require_convention(name: str) -> str:
    """The name itself.

    Raises
    ------
    UnknownName
        If no convention has this name.
    """
    if name not in CONVENTIONS:
        raise UnknownName(f"--convention must be one of {', '.join(CONVENTIONS)}, got {name!r}")
    return name
