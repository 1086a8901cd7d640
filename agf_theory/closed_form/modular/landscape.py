"""The landscape of the utility: templates with a mean, ties, and a local maximum at every class (MOD-06 to MOD-08)."""

from __future__ import annotations

from typing import Literal

from sympy import Expr, Integer, Rational, sqrt

from agf_theory.closed_form import symbols as sym

__all__ = ["class_maximum", "class_variation", "mean_to_wave", "mixture_variation", "tie_factor"]

Frequency = Literal["generic", "nyquist", "dc"]


def class_maximum(frequency: Frequency = "generic") -> Expr:
    r"""Largest utility of a neuron whose u and v are pure at one class, for a template with any mean.

    .. math:: 2\sqrt p\,m_k,\quad m_k=|\hat x_k|^2\sqrt{\hat x_0^2+\tfrac12|\hat x_k|^2}\text{ (generic)},\quad
              |\hat x_k|^2\sqrt{\hat x_0^2+|\hat x_k|^2}\text{ (Nyquist)},\quad 2|\hat x_0|^3\text{ (mean)}

    Parameters
    ----------
    frequency : {"generic", "nyquist", "dc"}

    Returns
    -------
    Expr in p, X = |x_hat| at the class, x_0 = x_hat[0]
        Sum over all pairs, ||u|| = ||v|| = ||w|| = 1. The largest over the classes is that over all neurons.

    Source
    ------
    This project; claim MOD-07. Derived step by step in ``derivation("MOD-07")``.

    Examples
    --------
    >>> class_maximum("dc")
    4*sqrt(p)*x_0**2*Abs(x_0)
    """
    mean, size = sym.mean_x, sym.template_size
    value = {
        "generic": size**2 * sqrt(mean**2 + size**2 / 2),
        "nyquist": size**2 * sqrt(mean**2 + size**2),
        "dc": 2 * abs(mean) ** 3,
    }[frequency]
    return 2 * sqrt(sym.modulus) * value


def mean_to_wave(frequency: Literal["generic", "nyquist"] = "generic") -> Expr:
    r"""How much of w is constant at the maximum of `class_maximum`.

    .. math:: \frac{\hat w_0}{|\hat w_k|}=\frac{2\hat x_0}{|\hat x_k|}\text{ (generic)},\quad
              \frac{\hat x_0}{|\hat x_k|}\text{ (Nyquist)}

    Parameters
    ----------
    frequency : {"generic", "nyquist"}

    Returns
    -------
    Expr in X = |x_hat| at the class, x_0 = x_hat[0]

    Source
    ------
    This project; claim MOD-07. Derived step by step in ``derivation("MOD-07")``.

    Examples
    --------
    >>> mean_to_wave()
    2*x_0/X
    """
    return (2 if frequency == "generic" else 1) * sym.mean_x / sym.template_size


def tie_factor() -> Expr:
    r"""Part of the maximum left to a neuron that is spread over two classes of equal maximum.

    .. math:: s^{3/2}+(1-s)^{3/2}

    Returns
    -------
    Expr in p = s, the share of the squared norms of u, v and w in the first class

    Hypotheses
    ----------
    x_hat[0] = 0; phases aligned in both classes.

    Source
    ------
    This project; claim MOD-06. Derived step by step in ``derivation("MOD-06")``.

    Examples
    --------
    >>> tie_factor().subs(sym.fraction, Rational(1, 2))
    sqrt(2)/2
    """
    return sym.fraction ** Rational(3, 2) + (1 - sym.fraction) ** Rational(3, 2)


def class_variation(frequency: Literal["generic", "nyquist"] = "generic") -> Expr:
    r"""Second derivative of the utility at a neuron that is aligned and pure at one class, along unit norms.

    .. math:: -\mathcal U\big(\|\delta u\|^2+\|\delta v\|^2+\|\delta w\|^2+(\dot\psi_w-\dot\psi_u-\dot\psi_v)^2\big)

    Parameters
    ----------
    frequency : {"generic", "nyquist"}
        At the Nyquist frequency there are no phases to move.

    Returns
    -------
    Expr in U = utility there, U_k, V_k, W_k = norms of the moves into other classes, psi_u, psi_v, psi_w = velocities
    of the phases of the coefficients

    Hypotheses
    ----------
    x_hat[0] = 0, x_hat at the class not 0.

    Source
    ------
    This project; claim MOD-08. Derived step by step in ``derivation("MOD-08")``.

    Examples
    --------
    >>> class_variation("nyquist")
    -U*(U_k**2 + V_k**2 + W_k**2)
    """
    moves = sym.size_u**2 + sym.size_v**2 + sym.size_w**2
    turn = sym.phase_w - sym.phase_u - sym.phase_v if frequency == "generic" else Integer(0)
    return -sym.U * (moves + turn**2)


def mixture_variation() -> Expr:
    r"""Second derivative of the utility at a critical mixture of two classes, towards one of them.

    .. math:: +3\,\mathcal U

    Returns
    -------
    Expr in U = utility of the mixture
        Moving u, v and w alike on the unit circle of the amplitudes of the two classes.

    Hypotheses
    ----------
    x_hat[0] = 0; amplitudes of the classes inversely proportional to their maxima, phases aligned.

    Source
    ------
    This project; claim MOD-08. Derived step by step in ``derivation("MOD-08")``.

    Examples
    --------
    >>> mixture_variation()
    3*U
    """
    return 3 * sym.U
