"""Quadratic two-layer networks on modular addition: closed forms."""

from agf_theory.closed_form.modular.aligned_fit import (
    aligned_weight,
    canonical_phase_u,
    canonical_phase_v,
    cubature_kernel,
)
from agf_theory.closed_form.modular.best_loss import five_neuron_loss, form_distance, one_neuron_loss, two_neuron_loss
from agf_theory.closed_form.modular.fit import (
    CHARACTERS,
    fit_coefficient,
    fit_conditions_complete,
    fit_loss,
    fit_target,
)
from agf_theory.closed_form.modular.fit_forms import cosine_form, fit_form_square, sine_form, vanishing_form
from agf_theory.closed_form.modular.special_fit import (
    neurons_needed,
    nyquist_weight,
    quarter_phase_u,
    quarter_phase_v,
    quarter_weight,
)
from agf_theory.closed_form.modular.utility import cross_term, self_term

__all__ = [
    "CHARACTERS",
    "aligned_weight",
    "canonical_phase_u",
    "canonical_phase_v",
    "cosine_form",
    "cross_term",
    "cubature_kernel",
    "fit_coefficient",
    "fit_conditions_complete",
    "fit_form_square",
    "fit_loss",
    "fit_target",
    "five_neuron_loss",
    "form_distance",
    "neurons_needed",
    "nyquist_weight",
    "one_neuron_loss",
    "quarter_phase_u",
    "quarter_phase_v",
    "quarter_weight",
    "self_term",
    "sine_form",
    "two_neuron_loss",
    "vanishing_form",
]
