"""One coordinate solved exactly: the sigmoid of learning at any initialisation scale, and its logistic limit."""

from __future__ import annotations

from sympy import Abs, Expr, asinh, atanh, exp, log, sign, sqrt, tanh

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.diagonal.convention import Convention, convention_is_paper, product_scale

__all__ = [
    "one_coordinate_coefficient",
    "one_coordinate_dual",
    "one_coordinate_effective_jump_time",
    "one_coordinate_jump_time",
    "one_coordinate_level_time",
    "one_coordinate_logistic",
    "one_coordinate_rate",
]


def one_coordinate_rate(convention: Convention = "paper") -> Expr:
    r"""Rate constant of the one-coordinate problem.

    .. math:: D = \sqrt{b^2 + G^2m^2}

    Returns
    -------
    Expr in b, G, alpha
        Between |b| (alpha -> 0) and infinity; 2 eta D is the rate at which the plateau is approached.

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    Loss G*beta**2/2 - b*beta with G > 0.

    Source
    ------
    This project. Derived step by step in ``derivation("diagonal.one_coordinate")``.

    Examples
    --------
    >>> one_coordinate_rate()
    sqrt(G**2*alpha**4 + b**2)
    """
    return sqrt(sym.b**2 + sym.G**2 * product_scale(convention) ** 2)


def _half_angle_tangent(convention: Convention) -> Expr:
    """tanh(phi) along the flow: b*tanh(eta*D*t)/(D + G*m*tanh(eta*D*t))."""
    rate = one_coordinate_rate(convention)
    ramp = tanh(sym.eta * rate * sym.t)
    return sym.b * ramp / (rate + sym.G * product_scale(convention) * ramp)


def one_coordinate_dual(convention: Convention = "paper") -> Expr:
    r"""Dual variable of the one-coordinate problem, exactly.

    .. math:: s(t) = \frac1\eta\operatorname{arctanh}\frac{b\,\tanh(\eta Dt)}{D + Gm\tanh(\eta Dt)}

    It solves ds/dt = b - G*beta(s), s(0) = 0.

    Returns
    -------
    Expr in b, G, alpha, eta, t

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    Loss G*beta**2/2 - b*beta with G > 0; any alpha > 0 and eta > 0. Exact.

    Source
    ------
    This project. Derived step by step in ``derivation("diagonal.one_coordinate")``.

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(one_coordinate_dual(), t=0)
    0
    """
    return atanh(_half_angle_tangent(convention)) / sym.eta


def one_coordinate_coefficient(convention: Convention = "paper") -> Expr:
    r"""Coefficient of the one-coordinate problem, exactly.

    .. math:: \beta(t) = \frac{2m\,h}{1-h^2},\qquad h = \tanh\varphi = \frac{b\,\tanh(\eta Dt)}{D+Gm\tanh(\eta Dt)}

    Returns
    -------
    Expr in b, G, alpha, eta, t
        Tends to b/G as t grows.

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    As `one_coordinate_dual`.

    Source
    ------
    This project. Derived step by step in ``derivation("diagonal.one_coordinate")``.

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(one_coordinate_coefficient(), t=0)
    0
    """
    tangent = _half_angle_tangent(convention)
    return 2 * product_scale(convention) * tangent / (1 - tangent**2)


def one_coordinate_level_time(convention: Convention = "paper") -> Expr:
    r"""Time at which the coefficient of the one-coordinate problem has a given fraction of its plateau value.

    .. math:: t = \frac1{\eta D}\operatorname{arctanh}\frac{D\,h}{|b| - Gm\,h},\qquad
              h = \tanh\Big(\tfrac12\operatorname{arcsinh}\frac{\ell\,|b|}{G\,m}\Big)

    Returns
    -------
    Expr in ell = fraction, b, G, alpha, eta

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    0 < ell < 1; as `one_coordinate_dual`. Half the plateau value (ell = 1/2) is crossed G*m/(2 eta b**2) earlier than
    `one_coordinate_effective_jump_time`, up to higher powers of alpha**2.

    Source
    ------
    This project. Derived step by step in ``derivation("diagonal.one_coordinate")``.

    Examples
    --------
    >>> sorted(map(str, one_coordinate_level_time().free_symbols))
    ['G', 'alpha', 'b', 'ell', 'eta']
    """
    scale, rate, size = product_scale(convention), one_coordinate_rate(convention), Abs(sym.b)
    tangent = tanh(asinh(sym.level * size / (sym.G * scale)) / 2)
    return atanh(rate * tangent / (size - sym.G * scale * tangent)) / (sym.eta * rate)


def one_coordinate_effective_jump_time(convention: Convention = "paper") -> Expr:
    r"""Effective jump time of the one-coordinate problem, exactly: the area above the learning curve.

    .. math:: T = \int_0^\infty\Big(1-\frac{\beta(t)}{b/G}\Big)dt = \frac1{2\eta|b|}\operatorname{arcsinh}\frac{|b|}{Gm}

    Returns
    -------
    Expr in b, G, alpha, eta

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    As `one_coordinate_dual`.

    Source
    ------
    This project. Derived step by step in ``derivation("DIAG-10")``.

    Examples
    --------
    >>> one_coordinate_effective_jump_time()
    asinh(Abs(b)/(G*alpha**2))/(2*eta*Abs(b))
    """
    size = Abs(sym.b)
    return asinh(size / (sym.G * product_scale(convention))) / (2 * sym.eta * size)


def one_coordinate_jump_time(convention: Convention = "paper") -> Expr:
    r"""Jump time of the one-coordinate problem to all orders in 1/log(1/alpha).

    .. math:: T = \frac1{|g|}\Big(1+\frac{\log2|\beta_*|}{2\log(1/\alpha)}\Big),\qquad g = -b,\ \beta_* = b/G

    (slides: 4 for 2).

    Returns
    -------
    Expr in b, G, epsilon = 1/log(1/alpha)
        Flow time divided by log(1/alpha).

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    As `one_coordinate_dual`, with eta = log(1/alpha). It misses `one_coordinate_effective_jump_time` by
    m**2 epsilon G**2/(8 |b|**3), `m` the product scale, up to higher powers of m.

    Source
    ------
    Claim DIAG-10 (this project). Derived step by step in ``derivation("DIAG-10")``.

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(one_coordinate_jump_time(), b=2, G=1)
    epsilon*log(4)/4 + 1/2
    """
    factor = 2 if convention_is_paper(convention) else 4
    return (1 + sym.epsilon / 2 * log(factor * Abs(sym.b) / sym.G)) / Abs(sym.b)


def one_coordinate_logistic() -> Expr:
    r"""The learning curve as alpha tends to zero, seen around its jump time.

    .. math:: \lim_{\alpha\to0}\beta\Big(T+\frac{x}{\eta}\Big) = \frac{b/G}{1+e^{-2|b|x}}

    Returns
    -------
    Expr in b, G, x = eta*(t - T), T the jump time of `one_coordinate_jump_time`

    Hypotheses
    ----------
    As `one_coordinate_jump_time`; both conventions. The gap at finite alpha is of order alpha**2, not alpha**4.

    Source
    ------
    This project. Derived step by step in ``derivation("diagonal.one_coordinate")``.

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(one_coordinate_logistic(), b=2, G=1, x=0)
    1
    """
    return sym.b / sym.G / (1 + exp(-2 * sym.b * sign(sym.b) * sym.x))
