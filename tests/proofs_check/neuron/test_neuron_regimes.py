"""The claims on the three regimes, put to falsehoods; values by hand; and what their starts are."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import flint
import pytest
from sympy import Rational, sqrt

from agf_theory.closed_form import derivation
from agf_theory.closed_form import neuron as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.neuron import NeuronPrediction
from agf_theory.problems import SingleNeuron, zoo
from agf_theory.proofs_check import Level, Outcome, claims_of, get
from agf_theory.proofs_check.neuron.kernel_change import KernelChange, change_and_growth_at_the_end, values_of
from agf_theory.proofs_check.neuron.kernel_change import at_one_time as kernel_at
from agf_theory.proofs_check.neuron.kernel_regimes import KernelInRegimes, at_one_start
from agf_theory.proofs_check.neuron.lazy import LazyPath
from agf_theory.proofs_check.neuron.lazy import at_one_time as lazy_at
from agf_theory.proofs_check.neuron.rich import RichNeuron
from agf_theory.proofs_check.neuron.rich import at_one_time as rich_at
from agf_theory.proofs_check.neuron.starts import NeuronStart, WhitenedStart
from agf_theory.proofs_check.neuron.two_stages import TwoStages
from agf_theory.proofs_check.neuron.two_stages import at_one_time as stages_at

PLANE = ((Fraction(3, 5), Fraction(4, 5)), (Fraction(-4, 5), Fraction(3, 5)))
UPSTREAM = WhitenedStart(PLANE, Fraction(1), Fraction(3), Fraction(-1, 2), Fraction(1), Fraction(1, 5))
BALANCED = WhitenedStart(PLANE, Fraction(2), Fraction(1), Fraction(3, 5), Fraction(4, 5), Fraction(1, 2))
DOWNSTREAM = WhitenedStart(PLANE, Fraction(1), Fraction(0), Fraction(6, 5), Fraction(8, 5), Fraction(1, 2))


def test_the_kernel_of_one_input_changes_by_twice_its_weights():
    # d = 1: K = a² + w² = q; b = 2, aw = 1 at a = w = 1: q from 2 to 4.
    values = {sym.inputs: 1, sym.neuron_imbalance: 0, sym.goal_norm: 2, sym.map_norm_0: 1, sym.cosine_0: 1}
    assert closed_form.final_kernel_change().subs(values) == 1
    assert closed_form.final_kernel_growth().subs(values) == 2
    assert closed_form.balanced_kernel_change().subs(values) == 1


def test_far_downstream_an_orthogonal_start_turns_its_kernel_by_root_two():
    assert closed_form.delayed_kernel_change().subs(sym.cosine_0, 0) == sqrt(2)


def test_the_lazy_bound_is_at_most_twice_the_sum_of_squares():
    for d in (1, 2, 50):
        for first in (0, Rational(1, 3), 1, 4):
            values = {sym.inputs: d, sym.map_norm_0: first, sym.goal_norm: 1, sym.cosine_0: 0, sym.neuron_imbalance: 1}
            assert closed_form.lazy_kernel_bound().subs(values) <= 2 * (1 + first**2)


def test_half_times_of_an_aligned_neuron_are_those_of_its_logistic_curve():
    # log(b/mu_0 - 1)/(2b) = log(b/mu_0)/(2b) - mu_0/(2b²) + ...
    aligned = {sym.cosine: 1, sym.goal_norm: 2, sym.size_0: Rational(1, 100)}
    for correction in (closed_form.rich_size_correction(), closed_form.rich_map_correction()):
        assert correction.subs(aligned) == Rational(-1, 800)
    assert float(closed_form.rich_half_time().subs(aligned)) == pytest.approx(5.298317 / 4)


def test_the_half_time_along_the_goal_is_derived_too():
    # phi_0 = 1 is no tanh c: two steps of its own.
    assert derivation("SN-19").check().proved
    wrong = derivation("SN-19", rich_half_time=lambda: closed_form.rich_half_time().subs(sym.cosine, 0)).check()
    assert "Half-way along the goal" in {failure.step.label for failure in wrong.failures}


@pytest.mark.parametrize("cosine", [Rational(3, 5), 1])
def test_what_is_left_far_downstream_falls_like_the_square(cosine):
    values = {sym.inputs: 3, sym.goal_norm: 2, sym.map_norm_0: Rational(1, 2), sym.cosine_0: cosine}
    left = closed_form.final_kernel_change() - closed_form.delayed_kernel_change()
    near, far = (abs(left.subs({**values, sym.neuron_imbalance: -size}).evalf(30)) for size in (10**3, 10**4))
    assert float(near / far) == pytest.approx(100, rel=1e-3)


def test_the_change_of_the_prediction_is_the_formula():
    neuron = zoo.get("delayed-rich-neuron", SingleNeuron)
    values = {
        sym.inputs: 2,
        sym.neuron_imbalance: Rational(-9 * (20**2 + 99**2), 101**2),
        sym.goal_norm: 1,
        sym.map_norm_0: 0,
        sym.cosine_0: Rational(20, 101),
    }
    found = float(closed_form.final_kernel_change().subs(values))
    assert found == pytest.approx(NeuronPrediction.of(neuron).kernel_change(), rel=1e-12)


@pytest.mark.parametrize("start", [UPSTREAM, BALANCED, DOWNSTREAM])
def test_a_wrong_kernel_is_noticed_at_each_kind_of_start(start):
    assert kernel_at(KernelChange(), {"start": start}).result is Level.CERTIFIED
    for wrong in (
        KernelChange(square=lambda: closed_form.kernel_square() + sym.across_0**4),
        KernelChange(distance=lambda: closed_form.kernel_distance_square() * Rational(1001, 1000)),
        KernelChange(change=lambda: closed_form.final_kernel_change() * Rational(1001, 1000)),
    ):
        assert kernel_at(wrong, {"start": start}).result is Outcome.REFUTED


def test_a_kernel_at_its_end_does_not_change():
    still = replace(BALANCED, b=Fraction(1), parallel=Fraction(1), across=Fraction(0))
    with flint.ctx.workprec(128):
        change, growth = change_and_growth_at_the_end(still)
        assert change.contains(0)
        assert growth.overlaps(flint.arb(1))


def test_bounds_hold_and_smaller_ones_are_noticed():
    assert lazy_at(LazyPath(), {"start": UPSTREAM}).result is Level.CERTIFIED
    small = LazyPath(bound=lambda: closed_form.lazy_distance_bound() / 1000)
    assert lazy_at(small, {"start": UPSTREAM}).result is Outcome.REFUTED
    assert rich_at(RichNeuron(), {"start": BALANCED}).result is Level.CERTIFIED
    assert rich_at(RichNeuron(plateau=lambda: sym.size_0), {"start": BALANCED}).result is Outcome.REFUTED
    assert stages_at(TwoStages(), {"start": DOWNSTREAM}).result is Level.CERTIFIED
    ahead = TwoStages(size=lambda: closed_form.fast_stage_size() + sym.goal_norm)
    assert stages_at(ahead, {"start": DOWNSTREAM}).result is Outcome.REFUTED
    assert at_one_start(KernelInRegimes(), {"start": UPSTREAM}).result is Level.CERTIFIED
    less = KernelInRegimes(lazy=lambda: closed_form.lazy_kernel_bound() / 10)
    assert at_one_start(less, {"start": UPSTREAM}).result is Outcome.REFUTED


def test_starts_of_one_regime_are_what_they_are_said_to_be():
    upstream = [NeuronStart(upstream=True).draw(Random(size), size) for size in range(12)]
    assert all(start.delta > 0 for start in upstream)
    assert {start.a > 0 for start in upstream} == {True, False}
    from_zero = [NeuronStart(from_zero=True).draw(Random(size), size) for size in range(12)]
    assert all(start.a == 0 and start.parallel > 0 for start in from_zero)
    assert {start.across > 0 for start in from_zero} == {True, False}


def test_values_of_a_start_without_inner_weights_have_no_angle():
    with flint.ctx.workprec(64):
        values = values_of(replace(UPSTREAM, parallel=Fraction(0), across=Fraction(0)))
    assert values[sym.map_norm_0] == 0
    assert values[sym.cosine_0] == 0


def test_no_bound_of_a_regime_is_looser_than_it_need_be():
    for claim_id, part in (("SN-17", "bound"), ("SN-19", "plateau"), ("SN-20", "lag"), ("SN-20", "lack")):
        claim = get(claim_id)
        twice = 2 * getattr(claim.formula, part)()
        loose = replace(claim.formula, **{part: lambda twice=twice: twice})
        name = {"SN-17": "enclosed flows", "SN-19": "plateaus", "SN-20": "best constants"}[claim_id]
        found = _run(claim, name, loose)
        assert found.result is Outcome.REFUTED, (claim_id, part)


def _run(claim, name, formula):
    from agf_theory.proofs_check.context import Context, seed_of

    check = next(check for check in claim.checks if check.name == name)
    return check.run(formula, Context(claim.hypotheses, seed_of(0, claim.id, name)))


def test_the_regimes_are_claims_of_the_room():
    assert [claim.id for claim in claims_of("neuron")][-5:] == [f"SN-{k}" for k in range(16, 21)]
