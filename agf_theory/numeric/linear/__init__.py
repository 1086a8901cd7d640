"""Fully connected linear networks: numeric routes."""

from agf_theory.numeric.linear.gradient_flow import gradient_flow, random_start
from agf_theory.numeric.linear.limiting import limiting_sequence
from agf_theory.numeric.linear.structure import Block, Structure, structure

__all__ = ["Block", "Structure", "gradient_flow", "limiting_sequence", "random_start", "structure"]
