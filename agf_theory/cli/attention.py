"""Linear attention that learns regression in context, on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from agf_theory.cli.covariance_options import CovarianceOptions
from agf_theory.cli.methods import Method, Request
from agf_theory.cli.problem_options import SeedOption
from agf_theory.cli.system import TABLE_ONLY, System
from agf_theory.errors import HypothesisNotMet, UndecidedError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from agf_theory.figures import Symbols
    from agf_theory.numeric.attention import AttentionSequence, AttentionTrajectory
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.numeric.trajectory import Trajectory
    from agf_theory.problems import InitScale, LinearAttention
    from agf_theory.tables import Particulars

__all__ = ["METHODS", "SYSTEM"]

ExactOption = Annotated[
    bool,
    typer.Option("--exact", help="Levels in fractions, in balls where eigenvalues are irrational."),
    TABLE_ONLY,
]


@dataclass(frozen=True)
class AttentionOptions(CovarianceOptions):
    """The covariance, the context and the heads, and how the start and the numbers are meant."""

    seed: SeedOption = 0
    exact: ExactOption = False

    def request(self) -> Request:
        """The problem, with the settings of the methods."""
        return Request(self.read(), {"seed": self.seed, "exact": self.exact}, standardized=self.standardize)


@lru_cache(maxsize=1)
def _sequence(problem: LinearAttention, seed: int) -> AttentionSequence:
    """The limiting sequence, computed once for the jumps, their bounds and the heads that win."""
    from agf_theory.numeric import attention

    return attention.limiting_sequence(problem, seed=seed)


def _limit(request: Request, _: InitScale | None) -> SaddleSequence:
    from agf_theory.numeric import attention

    found = _sequence(request.problem, request.settings["seed"])
    return attention.with_exact_levels(request.problem, found) if request.settings["exact"] else found


def _bound(request: Request, _: InitScale | None) -> SaddleSequence:
    from agf_theory.numeric import attention

    problem, seed = request.problem, request.settings["seed"]
    return attention.activation_bounds(problem, seed=seed, sequence=_sequence(problem, seed))


def _agf(request: Request, scale: InitScale) -> SaddleSequence:
    from agf_theory.numeric import attention

    return attention.alternating_gradient_flows(request.problem, scale, seed=request.settings["seed"])


def _flow(request: Request, scale: InitScale) -> Trajectory:
    from agf_theory.numeric import attention

    return attention.gradient_flow(request.problem, scale, seed=request.settings["seed"])


METHODS: Final[dict[str, Method]] = {
    "limit": Method("limiting sequence, α → 0: blow-up times of dormant heads, state carried", False, _limit),
    "bound": Method("lower bound on these times, of an aligned and balanced head", False, _bound),
    "agf": Method("alternating gradient flows at α (Algorithm 1)", True, _agf),
    "gf": Method("gradient flow at α, integrated", True, _flow),
}


def _facts(problem: LinearAttention) -> Mapping[str, Any]:
    return {
        "D": problem.D,
        "N": problem.N,
        "H": problem.heads,
        "rank": problem.rank,
        "normalisation": problem.normalisation,
    }


def _names(problem: LinearAttention) -> tuple[str, ...]:
    from agf_theory.numeric.attention import component_names

    return component_names(problem)


def _particulars(request: Request) -> Particulars:
    from agf_theory.numeric import attention
    from agf_theory.tables import Column, Particulars

    problem: LinearAttention = request.problem
    found = attention.components(problem, arithmetic="ball" if _irrational(request) else "automatic")
    heads = _winners(request)
    columns = (
        Column("eigenvalue", "λ", "eigenvalue of the covariance", tuple(each.eigenvalue for each in found)),
        Column("utility", "utility", "the greatest at v² + ‖k‖² + ‖q‖² = 1", tuple(each.utility for each in found)),
        Column("strength", "A", "singular value of the best M = Σᵢ vᵢkᵢqᵢᵀ", tuple(each.strength for each in found)),
        Column("level", "level", "the least loss of as many heads", tuple(each.level for each in found)),
        Column(
            "head",
            "head",
            "the one, counted from 1, that limit says learns it",
            tuple(heads.get(j) for j in range(len(found))),
        ),
    )
    return Particulars("component", attention.component_names(problem), columns)


def _irrational(request: Request) -> bool:
    return bool(request.settings["exact"]) and request.problem.rational_eigenvalues is None


def _winners(request: Request) -> Mapping[int, int | str]:
    """The head that carries each component, by the limiting sequence; what it cannot say is left out."""
    try:
        found: Any = _limit(request, None)
    except (HypothesisNotMet, UndecidedError):
        return {}
    return {
        j: heads[0] + 1 if len(heads) == 1 else ", ".join(str(head + 1) for head in heads)
        for event, heads in zip(found.events, found.winners, strict=True)
        for j in event.entered
    }


def _symbols() -> Symbols:
    from agf_theory.figures import Symbols

    return Symbols(loss=r"loss $\mathcal{L}$", coefficient=r"singular values of $\sum v_ik_iq_i^\top$")


def _flow_figure(
    problem: LinearAttention, scale: InitScale, flow: AttentionTrajectory, predictions: Mapping[str, SaddleSequence]
) -> Figure:
    from agf_theory import figures

    return figures.attention_figure(figures.AttentionContent.of(problem, scale, flow, predictions))


SYSTEM: Final = System(
    title="linear attention",
    options=AttentionOptions,
    methods=METHODS,
    limit="limit",
    drawn="limit,bound,gf",
    facts=_facts,
    names=_names,
    symbols=_symbols,
    about_table="""Linear attention: what is known of each principal component, then one row a jump, a column a method.

    limit: blow-up times of dormant heads, the limit of small scales. bound: lower bound. agf: alternating gradient
    flows. gf: gradient flow. Without --alpha: the first two.
    """,
    about_plot="""Linear attention: with --alpha loss and singular values over time, norms and shares of the heads,
    17.8 cm wide.

    The flow (gf) is always integrated, and --methods says which predictions go with it. Without --alpha: the staircase
    of the limit, 8.5 cm wide.
    """,
    particulars=_particulars,
    flow_figure=_flow_figure,
)
