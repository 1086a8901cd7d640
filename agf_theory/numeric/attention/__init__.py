"""Attention-only linear transformers that learn regression in context: numeric routes."""

from agf_theory.numeric.attention.activation_bounds import activation_bounds
from agf_theory.numeric.attention.alternating import alternating_gradient_flows
from agf_theory.numeric.attention.alternating_minimisation import least_loss_of_rank
from agf_theory.numeric.attention.attention_sequence import AttentionSequence
from agf_theory.numeric.attention.attention_trajectory import AttentionTrajectory
from agf_theory.numeric.attention.blow_up import blow_up_time, blow_up_times
from agf_theory.numeric.attention.certified_blow_up import certified_blow_up_time
from agf_theory.numeric.attention.component_strengths import component_names
from agf_theory.numeric.attention.components import Component, components, critical_values, initial_level
from agf_theory.numeric.attention.dormant_head import DormantHead
from agf_theory.numeric.attention.exact_layer import layer_output
from agf_theory.numeric.attention.exact_levels import with_exact_levels
from agf_theory.numeric.attention.gradient_flow import gradient_flow
from agf_theory.numeric.attention.limiting import limiting_sequence
from agf_theory.numeric.attention.monte_carlo import SampledLoss, sampled_loss
from agf_theory.numeric.attention.quadratic_loss import QuadraticLoss
from agf_theory.numeric.attention.quadrature import exact_loss, quadrature_loss
from agf_theory.numeric.attention.starts import reference_start

__all__ = [
    "AttentionSequence",
    "AttentionTrajectory",
    "Component",
    "DormantHead",
    "QuadraticLoss",
    "SampledLoss",
    "activation_bounds",
    "alternating_gradient_flows",
    "blow_up_time",
    "blow_up_times",
    "certified_blow_up_time",
    "component_names",
    "components",
    "critical_values",
    "exact_loss",
    "gradient_flow",
    "initial_level",
    "layer_output",
    "least_loss_of_rank",
    "limiting_sequence",
    "quadrature_loss",
    "reference_start",
    "sampled_loss",
    "with_exact_levels",
]


def __dir__() -> list[str]:
    return __all__
