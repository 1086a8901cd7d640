from dataclasses import dataclass, field

import numpy as np
import pytest

from agf_theory.errors import IntegrationFailed
from agf_theory.numeric.framework import Activation, Saddle, run_alternating_gradient_flows


@dataclass
class Scripted:
    """A system whose activations and saddles are written down: what the driver does with them is under test."""

    activations: list[Activation]
    saddles: list[Saddle]
    names: tuple[str, ...] = ("a", "b", "c")
    clock: str = "seconds"
    arithmetic: str = "float"
    calls: list[tuple] = field(default_factory=list)

    def initial_loss(self):
        return 4.0

    def next_activation(self):
        return self.activations.pop(0) if self.activations else None

    def grow_dormant(self, duration):
        self.calls.append(("grow", duration))

    def minimise_cost(self, activated):
        self.calls.append(("minimise", activated))
        return self.saddles.pop(0)

    def notes(self):
        return ("a note",)


def scripted():
    return Scripted(
        [Activation(0.5, (1,)), Activation(0.25, (0, 2))],
        [
            Saddle(np.array([0.0, 2.0, 0.0]), 3.0, frozenset({1})),
            Saddle(np.array([1.0, 0.0, 1.0]), 1.0, frozenset({0, 2}), unique=False),
        ],
    )


def test_durations_add_up_to_jump_times_and_saddles_are_listed_as_reached():
    sequence = run_alternating_gradient_flows(scripted(), name="toy", most_jumps=9)
    assert sequence.jump_times.tolist() == [0.5, 0.75]
    assert sequence.saddles.tolist() == [[0, 2, 0], [1, 0, 1]]
    assert sequence.loss_levels.tolist() == [3, 1]
    assert [(event.entered, event.left) for event in sequence.events] == [((1,), ()), ((0, 2), (1,))]
    assert sequence.unique == (True, False)
    assert (sequence.system, sequence.method, sequence.arithmetic) == ("toy", "alternating_gradient_flows", "float")
    assert (sequence.clock, sequence.initial_loss, sequence.notes) == ("seconds", 4.0, ("a note",))


def test_dormant_neurons_grow_before_the_cost_is_minimised():
    system = scripted()
    run_alternating_gradient_flows(system, name="toy", most_jumps=9)
    assert system.calls == [("grow", 0.5), ("minimise", (1,)), ("grow", 0.25), ("minimise", (0, 2))]


def test_the_record_sees_the_system_after_every_jump():
    seen = []
    run_alternating_gradient_flows(
        scripted(), name="toy", most_jumps=9, record=lambda system: seen.append(len(system.calls))
    )
    assert seen == [2, 4]


def test_no_activation_means_no_jump():
    sequence = run_alternating_gradient_flows(Scripted([], []), name="toy", most_jumps=9)
    assert (len(sequence), sequence.saddles.shape) == (0, (0, 3))


def test_a_run_may_use_all_its_jumps_but_no_more():
    assert len(run_alternating_gradient_flows(scripted(), name="toy", most_jumps=2)) == 2
    with pytest.raises(IntegrationFailed, match="no end after 1 jumps"):
        run_alternating_gradient_flows(scripted(), name="toy", most_jumps=1)
