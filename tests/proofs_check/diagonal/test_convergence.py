"""Alternating and gradient flow as α tends to zero, on designs drawn from the claims' own hypotheses."""

import flint
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from agf_theory.numeric import diagonal as numeric
from agf_theory.problems import InitScale
from agf_theory.proofs_check import get
from agf_theory.proofs_check.diagonal.generic import flow_jumps, joiners
from agf_theory.proofs_check.diagonal.limiting_path import certified_path, first_violation
from agf_theory.proofs_check.power_law import fit_power

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


ALL, UNSHRUNK = tuple(Phase), (Phase.explicit, Phase.reuse, Phase.generate)


def drawn_from(claim, examples, phases=ALL):
    def decorated(test):
        strategy = get(claim).hypotheses.strategy()
        return settings(max_examples=examples, suppress_health_check=SLOW, phases=phases)(given(strategy)(test))

    return decorated


@drawn_from("DIAG-05", 60)
def test_every_limiting_path_satisfies_every_condition(instance):
    assert first_violation(instance["problem"], certified_path(instance["problem"])) == ""


@drawn_from("DIAG-07", 25)
@pytest.mark.parametrize(("convention", "exponent"), [("paper", 4), ("slides", 0)])
def test_alternating_flows_tend_to_the_limit_with_the_stated_power(convention, exponent, instance):
    """The distance times log(1/α) falls as α⁴ (paper), and stays a constant, log(2)/2 (slides)."""
    problem = instance["problem"]
    path = certified_path(problem)
    if not path:
        return
    small, distances = [], []
    for scale in map(InitScale, ("1e-3", "1e-6", "1e-12", "1e-24", "1e-48")):
        with flint.ctx.workprec(1000):
            sequence = numeric.alternating_gradient_flows(
                problem, scale, convention=convention, arithmetic="ball", precision=1000
            )
            assert len(sequence) == len(path)
            off = [
                abs(time / flint.arb(flint.fmpq(knot.time.numerator, knot.time.denominator)) - 1)
                for time, knot in zip(sequence.jump_times, path, strict=True)
            ]
            distances.append(float((max(off, key=float) * scale.log_inverse_ball()).log()))
            small.append(-scale.log_inverse)
    power = fit_power(small, distances)
    assert power.exponent == pytest.approx(exponent, abs=1e-6)  # the next term is α⁴ smaller: 1e-12 at 1e-3
    assert power.log_constant == pytest.approx(np.log(0.5 if convention == "paper" else np.log(2) / 2), abs=1e-5)


@drawn_from("DIAG-09", 8, UNSHRUNK)  # shrinking would integrate for minutes
def test_gradient_flow_tends_to_the_limit_as_one_over_the_logarithm(instance):
    """Error × log(1/α) is the same constant from 1e-80 to 1e-800; short plateaus leave 1e-4 of it at 1e-80."""
    problem = instance["problem"]
    path = certified_path(problem)
    limit = np.array([float(knot.time) for knot in path])
    constants = []
    for scale in map(InitScale, ("1e-80", "1e-160", "1e-320", "1e-800")):
        flow = flow_jumps(problem, scale)
        assert flow.follows(joiners(path))
        constants.append((flow.times - limit) * scale.log_inverse)
    assert np.ptp(np.array(constants), axis=0) == pytest.approx(0, abs=1e-3 * float(limit.max()))
