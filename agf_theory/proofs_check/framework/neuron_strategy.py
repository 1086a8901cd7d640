"""Neurons for the Hypothesis library: they shrink to few parameters, the least degree and one monomial."""

from __future__ import annotations

from collections.abc import Sequence
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
def dormant_neurons(
    draw: DrawFn, degrees: Sequence[int], *, largest_dimension: int, moving: bool = False
) -> DormantNeuron:
    """Neurons with a polynomial or a rectified utility, at a rational unit vector where it is differentiable.

    With `moving`, the residual of some moves: the utility drifts by another polynomial.
    """
    dimension = draw(st.integers(2, largest_dimension))
    # The monomials of five parameters are many: high degrees go with few parameters.
    degree = draw(st.sampled_from([degree for degree in degrees if degree <= 8 - dimension]))
    direction = draw(unit_vectors(dimension))
    norm = draw(simple_rationals(0, 1, low_included=False, high_included=False))
    polynomial = draw(st.sampled_from((True, True, False))) or not 2 <= degree <= 3
    utility: Utility = (
        draw(_polynomials(degree, dimension)) if polynomial else draw(_rectified(degree - 1, dimension - 1))
    )
    if not utility.kink_distance(direction) > 0:  # as where w = 0: no sample can avoid the kink
        utility = draw(_polynomials(degree, dimension))
    drifts = moving and isinstance(utility, PolynomialUtility) and draw(st.booleans())
    return DormantNeuron(utility, direction, norm, draw(_polynomials(degree, dimension)) if drifts else None)


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
