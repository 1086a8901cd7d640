"""Quadratic two-layer networks on modular addition: numeric routes."""

from agf_theory.numeric.modular.blow_up import blow_up_time, blow_up_times
from agf_theory.numeric.modular.certified_blow_up import blow_up_time_of_balls, certified_blow_up_time

__all__ = [
    "blow_up_time",
    "blow_up_time_of_balls",
    "blow_up_times",
    "certified_blow_up_time",
]
