"""The utility of a quadratic neuron on modular addition, frequency by frequency (MOD-01)."""

from __future__ import annotations

from sympy import Expr, cos

from agf_theory.closed_form import symbols as sym

__all__ = ["cross_term", "self_term"]


def cross_term() -> Expr:
    r"""What one frequency adds to the utility of a neuron by its products of u and v.

    .. math:: \sum_{a,b}2(u\cdot x_a)(v\cdot x_b)\,w\cdot x_{a+b}
              = \frac2p\sum_k|\hat x_k|^3|\hat u_k||\hat v_k||\hat w_k|\cos(\psi_x+\psi_w-\psi_u-\psi_v)

    The summand; k runs over all p frequencies, so that a generic one and its mirror count twice. In coefficients it is
    the real part of :math:`\tfrac2p|\hat x_k|^2\hat x_k\overline{\hat u_k}\,\overline{\hat v_k}\hat w_k`.

    Returns
    -------
    Expr in p, X = the modulus of the template's coefficient, U_k, V_k, W_k = those of the weights, psi = their phases

    Hypotheses
    ----------
    Real template and weights, centred or not; sum over all pairs; unnormalised transform.

    Source
    ------
    [kunin2025], modular addition; claim MOD-01. Derived step by step in ``derivation("MOD-01")``.

    Examples
    --------
    >>> cross_term().subs({sym.phase_x: 0, sym.phase_u: 0, sym.phase_v: 0, sym.phase_w: 0})
    2*U_k*V_k*W_k*X**3/p
    """
    phase = sym.phase_x + sym.phase_w - sym.phase_u - sym.phase_v
    return 2 * sym.template_size**3 * sym.size_u * sym.size_v * sym.size_w * cos(phase) / sym.modulus


def self_term() -> Expr:
    r"""What one frequency adds to the utility of a neuron by the squares of its two inputs.

    .. math:: \sum_{a,b}\big((u\cdot x_a)^2+(v\cdot x_b)^2\big)\,w\cdot x_{a+b}
              = \frac1p\hat w_0\hat x_0\sum_k|\hat x_k|^2(|\hat u_k|^2+|\hat v_k|^2)

    The summand; k runs over all p frequencies. It vanishes for a centred template.

    Returns
    -------
    Expr in p, x_0 and w_0 = the coefficients at frequency zero, X, U_k, V_k = moduli at the frequency

    Hypotheses
    ----------
    As `cross_term`.

    Source
    ------
    This project; claim MOD-01.

    Examples
    --------
    >>> self_term()
    X**2*w_0*x_0*(U_k**2 + V_k**2)/p
    """
    return sym.mean_w * sym.mean_x * sym.template_size**2 * (sym.size_u**2 + sym.size_v**2) / sym.modulus
