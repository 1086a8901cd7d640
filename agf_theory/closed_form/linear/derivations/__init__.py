"""The results on linear networks, derived step by step."""

from agf_theory.closed_form.linear.derivations.balanced_mode import lin_19
from agf_theory.closed_form.linear.derivations.dormant import lin_04
from agf_theory.closed_form.linear.derivations.escape import lin_15
from agf_theory.closed_form.linear.derivations.hitting_time import lin_05, lin_06
from agf_theory.closed_form.linear.derivations.logistic import lin_18
from agf_theory.closed_form.linear.derivations.overlap import lin_07

__all__ = [
    "lin_04",
    "lin_05",
    "lin_06",
    "lin_07",
    "lin_15",
    "lin_18",
    "lin_19",
]
