"""The results on linear networks, derived step by step."""

from agf_theory.closed_form.linear.derivations.conservation import lin_01, lin_22
from agf_theory.closed_form.linear.derivations.direction import lin_08
from agf_theory.closed_form.linear.derivations.levels import lin_09
from agf_theory.closed_form.linear.derivations.minima import lin_23
from agf_theory.closed_form.linear.derivations.utility import lin_02, lin_03

__all__ = ["lin_01", "lin_02", "lin_03", "lin_08", "lin_09", "lin_22", "lin_23"]
