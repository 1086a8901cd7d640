"""Where a check can decide nothing it says so, and what it leaves out it counts."""

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
import sympy

from agf_theory.closed_form import framework as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.problems import zoo
from agf_theory.proofs_check import Evidence, Hypotheses, Level, Outcome, get
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.framework import (
    accumulation,
    conservation,
    criticality,
    flow_sequence,
    growth,
    jump_time_bounds,
)
from agf_theory.proofs_check.framework.growth import Growth


def context_of(instances):
    """A context that hands out these instances, whatever is asked for."""

    class Given(Hypotheses):
        def instances(self, random, count):
            yield from instances

    return Context(Given(), 0)


def formula_of(claim_id):
    return get(claim_id).formula


def an_instance(claim_id):
    claim = get(claim_id)
    (instance,) = claim.hypotheses.instances(Context(claim.hypotheses, 5).random(), 1)
    return instance


def test_balls_of_a_threshold_that_are_too_wide_decide_nothing(monkeypatch):
    instance = an_instance("FRM-04")
    monkeypatch.setattr(accumulation, "PRECISION", 60)
    found = accumulation.enclosed_integral(formula_of("FRM-04"), instance)
    assert (found.result, found.detail) == (Outcome.INCONCLUSIVE, "balls too wide")
    assert 1e-30 < found.figures["widest"] < 1e-9
    whole = accumulation.enclosed_integrals(formula_of("FRM-04"), context_of([instance]))
    assert (whole.result, whole.instances) == (Outcome.INCONCLUSIVE, None)


def test_balls_of_a_jump_time_that_are_too_wide_decide_nothing(monkeypatch):
    instance = an_instance("FRM-05")
    monkeypatch.setattr(jump_time_bounds, "PRECISION", 60)
    found = jump_time_bounds.attained(formula_of("FRM-05"), instance)
    assert (found.result, found.detail) == (Outcome.INCONCLUSIVE, "balls too wide")
    assert 1e-30 < found.figures["widest"] < 1e-9
    whole = jump_time_bounds.attained_at_maximisers(formula_of("FRM-05"), context_of([instance]))
    assert (whole.result, whole.instances) == (Outcome.INCONCLUSIVE, None)


def outcomes(monkeypatch, module, probe, results):
    """Let a probe give these results, one an instance."""
    given = iter(results)
    monkeypatch.setattr(module, probe, lambda formula, instance: next(given))
    return context_of([{}] * len(results))


MOVED = Evidence.of(Level.SAMPLED, "agree", instances=1, worst=1e-9)
UNMOVED = Evidence.inconclusive("hardly changed")
WRONG = Evidence.refuted("another norm", {"neuron": 1}, instances=1)


def test_neurons_whose_norm_hardly_changes_are_left_out_and_counted(monkeypatch):
    worse = replace(MOVED, figures={"worst": 3e-9})
    given = outcomes(monkeypatch, accumulation, "integrated_norm", [UNMOVED, MOVED, worse, UNMOVED, MOVED])
    found = accumulation.integrated_neurons(formula_of("FRM-03"), given)
    assert (found.level, found.detail, found.instances) == (Level.SAMPLED, "agree", 3)
    assert found.figures == {"worst": 3e-9, "left_out_unmoved": 2}


def test_where_no_norm_changes_nothing_is_decided_and_a_refutation_counts_what_moved(monkeypatch):
    given = outcomes(monkeypatch, accumulation, "integrated_norm", [UNMOVED] * 3)
    assert accumulation.integrated_neurons(formula_of("FRM-03"), given).result is Outcome.INCONCLUSIVE
    given = outcomes(monkeypatch, accumulation, "integrated_norm", [UNMOVED, MOVED, WRONG, MOVED])
    refuted = accumulation.integrated_neurons(formula_of("FRM-03"), given)
    assert (refuted.result, refuted.instances) == (Outcome.REFUTED, 2)


@pytest.mark.parametrize(("seen", "result"), [(1.009, Outcome.INCONCLUSIVE), (0.991, Outcome.INCONCLUSIVE)])
def test_a_norm_that_changes_by_less_than_a_hundredth_shows_nothing(monkeypatch, seen, result):
    instance = an_instance("FRM-03")
    norm = float(instance["neuron"].norm)
    monkeypatch.setattr(accumulation, "_flow", lambda neuron: (seen * norm, 0.0))
    assert accumulation.integrated_norm(formula_of("FRM-03"), instance).result is result
    monkeypatch.setattr(accumulation, "_flow", lambda neuron: (1.02 * norm, 0.0))
    assert accumulation.integrated_norm(formula_of("FRM-03"), instance).result is Outcome.REFUTED


def bounded(closest, upper):
    return Evidence.of(Level.SAMPLED, "between", instances=1, closest=closest, bounded=upper)


