"""A dormant neuron of a linear network under a frozen residual: its modes and its accumulated utility (LIN-04)."""

from __future__ import annotations

from sympy import Expr, Integer, Symbol, exp, log

from agf_theory.closed_form import symbols as sym

__all__ = [
    "decaying_overlap",
    "dormant_accumulated_utility",
    "dormant_modes",
    "dormant_squared_norm",
    "growing_overlap",
]


def dormant_modes(count: int) -> tuple[tuple[Symbol, Symbol, Symbol], ...]:
    r"""Symbols of the modes of a residual R with singular value decomposition :math:`R = \sum_j\sigma_ju_jv_j^\top`.

    Returns
    -------
    `count` triples (sigma_j, z_j, y_j)
        Singular value, projection of the neuron on the growing eigenvector :math:`\phi_j^+=(u_j,v_j)/\sqrt2` of
        :math:`M(R)`, and on the decaying one, :math:`\phi_j^-=(u_j,-v_j)/\sqrt2`.

    Examples
    --------
    >>> dormant_modes(2)
    ((sigma_1, z_1, y_1), (sigma_2, z_2, y_2))
    """
    return tuple(
        (Symbol(f"sigma_{j}", positive=True), Symbol(f"z_{j}", real=True), Symbol(f"y_{j}", real=True))
        for j in range(1, count + 1)
    )


def growing_overlap() -> Expr:
    r"""Projection of a dormant neuron on a growing eigenvector.

    .. math:: \langle\phi_k^+,\theta(t)\rangle = z_k\,e^{\sigma_kt},\qquad \phi_k^+=(u_k,v_k)/\sqrt2

    Returns
    -------
    Expr in z_k = the projection at t = 0, sigma_k, t
        Flow time with rate 1; for another rate replace t by eta*t.

    Hypotheses
    ----------
    Residual frozen since t = 0, with singular pair R v_k = sigma_k u_k, R^T u_k = sigma_k v_k. Exact, for any shape.

    Source
    ------
    This project; claim LIN-04. Derived step by step in ``derivation("LIN-04")``.

    Examples
    --------
    >>> growing_overlap()
    z_k*exp(sigma_k*t)
    """
    return sym.z_k * exp(sym.sigma_k * sym.t)


def decaying_overlap() -> Expr:
    r"""Projection of a dormant neuron on a decaying eigenvector.

    .. math:: \langle\phi_k^-,\theta(t)\rangle = y_k\,e^{-\sigma_kt},\qquad \phi_k^-=(u_k,-v_k)/\sqrt2

    Returns
    -------
    Expr in y_k = the projection at t = 0, sigma_k, t

    Hypotheses
    ----------
    As `growing_overlap`.

    Source
    ------
    This project; claim LIN-04. Derived step by step in ``derivation("LIN-04")``.

    Examples
    --------
    >>> decaying_overlap()
    y_k*exp(-sigma_k*t)
    """
    return sym.y_k * exp(-sym.sigma_k * sym.t)


def dormant_squared_norm(modes: int = 1) -> Expr:
    r"""Squared norm of a dormant neuron.

    .. math:: \|\theta(t)\|^2 = \sum_j\big(z_j^2e^{2\sigma_jt}+y_j^2e^{-2\sigma_jt}\big)+z_0^2

    Parameters
    ----------
    modes : int
        Number of nonzero singular values, repeated ones repeated.

    Returns
    -------
    Expr in sigma_j, z_j, y_j (see `dormant_modes`), z_0 = size of the projection on the kernel of M(R), t

    Hypotheses
    ----------
    As `growing_overlap`.

    Source
    ------
    This project; claim LIN-04. Derived step by step in ``derivation("LIN-04")``.

    Examples
    --------
    >>> dormant_squared_norm()
    y_1**2*exp(-2*sigma_1*t) + z_0**2 + z_1**2*exp(2*sigma_1*t)
    """
    growing, decaying = growing_overlap(), decaying_overlap()
    total: Expr = Integer(0)
    for sigma, z, y in dormant_modes(modes):
        mode = {sym.sigma_k: sigma, sym.z_k: z, sym.y_k: y}
        total += growing.subs(mode) ** 2 + decaying.subs(mode) ** 2
    return total + sym.z_0**2


def dormant_accumulated_utility(modes: int = 1) -> Expr:
    r"""Accumulated utility of a dormant neuron of a linear network.

    .. math:: \mathcal S(t) = \int_0^t2\,\hat{\mathcal U}\,ds = \log\frac{\|\theta(t)\|}{\|\theta(0)\|}

    Parameters
    ----------
    modes : int
        As for `dormant_squared_norm`.

    Returns
    -------
    Expr in sigma_j, z_j, y_j, z_0, t
        Negative for small t if the decaying projections outweigh the growing ones.

    Hypotheses
    ----------
    As `growing_overlap`; theta(0) not 0.

    Source
    ------
    [kunin2025], utility maximisation step, with kappa = 2; claims FRM-03 and LIN-04. Derived step by step in
    ``derivation("LIN-04")``.

    Examples
    --------
    >>> dormant_accumulated_utility().subs({sym.y_k: 0, sym.t: 0})
    0
    """
    squared = dormant_squared_norm(modes)
    return log(squared / squared.subs(sym.t, 0)) / 2
