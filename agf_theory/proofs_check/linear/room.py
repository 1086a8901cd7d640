"""The claims on linear networks, in the order of their ids."""

from __future__ import annotations

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.linear.balanced_matrix import LIN_20
from agf_theory.proofs_check.linear.conservation import LIN_01, LIN_22
from agf_theory.proofs_check.linear.direction import LIN_08
from agf_theory.proofs_check.linear.dormant_modes import LIN_04
from agf_theory.proofs_check.linear.earliest_jump import LIN_05
from agf_theory.proofs_check.linear.escape import LIN_15
from agf_theory.proofs_check.linear.greedy_order import LIN_17
from agf_theory.proofs_check.linear.imbalanced_modes import LIN_19
from agf_theory.proofs_check.linear.interlacing import LIN_10
from agf_theory.proofs_check.linear.jump_time_expansion import LIN_06
from agf_theory.proofs_check.linear.levels import LIN_09
from agf_theory.proofs_check.linear.logistic_modes import LIN_18
from agf_theory.proofs_check.linear.mean_overlap import LIN_07
from agf_theory.proofs_check.linear.minima import LIN_23
from agf_theory.proofs_check.linear.reducible import LIN_16
from agf_theory.proofs_check.linear.refined_times import LIN_21
from agf_theory.proofs_check.linear.repeated import LIN_03
from agf_theory.proofs_check.linear.reversed_order import LIN_14
from agf_theory.proofs_check.linear.staircase import LIN_11, LIN_12
from agf_theory.proofs_check.linear.staircase_conjecture import LIN_13
from agf_theory.proofs_check.linear.utility import LIN_02

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (
    LIN_01,
    LIN_02,
    LIN_03,
    LIN_04,
    LIN_05,
    LIN_06,
    LIN_07,
    LIN_08,
    LIN_09,
    LIN_10,
    LIN_11,
    LIN_12,
    LIN_13,
    LIN_14,
    LIN_15,
    LIN_16,
    LIN_17,
    LIN_18,
    LIN_19,
    LIN_20,
    LIN_21,
    LIN_22,
    LIN_23,
)
