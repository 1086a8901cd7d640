"""Jump times with their O(1) terms, for commuting moments in any order (LIN-21): a result of this project."""

from __future__ import annotations

from sympy import Expr, Integer, Matrix, Rational, Symbol, log, polygamma

from agf_theory.closed_form import symbols as sym
from agf_theory.errors import HypothesisNotMet

__all__ = ["inner_product", "mean_log_overlap", "mean_refined_jump_time", "refined_jump_time", "squared_overlap"]


def inner_product(first: int = 1, second: int = 1) -> Symbol:
    r"""Symbol for the inner product of the hidden vectors of two modes.

    .. math:: g_{ij} = z_i\cdot z_j,\qquad z_k = \frac{A^\top u_k+Wv_k}{\sqrt2}\in\mathbb R^H

    Returns
    -------
    Symbol, the same for both orders

    Source
    ------
    Claim LIN-21 (this project).

    Examples
    --------
    >>> inner_product(2, 1)
    g_12
    """
    low, high = sorted((first, second))
    return Symbol(f"g_{low}{high}", positive=True) if low == high else Symbol(f"g_{low}{high}", real=True)


def squared_overlap(number: int = 2) -> Expr:
    r"""Squared overlap of a mode with the hidden space, beyond the modes before it.

    .. math:: r_{kk}^2 = \big\|P^\perp_{z_1,\dots,z_{k-1}}z_k\big\|^2 = \frac{\det(z_i\cdot z_j)_{i,j\le k}}
              {\det(z_i\cdot z_j)_{i,j<k}}

    Parameters
    ----------
    number : int
        Of the mode, in the order of sigma, 1 for the fastest.

    Returns
    -------
    Expr in the inner products g_ij = z_i.z_j

    Raises
    ------
    HypothesisNotMet
        If the number is below one.

    Hypotheses
    ----------
    The vectors before it linearly independent.

    Source
    ------
    Claim LIN-21 (this project).

    Examples
    --------
    >>> squared_overlap(1), squared_overlap(2)
    (g_11, g_22 - g_12**2/g_11)
    """
    if number < 1:
        raise HypothesisNotMet(f"number of a mode must be at least 1, got {number}")
    gram = Matrix(number, number, lambda i, j: inner_product(i + 1, j + 1))
    before = gram[: number - 1, : number - 1]
    cross = gram[: number - 1, number - 1]
    return (
        gram[number - 1, number - 1] - (cross.T * before.adjugate() * cross)[0] / before.det()
        if number > 1
        else gram[0]
    )


def refined_jump_time() -> Expr:
    r"""Flow time at which the strength of a mode passes half its final value.

    .. math:: t_k = \frac1{\sigma_k}\Big[L+\log\frac1{r_{kk}}+\frac12\log\frac{2\sigma_k}\Lambda\Big]+o(1)

    Returns
    -------
    Expr in L = log(1/epsilon), r = overlap of the mode beyond those before it (see `squared_overlap`), sigma_k, Lambda
        Flow time, not divided by L. What is left out falls as a power of epsilon.

    Hypotheses
    ----------
    Commuting moments in any order, distinct singular values, r > 0. A theorem for aligned starts.

    Source
    ------
    Claim LIN-21 (this project). Derived step by step in ``derivation("LIN-21")``.

    Examples
    --------
    >>> refined_jump_time()
    (L - log(r) + log(2*sigma_k/Lambda)/2)/sigma_k
    """
    return (sym.log_inverse - log(sym.overlap) + log(2 * sym.sigma_k / sym.variance) / 2) / sym.sigma_k


def mean_log_overlap() -> Expr:
    r"""Mean of the logarithm of an overlap over Gaussian starts.

    .. math:: \mathbb E\log r_{jj} = \log s+\tfrac12\Big[\psi\big(\tfrac{H-j+1}2\big)+\log2\Big],\qquad
              \frac{r_{jj}}s\sim\chi_{H-j+1}

    Returns
    -------
    Expr in s_w = standard deviation of the entries at unit scale, H = number of hidden neurons, j = number of the mode

    Hypotheses
    ----------
    Entries of A and W independent and normal with one variance, or with two, and then s^2 is their mean; j <= H.

    Source
    ------
    Claim LIN-21 (this project), from Bartlett's decomposition. Derived step by step in ``derivation("LIN-21")``.

    Examples
    --------
    >>> mean_log_overlap()
    log(s_w) + polygamma(0, H/2 - j/2 + 1/2)/2 + log(2)/2
    """
    freedom = (sym.hidden - sym.mode + 1) * Rational(1, 2)
    return log(sym.spread) + (polygamma(0, freedom) + log(Integer(2))) / 2


def mean_refined_jump_time() -> Expr:
    r"""Mean of the refined jump time over Gaussian starts.

    .. math:: \mathbb E\,t_j = \frac1{\sigma_k}\Big[L-\mathbb E\log r_{jj}+\frac12\log\frac{2\sigma_k}\Lambda\Big]

    Returns
    -------
    Expr in L, s_w, H, j = number of the mode, sigma_k and Lambda of that mode
        Flow time, not divided by L.

    Hypotheses
    ----------
    As `refined_jump_time` and `mean_log_overlap`.

    Source
    ------
    Claim LIN-21 (this project). Derived step by step in ``derivation("LIN-21")``.

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(mean_refined_jump_time(), L=35, sigma_k=2, Lambda=1, s_w=1, H=4, j=1).evalf(6)
    17.5676
    """
    return (sym.log_inverse - mean_log_overlap() + log(2 * sym.sigma_k / sym.variance) / 2) / sym.sigma_k
