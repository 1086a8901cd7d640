"""The claims on linear networks, in the order of their ids."""

from __future__ import annotations

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.linear.balanced_matrix import LIN_20

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (LIN_20,)
