import numpy as np

from agf_theory.numeric.modular import by_frequency, gradient_flow, network_output
from agf_theory.numeric.saddle_sequence import SaddleSequence, events_between, read_only
from agf_theory.problems import InitScale, ModularAddition, zoo


def neurons_of(problem, times, powers, active):
    sets = tuple(map(frozenset, active))
    return SaddleSequence(
        system="modular",
        method="alternating_gradient_flows",
        arithmetic="float",
        clock="t α",
        names=tuple(f"neuron {i + 1}" for i in range(problem.width)),
        jump_times=read_only(times, dtype=float),
        saddles=read_only(powers, dtype=float),
        loss_levels=read_only([(12.5 + 0.625 - sum(row)) / 2 for row in powers], dtype=float),
        active_sets=sets,
        events=events_between(sets),
        initial_loss=6.5625,
        unique=(False,) * len(sets),
        notes=("a note",),
    )


def test_a_frequency_enters_with_its_first_neuron_and_rests_where_the_last_has_brought_it():
    problem = zoo.get("three-frequencies", ModularAddition)
    powers = [[10 / 9, 0, 0], [5, 0, 0], [10, 0, 0], [10, 0.27, 0], [10, 2.5, 0], [10, 2.5, 0.6]]
    active = [{0}, {0, 1}, {0, 1, 2}, {0, 1, 2, 3}, {0, 1, 2, 3, 4}, {0, 1, 2, 3, 4, 5}]
    found = by_frequency(problem, neurons_of(problem, [1, 2, 3, 4, 5, 6], powers, active))
    assert found.names == ("ξ=1", "ξ=3", "ξ=5")
    assert [event.entered for event in found.events] == [(0,), (1,), (2,)]
    assert found.jump_times.tolist() == [1, 4, 6]
    assert found.saddles.tolist() == [powers[2], powers[4], powers[5]]
    assert found.notes[0] == "active neurons at the end of each plateau: 3 after ξ=1, 5 after ξ=3, 6 after ξ=5"
    assert found.notes[1] == "a note"


def test_a_sequence_without_jumps_stays_without():
    problem = zoo.get("three-frequencies", ModularAddition)
    found = by_frequency(problem, neurons_of(problem, [], np.zeros((0, 3)), []))
    assert len(found) == 0
    assert found.notes == ("a note",)


def test_the_weights_of_a_flow_give_its_powers():
    problem = zoo.get("parity", ModularAddition)
    flow = gradient_flow(problem, InitScale("1e-2"))
    end = flow.times[-1]
    answers = [network_output(problem, *flow.weights_at(end), a, b) for a in range(2) for b in range(2)]
    power = np.mean([(answer[0] - answer[1]) ** 2 / 2 for answer in answers])  # at the Nyquist frequency
    np.testing.assert_allclose(power, flow.at(end)[0], rtol=1e-10)
