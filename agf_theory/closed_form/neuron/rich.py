"""The rich regime: a small balanced neuron turns first and grows then; half-times to the next order (SN-19)."""

from __future__ import annotations

from sympy import Expr, exp, log

from agf_theory.closed_form import symbols as sym

__all__ = ["plateau_bound", "rich_half_time", "rich_map_correction", "rich_size_correction"]


def plateau_bound() -> Expr:
    r"""Bound of the norm of the map, and so of what the loss has fallen by.

    .. math:: \|\beta(t)\|=\mu(t)\le\mu_0e^{2bt},\qquad\big|\mathcal L-\mathcal L(\beta=0)\big|\le b\mu+\tfrac12\mu^2

    Returns
    -------
    Expr in mu_0, b, t
        Meanwhile the direction turns in times of the order of 1/b: :math:`\phi=\tanh(bt+c)`.

    Hypotheses
    ----------
    Whitened data, rates of one; a = ||w|| > 0 at the start.

    Source
    ------
    This project; claim SN-19. Derived step by step in ``derivation("SN-19")``.

    Examples
    --------
    >>> plateau_bound().subs(sym.t, 0)
    mu_0
    """
    return sym.size_0 * exp(2 * sym.goal_norm * sym.t)


def rich_half_time() -> Expr:
    r"""When the norm of the map is b/2, and when its part along the goal is, to leading order.

    .. math:: t_{1/2}\simeq\frac1{2b}\log\frac{4b}{\mu_0(1+\phi_0)^2}

    Returns
    -------
    Expr in b, mu_0, phi = the cosine at the start

    Hypotheses
    ----------
    As `plateau_bound`; -1 < phi < 1, and mu_0 tends to zero.

    Source
    ------
    [kunin2024], a minimal model of lazy and rich learning; claim SN-19. Derived step by step in
    ``derivation("SN-19")``.

    Examples
    --------
    >>> rich_half_time().subs(sym.cosine, 0)
    log(4*b/mu_0)/(2*b)
    """
    b = sym.goal_norm
    return log(4 * b / (sym.size_0 * (1 + sym.cosine) ** 2)) / (2 * b)


def rich_size_correction() -> Expr:
    r"""What is added to the time at which the norm of the map is b/2, to the next order.

    .. math:: \frac{\mu_0}{4b^2}\big[(1-\phi_0^2)(\ell-2)-2\phi_0\big],\qquad\ell=\log\frac{4b}{\mu_0(1+\phi_0)^2}

    Returns
    -------
    Expr in b, mu_0, phi
        What is left is of the order of :math:`\mu_0^2\ell^2`.

    Hypotheses
    ----------
    As `rich_half_time`.

    Source
    ------
    This project; claim SN-19. Derived step by step in ``derivation("SN-19")``.

    Examples
    --------
    >>> rich_size_correction().subs(sym.cosine, 1)
    -mu_0/(2*b**2)
    """
    b, phi = sym.goal_norm, sym.cosine
    length = 2 * b * rich_half_time()
    return sym.size_0 / (4 * b**2) * ((1 - phi**2) * (length - 2) - 2 * phi)


def rich_map_correction() -> Expr:
    r"""What is added to the time at which the part of the map along the goal is b/2, to the next order.

    .. math:: \frac{\mu_0}{4b^2}\big[(1-\phi_0^2)\,\ell-2\phi_0\big],\qquad\ell=\log\frac{4b}{\mu_0(1+\phi_0)^2}

    Returns
    -------
    Expr in b, mu_0, phi
        What is left is of the order of :math:`\mu_0^2\ell^2`.

    Hypotheses
    ----------
    As `rich_half_time`.

    Source
    ------
    This project; claim SN-19. Derived step by step in ``derivation("SN-19")``.

    Examples
    --------
    >>> rich_map_correction().subs(sym.cosine, 1)
    -mu_0/(2*b**2)
    """
    b, phi = sym.goal_norm, sym.cosine
    length = 2 * b * rich_half_time()
    return sym.size_0 / (4 * b**2) * ((1 - phi**2) * length - 2 * phi)
