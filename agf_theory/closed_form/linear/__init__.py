"""Closed forms of fully connected two-layer linear networks."""

from agf_theory.closed_form.linear.recursion import (
    accumulated_exponent,
    earliest_jump_time,
    latest_jump_time,
    recursion_jump_time,
)
from agf_theory.closed_form.linear.rescaled_mode import rescaled_mode_strength

__all__ = [
    "accumulated_exponent",
    "earliest_jump_time",
    "latest_jump_time",
    "recursion_jump_time",
    "rescaled_mode_strength",
]
