"""What symmetry gives a linear network: the gradient identity, the conserved imbalance, its drift (LIN-01, LIN-22)."""

from __future__ import annotations

from sympy import MatrixExpr

from agf_theory.closed_form import symbols as sym

__all__ = [
    "conserved_imbalance",
    "gradient_descent_drift",
    "gradient_identity",
    "incoming_gradient",
    "outgoing_gradient",
]


def outgoing_gradient() -> MatrixExpr:
    r"""Gradient of a loss by the outgoing weights.

    .. math:: \partial_A L = G\,W^\top,\qquad G=\partial_B L

    Returns
    -------
    MatrixExpr (d_y, H) in G = the gradient of the loss by the map B = A W, W

    Hypotheses
    ----------
    The loss is any differentiable function of the map B = A W. For the squared loss G = -R, minus the residual.

    Source
    ------
    [kunin2025], two-layer linear networks; claim LIN-01.

    Examples
    --------
    >>> outgoing_gradient()
    G*W.T
    """
    return sym.loss_gradient * sym.incoming.T


def incoming_gradient() -> MatrixExpr:
    r"""Gradient of a loss by the incoming weights.

    .. math:: \partial_W L = A^\top G,\qquad G=\partial_B L

    Returns
    -------
    MatrixExpr (H, d_x) in A, G = the gradient of the loss by the map B = A W

    Hypotheses
    ----------
    As `outgoing_gradient`.

    Source
    ------
    [kunin2025], two-layer linear networks; claim LIN-01.

    Examples
    --------
    >>> incoming_gradient()
    A.T*G
    """
    return sym.outgoing.T * sym.loss_gradient


def gradient_identity() -> MatrixExpr:
    r"""What vanishes because the loss does not feel a change of basis of the hidden space.

    .. math:: A^\top\partial_A L-\partial_W L\,W^\top = 0

    From :math:`L(AG^{-1},GW)=L(A,W)`, differentiated at the identity: H times H equations. Their symmetric part makes
    `conserved_imbalance` stand still; the antisymmetric part says that the gradient is orthogonal to hidden rotations.

    Returns
    -------
    MatrixExpr (H, H) in A, W, nabla_A = the gradient by A, nabla_W = the gradient by W

    Hypotheses
    ----------
    As `outgoing_gradient`.

    Source
    ------
    This project; claim LIN-01. Derived step by step in ``derivation("LIN-01")``.

    Examples
    --------
    >>> gradient_identity().shape
    (H, H)
    """
    return sym.outgoing.T * sym.gradient_outgoing - sym.gradient_incoming * sym.incoming.T


def conserved_imbalance() -> MatrixExpr:
    r"""The matrix that gradient flow conserves.

    .. math:: \eta_W\,A^\top A-\eta_A\,WW^\top

    Returns
    -------
    MatrixExpr (H, H) in A, W, eta_A, eta_W
        With one rate for both layers, a multiple of :math:`A^\top A-WW^\top`.

    Hypotheses
    ----------
    As `outgoing_gradient`; gradient flow with rate eta_A for A and eta_W for W.

    Source
    ------
    [kunin2025], two-layer linear networks, for one rate; two rates: this project. Claim LIN-01. Derived step by step in
    ``derivation("LIN-01")``.

    Examples
    --------
    >>> conserved_imbalance().shape
    (H, H)
    """
    return sym.eta_incoming * sym.outgoing.T * sym.outgoing - sym.eta_outgoing * sym.incoming * sym.incoming.T


def gradient_descent_drift() -> MatrixExpr:
    r"""What one step of gradient descent adds to the imbalance that gradient flow conserves.

    .. math:: C_{n+1}-C_n = h^2\big(\partial_A L^\top\partial_A L-\partial_W L\,\partial_W L^\top\big),
              \qquad C=A^\top A-WW^\top

    Returns
    -------
    MatrixExpr (H, H) in h = the step, nabla_A, nabla_W = the gradients where the step begins

    Hypotheses
    ----------
    As `outgoing_gradient`; the same step for both layers. Exact, not an expansion in h.

    Source
    ------
    This project; claim LIN-22. Derived step by step in ``derivation("LIN-22")``.

    Examples
    --------
    >>> gradient_descent_drift().shape
    (H, H)
    """
    outgoing, incoming = sym.gradient_outgoing, sym.gradient_incoming
    return sym.step**2 * (outgoing.T * outgoing - incoming * incoming.T)
