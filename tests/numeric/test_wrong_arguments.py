"""What is no scale or no problem of the room is refused in one line, at every function of every room that takes one."""

import inspect
import re
from fractions import Fraction

import numpy as np
import pytest

from agf_theory.closed_form.finite_width import NetworkValues
from agf_theory.closed_form.neuron import NeuronPrediction
from agf_theory.errors import InputError
from agf_theory.numeric import attention, diagonal, finite_width, linear, modular, neuron
from agf_theory.problems import (
    DiagonalNetwork,
    InitScale,
    LinearAttention,
    LinearNetwork,
    ModularAddition,
    OneDimensionalNetwork,
    SingleNeuron,
)

PROBLEMS = {
    diagonal: DiagonalNetwork([[1, 0], [0, 1]], [1, 3]),
    linear: LinearNetwork([[1, 0], [0, 1]], [[2, 0], [0, 1]]),
    modular: ModularAddition([0, 1, 0, -1], width=2),
    attention: LinearAttention.from_eigenvalues([2, 1], 4),
    neuron: SingleNeuron([[1, 0]], [-1], "0.2", [1, 1]),
    finite_width: OneDimensionalNetwork([10, 0], [0, Fraction(1, 10)]),
}
VERBS = {"alternating_gradient_flows", "gradient_flow", "greedy_low_rank", "limiting_sequence", "pesme_flammarion"}
FUNCTIONS = [
    pytest.param(room, function, id=f"{room.__name__.rpartition('.')[2]}.{name}")
    for room in PROBLEMS
    for name, function in vars(room).items()
    if name in room.__all__ and inspect.isfunction(function)
]


def parameters(function):
    return inspect.signature(function).parameters


def refused(function, **wrong):
    """The line with which a call is refused; what else it needs is never looked at."""
    given = {name: None for name, parameter in parameters(function).items() if parameter.default is parameter.empty}
    with pytest.raises(InputError) as raised:
        function(**given | wrong)
    assert "\n" not in str(raised.value)
    return str(raised.value)


TAKING_A_SCALE = [case for case in FUNCTIONS if "init_scale" in parameters(case.values[1])]


def test_every_room_with_a_scale_takes_it_under_one_name():
    named = {
        (case.id.partition(".")[0], name)
        for case in FUNCTIONS
        for name, parameter in parameters(case.values[1]).items()
        if "InitScale" in str(parameter.annotation)
    }
    assert named == {(room, "init_scale") for room in ("diagonal", "linear", "modular", "attention")} | {
        ("linear", "scales")
    }


def test_each_of_several_scales_is_looked_at():
    line = refused(linear.measured_slopes, problem=PROBLEMS[linear], scales=(InitScale("1e-8"), "1e-9"))
    assert line == "initialisation scale: an InitScale is required, got '1e-9'; write InitScale('1e-9')"


@pytest.mark.parametrize(("room", "function"), TAKING_A_SCALE)
@pytest.mark.parametrize(
    ("wrong", "shown", "way_out"),
    [
        ("1e-8", "'1e-8'", "write InitScale('1e-8')"),
        (1e-8, "1e-08", "write InitScale('1e-08')"),
        (np.float64(1e-8), "1e-08", "write InitScale('1e-08')"),
        (Fraction(1, 8), "1/8", "write InitScale('1/8')"),
        (-1.0, "-1.0", "write InitScale('1e-8'), or another number with 0 < alpha < 1"),
        (float("nan"), "nan", "write InitScale('1e-8'), or another number with 0 < alpha < 1"),
        (None, "something of type NoneType", "write InitScale('1e-8'), or another number with 0 < alpha < 1"),
    ],
    ids=["text", "float", "numpy", "fraction", "negative", "nan", "none"],
)
def test_what_is_no_scale_is_refused_with_the_way_to_write_it(room, function, wrong, shown, way_out):
    line = refused(
        function, **{"problem": PROBLEMS[room]} if "problem" in parameters(function) else {}, init_scale=wrong
    )
    assert line == f"initialisation scale: an InitScale is required, got {shown}; {way_out}"


@pytest.mark.parametrize(("room", "function"), [case for case in FUNCTIONS if case.id.rpartition(".")[2] in VERBS])
def test_a_file_or_the_problem_of_another_room_is_refused(room, function):
    kind = type(PROBLEMS[room]).__name__
    scale = {"init_scale": InitScale("1e-8")} if "init_scale" in parameters(function) else {}
    stranger = next(problem for other, problem in PROBLEMS.items() if other is not room)
    for wrong, shown in (("data.csv", "'data.csv'"), (stranger, f"something of type {type(stranger).__name__}")):
        line = refused(function, problem=wrong, **scale)
        assert line == f"problem: a {kind} is required, got {shown}; make one of your data first"


@pytest.mark.parametrize(("room", "predicted"), [(neuron, NeuronPrediction.of), (finite_width, NetworkValues.of)])
def test_a_prediction_takes_the_problem_of_its_room(room, predicted):
    with pytest.raises(InputError, match=f"problem: a {type(PROBLEMS[room]).__name__} is required, got 'data.csv'"):
        predicted("data.csv")


def test_times_that_are_no_numbers_are_refused():
    expected = "times: increasing numbers from 0 on are required, got 'ten'"
    with pytest.raises(InputError, match=f"^{re.escape(expected)}$"):
        finite_width.gradient_flow(PROBLEMS[finite_width], "ten")
