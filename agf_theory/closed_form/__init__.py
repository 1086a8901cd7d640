"""The symbolic route: formulas of the theory as SymPy expressions, and their derivations."""

from agf_theory.closed_form import diagonal, framework
from agf_theory.closed_form.values import with_values

__all__ = ["diagonal", "framework", "with_values"]
