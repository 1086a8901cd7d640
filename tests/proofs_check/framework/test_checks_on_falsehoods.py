"""Falsehoods that are true where it is easy to look: in few dimensions, for small degrees, at one branch."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
import sympy

from agf_theory.closed_form import framework as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check import Level, Outcome, get
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.framework import criticality
from agf_theory.proofs_check.framework.dual_numbers import Dual
from agf_theory.proofs_check.framework.growth import Growth
from agf_theory.proofs_check.framework.homogeneity import Homogeneity
from agf_theory.proofs_check.framework.jump_time_bounds import JumpTimeBounds
from agf_theory.proofs_check.framework.neurons import DormantNeuron, HomogeneousNeuron, PolynomialUtility


def found(claim_id, check, formula):
    claim = get(claim_id)
    (chosen,) = [c for c in claim.checks if c.name == check]
    return chosen.run(formula, Context(claim.hypotheses, 3))


@pytest.mark.parametrize("first_wrong", [4, 6, 9])
def test_euler_wrong_only_for_many_parameters_is_refuted(first_wrong):
    def identity(dimension):
        right = closed_form.euler_identity(dimension)
        factor = 2 if dimension >= first_wrong else 1
        return sympy.Eq(right.lhs, factor * right.rhs, evaluate=False)

    formula = Homogeneity(identity, closed_form.gradient_scaling)
    evidence = found("FRM-01", "general function", formula)
    assert evidence.result is Outcome.REFUTED
    assert f"theta_{first_wrong}" in evidence.witness


def test_euler_wrong_for_four_parameters_is_refuted_by_fractions_too():
    def identity(dimension):
        right = closed_form.euler_identity(dimension)
        extra = closed_form.homogeneous_function(dimension) if dimension == 4 else 0
        return sympy.Eq(right.lhs + extra, right.rhs, evaluate=False)

    formula = Homogeneity(identity, closed_form.gradient_scaling)
    assert found("FRM-01", "rational neurons", formula).result is Outcome.REFUTED


@pytest.mark.parametrize(
    "factor", [1 + (sym.d - 2) * (sym.d - 3), sym.d / sym.d**2 * sym.d * (1 + sym.d * 0) + sym.d - 2]
)
def test_a_factor_that_depends_on_the_number_of_parameters_is_refuted(factor):
    formula = Growth(closed_form.norm_growth, lambda: closed_form.direction_velocity() * factor)
    assert found("FRM-02", "any dimension", formula).result is Outcome.REFUTED


def test_a_factor_of_one_up_to_thirty_parameters_is_not_called_proved():
    from sympy import Piecewise

    factor = Piecewise((1, sym.d < 31), (2, True))
    formula = Growth(closed_form.norm_growth, lambda: closed_form.direction_velocity() * factor)
    assert found("FRM-02", "any dimension", formula).result is Outcome.INCONCLUSIVE


def wrong_from(first_wrong, right):
    """Twice the formula from a degree on, where the degree is a number."""
    return lambda degree: right(degree) * (2 if degree is not None and degree >= first_wrong else 1)


def with_conditions(right, *conditions):
    """The same branches under other conditions."""

    def formula(degree):
        if degree is not None:
            return right(degree)
        return sympy.Piecewise(
            *((branch, when) for (branch, _), when in zip(right(None).args, conditions, strict=True))
        )

    return formula


@pytest.mark.parametrize(
    ("claim_id", "check", "right"),
    [
        ("FRM-03", "growth equation", closed_form.norm),
        ("FRM-04", "integral", closed_form.threshold),
        ("FRM-07", "symbolic neurons", closed_form.conserved_quantity),
    ],
)
@pytest.mark.parametrize("first_wrong", [5, 8, 12])
def test_a_formula_wrong_only_at_large_degrees_is_refuted(claim_id, check, right, first_wrong):
    changed = wrong_from(first_wrong, right)
    if claim_id == "FRM-07":
        changed = lambda degree: right(degree) + (sym.a**2 if degree and degree >= first_wrong else 0)  # noqa: E731
    assert found(claim_id, check, changed).result is Outcome.REFUTED


def test_rational_networks_refute_a_conserved_quantity_wrong_from_degree_five_on():
    def wrong(degree):
        return closed_form.conserved_quantity(degree) + (sym.a**2 if degree and degree >= 5 else 0)

    evidence = found("FRM-07", "rational networks", wrong)
    assert evidence.result is Outcome.REFUTED
    assert evidence.witness["velocity"] != "0"


@pytest.mark.parametrize(("claim_id", "check", "right"), [("FRM-03", "growth equation", closed_form.norm)])
@pytest.mark.parametrize(
    "conditions", [(sympy.Eq(sym.kappa, 3), sym.kappa > 2), (sympy.Eq(sym.kappa, 2), sym.kappa > 3)]
)
def test_right_branches_at_the_wrong_degrees_are_refuted(claim_id, check, right, conditions):
    evidence = found(claim_id, check, with_conditions(right, *conditions))
    assert evidence.detail == "another branch stands at a degree"


def test_a_bound_wrong_only_at_large_degrees_is_refuted():
    right = get("FRM-05").formula
    formula = JumpTimeBounds(wrong_from(7, right.lower), right.upper)
    assert found("FRM-05", "comparison", formula).result is Outcome.REFUTED


def test_bounds_of_jump_times_count_what_they_leave_out():
    evidence = found("FRM-05", "integrated neurons", get("FRM-05").formula)
    assert evidence.level is Level.SAMPLED
    assert evidence.instances + sum(evidence.figures["left_out"].values()) == 60
    assert evidence.figures["with_upper_bound"] > 10


def test_a_lower_bound_that_is_too_late_is_refuted_by_integrated_neurons():
    right = get("FRM-05").formula
    formula = JumpTimeBounds(lambda degree: right.upper(degree).subs(sym.U_0, sym.U / 20), right.upper)
    assert found("FRM-05", "integrated neurons", formula).result is Outcome.REFUTED


def test_an_upper_bound_that_is_too_early_is_refuted_by_integrated_neurons():
    right = get("FRM-05").formula
    formula = JumpTimeBounds(right.lower, lambda degree: right.upper(degree) / 3)
    assert found("FRM-05", "integrated neurons", formula).result is Outcome.REFUTED


def test_the_active_neuron_of_a_network_is_critical_only_for_its_residual():
    network = criticality._critical_network(Random(1), 3, 2)
    assert network.gradient((Fraction(0),) * 2) == ([0, 0], [0, 0])
    moved = replace(network, residual=(network.residual[0] + 1, *network.residual[1:]))
    active, dormant = moved.gradient((Fraction(0),) * 2)
    assert any(active)
    assert not any(dormant)


def test_a_network_whose_active_neuron_is_not_critical_refutes_the_claim(monkeypatch):
    right = criticality._critical_network

    def uncritical(*arguments):
        network = right(*arguments)
        return replace(network, residual=(network.residual[0] + 1, *network.residual[1:]))

    monkeypatch.setattr(criticality, "_critical_network", uncritical)
    assert found("FRM-06", "rational networks", closed_form.gradient_scaling).result is Outcome.REFUTED


def test_a_gradient_scaling_wrong_at_degree_four_is_refuted_by_whole_networks():
    def wrong():
        return sym.level ** sympy.Piecewise((sym.kappa - 1, sym.kappa < 4), (sym.kappa - 2, True))

    assert found("FRM-06", "rational networks", wrong).result is Outcome.REFUTED


def test_dual_numbers_differentiate_sums_products_and_powers():
    x = Dual(Fraction(2), Fraction(1))
    assert (3 * x**3 + x * x + 1 + -1 * x).slope == 3 * 3 * 4 + 2 * 2 - 1
    assert (x**0).slope == 0


def test_a_norm_of_another_clock_is_refuted_where_the_residual_moves():
    moving = lambda degree: closed_form.norm(degree).subs(sym.S, sym.S * sympy.Rational(11, 10))  # noqa: E731
    assert found("FRM-03", "integrated neurons", moving).result is Outcome.REFUTED


def test_half_of_the_neurons_with_a_moving_residual_move():
    hypothesis = HomogeneousNeuron(moving=True)
    drawn = [hypothesis.draw(Random(seed), seed) for seed in range(10)]
    assert [neuron.drift is not None for neuron in drawn] == [False, True] * 5
    assert all(neuron.drift.degree == neuron.utility.degree for neuron in drawn if neuron.drift)


def test_a_moving_utility_is_the_present_one_plus_time_times_its_drift():
    first, second = (PolynomialUtility(1, 2, {powers: Fraction(3)}) for powers in ((1, 0), (0, 1)))
    neuron = DormantNeuron(first, (Fraction(1), Fraction(0)), Fraction(1), second)
    assert neuron.value_at(2, (5, 7)) == 15 + 2 * 21
    assert neuron.gradient_at(2, (5, 7)) == (3, 6)
    assert "moving with" in str(neuron)
    assert neuron.in_floats().drift.coefficients == {(0, 1): 3.0}


def test_rectified_neurons_in_floats_have_the_same_gradient():
    drawn = (HomogeneousNeuron().draw(Random(seed), 4) for seed in range(40))
    neuron = next(n for n in drawn if hasattr(n.utility, "samples"))
    exact = neuron.utility.gradient(neuron.theta)
    assert neuron.in_floats().utility.gradient(neuron.theta) == pytest.approx(tuple(map(float, exact)))
