"""FRM-02: norm and direction of a dormant neuron."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Matrix, MatrixExpr, MatrixSymbol

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.framework import growth
from agf_theory.closed_form.framework.derivations.general_neuron import (
    FUNCTION,
    NORM,
    POWERS,
    SOURCE,
    THETA,
    along_flow,
    gradient_at_unit_vector,
)
from agf_theory.closed_form.matrices import with_matrices

__all__ = ["frm_02"]


def frm_02(
    norm_growth: Callable[[], Expr] = growth.norm_growth,
    direction_velocity: Callable[[], MatrixExpr] = growth.direction_velocity,
) -> Derivation:
    """Growth of the norm and velocity of the direction, for the general homogeneous function of two coordinates.

    Two stand for all: both velocities lie in the plane of theta and the gradient of the utility, and on this plane the
    utility is a homogeneous function with the same gradient.
    """
    unit_gradient = gradient_at_unit_vector()
    vectors = {
        MatrixSymbol("theta", sym.d, 1): Matrix(THETA),
        MatrixSymbol("nabla_U", sym.d, 1): Matrix(unit_gradient),
    }
    velocity = with_matrices(direction_velocity(), vectors).subs(sym.norm, NORM)
    directions = [
        Step(
            f"Velocity of the direction, component {i}",
            equal(along_flow(x / NORM), velocity[i - 1]),
            "Chain rule; then the gradient is scaled back to the unit vector.",
            POWERS,
        )
        for i, x in enumerate(THETA, start=1)
    ]
    gradients = [
        Step(
            f"Gradient from the unit vector, component {i}",
            equal(Derivative(FUNCTION, x), NORM ** (sym.kappa - 1) * unit),
            "The gradient is homogeneous of degree kappa - 1 (FRM-01).",
            POWERS,
        )
        for i, (x, unit) in enumerate(zip(THETA, unit_gradient, strict=True), start=1)
    ]
    normalised = FUNCTION / NORM**sym.kappa
    steps = (
        *gradients,
        *directions,
        Step(
            "Growth of the norm",
            equal(along_flow(NORM), norm_growth().subs({sym.norm: NORM, sym.U: normalised})),
            "Chain rule, Euler's identity, and utility = norm to the kappa times normalised utility.",
            POWERS,
        ),
        Step(
            "Growth of the norm from the utility",
            equal(norm_growth(), sym.eta * sym.kappa * growth.utility() / sym.norm),
            "The velocity along theta is eta times the gradient's share, which Euler's identity gives.",
            POWERS,
        ),
    )
    return Derivation("FRM-02", "Norm and direction of a dormant neuron.", steps, SOURCE)
