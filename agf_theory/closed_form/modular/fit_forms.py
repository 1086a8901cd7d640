"""A fit at one frequency as two quadratic forms in four variables: why five neurons are too few (MOD-14)."""

from __future__ import annotations

from sympy import Expr

from agf_theory.closed_form import symbols as sym

__all__ = ["cosine_form", "fit_form_square", "sine_form", "vanishing_form"]


def cosine_form() -> Expr:
    r"""The form that is :math:`\cos(A+B)` on the inputs, where A and B are the angles of a and b.

    Returns
    -------
    Expr in c_a, s_a = cos A, sin A, c_b, s_b

    Hypotheses
    ----------
    None.

    Source
    ------
    This project; claim MOD-14. Derived step by step in ``derivation("MOD-14")``.

    Examples
    --------
    >>> cosine_form()
    c_a*c_b - s_a*s_b
    """
    return sym.cos_a * sym.cos_b - sym.sin_a * sym.sin_b


def sine_form() -> Expr:
    r"""The form that is :math:`\sin(A+B)` on the inputs.

    Returns
    -------
    Expr in c_a, s_a, c_b, s_b

    Hypotheses
    ----------
    None.

    Source
    ------
    This project; claim MOD-14.

    Examples
    --------
    >>> sine_form()
    c_a*s_b + c_b*s_a
    """
    return sym.sin_a * sym.cos_b + sym.cos_a * sym.sin_b


def vanishing_form() -> Expr:
    r"""The form D that vanishes on all inputs; all others that do are its multiples.

    .. math:: D=\cos^2A+\sin^2A-\cos^2B-\sin^2B

    So the functions determine the form of the neurons up to a multiple of it.

    Returns
    -------
    Expr in c_a, s_a, c_b, s_b

    Hypotheses
    ----------
    :math:`4\xi\not\equiv0` for "all others"; otherwise :math:`\cos A\sin A` and :math:`\cos B\sin B` vanish too.

    Source
    ------
    This project; claim MOD-14.

    Examples
    --------
    >>> vanishing_form()
    c_a**2 - c_b**2 + s_a**2 - s_b**2
    """
    return sym.cos_a**2 + sym.sin_a**2 - sym.cos_b**2 - sym.sin_b**2


def fit_form_square() -> Expr:
    r"""Square of the matrix of the form that a fit makes, in any direction of the output.

    .. math:: P=\alpha_c(Q_c+\lambda_cD)+\alpha_s(Q_s+\lambda_sD):\qquad
              P^2=\Big(\tfrac14(\alpha_c^2+\alpha_s^2)+(\alpha_c\lambda_c+\alpha_s\lambda_s)^2\Big)I

    So P is invertible in every direction, and two directions have no real eigenvalue between them.

    Returns
    -------
    Expr in alpha_c, alpha_s = the direction, lambda_c, lambda_s = what is free: multiples of D
        The factor of the identity.

    Hypotheses
    ----------
    :math:`4\xi\not\equiv0`.

    Source
    ------
    This project; claim MOD-14. Derived step by step in ``derivation("MOD-14")``.

    Examples
    --------
    >>> fit_form_square().subs({sym.shift_cos: 0, sym.shift_sin: 0})
    alpha_c**2/4 + alpha_s**2/4
    """
    c, s = sym.direction_cos, sym.direction_sin
    return (c**2 + s**2) / 4 + (c * sym.shift_cos + s * sym.shift_sin) ** 2
