"""Neurons for the Hypothesis library: they shrink to few parameters, degree 2 and one monomial."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from agf_theory.proofs_check.framework.neurons import (
    DormantNeuron,
    PolynomialUtility,
    RectifiedUtility,
    Utility,
    exponents,
)
from agf_theory.proofs_check.strategies import simple_rationals, unit_vectors

__all__ = ["dormant_neurons"]


@st.composite
def dormant_neurons(draw: DrawFn, *, largest_degree: int) -> DormantNeuron:
    """Neurons with a polynomial or a rectified utility, at a rational unit vector where it is differentiable."""
    dimension, degree = draw(st.integers(2, 3)), draw(st.integers(2, largest_degree))
    direction = draw(unit_vectors(dimension))
    norm = draw(simple_rationals(0, 1, low_included=False, high_included=False))
    polynomial = draw(st.sampled_from((True, True, False))) or degree > 3
    utility: Utility = (
        draw(_polynomials(degree, dimension)) if polynomial else draw(_rectified(degree - 1, dimension - 1))
    )
    if not utility.kink_distance(direction) > 0:  # as where w = 0: no sample can avoid the kink
        utility = draw(_polynomials(degree, dimension))
    return DormantNeuron(utility, direction, norm)


@st.composite
def _polynomials(draw: DrawFn, degree: int, dimension: int) -> PolynomialUtility:
    coefficients = {powers: draw(simple_rationals(-3, 3, denominators=2)) for powers in exponents(degree, dimension)}
    return PolynomialUtility(degree, dimension, coefficients)


@st.composite
def _rectified(draw: DrawFn, power: int, inputs: int) -> RectifiedUtility:
    entries = simple_rationals(-3, 3, denominators=3)
    pairs = draw(st.lists(st.tuples(st.tuples(*[entries] * inputs), entries), min_size=1, max_size=4))
    samples, residuals = zip(*pairs, strict=True)
    return RectifiedUtility(power, tuple(samples), tuple(map(Fraction, residuals)))
