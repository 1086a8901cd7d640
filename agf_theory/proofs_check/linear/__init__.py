"""Claims about fully connected two-layer linear networks (LIN-01 to LIN-23)."""

from agf_theory.proofs_check.linear.room import CLAIMS

__all__ = ["CLAIMS"]
