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
from agf_theory.closed_form.modular.mode_flow import (
    alignment,
    alignment_velocity,
    conserved_difference,
    conserved_misalignment,
    mode_velocity,
)

__all__ = [
    "activation_rate",
    "aligned_blow_up_time",
    "alignment",
    "alignment_velocity",
    "conserved_difference",
    "conserved_misalignment",
    "growing_blow_up_time",
    "invariant_cubic",
    "legendre_blow_up_time",
    "mode_velocity",
    "never_blows_up",
    "turning_blow_up_time",
]
