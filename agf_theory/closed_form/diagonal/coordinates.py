"""Hyperbolic coordinates: the flow of one coordinate of a diagonal network for any residual (DIAG-01)."""

from __future__ import annotations

from sympy import Abs, Expr, asinh, cosh, exp, log, sign, sinh, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.diagonal.convention import Convention, product_scale

__all__ = [
    "coefficient",
    "coefficient_from_dual",
    "coefficient_velocity",
    "conserved_quantity",
    "dual_from_coefficient",
    "hyperbolic_angle",
    "hyperbolic_entropy",
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


def convention_is_paper(convention: Convention) -> bool:
    """Whether the convention is the paper's; raises `UnknownName` if it is neither."""
    return bool(product_scale(convention) == product_scale("paper"))
