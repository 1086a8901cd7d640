"""The claims on linear networks, in the order of their ids."""

from __future__ import annotations

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.linear.balanced_matrix import LIN_20
from agf_theory.proofs_check.linear.dormant_modes import LIN_04
from agf_theory.proofs_check.linear.earliest_jump import LIN_05
from agf_theory.proofs_check.linear.escape import LIN_15
from agf_theory.proofs_check.linear.imbalanced_modes import LIN_19
from agf_theory.proofs_check.linear.jump_time_expansion import LIN_06
from agf_theory.proofs_check.linear.logistic_modes import LIN_18
from agf_theory.proofs_check.linear.mean_overlap import LIN_07
from agf_theory.proofs_check.linear.refined_times import LIN_21
from agf_theory.proofs_check.linear.staircase import LIN_11, LIN_12
from agf_theory.proofs_check.linear.staircase_conjecture import LIN_13

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (
    LIN_04,
    LIN_05,
    LIN_06,
    LIN_07,
    LIN_11,
    LIN_12,
    LIN_13,
    LIN_15,
    LIN_18,
    LIN_19,
    LIN_20,
    LIN_21,
)
