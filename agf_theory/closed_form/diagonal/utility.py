"""Utility of one coordinate of a diagonal network, and where it is largest (DIAG-03)."""

from __future__ import annotations

from sympy import Abs, Expr, Tuple, sign, sqrt, tanh

from agf_theory.closed_form import symbols as sym

__all__ = [
    "maximal_normalised_utility",
    "normalised_utility",
    "utility_along_flow",
    "utility_maximiser",
]


def normalised_utility() -> Expr:
    r"""Normalised utility of a coordinate from its weights.

    .. math:: \hat{\mathcal U} = -\frac{g\,uv}{u^2+v^2} = -\tfrac g2\tanh2\varphi

    Returns
    -------
    Expr in g = partial derivative of the loss, u, v

    Hypotheses
    ----------
    (u, v) not 0. The second form needs u**2 > v**2, which holds along the flow.

    Source
    ------
    [kunin2025], diagonal linear networks; claims DIAG-02 and DIAG-03.

    Examples
    --------
    >>> normalised_utility()
    -g*u*v/(u**2 + v**2)
    """
    return -sym.g * sym.u * sym.v / (sym.u**2 + sym.v**2)


def utility_along_flow() -> Expr:
    r"""Normalised utility of a coordinate at a hyperbolic angle.

    .. math:: \hat{\mathcal U} = -\tfrac g2\tanh2\varphi

    Returns
    -------
    Expr in g, phi

    Hypotheses
    ----------
    (u, v) on the hyperbola u**2 - v**2 = 2m > 0.

    Source
    ------
    Claim DIAG-02. Derived step by step in ``derivation("DIAG-02")``.

    Examples
    --------
    >>> utility_along_flow()
    -g*tanh(2*phi)/2
    """
    return -sym.g * tanh(2 * sym.phi) / 2


def maximal_normalised_utility() -> Expr:
    r"""Largest normalised utility of a coordinate.

    .. math:: \hat{\mathcal U}_* = \max_{u^2+v^2=1} -g\,uv = \frac{|g|}2

    Returns
    -------
    Expr in g = partial derivative of the loss

    Hypotheses
    ----------
    None.

    Source
    ------
    [kunin2025], diagonal linear networks; claim DIAG-03. Derived step by step in ``derivation("DIAG-03")``.

    Examples
    --------
    >>> maximal_normalised_utility()
    Abs(g)/2
    """
    return Abs(sym.g) / 2


def utility_maximiser() -> Tuple:
    r"""Unit vector of largest utility; its negative is the other one.

    .. math:: (u, v) = \tfrac1{\sqrt2}\,(1, -\operatorname{sign} g)

    Returns
    -------
    Tuple of two Expr in g = partial derivative of the loss

    Hypotheses
    ----------
    g not 0; at g = 0 every unit vector is a maximiser, with utility 0.

    Source
    ------
    Claim DIAG-03. Derived step by step in ``derivation("DIAG-03")``.

    Examples
    --------
    >>> utility_maximiser()
    (sqrt(2)/2, -sqrt(2)*sign(g)/2)
    """
    return Tuple(1 / sqrt(2), -sign(sym.g) / sqrt(2))
