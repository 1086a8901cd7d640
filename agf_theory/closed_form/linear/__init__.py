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
from agf_theory.closed_form.linear.refined_times import (
    mean_log_overlap,
    mean_refined_jump_time,
    refined_jump_time,
    squared_overlap,
)
from agf_theory.closed_form.linear.staircase import (
    aligned_strength,
    loss_fall,
    order_key,
    plateau_strength,
    staircase_jump_time,
)

__all__ = [
    "TERMS",
    "Term",
    "aligned_strength",
    "balanced_solution",
    "balanced_velocity",
    "growth_matrix",
    "growth_rate",
    "integrated_propagator",
    "loss_fall",
    "mean_log_overlap",
    "mean_refined_jump_time",
    "order_key",
    "plateau_strength",
    "propagator",
    "refined_jump_time",
    "squared_overlap",
    "staircase_jump_time",
]
