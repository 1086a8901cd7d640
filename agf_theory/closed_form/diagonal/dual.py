"""The dual variable and the mirror map, in logarithmic scale: what stays finite as alpha tends to zero (DIAG-01)."""

from __future__ import annotations

from sympy import Abs, Expr, asinh, exp, log, sign, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.diagonal.convention import Convention, convention_is_paper, product_scale

__all__ = [
    "coefficient_from_dual",
    "dual_from_coefficient",
    "hyperbolic_angle",
    "hyperbolic_entropy",
]


def coefficient_from_dual(convention: Convention = "paper") -> Expr:
    r"""Coefficient from the dual variable, in logarithmic scale.

    .. math:: \beta = \operatorname{sign}(s)\,\tfrac12\big(e^{2\eta(|s|-1)}-e^{-2\eta(|s|+1)}\big),\qquad
              \eta = \log(1/\alpha),\ s = \varphi/\eta

    (slides: 1/4 for 1/2). Only eta enters, so nothing underflows for any alpha.

    Returns
    -------
    Expr in eta = log(1/alpha), s

    Hypotheses
    ----------
    As `weight_u`, on the clock with eta = log(1/alpha) (alpha < 1).

    Source
    ------
    Claim DIAG-01. Derived step by step in ``derivation("DIAG-01")``.

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(coefficient_from_dual(), s=1)
    1/2 - exp(-4*eta)/2
    """
    size = Abs(sym.s)
    difference = exp(2 * sym.eta * (size - 1)) - exp(-2 * sym.eta * (size + 1))
    return sign(sym.s) * difference / (2 if convention_is_paper(convention) else 4)


def dual_from_coefficient(convention: Convention = "paper") -> Expr:
    r"""Dual variable from the coefficient, in logarithmic scale: inverse of `coefficient_from_dual`.

    .. math:: s = \operatorname{sign}(\beta)\Big(1 + \frac{\log\big(|\beta|+\sqrt{\beta^2+e^{-4\eta}}\big)}{2\eta}\Big)

    (slides: 2|beta| for |beta| and 4 beta**2 for beta**2).

    Returns
    -------
    Expr in eta = log(1/alpha), x = the coefficient

    Hypotheses
    ----------
    As `coefficient_from_dual`.

    Source
    ------
    This project, from DIAG-01.

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(dual_from_coefficient(), x=0)
    0
    """
    ratio = sym.x if convention_is_paper(convention) else 2 * sym.x
    return sign(sym.x) * (1 + log(Abs(ratio) + sqrt(ratio**2 + exp(-4 * sym.eta))) / (2 * sym.eta))


def hyperbolic_angle(convention: Convention = "paper") -> Expr:
    r"""Hyperbolic angle from the coefficient: the mirror map.

    .. math:: \varphi = \tfrac12\operatorname{arcsinh}(\beta/m), \qquad
              \frac{d\varphi}{dt} = -\eta\,\partial_i\mathcal L(\beta)

    Returns
    -------
    Expr in alpha, x = the coefficient (zero allowed)

    Hypotheses
    ----------
    As `weight_u`.

    Source
    ------
    Claim DIAG-01; [pesme2023] (mirror flow with the hyperbolic entropy).

    Examples
    --------
    >>> hyperbolic_angle()
    asinh(x/alpha**2)/2
    """
    return asinh(sym.x / product_scale(convention)) / 2


def hyperbolic_entropy(convention: Convention = "paper") -> Expr:
    r"""Potential of the mirror flow; its derivative is `hyperbolic_angle`.

    .. math:: \psi(\beta) = \tfrac12\big(\beta\operatorname{arcsinh}(\beta/m) - \sqrt{\beta^2+m^2}\big)

    Returns
    -------
    Expr in alpha, x = the coefficient
        Up to an additive constant; minimal at 0.

    Hypotheses
    ----------
    As `weight_u`.

    Source
    ------
    [pesme2023]; the normalisation (derivative phi, not 2 phi): this project.

    Examples
    --------
    >>> hyperbolic_entropy()
    x*asinh(x/alpha**2)/2 - sqrt(alpha**4 + x**2)/2
    """
    scale = product_scale(convention)
    return sym.x * asinh(sym.x / scale) / 2 - sqrt(sym.x**2 + scale**2) / 2
