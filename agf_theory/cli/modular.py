"""Networks that learn addition modulo p, on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from agf_theory.cli.methods import Method, Request
from agf_theory.cli.problem_options import SeedOption
from agf_theory.cli.system import TABLE_ONLY, System
from agf_theory.cli.template_options import TemplateOptions
from agf_theory.errors import HypothesisNotMet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from agf_theory.figures import Symbols
    from agf_theory.numeric.modular import ModularTrajectory
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.numeric.trajectory import Trajectory
    from agf_theory.problems import InitScale, ModularAddition
    from agf_theory.tables import Particulars

__all__ = ["METHODS", "SYSTEM"]

WidthOption = Annotated[
    int | None,
    typer.Option("--width", metavar="H", help="Neurons; by default as many as fit each frequency with its own."),
]
CentredOption = Annotated[bool, typer.Option("--centred", help="Subtract the template's mean.")]
ExactOption = Annotated[
    bool,
    typer.Option("--exact", help="Rigorous balls for formula, levels in fractions where the spectrum is rational."),
    TABLE_ONLY,
]


@dataclass(frozen=True)
class ModularOptions(TemplateOptions):
    """The template, the width, and how the start and the numbers are meant."""

    width: WidthOption = None
    centred: CentredOption = False
    seed: SeedOption = 0
    exact: ExactOption = False

    def request(self) -> Request:
        """The problem, with the settings of the methods."""
        return Request(self.read(width=self.width, centred=self.centred), {"seed": self.seed, "exact": self.exact})


def _formula(request: Request, _: InitScale | None) -> SaddleSequence:
    from agf_theory.numeric import modular

    arithmetic: Any = "ball" if request.settings["exact"] else "float"
    return modular.activation_times(request.problem, seed=request.settings["seed"], arithmetic=arithmetic)


def _bound(request: Request, _: InitScale | None) -> SaddleSequence:
    from agf_theory.numeric import modular

    return modular.activation_bounds(request.problem, seed=request.settings["seed"])


def _agf(request: Request, scale: InitScale) -> SaddleSequence:
    from agf_theory.numeric import modular

    found = modular.alternating_gradient_flows(request.problem, scale, seed=request.settings["seed"])
    return modular.by_frequency(request.problem, found)


def _flow(request: Request, scale: InitScale) -> Trajectory:
    from agf_theory.numeric import modular

    return modular.gradient_flow(request.problem, scale, seed=request.settings["seed"])


METHODS: Final[dict[str, Method]] = {
    "formula": Method("activation times, α → 0, by blow-up times of dormant neurons", False, _formula),
    "bound": Method("lower bound on these times, of an aligned and balanced neuron", False, _bound),
    "agf": Method("alternating gradient flows at α (Algorithm 1)", True, _agf),
    "gf": Method("gradient flow at α, integrated", True, _flow),
}


def _facts(problem: ModularAddition) -> Mapping[str, Any]:
    return {"p": problem.p, "H": problem.width, "not centred": 0 in problem.classes}


def _names(problem: ModularAddition) -> tuple[str, ...]:
    from agf_theory.numeric.modular import frequency_names

    return frequency_names(problem)


def _particulars(request: Request) -> Particulars:
    from agf_theory.numeric import modular
    from agf_theory.tables import Column, Particulars

    problem: ModularAddition = request.problem
    found = modular.frequencies(problem)
    openers = _openers(request)
    columns = (
        Column("frequency_class", "class", "", tuple(each.kind for each in found)),
        Column(
            "coefficient_modulus", "modulus", "of the coefficient x^, unnormalised", tuple(f.modulus for f in found)
        ),
        Column("energy", "energy", "squared norm of the template's part", tuple(each.energy for each in found)),
        Column(
            "utility",
            "utility",
            "the greatest at ‖u‖² + ‖v‖² + ‖w‖² = 1, mean over pairs",
            tuple(each.utility for each in found),
        ),
        Column(
            "neurons_needed",
            "needs",
            "neurons pure at the frequency for an exact fit",
            tuple(each.neurons for each in found),
        ),
        Column(
            "opened_by",
            "first",
            "the neuron, counted from 1, that formula says is the first there",
            tuple(openers.get(each.k) for each in found),
        ),
    )
    return Particulars("frequency", modular.frequency_names(problem), columns)


def _openers(request: Request) -> Mapping[int, int]:
    from agf_theory.numeric import modular

    try:
        found = modular.opening_neurons(request.problem, seed=request.settings["seed"])
    except HypothesisNotMet:
        return {}
    return {k: row + 1 for k, row in found.items()}


def _symbols() -> Symbols:
    from agf_theory.figures import Symbols

    return Symbols(loss=r"loss $\mathcal{L}$", coefficient=r"output power $\mathbb{E}\|f^{(\xi)}\|^2$")


def _flow_figure(
    problem: ModularAddition, scale: InitScale, flow: ModularTrajectory, predictions: Mapping[str, SaddleSequence]
) -> Figure:
    from agf_theory import figures

    return figures.fourier_figure(figures.FourierContent.of(problem, scale, flow, predictions))


SYSTEM: Final = System(
    title="modular addition",
    options=ModularOptions,
    methods=METHODS,
    limit="formula",
    drawn="formula,bound,gf",
    facts=_facts,
    names=_names,
    symbols=_symbols,
    about_table="""Modular addition: what is known of each frequency, then one row a jump, one column a method.

    formula: exact blow-up times, the limit of small scales. bound: lower bound. agf: alternating gradient flows.
    gf: gradient flow. Without --alpha: the first two.
    """,
    about_plot="""Modular addition: with --alpha output power by frequency over time, outputs, spectra and phases,
    17.8 cm wide.

    The flow (gf) is always integrated, and --methods says which predictions go with it. Without --alpha: the staircase
    of formula, 8.5 cm wide.
    """,
    particulars=_particulars,
    flow_figure=_flow_figure,
)
