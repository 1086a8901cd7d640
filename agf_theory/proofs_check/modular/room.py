"""The claims on modular addition, in the order of their ids."""

from __future__ import annotations

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.modular.blow_up import MOD_10
from agf_theory.proofs_check.modular.first_crossing import MOD_11
from agf_theory.proofs_check.modular.local_maxima import MOD_08
from agf_theory.proofs_check.modular.mean_template import MOD_07
from agf_theory.proofs_check.modular.mode_flow import MOD_09
from agf_theory.proofs_check.modular.ties import MOD_06
from agf_theory.proofs_check.modular.utility import MOD_01

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (
    MOD_01,
    MOD_06,
    MOD_07,
    MOD_08,
    MOD_09,
    MOD_10,
    MOD_11,
)
