import numpy as np
import pytest

from agf_theory.errors import HypothesisNotMet, InputError
from agf_theory.numeric import diagonal
from agf_theory.problems import DiagonalNetwork, InitScale, zoo


def test_the_utility_of_one_that_leaves_falls_through_zero_and_comes_back():
    problem = zoo.get("sign-change", DiagonalNetwork)
    limit = diagonal.pesme_flammarion(problem, arithmetic="exact")
    found = diagonal.limiting_utilities(problem, limit)
    turn = int(np.argmin(found.values[1:, 1])) + 1
    assert found.values[turn, 1] == pytest.approx(0, abs=1e-12)
    assert found.times[turn] == pytest.approx(float(limit.jump_times[1] + limit.jump_times[2]) / 2)  # one slope
    assert found.dormant.tolist() == [[True, True], [True, False], [False, True], [False, True], [False, False]]


@pytest.mark.parametrize("name", ["exact-tie", "wide", "badly-scaled", "two-leavers", "reactivation", "gaussian"])
def test_in_the_limit_utilities_are_the_size_of_the_certified_dual(name):
    problem = zoo.get(name, DiagonalNetwork)
    limit = diagonal.pesme_flammarion(problem, arithmetic="exact")
    found = diagonal.limiting_utilities(problem, limit)
    for time, certificate in zip(limit.jump_times, limit.certificates, strict=True):
        at = int(np.argmin(np.abs(found.times - float(time))))
        assert found.values[at] == pytest.approx([abs(float(s)) for s in certificate.dual], abs=1e-9)


@pytest.mark.parametrize("name", ["zero-target", "zero-design", "orthogonal-target"])
def test_without_jumps_nothing_accumulates(name):
    problem = zoo.get(name, DiagonalNetwork)
    found = diagonal.limiting_utilities(problem, diagonal.pesme_flammarion(problem))
    assert found.values.tolist() == [[0.0] * problem.d]
    assert found.dormant.all()


def test_a_sequence_at_finite_scale_or_of_another_problem_is_refused():
    problem, other = (zoo.get(name, DiagonalNetwork) for name in ("sign-change", "deactivation-2d"))
    with pytest.raises(InputError, match="need its own sequence, got one by alternating"):
        diagonal.limiting_utilities(problem, diagonal.alternating_gradient_flows(problem, InitScale("1e-3")))
    with pytest.raises(InputError, match="sequence of the same problem"):
        diagonal.limiting_utilities(other, diagonal.pesme_flammarion(problem))


@pytest.mark.parametrize("convention", ["paper", "slides"])
def test_along_the_flow_they_are_the_logarithms_of_norms(convention):
    problem, scale = DiagonalNetwork([[2.0]], [3.0]), InitScale("1e-3")
    flow = diagonal.gradient_flow(problem, scale, convention=convention)
    found = diagonal.flow_utilities(flow, scale, convention=convention)
    beta, conserved = flow.at(found.times)[:, 0], 2e-6 if convention == "paper" else 1e-6
    norm = np.sqrt(np.sqrt(conserved**2 + 4 * beta**2) / conserved)  # of (u, v) over its start: u² − v² is conserved
    assert found.values[:, 0] == pytest.approx(np.log(norm) / scale.log_inverse, abs=1e-4)  # s between steps
    assert found.thresholds == pytest.approx([-np.log(np.sqrt(conserved)) / scale.log_inverse])
    assert found.shares[-1, 0] > 1


def test_between_long_steps_the_corner_at_zero_is_kept():
    problem, scale = zoo.get("sign-change", DiagonalNetwork), InitScale("1e-300")
    found = diagonal.flow_utilities(diagonal.gradient_flow(problem, scale), scale)
    middle = (found.times > 3) & (found.times < 6)
    assert found.values[middle, 1].min() < 0.06


def test_neurons_that_start_active_have_no_threshold():
    problem, scale = zoo.get("one-coordinate", DiagonalNetwork), InitScale("0.9")
    with pytest.raises(HypothesisNotMet, match="initial norm below one"):
        diagonal.flow_utilities(diagonal.gradient_flow(problem, scale), scale)
