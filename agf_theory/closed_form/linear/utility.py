"""The largest utility of a neuron under a frozen residual, its certificate and its maximisers (LIN-02, LIN-03)."""

from __future__ import annotations

from sympy import Expr, MatrixExpr, Symbol, sqrt

from agf_theory.closed_form import symbols as sym

__all__ = [
    "critical_utility",
    "maximal_utility",
    "maximising_incoming_weights",
    "maximising_outgoing_weights",
    "repeated_maximiser_dimension",
    "repeated_maximising_incoming_weights",
    "repeated_maximising_outgoing_weights",
    "utility_gap_of_mode",
    "utility_gap_outside_modes",
]


def maximal_utility() -> Expr:
    r"""Largest utility of a neuron on the unit sphere.

    .. math:: \max_{\|a\|^2+\|w\|^2=1} a^\top R\,w = \tfrac12\sigma_1(R)

    Returns
    -------
    Expr in sigma_1 = the largest singular value of the residual R

    Hypotheses
    ----------
    Residual frozen; any R, zero included.

    Source
    ------
    [kunin2025], fully connected linear networks, utility maximisation; claim LIN-02. Derived step by step in
    ``derivation("LIN-02")``.

    Examples
    --------
    >>> maximal_utility()
    sigma_1/2
    """
    return sym.sigma_1 / 2


def critical_utility() -> Expr:
    r"""Utility at the critical points of a mode on the unit sphere, up to its sign.

    .. math:: \mathcal U(\phi_k^\pm) = \pm\tfrac12\sigma_k,\qquad \phi_k^\pm=(u_k,\pm v_k)/\sqrt2

    Saddles, but for the maximum and the minimum; on the kernel of the utility the critical value is 0.

    Returns
    -------
    Expr in sigma_k = the singular value of the mode

    Hypotheses
    ----------
    As `maximal_utility`.

    Source
    ------
    This project; claim LIN-02.

    Examples
    --------
    >>> critical_utility()
    sigma_k/2
    """
    return sym.sigma_k / 2


def maximising_outgoing_weights() -> MatrixExpr:
    r"""Outgoing weights of the neuron of largest utility on the unit sphere.

    .. math:: a = u_1/\sqrt2

    Together with `maximising_incoming_weights`, and up to one sign for both, the only maximiser.

    Returns
    -------
    MatrixExpr (d_y, 1) in u_1 = the left singular vector to sigma_1

    Hypotheses
    ----------
    sigma_1 is simple, so positive; otherwise see `repeated_maximising_outgoing_weights`.

    Source
    ------
    [kunin2025], fully connected linear networks, utility maximisation; claim LIN-02.

    Examples
    --------
    >>> maximising_outgoing_weights()
    (sqrt(2)/2)*u_1
    """
    return sym.left_vector / sqrt(2)


def maximising_incoming_weights() -> MatrixExpr:
    r"""Incoming weights of the neuron of largest utility on the unit sphere.

    .. math:: w = v_1/\sqrt2

    Returns
    -------
    MatrixExpr (d_x, 1) in v_1 = the right singular vector to sigma_1, paired with u_1

    Hypotheses
    ----------
    As `maximising_outgoing_weights`.

    Source
    ------
    [kunin2025], fully connected linear networks, utility maximisation; claim LIN-02.

    Examples
    --------
    >>> maximising_incoming_weights()
    (sqrt(2)/2)*v_1
    """
    return sym.right_vector / sqrt(2)


