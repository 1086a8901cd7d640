"""The limiting sequence and the clock that turns it into alternating gradient flows (DIAG-07, DIAG-08)."""

from __future__ import annotations

from sympy import Expr, Integer, Order, Rational, binomial, exp, log, sign, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.diagonal.convention import Convention, convention_is_paper
from agf_theory.closed_form.diagonal.dormant import activation_angle
from agf_theory.errors import HypothesisNotMet

__all__ = ["hitting_time", "rho", "rho_from_log_inverse", "rho_series", "rho_series_coefficient"]


def hitting_time() -> Expr:
    r"""Time after which a coordinate of the limiting sequence reaches the boundary.

    .. math:: \delta = \frac{1 + s\operatorname{sign}(g)}{|g|}

    Returns
    -------
    Expr in s = the dual variable now, g = partial derivative of the loss
        Flow time divided by log(1/alpha).

    Hypotheses
    ----------
    |s| <= 1, g not 0, and s*g > 0 if |s| = 1 (a coordinate at the boundary moves inwards).

    Source
    ------
    [pesme2023], the limiting sequence (hitting time of the dual variable).

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(hitting_time(), s=0, g=-2)
    1/2
    """
    return (1 + sym.s * sign(sym.g)) / (sym.g * sign(sym.g))


def rho(convention: Convention = "paper") -> Expr:
    r"""Ratio of the jump times of alternating gradient flows to those of the limiting sequence.

    .. math:: \rho(\alpha) = \frac{\operatorname{arccosh}(1/(2m))}{2\log(1/\alpha)}

    Returns
    -------
    Expr in alpha
        1/(2m) is 1/(2 alpha**2) (paper), 1/alpha**2 (slides).

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    alpha <= 1/sqrt(2) (paper), alpha < 1 (slides). At alpha = 1/sqrt(2) the paper's ratio is 0: the neurons start
    with norm one.

    Source
    ------
    Claim DIAG-08 (this project). Derived step by step in ``derivation("DIAG-08")``.

    Examples
    --------
    >>> rho()
    acosh(1/(2*alpha**2))/(2*log(1/alpha))
    """
    return activation_angle(convention) / log(1 / sym.alpha)


def rho_from_log_inverse(convention: Convention = "paper") -> Expr:
    r"""The ratio `rho` in terms of log(1/alpha), free of overflow.

    .. math:: \rho = 1 + \frac1{2\eta}\log\frac{1+\sqrt{1-4e^{-4\eta}}}2

    (slides: the logarithm of 1 + sqrt(1 - exp(-4 eta))).

    Returns
    -------
    Expr in eta = log(1/alpha)

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    As `rho`.

    Source
    ------
    This project, from DIAG-08.

    Examples
    --------
    >>> rho_from_log_inverse("slides")
    1 + log(sqrt(1 - exp(-4*eta)) + 1)/(2*eta)
    """
    if convention_is_paper(convention):
        return 1 + log((1 + sqrt(1 - 4 * exp(-4 * sym.eta))) / 2) / (2 * sym.eta)
    return 1 + log(1 + sqrt(1 - exp(-4 * sym.eta))) / (2 * sym.eta)


def rho_series_coefficient(convention: Convention = "paper", *, order: int | None = None) -> Expr:
    r"""Coefficient of :math:`\alpha^{4k}/\log(1/\alpha)` in the ratio `rho`, for k >= 1.

    .. math:: -\frac1{4k}\binom{2k}{k}\ \text{(paper)},\qquad -\frac1{4k\,4^k}\binom{2k}{k}\ \text{(slides)}

    Parameters
    ----------
    order : int, optional
        A number for k; None leaves the symbol.

    Returns
    -------
    Expr in k, or a rational number

    Raises
    ------
    UnknownName
        If the convention is neither.
    HypothesisNotMet
        If order < 1.

    Hypotheses
    ----------
    k >= 1. The series converges for alpha <= 1/sqrt(2) (paper), alpha < 1 (slides).

    Source
    ------
    Claim DIAG-08 (this project). Derived step by step in ``derivation("DIAG-08")``.

    Examples
    --------
    >>> [rho_series_coefficient(order=k) for k in (1, 2, 3)]
    [-1/2, -3/4, -5/3]
    """
    if order is not None and order < 1:
        raise HypothesisNotMet(f"order of a series coefficient must be at least 1, got {order}")
    power = sym.k if order is None else Integer(order)
    base = Integer(1) if convention_is_paper(convention) else Rational(1, 4)
    return -binomial(2 * power, power) * base**power / (4 * power)


def rho_series(order: int = 1, *, convention: Convention = "paper") -> Expr:
    r"""The ratio `rho` expanded for small alpha, with `order` powers of alpha**4.

    .. math:: \rho = 1 - \frac1{\log(1/\alpha)}\sum_{k\ge1}\binom{2k}k\frac{\alpha^{4k}}{4k}\ \text{(paper)},\qquad
              \rho = 1 + \frac1{\log(1/\alpha)}\Big(\frac{\log2}2
              - \sum_{k\ge1}\binom{2k}k\frac{\alpha^{4k}}{4k\,4^k}\Big)\ \text{(slides)}

    Parameters
    ----------
    order : int >= 0
        Number of powers of alpha**4 kept.

    Returns
    -------
    Expr in alpha, without the remainder; see `rho_series_remainder`

    Raises
    ------
    UnknownName
        If the convention is neither.
    HypothesisNotMet
        If order is negative.

    Hypotheses
    ----------
    As `rho_series_coefficient`.

    Source
    ------
    Claim DIAG-08 (this project). Derived step by step in ``derivation("DIAG-08")``.

    Examples
    --------
    >>> rho_series(1)
    -alpha**4/(2*log(1/alpha)) + 1
    """
    if order < 0:
        raise HypothesisNotMet(f"order of the series must be at least 0, got {order}")
    start = Integer(0) if convention_is_paper(convention) else log(2) / 2
    terms = [rho_series_coefficient(convention, order=k) * sym.alpha ** (4 * k) for k in range(1, order + 1)]
    return 1 + sum(terms, start) / log(1 / sym.alpha)


def rho_series_remainder(order: int = 1) -> Order:
    r"""Order of what `rho_series` leaves out.

    .. math:: O\big(\alpha^{4(K+1)}/\log(1/\alpha)\big),\qquad K = \text{order}

    Returns
    -------
    Order in alpha

    Raises
    ------
    HypothesisNotMet
        If order is negative.

    Hypotheses
    ----------
    As `rho_series_coefficient`; both conventions.

    Source
    ------
    Claim DIAG-08 (this project).

    Examples
    --------
    >>> rho_series_remainder(1)
    O(alpha**8/log(alpha))
    """
    if order < 0:
        raise HypothesisNotMet(f"order of the series must be at least 0, got {order}")
    return Order(sym.alpha ** (4 * order + 4) / log(1 / sym.alpha), sym.alpha)
