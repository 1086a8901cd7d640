"""Tangent kernels by differences of the answers: exact in fractions, enclosed in balls, close in floats."""

import flint
import numpy as np
import pytest

from agf_theory.errors import InputError
from agf_theory.numeric.neuron import difference_kernel, gradient_flow, kernel_change, kernel_growth, squared_distance
from agf_theory.problems import SingleNeuron, zoo

PROBLEM = SingleNeuron([[1, "1/2"], [0, 3], [2, -1]], [1, -1, 0], "1/2", ["1/3", -1], (2, "1/3"))
F = flint.fmpq


def by_hand(problem, a, w):
    outer, inner = problem.rates
    return problem.X @ (inner * a**2 * np.eye(problem.d) + outer * np.outer(w, w)) @ problem.X.T


@pytest.mark.parametrize("step", [F(1), F(1, 1024), F(7, 3)])
def test_in_fractions_the_kernel_is_exact_whatever_the_step(step):
    found = difference_kernel(PROBLEM, F(1, 2), [F(1, 3), F(-1)], step=step)
    assert np.array([[float(e.p) / float(e.q) for e in row] for row in found]) == pytest.approx(
        by_hand(PROBLEM, 0.5, np.array([1 / 3, -1])), rel=1e-14
    )
    assert found == difference_kernel(PROBLEM, F(1, 2), [F(1, 3), F(-1)])


def test_in_balls_the_kernel_is_enclosed():
    with flint.ctx.workprec(128):
        found = difference_kernel(PROBLEM, flint.arb(1) / 2, [flint.arb(1) / 3, flint.arb(-1)])
    exact = difference_kernel(PROBLEM, F(1, 2), [F(1, 3), F(-1)])
    pairs = [pair for rows in zip(found, exact, strict=True) for pair in zip(*rows, strict=True)]
    with flint.ctx.workprec(256):
        assert all(ball.contains(value) for ball, value in pairs)
    assert max(float(ball.rad()) for balls in found for ball in balls) < 1e-30


@pytest.mark.parametrize("name", ["two-rates", "wide-balanced", "delayed-rich-neuron"])
def test_change_and_growth_along_a_flow_are_those_of_the_differences(name):
    neuron = zoo.get(name, SingleNeuron)
    flow = gradient_flow(neuron, tolerance=1e-9)
    start, end = (difference_kernel(neuron, float(flow.outer[k]), [float(e) for e in flow.inner[k]]) for k in (0, -1))
    zero = [[0.0] * neuron.n for _ in range(neuron.n)]
    size = squared_distance(start, zero)
    assert kernel_change(neuron, flow) == pytest.approx(np.sqrt(squared_distance(end, start) / size), rel=1e-9)
    assert kernel_growth(neuron, flow) == pytest.approx(np.sqrt(squared_distance(end, zero) / size), rel=1e-9)


def test_a_kernel_that_is_zero_at_the_start_has_no_growth():
    resting = zoo.get("resting-neuron", SingleNeuron)
    assert kernel_growth(resting, gradient_flow(resting)) is None


def test_weights_of_mixed_kinds_and_steps_of_zero_are_refused():
    with pytest.raises(InputError, match="all of one kind"):
        difference_kernel(PROBLEM, F(1), [1.0, 2.0])
    with pytest.raises(InputError, match="all of one kind"):
        difference_kernel(PROBLEM, 1.0, [1.0])
    with pytest.raises(InputError, match="step"):
        difference_kernel(PROBLEM, 1.0, [1.0, 2.0], step=0.0)
