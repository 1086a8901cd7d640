"""Commuting moments: modes that do not feel one another, and the staircase they make (LIN-11, LIN-12)."""

from __future__ import annotations

from sympy import Expr, exp

from agf_theory.closed_form import symbols as sym

__all__ = ["aligned_strength", "loss_fall", "order_key", "plateau_strength", "staircase_jump_time"]


def aligned_strength() -> Expr:
    r"""Strength of a mode along the flow from a small start aligned with the modes.

    .. math:: s(t) = \frac{\sigma_k/\Lambda}{1+\big(\frac{2\sigma_k}{\Lambda r^2}e^{2L}-1\big)e^{-2\sigma_kt}}

    Returns
    -------
    Expr in t, L = log(1/epsilon), sigma_k, Lambda = variance of the input along the mode, r = overlap of the mode
        with the hidden space at unit scale: ||A^T u + W v||/sqrt(2)

    Hypotheses
    ----------
    Commuting moments; A and W balanced and aligned: A^T u_k = W v_k, orthogonal for different modes. Exact.

    Source
    ------
    Claim LIN-12 (this project); for whitened moments the logistic curve of Saxe, McClelland and Ganguli (2014).
    Derived step by step in ``derivation("LIN-12")``.

    Examples
    --------
    >>> aligned_strength().subs(sym.t, 0).simplify()
    r**2*exp(-2*L)/2
    """
    start = 2 * sym.sigma_k / (sym.variance * sym.overlap**2) * exp(2 * sym.log_inverse)
    return plateau_strength() / (1 + (start - 1) * exp(-2 * sym.sigma_k * sym.t))


def staircase_jump_time() -> Expr:
    r"""Jump time of a mode as the initialisation vanishes.

    .. math:: \tau = \frac1{\sigma_k}

    Returns
    -------
    Expr in sigma_k
        Flow time of the loss E||y - AWx||^2/2, divided by log(1/epsilon).

    Hypotheses
    ----------
    Commuting moments, whitened ones among them. A theorem for aligned starts, and for balanced ones if whitened.

    Source
    ------
    [kunin2025], fully connected linear networks (whitened, where the conjectured recursion gives it); claims LIN-11 and
    LIN-12. Derived step by step in ``derivation("LIN-12")``.

    Examples
    --------
    >>> staircase_jump_time()
    1/sigma_k
    """
    return 1 / sym.sigma_k


def order_key() -> Expr:
    r"""What the modes of commuting moments are learned by, the largest first.

    Returns
    -------
    Expr in sigma_k (and, were it another order, Lambda)
        The singular value of Sigma_yx, not the fall of the loss sigma_k^2/Lambda.

    Hypotheses
    ----------
    As `staircase_jump_time`.

    Source
    ------
    Claim LIN-12 (this project).

    Examples
    --------
    >>> order_key()
    sigma_k
    """
    return sym.sigma_k


def plateau_strength() -> Expr:
    r"""Strength of a mode once it is learned.

    .. math:: u_k^\top Bv_k = \frac{\sigma_k}\Lambda

    Returns
    -------
    Expr in sigma_k, Lambda

    Hypotheses
    ----------
    Commuting moments.

    Source
    ------
    Claims LIN-11 and LIN-12. Derived step by step in ``derivation("LIN-12")``.

    Examples
    --------
    >>> plateau_strength()
    sigma_k/Lambda
    """
    return sym.sigma_k / sym.variance


def loss_fall() -> Expr:
    r"""What the jump of a mode takes off the loss.

    .. math:: \tfrac12\mu_k = \frac{\sigma_k^2}{2\Lambda}

    Returns
    -------
    Expr in sigma_k, Lambda

    Hypotheses
    ----------
    Commuting moments.

    Source
    ------
    Claims LIN-11 and LIN-12. Derived step by step in ``derivation("LIN-12")``.

    Examples
    --------
    >>> loss_fall()
    sigma_k**2/(2*Lambda)
    """
    return sym.sigma_k**2 / (2 * sym.variance)
