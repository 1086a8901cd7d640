"""Saddles of a linear network: maps, residuals and loss levels, the noise floor included (LIN-09)."""

from __future__ import annotations

from collections.abc import Collection

from sympy import Expr, Identity, Integer, MatrixExpr, Symbol

from agf_theory.closed_form import symbols as sym
from agf_theory.errors import HypothesisNotMet

__all__ = [
    "best_map",
    "drop_matrix",
    "escape_curvature",
    "loss_level",
    "saddle_map",
    "saddle_residual",
    "unexplained",
]


def best_map() -> MatrixExpr:
    r"""The least-squares map.

    .. math:: B_* = \Sigma_{yx}\Sigma_{xx}^+

    Returns
    -------
    MatrixExpr (d_y, d_x) in Sigma_yx, Sigma_xx^+ = the pseudo-inverse of Sigma_xx

    Hypotheses
    ----------
    Rows of Sigma_yx in the range of Sigma_xx, as they are for moments of any data.

    Source
    ------
    [kunin2025], fully connected linear networks; claim LIN-09.

    Examples
    --------
    >>> best_map()
    Sigma_yx*Sigma_xx^+
    """
    return sym.sigma_yx * sym.sigma_xx_inverse


def drop_matrix() -> MatrixExpr:
    r"""The matrix whose eigenvalues are twice the falls of the loss, and whose eigenvectors the modes that are learned.

    .. math:: \Sigma_{yx}\Sigma_{xx}^+\Sigma_{yx}^\top = \sum_k \mu_k\,u_ku_k^\top

    Its eigenvectors are not the left singular vectors of :math:`\Sigma_{yx}`, nor those of :math:`B_*`, unless
    :math:`\Sigma_{xx}` and :math:`\Sigma_{yx}^\top\Sigma_{yx}` commute; its eigenvalues are the squared singular values
    only where the input is white.

    Returns
    -------
    MatrixExpr (d_y, d_y) in Sigma_yx, Sigma_xx^+

    Hypotheses
    ----------
    As `best_map`.

    Source
    ------
    [kunin2025], fully connected linear networks, cost minimisation; claim LIN-09.

    Examples
    --------
    >>> drop_matrix().shape
    (d_y, d_y)
    """
    return sym.sigma_yx * sym.sigma_xx_inverse * sym.sigma_yx.T


def saddle_map() -> MatrixExpr:
    r"""Map of a saddle: the least-squares map, projected from the left on the modes that are learned.

    .. math:: \beta_k = P_{U_k}B_* = P_{U_k}\Sigma_{yx}\Sigma_{xx}^+

    With the eigenvectors of the k largest eigenvalues of `drop_matrix`, the best map of rank k; with any other set of k
    of them a saddle within the maps of rank k.

    Returns
    -------
    MatrixExpr (d_y, d_x) in P = the orthogonal projection on eigenvectors of `drop_matrix`, Sigma_yx, Sigma_xx^+

    Hypotheses
    ----------
    As `best_map`. The only best map of its rank iff Sigma_xx is definite and mu_k > mu_{k+1} or mu_{k+1} = 0.

    Source
    ------
    [kunin2025], fully connected linear networks, cost minimisation; claim LIN-09. Derived step by step in
    ``derivation("LIN-09")``.

    Examples
    --------
    >>> saddle_map()
    P*Sigma_yx*Sigma_xx^+
    """
    return sym.learned * sym.sigma_yx * sym.sigma_xx_inverse


def saddle_residual() -> MatrixExpr:
    r"""Residual at a saddle.

    .. math:: R_k = \Sigma_{yx}-\beta_k\Sigma_{xx} = P_{U_k}^\perp\Sigma_{yx}

    Returns
    -------
    MatrixExpr (d_y, d_x) in P = the projection on the modes that are learned, Sigma_yx

    Hypotheses
    ----------
    As `saddle_map`.

    Source
    ------
    [kunin2025], fully connected linear networks, cost minimisation; claim LIN-09. Derived step by step in
    ``derivation("LIN-09")``.

    Examples
    --------
    >>> saddle_residual().shape
    (d_y, d_x)
    """
    return (Identity(sym.outputs) - sym.learned) * sym.sigma_yx


