"""Single linear neurons: closed forms."""

from agf_theory.closed_form.neuron.balanced import aligned_size, balanced_cosine, balanced_size, opposed_size
from agf_theory.closed_form.neuron.bias_limits import (
    balanced_objective,
    delayed_objective,
    lazy_objective,
    pull_of_vanishing_map,
)
from agf_theory.closed_form.neuron.conservation import (
    inner_square,
    neuron_imbalance,
    outer_square,
    rate_factor,
    total_size,
)
from agf_theory.closed_form.neuron.delayed import (
    delayed_correction,
    delayed_cosine_square,
    delayed_half_time,
    refined_delayed_half_time,
)
from agf_theory.closed_form.neuron.direction import directional_velocity, radial_velocity
from agf_theory.closed_form.neuron.end_state import (
    crosses_zero,
    end_predictor,
    inner_end_square,
    outer_end_square,
    outer_growing_part,
    relaxation_rate,
)
from agf_theory.closed_form.neuron.function_space import (
    balanced_preconditioner,
    map_velocity,
    preconditioner,
    preconditioner_of_map,
    tangent_kernel,
)
from agf_theory.closed_form.neuron.implicit_bias import (
    bias_gap,
    bias_potential,
    bias_slope,
    bias_weights_pull,
    start_pull,
    stated_objective,
)
from agf_theory.closed_form.neuron.kernel_change import (
    balanced_kernel_change,
    delayed_kernel_change,
    final_kernel_change,
    final_kernel_growth,
    kernel_distance_square,
    kernel_square,
    lazy_kernel_bound,
)
from agf_theory.closed_form.neuron.lazy import lazy_correction, lazy_distance_bound, lazy_map
from agf_theory.closed_form.neuron.prediction import NeuronPrediction
from agf_theory.closed_form.neuron.rescaling import (
    decayed_quantity,
    decayed_translation,
    homogeneous_neuron_quantity,
    linear_symmetry_quantity,
    plane_rotation_quantity,
    quantity_after_step,
    translation_after_step,
    translation_quantity,
)
from agf_theory.closed_form.neuron.rich import (
    plateau_bound,
    rich_half_time,
    rich_map_correction,
    rich_size_correction,
)
from agf_theory.closed_form.neuron.sign_of_end import (
    one_sample_outer_square,
    one_sample_side,
    unrestricted_objective,
)
from agf_theory.closed_form.neuron.solution import (
    across_propagated,
    cosine_in_time,
    neuron_growth_rate,
    outer_propagated,
    parallel_propagated,
    size_in_time,
    stretch,
)
from agf_theory.closed_form.neuron.symmetry import NeuronSymmetry, SymmetryAnswer, SymmetryVerdict
from agf_theory.closed_form.neuron.two_stages import (
    fast_stage_excess,
    fast_stage_lack,
    fast_stage_size,
    slow_stage_lag,
)
from agf_theory.closed_form.neuron.whitened import (
    balanced_cosine_velocity,
    balanced_size_velocity,
    cosine_coefficient_slope,
    cosine_velocity,
    size_velocity,
    size_velocity_at_zero,
)

__all__ = [
    "NeuronPrediction",
    "NeuronSymmetry",
    "SymmetryAnswer",
    "SymmetryVerdict",
    "across_propagated",
    "aligned_size",
    "balanced_cosine",
    "balanced_cosine_velocity",
    "balanced_kernel_change",
    "balanced_objective",
    "balanced_preconditioner",
    "balanced_size",
    "balanced_size_velocity",
    "bias_gap",
    "bias_potential",
    "bias_slope",
    "bias_weights_pull",
    "cosine_coefficient_slope",
    "cosine_in_time",
    "cosine_velocity",
    "crosses_zero",
    "decayed_quantity",
    "decayed_translation",
    "delayed_correction",
    "delayed_cosine_square",
    "delayed_half_time",
    "delayed_kernel_change",
    "delayed_objective",
    "directional_velocity",
    "end_predictor",
    "fast_stage_excess",
    "fast_stage_lack",
    "fast_stage_size",
    "final_kernel_change",
    "final_kernel_growth",
    "homogeneous_neuron_quantity",
    "inner_end_square",
    "inner_square",
    "kernel_distance_square",
    "kernel_square",
    "lazy_correction",
    "lazy_distance_bound",
    "lazy_kernel_bound",
    "lazy_map",
    "lazy_objective",
    "linear_symmetry_quantity",
    "map_velocity",
    "neuron_growth_rate",
    "neuron_imbalance",
    "one_sample_outer_square",
    "one_sample_side",
    "opposed_size",
    "outer_end_square",
    "outer_growing_part",
    "outer_propagated",
    "outer_square",
    "parallel_propagated",
    "plane_rotation_quantity",
    "plateau_bound",
    "preconditioner",
    "preconditioner_of_map",
    "pull_of_vanishing_map",
    "quantity_after_step",
    "radial_velocity",
    "rate_factor",
    "refined_delayed_half_time",
    "relaxation_rate",
    "rich_half_time",
    "rich_map_correction",
    "rich_size_correction",
    "size_in_time",
    "size_velocity",
    "size_velocity_at_zero",
    "slow_stage_lag",
    "start_pull",
    "stated_objective",
    "stretch",
    "tangent_kernel",
    "total_size",
    "translation_after_step",
    "translation_quantity",
    "unrestricted_objective",
]


def __dir__() -> list[str]:
    return __all__
