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
from agf_theory.closed_form.modular.conventions import (
    convention_factor,
    joint_norm_factor,
    maximal_utility,
    maximal_utility_nyquist,
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
from agf_theory.closed_form.modular.levels import (
    coordinate_mean_share,
    generic_energy,
    level_share,
    self_conjugate_energy,
)
from agf_theory.closed_form.modular.maximum import (
    generic_maximum,
    maximising_phase,
    maximising_size,
    nyquist_maximum,
)
from agf_theory.closed_form.modular.mode_flow import (
    alignment,
    alignment_velocity,
    conserved_difference,
    conserved_misalignment,
    mode_velocity,
)
from agf_theory.closed_form.modular.thresholds import (
    nyquist_energy_threshold,
    nyquist_factor,
    nyquist_threshold,
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
    "convention_factor",
    "coordinate_mean_share",
    "cross_term",
    "first_crossing_time",
    "generic_energy",
    "generic_maximum",
    "growing_blow_up_time",
    "invariant_cubic",
    "joint_norm_factor",
    "least_blow_up_time",
    "legendre_blow_up_time",
    "level_share",
    "maximal_utility",
    "maximal_utility_nyquist",
    "maximising_phase",
    "maximising_size",
    "mean_inequality_gap",
    "mean_to_wave",
    "mixture_variation",
    "mode_velocity",
    "never_blows_up",
    "norm_growth_rate",
    "nyquist_energy_threshold",
    "nyquist_factor",
    "nyquist_maximum",
    "nyquist_threshold",
    "self_conjugate_energy",
    "self_term",
    "tie_factor",
    "turning_blow_up_time",
]
