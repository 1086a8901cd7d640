"""The dormant flow of a neuron, frequency by frequency, and what it conserves (MOD-09)."""

from __future__ import annotations

from typing import Literal

from sympy import Expr, Symbol, conjugate

from agf_theory.closed_form import symbols as sym

__all__ = [
    "alignment",
    "alignment_velocity",
    "conserved_difference",
    "conserved_misalignment",
    "mode_velocity",
]

Layer = Literal["u", "v", "w"]

_COEFFICIENTS: dict[Layer, Symbol] = {"u": sym.u_hat, "v": sym.v_hat, "w": sym.w_hat}


def mode_velocity(layer: Layer = "u") -> Expr:
    r"""Velocity of a neuron's Fourier coefficients while the residual is the template.

    .. math:: \dot{\hat u}=C\hat x\,\overline{\hat v}\,\hat w,\quad\dot{\hat v}=C\hat x\,\overline{\hat u}\,\hat w,\quad
              \dot{\hat w}=C\,\overline{\hat x}\,\hat u\hat v,\qquad C=\frac2{p^2}|\hat x|^2

    Parameters
    ----------
    layer : {"u", "v", "w"}

    Returns
    -------
    Expr in p, x_hat, u_hat, v_hat, w_hat at one frequency, generic or Nyquist
        Loss 1/2 E||.||^2, mean over pairs; unnormalised Fourier coefficients.

    Hypotheses
    ----------
    Template with x_hat[0] = 0; residual frozen at the template.

    Source
    ------
    This project; claim MOD-09. Derived step by step in ``derivation("MOD-09")``.

    Examples
    --------
    >>> mode_velocity("w")
    2*u_hat*v_hat*x_hat*conjugate(x_hat)**2/p**2
    """
    x, u, v, w = sym.template_hat, sym.u_hat, sym.v_hat, sym.w_hat
    rate = 2 * x * conjugate(x) / sym.modulus**2
    return rate * {"u": x * conjugate(v) * w, "v": x * conjugate(u) * w, "w": conjugate(x) * u * v}[layer]


def alignment() -> Expr:
    r"""The product whose real part drives the growth of a mode.

    .. math:: Z=\hat x\,\overline{\hat u}\,\overline{\hat v}\,\hat w

    Returns
    -------
    Expr in x_hat, u_hat, v_hat, w_hat

    Source
    ------
    This project; claim MOD-09. Derived step by step in ``derivation("MOD-09")``.

    Examples
    --------
    >>> alignment()
    w_hat*x_hat*conjugate(u_hat)*conjugate(v_hat)
    """
    return sym.template_hat * conjugate(sym.u_hat) * conjugate(sym.v_hat) * sym.w_hat


def conserved_difference(first: Layer = "u", second: Layer = "v") -> Expr:
    r"""What the dormant flow conserves in every neuron at every frequency: e_1 for (u, v), e_2 for (u, w).

    .. math:: e_1=|\hat u|^2-|\hat v|^2,\qquad e_2=|\hat u|^2-|\hat w|^2

    Parameters
    ----------
    first, second : {"u", "v", "w"}

    Returns
    -------
    Expr in two of u_hat, v_hat, w_hat

    Hypotheses
    ----------
    As `mode_velocity`.

    Source
    ------
    This project; claim MOD-09. Derived step by step in ``derivation("MOD-09")``.

    Examples
    --------
    >>> conserved_difference("u", "w")
    u_hat*conjugate(u_hat) - w_hat*conjugate(w_hat)
    """
    a, b = _COEFFICIENTS[first], _COEFFICIENTS[second]
    return a * conjugate(a) - b * conjugate(b)


def conserved_misalignment() -> Expr:
    r"""The third conserved quantity: the imaginary part of Z, up to a factor.

    .. math:: 2i\,|\hat x|\,h = Z-\overline Z,\qquad h=\frac{\mathrm{Im}Z}{|\hat x|}

    Returns
    -------
    Expr in x_hat, u_hat, v_hat, w_hat

    Hypotheses
    ----------
    As `mode_velocity`.

    Source
    ------
    This project; claim MOD-09. Derived step by step in ``derivation("MOD-09")``.

    Examples
    --------
    >>> conserved_misalignment()
    -u_hat*v_hat*conjugate(w_hat)*conjugate(x_hat) + w_hat*x_hat*conjugate(u_hat)*conjugate(v_hat)
    """
    return alignment() - conjugate(alignment())


def alignment_velocity() -> Expr:
    r"""Velocity of the real part of Z: never negative.

    .. math:: \frac d{dt}\mathrm{Re}Z=C|\hat x|^2\big(|\hat u\hat v|^2+|\hat u\hat w|^2+|\hat v\hat w|^2\big)

    Returns
    -------
    Expr in p, X = |x_hat|, U_k = |u_hat|, V_k = |v_hat|, W_k = |w_hat|

    Hypotheses
    ----------
    As `mode_velocity`.

    Source
    ------
    This project; claim MOD-09. Derived step by step in ``derivation("MOD-09")``.

    Examples
    --------
    >>> alignment_velocity().subs({sym.size_v: 0, sym.template_size: 1, sym.modulus: 1})
    2*U_k**2*W_k**2
    """
    a, b, c = sym.size_u**2, sym.size_v**2, sym.size_w**2
    return 2 * sym.template_size**4 / sym.modulus**2 * (a * b + a * c + b * c)
