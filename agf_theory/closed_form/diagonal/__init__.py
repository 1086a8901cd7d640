"""Closed forms of diagonal linear networks."""

from agf_theory.closed_form.diagonal.clock import (
    hitting_time,
    rho,
    rho_from_log_inverse,
    rho_series,
    rho_series_coefficient,
    rho_series_remainder,
)
from agf_theory.closed_form.diagonal.convention import CONVENTIONS, Convention, product_scale
from agf_theory.closed_form.diagonal.coordinates import (
    coefficient,
    coefficient_velocity,
    conserved_quantity,
    squared_norm,
    weight_u,
    weight_v,
)
from agf_theory.closed_form.diagonal.corrections import (
    active_kick,
    corrected_jump_time,
    dormant_kick,
    leaver_kick,
    leaver_level,
    pinned_level,
    pinned_level_exact,
)
from agf_theory.closed_form.diagonal.dormant import (
    accumulated_utility,
    activation_angle,
    activation_threshold,
    dormant_angle,
    jump_time,
    signed_start,
)
from agf_theory.closed_form.diagonal.dual import (
    coefficient_from_dual,
    dual_from_coefficient,
    hyperbolic_angle,
    hyperbolic_entropy,
)
from agf_theory.closed_form.diagonal.one_coordinate import (
    one_coordinate_coefficient,
    one_coordinate_dual,
    one_coordinate_effective_jump_time,
    one_coordinate_jump_time,
    one_coordinate_level_time,
    one_coordinate_logistic,
    one_coordinate_rate,
)
from agf_theory.closed_form.diagonal.utility import (
    maximal_normalised_utility,
    normalised_utility,
    utility_along_flow,
    utility_maximiser,
)

__all__ = [
    "CONVENTIONS",
    "Convention",
    "accumulated_utility",
    "activation_angle",
    "activation_threshold",
    "active_kick",
    "coefficient",
    "coefficient_from_dual",
    "coefficient_velocity",
    "conserved_quantity",
    "corrected_jump_time",
    "dormant_angle",
    "dormant_kick",
    "dual_from_coefficient",
    "hitting_time",
    "hyperbolic_angle",
    "hyperbolic_entropy",
    "jump_time",
    "leaver_kick",
    "leaver_level",
    "maximal_normalised_utility",
    "normalised_utility",
    "one_coordinate_coefficient",
    "one_coordinate_dual",
    "one_coordinate_effective_jump_time",
    "one_coordinate_jump_time",
    "one_coordinate_level_time",
    "one_coordinate_logistic",
    "one_coordinate_rate",
    "pinned_level",
    "pinned_level_exact",
    "product_scale",
    "rho",
    "rho_from_log_inverse",
    "rho_series",
    "rho_series_coefficient",
    "rho_series_remainder",
    "signed_start",
    "squared_norm",
    "utility_along_flow",
    "utility_maximiser",
    "weight_u",
    "weight_v",
]


def __dir__() -> list[str]:
    return __all__
