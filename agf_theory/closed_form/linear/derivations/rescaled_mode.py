"""LIN-14: an aligned mode of commuting moments jumps at 1/sigma, whatever it takes off the loss."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Integer, Limit, Matrix, Subs, Symbol, exp, oo, symbols

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import rescaled_mode
from agf_theory.closed_form.obligations import LimitValue, Rewriting

__all__ = ["lin_14"]

_EXPONENTIALS = Rewriting(("evaluation", "exponentials", "powers"))


def lin_14(rescaled_mode_strength: Callable[[], Expr] = rescaled_mode.rescaled_mode_strength) -> Derivation:
    """An aligned mode jumps at 1/sigma_k on the rescaled clock."""
    strength, final = rescaled_mode_strength(), sym.sigma_k / sym.variance
    beyond = Symbol("r", positive=True)
    steps = (
        *_apart(),
        Step(
            "Strength along the flow",
            equal(
                Derivative(strength, sym.tau),
                sym.log_inverse * 2 * strength * (sym.sigma_k - sym.variance * strength),
            ),
            "s = a^2, so that s' = 2 a a'; the clock runs L times slower.",
            _EXPONENTIALS,
        ),
        Step(
            "Strength at the start",
            equal(Subs(strength, sym.tau, 0), exp(-2 * sym.log_inverse)),
            "Both layers start at epsilon.",
            _EXPONENTIALS,
        ),
        Step(
            "Before 1/sigma the mode is dormant",
            equal(Limit(strength.subs(sym.tau, 1 / (sym.sigma_k * (1 + beyond))), sym.log_inverse, oo), 0),
            "Any time before is 1/(sigma (1 + r)), r > 0.",
            LimitValue(("evaluation", "common denominator")),
        ),
        Step(
            "After 1/sigma the mode is learned",
            equal(Limit(strength.subs(sym.tau, (1 + beyond) / sym.sigma_k), sym.log_inverse, oo), final),
            "Any time after is (1 + r)/sigma.",
            LimitValue(("evaluation", "common denominator")),
        ),
    )
    return Derivation("LIN-14", "An aligned mode of commuting moments jumps at 1/sigma.", steps, "this project")


def _apart() -> list[Step]:
    """A' = R W^T where A = W is diagonal: balanced, aligned with the two modes, hidden directions orthogonal."""
    A, W = (Matrix(2, 2, symbols(f"{name}_1:3(1:3)", real=True)) for name in "aw")
    own, other, other_sigma, other_variance = symbols("a, b, sigma_2, Lambda_2", positive=True)
    residual = Matrix.diag(sym.sigma_k, other_sigma) - A * W * Matrix.diag(sym.variance, other_variance)
    velocity = residual * W.T
    here = {A[0, 0]: own, W[0, 0]: own, A[1, 1]: other, W[1, 1]: other, A[0, 1]: 0, A[1, 0]: 0, W[0, 1]: 0, W[1, 0]: 0}
    at = tuple(here), tuple(here.values())
    return [
        Step(
            "An aligned mode pulls on itself alone",
            equal(Subs(velocity[0, 1], *at), Integer(0)),
            "With two modes of commuting moments in their own bases the residual of diagonal weights is diagonal.",
            Rewriting(),
        ),
        Step(
            "How an aligned mode grows",
            equal(Subs(velocity[0, 0], *at), own * (sym.sigma_k - sym.variance * own**2)),
            "Nothing of the other mode is in it.",
            Rewriting(),
        ),
    ]
