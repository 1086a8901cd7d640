"""Euler's identity, the scaling of the gradient, conserved quantities."""

from fractions import Fraction

import pytest
from sympy import Integer, limit, simplify

from agf_theory.closed_form import framework
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.framework.growth import coordinates


@pytest.mark.parametrize("dimension", [2, 3])
def test_euler_identity_holds_for_the_general_homogeneous_function(dimension):
    identity = framework.euler_identity(dimension).doit()
    assert simplify(identity.lhs - identity.rhs) == 0


def test_euler_identity_by_hand_for_a_quadratic_form():
    # h(r) = 3r + r**2 gives U = 3xy + y**2 at degree two: <theta, gradient> = x*3y + y*(3x + 2y) = 2U.
    x, y = coordinates(2)
    identity = framework.euler_identity(2).replace(
        lambda node: node.func.__name__ == "h", lambda node: 3 * node.args[0] + node.args[0] ** 2
    )
    side = identity.lhs.doit().subs(sym.kappa, 2)
    assert simplify(side - (6 * x * y + 2 * y**2)) == 0


def test_the_gradient_of_a_vanishing_neuron_vanishes_above_degree_one_only():
    scaling = framework.gradient_scaling()
    assert limit(scaling.subs(sym.kappa, 2), sym.level, 0, "+") == 0
    assert scaling.subs(sym.kappa, 1) == 1
    assert scaling.subs(sym.level, 1) == 1


def test_conserved_quantities_by_hand():
    assert framework.conserved_quantity(2) == sym.w**2 - sym.a**2
    assert framework.conserved_quantity(3) == sym.w**2 - 2 * sym.a**2
    assert framework.conserved_quantity().subs(sym.kappa, Integer(3)) == framework.conserved_quantity(3)


def relu(z):
    return z if z > 0 else Fraction(0)


ACTIVATIONS = {
    "linear": (2, lambda z: z, lambda z: Fraction(1)),
    "relu": (2, relu, lambda z: Fraction(int(z > 0))),
    "leaky relu": (2, lambda z: z if z > 0 else z / 5, lambda z: Fraction(1) if z > 0 else Fraction(1, 5)),
    "quadratic": (3, lambda z: z**2, lambda z: 2 * z),
    "squared relu": (3, lambda z: relu(z) ** 2, lambda z: 2 * relu(z)),
    "cubic": (4, lambda z: z**3, lambda z: 3 * z**2),
}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_rate_of_the_conserved_quantity_is_zero_in_fractions(name):
    """Squared loss on two samples with two outputs: rate of ||w||**2 - (kappa - 1)||a||**2 from the raw gradients."""
    degree, activation, slope = ACTIVATIONS[name]
    w, a = (Fraction(1, 2), Fraction(-2, 3)), (Fraction(3, 4), Fraction(-1, 5))
    samples = [
        ((Fraction(1), Fraction(2)), (Fraction(1), Fraction(0))),
        ((Fraction(3), Fraction(-1)), (Fraction(2), Fraction(5))),
    ]
    rate_w, rate_a = [Fraction(0)] * 2, [Fraction(0)] * 2
    for inputs, outputs in samples:
        z = sum(wi * xi for wi, xi in zip(w, inputs, strict=True))
        residual = [y - ai * activation(z) for y, ai in zip(outputs, a, strict=True)]
        back = sum(r * ai for r, ai in zip(residual, a, strict=True)) * slope(z)
        rate_w = [rate + back * xi for rate, xi in zip(rate_w, inputs, strict=True)]
        rate_a = [rate + r * activation(z) for rate, r in zip(rate_a, residual, strict=True)]
    squares_w = 2 * sum(x * y for x, y in zip(w, rate_w, strict=True))
    squares_a = 2 * sum(x * y for x, y in zip(a, rate_a, strict=True))
    quantity = framework.conserved_quantity(degree)
    weight_w, weight_a = (Fraction(int(quantity.coeff(norm, 2))) for norm in (sym.w, sym.a))
    assert squares_w != 0
    assert weight_w * squares_w + weight_a * squares_a == 0
