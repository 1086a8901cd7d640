"""What the closed forms predict of a neuron, against its flow."""

from fractions import Fraction

import numpy as np
import pytest

from agf_theory.closed_form.neuron import NeuronPrediction
from agf_theory.errors import HypothesisNotMet, InputError, UndecidedError
from agf_theory.numeric.neuron import gradient_flow, half_time, kernel_change
from agf_theory.problems import SingleNeuron, imbalanced_neuron, zoo

PLANE = [[1, 0], [0, 1]]


@pytest.mark.parametrize("delta", [-20, "-1/2", 0, "1/1000", 3, 1000])
@pytest.mark.parametrize("size", ["1/100", "-1/3"])
def test_half_time_path_and_kernel_are_those_of_the_flow(delta, size):
    neuron = imbalanced_neuron(delta, cosine="3/10", size=size, goal="7/5", inputs=3)
    exact, flow = NeuronPrediction.of(neuron), gradient_flow(neuron, tolerance=1e-10)
    assert half_time(neuron, flow) == pytest.approx(exact.half_time(), rel=1e-7)
    assert kernel_change(neuron, flow) == pytest.approx(exact.kernel_change(), rel=1e-6, abs=1e-8)
    assert np.sign(flow.outer[-1]) == exact.end_sign
    for time in flow.times[-1] * np.array([0.01, 0.1, 0.5]):
        along, across = exact.plane_at(float(time))
        beta = flow.at(float(time))
        assert beta[0] == pytest.approx(along, abs=1e-7)
        assert np.hypot(*beta[1:]) == pytest.approx(across, abs=1e-7)


def test_a_kernel_is_that_of_its_definition():
    neuron = zoo.get("two-rates", SingleNeuron)
    flow = gradient_flow(neuron)
    kernels = []
    for step in (0, -1):
        a, w, (outer, inner) = flow.outer[step], flow.inner[step], neuron.rates
        kernels.append(neuron.X @ (inner * a**2 * np.eye(neuron.d) + outer * np.outer(w, w)) @ neuron.X.T)
    change = np.linalg.norm(kernels[1] - kernels[0]) / np.linalg.norm(kernels[0])
    assert kernel_change(neuron, flow) == pytest.approx(change, rel=1e-10)


@pytest.mark.parametrize(("delta", "ratio"), [(-10, "1.0120"), (-100, "1.00012"), (-1000, "1.0000012")])
def test_the_delayed_half_time_is_met_as_closely_as_the_theory_says(delta, ratio):
    start = SingleNeuron(PLANE, [1, 0], 0, [0, 0])
    # A rational point of the circle at cosine 1/100 to fourteen digits, stretched to -delta by rationals.
    cosine, norm = 0.01, (-delta) ** 0.5
    start = start.with_start(0, [cosine * norm, (1 - cosine**2) ** 0.5 * norm])
    exact = NeuronPrediction.of(start)
    found = exact.turning_time() / exact.delayed_half_time()
    assert found == pytest.approx(float(ratio), abs=0.51 * 10.0 ** -len(ratio.partition(".")[2]))
    lag = exact.half_time() - exact.turning_time()
    assert lag == pytest.approx(-1 / (2 * delta), rel=0.02)


def test_leading_orders_are_those_of_their_regimes():
    for delta, regime, accuracy in ((-100, "delayed rich", 1e-3), (0, "rich", 1e-3), (100, "lazy", 1e-3)):
        exact = NeuronPrediction.of(imbalanced_neuron(delta, cosine="1/10", size="1/1000"))
        assert exact.regime == regime
        assert exact.asymptotic_half_time() == pytest.approx(exact.half_time(), rel=accuracy)
    between = NeuronPrediction.of(imbalanced_neuron(1, cosine="1/10", size="1/1000"))
    assert between.regime == "between"
    assert between.asymptotic_half_time() is None


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("saddle-neuron", 0),
        ("above-the-saddle", 1),
        ("below-the-saddle", -1),
        ("opposite-neuron", 0),
        ("resting-neuron", 0),
        ("sign-change-neuron", -1),
        ("no-inner-weights", 1),
    ],
)
def test_the_end_is_decided_exactly(name, sign):
    exact = NeuronPrediction.of(zoo.get(name, SingleNeuron))
    assert exact.end_sign == sign
    assert np.sign(exact.chi) == sign
    assert (exact.regime == "saddle") == (sign == 0)