def not_active(left_out):
    return Evidence.inconclusive("not active", left_out=left_out)


def test_neurons_that_do_not_become_active_are_left_out_and_counted_by_their_reason(monkeypatch):
    results = [bounded(0.5, True), not_active("at_a_kink"), bounded(0.25, False), *[not_active("never_active")] * 2]
    given = outcomes(monkeypatch, jump_time_bounds, "between_the_bounds", results)
    found = jump_time_bounds.integrated_neurons(formula_of("FRM-05"), given)
    assert (found.level, found.instances) == (Level.SAMPLED, 2)
    assert found.figures == {
        "closest": 0.25,
        "with_upper_bound": 1,
        "left_out": {"at_a_kink": 1, "never_active": 2},
    }


def test_neurons_of_which_none_starts_positive_test_no_upper_bound(monkeypatch):
    given = outcomes(
        monkeypatch, jump_time_bounds, "between_the_bounds", [bounded(0.5, False), not_active("at_a_kink")]
    )
    found = jump_time_bounds.integrated_neurons(formula_of("FRM-05"), given)
    assert found.result is Outcome.INCONCLUSIVE
    assert found.figures == {"at_a_kink": 1, "never_active": 0}


@pytest.mark.parametrize(
    ("start", "time", "kinked", "expected"),
    [
        (Fraction(1), None, True, "at_a_kink"),
        (Fraction(-1), None, False, "never_active"),
        (Fraction(0), None, False, "never_active"),
        (Fraction(-1), None, True, "at_a_kink"),
        (Fraction(1), None, False, Outcome.REFUTED),  # it should be active by twice the upper bound
        (Fraction(1), 0.75, False, Level.SAMPLED),
        (Fraction(1), 0.4, False, Outcome.REFUTED),
        (Fraction(1), 1.1, False, Outcome.REFUTED),
        (Fraction(-1), 1.1, False, Level.SAMPLED),  # no upper bound is claimed
    ],
)
def test_a_jump_time_is_held_to_the_bounds_that_are_claimed(monkeypatch, start, time, kinked, expected):
    utility = SimpleNamespace(degree=2, value=lambda direction: start)
    neuron = SimpleNamespace(norm=Fraction(1, 2), utility=utility, direction=(1, 0))
    monkeypatch.setattr(jump_time_bounds, "_maximal_utility", lambda neuron: 1.0)
    horizons = []

    def jump_time(neuron, horizon):
        horizons.append(horizon)
        return time, kinked

    monkeypatch.setattr(jump_time_bounds, "_jump_time", jump_time)
    right = formula_of("FRM-05")
    formula = replace(right, lower=lambda degree: sympy.Rational(1, 2), upper=lambda degree: sympy.Integer(1))
    found = jump_time_bounds.between_the_bounds(formula, {"neuron": neuron})
    if isinstance(expected, str):
        assert (found.result, found.figures["left_out"]) == (Outcome.INCONCLUSIVE, expected)
    else:
        assert found.result is expected
    assert horizons == [2.0 if start > 0 else jump_time_bounds.PATIENCE]
    if found.level:
        assert found.figures["bounded"] is (start > 0)
        assert found.figures["closest"] == pytest.approx(0.25 if start > 0 else 1.0)


def test_the_sign_of_an_exponent_that_is_not_found_decides_nothing(monkeypatch):
    proved = Evidence.of(Level.PROVED, "scaling")
    monkeypatch.setattr(criticality, "vanishes", lambda residual, **options: proved)
    unknown = sympy.Function("f")(sym.kappa)
    found = criticality.no_force_at_zero(lambda: sym.level**unknown, context_of([]))
    assert found.result is Outcome.INCONCLUSIVE
    assert found.detail == "sign of the exponent log(ell**f(kappa))/log(ell) not found"


@pytest.mark.parametrize(("exponent", "at"), [(sym.kappa - 2, "2"), (sym.kappa - sympy.Rational(3, 2), "11/10")])
def test_an_exponent_that_is_not_positive_somewhere_above_one_refutes(monkeypatch, exponent, at):
    proved = Evidence.of(Level.PROVED, "scaling")
    monkeypatch.setattr(criticality, "vanishes", lambda residual, **options: proved)
    found = criticality.no_force_at_zero(lambda: sym.level**exponent, context_of([]))
    assert (found.result, found.witness["κ"]) == (Outcome.REFUTED, at)


def test_networks_that_hardly_move_are_left_out_and_counted(monkeypatch):
    right = conservation._trained
    number = iter(range(100))

    def trained(generator, power, rectified):
        start, end = right(generator, power, rectified)
        return (start, start * 1.004) if next(number) in (2, 5, 7) else (start, end)

    monkeypatch.setattr(conservation, "_trained", trained)
    claim = get("FRM-07")
    context = Context(claim.hypotheses, 0)
    found = conservation.integrated_networks(claim.formula, context)
    assert found.instances + found.figures["left_out_unmoved"] == 12
    assert found.figures["left_out_unmoved"] == 3


