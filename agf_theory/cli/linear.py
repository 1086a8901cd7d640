"""Fully connected linear networks on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from agf_theory.cli.jump_panels import JumpPanels
from agf_theory.cli.lists import column_names, require_csv
from agf_theory.cli.methods import Method, Request
from agf_theory.cli.problem_options import (
    DatasetOption,
    ProblemOption,
    SeedOption,
    StandardizeOption,
    require_one_source,
)
from agf_theory.cli.system import TABLE_ONLY, Options, System
from agf_theory.errors import InputError, IntegrationFailed, UndecidedError

if TYPE_CHECKING:
    from agf_theory.figures import Symbols
    from agf_theory.numeric.accumulated_utilities import AccumulatedUtilities
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.numeric.trajectory import Trajectory
    from agf_theory.problems import InitScale, LinearNetwork

__all__ = ["METHODS", "SYSTEM"]

DataOption = Annotated[str | None, typer.Option("--data", metavar="FILE", help="Your data: .csv.")]
TargetsOption = Annotated[
    str | None, typer.Option("--targets", metavar="LIST", help="Columns to predict, comma-separated.")
]
WidthOption = Annotated[
    int | None,
    typer.Option("--width", metavar="H", help="Hidden neurons; by default as many as a full-rank map needs."),
]
ExactOption = Annotated[
    bool,
    typer.Option("--exact", help="Rationals for limit and recursion, rigorous balls where irrational."),
    TABLE_ONLY,
]
VerdictOption = Annotated[
    bool,
    typer.Option("--verdict", help="Put the recursion to the test of gradient flow; takes half a minute."),
    TABLE_ONLY,
]


@dataclass(frozen=True)
class LinearOptions(Options):
    """Where the problem comes from, its width, and how its start and its numbers are meant."""

    data: DataOption = None
    targets: TargetsOption = None
    dataset: DatasetOption = None
    problem: ProblemOption = None
    width: WidthOption = None
    standardize: StandardizeOption = False
    seed: SeedOption = 0
    exact: ExactOption = False
    verdict: VerdictOption = False

    def require_consistent(self, methods: str | None) -> None:
        """Raise `InputError` if a verdict is asked for, and not the recursion it is about."""
        if self.verdict and methods is not None and "recursion" not in map(str.strip, methods.split(",")):
            raise InputError(f"--verdict is about the recursion: add it to --methods, got {methods!r:.60}")

    def request(self) -> Request:
        """The problem, with the settings of the methods."""
        settings = {"seed": self.seed, "exact": self.exact, "verdict": self.verdict}
        return Request(_problem(self), settings, standardized=self.standardize)


def _limit(request: Request, _: InitScale | None) -> SaddleSequence:
    return _limiting(request, "blocks")


def _recursion(request: Request, _: InitScale | None) -> SaddleSequence:
    found = _limiting(request, "recursion")
    return replace(found, notes=(*found.notes, _verdict(request.problem))) if request.settings["verdict"] else found


def _verdict(problem: LinearNetwork) -> str:
    """What the slopes of gradient flow between tiny scales say of the recursion, in one note."""
    from agf_theory.numeric import linear

    try:
        found = linear.examine_conjecture(problem)
    except (IntegrationFailed, UndecidedError) as error:
        return f"put to the test of gradient flow: no verdict: {error}"
    wanted = f"; it takes log(1/α) = {found.wanted:.3g} or more, at a guess" if found.wanted else ""
    return f"put to the test of gradient flow: {found.verdict}: {found.reason}{wanted}"


def _limiting(request: Request, rule: Any) -> SaddleSequence:
    """In floats; where exact numbers are asked for in fractions, or if some are irrational, in balls."""
    from agf_theory.numeric import linear

    if not request.settings["exact"]:
        return linear.limiting_sequence(request.problem, rule=rule)
    try:
        return linear.limiting_sequence(request.problem, rule=rule, arithmetic="exact")
    except UndecidedError:
        return linear.limiting_sequence(request.problem, rule=rule, arithmetic="ball")


def _greedy(request: Request, _: InitScale | None) -> SaddleSequence:
    from agf_theory.numeric import linear

    return linear.greedy_low_rank(request.problem)


def _agf(request: Request, scale: InitScale) -> SaddleSequence:
    from agf_theory.numeric import linear

    return linear.alternating_gradient_flows(request.problem, scale, seed=request.settings["seed"])


def _refined(request: Request, scale: InitScale) -> SaddleSequence:
    from agf_theory.numeric import linear

    return linear.refined_sequence(request.problem, scale, seed=request.settings["seed"])


def _flow(request: Request, scale: InitScale) -> Trajectory:
    from agf_theory.numeric import linear

    return linear.gradient_flow(request.problem, scale, seed=request.settings["seed"])


METHODS: Final[dict[str, Method]] = {
    "limit": Method("limiting sequence, α → 0, of each block of modes; merged in time", False, _limit),
    "recursion": Method("closed form for the whole, conjectured (Kunin et al. 2025)", False, _recursion),
    "glrl": Method("greedy low-rank learning: which saddles in which order, not when", False, _greedy),
    "agf": Method("alternating gradient flows at α (Algorithm 1) on effective neurons", True, _agf),
    "refined": Method("jump times with their O(1) terms, commuting moments (result of this project)", True, _refined),
    "gf": Method("gradient flow at α, integrated; times by extrapolation", True, _flow),
}


def _facts(problem: LinearNetwork) -> Mapping[str, Any]:
    return {"c": problem.c, "d": problem.d, "H": problem.width, "rank": problem.rank}


def _names(problem: LinearNetwork) -> tuple[str, ...]:
    from agf_theory.numeric.linear import Modes

    return Modes.of(problem).names


def _in_table(problem: LinearNetwork, result: Any) -> Any:
    from agf_theory.numeric.linear import by_modes

    return by_modes(problem, result)


def _in_figure(problem: LinearNetwork, result: Any) -> Any:
    from agf_theory.numeric.linear import by_singular_values

    return by_singular_values(problem, result)


def _symbols() -> Symbols:
    from agf_theory.figures import Symbols

    return Symbols(loss=r"loss $\mathcal{L}(A,W)$", coefficient=r"singular values of $AW$")


def _limiting_utilities(problem: LinearNetwork, limit: SaddleSequence) -> AccumulatedUtilities:
    from agf_theory.numeric import linear

    return linear.limiting_utilities(problem, limit)


def _flow_utilities(_: Request, flow: Trajectory, __: InitScale) -> AccumulatedUtilities:
    from agf_theory.numeric import linear

    return linear.flow_utilities(flow)


SYSTEM: Final = System(
    title="two-layer linear network",
    options=LinearOptions,
    methods=METHODS,
    limit="limit",
    rivals=("recursion",),
    drawn="limit,recursion,gf",
    facts=_facts,
    names=_names,
    symbols=_symbols,
    about_table="""Fully connected linear networks: one row a jump, one column a method.

    limit: true limit by blocks. recursion: published closed form. glrl: greedy low-rank learning, no times.
    agf: alternating gradient flows. refined: O(1) terms, commuting moments. gf: gradient flow.
    Without --alpha: the first three.
    Modes μ1, μ2, ... are numbered by what they take off the loss.
    """,
    about_plot="""Fully connected linear networks: panels over time above one another, 8.5 cm wide.

    The limit's staircase is always drawn, the recursion's in dashes where it differs; each --alpha adds the flow (gf).
    --show: loss, singular values of the map, loss in excess of its last level, accumulated utilities of effective
    neurons up to the threshold.
    """,
    panels=JumpPanels(
        names={"loss": "loss", "singular-values": "coefficients", "excess": "excess", "utilities": "utilities"},
        limiting_utilities=_limiting_utilities,
        flow_utilities=_flow_utilities,
    ),
    in_table=_in_table,
    in_figure=_in_figure,
)


def _problem(options: LinearOptions) -> LinearNetwork:
    from agf_theory.problems import LinearNetwork, zoo

    data, targets, dataset, problem = options.data, options.targets, options.dataset, options.problem
    require_one_source({"--data FILE": data, "--dataset NAME": dataset, "--problem NAME": problem})
    width, standardize = options.width, options.standardize
    if data is not None:
        return LinearNetwork.from_csv(data, _columns(data, targets), width=width, standardize=standardize)
    if targets is not None:
        raise InputError("--targets goes with --data; a data set or a problem of the zoo has its own")
    if dataset is not None:
        return LinearNetwork.from_dataset(dataset, width=width, standardize=standardize)
    assert problem is not None, "one source is given"
    if standardize:
        raise InputError(f"--standardize goes with --data or --dataset, got it with --problem {problem}")
    found = zoo.get(problem, LinearNetwork)
    return found if width is None else found.with_width(width)


def _columns(data: str, targets: str | None) -> list[str]:
    require_csv(data)
    if targets is None:
        raise InputError(f"--data {data}: --targets LIST is required, the columns to predict")
    return column_names(targets, "--targets")