def unexplained() -> MatrixExpr:
    r"""Second moments of what no linear map explains; half its trace is the noise floor.

    .. math:: \Sigma_{yy}-\Sigma_{yx}\Sigma_{xx}^+\Sigma_{yx}^\top,\qquad
              \ell_0=\tfrac12\operatorname{tr}\big(\Sigma_{yy}-\Sigma_{yx}\Sigma_{xx}^+\Sigma_{yx}^\top\big)

    The noise floor :math:`\ell_0` is the loss of the least-squares map, part of every loss level.

    Returns
    -------
    MatrixExpr (d_y, d_y) in Sigma_yy, Sigma_yx, Sigma_xx^+

    Hypotheses
    ----------
    As `best_map`; loss E||y - B x||^2/2. Zero iff y = B_* x almost surely.

    Source
    ------
    This project (omitted in [kunin2025]); claim LIN-09. Derived step by step in ``derivation("LIN-09")``.

    Examples
    --------
    >>> unexplained().shape
    (d_y, d_y)
    """
    return sym.sigma_yy - sym.sigma_yx * sym.sigma_xx_inverse * sym.sigma_yx.T


def loss_level(modes: int = 3, learned: Collection[int] = (1,)) -> Expr:
    r"""Loss at the saddle where some modes are learned and the others are not.

    .. math:: \ell_S = \ell_0+\tfrac12\sum_{i\notin S}\mu_i

    with :math:`\ell_0` the noise floor. The level of the best map of rank k has S = {1, ..., k}.

    Parameters
    ----------
    modes : int
        Number of outputs: eigenvalues of `drop_matrix`, zeros among them.
    learned : collection of int
        Numbers of the modes in S, counted from 1.

    Returns
    -------
    Expr in ell_0 = the noise floor, mu_1, mu_2, ... = the eigenvalues of `drop_matrix`

    Raises
    ------
    HypothesisNotMet
        If a mode that is learned is not one of the modes.

    Hypotheses
    ----------
    As `best_map`; loss E||y - B x||^2/2.

    Source
    ------
    [kunin2025], fully connected linear networks, without the noise floor; claim LIN-09. Derived step by step in
    ``derivation("LIN-09")``.

    Examples
    --------
    >>> loss_level(3, (1,))
    ell_0 + mu_2/2 + mu_3/2
    """
    if not set(learned) <= set(range(1, modes + 1)):
        raise HypothesisNotMet(f"modes learned must be among 1 to {modes}, got {', '.join(map(str, sorted(learned)))}")
    missed = (Symbol(f"mu_{i}", nonnegative=True) for i in range(1, modes + 1) if i not in learned)
    return sym.noise + sum(missed, Integer(0)) / 2


def escape_curvature() -> Expr:
    r"""Curvature of the loss at a saddle as a mode that is learned turns into one that is not.

    .. math:: \frac{d^2}{d\varphi^2}L\Big|_0 = \mu_i-\mu_j,\qquad u_i\to\cos\varphi\,u_i+\sin\varphi\,u_j

    Negative iff the mode j that is missed is worth more: so every saddle of rank k other than the best map is strict,
    and is left within the maps of rank k.

    Returns
    -------
    Expr in mu_i = the eigenvalue of the mode learned, mu_j = that of the mode missed

    Hypotheses
    ----------
    As `saddle_map`; modes i learned, j not.

    Source
    ------
    This project; claim LIN-09. Derived step by step in ``derivation("LIN-09")``.

    Examples
    --------
    >>> escape_curvature()
    mu_i - mu_j
    """
    return sym.mu_learned - sym.mu_missed
