"""Closed forms shared by every two-layer homogeneous network."""

from agf_theory.closed_form.framework.activation import (
    blow_up,
    jump_time_lower_bound,
    jump_time_upper_bound,
    limiting_threshold,
    plateau_scale,
    threshold,
)
from agf_theory.closed_form.framework.growth import (
    accumulated_utility,
    direction_velocity,
    homogeneous_function,
    norm,
    norm_growth,
    utility,
)
from agf_theory.closed_form.framework.symmetry import conserved_quantity, euler_identity, gradient_scaling

__all__ = [
    "accumulated_utility",
    "blow_up",
    "conserved_quantity",
    "direction_velocity",
    "euler_identity",
    "gradient_scaling",
    "homogeneous_function",
    "jump_time_lower_bound",
    "jump_time_upper_bound",
    "limiting_threshold",
    "norm",
    "norm_growth",
    "plateau_scale",
    "threshold",
    "utility",
]


def __dir__() -> list[str]:
    return __all__
