"""What closed forms and flow say of one neuron, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agf_theory.errors import HypothesisNotMet

if TYPE_CHECKING:
    from agf_theory.closed_form.neuron import NeuronPrediction
    from agf_theory.numeric.neuron import NeuronTrajectory
    from agf_theory.problems import SingleNeuron

__all__ = ["NeuronRun", "run_of"]

_TOLERANCE = 1e-9  # of the flow: a table shows six digits


@dataclass(frozen=True)
class NeuronRun:
    """A neuron, predicted and integrated.

    Attributes
    ----------
    problem : SingleNeuron
    flow : NeuronTrajectory
    prediction : NeuronPrediction or None
        None where the closed forms do not hold.
    absent : str
        Why they do not; empty where they do.
    half_time_flow, kernel_change_flow : float or None
        Read off the flow.
    """

    problem: SingleNeuron
    flow: NeuronTrajectory
    prediction: NeuronPrediction | None
    absent: str
    half_time_flow: float | None
    kernel_change_flow: float | None

    @property
    def chi(self) -> float | None:
        """What decides the end."""
        return self.prediction.chi if self.prediction else None

    @property
    def end(self) -> str | None:
        """Sign of the outer weight at the goal, or the saddle where the goal is not reached."""
        return {1: "+", -1: "−", 0: "saddle"}[self.prediction.end_sign] if self.prediction else None

    @property
    def half_time(self) -> float | None:
        """Exact."""
        return self.prediction.half_time() if self.prediction else None

    @property
    def half_time_asymptotic(self) -> float | None:
        """To leading order in its regime."""
        return self.prediction.asymptotic_half_time() if self.prediction else None

    @property
    def map_norm_end(self) -> float:
        """Norm of the map where the flow rests."""
        import numpy as np

        return float(np.linalg.norm(self.flow.maps[-1]))

    @property
    def kernel_change(self) -> float | None:
        """By the end states."""
        return self.prediction.kernel_change() if self.prediction else None

    @property
    def regime(self) -> str | None:
        """Lazy, rich, delayed rich, between them, or a saddle."""
        return self.prediction.regime if self.prediction else None


def run_of(problem: SingleNeuron) -> NeuronRun:
    """Predict and integrate; where the closed forms do not hold, the flow stands alone.

    Raises
    ------
    IntegrationFailed
        If the flow cannot be integrated.
    """
    from agf_theory.closed_form.neuron import NeuronPrediction
    from agf_theory.numeric.neuron import gradient_flow, half_time, kernel_change

    prediction, absent = None, ""
    try:
        prediction = NeuronPrediction.of(problem)
    except HypothesisNotMet as error:
        absent = str(error)
    flow = gradient_flow(problem, tolerance=_TOLERANCE)
    return NeuronRun(problem, flow, prediction, absent, half_time(problem, flow), kernel_change(problem, flow))
