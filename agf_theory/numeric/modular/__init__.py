"""Quadratic two-layer networks on modular addition: numeric routes."""

from agf_theory.numeric.modular.activation_times import activation_bounds, activation_times, opening_neurons
from agf_theory.numeric.modular.blow_up import blow_up_time, blow_up_times
from agf_theory.numeric.modular.certified_blow_up import blow_up_time_of_balls, certified_blow_up_time
from agf_theory.numeric.modular.frequencies import Frequency, frequencies, frequency_names, lower_bounds

__all__ = [
    "Frequency",
    "activation_bounds",
    "activation_times",
    "blow_up_time",
    "blow_up_time_of_balls",
    "blow_up_times",
    "certified_blow_up_time",
    "frequencies",
    "frequency_names",
    "lower_bounds",
    "opening_neurons",
]
