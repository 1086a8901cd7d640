"""The claims of the framework, in the order of their ids."""

from __future__ import annotations

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.framework.accumulation import FRM_03, FRM_04
from agf_theory.proofs_check.framework.conservation import FRM_07
from agf_theory.proofs_check.framework.criticality import FRM_06
from agf_theory.proofs_check.framework.flow_sequence import FRM_08
from agf_theory.proofs_check.framework.growth import FRM_02
from agf_theory.proofs_check.framework.homogeneity import FRM_01
from agf_theory.proofs_check.framework.jump_time_bounds import FRM_05

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (FRM_01, FRM_02, FRM_03, FRM_04, FRM_05, FRM_06, FRM_07, FRM_08)
