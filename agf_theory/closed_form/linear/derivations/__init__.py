"""The results on linear networks, derived step by step."""

from agf_theory.closed_form.linear.derivations.escape import lin_15

__all__ = ["lin_15"]
