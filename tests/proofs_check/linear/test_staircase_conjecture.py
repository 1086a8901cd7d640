"""LIN-13 on what is true and on falsehoods; flows are integrated once for all of them."""

import pytest

from agf_theory.problems import LinearNetwork
from agf_theory.proofs_check import Level, Outcome, get
from agf_theory.proofs_check.linear.recursion_variations import Rules, staircase
from agf_theory.proofs_check.linear.staircase_conjecture import flow_follows, published_recursion

CLAIM = get("LIN-13")
COUPLED = {"problem": LinearNetwork([[2, "1/2"], ["1/2", 1]], [[3, "1/2"], [0, 1]])}
REVERSED = {"problem": LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]])}
WRITTEN = [mutant for mutant in CLAIM.mutants if mutant.hypotheses is None]


def test_the_flow_follows_the_recursion_on_irreducible_moments():
    CLAIM.hypotheses.guard(COUPLED)
    assert flow_follows(CLAIM.formula, COUPLED).result is Level.CONVERGED


def test_the_recursion_written_twice_is_one():
    for problem in (COUPLED["problem"], REVERSED["problem"]):
        for one, other in zip(published_recursion(problem), staircase(problem), strict=True):
            assert one == pytest.approx(other, abs=1e-12)


@pytest.mark.parametrize("mutant", WRITTEN, ids=lambda mutant: mutant.name)
def test_wrong_recursions_are_refuted(mutant):
    found = flow_follows(mutant.formula, COUPLED)
    assert found.result is Outcome.REFUTED
    assert found.witness["violated"]


def test_a_time_off_by_a_hundredth_is_refuted():
    def later(problem):
        times, levels = published_recursion(problem)
        return times * 1.01, levels

    assert flow_follows(later, COUPLED).result is Outcome.REFUTED


def test_reducible_moments_are_outside_the_claim_and_inside_what_was_published():
    published = next(mutant for mutant in CLAIM.mutants if mutant.name == "published")
    assert not CLAIM.hypotheses.holds(REVERSED)
    assert CLAIM.under(published).hypotheses.holds(REVERSED)
    found = flow_follows(published.formula, REVERSED)
    assert found.result is Outcome.REFUTED
    assert found.witness["violated"] == "jump 2 at 1.000000, stated 0.750000"


def test_equal_falls_are_outside_the_claim():
    equal = LinearNetwork([[18, 6, 3], [6, 8, 2], [3, 2, 2]], [[3, 0, 0], [0, 2, 0], [0, 0, 1]])
    assert not CLAIM.hypotheses.holds({"problem": equal})


def test_what_flow_cannot_decide_refutes_nothing():
    close = {"problem": LinearNetwork([[4, "1e-8"], ["1e-8", "1/2"]], [[2, 0], [0, 1]])}
    assert flow_follows(published_recursion, close).result is Outcome.INCONCLUSIVE


@pytest.mark.parametrize(
    ("rules", "times"),
    [
        (Rules(), [0.5, 0.75]),
        (Rules(shift=1), [0.5, 0.5]),
        (Rules(first_residual_only=True), [0.5, 0.75]),
        (Rules(restart=True), [0.5, 1.0]),
        (Rules(logs=2), [1.0, 1.5]),
    ],
)
def test_each_mistake_is_what_it_says(rules, times):
    assert staircase(REVERSED["problem"], rules)[0] == pytest.approx(times)
