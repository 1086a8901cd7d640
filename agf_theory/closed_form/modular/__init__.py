"""Quadratic two-layer networks on modular addition: closed forms."""

from agf_theory.closed_form.modular.utility import cross_term, self_term

__all__ = ["cross_term", "self_term"]
