"""Attention-only linear transformers that learn regression in context: closed forms."""

from agf_theory.closed_form.attention.context_moments import gram_mean, gram_product, token_product
from agf_theory.closed_form.attention.conventions import mean_convention_factor
from agf_theory.closed_form.attention.dormant_head import (
    head_blow_up_time,
    head_velocity,
    key_along_path,
    query_along_path,
    squared_value_gain,
)
from agf_theory.closed_form.attention.first_crossing import (
    first_head_crossing,
    head_mean_gap,
    head_norm_growth,
    least_head_blow_up,
)
from agf_theory.closed_form.attention.invariants import head_invariant
from agf_theory.closed_form.attention.levels import (
    component_fall,
    exchange_gap,
    learned_map,
    loss_level,
    remaining_eigenvalue,
    remaining_gradient,
)
from agf_theory.closed_form.attention.minimiser import (
    best_map_inverse,
    component_strength,
    curvature_matrix,
    excess_loss,
)
from agf_theory.closed_form.attention.population_loss import loss_matrix
from agf_theory.closed_form.attention.resting_head import leftover_slope, rest_margin, resting_value
from agf_theory.closed_form.attention.utility import (
    head_maximiser_dimension,
    head_utility_gap,
    maximal_head_utility,
    maximal_head_utility_separate,
    maximising_direction,
    maximising_value,
    remaining_in_eigenspace,
    repeated_maximising_direction,
)
from agf_theory.closed_form.attention.zero_block import token_contribution

__all__ = [
    "best_map_inverse",
    "component_fall",
    "component_strength",
    "curvature_matrix",
    "excess_loss",
    "exchange_gap",
    "first_head_crossing",
    "gram_mean",
    "gram_product",
    "head_blow_up_time",
    "head_invariant",
    "head_maximiser_dimension",
    "head_mean_gap",
    "head_norm_growth",
    "head_utility_gap",
    "head_velocity",
    "key_along_path",
    "learned_map",
    "least_head_blow_up",
    "leftover_slope",
    "loss_level",
    "loss_matrix",
    "maximal_head_utility",
    "maximal_head_utility_separate",
    "maximising_direction",
    "maximising_value",
    "mean_convention_factor",
    "query_along_path",
    "remaining_eigenvalue",
    "remaining_gradient",
    "remaining_in_eigenspace",
    "repeated_maximising_direction",
    "rest_margin",
    "resting_value",
    "squared_value_gain",
    "token_contribution",
    "token_product",
]


def __dir__() -> list[str]:
    return __all__
