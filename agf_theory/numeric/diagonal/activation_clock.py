r"""The clock of a dormant neuron: hyperbolic angle, threshold and jump time, in floats or balls.

A neuron (u_i, v_i) with conserved u² − v² = 2α² (α² in the slides' convention) has norm ‖θ‖² = 2α² cosh ω with ω = 2φ
its *angle*; with a frozen residual ω moves at the rate −2η∂_iL of the rescaled clock. Activation, ‖θ‖ = 1, is
|ω| = arccosh(1/2α²).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from flint import arb

from agf_theory.errors import HypothesisNotMet
from agf_theory.numeric.diagonal.dual_flow import amplitude
from agf_theory.problems import InitScale

__all__ = ["ActivationClock"]


@dataclass(frozen=True)
class ActivationClock:
    """Constants of the clock, as floats or as balls.

    Attributes
    ----------
    log_inverse : scalar
        η = log(1/α): one unit of the rescaled clock is η units of flow time.
    threshold : scalar
        Angle at which the norm is one.
    """

    log_inverse: Any
    threshold: Any

    @classmethod
    def of(cls, init_scale: InitScale, *, convention: str, balls: bool) -> ActivationClock:
        """The clock of an initialisation scale.

        Raises
        ------
        HypothesisNotMet
            If the neurons start with norm one or more: α > 1/√2 in the paper's convention.
        """
        # (u² − v²)/α²: β = amplitude·α²·2 sinh ω, and u² − v² = 4·amplitude·α²
        conserved = int(4 * amplitude(convention))
        if balls:
            log_inverse = init_scale.log_inverse_ball()
            ratio = (2 * log_inverse).exp() / conserved
            if not ratio > 1:
                raise _starts_active(init_scale, convention)
            return cls(log_inverse, ratio.acosh())
        log_ratio = 2 * init_scale.log_inverse - math.log(conserved)
        if not log_ratio > 0:
            raise _starts_active(init_scale, convention)
        # arccosh(z) = log z + log(1 + sqrt(1 − z⁻²)), with z = exp(log_ratio) never formed
        return cls(init_scale.log_inverse, log_ratio + math.log1p(math.sqrt(-math.expm1(-2 * log_ratio))))

    def jump_time(self, *, gradient: Any, angle: Any) -> Any:
        r"""Time until a dormant neuron activates: :math:`(\operatorname{arccosh}(1/2α^2) - c)/(4\eta\hat U_*)`.

        Parameters
        ----------
        gradient : non-zero scalar
            ∂_iL, frozen; :math:`\hat U_* = |\partial_iL|/2`.
        angle : scalar
            ω now; c = |ω| if the neuron grows from the start and −|ω| if it first shrinks through zero.
        """
        utility = abs(gradient) / 2
        towards = -angle if gradient > 0 else angle
        return (self.threshold - towards) / (4 * self.log_inverse * utility)

    def moved(self, angle: Any, *, gradient: Any, duration: Any) -> Any:
        """The angle after a duration at a frozen gradient."""
        return angle - 2 * self.log_inverse * gradient * duration

    def accumulated_utility(self, angle: Any) -> Any:
        """S with ‖θ‖ = ‖θ(0)‖ exp(ηS), for a neuron that started at angle zero: log(cosh ω)/(2η)."""
        if isinstance(angle, arb):
            return angle.cosh().log() / (2 * self.log_inverse)
        size = abs(angle)
        return (size + math.log1p(math.exp(-2 * size)) - math.log(2)) / (2 * self.log_inverse)


def _starts_active(init_scale: InitScale, convention: str) -> HypothesisNotMet:
    bound = "1/√2" if convention == "paper" else "1"
    return HypothesisNotMet(
        f"alternating gradient flows need neurons of initial norm below one, alpha < {bound} in the {convention} "
        f"convention, got alpha = {init_scale}"
    )
