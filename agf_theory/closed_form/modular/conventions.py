"""The largest utility under each of the conventions in use (MOD-04)."""

from __future__ import annotations

from sympy import Expr, Integer, Rational

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.modular.maximum import generic_maximum, nyquist_maximum
from agf_theory.problems.modular_convention import ModularConvention

__all__ = ["convention_factor", "joint_norm_factor", "maximal_utility", "maximal_utility_nyquist"]

_REPORTED = ModularConvention()


def joint_norm_factor() -> Expr:
    r"""Largest utility under one joint norm over that under three separate ones, :math:`3^{-3/2}`.

    .. math:: \max_{\|u\|^2+\|v\|^2+\|w\|^2=1} = 3^{-3/2}\max_{\|u\|=\|v\|=\|w\|=1}

    Returns
    -------
    Expr, one over the square root of 27

    Hypotheses
    ----------
    Any template.

    Source
    ------
    [kunin2025], modular addition, quotes both; claim MOD-04. Derived step by step in ``derivation("MOD-04")``.

    Examples
    --------
    >>> joint_norm_factor()
    sqrt(3)/9
    """
    return Integer(3) ** Rational(-3, 2)


def convention_factor(convention: ModularConvention = _REPORTED) -> Expr:
    r"""What a convention multiplies the utility by, compared with sums over pairs and separate norms.

    Sum to mean divides by p²; separate to joint norms multiplies by `joint_norm_factor`; bilinear neurons halve; the
    mean over coordinates, without ½, multiplies by 2/p; the unitary transform puts :math:`p^{3/2}|\tilde x|^3` for
    :math:`|\hat x|^3`.

    Returns
    -------
    Expr in p

    Hypotheses
    ----------
    Centred template.

    Source
    ------
    This project; claim MOD-04.

    Examples
    --------
    >>> convention_factor(ModularConvention(norm="separate"))
    p**(-2)
    """
    p = sym.modulus
    factor = Integer(1)
    if convention.pairs == "mean":
        factor /= p**2
    if convention.cross_factor == 1:
        factor /= 2
    if convention.norm == "joint":
        factor *= joint_norm_factor()
    if convention.dft == "unitary":
        factor *= p ** Rational(3, 2)
    if convention.loss == "coordinate mean":
        factor *= 2 / p
    return factor


def maximal_utility(convention: ModularConvention = _REPORTED) -> Expr:
    r"""Largest utility on a generic frequency, under a convention; by default that of every result of this package.

    .. math:: \sqrt{2p/27}\,|\hat x_\xi|^3/p^2

    Returns
    -------
    Expr in p, X = the modulus of the template's coefficient under the convention's transform

    Hypotheses
    ----------
    Centred template.

    Source
    ------
    [kunin2025], modular addition, utility maximisation; claim MOD-04.

    Examples
    --------
    >>> maximal_utility(ModularConvention(pairs="sum", norm="separate", cross_factor=1))
    sqrt(2)*X**3*sqrt(p)/2
    >>> maximal_utility()
    sqrt(6)*X**3/(9*p**(3/2))
    """
    return generic_maximum() * convention_factor(convention)


def maximal_utility_nyquist(convention: ModularConvention = _REPORTED) -> Expr:
    r"""Largest utility on the Nyquist frequency, under a convention.

    Returns
    -------
    Expr in p, X

    Hypotheses
    ----------
    Centred template, p even.

    Source
    ------
    This project; claim MOD-04.

    Examples
    --------
    >>> maximal_utility_nyquist()
    2*sqrt(3)*X**3/(9*p**(3/2))
    """
    return nyquist_maximum() * convention_factor(convention)
