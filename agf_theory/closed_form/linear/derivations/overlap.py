"""LIN-07: the mean of the logarithm of the overlap."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Integral, Rational, Subs, Symbol, digamma, exp, gamma, log, oo

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import overlap
from agf_theory.closed_form.obligations import Rewriting

__all__ = ["lin_07"]

_S = Symbol("s", positive=True)
_RADIUS = Symbol("r", positive=True)


def lin_07(mean: Callable[[], Expr] = overlap.mean_log_inverse_overlap) -> Derivation:
    """By a normal vector: its direction is uniform, and its projection on m dimensions a normal vector again."""
    m, n = sym.multiplicity, sym.dimension
    moment = 2**_S * gamma(m / 2 + _S) / gamma(m / 2)
    radial = Integral(_RADIUS ** (m - 1 + 2 * _S) * exp(-(_RADIUS**2) / 2), (_RADIUS, 0, oo))
    logarithm = Subs(Derivative(moment, _S), _S, 0)
    beta = gamma(m / 2 + _S) * gamma(n / 2) / (gamma(m / 2) * gamma(n / 2 + _S))
    steps = (
        Step(
            "Moments of the length of a normal vector",
            equal(radial, 2 ** (m / 2 - 1) * gamma(m / 2) * moment),
            "Density r**(m - 1)*exp(-r**2/2) up to its integral, which is the right side at s = 0.",
            Rewriting(("evaluation", "powers", "gamma functions")),
        ),
        Step(
            "Mean logarithm of its squared length",
            equal(logarithm, log(2) + digamma(m / 2)),
            "The derivative of the moments at s = 0.",
            Rewriting(),
        ),
        Step(
            "Mean logarithm of the overlap",
            equal(2 * mean(), logarithm.subs(m, n) - logarithm),
            "g = |g|*direction: log|projection of the direction| = log|projection of g| - log|g|.",
            Rewriting(),
        ),
        Step(
            "The same from the Beta integral",
            equal(-Rational(1, 2) * Subs(Derivative(beta, _S), _S, 0), mean()),
            "The squared overlap has the law Beta(m/2, (n - m)/2), whose moments are these.",
            Rewriting(),
        ),
    )
    return Derivation("LIN-07", "Mean of log(1/overlap) of a random neuron.", steps, "this project")
