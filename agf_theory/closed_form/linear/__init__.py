"""Closed forms of fully connected two-layer linear networks."""

from agf_theory.closed_form.linear.balanced_matrix import (
    TERMS,
    Term,
    balanced_solution,
    balanced_velocity,
    growth_matrix,
    growth_rate,
    integrated_propagator,
    propagator,
)

__all__ = [
    "TERMS",
    "Term",
    "balanced_solution",
    "balanced_velocity",
    "growth_matrix",
    "growth_rate",
    "integrated_propagator",
    "propagator",
]
