"""The claims on diagonal linear networks, in the order of their ids."""

from __future__ import annotations

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.diagonal.coordinates import DIAG_01
from agf_theory.proofs_check.diagonal.corrected_times import DIAG_10
from agf_theory.proofs_check.diagonal.dormant_utility import DIAG_02, DIAG_03
from agf_theory.proofs_check.diagonal.end_point import DIAG_06
from agf_theory.proofs_check.diagonal.flow_limit import DIAG_09
from agf_theory.proofs_check.diagonal.jump_time import DIAG_04
from agf_theory.proofs_check.diagonal.limiting_path import DIAG_05
from agf_theory.proofs_check.diagonal.rescaled_claims import DIAG_07, DIAG_08

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (DIAG_01, DIAG_02, DIAG_03, DIAG_04, DIAG_05, DIAG_06, DIAG_07, DIAG_08, DIAG_09, DIAG_10)
