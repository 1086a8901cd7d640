"""Diagonal linear networks on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from agf_theory.cli.diagonal_panels import PANELS
from agf_theory.cli.methods import Method, Request
from agf_theory.cli.problem_options import (
    DatasetOption,
    ProblemOption,
    StandardizeOption,
    require_one_source,
)
from agf_theory.cli.system import FIGURE_ONLY, TABLE_ONLY, Options, System
from agf_theory.errors import InputError, UnknownName

if TYPE_CHECKING:
    from agf_theory.figures import Symbols
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.numeric.trajectory import Trajectory
    from agf_theory.problems import DiagonalNetwork, InitScale

__all__ = ["METHODS", "SYSTEM"]

CONVENTIONS = ("paper", "slides")

DataOption = Annotated[str | None, typer.Option("--data", metavar="FILE", help="Your data: .csv or .npz.")]
TargetOption = Annotated[str | None, typer.Option("--target", metavar="NAME", help="Column (or array) to predict.")]
ConventionOption = Annotated[str, typer.Option("--convention", metavar="C", help="Start: paper or slides.")]
ExactOption = Annotated[bool, typer.Option("--exact", help="Rationals for pf, rigorous balls for agf."), TABLE_ONLY]
CoefficientsOption = Annotated[
    str | None, typer.Option("--coefficients", metavar="NAME,NAME", help="The two of --show phase."), FIGURE_ONLY
]


@dataclass(frozen=True)
class DiagonalOptions(Options):
    """Where the problem comes from, and how its start and its numbers are meant."""

    data: DataOption = None
    target: TargetOption = None
    dataset: DatasetOption = None
    problem: ProblemOption = None
    standardize: StandardizeOption = False
    convention: ConventionOption = "paper"
    exact: ExactOption = False
    coefficients: CoefficientsOption = None

    def require_consistent(self, _: str | None) -> None:
        """Raise `UnknownName` unless the convention is known."""
        if self.convention not in CONVENTIONS:
            raise UnknownName(f"--convention must be one of {', '.join(CONVENTIONS)}, got {self.convention!r}")

    def require_shown(self, panels: Sequence[str]) -> None:
        """Raise `InputError` if coefficients are named for a phase portrait that is not shown."""
        if self.coefficients is not None and "phase" not in panels:
            raise InputError("--coefficients names the two of a phase portrait: add --show phase")

    def request(self) -> Request:
        """The problem, with the settings of the methods."""
        settings = {"convention": self.convention, "exact": self.exact}
        return Request(_problem(self), settings, standardized=self.standardize)


def _limit(request: Request, _: InitScale | None) -> SaddleSequence:
    from agf_theory.numeric import diagonal

    return diagonal.pesme_flammarion(request.problem, arithmetic="exact" if request.settings["exact"] else "automatic")


def _agf(request: Request, scale: InitScale) -> SaddleSequence:
    from agf_theory.numeric import diagonal

    arithmetic: Any = "ball" if request.settings["exact"] else "float"
    return diagonal.alternating_gradient_flows(
        request.problem, scale, convention=request.settings["convention"], arithmetic=arithmetic
    )


def _corrected(request: Request, scale: InitScale) -> SaddleSequence:
    from agf_theory.numeric import diagonal

    return diagonal.corrected_sequence(request.problem, scale, convention=request.settings["convention"])


def _flow(request: Request, scale: InitScale) -> Trajectory:
    from agf_theory.numeric import diagonal

    return diagonal.gradient_flow(request.problem, scale, convention=request.settings["convention"])


def _symbols() -> Symbols:
    from agf_theory.figures import Symbols

    return Symbols(loss=r"loss $\mathcal{L}(\beta)$", coefficient=r"coefficients $\beta_i$")


METHODS: Final[dict[str, Method]] = {
    "pf": Method("limiting sequence, α → 0 (Pesme and Flammarion 2023)", False, _limit),
    "agf": Method("alternating gradient flows at α (Algorithm 1)", True, _agf),
    "corrected": Method("jump times to all orders in 1/log(1/α) (result of this project)", True, _corrected),
    "gf": Method("gradient flow at α, integrated; times by extrapolation", True, _flow),
}

SYSTEM: Final = System(
    title="diagonal linear network",
    options=DiagonalOptions,
    methods=METHODS,
    limit="pf",
    drawn="pf,corrected,gf",
    facts=lambda problem: {"n": problem.n, "d": problem.d},
    names=lambda problem: problem.names,
    symbols=_symbols,
    about_table="""Diagonal linear networks: one row a jump, one column a method.

    pf: limiting sequence. agf: alternating gradient flows. corrected: all orders in 1/log(1/alpha). gf: gradient flow.
    Without --alpha: pf alone.
    """,
    about_plot="""Diagonal linear networks: panels over time above one another, 8.5 cm wide.

    The limit's staircase is always drawn; each --alpha adds the flow (gf) and the jumps predicted (corrected, agf).
    --show: loss, coefficients, loss in excess of its last level, accumulated utilities up to the threshold, phase
    portrait of two coefficients.
    """,
    panels=PANELS,
)


def _problem(options: DiagonalOptions) -> DiagonalNetwork:
    data, target, dataset, problem = options.data, options.target, options.dataset, options.problem
    require_one_source({"--data FILE": data, "--dataset NAME": dataset, "--problem NAME": problem})
    standardize = options.standardize
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
