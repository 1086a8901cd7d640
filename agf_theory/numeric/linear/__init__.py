"""Fully connected linear networks: numeric routes."""

from agf_theory.numeric.linear.limiting import limiting_sequence
from agf_theory.numeric.linear.structure import Block, Structure, structure

__all__ = ["Block", "Structure", "limiting_sequence", "structure"]
