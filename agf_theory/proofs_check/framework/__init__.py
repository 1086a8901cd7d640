"""Claims about any two-layer homogeneous network (FRM-01 to FRM-08)."""

from agf_theory.proofs_check.framework.room import CLAIMS

__all__ = ["CLAIMS"]
