"""Where a check can decide nothing it says so, and what it leaves out it counts."""

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import flint
import numpy as np
import pytest
import sympy

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball
from agf_theory.errors import UndecidedError
from agf_theory.problems import DiagonalNetwork, zoo
from agf_theory.proofs_check import Hypotheses, Level, Outcome, get
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal import (
    corrected_times,
    corrections_derived,
    dormant_utility,
    flow_limit,
    jump_time,
    rescaled_level,
    rescaled_limit,
    rescaled_path,
)
from agf_theory.proofs_check.diagonal.limiting_path import certified_path
from agf_theory.proofs_check.power_law import Power

ORTHOGONAL = DiagonalNetwork([["1", "0"], ["0", "1"]], ["0", "0"])
"""No jump at all."""


def context_of(claim_id, instances):
    """A context that hands out these instances, whatever is asked for."""

    class Given(Hypotheses):
        def instances(self, random, count):
            yield from instances

    return Context(Given(), 0)


def formula_of(claim_id):
    return get(claim_id).formula


NEURON = {name: Fraction(1) for name in ("g", "φ_0", "η", "t")}


@pytest.mark.parametrize(
    ("module", "claim_id", "probe", "check"),
    [
        (dormant_utility, "DIAG-02", "integral_at", "enclosed_integrals"),
        (jump_time, "DIAG-04", "norm_one_at_the_jump", "enclosed"),
    ],
)
def test_balls_of_a_neuron_that_are_too_wide_decide_nothing(monkeypatch, module, claim_id, probe, check):
    claim = get(claim_id)
    (instance,) = claim.hypotheses.instances(Context(claim.hypotheses, 5).random(), 1)
    monkeypatch.setattr(module, "PRECISION", 60)
    found = getattr(module, probe)(claim.formula, instance)
    assert (found.result, found.detail) == (Outcome.INCONCLUSIVE, "balls too wide")
    assert 1e-30 < found.figures["widest"] < 1e-9
    whole = getattr(module, check)(claim.formula, context_of(claim_id, [instance]))
    assert (whole.result, whole.instances) == (Outcome.INCONCLUSIVE, None)


def test_balls_of_a_path_that_are_too_wide_decide_nothing(monkeypatch):
    monkeypatch.setattr(rescaled_path, "PRECISION", 70)  # the least that balls along paths take is 64
    found = rescaled_path.rescaled_path(formula_of("DIAG-08"), {"problem": zoo.get("deactivation-2d")})
    assert (found.result, found.detail) == (Outcome.INCONCLUSIVE, "balls too wide")
    assert 1e-30 < found.figures["widest"] < 1e-6
    whole = rescaled_path.enclosed(formula_of("DIAG-08"), context_of("DIAG-08", []), count=0)
    assert (whole.result, whole.instances) == (Outcome.INCONCLUSIVE, None)


def test_designs_on_which_balls_cannot_decide_are_counted(monkeypatch):
    right = rescaled_path._rescaled_path

    def undecided(formula, problem, scales):
        if problem is ORTHOGONAL:
            raise UndecidedError("dependent columns")
        return right(formula, problem, scales)

    monkeypatch.setattr(rescaled_path, "_rescaled_path", undecided)
    given = context_of("DIAG-08", [{"problem": ORTHOGONAL}] * 2)
    found = rescaled_path.enclosed(formula_of("DIAG-08"), given, count=2, scales=("0.1",))
    assert (found.level, found.instances, found.figures["undecided_designs"]) == (Level.CERTIFIED, 3, 2)
    assert found.figures["leavers"] == 5
    assert found.figures["scales"] == ["0.1"]


def test_jumps_are_compared_in_number_time_and_saddle():
    at = lambda time, *saddle: (ball(time), [ball(entry) for entry in saddle])  # noqa: E731
    compare = rescaled_path._first_difference
    with flint.ctx.workprec(100):
        assert compare([at(1, 2)], [at(1, 2)]) == ("", 0.0)
        assert compare([at(1, 2)], [])[0] == "1 jumps instead of 0"
        assert compare([at(1, 2), at(2, 3)], [at(1, 2), at(3, 3)])[0].startswith("jump 2 at 2.0")
        assert compare([at(1, 2, 5)], [at(1, 2, 4)])[0].startswith("saddle 1, coordinate 1: 5.0")
        several = [(ball(1), [])]  # one of several minimisers: no coefficients are expected
        assert compare([at(1, 2)], several) == ("", 0.0)
        wide = (flint.arb(1, 1e-3), [flint.arb(2, 1e-2)])
        assert compare([wide], [at(1, 2)]) == ("", pytest.approx(1e-2))
        assert compare([wide], several) == ("", pytest.approx(1e-3))


