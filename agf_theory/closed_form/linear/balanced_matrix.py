"""Whitened moments and balanced weights: the flow as a matrix Riccati equation, and its solution (LIN-20)."""

from __future__ import annotations

from typing import Literal

from sympy import Expr, Identity, MatrixExpr, cosh, sinh, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.errors import UnknownName

__all__ = [
    "TERMS",
    "Term",
    "balanced_solution",
    "balanced_velocity",
    "growth_matrix",
    "growth_rate",
    "integrated_propagator",
    "propagator",
]

Term = Literal["identity", "growth"]
TERMS: tuple[Term, ...] = ("identity", "growth")
"""A function of F is its even part, a function of F², plus its odd part, F times one: what multiplies I and F."""


def _is_identity(term: Term) -> bool:
    if term not in TERMS:
        raise UnknownName(f"term must be one of {', '.join(TERMS)}, got {term!r:.40}")
    return term == "identity"


def growth_matrix() -> MatrixExpr:
    r"""Matrix that balanced weights grow with at the zero map.

    .. math:: F = M(\Sigma_{yx})+\tfrac\lambda2J = \begin{pmatrix}\frac\lambda2I&\Sigma_{yx}\\
              \Sigma_{yx}^\top&-\frac\lambda2I\end{pmatrix}

    Returns
    -------
    MatrixExpr in M = ((0, Sigma_yx), (Sigma_yx^T, 0)), J = diag(I_c, -I_d), lambda

    Hypotheses
    ----------
    Whitened moments, :math:`A^\top A-WW^\top=\lambda I`.

    Source
    ------
    Claim LIN-20 (this project). Derived step by step in ``derivation("LIN-20")``.

    Examples
    --------
    >>> growth_matrix()
    (lambda/2)*J + M
    """
    return sym.coupling + sym.imbalance / 2 * sym.signature


def growth_rate() -> Expr:
    r"""Positive eigenvalue of the growth matrix on a singular mode; the other is minus that.

    .. math:: \nu_k = \sqrt{\tfrac{\lambda^2}4+\sigma_k^2}

    Returns
    -------
    Expr in lambda, sigma_k
        Per unit of flow time of the loss E||y - AWx||^2/2.

    Hypotheses
    ----------
    As `growth_matrix`. Outputs and inputs without a mode have eigenvalues lambda/2 and -lambda/2.

    Source
    ------
    Claim LIN-20 (this project). Derived step by step in ``derivation("LIN-20")``.

    Examples
    --------
    >>> growth_rate()
    sqrt(lambda**2/4 + sigma_k**2)
    """
    return sqrt(sym.imbalance**2 / 4 + sym.sigma_k**2)


def propagator(term: Term = "identity") -> Expr:
    r"""What multiplies the identity, or F, in the exponential of the growth matrix on a mode.

    .. math:: e^{Ft} = \cosh(\nu t)\,I+\frac{\sinh(\nu t)}\nu\,F

    Returns
    -------
    Expr in nu, t

    Raises
    ------
    UnknownName
        If the term is neither.

    Hypotheses
    ----------
    F squared is nu squared on the mode. As nu tends to zero the terms tend to 1 and t.

    Source
    ------
    Claim LIN-20 (this project). Derived step by step in ``derivation("LIN-20")``.

    Examples
    --------
    >>> propagator(), propagator("growth")
    (cosh(nu*t), sinh(nu*t)/nu)
    """
    return cosh(sym.rate * sym.t) if _is_identity(term) else sinh(sym.rate * sym.t) / sym.rate


def integrated_propagator(term: Term = "identity") -> Expr:
    r"""What multiplies the identity, or F, in the integral of the squared exponential on a mode.

    .. math:: \int_0^te^{2Fs}ds = \frac{\sinh(2\nu t)}{2\nu}\,I+\frac{\cosh(2\nu t)-1}{2\nu^2}\,F

    Returns
    -------
    Expr in nu, t

    Raises
    ------
    UnknownName
        If the term is neither.

    Hypotheses
    ----------
    As `propagator`. As nu tends to zero the terms tend to t and t^2.

    Source
    ------
    Claim LIN-20 (this project). Derived step by step in ``derivation("LIN-20")``.

    Examples
    --------
    >>> integrated_propagator(), integrated_propagator("growth")
    (sinh(2*nu*t)/(2*nu), (cosh(2*nu*t) - 1)/(2*nu**2))
    """
    argument = 2 * sym.rate * sym.t
    return sinh(argument) / (2 * sym.rate) if _is_identity(term) else (cosh(argument) - 1) / (2 * sym.rate**2)


def balanced_velocity() -> MatrixExpr:
    r"""Velocity of :math:`Q=\Theta\Theta^\top`, :math:`\Theta=[A;W^\top]`, under gradient flow of balanced weights.

    .. math:: \dot Q = FQ+QF^\top-Q^2

    Returns
    -------
    MatrixExpr in F (symmetric), Q

    Hypotheses
    ----------
    As `growth_matrix`. For weights that are not balanced no equation in Q alone holds.

    Source
    ------
    Claim LIN-20 (this project). Derived step by step in ``derivation("LIN-20")``.

    Examples
    --------
    >>> balanced_velocity()
    -Q**2 + F*Q + Q*F.T
    """
    return sym.growth * sym.outer + sym.outer * sym.growth.T - sym.outer * sym.outer


def balanced_solution() -> MatrixExpr:
    r"""The solution of the matrix Riccati equation of balanced weights.

    .. math:: Q(t) = e^{Ft}\,\Theta_0\Big[I+\Theta_0^\top\Big(\int_0^te^{2Fs}ds\Big)\Theta_0\Big]^{-1}
              \Theta_0^\top\,e^{Ft}

    Returns
    -------
    MatrixExpr in P = exp(F t), P_2 = the integral of exp(2 F s) over s from 0 to t, Theta_0 = (A; W^T) at the start
        The map B = A W is its upper right block.

    Hypotheses
    ----------
    As `growth_matrix`. Exact for every start and every time.

    Source
    ------
    Claim LIN-20 (this project). Derived step by step in ``derivation("LIN-20")``. For a symmetric factor with
    the flow U' = (W - U U^T) U the integral has the factor 2.

    Examples
    --------
    >>> balanced_solution()
    P*Theta_0*(I + Theta_0.T*P_2*Theta_0)**(-1)*Theta_0.T*P.T
    """
    theta = sym.start
    inner = Identity(sym.hidden) + theta.T * sym.propagator_squared * theta
    return sym.propagator * theta * inner.I * theta.T * sym.propagator.T
