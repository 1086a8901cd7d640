"""LIN-08: how the direction of a neuron moves, and where the gradient is taken."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Integer, Matrix, MatrixExpr, MatrixSymbol

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.framework import direction_velocity
from agf_theory.closed_form.framework.derivations.general_neuron import (
    FUNCTION,
    NORM,
    POWERS,
    THETA,
    gradient_at_unit_vector,
)
from agf_theory.closed_form.linear import direction
from agf_theory.closed_form.matrices import with_matrices
from agf_theory.closed_form.matrix_words import WordIdentity

__all__ = ["lin_08"]

SOURCE = "[kunin2025], Eq. (5); where the gradient is taken: this project"
_SHOWN = WordIdentity(
    (),
    {
        sym.theta: Matrix([3, -4]),
        sym.gradient: Matrix([2, 5]),
        sym.form: Matrix([[0, 7], [7, 0]]),
    },
)


def lin_08(
    linear_direction_velocity: Callable[[], MatrixExpr] = direction.linear_direction_velocity,
    normalised_utility_gradient: Callable[[], MatrixExpr] = direction.normalised_utility_gradient,
    normalised_utility_power: Callable[[], Expr] = direction.normalised_utility_power,
) -> Derivation:
    """The direction's equation for linear neurons, and with the gradient of the normalised utility for any degree."""
    unit_gradient = gradient_at_unit_vector()
    vectors = {
        MatrixSymbol("theta", sym.d, 1): Matrix(THETA),
        MatrixSymbol("nabla_U", sym.d, 1): Matrix(unit_gradient),
    }
    claimed = with_matrices(normalised_utility_gradient(), vectors).subs(sym.norm, NORM)
    gradients = [
        Step(
            f"Gradient of the normalised utility, component {i}",
            equal(Derivative(FUNCTION / NORM**sym.kappa, x), claimed[i - 1]),
            "The quotient's derivative, the gradient scaled back to the unit vector, and Euler's identity (FRM-01).",
            POWERS,
        )
        for i, x in enumerate(THETA, start=1)
    ]
    # U = theta.M theta/2 has the gradient M theta, at the unit vector M theta/N.
    linear = direction_velocity().xreplace({sym.gradient: sym.form * sym.theta / sym.norm, sym.kappa: Integer(2)})
    steps = (
        *gradients,
        Step(
            "Direction from the gradient of the normalised utility",
            equal(sym.eta * normalised_utility_power() * normalised_utility_gradient(), direction_velocity()),
            "FRM-02: the projected gradient at the unit vector, times eta ||theta||^(kappa - 2). At theta itself the "
            "gradient is smaller by ||theta||, and the factor larger.",
            _SHOWN,
        ),
        Step(
            "Direction in a linear network",
            equal(linear.doit(), linear_direction_velocity()),
            "Degree two, the gradient of the utility at the unit vector is M theta/||theta||.",
            _SHOWN,
        ),
    )
    return Derivation("LIN-08", "Where the gradient in the direction's equation is taken.", steps, SOURCE)