def test_neurons_that_all_shrink_first_or_all_grow_show_too_little():
    for sign in (1, -1):
        given = context_of("DIAG-02", [{**NEURON, "φ_0": Fraction(sign)}] * 3)
        found = dormant_utility.enclosed_integrals(formula_of("DIAG-02"), given)
        assert found.result is Outcome.INCONCLUSIVE
        assert found.figures["first_shrinking"] == (3 if sign == 1 else 0)


def test_a_problem_without_a_jump_shows_no_convergence_and_is_not_counted():
    found = rescaled_limit.converging_times(formula_of("DIAG-07"), {"problem": ORTHOGONAL})
    assert found.result is Outcome.INCONCLUSIVE
    assert "no jump" in found.detail
    given = context_of("DIAG-07", [{"problem": ORTHOGONAL}] * 2)
    assert rescaled_limit.observed_rate(formula_of("DIAG-07"), given, count=2).instances == 3


def test_a_power_that_is_not_the_expected_one_refutes_each_convention(monkeypatch):
    for wrong in ("paper", "slides"):
        expected = {"paper": 4, "slides": 1}
        monkeypatch.setattr(rescaled_limit, "_EXPECTED", {**expected, wrong: expected[wrong] + 2e-6})
        found = rescaled_limit.converging_times(formula_of("DIAG-07"), {"problem": zoo.get("deactivation-2d")})
        assert (found.result, found.instances) == (Outcome.REFUTED, 1)
        assert wrong in found.witness["violated"]


def test_another_number_of_jumps_refutes_the_convergence():
    right = formula_of("DIAG-07")
    fewer = replace(right, jumps=lambda *given: right.jumps(*given)[:-1])
    found = rescaled_limit.converging_times(fewer, {"problem": zoo.get("deactivation-2d")})
    assert (found.result, found.instances) == (Outcome.REFUTED, 1)
    assert found.witness["violated"] == "another number of jumps (paper)"


LIMIT = "DIAG-09"
PROBLEM = zoo.get("deactivation-2d")
PATH = certified_path(PROBLEM)


@pytest.fixture
def flows(monkeypatch):
    """Flows that jump at the times of the limit plus what is set, in the order set; by scale."""
    shift = SimpleNamespace(of=lambda eta: np.array([2 / eta] * len(PATH)), out_of_order=())
    order = tuple(flow_limit.joiners(PATH))

    def jumps(problem, scale, tolerance=1e-10):
        times = np.array([float(knot.time) for knot in PATH]) + shift.of(scale.log_inverse)
        follows = str(scale) not in shift.out_of_order
        return SimpleNamespace(times=times, follows=lambda asked: follows and tuple(asked) == order)

    monkeypatch.setattr(flow_limit, "flow_jumps", jumps)
    return shift


def rate():
    return flow_limit.rate_of_convergence(formula_of(LIMIT), {"problem": PROBLEM})


def fitted(*problems):
    monkey = context_of(LIMIT, [{"problem": problem} for problem in problems])
    return flow_limit.fitted_rate(formula_of(LIMIT), monkey, count=len(problems))


@pytest.fixture
def only_this_problem(monkeypatch):
    monkeypatch.setattr(flow_limit, "general_problems", lambda context, count: [PROBLEM] * count)


def test_an_error_of_order_one_is_fitted_with_its_constant(flows):
    found = rate()
    assert (found.level, found.instances) == (Level.CONVERGED, 1)
    assert found.figures["constants"] == [2.0] * len(PATH)
    assert found.figures["jumps_not_fitted"] == 0
    assert found.figures["exponent_off"] < 1e-9
    assert found.figures["relative_spread_of_constants"] < 1e-9


def test_an_error_of_another_order_refutes_the_rate_at_its_jump(flows):
    flows.of = lambda eta: np.array([2 / eta, *[2 / eta**1.5] * (len(PATH) - 1)]) * 1000
    found = rate()
    assert found.result is Outcome.REFUTED
    assert found.witness["violated"].startswith("jump 2: error falls with the power 1.5")


