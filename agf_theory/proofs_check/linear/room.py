"""The claims on linear networks, in the order of their ids."""

from __future__ import annotations

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.linear.balanced_matrix import LIN_20
from agf_theory.proofs_check.linear.refined_times import LIN_21
from agf_theory.proofs_check.linear.staircase import LIN_11, LIN_12

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (LIN_11, LIN_12, LIN_20, LIN_21)
