"""The claims on linear networks, in the order of their ids."""

from __future__ import annotations

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.linear.greedy_order import LIN_17
from agf_theory.proofs_check.linear.interlacing import LIN_10
from agf_theory.proofs_check.linear.reducible import LIN_16
from agf_theory.proofs_check.linear.reversed_order import LIN_14

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (LIN_10, LIN_14, LIN_16, LIN_17)