def utility_gap_of_mode() -> Expr:
    r"""What a mode leaves between the utility of a neuron and its bound: the certificate of the maximum.

    .. math:: \tfrac{\sigma_1}2(\alpha_k^2+\omega_k^2)-\sigma_k\alpha_k\omega_k
              = \tfrac{\sigma_k}2(\alpha_k-\omega_k)^2+\tfrac{\sigma_1-\sigma_k}2(\alpha_k^2+\omega_k^2)

    A sum of squares with weights that are not negative. Summed over the modes, with `utility_gap_outside_modes`, it is
    :math:`\tfrac{\sigma_1}2(\|a\|^2+\|w\|^2)-a^\top Rw`.

    Returns
    -------
    Expr in sigma_1, sigma_k, alpha_k = u_k.a, omega_k = v_k.w

    Hypotheses
    ----------
    0 <= sigma_k <= sigma_1.

    Source
    ------
    This project; claim LIN-02. Derived step by step in ``derivation("LIN-02")``.

    Examples
    --------
    >>> utility_gap_of_mode().subs(sym.sigma_k, sym.sigma_1)
    sigma_1*(alpha_k - omega_k)**2/2
    """
    out, into = sym.overlap_outgoing, sym.overlap_incoming
    return sym.sigma_k * (out - into) ** 2 / 2 + (sym.sigma_1 - sym.sigma_k) * (out**2 + into**2) / 2


def utility_gap_outside_modes() -> Expr:
    r"""What weights outside all modes leave between the utility of a neuron and its bound.

    .. math:: \tfrac{\sigma_1}2(\|a_\perp\|^2+\|w_\perp\|^2)

    Returns
    -------
    Expr in sigma_1, a_perp, w_perp = norms of the parts of a and w orthogonal to all singular vectors

    Hypotheses
    ----------
    None.

    Source
    ------
    This project; claim LIN-02.

    Examples
    --------
    >>> utility_gap_outside_modes()
    sigma_1*(a_perp**2 + w_perp**2)/2
    """
    return sym.sigma_1 * (sym.rest_outgoing**2 + sym.rest_incoming**2) / 2


def repeated_maximising_outgoing_weights() -> MatrixExpr:
    r"""Outgoing weights of the neurons of largest utility where the largest singular value is repeated.

    .. math:: (a,w) = (U_1q,\,V_1q)/\sqrt2,\qquad q\in S^{m-1}

    One and the same q for both layers: the columns of :math:`V_1` are paired with those of :math:`U_1`,
    :math:`RV_1=\sigma_1U_1`.

    Returns
    -------
    MatrixExpr (d_y, 1) in U_1 = left singular vectors to sigma_1, (d_y, m), q = a unit vector, (m, 1)

    Hypotheses
    ----------
    sigma_1 > 0, of multiplicity m. For R = 0 every neuron is a maximiser.

    Source
    ------
    This project; claim LIN-03. Derived step by step in ``derivation("LIN-03")``.

    Examples
    --------
    >>> repeated_maximising_outgoing_weights()
    (sqrt(2)/2)*U_1*q
    """
    return sym.left_block * sym.mixing / sqrt(2)


def repeated_maximising_incoming_weights() -> MatrixExpr:
    r"""Incoming weights of the neurons of largest utility where the largest singular value is repeated.

    .. math:: w = V_1q/\sqrt2

    Returns
    -------
    MatrixExpr (d_x, 1) in V_1 = right singular vectors to sigma_1, (d_x, m), q = a unit vector, (m, 1)

    Hypotheses
    ----------
    As `repeated_maximising_outgoing_weights`.

    Source
    ------
    This project; claim LIN-03.

    Examples
    --------
    >>> repeated_maximising_incoming_weights()
    (sqrt(2)/2)*V_1*q
    """
    return sym.right_block * sym.mixing / sqrt(2)


def repeated_maximiser_dimension() -> Symbol | Expr:
    r"""Dimension of the sphere of maximisers, :math:`m-1`.

    Returns
    -------
    Expr in m = the multiplicity of sigma_1
        Zero for a simple singular value: two points.

    Hypotheses
    ----------
    As `repeated_maximising_outgoing_weights`.

    Source
    ------
    This project; claim LIN-03.

    Examples
    --------
    >>> repeated_maximiser_dimension()
    m - 1
    """
    return sym.multiplicity - 1
