"""Quadratic two-layer networks on modular addition, in closed form."""

from agf_theory.closed_form.modular.blow_up import (
    activation_rate,
    aligned_blow_up_time,
    growing_blow_up_time,
    invariant_cubic,
    legendre_blow_up_time,
    never_blows_up,
    turning_blow_up_time,
)
from agf_theory.closed_form.modular.first_crossing import (
    first_crossing_time,
    least_blow_up_time,
    mean_inequality_gap,
    norm_growth_rate,
)
from agf_theory.closed_form.modular.landscape import (
    class_maximum,
    class_variation,
    mean_to_wave,
    mixture_variation,
    tie_factor,
)
from agf_theory.closed_form.modular.mode_flow import (
    alignment,
    alignment_velocity,
    conserved_difference,
    conserved_misalignment,
    mode_velocity,
)
from agf_theory.closed_form.modular.utility import (
    cross_term,
    self_term,
)

__all__ = [
    "activation_rate",
    "aligned_blow_up_time",
    "alignment",
    "alignment_velocity",
    "class_maximum",
    "class_variation",
    "conserved_difference",
    "conserved_misalignment",
    "cross_term",
    "first_crossing_time",
    "growing_blow_up_time",
    "invariant_cubic",
    "least_blow_up_time",
    "legendre_blow_up_time",
    "mean_inequality_gap",
    "mean_to_wave",
    "mixture_variation",
    "mode_velocity",
    "never_blows_up",
    "norm_growth_rate",
    "self_term",
    "tie_factor",
    "turning_blow_up_time",
]
