"""Means over all pairs of inputs from means over each input alone: what the population loss is made of (MOD-19)."""

from __future__ import annotations

from sympy import Expr

from agf_theory.closed_form import symbols as sym

__all__ = ["pair_moment", "pair_pull"]


def pair_moment() -> Expr:
    r"""How two neurons overlap on the data, s = g(a) + h(b) being what each squares.

    .. math:: \mathbb E[s_i^2s_j^2]=G_{22}+H_{22}+G_{20}H_{02}+G_{02}H_{20}+4G_{11}H_{11}
              +2G_{21}H_{01}+2G_{12}H_{10}+2H_{21}G_{01}+2H_{12}G_{10}

    Returns
    -------
    Expr in G_mn = mean of g_i^m g_j^n over a, H_mn = mean of h_i^m h_j^n over b
        Mean over all pairs (a, b). The last four terms vanish for a centred template.

    Source
    ------
    This project; claim MOD-19.

    Examples
    --------
    >>> pair_moment().coeff(sym.means_g[1, 1])
    4*H_11
    """
    G, H = sym.means_g, sym.means_h
    centred = G[2, 2] + H[2, 2] + G[2, 0] * H[0, 2] + G[0, 2] * H[2, 0] + 4 * G[1, 1] * H[1, 1]
    by_means = G[2, 1] * H[0, 1] + G[1, 2] * H[1, 0] + H[2, 1] * G[0, 1] + H[1, 2] * G[1, 0]
    return centred + 2 * by_means


def pair_pull() -> Expr:
    r"""Derivative of the overlap by one response of one neuron, the other neuron held fixed.

    .. math:: \frac{\partial\,\mathbb E[s_i^2s_j^2]}{\partial g_i(a)}=\frac2p\big[g_ig_j^2+g_iH_{02}+2g_jH_{11}
              +2g_ig_jH_{01}+g_j^2H_{10}+H_{12}\big]

    Returns
    -------
    Expr in g_i, g_j, both at a, H_mn = mean of h_i^m h_j^n over b, p
        The last three terms vanish for a centred template.

    Source
    ------
    This project; claim MOD-19.

    Examples
    --------
    >>> pair_pull().subs(sym.response_j, 0).expand()
    2*H_02*g_i/p + 2*H_12/p
    """
    g_i, g_j, H = sym.response_i, sym.response_j, sym.means_h
    centred = g_i * g_j**2 + g_i * H[0, 2] + 2 * g_j * H[1, 1]
    return 2 * (centred + 2 * g_i * g_j * H[0, 1] + g_j**2 * H[1, 0] + H[1, 2]) / sym.modulus
