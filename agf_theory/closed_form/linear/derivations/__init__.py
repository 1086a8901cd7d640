"""The results on linear networks, derived step by step."""

from agf_theory.closed_form.linear.derivations.recursion import lin_10
from agf_theory.closed_form.linear.derivations.rescaled_mode import lin_14

__all__ = ["lin_10", "lin_14"]
