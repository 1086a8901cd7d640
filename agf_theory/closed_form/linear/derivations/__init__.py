"""The results on linear networks, derived step by step."""

from agf_theory.closed_form.linear.derivations.balanced_matrix import lin_20
from agf_theory.closed_form.linear.derivations.refined_times import lin_21
from agf_theory.closed_form.linear.derivations.staircase import lin_11, lin_12

__all__ = ["lin_11", "lin_12", "lin_20", "lin_21"]
