"""The claims on linear networks, in the order of their ids."""

from __future__ import annotations

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.linear.escape import LIN_15
from agf_theory.proofs_check.linear.staircase_conjecture import LIN_13

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (LIN_13, LIN_15)
