"""When the Nyquist frequency has the largest utility (MOD-05)."""

from __future__ import annotations

from sympy import Expr, Integer, Rational, sqrt

__all__ = ["nyquist_energy_threshold", "nyquist_factor", "nyquist_threshold"]


def nyquist_factor() -> Expr:
    r"""Utility on the Nyquist frequency over that on a generic one with a coefficient of the same modulus.

    Returns
    -------
    Expr, the square root of two

    Hypotheses
    ----------
    Centred template, p even.

    Source
    ------
    This project; claim MOD-05, an erratum to [kunin2025]. Derived step by step in ``derivation("MOD-05")``.

    Examples
    --------
    >>> nyquist_factor()
    sqrt(2)
    """
    return sqrt(2)


def nyquist_threshold() -> Expr:
    r"""Modulus of the Nyquist coefficient over the largest generic one above which the Nyquist frequency wins.

    .. math:: |\hat x_{p/2}|>2^{-1/6}\max_k|\hat x_k|

    Returns
    -------
    Expr, about 0.8909

    Hypotheses
    ----------
    As `nyquist_factor`.

    Source
    ------
    This project; claim MOD-05.

    Examples
    --------
    >>> nyquist_threshold().evalf(6)
    0.890899
    """
    return Integer(2) ** Rational(-1, 6)


def nyquist_energy_threshold() -> Expr:
    r"""Energy of the Nyquist component over that of the best generic one above which the Nyquist frequency wins.

    Returns
    -------
    Expr, about 0.3969

    Hypotheses
    ----------
    As `nyquist_factor`.

    Source
    ------
    This project; claim MOD-05.

    Examples
    --------
    >>> nyquist_energy_threshold().evalf(5)
    0.39685
    """
    return Integer(2) ** Rational(-4, 3)