def test_jumps_whose_error_vanishes_by_accident_are_left_out_and_counted(flows, only_this_problem):
    tiny = 0.019 * float(PATH[0].time)
    flows.of = lambda eta: np.array([tiny / eta, *[2 / eta] * (len(PATH) - 1)])
    found = rate()
    assert found.figures["jumps_not_fitted"] == 1
    assert len(found.figures["constants"]) == len(PATH) - 1
    whole = fitted(PROBLEM, PROBLEM)
    assert (whole.instances, whole.figures["jumps_not_fitted"]) == (2, 2)
    assert whole.figures["problems_not_fitted"] == 0
    assert len(whole.figures["constants"]) == 2 * (len(PATH) - 1)


def test_a_problem_on_which_no_error_is_seen_decides_nothing_and_is_counted(flows, only_this_problem):
    flows.of = lambda eta: np.zeros(len(PATH))
    assert rate().result is Outcome.INCONCLUSIVE
    whole = fitted(PROBLEM, PROBLEM)
    assert whole.result is Outcome.INCONCLUSIVE
    assert whole.figures["problems_not_fitted"] == 2


def test_another_order_refutes_the_limit_at_the_smallest_scale_only(flows, only_this_problem):
    flows.out_of_order = ("1e-200",)
    found = rate()
    assert (found.result, found.witness) == (Outcome.INCONCLUSIVE, None)
    assert "1e-200" in found.figures["design"]["violated"]
    assert (fitted(PROBLEM).result, fitted(PROBLEM).instances) == (Outcome.INCONCLUSIVE, None)
    flows.out_of_order = ("1e-200", "1e-1000")
    assert rate().result is Outcome.REFUTED
    assert (fitted(PROBLEM).result, fitted(PROBLEM).instances) == (Outcome.REFUTED, 1)


def test_the_scale_from_which_on_the_order_is_that_of_the_limit_is_counted(flows, only_this_problem):
    order = lambda: flow_limit.observed_order(formula_of(LIMIT), context_of(LIMIT, []), count=2)  # noqa: E731
    assert order().figures["problems_settled_at"] == {**dict.fromkeys(flow_limit.ORDERED, 0), "1e-4": 2}
    flows.out_of_order = ("1e-4", "1e-16")
    assert order().figures["problems_settled_at"] == {**dict.fromkeys(flow_limit.ORDERED, 0), "1e-30": 2}
    flows.out_of_order = ("1e-1000",)
    assert (order().result, order().instances) == (Outcome.REFUTED, 1)


@pytest.fixture
def errors(monkeypatch):
    """Errors of the corrected times as they are set: at the smallest scale, of the integrator, and the power fitted."""
    set_to = SimpleNamespace(far=1e-9, doubt=0.0, power=Power(2.0, 0.1, 0.0))
    monkeypatch.setattr(corrected_times, "_error", lambda formula, problem, scale: set_to.far)
    monkeypatch.setattr(corrected_times, "_integration_error", lambda problem, scale: set_to.doubt)
    monkeypatch.setattr(corrected_times, "_fitted", lambda formula, problem: set_to.power)
    monkeypatch.setattr(corrected_times, "general_problems", lambda context, count: [PROBLEM] * count)
    return set_to


def corrected():
    return corrected_times.falls_as_a_power(formula_of("DIAG-10"), {"problem": PROBLEM})


def all_corrected(count):
    return corrected_times.power_of_the_scale(formula_of("DIAG-10"), context_of("DIAG-10", []), count=count)


def test_a_power_that_fits_is_told_with_the_error_far_down(errors):
    found = corrected()
    assert (found.level, found.instances) == (Level.CONVERGED, 1)
    assert found.figures == {"worst": 1e-9, "exponent": 2.0, "power": "2 ± 0.1"}
    whole = all_corrected(3)
    assert (whole.level, whole.instances) == (Level.CONVERGED, 3)
    assert whole.figures == {"exponents": ["2 ± 0.1"] * 3, "worst_at_1e-1000": 1e-9}
    assert "(least exponent 2 ± 0.1)" in whole.detail


def test_a_power_within_three_uncertainties_of_none_decides_nothing(errors):
    errors.power = Power(0.3, 0.1, 0.0)
    found = corrected()
    assert found.result is Outcome.INCONCLUSIVE
    assert found.detail == "no power of α fits: 0.3 ± 0.1"
    assert found.figures["design"]["violated"] == "0.3 ± 0.1"
    assert (all_corrected(2).result, all_corrected(2).instances) == (Outcome.INCONCLUSIVE, None)
    errors.power = Power(0.31, 0.1, 0.0)
    assert corrected().level is Level.CONVERGED


