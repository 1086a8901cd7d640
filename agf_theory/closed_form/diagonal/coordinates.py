"""Hyperbolic coordinates: the flow of one coordinate of a diagonal network for any residual (DIAG-01)."""

from __future__ import annotations

from sympy import Expr, cosh, sinh, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.diagonal.convention import Convention, product_scale

__all__ = [
    "coefficient",
    "coefficient_velocity",
    "conserved_quantity",
    "squared_norm",
    "weight_u",
    "weight_v",
]


def weight_u(convention: Convention = "paper") -> Expr:
    r"""First weight of a coordinate.

    .. math:: u = \sqrt{2m}\,\cosh\varphi

    With `weight_v` it solves gradient flow iff :math:`\dot\varphi=-\eta\,\partial_i\mathcal L(\beta)`, whatever the
    other coordinates do.

    Returns
    -------
    Expr in alpha, phi

    Hypotheses
    ----------
    Start at u = sqrt(2m), v = 0, `m` the `product_scale` of the convention. Exact.

    Source
    ------
    Claim DIAG-01. Derived step by step in ``derivation("DIAG-01")``.

    Examples
    --------
    >>> weight_u(), weight_u("slides")
    (sqrt(2)*alpha*cosh(phi), alpha*cosh(phi))
    """
    return sqrt(2 * product_scale(convention)) * cosh(sym.phi)


def weight_v(convention: Convention = "paper") -> Expr:
    r"""Second weight of a coordinate.

    .. math:: v = \sqrt{2m}\,\sinh\varphi

    Returns
    -------
    Expr in alpha, phi

    Hypotheses
    ----------
    As `weight_u`.

    Source
    ------
    Claim DIAG-01. Derived step by step in ``derivation("DIAG-01")``.

    Examples
    --------
    >>> weight_v()
    sqrt(2)*alpha*sinh(phi)
    """
    return sqrt(2 * product_scale(convention)) * sinh(sym.phi)


def conserved_quantity(convention: Convention = "paper") -> Expr:
    r"""The constant value of :math:`u^2-v^2`.

    .. math:: u^2 - v^2 = 2m

    Returns
    -------
    Expr in alpha
        2 alpha**2 (paper), alpha**2 (slides).

    Hypotheses
    ----------
    Gradient flow with one rate for u and v; any residual.

    Source
    ------
    Claims DIAG-01 and FRM-07 (kappa = 2).

    Examples
    --------
    >>> conserved_quantity(), conserved_quantity("slides")
    (2*alpha**2, alpha**2)
    """
    return 2 * product_scale(convention)


def coefficient(convention: Convention = "paper") -> Expr:
    r"""Coefficient from the hyperbolic angle.

    .. math:: \beta = uv = m\sinh2\varphi

    Returns
    -------
    Expr in alpha, phi

    Hypotheses
    ----------
    As `weight_u`.

    Source
    ------
    Claim DIAG-01. Derived step by step in ``derivation("DIAG-01")``.

    Examples
    --------
    >>> coefficient(), coefficient("slides")
    (alpha**2*sinh(2*phi), alpha**2*sinh(2*phi)/2)
    """
    return product_scale(convention) * sinh(2 * sym.phi)


def squared_norm(convention: Convention = "paper") -> Expr:
    r"""Squared norm of the neuron (u, v).

    .. math:: \|\theta\|^2 = u^2+v^2 = 2m\cosh2\varphi

    Returns
    -------
    Expr in alpha, phi

    Hypotheses
    ----------
    As `weight_u`.

    Source
    ------
    Claim DIAG-01. Derived step by step in ``derivation("DIAG-01")``.

    Examples
    --------
    >>> squared_norm(), squared_norm("slides")
    (2*alpha**2*cosh(2*phi), alpha**2*cosh(2*phi))
    """
    return 2 * product_scale(convention) * cosh(2 * sym.phi)


def coefficient_velocity(convention: Convention = "paper") -> Expr:
    r"""Velocity of the coefficient: logistic growth far above the product scale.

    .. math:: \dot\beta = -2\eta\,\sqrt{\beta^2+m^2}\;\partial_i\mathcal L = -\eta\,\|\theta\|^2\,\partial_i\mathcal L

    Returns
    -------
    Expr in alpha, eta, g = partial derivative of the loss, x = the coefficient

    Hypotheses
    ----------
    As `weight_u`. For alpha -> 0 at fixed coefficient: the Lotka-Volterra form -2 eta |beta| g.

    Source
    ------
    This project, from DIAG-01.

    Examples
    --------
    >>> coefficient_velocity()
    -2*eta*g*sqrt(alpha**4 + x**2)
    """
    return -2 * sym.eta * sym.g * sqrt(sym.x**2 + product_scale(convention) ** 2)
