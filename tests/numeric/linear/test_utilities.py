import numpy as np
import pytest

from agf_theory.errors import HypothesisNotMet, InputError
from agf_theory.numeric import linear
from agf_theory.problems import InitScale, LinearNetwork, zoo


@pytest.mark.parametrize("name", ["whitened", "reversed", "reducible", "irreducible", "greedy-differs", "narrow"])
def test_each_neuron_activates_where_its_utility_reaches_one(name):
    problem = zoo.get(name, LinearNetwork)
    limit = linear.limiting_sequence(problem)
    found = linear.limiting_utilities(problem, limit)
    assert len(found.names) == len(limit)
    for k in range(len(limit)):
        assert found.values[k, k] < 1
        assert found.values[k + 1, k] == 1
        assert found.dormant[:, k].tolist() == [j <= k for j in range(len(limit) + 1)]


def test_a_commuting_neuron_grows_at_its_own_singular_value():
    problem = zoo.get("whitened", LinearNetwork)
    found = linear.limiting_utilities(problem, linear.limiting_sequence(problem, arithmetic="exact"))
    assert found.names == ("θ₁", "θ₂", "θ₃")
    assert found.values[1] == pytest.approx(np.linalg.svd(problem.sigma_yx, compute_uv=False) * found.times[1])


def test_the_published_recursion_has_no_such_utilities():
    problem = zoo.get("reversed", LinearNetwork)
    with pytest.raises(InputError, match="sequence by blocks"):
        linear.limiting_utilities(problem, linear.limiting_sequence(problem, rule="recursion"))


def test_without_signal_there_is_no_neuron_to_show():
    problem = zoo.get("no-signal", LinearNetwork)
    assert linear.limiting_utilities(problem, linear.limiting_sequence(problem)).values.shape == (1, 0)


def test_along_the_flow_they_start_at_zero_and_pass_their_thresholds():
    problem = zoo.get("reversed", LinearNetwork)
    found = linear.flow_utilities(linear.gradient_flow(problem, InitScale("1e-20")))
    assert found.values[0].tolist() == [0, 0]
    assert found.shares[-1] == pytest.approx([1, 1], abs=0.02)  # log ‖θ‖ at rest over log(1/ε)


def test_a_large_start_has_no_thresholds():
    problem = zoo.get("one-mode", LinearNetwork)
    flow = linear.gradient_flow(problem, InitScale("0.9"), start=[[2.0], [1.0]])
    with pytest.raises(HypothesisNotMet, match="initial norm below one"):
        linear.flow_utilities(flow)