def test_errors_too_small_for_any_fit_are_no_evidence_of_a_power(errors):
    errors.power = None
    assert corrected().figures == {"worst": 1e-9}
    assert all_corrected(2).result is Outcome.INCONCLUSIVE


def test_an_integrator_as_coarse_as_the_error_decides_nothing(errors):
    errors.far, errors.doubt = 2e-8, 1e-9
    found = corrected()
    assert found.result is Outcome.INCONCLUSIVE
    assert (found.figures["error"], found.figures["integration_error"]) == (2e-8, 1e-9)
    errors.far, errors.doubt = 1e-8, 0.0
    assert corrected().level is Level.CONVERGED


@pytest.mark.parametrize(("far", "doubt"), [(2.1e-8, 1e-9), (1.1e-8, 0.0), (None, 0.0), (np.nan, 0.0)])
def test_an_error_beyond_what_the_integrator_may_be_blamed_for_refutes(errors, far, doubt):
    errors.far, errors.doubt = far, doubt
    assert corrected().result is Outcome.REFUTED
    assert all_corrected(2).instances == 1
    assert corrected().witness["α"] == "1e-1000"


def test_flows_that_jump_otherwise_have_an_infinite_integration_error(monkeypatch):
    def jumps(problem, scale, tolerance=1e-10):
        entered = (frozenset({0}),) if tolerance == 1e-10 else (frozenset({1}),)
        return SimpleNamespace(entered=entered)

    monkeypatch.setattr(corrected_times, "flow_jumps", jumps)
    assert corrected_times._integration_error(PROBLEM, "1e-4") == np.inf


def test_the_integration_error_is_that_of_times_and_of_active_coordinates(monkeypatch):
    fine = SimpleNamespace(entered=(), times=np.array([2.0]), duals=np.array([[1.0, 0.5]]))
    coarse = SimpleNamespace(entered=(), times=np.array([2.002]), duals=np.array([[1.0002, 0.9]]))
    given = lambda problem, scale, tolerance=1e-10: coarse if tolerance == 1e-9 else fine  # noqa: E731
    monkeypatch.setattr(corrected_times, "flow_jumps", given)
    assert corrected_times._integration_error(PROBLEM, "1e-4") == pytest.approx(1e-3)
    coarse.times = fine.times
    assert corrected_times._integration_error(PROBLEM, "1e-4") == pytest.approx(2e-4)


def test_a_fit_needs_three_errors_above_the_floor(monkeypatch):
    seen = iter(())
    monkeypatch.setattr(corrected_times, "_error", lambda formula, problem, scale: next(seen))
    seen = iter([1e-2, 1e-3, 1e-8, None, 0.0, 1e-9, 1e-9])
    assert corrected_times._fitted(None, PROBLEM) is None
    seen = iter([1e-4, 1e-6, None, 1e-12 * 1e5, 1e-9, 1e-9, 1e-9])
    power = corrected_times._fitted(None, PROBLEM)
    assert 0 < power.exponent < 1
    seen = iter([1e-4, 1e-6, None, 1.1e-8, 1e-9, 1e-9, 1e-9])
    assert corrected_times._fitted(None, PROBLEM) is not None


def test_a_corrected_sequence_that_stops_decides_nothing():
    right = formula_of("DIAG-10")

    def stopped(problem, scale):
        return replace(right(problem, scale), undecided="told so")

    given = context_of("DIAG-10", [])
    found = corrections_derived.against_closed_forms(stopped, given, count=0)
    assert (found.result, found.detail) == (Outcome.INCONCLUSIVE, "the corrected sequence stops")
    assert found.figures["design"]["violated"] == corrections_derived.SCALES[0]
    assert corrected_times._error(stopped, PROBLEM, "1e-40") is None


def test_a_series_that_leaves_nothing_out_has_no_remainder_to_look_at():
    clock = formula_of("DIAG-08")
    exact = replace(clock, series=lambda order, convention: sympy.Integer(1) + sym.alpha)
    found = rescaled_level._remainder_link(exact, 1, "paper", context_of("DIAG-08", []))
    assert (found.result, found.detail) == (Outcome.INCONCLUSIVE, "nothing is left out of the series")