PROBLEM = zoo.get("deactivation-2d")


@pytest.fixture
def flow(monkeypatch):
    """A flow that drops as alternating gradient flows say, up to what is set; by scale."""
    off = SimpleNamespace(times=lambda eta: 0.1 / eta, level=0.0, out_of_order=())

    def jumps(problem, scale, tolerance=1e-10):
        drops = flow_sequence.alternating_drops(problem, scale)
        start = float(problem.y @ problem.y) / (2 * problem.n)
        follows = str(scale) not in off.out_of_order
        times = drops.times / (1 + off.times(scale.log_inverse))
        return SimpleNamespace(times=times, losses=drops.levels + off.level * start, follows=lambda order: follows)

    monkeypatch.setattr(flow_sequence, "flow_jumps", jumps)
    monkeypatch.setattr(flow_sequence, "general_problems", lambda context, count: [PROBLEM] * count)
    return off


def followed():
    return flow_sequence.followed_by_the_flow(flow_sequence.alternating_drops, {"problem": PROBLEM})


def all_followed():
    return flow_sequence.on_diagonal_networks(flow_sequence.alternating_drops, context_of([]), count=2)


def test_times_that_approach_as_the_first_power_are_told_with_it(flow):
    found = followed()
    assert (found.level, found.instances) == (Level.CONVERGED, 1)
    assert found.figures["least_power"] == pytest.approx(1, abs=1e-6)
    assert found.figures["worst_height"] == 0
    whole = all_followed()
    assert (whole.level, whole.instances) == (Level.CONVERGED, 2)
    assert whole.figures == found.figures


def test_times_that_are_met_to_the_integrators_error_show_no_convergence(flow):
    flow.times = lambda eta: 0.0
    assert followed().result is Outcome.INCONCLUSIVE
    assert "nothing falls" in followed().detail
    assert np.shape(followed().figures["figures"])[0] == len(flow_sequence.SCALES)
    assert (all_followed().result, all_followed().instances) == (Outcome.INCONCLUSIVE, None)


def test_times_that_approach_too_slowly_refute(flow):
    flow.times = lambda eta: 0.1 / eta**0.85
    assert followed().result is Outcome.REFUTED
    assert "to the 0.85" in followed().witness["violated"]
    flow.times = lambda eta: 0.1 / eta**0.95
    assert followed().level is Level.CONVERGED


def test_a_level_that_is_off_refutes_beyond_the_integrators_error(flow):
    flow.level = 0.9e-8
    assert followed().level is Level.CONVERGED
    assert followed().figures["worst_height"] == pytest.approx(0.9e-8, rel=1e-3)
    flow.level = 1.1e-8
    assert followed().result is Outcome.REFUTED
    assert (all_followed().result, all_followed().instances) == (Outcome.REFUTED, 1)


def test_another_order_refutes_at_the_smallest_scale_only(flow):
    flow.out_of_order = ("1e-60",)
    assert (followed().result, followed().figures["design"]["α"]) == (Outcome.INCONCLUSIVE, "1e-60")
    flow.out_of_order = ("1e-1000",)
    assert (followed().result, followed().witness["α"]) == (Outcome.REFUTED, "1e-1000")


def test_a_vector_that_is_left_over_decides_nothing():
    assert growth._same_vector(sym.theta - sym.theta).level is Level.PROVED
    same = sympy.sin(sym.kappa) ** 2 * sym.theta + sympy.cos(sym.kappa) ** 2 * sym.theta - sym.theta
    assert growth._same_vector(same).level is Level.PROVED
    found = growth._same_vector(2 * sym.theta - sym.eta * sym.gradient + sym.theta)
    assert found.result is Outcome.INCONCLUSIVE
    assert found.detail.startswith("velocity of the direction: ")


def test_a_normalised_utility_whose_growth_has_no_sign_decides_nothing(monkeypatch):
    right = Growth(closed_form.norm_growth, closed_form.direction_velocity)
    turned = SimpleNamespace(
        direction_rate=lambda *given, **values: [-r for r in right.direction_rate(*given, **values)]
    )
    monkeypatch.setattr(jump_time_bounds, "Growth", lambda *formulas: turned)
    found = jump_time_bounds._utility_never_falls()
    assert found.result is Outcome.INCONCLUSIVE
    assert "was not found" in found.detail
    claim = get("FRM-05")
    assert jump_time_bounds.by_comparison(claim.formula, Context(claim.hypotheses, 0)).result is Outcome.INCONCLUSIVE
