"""Falsehoods that a loose tolerance, or instances of one kind, would let through: LIN-04 to LIN-07, LIN-18, LIN-19."""

from dataclasses import replace
from fractions import Fraction

import flint
import pytest
import sympy
from sympy import Rational

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.problems import InitScale
from agf_theory.proofs_check import Evidence, Hypotheses, Integer, Level, Outcome, get
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.hypotheses import Hypothesis
from agf_theory.proofs_check.linear.dormant_necessity import scalar_neuron
from agf_theory.proofs_check.linear.dormant_neurons import DormantLinearNeuron
from agf_theory.proofs_check.linear.jump_time_expansion import expanded_at
from agf_theory.proofs_check.linear.mean_overlap import beta_integral
from agf_theory.proofs_check.linear.mode_necessity import small_network
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.strategies.rational_matrix import identity

TINY = Rational(1, 10**12)


def found(claim_id, check, formula, hypotheses=None):
    claim = get(claim_id)
    (chosen,) = [c for c in claim.checks if c.name == check]
    return chosen.run(formula, Context(hypotheses or claim.hypotheses, 3))


class Only(Hypothesis):
    """One instance, whatever is drawn."""

    def __init__(self, variable, value):
        self.variable, self.value = variable, value

    def holds(self, instance):
        return True

    def draw(self, random, size):
        return self.value


