"""From moduli and phases to Fourier coefficients and their conjugates."""

from __future__ import annotations

from sympy import Expr, I, Symbol, exp, expand, log, sqrt

from agf_theory.closed_form import symbols as sym

__all__ = ["BAR", "in_coefficients"]

BAR = {
    (size, phase): (Symbol(f"{letter}_hat", positive=True), Symbol(f"{letter}_bar", positive=True))
    for letter, size, phase in (
        ("x", sym.template_size, sym.phase_x),
        ("u", sym.size_u, sym.phase_u),
        ("v", sym.size_v, sym.phase_v),
        ("w", sym.size_w, sym.phase_w),
    )
}
"""For modulus and phase: a coefficient and its conjugate, as two symbols of their own.

They stand for formal variables. That they are declared positive lets SymPy take roots, and harms nothing: rational
functions that agree for positive values are the same.
"""


def in_coefficients(expression: Expr) -> Expr:
    r"""The expression with :math:`\sqrt{z\bar z}` for moduli and :math:`e^{i\psi}=\sqrt{z/\bar z}` for phases.

    Examples
    --------
    >>> from sympy import cos
    >>> in_coefficients(sym.size_u**2 * cos(2 * sym.phase_u))
    u_bar**2/2 + u_hat**2/2
    """
    values: dict[Expr, Expr] = {}
    for (size, phase), (coefficient, conjugate) in BAR.items():
        values |= {size: sqrt(coefficient * conjugate), phase: -I * log(coefficient / conjugate) / 2}
    return expand(expand(expression.rewrite(exp)).subs(values))
