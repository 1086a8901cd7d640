"""The results on linear networks, derived step by step."""

from agf_theory.closed_form.linear.derivations.conservation import lin_01, lin_22
from agf_theory.closed_form.linear.derivations.levels import lin_09
from agf_theory.closed_form.linear.derivations.utility import lin_02, lin_03

__all__ = ["lin_01", "lin_02", "lin_03", "lin_09", "lin_22"]
