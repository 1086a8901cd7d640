"""The results on linear networks, derived step by step."""

from agf_theory.closed_form.linear.derivations.balanced_matrix import lin_20
from agf_theory.closed_form.linear.derivations.balanced_mode import lin_19
from agf_theory.closed_form.linear.derivations.conservation import lin_01, lin_22
from agf_theory.closed_form.linear.derivations.direction import lin_08
from agf_theory.closed_form.linear.derivations.dormant import lin_04
from agf_theory.closed_form.linear.derivations.escape import lin_15
from agf_theory.closed_form.linear.derivations.hitting_time import lin_05, lin_06
from agf_theory.closed_form.linear.derivations.levels import lin_09
from agf_theory.closed_form.linear.derivations.logistic import lin_18
from agf_theory.closed_form.linear.derivations.minima import lin_23
from agf_theory.closed_form.linear.derivations.overlap import lin_07
from agf_theory.closed_form.linear.derivations.recursion import lin_10
from agf_theory.closed_form.linear.derivations.refined_times import lin_21
from agf_theory.closed_form.linear.derivations.rescaled_mode import lin_14
from agf_theory.closed_form.linear.derivations.staircase import lin_11, lin_12
from agf_theory.closed_form.linear.derivations.utility import lin_02, lin_03

__all__ = [
    "lin_01",
    "lin_02",
    "lin_03",
    "lin_04",
    "lin_05",
    "lin_06",
    "lin_07",
    "lin_08",
    "lin_09",
    "lin_10",
    "lin_11",
    "lin_12",
    "lin_14",
    "lin_15",
    "lin_18",
    "lin_19",
    "lin_20",
    "lin_21",
    "lin_22",
    "lin_23",
]
