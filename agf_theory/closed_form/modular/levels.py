"""Energies of the frequency classes and levels of the loss (MOD-17)."""

from __future__ import annotations

from sympy import Expr

from agf_theory.closed_form import symbols as sym

__all__ = ["coordinate_mean_share", "generic_energy", "level_share", "self_conjugate_energy"]


def generic_energy() -> Expr:
    r"""Squared norm of the part of the template at a generic frequency and its mirror, :math:`2|\hat x_k|^2/p`.

    Returns
    -------
    Expr in p, X = the modulus of the coefficient

    Hypotheses
    ----------
    k is neither 0 nor p / 2.

    Source
    ------
    [kunin2025], modular addition; claim MOD-17. Derived step by step in ``derivation("MOD-17")``.

    Examples
    --------
    >>> generic_energy()
    2*X**2/p
    """
    return 2 * sym.template_size**2 / sym.modulus


def self_conjugate_energy() -> Expr:
    r"""Squared norm of the part of the template at the Nyquist frequency, or of its mean: :math:`|\hat x_k|^2/p`.

    Returns
    -------
    Expr in p, X

    Hypotheses
    ----------
    k is 0 or p / 2.

    Source
    ------
    This project; claim MOD-17.

    Examples
    --------
    >>> self_conjugate_energy()
    X**2/p
    """
    return sym.template_size**2 / sym.modulus


def level_share() -> Expr:
    r"""What a class of frequencies adds to the loss as long as it is not learned, :math:`\tfrac12E_k`.

    Returns
    -------
    Expr in E_k = the energy of the class

    Hypotheses
    ----------
    Every class is either fitted exactly or not at all; loss :math:`\tfrac12\mathbb E\|\cdot\|^2`.

    Source
    ------
    [kunin2025], modular addition; claim MOD-17.

    Examples
    --------
    >>> level_share()
    E_k/2
    """
    return sym.class_energy / 2


def coordinate_mean_share() -> Expr:
    r"""The same in the mean squared error over coordinates, :math:`E_k/p`.

    Returns
    -------
    Expr in E_k, p

    Hypotheses
    ----------
    As `level_share`; loss :math:`\tfrac1p\mathbb E\|\cdot\|^2`.

    Source
    ------
    [kunin2025], modular addition; claim MOD-17.

    Examples
    --------
    >>> coordinate_mean_share()
    E_k/p
    """
    return sym.class_energy / sym.modulus
