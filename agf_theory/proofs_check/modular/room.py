"""The claims on modular addition, in the order of their ids."""

from __future__ import annotations

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.modular.utility import MOD_01

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (MOD_01,)
