"""Quadratic two-layer networks on modular addition: closed forms."""

from agf_theory.closed_form.modular.conventions import (
    convention_factor,
    joint_norm_factor,
    maximal_utility,
    maximal_utility_nyquist,
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
from agf_theory.closed_form.modular.thresholds import nyquist_energy_threshold, nyquist_factor, nyquist_threshold
from agf_theory.closed_form.modular.utility import cross_term, self_term

__all__ = [
    "convention_factor",
    "coordinate_mean_share",
    "cross_term",
    "generic_energy",
    "generic_maximum",
    "joint_norm_factor",
    "level_share",
    "maximal_utility",
    "maximal_utility_nyquist",
    "maximising_phase",
    "maximising_size",
    "nyquist_energy_threshold",
    "nyquist_factor",
    "nyquist_maximum",
    "nyquist_threshold",
    "self_conjugate_energy",
    "self_term",
]
