"""Claims about diagonal linear networks (DIAG-01 to DIAG-10)."""

from agf_theory.proofs_check.diagonal.designs import EVERY_DESIGN, GENERIC_DESIGNS, Design
from agf_theory.proofs_check.diagonal.room import CLAIMS

__all__ = ["CLAIMS", "EVERY_DESIGN", "GENERIC_DESIGNS", "Design"]
