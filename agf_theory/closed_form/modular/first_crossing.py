"""No dormant neuron is active before a time that its norm at the start and the largest utility give (MOD-11)."""

from __future__ import annotations

from typing import Literal

from sympy import Expr, Symbol, sqrt

from agf_theory.closed_form import symbols as sym

__all__ = ["first_crossing_time", "least_blow_up_time", "mean_inequality_gap", "norm_growth_rate"]

Frequency = Literal["generic", "nyquist"]


def norm_growth_rate(frequency: Frequency = "generic") -> Expr:
    r"""Largest growth of a dormant neuron's norm, at norm one: three times the largest utility.

    .. math:: \frac{d\|\theta\|}{dt}\le3\,\mathcal U_*\|\theta\|^2,\qquad
              \mathcal U_*=\sqrt{\tfrac{2p}{27}}\,\frac{|\hat x|^3}{p^2}\ \text{(generic)},\quad
              2\sqrt{\tfrac p{27}}\,\frac{|\hat x|^3}{p^2}\ \text{(Nyquist)}

    Parameters
    ----------
    frequency : {"generic", "nyquist"}
        Kind of the class.

    Returns
    -------
    Expr in p, X = |x_hat|
        For one class; for a neuron with several, the largest of them. Loss 1/2 E||.||^2, mean over pairs.

    Hypotheses
    ----------
    As `mode_velocity`.

    Source
    ------
    [kunin2025], modular addition, for generic frequencies; claim MOD-11. Derived step by step in
    ``derivation("MOD-11")``.

    Examples
    --------
    >>> norm_growth_rate("nyquist")
    2*sqrt(3)*X**3/(3*p**(3/2))
    """
    factor = 2 if frequency == "nyquist" else sqrt(2)
    return factor * sqrt(3 * sym.modulus) / 3 * sym.template_size**3 / sym.modulus**2


def first_crossing_time(frequency: Frequency = "generic") -> Expr:
    r"""A time before which no dormant neuron has norm one.

    .. math:: t\ge\frac{1/\|\theta_0\|-1}{3\,\mathcal U_*}

    Parameters
    ----------
    frequency : {"generic", "nyquist"}
        Kind of the class of largest utility.

    Returns
    -------
    Expr in p, X = |x_hat| there, N_0 = largest norm of a neuron at the start
        Flow time of the loss 1/2 E||.||^2, mean over pairs.

    Hypotheses
    ----------
    As `mode_velocity`; N_0 < 1, and no neuron starts with a larger norm. An expected norm does not do.

    Source
    ------
    [kunin2025], modular addition; claim MOD-11. Derived step by step in ``derivation("MOD-11")``.

    Examples
    --------
    >>> first_crossing_time().subs(sym.norm_0, 1)
    0
    """
    return (1 / sym.norm_0 - 1) / norm_growth_rate(frequency)


def least_blow_up_time(frequency: Frequency = "generic") -> Expr:
    r"""A time before which no mode of a dormant neuron is infinite; met by balanced and aligned modes alone.

    .. math:: T\ge\frac1{3\,\mathcal U_*\|\theta_0\|}

    Parameters
    ----------
    frequency : {"generic", "nyquist"}

    Returns
    -------
    Expr in p, X = |x_hat|, N_0 = norm of the mode, or of the neuron, at the start
        Flow time of the loss 1/2 E||.||^2, mean over pairs.

    Hypotheses
    ----------
    As `mode_velocity`.

    Source
    ------
    This project; claim MOD-11. Derived step by step in ``derivation("MOD-11")``.

    Examples
    --------
    >>> least_blow_up_time("nyquist")
    sqrt(3)*p**(3/2)/(2*N_0*X**3)
    """
    return 1 / (sym.norm_0 * norm_growth_rate(frequency))


def mean_inequality_gap(a: Symbol = sym.size_u, b: Symbol = sym.size_v, c: Symbol = sym.size_w) -> Expr:
    r"""What the inequality of arithmetic and geometric means of three squared amplitudes leaves: a sum of squares.

    .. math:: (a+b+c)^3-27abc=\tfrac12(a+b+c)\sum(a-b)^2+3\sum a(b-c)^2

    Parameters
    ----------
    a, b, c : Symbol
        The squared amplitudes; by default U_k, V_k, W_k stand for them.

    Returns
    -------
    Expr in a, b, c
        Zero iff they are equal: only balanced modes grow as fast as the bound.

    Source
    ------
    This project; claim MOD-11. Derived step by step in ``derivation("MOD-11")``.

    Examples
    --------
    >>> mean_inequality_gap().subs({sym.size_v: sym.size_u, sym.size_w: sym.size_u})
    0
    """
    squares = (a - b) ** 2 + (b - c) ** 2 + (c - a) ** 2
    return (a + b + c) * squares / 2 + 3 * (a * (b - c) ** 2 + b * (c - a) ** 2 + c * (a - b) ** 2)
