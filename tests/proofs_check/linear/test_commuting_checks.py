"""Checks on commuting and balanced networks, on falsehoods that loose tolerances or easy instances let through."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import flint
import pytest
import sympy

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.linear.refined_times import inner_product
from agf_theory.errors import InputError, UndecidedError
from agf_theory.proofs_check import Hypotheses, Level, Outcome, get
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.hypotheses import Hypothesis
from agf_theory.proofs_check.linear import staircase_checks
from agf_theory.proofs_check.linear.commuting_problems import COMMUTING, DISTINCT, CommutingMoments, from_modes
from agf_theory.proofs_check.linear.matrix_series import series_value
from agf_theory.proofs_check.linear.staircase_formulas import initial_loss, plateaus
from agf_theory.proofs_check.linear.weighted_networks import BALANCED, WHITENED, BalancedNetwork, identity, orthogonal

TINY = sympy.Rational(1, 10**12)


def found(claim_id, check, formula, seed=3):
    claim = get(claim_id)
    (chosen,) = [c for c in claim.checks if c.name == check]
    return chosen.run(formula, Context(claim.hypotheses, seed))


def at(claim_id, formula, **instance):
    (probe,) = get(claim_id).probes
    return probe.at(formula, instance)


def reversed_order():
    return from_modes((Fraction(2), Fraction(1)), (Fraction(4), Fraction(1, 2)), 2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"balanced_solution": lambda: closed_form.balanced_solution() * (1 + TINY)},
        {"balanced_velocity": lambda: closed_form.balanced_velocity() + TINY * sym.outer**3},
        {"growth_matrix": lambda: closed_form.growth_matrix() + TINY * sym.imbalance * sym.signature},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_power_series_refute_what_is_off_by_less_than_any_integrator_sees(wrong):
    evidence = found("LIN-20", "power series", replace(get("LIN-20").formula, **wrong))
    assert evidence.result is Outcome.REFUTED
    assert evidence.witness["network"]


def test_integrated_networks_refute_a_coefficient_of_two_and_a_whole_imbalance():
    claim = get("LIN-20")
    for name in ("coefficient-two", "whole-imbalance"):
        (mutant,) = [m for m in claim.mutants if m.name == name]
        assert found("LIN-20", "integrated networks", mutant.formula).result is Outcome.REFUTED


def test_a_formula_without_a_value_at_the_start_is_refuted():
    singular = replace(get("LIN-20").formula, balanced_velocity=lambda: sym.outer.I)
    evidence = found("LIN-20", "power series", singular)
    assert (evidence.result, evidence.detail) == (Outcome.REFUTED, "a formula has no value at the start")


def test_balanced_networks_come_with_every_sign_of_the_imbalance():
    drawn = [BalancedNetwork().draw(Random(seed), 5) for seed in range(40)]
    assert {(n.imbalance > 0) - (n.imbalance < 0) for n in drawn} == {-1, 0, 1}
    assert all(WHITENED.holds({"network": n}) and BALANCED.holds({"network": n}) for n in drawn)


def test_a_series_of_another_node_is_refused():
    with pytest.raises(NotImplementedError, match="no series for Trace"):
        series_value(sympy.Trace(sym.outer), {"Q": [identity(2)]}, numbers={}, sizes={})


@pytest.mark.parametrize("claim_id", ["LIN-11", "LIN-12"])
@pytest.mark.parametrize(
    "wrong",
    [
        lambda: closed_form.aligned_strength() * (1 + TINY * sym.t**3),
        lambda: closed_form.aligned_strength().subs(sym.overlap, sym.overlap * (1 + TINY)),
        lambda: closed_form.aligned_strength().subs(sym.log_inverse, 2 * sym.log_inverse),
        lambda: closed_form.aligned_strength() * sympy.sqrt(sym.sigma_k + 1),
    ],
)
def test_power_series_of_aligned_networks_see_the_start_and_the_scale(claim_id, wrong):
    formula = replace(get(claim_id).formula, aligned_strength=lambda: wrong().subs(sym.variance, 1))
    if claim_id == "LIN-12":
        formula = replace(formula, aligned_strength=wrong)
    assert found(claim_id, "power series", formula).result is Outcome.REFUTED


def test_balls_refute_a_jump_time_off_by_a_third_and_a_level_off_by_a_hundred_thousandth():
    right = get("LIN-12").formula
    late = replace(right, staircase_jump_time=lambda: closed_form.staircase_jump_time() * sympy.Rational(4, 3))
    assert found("LIN-12", "aligned starts", late).result is Outcome.REFUTED
    deep = replace(right, loss_fall=lambda: closed_form.loss_fall() * (1 + sympy.Rational(1, 10**5)))
    assert found("LIN-12", "aligned starts", deep).result is Outcome.REFUTED


def test_balls_refute_times_out_of_order():
    formula = replace(get("LIN-12").formula, staircase_jump_time=lambda: sym.sigma_k)
    assert at("LIN-12", formula, network=reversed_order()).result is Outcome.REFUTED


def test_numbers_that_are_not_rational_are_refuted():
    formula = replace(get("LIN-12").formula, plateau_strength=lambda: sympy.sqrt(sym.sigma_k + 1))
    assert at("LIN-12", formula, network=reversed_order()).result is Outcome.REFUTED
    assert found("LIN-11", "balanced starts", replace(formula)).result is Outcome.REFUTED


def test_a_wide_ball_decides_nothing():
    with pytest.raises(UndecidedError, match="a ball narrower than"):
        staircase_checks._close(flint.arb(0, 1), Fraction(0))


def test_the_reversed_example_has_its_plateaus_in_the_order_of_sigma():
    staircase = plateaus(get("LIN-12").formula, reversed_order())
    levels = [initial_loss(reversed_order()) - plateau.fallen for plateau in staircase]
    assert levels == [Fraction(3, 2), 1, 0]
    assert [plateau.start for plateau in staircase] == [0, Fraction(1, 2), 1]
    assert at("LIN-12", get("LIN-12").formula, network=reversed_order()).level is Level.CERTIFIED


def test_the_published_recursion_on_the_reversed_example():
    network = reversed_order()
    falls = [s * s / v for s, v in zip(network.sigma, network.variances, strict=True)]
    assert staircase_checks._recursion(network, falls) == [(Fraction(1, 2), (1,)), (Fraction(3, 4), (1, 0))]


def test_the_recursion_check_wants_both_orders_among_its_instances():
    whitened = Hypotheses((CommutingMoments(whitened=True),))
    formula = get("LIN-12").formula
    evidence = staircase_checks.published_recursion(formula, Context(whitened, 1), count=5)
    assert evidence.result is Outcome.INCONCLUSIVE


def test_the_recursion_check_refutes_the_order_of_loss():
    (mutant,) = [m for m in get("LIN-12").mutants if m.name == "order-of-loss"]
    assert found("LIN-12", "published recursion", mutant.formula).result is Outcome.REFUTED


def test_integrated_flows_refute_slopes_and_levels_of_their_own():
    slow = replace(get("LIN-11").formula, staircase_jump_time=lambda: sympy.Rational(10001, 10000) / sym.sigma_k)
    assert found("LIN-11", "generic starts", slow).result is Outcome.REFUTED
    deep = replace(get("LIN-12").formula, loss_fall=lambda: closed_form.loss_fall() * sympy.Rational(101, 100))
    assert found("LIN-12", "generic starts", deep).result is Outcome.REFUTED


@pytest.mark.parametrize(
    "wrong",
    [
        {"refined_jump_time": lambda: closed_form.refined_jump_time() + sympy.Rational(1, 10**4)},
        {"refined_jump_time": lambda: closed_form.refined_jump_time().subs(sym.variance, 1)},
        {"squared_overlap": lambda k: inner_product(k, k)},
    ],
)
def test_an_integrated_flow_alone_refutes_wrong_refined_times(wrong):
    network = from_modes((Fraction(2), Fraction(1)), (Fraction(4), Fraction(1, 2)), 3)
    formula = replace(get("LIN-21").formula, **wrong)
    assert at("LIN-21", formula, network=network).result is Outcome.REFUTED


def test_an_integrated_flow_has_the_refined_times():
    network = from_modes((Fraction(2), Fraction(1)), (Fraction(4), Fraction(1, 2)), 2)
    evidence = at("LIN-21", get("LIN-21").formula, network=network)
    assert evidence.level is Level.CONVERGED
    assert evidence.figures["worst"] < 1e-8


def test_means_over_starts_refute_a_mean_of_another_width(monkeypatch):
    monkeypatch.setattr("agf_theory.proofs_check.linear.refined_times.every_step", lambda *_, **__: _proved())
    wrong = replace(
        get("LIN-21").formula, mean_log_overlap=lambda: closed_form.mean_log_overlap().subs(sym.hidden, sym.hidden + 1)
    )
    assert found("LIN-21", "Gaussian starts", wrong).result is Outcome.REFUTED


def _proved():
    from agf_theory.proofs_check import Evidence

    return Evidence.of(Level.PROVED, "passed over")


@pytest.mark.parametrize(
    "hypothesis", [BalancedNetwork(), CommutingMoments(), CommutingMoments(whitened=True)], ids=str
)
def test_an_instance_comes_back_from_plain_data(hypothesis: Hypothesis):
    for seed in range(5):
        drawn = hypothesis.draw(Random(seed), seed)
        assert hypothesis.encode(hypothesis.decode(hypothesis.encode(drawn))) == hypothesis.encode(drawn)
        assert str(drawn)


def test_commuting_moments_commute_and_have_distinct_singular_values():
    for seed in range(10):
        network = CommutingMoments().draw(Random(seed), seed)
        assert COMMUTING.holds({"network": network})
        assert DISTINCT.holds({"network": network})
        assert list(network.sigma) == sorted(network.sigma, reverse=True)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"σ": ["0", "1"]}, "positive numbers are required"),
        ({"σ": "2"}, "a list of numbers is required"),
        ({"H": "1/2"}, "whole numbers H ≥ 1"),
        ({"Λ": ["1"]}, "as many variances as σ"),
        ({"left": [["1", "1"], ["0", "1"]]}, "an orthogonal matrix is required"),
        ({"left": [["1"]]}, "2 rows of 2 numbers"),
        ({"surplus": 1}, "an object with"),
    ],
)
def test_plain_data_of_another_form_are_refused(changed, message):
    plain = CommutingMoments().encode(reversed_order())
    with pytest.raises(InputError, match=message):
        CommutingMoments().decode({**plain, **changed})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"A": [["1"], ["1", "2"]]}, "rows of one length"),
        ({"A": "1"}, "a list of rows is required"),
        ({"A": [["1", "2", "3", "4"]]}, "shapes"),
        ({"surplus": 1}, "an object with"),
    ],
)
def test_plain_networks_of_another_form_are_refused(changed, message):
    plain = BalancedNetwork().encode(BalancedNetwork().draw(Random(1), 3))
    with pytest.raises(InputError, match=message):
        BalancedNetwork().decode({**plain, **changed})


def test_rotations_are_orthogonal_exactly():
    for size in (1, 2, 4):
        turn = orthogonal(Random(size), size)
        assert turn * turn.transpose() == identity(size)


@pytest.mark.parametrize(
    ("claim_id", "check", "level"),
    [
        ("LIN-11", "balanced starts", Level.CERTIFIED),
        ("LIN-12", "aligned starts", Level.CERTIFIED),
        ("LIN-12", "published recursion", Level.EXACT),
    ],
)
def test_the_formulas_as_they_stand_pass(claim_id, check, level):
    assert found(claim_id, check, get(claim_id).formula).level is level


@pytest.mark.parametrize("claim_id", ["LIN-11", "LIN-12", "LIN-20", "LIN-21"])
def test_every_hypothesis_with_a_witness_is_needed(claim_id):
    for necessity in get(claim_id).necessity:
        assert necessity.fails(get(claim_id).formula, necessity.witness).level is not None
