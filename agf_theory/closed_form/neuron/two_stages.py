"""The two stages of the delayed rich regime with their errors: the norm follows at once, the direction late (SN-20)."""

from __future__ import annotations

from sympy import Abs, Expr, Rational, exp, sqrt

from agf_theory.closed_form import symbols as sym

__all__ = ["fast_stage_excess", "fast_stage_lack", "fast_stage_size", "slow_stage_lag"]


def fast_stage_size() -> Expr:
    r"""Size of the neuron, once the cosine is known: after a time 1/\|delta\| it is b phi.

    .. math:: \mu\simeq b\phi(t)-b\phi_0e^{-|\delta|t}

    Returns
    -------
    Expr in b, phi = the cosine now, phi_0 = that at the start, delta, t

    Hypotheses
    ----------
    Whitened data, rates of one; a = 0 at the start, delta < 0, 0 < phi_0 <= 1.

    Source
    ------
    This project; claim SN-20. Derived step by step in ``derivation("SN-20")``.

    Examples
    --------
    >>> fast_stage_size().subs({sym.t: 0, sym.cosine: sym.cosine_0})
    0
    """
    b = sym.goal_norm
    return b * sym.cosine - b * sym.cosine_0 * exp(-Abs(sym.neuron_imbalance) * sym.t)


def fast_stage_lack() -> Expr:
    r"""By how much less than `fast_stage_size` the size is, at most.

    .. math:: \frac2{3\sqrt3}\,\frac{b^3}{\delta^2}

    Returns
    -------
    Expr in b, delta

    Hypotheses
    ----------
    As `fast_stage_size`.

    Source
    ------
    This project; claim SN-20. Derived step by step in ``derivation("SN-20")``.

    Examples
    --------
    >>> fast_stage_lack().subs({sym.goal_norm: 3, sym.neuron_imbalance: -1})
    6*sqrt(3)
    """
    return Rational(2, 9) * sqrt(3) * sym.goal_norm**3 / sym.neuron_imbalance**2


def fast_stage_excess() -> Expr:
    r"""By how much more than `fast_stage_size` the size is, at most.

    .. math:: \frac{2b^3\phi_0}{|\delta|}\,t\,e^{-|\delta|t}

    Returns
    -------
    Expr in b, phi_0, delta, t
        At most :math:`2b^3\phi_0/(e\delta^2)`.

    Hypotheses
    ----------
    As `fast_stage_size`.

    Source
    ------
    This project; claim SN-20. Derived step by step in ``derivation("SN-20")``.

    Examples
    --------
    >>> fast_stage_excess().subs(sym.t, 0)
    0
    """
    below = Abs(sym.neuron_imbalance)
    return 2 * sym.goal_norm**3 * sym.cosine_0 * sym.t * exp(-below * sym.t) / below


def slow_stage_lag() -> Expr:
    r"""By how much the squared cosine is behind `delayed_cosine_square`, at most; it is never ahead.

    .. math:: 0\le\phi_{\rm slow}^2(t)-\phi^2(t)\le\frac{b^2}{2\delta^2}\Big(1+\frac{b^2t}{|\delta|}\Big)

    Returns
    -------
    Expr in b, delta, t

    Hypotheses
    ----------
    As `fast_stage_size`.

    Source
    ------
    This project; claim SN-20. Derived step by step in ``derivation("SN-20")``.

    Examples
    --------
    >>> slow_stage_lag().subs({sym.t: 0, sym.goal_norm: 1})
    1/(2*delta**2)
    """
    b, delta = sym.goal_norm, sym.neuron_imbalance
    return b**2 / (2 * delta**2) * (1 + b**2 * sym.t / Abs(delta))
