"""Formulas in LaTeX as MathML that browsers draw without help, offline: on pages, in the report, in notebooks."""

from agf_theory.typesetting.formula import displayed, in_line

__all__ = ["displayed", "in_line"]