@pytest.mark.parametrize(
    ("claim", "check", "wrong"),
    [
        ("LIN-04", "enclosed modes", {"squared_norm": lambda n: closed_form.dormant_squared_norm(n) + TINY}),
        ("LIN-04", "enclosed modes", {"growing_overlap": lambda: closed_form.growing_overlap() * (1 + TINY)}),
        (
            "LIN-04",
            "enclosed utility",
            {"accumulated_utility": lambda n: closed_form.dormant_accumulated_utility(n) + TINY},
        ),
        ("LIN-05", "enclosed jump times", {"time": lambda: closed_form.aligned_jump_time() * (1 - TINY)}),
        ("LIN-05", "enclosed jump times", {"time": lambda: closed_form.aligned_jump_time() * (1 + TINY)}),
        ("LIN-06", "enclosed expansions", {"overlap": lambda n: closed_form.initial_overlap(n) * (1 + TINY)}),
        ("LIN-06", "enclosed expansions", {"later_term": lambda: closed_form.dormant_later_term() * (1 + TINY)}),
        ("LIN-06", "enclosed expansions", {"jump_time": lambda n: closed_form.dormant_jump_time(n) + TINY}),
        ("LIN-06", "enclosed expansions", {"lower": lambda: closed_form.dormant_jump_time_upper()}),
        ("LIN-06", "enclosed expansions", {"upper": lambda: closed_form.dormant_jump_time_lower()}),
        ("LIN-18", "power series", {"strength": lambda: closed_form.logistic_strength() + TINY * sym.t**4}),
        ("LIN-18", "power series", {"strength_from_below": lambda: closed_form.logistic_strength()}),
        ("LIN-18", "enclosed times", {"transit_time": lambda: closed_form.logistic_transit_time() * (1 + TINY)}),
        ("LIN-19", "power series", {"in_time": lambda: closed_form.ratio_in_time() + TINY * sym.t**3}),
        ("LIN-19", "enclosed courses", {"between": lambda: closed_form.time_between_ratios() + TINY}),
        ("LIN-19", "enclosed courses", {"upper": lambda: closed_form.upper_fixed_ratio() + TINY}),
        ("LIN-19", "limits", {"far": lambda: closed_form.imbalanced_strength_far() + TINY}),
        ("LIN-19", "limits", {"half_time": lambda: closed_form.half_time_from_effective_strength() + TINY}),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value,
)
def test_what_is_off_by_less_than_a_float_sees_is_refuted_with_a_witness(claim, check, wrong):
    evidence = found(claim, check, replace(get(claim).formula, **wrong))
    assert evidence.result is Outcome.REFUTED
    assert evidence.witness


def test_a_mean_off_by_a_trillionth_is_refuted_by_the_integral_and_one_off_by_a_tenth_by_a_sample():
    mean = closed_form.mean_log_inverse_overlap
    assert found("LIN-07", "enclosed integrals", lambda: mean() * (1 + TINY)).result is Outcome.REFUTED
    assert found("LIN-07", "random neurons", lambda: mean() * Rational(11, 10)).result is Outcome.REFUTED


def test_the_beta_integral_by_hand():
    with flint.ctx.workprec(100):
        assert (beta_integral(2, 1) - flint.arb(2).log()).contains(0)
        assert (beta_integral(4, 2) - flint.arb(1) / 2).contains(0)


def test_dimensions_of_one_parity_show_too_little():
    even = Hypotheses((Integer("n", 4, 4), Integer("m", 2, 2)))
    evidence = found("LIN-07", "enclosed integrals", closed_form.mean_log_inverse_overlap, even)
    assert evidence.result is Outcome.INCONCLUSIVE


@pytest.mark.parametrize(
    ("claim", "check", "variable", "value"),
    [
        ("LIN-05", "enclosed jump times", "neuron", scalar_neuron(1, Fraction(1, 4), Fraction(1, 4))),
        ("LIN-05", "enclosed jump times", "neuron", scalar_neuron(1, Fraction(1, 4), Fraction(1, 5))),
        ("LIN-05", "enclosed jump times", "neuron", scalar_neuron(1, Fraction(1, 4), Fraction(-1, 4))),
        ("LIN-06", "enclosed expansions", "neuron", scalar_neuron(1, Fraction(1, 4), Fraction(1, 5))),
        ("LIN-18", "power series", "network", small_network((2,), (2,))),
    ],
    ids=["all aligned", "none aligned", "none jumps", "no repeated singular value", "no negative start"],
)
def test_instances_of_one_kind_show_too_little(claim, check, variable, value):
    evidence = found(claim, check, get(claim).formula, Hypotheses((Only(variable, value),)))
    assert evidence.result is Outcome.INCONCLUSIVE


def test_later_terms_that_are_never_small_leave_the_expansion_open():
    """Singular values that differ by a thousandth: ε^(2 − 2σ_2/σ_1) is near one down to 1e-30."""
    values = (Fraction(1), Fraction(999, 1000))
    weights = (Fraction(1, 4), Fraction(1, 4))
    neuron = DormantLinearNeuron(identity(2), identity(2), values, weights, weights)
    evidence = expanded_at(get("LIN-06").formula, {"neuron": neuron}, scales=("1e-2", "1e-30"))
    assert evidence.result is Outcome.INCONCLUSIVE


def test_the_figures_worked_before_hold_at_any_scale():
    neuron = scalar_neuron(2, Fraction(1, 4), Fraction(1, 5))
    evidence = expanded_at(get("LIN-06").formula, {"neuron": neuron}, scales=("1e-3", "1e-5000"))
    assert evidence.level is Level.CERTIFIED
    assert InitScale("1e-5000").log_inverse > 11000


def test_a_negative_balanced_start_never_learns_and_the_smallest_imbalance_lets_it():
    """LIN-18 and LIN-19 at s_0 = −1/4."""
    below = closed_form.logistic_strength_from_below().subs({sym.sigma_k: 1, sym.variance: 1, sym.strength_0: -0.25})
    assert abs(float(below.subs(sym.t, 50))) < 1e-20
    freed = closed_form.imbalanced_strength().subs(
        {sym.sigma_k: 1, sym.imbalance: Rational(1, 10**6), sym.strength_0: -Rational(1, 4)}
    )
    assert float(freed.subs(sym.t, 50).evalf(60)) == pytest.approx(1)


def test_a_witness_that_breaks_nothing_shows_no_necessity():
    """The statement holds for a residual that stays what it is."""
    (necessity, *_) = get("LIN-05").necessity
    same = {**necessity.witness, "later": 1}
    assert necessity.fails(get("LIN-05").formula, same).result is Outcome.REFUTED


def test_one_undecided_instance_does_not_hide_a_refutation_and_makes_a_pass_inconclusive():
    undecided, fine = Evidence.inconclusive("too wide"), Evidence.of(Level.EXACT, "same", instances=1)
    wrong = Evidence.refuted("differs", {"x": 2})
    answers = {0: undecided, 1: fine, 2: wrong}
    at = lambda formula, instance: answers[instance["x"]]  # noqa: E731
    assert over_instances(at, None, [{"x": 0}, {"x": 2}]).result is Outcome.REFUTED
    assert over_instances(at, None, [{"x": 0}, {"x": 1}]).result is Outcome.INCONCLUSIVE
    assert over_instances(at, None, [{"x": 1}, {"x": 1}]).instances == 2
    assert over_instances(at, None, []).result is Outcome.INCONCLUSIVE


def test_the_limit_of_the_half_time_is_not_proved_for_another_formula():
    """The time between ratios without the logarithm has another limit; that refutes nothing, and proves nothing."""
    formula = replace(get("LIN-19").formula, between=lambda: sym.ratio_upper + 0 * sympy.log(2))
    assert found("LIN-19", "limit of the half-time", formula).level is None
