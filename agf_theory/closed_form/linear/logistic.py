"""An aligned, balanced mode solved exactly: the logistic curve of Saxe et al. and its times (LIN-18)."""

from __future__ import annotations

from sympy import Expr, exp, log

from agf_theory.closed_form import symbols as sym

__all__ = [
    "logistic_half_time",
    "logistic_strength",
    "logistic_strength_from_below",
    "logistic_time",
    "logistic_transit_time",
    "logistic_velocity",
]


def logistic_velocity() -> Expr:
    r"""Velocity of the strength of an aligned, balanced mode.

    .. math:: \dot s = 2\,s\,(\sigma-\Lambda s)\quad(s>0)

    Returns
    -------
    Expr in s = strength u.Bv, sigma_k, Lambda = input variance along v

    Hypotheses
    ----------
    a = alpha*u, w = omega*v with alpha = omega, and the other modes orthogonal in input, output and hidden space. For
    alpha = -omega, s < 0 and the velocity has the other sign.

    Source
    ------
    [saxe2014]; claim LIN-18. Derived step by step in ``derivation("LIN-18")``.

    Examples
    --------
    >>> logistic_velocity()
    2*s*(-Lambda*s + sigma_k)
    """
    return 2 * sym.strength * (sym.sigma_k - sym.variance * sym.strength)


def logistic_strength() -> Expr:
    r"""Strength of an aligned, balanced mode that starts positive.

    .. math:: s(t) = \frac{\sigma/\Lambda}{1+\big(\frac{\sigma}{\Lambda s_0}-1\big)e^{-2\sigma t}}

    Returns
    -------
    Expr in s_0, sigma_k, Lambda, t
        Flow time with rate 1.

    Hypotheses
    ----------
    As `logistic_velocity`; s_0 > 0, also above the final strength sigma/Lambda. Whitened data: Lambda = 1.

    Source
    ------
    [saxe2014], for Lambda = 1; claim LIN-18. Derived step by step in ``derivation("LIN-18")``.

    Examples
    --------
    >>> logistic_strength().subs(sym.t, 0)
    s_0
    """
    final = sym.sigma_k / sym.variance
    return final / (1 + (final / sym.strength_0 - 1) * exp(-2 * sym.sigma_k * sym.t))


def logistic_strength_from_below() -> Expr:
    r"""Strength of an aligned, balanced mode that starts negative: it ends at the saddle zero.

    .. math:: s(t) = \frac{\sigma/\Lambda}{1+\big(\frac{\sigma}{\Lambda s_0}-1\big)e^{2\sigma t}}\to0

    Returns
    -------
    Expr in s_0, sigma_k, Lambda, t

    Hypotheses
    ----------
    As `logistic_velocity` with alpha = -omega; s_0 < 0.

    Source
    ------
    This project; claim LIN-18. Derived step by step in ``derivation("LIN-18")``.

    Examples
    --------
    >>> logistic_strength_from_below().subs(sym.t, 0)
    s_0
    """
    final = sym.sigma_k / sym.variance
    return final / (1 + (final / sym.strength_0 - 1) * exp(2 * sym.sigma_k * sym.t))


def logistic_half_time() -> Expr:
    r"""Time at which the strength is half its final value.

    .. math:: t_{1/2} = \frac1{2\sigma}\log\Big(\frac\sigma{\Lambda s_0}-1\Big)

    Returns
    -------
    Expr in s_0, sigma_k, Lambda
        Negative if the start is beyond half.

    Hypotheses
    ----------
    As `logistic_strength`, with s_0 < sigma/Lambda.

    Source
    ------
    [saxe2014], for Lambda = 1; claim LIN-18. Derived step by step in ``derivation("LIN-18")``.

    Examples
    --------
    >>> logistic_half_time()
    log(-1 + sigma_k/(Lambda*s_0))/(2*sigma_k)
    """
    return log(sym.sigma_k / (sym.variance * sym.strength_0) - 1) / (2 * sym.sigma_k)


def logistic_time() -> Expr:
    r"""Time from one strength to another.

    .. math:: t(s_0\to s_f) = \frac1{2\sigma}\log\frac{s_f\,(\sigma-\Lambda s_0)}{s_0\,(\sigma-\Lambda s_f)}

    Returns
    -------
    Expr in s_0, s_f, sigma_k, Lambda
        Negative if s_f lies behind s_0.

    Hypotheses
    ----------
    As `logistic_strength`; s_0 and s_f both in (0, sigma/Lambda), or both above.

    Source
    ------
    [saxe2014], for Lambda = 1; claim LIN-18. Derived step by step in ``derivation("LIN-18")``.

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(logistic_time(), s_0=1, s_f=2, sigma_k=3, Lambda=1)
    log(4)/6
    """
    start = sym.sigma_k - sym.variance * sym.strength_0
    end = sym.sigma_k - sym.variance * sym.strength_final
    return log(sym.strength_final * start / (sym.strength_0 * end)) / (2 * sym.sigma_k)


def logistic_transit_time() -> Expr:
    r"""Time from the fraction p of the final strength to the fraction 1 - p.

    .. math:: t(p\to1-p) = \frac1\sigma\log\frac{1-p}p

    Returns
    -------
    Expr in p, sigma_k
        Independent of the start and of the input variance.

    Hypotheses
    ----------
    As `logistic_strength`; 0 < p < 1.

    Source
    ------
    [saxe2014]; claim LIN-18. Derived step by step in ``derivation("LIN-18")``.

    Examples
    --------
    >>> logistic_transit_time()
    log((1 - p)/p)/sigma_k
    """
    return log((1 - sym.fraction) / sym.fraction) / sym.sigma_k
