"""The claims on linear networks, in the order of their ids."""

from __future__ import annotations

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.linear.conservation import LIN_01, LIN_22
from agf_theory.proofs_check.linear.direction import LIN_08
from agf_theory.proofs_check.linear.levels import LIN_09
from agf_theory.proofs_check.linear.minima import LIN_23
from agf_theory.proofs_check.linear.repeated import LIN_03
from agf_theory.proofs_check.linear.utility import LIN_02

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (LIN_01, LIN_02, LIN_03, LIN_08, LIN_09, LIN_22, LIN_23)
