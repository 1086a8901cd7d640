"""Falsehoods that a loose tolerance, or instances of one kind, would let through."""

from dataclasses import replace
from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.closed_form import diagonal as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check import Hypotheses, Level, Outcome, Quantity, get
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.coordinates import HyperbolicCoordinates
from agf_theory.proofs_check.diagonal.frozen_necessity import FROZEN


def found(claim_id, check, formula, hypotheses=None):
    claim = get(claim_id)
    (chosen,) = [c for c in claim.checks if c.name == check]
    return chosen.run(formula, Context(hypotheses or claim.hypotheses, 3))


TINY = sympy.Rational(1, 10**12)


@pytest.mark.parametrize(
    "wrong",
    [
        {"coefficient": lambda c: closed_form.coefficient(c) * (1 + TINY)},
        {"coefficient": lambda c: closed_form.coefficient(c) + TINY * sym.phi**7},
        {"weight_v": lambda c: closed_form.weight_v(c) * (1 + TINY)},
        {"weight_u": lambda c: closed_form.weight_u(c) * (1 + TINY * sym.phi**2)},
        {"squared_norm": lambda c: closed_form.squared_norm(c) + TINY},
        {"conserved_quantity": lambda c: closed_form.conserved_quantity(c) + TINY * sym.phi},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_power_series_refute_what_is_off_by_less_than_any_integrator_sees(wrong):
    evidence = found("DIAG-01", "power series", replace(HyperbolicCoordinates(), **wrong))
    assert evidence.result is Outcome.REFUTED
    assert evidence.witness["X"]


def test_power_series_of_whole_networks_agree_exactly():
    evidence = found("DIAG-01", "power series", HyperbolicCoordinates())
    assert (evidence.level, evidence.instances) == (Level.EXACT, 10)


def test_instances_that_never_shrink_first_show_too_little():
    drawn = {"g": (-9, -1), "φ_0": (1, 3), "η": (0, 1), "t": (0, 1)}
    growing = tuple(Quantity(name, drawn=ends) for name, ends in drawn.items())
    evidence = found("DIAG-02", "enclosed integrals", closed_form.accumulated_utility, Hypotheses(growing))
    assert evidence.result is Outcome.INCONCLUSIVE


@settings(max_examples=25, deadline=None, database=None)
@given(st.fractions(-9, 9, max_denominator=9))
def test_a_zero_gradient_is_among_what_the_accumulated_utility_holds_for(angle):
    instance = {"g": Fraction(0), "φ_0": angle / 3, "η": Fraction(1), "t": Fraction(2)}
    (probe,) = get("DIAG-02").probes
    assert probe.at(closed_form.accumulated_utility, instance).level is Level.CERTIFIED


def test_a_jump_time_off_by_a_millionth_is_refuted_by_integrated_neurons():
    right = get("DIAG-04").formula
    wrong = replace(right, jump_time=lambda c: right.jump_time(c) * (1 + sympy.Rational(1, 10**6)))
    assert found("DIAG-04", "integrated neurons", wrong).result is Outcome.REFUTED


def test_one_partial_derivative_is_a_frozen_residual_and_two_are_not():
    assert FROZEN.holds({"g": Fraction(-2)})
    assert FROZEN.holds({"g": (1, 1)})
    assert not FROZEN.holds({"g": (1, 2)})
