r"""The dual flow: hyperbolic coordinates in which only log(1/α) enters.

With η = log(1/α) and s = φ/η the flow is

.. math:: \dot s = b - G\beta(s),\qquad
          \beta_i = \operatorname{sign}(s_i)\,\tfrac12\bigl(e^{2\eta(|s_i|-1)} - e^{-2\eta(|s_i|+1)}\bigr)

in the paper's convention (¼ for ½ in the slides'): nothing overflows or underflows for a spurious reason, whatever α.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import UnknownName

__all__ = ["CONVENTIONS", "DualFlow", "amplitude"]

Array = NDArray[np.float64]
CONVENTIONS = {"paper": 0.5, "slides": 0.25}

# A trial step of an implicit method may overshoot |s| = 1 by far; the true coefficients never come near exp(60) times
# the amplitude, and the cap keeps the rejected trial finite so that the error estimate, not a NaN, rejects it.
EXPONENT_CAP = 60.0


def amplitude(convention: str) -> float:
    """The factor before the exponentials: ½ for the paper's initialisation (√2 α, 0), ¼ for the slides' (α, 0)."""
    if convention not in CONVENTIONS:
        raise UnknownName(f"convention must be one of {', '.join(CONVENTIONS)}, got {convention!r}")
    return CONVENTIONS[convention]


@dataclass(frozen=True)
class DualFlow:
    """Right-hand side, Jacobian and observables of the dual flow.

    Attributes
    ----------
    gram, linear, constant : (d, d), (d,), scalar
        The loss is ½βᵀGβ − bᵀβ + ½c.
    log_inverse : float
        η = log(1/α).
    amplitude : float
        ½ or ¼, by the convention.
    """

    gram: Array
    linear: Array
    constant: float
    log_inverse: float
    amplitude: float

    def coefficients(self, dual: Array) -> Array:
        """β(s); any leading shape."""
        size = np.abs(dual)
        grown = np.exp(np.minimum(2 * self.log_inverse * (size - 1), EXPONENT_CAP))
        return np.asarray(np.sign(dual) * self.amplitude * grown * -np.expm1(-4 * self.log_inverse * size))

    def sensitivity(self, dual: Array) -> Array:
        """dβ_i/ds_i."""
        size = np.abs(dual)
        grown = np.exp(np.minimum(2 * self.log_inverse * (size - 1), EXPONENT_CAP))
        slope = 2 * self.log_inverse * self.amplitude * grown * (1 + np.exp(-4 * self.log_inverse * size))
        return np.asarray(slope)

    def gradient(self, dual: Array) -> Array:
        """∇L(β(s)) = Gβ − b; any leading shape."""
        return np.asarray(self.coefficients(dual) @ self.gram - self.linear)

    def velocity(self, _time: float, dual: Array) -> Array:
        """ds/dt."""
        return np.asarray(self.linear - self.gram @ self.coefficients(dual))

    def jacobian(self, _time: float, dual: Array) -> Array:
        """d(ds/dt)/ds = −G diag(dβ/ds)."""
        return np.asarray(-self.gram * self.sensitivity(dual))

    def loss(self, dual: Array) -> Array:
        """Loss; any leading shape."""
        coefficients = self.coefficients(dual)
        return np.asarray(
            ((coefficients @ self.gram) * coefficients).sum(-1) / 2 - coefficients @ self.linear + self.constant / 2
        )

    def speed(self, dual: Array) -> Array:
        """Σ √G_ii |dβ_i/dt|: large at jumps, exponentially small on plateaus, whatever the scales of the columns."""
        moving = np.abs(self.gradient(dual)) * self.sensitivity(dual)
        return np.asarray((np.sqrt(np.diag(self.gram)) * moving).sum(-1))
