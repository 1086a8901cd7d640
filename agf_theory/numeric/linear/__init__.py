"""Fully connected linear networks: numeric routes."""

from agf_theory.numeric.linear.alternating import alternating_gradient_flows
from agf_theory.numeric.linear.balanced import balanced_solution, balanced_start
from agf_theory.numeric.linear.conjecture import Examination, PreFlight, examine_conjecture, measured_slopes, pre_flight
from agf_theory.numeric.linear.gradient_flow import gradient_flow, random_start
from agf_theory.numeric.linear.greedy import greedy_low_rank
from agf_theory.numeric.linear.limiting import limiting_sequence
from agf_theory.numeric.linear.modes import Modes, by_modes, by_singular_values
from agf_theory.numeric.linear.refined import half_strength_times, hidden_overlaps, refined_sequence
from agf_theory.numeric.linear.stability import escape_rates
from agf_theory.numeric.linear.structure import Block, Structure, structure
from agf_theory.numeric.linear.symmetric_greedy import SymmetricStage, greedy_low_rank_symmetric
from agf_theory.numeric.linear.utilities import flow_utilities, limiting_utilities

__all__ = [
    "Block",
    "Examination",
    "Modes",
    "PreFlight",
    "Structure",
    "SymmetricStage",
    "alternating_gradient_flows",
    "balanced_solution",
    "balanced_start",
    "by_modes",
    "by_singular_values",
    "escape_rates",
    "examine_conjecture",
    "flow_utilities",
    "gradient_flow",
    "greedy_low_rank",
    "greedy_low_rank_symmetric",
    "half_strength_times",
    "hidden_overlaps",
    "limiting_sequence",
    "limiting_utilities",
    "measured_slopes",
    "pre_flight",
    "random_start",
    "refined_sequence",
    "structure",
]


def __dir__() -> list[str]:
    return __all__