def test_a_saddle_has_a_kernel_of_its_own():
    neuron = zoo.get("saddle-neuron", SingleNeuron)
    exact, flow = NeuronPrediction.of(neuron), gradient_flow(neuron, tolerance=1e-9)
    assert exact.half_time() is None
    assert half_time(neuron, flow) is None
    assert kernel_change(neuron, flow) == pytest.approx(exact.kernel_change(), abs=1e-4)


def test_a_start_very_close_to_the_saddle_has_a_half_time_all_the_same():
    near = zoo.get("saddle-neuron", SingleNeuron)
    times = []
    for digits in (100, 200, 300):
        exact = NeuronPrediction.of(near.with_start(Fraction(-2) + Fraction(1, 10**digits), near.rational_w0.entries()))
        times.append(exact.half_time())
    # The growing part is e^(nu t) chi, what is across the goal e^(-delta t/2): nu + delta/2 = 2, 100 digits at a time.
    assert times[1] - times[0] == pytest.approx(100 * np.log(10) / 2, rel=1e-6)
    assert times[2] - times[1] == pytest.approx(100 * np.log(10) / 2, rel=1e-6)


@pytest.mark.parametrize("digits", [10, 430, 1000])
def test_half_times_far_beyond_the_doubles_are_those_worked_by_hand(digits):
    # Balanced, goal 1, |w| = a = 1 and cosine -(1 - e²)/(1 + e²): the angle runs as tanh(t + log e), and the map along
    # the goal is 1/2 where sinh(2t + 2 log e) = 1/e² + 1 + 2t: t = 2 log(1/e) + log(2)/2 up to e².
    tiny = Fraction(1, 10**digits)
    cosine = -(1 - tiny**2) / (1 + tiny**2)
    one = Fraction(1)
    exact = NeuronPrediction(one, Fraction(0), goal_squared=one, inner_squared=one, overlap=cosine, inputs=2)
    assert exact.half_time() == pytest.approx(2 * digits * np.log(10) + np.log(2) / 2, rel=1e-14)
    assert exact.chi > 0


def test_a_start_closer_to_the_saddle_than_the_precision_reaches_is_not_guessed(monkeypatch):
    monkeypatch.setattr("agf_theory.closed_form.neuron.prediction._PRECISIONS", (192, 768))
    near = zoo.get("saddle-neuron", SingleNeuron)
    beyond = near.with_start(Fraction(-2) + Fraction(1, 10**1000), near.rational_w0.entries())
    with pytest.raises(UndecidedError, match="chi = 0"):
        NeuronPrediction.of(beyond).half_time()


@pytest.mark.parametrize(
    ("name", "reason"), [("two-rates", "whitened"), ("nothing-to-learn", "goal"), ("balanced-for-its-rates", "rates")]
)
def test_what_the_closed_forms_suppose_is_asked_for(name, reason):
    with pytest.raises(HypothesisNotMet, match=reason):
        NeuronPrediction.of(zoo.get(name, SingleNeuron))


def test_an_imbalance_is_met_exactly():
    neuron = imbalanced_neuron("-1/3", cosine="-2/7", size="1/9", inputs=4)
    assert neuron.rational_delta == Fraction(-1, 3)
    assert neuron.a0 * np.linalg.norm(neuron.w0) == pytest.approx(1 / 9, rel=1e-14)
    assert neuron.w0[0] / np.linalg.norm(neuron.w0) == pytest.approx(-2 / 7, rel=1e-14)


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        ({"delta": "1e10"}, "delta"),
        ({"cosine": 1}, "cosine"),
        ({"size": 0}, "size"),
        ({"goal": -1}, "goal"),
        ({"inputs": 1}, "inputs"),
        ({"size": "small"}, "size"),
    ],
)
def test_numbers_out_of_range_are_refused(changed, match):
    with pytest.raises(InputError, match=match):
        imbalanced_neuron(**({"delta": 1, "cosine": "1/2", "size": 1} | changed))
