"""When a dormant neuron activates: thresholds, bounds on the jump time, clocks (FRM-04, FRM-05)."""

from __future__ import annotations

from sympy import Expr, Integer, Piecewise, log, oo

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.framework.degree import by_degree

__all__ = [
    "blow_up",
    "jump_time_lower_bound",
    "jump_time_upper_bound",
    "limiting_threshold",
    "plateau_scale",
    "threshold",
]

_EXCESS = sym.kappa - 2


def threshold(degree: int | None = None) -> Expr | Piecewise:
    r"""Accumulated utility at which a neuron reaches norm one.

    .. math:: \mathcal S = -\tfrac1\eta\log\|\theta(0)\|\ (\kappa=2),\qquad
              \mathcal S = \frac{\|\theta(0)\|^{2-\kappa}-1}{(\kappa-2)\,\eta}\ (\kappa>2)

    Parameters
    ----------
    degree : int, optional
        A number for kappa; None leaves both cases in one `Piecewise`.

    Returns
    -------
    Expr in N_0 = ||theta(0)||, eta (and kappa)
        Negative if N_0 > 1. The second case tends to the first as kappa tends to 2.

    Raises
    ------
    HypothesisNotMet
        If degree < 2.

    Hypotheses
    ----------
    Residual frozen; 0 < N_0 < 1 for a positive threshold.

    Source
    ------
    [kunin2025], utility maximisation step; claim FRM-04. Derived step by step in ``derivation("FRM-04")``.

    Examples
    --------
    >>> threshold(2)
    -log(N_0)/eta
    >>> threshold(3)
    (-1 + 1/N_0)/eta
    """
    above = (sym.norm_0**-_EXCESS - 1) / (_EXCESS * sym.eta)
    return by_degree(-log(sym.norm_0) / sym.eta, above, degree)


def blow_up(degree: int | None = None) -> Expr | Piecewise:
    r"""Accumulated utility at which the norm would become infinite, were the residual frozen for so long.

    .. math:: \mathcal S_\infty = \frac{\|\theta(0)\|^{2-\kappa}}{(\kappa-2)\,\eta}

    Returns
    -------
    Expr in N_0 = ||theta(0)||, eta
        `threshold` plus 1/((kappa - 2) eta): norm one comes first, whatever the initial norm.

    Raises
    ------
    HypothesisNotMet
        If degree < 2. At degree 2 the norm is finite for all times and the answer is infinity.

    Source
    ------
    This project, from FRM-03.

    Examples
    --------
    >>> blow_up(3)
    1/(N_0*eta)
    """
    return by_degree(oo, sym.norm_0**-_EXCESS / (_EXCESS * sym.eta), degree)


def jump_time_lower_bound(degree: int | None = None) -> Expr | Piecewise:
    r"""No neuron reaches norm one before this time.

    .. math:: \tau \ge \frac{\mathcal S_{\rm threshold}}{\kappa\,\hat{\mathcal U}_*}

    Returns
    -------
    Expr in N_0, eta, U = maximal normalised utility (and kappa)
        Flow time with rate eta. Attained iff the neuron starts at a maximiser of the normalised utility.

    Raises
    ------
    HypothesisNotMet
        If degree < 2.

    Hypotheses
    ----------
    Residual frozen, 0 < N_0 < 1, U > 0.

    Source
    ------
    Claim FRM-05. Derived step by step in ``derivation("FRM-05")``.

    Examples
    --------
    >>> jump_time_lower_bound(2)
    -log(N_0)/(2*U*eta)
    """
    return _time_at_constant_utility(sym.U, degree)


def jump_time_upper_bound(degree: int | None = None) -> Expr | Piecewise:
    r"""A neuron with positive utility has reached norm one by this time.

    .. math:: \tau \le \frac{\mathcal S_{\rm threshold}}{\kappa\,\hat{\mathcal U}(0)}

    Returns
    -------
    Expr in N_0, eta, U_0 = normalised utility at the start (and kappa)
        Flow time with rate eta. The normalised utility never decreases while the residual is frozen.

    Raises
    ------
    HypothesisNotMet
        If degree < 2.

    Hypotheses
    ----------
    Residual frozen, 0 < N_0 < 1, U_0 > 0. A neuron that starts with negative utility has no such bound.

    Source
    ------
    Claim FRM-05. Derived step by step in ``derivation("FRM-05")``.

    Examples
    --------
    >>> jump_time_upper_bound(3)
    (-1 + 1/N_0)/(3*U_0*eta)
    """
    return _time_at_constant_utility(sym.U_0, degree)


def plateau_scale(degree: int | None = None) -> Expr | Piecewise:
    r"""Length of a plateau as the initialisation scale tends to zero; the learning rate of the rescaled clock.

    .. math:: \eta_\alpha = \log(1/\alpha)\ (\kappa=2),\qquad \eta_\alpha = \alpha^{2-\kappa}\ (\kappa>2)

    Returns
    -------
    Expr in alpha (and kappa)

    Raises
    ------
    HypothesisNotMet
        If degree < 2.

    Hypotheses
    ----------
    0 < alpha < 1.

    Source
    ------
    [kunin2025], time scales of the plateaus.

    Examples
    --------
    >>> plateau_scale(3)
    1/alpha
    """
    return by_degree(-log(sym.alpha), sym.alpha**-_EXCESS, degree)


def limiting_threshold(degree: int | None = None) -> Expr | Piecewise:
    r"""Limit of the threshold on the rescaled clock, for a neuron whose initial norm is alpha.

    .. math:: \lim_{\alpha\to0} \mathcal S_{\rm threshold}\big|_{\|\theta(0)\|=\alpha,\ \eta=\eta_\alpha}
              = 1\ (\kappa=2),\qquad \frac1{\kappa-2}\ (\kappa>2)

    Returns
    -------
    Expr in kappa, or a number
        The two cases are *not* limits of one another: the clocks differ.

    Raises
    ------
    HypothesisNotMet
        If degree < 2.

    Hypotheses
    ----------
    ||theta(0)|| = alpha. A norm C*alpha leaves the first case as it is and multiplies the second by C**(2 - kappa).

    Source
    ------
    This project, from FRM-04.

    Examples
    --------
    >>> limiting_threshold()
    Piecewise((1, Eq(kappa, 2)), (1/(kappa - 2), kappa > 2))
    """
    return by_degree(Integer(1), 1 / _EXCESS, degree)


def _time_at_constant_utility(value: Expr, degree: int | None) -> Expr | Piecewise:
    above = (sym.norm_0**-_EXCESS - 1) / (_EXCESS * sym.eta * sym.kappa * value)
    return by_degree(-log(sym.norm_0) / (2 * sym.eta * value), above, degree)
