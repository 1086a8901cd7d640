"""Derivations of the closed forms of linear networks."""

from agf_theory.closed_form.linear.derivations.balanced_matrix import lin_20

__all__ = ["lin_20"]
