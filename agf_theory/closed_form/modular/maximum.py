"""The largest utility of a neuron on a centred template, and the neurons that attain it (MOD-02, MOD-03)."""

from __future__ import annotations

from sympy import Expr, sqrt

from agf_theory.closed_form import symbols as sym

__all__ = ["generic_maximum", "maximising_phase", "maximising_size", "nyquist_maximum"]


def generic_maximum() -> Expr:
    r"""Largest utility on a generic frequency.

    .. math:: \max_{\|u\|=\|v\|=\|w\|=1}\sum_{a,b}(u\cdot x_a+v\cdot x_b)^2\,w\cdot x_{a+b}=\sqrt{2p}\,|\hat x_\xi|^3

    Over all neurons it is the largest of these values over the frequencies, with `nyquist_maximum` at p / 2.

    Returns
    -------
    Expr in p, X = the modulus of the template's coefficient

    Hypotheses
    ----------
    Centred template; sum over all pairs; each weight vector of norm one.

    Source
    ------
    [kunin2025], modular addition, utility maximisation; claim MOD-02. Derived step by step in ``derivation("MOD-02")``.

    Examples
    --------
    >>> generic_maximum()
    sqrt(2)*X**3*sqrt(p)
    """
    return sqrt(2 * sym.modulus) * sym.template_size**3


def nyquist_maximum() -> Expr:
    r"""Largest utility on the Nyquist frequency, :math:`2\sqrt p\,|\hat x_{p/2}|^3`.

    Larger than on a generic frequency of the same modulus by the square root of two: one real mode holds the norm that
    a generic frequency shares between two.

    Returns
    -------
    Expr in p, X = the modulus of the template's coefficient

    Hypotheses
    ----------
    As `generic_maximum`; p even.

    Source
    ------
    This project; claim MOD-02.

    Examples
    --------
    >>> nyquist_maximum()
    2*X**3*sqrt(p)
    """
    return 2 * sqrt(sym.modulus) * sym.template_size**3


def maximising_size() -> Expr:
    r"""Amplitude of the weights that maximise the utility on a generic frequency.

    .. math:: u_a=\sqrt{2/p}\,\cos(2\pi\xi a/p+\psi_u)

    and so v and w, with phases tied by `maximising_phase`.

    Returns
    -------
    Expr in p

    Hypotheses
    ----------
    As `generic_maximum`. At the Nyquist frequency the amplitude is :math:`1/\sqrt p`, and there is no phase.

    Source
    ------
    [kunin2025], modular addition, utility maximisation; claim MOD-03.

    Examples
    --------
    >>> maximising_size()
    sqrt(2)/sqrt(p)
    """
    return sqrt(2 / sym.modulus)


def maximising_phase() -> Expr:
    r"""Phase of the outgoing weights that maximise the utility on a generic frequency.

    .. math:: \psi_w=\psi_u+\psi_v-\psi_x \pmod{2\pi}

    The phases of u and v are free: the maximisers are a torus of dimension two.

    Returns
    -------
    Expr in psi_u, psi_v, psi_x = the phases of u, v and of the template's coefficient

    Hypotheses
    ----------
    As `generic_maximum`.

    Source
    ------
    [kunin2025], modular addition, utility maximisation; claim MOD-03.

    Examples
    --------
    >>> maximising_phase()
    psi_u + psi_v - psi_x
    """
    return sym.phase_u + sym.phase_v - sym.phase_x
