import sys

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from agf_theory.errors import HypothesisNotMet, IntegrationFailed
from agf_theory.numeric.diagonal.heteroclinic import START, leaver_intercepts
from agf_theory.problems import zoo


def saddles_of(name, before, after):
    """G, b and least-squares saddles on two supports."""
    problem = zoo.get(name)
    gram, linear = problem.X.T @ problem.X / problem.n, problem.X.T @ problem.y / problem.n
    points = []
    for support in (before, after):
        point = np.zeros(problem.d)
        point[support] = np.linalg.solve(gram[np.ix_(support, support)], linear[support])
        points.append(point)
    return gram, linear, *points


def intercept_by_brute_force(gram, linear, before, after, leavers, leaver, joiner):
    """The definition: an explicit integrator of β itself, and the decay read off its last stretch."""
    signs = np.where(before != 0, np.sign(before), np.sign(after))
    start = signs * np.abs(before)
    tiny = 1e-12
    start[joiner] = signs[joiner] * tiny
    rate = 2 * signs[joiner] * (linear - gram @ before)[joiner]
    decays = 2 * signs * (linear - gram @ after)
    decay = decays[leaver]
    end = (np.log(abs(after[joiner]) / tiny)) / rate + 30 / -max(decays[leavers])  # the slowest is gone
    orbit = solve_ivp(
        lambda _, beta: 2 * np.abs(beta) * (linear - gram @ beta),
        (0, end),
        start,
        method="DOP853",
        rtol=1e-12,
        atol=1e-300,
    )
    meeting = np.log(abs(after[joiner]) / tiny) / rate
    return float(np.log(abs(orbit.y[leaver, -1])) + decay * (meeting - end))


def test_the_intercept_is_the_orbit_s():
    gram, linear, before, after = saddles_of("deactivation-2d", [0], [1])
    (found,) = leaver_intercepts(gram, linear, before, after, [0])
    assert found == pytest.approx(intercept_by_brute_force(gram, linear, before, after, [0], 0, 1), abs=1e-7)


def test_two_leavers_have_an_intercept_each():
    gram, linear, before, after = saddles_of("two-leavers", [0, 1], [2])
    found = leaver_intercepts(gram, linear, before, after, [0, 1])
    expected = [intercept_by_brute_force(gram, linear, before, after, [0, 1], leaver, 2) for leaver in (0, 1)]
    assert found == pytest.approx(expected, abs=1e-6)


def test_flipping_the_columns_changes_no_intercept():
    gram, linear, before, after = saddles_of("deactivation-2d", [0], [1])
    flip = np.array([-1, 1])
    flipped = leaver_intercepts(gram * np.outer(flip, flip), linear * flip, before * flip, after * flip, [0])
    assert flipped == pytest.approx(leaver_intercepts(gram, linear, before, after, [0]), rel=1e-9)


def test_a_leaver_with_vanishing_gradient_is_refused():
    gram, linear = np.array([[1.0, 2.0], [2.0, 4.0]]), np.array([1.0, 2.0])
    with pytest.raises(HypothesisNotMet, match="a growing joiner and decaying leavers; a gradient vanishes here"):
        leaver_intercepts(gram, linear, np.array([0.5, 0.0]), np.array([0.0, 0.5]), [0])


def test_a_joiner_that_does_not_grow_is_refused():
    gram, linear = np.eye(2), np.array([1.0, -1.0])
    with pytest.raises(HypothesisNotMet, match="a growing joiner"):
        leaver_intercepts(gram, linear, np.array([1.0, 0.0]), np.array([0.0, 1.0]), [0])


def test_an_orbit_that_does_not_arrive_is_reported(monkeypatch):
    module = sys.modules["agf_theory.numeric.diagonal.heteroclinic"]
    real = module.solve_ivp

    def short(velocity, _span, start, **options):
        return real(velocity, (0, 1e-3), start, **options)

    monkeypatch.setattr(module, "solve_ivp", short)
    with pytest.raises(IntegrationFailed, match="the orbit between two saddles did not arrive"):
        leaver_intercepts(*saddles_of("deactivation-2d", [0], [1]), [0])


def test_the_start_is_near_enough_to_the_saddle():
    assert np.exp(-2 * START) < np.finfo(float).eps
