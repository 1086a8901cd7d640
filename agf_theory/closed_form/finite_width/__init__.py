"""Two-layer linear networks of any width on one-dimensional data: closed forms."""

from agf_theory.closed_form.finite_width.alignment import (
    alignment_change_bound,
    alignment_cosine,
    alignment_of_growth,
    alignment_share,
    balanced_change_bound,
    final_alignment,
    product_of_norms,
    rescaling_change,
    rescaling_change_bound,
    rescaling_share,
)
from agf_theory.closed_form.finite_width.conservation import (
    conserved_area,
    conserved_gap,
    conserved_gram,
    conserved_product,
    light_cone,
    spread_from_area,
    spread_from_norms,
)
from agf_theory.closed_form.finite_width.phases import (
    gaussian_spread,
    two_neuron_alignment,
    two_neuron_kernel_ratio,
    width_exponent,
)
from agf_theory.closed_form.finite_width.reduction import (
    effective_input,
    effective_loss,
    effective_output,
    effective_target,
    frozen_weights,
    loss_constant,
    time_without_half,
    weight_drive,
)
from agf_theory.closed_form.finite_width.scalar_flow import (
    approach_rate,
    conserved_spread,
    final_output,
    kernel_ratio,
    logistic_output,
    output_velocity,
    saddle_output,
    tangent_kernel,
    tangent_kernel_of_weights,
)
from agf_theory.closed_form.finite_width.solution import (
    discriminant,
    fixed_growth,
    growth_in_time,
    growth_velocity,
    output_of_growth,
    squared_start,
    weight_in_time,
)
from agf_theory.closed_form.finite_width.time_change import (
    ascent_velocity,
    output_ascent,
    time_change_velocity,
)
from agf_theory.closed_form.finite_width.values import NetworkValues

__all__ = [
    "NetworkValues",
    "alignment_change_bound",
    "alignment_cosine",
    "alignment_of_growth",
    "alignment_share",
    "approach_rate",
    "ascent_velocity",
    "balanced_change_bound",
    "conserved_area",
    "conserved_gap",
    "conserved_gram",
    "conserved_product",
    "conserved_spread",
    "discriminant",
    "effective_input",
    "effective_loss",
    "effective_output",
    "effective_target",
    "final_alignment",
    "final_output",
    "fixed_growth",
    "frozen_weights",
    "gaussian_spread",
    "growth_in_time",
    "growth_velocity",
    "kernel_ratio",
    "light_cone",
    "logistic_output",
    "loss_constant",
    "output_ascent",
    "output_of_growth",
    "output_velocity",
    "product_of_norms",
    "rescaling_change",
    "rescaling_change_bound",
    "rescaling_share",
    "saddle_output",
    "spread_from_area",
    "spread_from_norms",
    "squared_start",
    "tangent_kernel",
    "tangent_kernel_of_weights",
    "time_change_velocity",
    "time_without_half",
    "two_neuron_alignment",
    "two_neuron_kernel_ratio",
    "weight_drive",
    "weight_in_time",
    "width_exponent",
]


def __dir__() -> list[str]:
    return __all__
