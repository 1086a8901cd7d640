"""Closed forms of fully connected two-layer linear networks."""

from agf_theory.closed_form.linear.conservation import (
    conserved_imbalance,
    gradient_descent_drift,
    gradient_identity,
    incoming_gradient,
    outgoing_gradient,
)
from agf_theory.closed_form.linear.direction import (
    linear_direction_velocity,
    normalised_utility_gradient,
    normalised_utility_power,
)
from agf_theory.closed_form.linear.levels import (
    best_map,
    drop_matrix,
    escape_curvature,
    loss_level,
    saddle_map,
    saddle_residual,
    unexplained,
)
from agf_theory.closed_form.linear.minima import minima_are_smooth, product_jacobian_rank
from agf_theory.closed_form.linear.utility import (
    critical_utility,
    maximal_utility,
    maximising_incoming_weights,
    maximising_outgoing_weights,
    repeated_maximiser_dimension,
    repeated_maximising_incoming_weights,
    repeated_maximising_outgoing_weights,
    utility_gap_of_mode,
    utility_gap_outside_modes,
)

__all__ = [
    "best_map",
    "conserved_imbalance",
    "critical_utility",
    "drop_matrix",
    "escape_curvature",
    "gradient_descent_drift",
    "gradient_identity",
    "incoming_gradient",
    "linear_direction_velocity",
    "loss_level",
    "maximal_utility",
    "maximising_incoming_weights",
    "maximising_outgoing_weights",
    "minima_are_smooth",
    "normalised_utility_gradient",
    "normalised_utility_power",
    "outgoing_gradient",
    "product_jacobian_rank",
    "repeated_maximiser_dimension",
    "repeated_maximising_incoming_weights",
    "repeated_maximising_outgoing_weights",
    "saddle_map",
    "saddle_residual",
    "unexplained",
    "utility_gap_of_mode",
    "utility_gap_outside_modes",
]
