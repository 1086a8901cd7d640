from dataclasses import replace
from fractions import Fraction

import pytest
from flint import fmpq

from agf_theory.errors import HypothesisNotMet
from agf_theory.numeric.diagonal import KKTCertificate, pesme_flammarion
from agf_theory.numeric.diagonal.certificates import as_fraction
from agf_theory.problems import DiagonalNetwork, zoo

PROBLEM = DiagonalNetwork([[1, 0], [0, 1]], [1, 3])  # G = I/2, b = (1/2, 3/2)
FIRST, SECOND = pesme_flammarion(PROBLEM, arithmetic="exact").certificates
ORIGIN = (fmpq(0), fmpq(0))


def rationals(*values):
    return tuple(fmpq(Fraction(v).numerator, Fraction(v).denominator) for v in values)


def test_the_first_certificate_by_hand():
    # x2 reaches 1 at 1/(3/2); x1 is then at (1/2)(2/3) = 1/3
    assert FIRST.fractions == (Fraction(2, 3), (Fraction(1, 3), Fraction(1)), (0, 3))
    assert FIRST.gradient(PROBLEM) == [fmpq(-1, 2), fmpq(0)]
    FIRST.verify(PROBLEM)
    SECOND.verify(PROBLEM, before=FIRST)


def test_fractions_are_in_lowest_terms():
    value = as_fraction(fmpq(-6, 4))
    assert (value, value.numerator, value.denominator) == (Fraction(-3, 2), -3, 2)
    assert hash(value) == hash(Fraction(-3, 2))


def test_a_saddle_in_the_place_of_another_is_caught():
    with pytest.raises(HypothesisNotMet, match="dual of x2 is not the drift"):
        SECOND.verify(PROBLEM)
    with pytest.raises(HypothesisNotMet, match="jump time must exceed the one before, got 2/3 after 2"):
        FIRST.verify(PROBLEM, before=SECOND)
    with pytest.raises(HypothesisNotMet, match="jump time must exceed"):
        FIRST.verify(PROBLEM, before=FIRST)


def test_the_right_numbers_for_another_problem_are_caught():
    with pytest.raises(HypothesisNotMet, match="dual of x1 is not the drift"):
        FIRST.verify(DiagonalNetwork([[1, 0], [0, 1]], [2, 3]))


def test_stopping_before_any_coordinate_arrives_is_caught():
    early = KKTCertificate(fmpq(1, 3), rationals("1/6", "1/2"), ORIGIN)
    with pytest.raises(HypothesisNotMet, match="no coordinate reaches its bound"):
        early.verify(PROBLEM)


def test_a_bound_coordinate_that_was_there_already_is_no_arrival():
    # x2 stays at its bound with zero gradient; x1 has not arrived at 1
    idle = KKTCertificate(fmpq(1), rationals("1/2", 1), rationals(0, 3))
    with pytest.raises(HypothesisNotMet, match="no coordinate reaches its bound"):
        idle.verify(PROBLEM, before=FIRST)


def test_overshooting_the_bound_is_caught():
    late = KKTCertificate(fmpq(1), rationals("1/2", "3/2"), rationals(0, 3))
    with pytest.raises(HypothesisNotMet, match=r"'\|s\| <= 1' fails for x2: dual 3/2"):
        late.verify(PROBLEM)


def test_a_coefficient_inside_the_bound_is_caught():
    with pytest.raises(HypothesisNotMet, match=r"'zero where \|s\| < 1' fails for x1: .* coefficient 1"):
        replace(FIRST, coefficients=rationals(1, 3)).verify(PROBLEM)


def test_a_coefficient_of_the_wrong_sign_is_caught():
    with pytest.raises(HypothesisNotMet, match="'sign of s' fails for x2"):
        replace(FIRST, coefficients=rationals(0, -3)).verify(PROBLEM)


def test_a_violation_is_caught_however_slight():
    faint = DiagonalNetwork([[1, 0], [0, 1]], ["1/100", "3/100"])
    first = pesme_flammarion(faint, arithmetic="exact").certificates[0]
    with pytest.raises(HypothesisNotMet, match=r"'s \* gradient >= 0 at a bound' fails for x2: .* gradient -3/200"):
        replace(first, coefficients=ORIGIN).verify(faint)
    with pytest.raises(HypothesisNotMet, match="'sign of s' fails for x2: dual 1, coefficient -1/1000"):
        replace(first, coefficients=rationals(0, "-1/1000")).verify(faint)


def test_a_point_that_is_not_stationary_is_caught():
    with pytest.raises(HypothesisNotMet, match="'stationary on the support' fails for x2: .* gradient -1/2"):
        replace(FIRST, coefficients=rationals(0, 2)).verify(PROBLEM)


def test_skipping_the_minimisation_is_caught():
    with pytest.raises(HypothesisNotMet, match=r"'s \* gradient >= 0 at a bound' fails for x2: .* gradient -3/2"):
        replace(FIRST, coefficients=ORIGIN).verify(PROBLEM)


def test_a_leaver_kept_at_its_old_value_is_caught():
    problem = zoo.get("deactivation-2d")
    first, second, _ = pesme_flammarion(problem, arithmetic="exact").certificates
    kept = replace(second, coefficients=(first.coefficients[0], second.coefficients[1]))
    with pytest.raises(HypothesisNotMet, match="KKT condition"):
        kept.verify(problem, before=first)


def test_clipping_once_is_not_the_minimiser():
    """Least squares over all bound coordinates with its wrong signs set to zero: the known flaw of public code."""
    problem = zoo.get("deactivation-2d")
    first, second, _ = pesme_flammarion(problem, arithmetic="exact").certificates
    gram = problem.rational_X.transpose() * problem.rational_X
    solution = gram.solve(problem.rational_X.transpose() * problem.rational_y).entries()
    clipped = tuple(value if value * sign > 0 else fmpq(0) for value, sign in zip(solution, second.dual, strict=True))
    assert clipped != second.coefficients
    with pytest.raises(HypothesisNotMet, match="'stationary on the support' fails for x2"):
        replace(second, coefficients=clipped).verify(problem, before=first)


@pytest.mark.parametrize("field", ["dual", "coefficients"])
def test_vectors_of_another_length_are_caught(field):
    for values in (rationals(1), rationals(0, 3, 0)):
        with pytest.raises(HypothesisNotMet, match=f"{field} of length 2 is required, got {len(values)}"):
            replace(FIRST, **{field: values}).verify(PROBLEM)
