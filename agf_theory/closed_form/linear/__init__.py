"""Closed forms of fully connected two-layer linear networks."""

from agf_theory.closed_form.linear.escape import (
    crossover_exponent,
    crossover_time,
    escape_rate,
    transverse_determinant,
)

__all__ = [
    "crossover_exponent",
    "crossover_time",
    "escape_rate",
    "transverse_determinant",
]
