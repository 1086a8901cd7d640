"""Quadratic two-layer networks on modular addition, in closed form."""

from agf_theory.closed_form.modular.aligned_fit import (
    aligned_weight,
    canonical_phase_u,
    canonical_phase_v,
    cubature_kernel,
)
from agf_theory.closed_form.modular.best_loss import five_neuron_loss, form_distance, one_neuron_loss, two_neuron_loss
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
from agf_theory.closed_form.modular.fit import (
    CHARACTERS,
    fit_coefficient,
    fit_conditions_complete,
    fit_loss,
    fit_target,
)
from agf_theory.closed_form.modular.fit_forms import cosine_form, fit_form_square, sine_form, vanishing_form
from agf_theory.closed_form.modular.half_spectrum import half_spectrum_weight, nyquist_column_power
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
from agf_theory.closed_form.modular.maximum import generic_maximum, maximising_phase, maximising_size, nyquist_maximum
from agf_theory.closed_form.modular.mode_flow import (
    alignment,
    alignment_velocity,
    conserved_difference,
    conserved_misalignment,
    mode_velocity,
)
from agf_theory.closed_form.modular.pair_moments import pair_moment, pair_pull
from agf_theory.closed_form.modular.special_fit import (
    neurons_needed,
    nyquist_weight,
    quarter_phase_u,
    quarter_phase_v,
    quarter_weight,
)
from agf_theory.closed_form.modular.thresholds import nyquist_energy_threshold, nyquist_factor, nyquist_threshold
from agf_theory.closed_form.modular.total_width import (
    constant_made,
    constant_neurons,
    nyquist_wave_neuron,
    quarter_wave_neurons,
    separate_width_lower_bound,
    wave_neurons,
    width_lower_bound,
    width_upper_bound,
)
from agf_theory.closed_form.modular.utility import cross_term, self_term

__all__ = [
    "CHARACTERS",
    "activation_rate",
    "aligned_blow_up_time",
    "aligned_weight",
    "alignment",
    "alignment_velocity",
    "canonical_phase_u",
    "canonical_phase_v",
    "class_maximum",
    "class_variation",
    "conserved_difference",
    "conserved_misalignment",
    "constant_made",
    "constant_neurons",
    "convention_factor",
    "coordinate_mean_share",
    "cosine_form",
    "cross_term",
    "cubature_kernel",
    "first_crossing_time",
    "fit_coefficient",
    "fit_conditions_complete",
    "fit_form_square",
    "fit_loss",
    "fit_target",
    "five_neuron_loss",
    "form_distance",
    "generic_energy",
    "generic_maximum",
    "growing_blow_up_time",
    "half_spectrum_weight",
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
    "neurons_needed",
    "never_blows_up",
    "norm_growth_rate",
    "nyquist_column_power",
    "nyquist_energy_threshold",
    "nyquist_factor",
    "nyquist_maximum",
    "nyquist_threshold",
    "nyquist_wave_neuron",
    "nyquist_weight",
    "one_neuron_loss",
    "pair_moment",
    "pair_pull",
    "quarter_phase_u",
    "quarter_phase_v",
    "quarter_wave_neurons",
    "quarter_weight",
    "self_conjugate_energy",
    "self_term",
    "separate_width_lower_bound",
    "sine_form",
    "tie_factor",
    "turning_blow_up_time",
    "two_neuron_loss",
    "vanishing_form",
    "wave_neurons",
    "width_lower_bound",
    "width_upper_bound",
]


def __dir__() -> list[str]:
    return __all__
