"""FRM-01, FRM-06 and FRM-07: what homogeneity gives."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Equality, Expr, Function, Integer, Limit, Symbol, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.framework import symmetry
from agf_theory.closed_form.framework.derivations.general_neuron import (
    DIMENSION,
    FUNCTION,
    POWERS,
    SOURCE,
    THETA,
    scaled,
)
from agf_theory.closed_form.obligations import LimitValue

__all__ = ["frm_01", "frm_06", "frm_07"]


def frm_01(euler_identity: Callable[[int], Equality] = symmetry.euler_identity) -> Derivation:
    """Euler's identity and the degree of the gradient, for the general homogeneous function of two coordinates.

    Two stand for all: the first identity is about one ray and the last about the plane of theta and the gradient.
    """
    gradients = [
        Step(
            f"Gradient of a scaled neuron, component {i}",
            equal(scaled(FUNCTION.diff(x), sym.level), symmetry.gradient_scaling() * Derivative(FUNCTION, x)),
            "Differentiate the scaling law and divide by the factor.",
            POWERS,
        )
        for i, x in enumerate(THETA, start=1)
    ]
    steps = (
        Step(
            "Scaling law",
            equal(scaled(FUNCTION, sym.level), sym.level**sym.kappa * FUNCTION),
            "The ratios of the coordinates do not change when theta is scaled.",
            POWERS,
        ),
        *gradients,
        Step(
            "Euler's identity",
            euler_identity(DIMENSION),
            "Differentiate the scaling law in the factor, at factor one.",
            POWERS,
        ),
    )
    return Derivation("FRM-01", "A homogeneous utility obeys Euler's identity.", steps, SOURCE)


def frm_06(gradient_scaling: Callable[[], Expr] = symmetry.gradient_scaling) -> Derivation:
    """An inactive neuron at zero neither contributes nor feels a force."""
    degree = {sym.kappa: 2 + Symbol("q", nonnegative=True)}
    euler_rate = gradient_scaling() * sym.level
    steps = (
        Step(
            "Gradient scaling is the scaling law differentiated",
            equal(euler_rate, sym.level**sym.kappa),
            "Differentiating U(x*theta) = x**kappa*U(theta) in theta gives x*gradient(x*theta) = x**kappa*gradient.",
            POWERS,
        ),
        Step(
            "A neuron at zero contributes nothing",
            equal(Limit((sym.level**sym.kappa).subs(degree), sym.level, 0, "+"), Integer(0)),
            "So the residual is that of the active neurons alone, and their gradient vanishes as before.",
            LimitValue(),
        ),
        Step(
            "A neuron at zero feels no force",
            equal(Limit(gradient_scaling().subs(degree), sym.level, 0, "+"), Integer(0)),
            "Its gradient is bounded on the unit sphere and scales with this factor.",
            LimitValue(),
        ),
    )
    return Derivation("FRM-06", "Critical for the active neurons is critical for all.", steps, SOURCE)


def frm_07(conserved_quantity: Callable[[int | None], Expr] = symmetry.conserved_quantity) -> Derivation:
    """The conserved quantity, for the general activation of degree kappa - 1 with two inputs and two outputs."""
    outputs = (Symbol("a_1", real=True), Symbol("a_2", real=True))
    first, second = THETA
    utility = sum(
        a * first ** (sym.kappa - 1) * Function(f"h_{i}", real=True)(second / first)
        for i, a in enumerate(outputs, start=1)
    )

    def radial(coordinates: tuple[Symbol, ...]) -> Expr:
        return sum(2 * z * sym.eta * Derivative(utility, z) for z in coordinates)

    incoming, outgoing = Symbol("W", nonnegative=True), Symbol("V", nonnegative=True)  # squared norms
    in_squares = conserved_quantity(None).subs({sym.w: sqrt(incoming), sym.a: sqrt(outgoing)})
    steps = (
        Step(
            "Incoming weights",
            equal(radial(THETA), 2 * (sym.kappa - 1) * sym.eta * utility),
            "Rate of ||w||**2; Euler's identity for degree kappa - 1.",
            POWERS,
        ),
        Step(
            "Outgoing weights",
            equal(radial(outputs), 2 * sym.eta * utility),
            "Rate of ||a||**2; Euler's identity for degree one.",
            POWERS,
        ),
        Step(
            "Conservation",
            equal(
                Derivative(in_squares, incoming) * radial(THETA) + Derivative(in_squares, outgoing) * radial(outputs),
                Integer(0),
            ),
            "Chain rule; the residual entered through the utility alone, so it may change in time.",
            POWERS,
        ),
    )
    return Derivation("FRM-07", "A conserved quantity of every neuron.", steps, SOURCE)
