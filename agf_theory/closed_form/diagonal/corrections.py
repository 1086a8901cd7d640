"""Jump times to all orders in 1/log(1/alpha): levels and kicks (DIAG-10), a result of this project."""

from __future__ import annotations

from sympy import Abs, Expr, Integer, MatrixExpr, asinh, log, sign

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.diagonal.convention import Convention, convention_is_paper, product_scale

__all__ = [
    "active_kick",
    "corrected_jump_time",
    "dormant_kick",
    "leaver_kick",
    "leaver_level",
    "pinned_level",
    "pinned_level_exact",
]


def _offset(convention: Convention) -> Expr:
    """Return log 2 (paper) or log 4 (slides): minus the logarithm of half the product scale in units of alpha**2."""
    return log(Integer(2) if convention_is_paper(convention) else Integer(4))


def pinned_level(convention: Convention = "paper") -> Expr:
    r"""Size of the dual variable at which an active coordinate is pinned on a plateau.

    .. math:: |s| = 1 + \frac\varepsilon2\log(2|\beta|)\ \text{(paper)},\qquad
              1 + \frac\varepsilon2\log(4|\beta|)\ \text{(slides)}

    Returns
    -------
    Expr in beta = coefficient on the plateau, epsilon = 1/log(1/alpha)

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    beta not 0. Up to O(alpha**4); `pinned_level_exact` has no error.

    Source
    ------
    Claim DIAG-10 (this project). Derived step by step in ``derivation("DIAG-10")``.

    Examples
    --------
    >>> pinned_level()
    epsilon*(log(Abs(beta)) + log(2))/2 + 1
    """
    return 1 + sym.epsilon / 2 * (_offset(convention) + log(Abs(sym.beta)))


def pinned_level_exact(convention: Convention = "paper") -> Expr:
    r"""Size of the dual variable of a coordinate, without the approximation of `pinned_level`.

    .. math:: |s| = \frac1{2\eta}\operatorname{arcsinh}\frac{|\beta|}m

    Returns
    -------
    Expr in beta, alpha, eta = log(1/alpha)

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    As `coefficient_from_dual`. Exact.

    Source
    ------
    This project, from DIAG-01.

    Examples
    --------
    >>> pinned_level_exact()
    asinh(Abs(beta)/alpha**2)/(2*eta)
    """
    return asinh(Abs(sym.beta) / product_scale(convention)) / (2 * sym.eta)


def corrected_jump_time(convention: Convention = "paper") -> Expr:
    r"""Effective time of the jump at which a coordinate joins.

    .. math:: T_k = T_{k-1} + \frac{\operatorname{sign}(\beta)\,\big(1+\frac\varepsilon2\log2|\beta|\big) - s}{-g}

    Returns
    -------
    Expr in T = previous jump, s = dual variable of the joiner then, g = its partial derivative of the loss on the
    plateau, beta = its coefficient at the saddle reached, epsilon = 1/log(1/alpha)
        Flow time divided by log(1/alpha): where the log-linear growth of the coefficient, extrapolated, meets its
        plateau value.

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    One joiner; minimisers unique; g not 0, sign(beta) = -sign(g); plateaus long against epsilon.

    Source
    ------
    Claim DIAG-10 (this project), step 1. One coordinate: derived step by step in ``derivation("DIAG-10")``.

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(corrected_jump_time(), T=0, s=0, g=-1, beta=1)
    epsilon*log(2)/2 + 1
    """
    return sym.T + (sign(sym.beta) * pinned_level(convention) - sym.s) / -sym.g


def active_kick() -> Expr:
    r"""Move of the dual variable of a coordinate that is active before and after the jump.

    .. math:: \Delta s_j = \operatorname{sign}(\beta_j)\,\frac\varepsilon2\,
              \log\left|\frac{\beta_j^{(k)}}{\beta_j^{(k-1)}}\right|

    Returns
    -------
    Expr in beta = coefficient at the saddle reached, beta_0 = at the saddle left, epsilon = 1/log(1/alpha)
        The joiner's own move is 0, by the definition of the jump time.

    Hypotheses
    ----------
    The coefficient keeps its sign. Up to O(alpha**4); the same in both conventions.

    Source
    ------
    Claim DIAG-10 (this project), step 2.

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(active_kick(), beta=2, beta_0=1)
    epsilon*log(2)/2
    """
    return sign(sym.beta) * sym.epsilon / 2 * (log(Abs(sym.beta)) - log(Abs(sym.beta_previous)))


def dormant_kick() -> MatrixExpr:
    r"""Move of the dual variables of the dormant coordinates across a jump.

    .. math:: \Delta s_{\mathcal D} = G_{\mathcal D\mathcal A}\,G_{\mathcal A\mathcal A}^{-1}\,\Delta s_{\mathcal A}

    Returns
    -------
    MatrixExpr (d, 1) in G_DA (d, A), G_AA (A, A), Delta_s_A (A, 1)

    Hypotheses
    ----------
    A is the old active set with the joiner, leavers *included*; G_AA invertible (else its pseudo-inverse).

    Source
    ------
    Claim DIAG-10 (this project), step 3. Derived step by step in ``derivation("DIAG-10")``.

    Examples
    --------
    >>> dormant_kick()
    G_DA*G_AA**(-1)*Delta_s_A
    """
    return sym.gram_dormant_active * sym.gram_active.I * sym.kick_active


def leaver_level(convention: Convention = "paper") -> Expr:
    r"""Size of the dual variable from which a coordinate that leaves at a jump drifts off.

    .. math:: |s_l| = 1 + \frac\varepsilon2\,(\log2 + I_l)

    Returns
    -------
    Expr in I = intercept of the leaver's final decay of log|beta| along the Lotka-Volterra orbit,
    epsilon = 1/log(1/alpha)

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    As `corrected_jump_time`, with leavers.

    Source
    ------
    Claim DIAG-10 (this project).

    Examples
    --------
    >>> leaver_level("slides")
    epsilon*(I + log(4))/2 + 1
    """
    return 1 + sym.epsilon / 2 * (_offset(convention) + sym.I)


def leaver_kick() -> Expr:
    r"""Move of the dual variable of a coordinate that leaves at a jump.

    .. math:: \Delta s_l = \operatorname{sign}(\beta_l^{(k-1)})\,\frac\varepsilon2\,
              \big(I_l - \log|\beta_l^{(k-1)}|\big)

    Returns
    -------
    Expr in I = intercept (see `leaver_level`), beta_0 = coefficient at the saddle left, epsilon = 1/log(1/alpha)

    Hypotheses
    ----------
    As `leaver_level`; the same in both conventions.

    Source
    ------
    Claim DIAG-10 (this project).

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(leaver_kick(), beta_0=1)
    I*epsilon/2
    """
    return sign(sym.beta_previous) * sym.epsilon / 2 * (sym.I - log(Abs(sym.beta_previous)))
