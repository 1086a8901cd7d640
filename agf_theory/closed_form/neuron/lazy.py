"""The lazy regime: far upstream the map goes straight to its goal at rate delta (SN-17)."""

from __future__ import annotations

from typing import Literal

from sympy import Expr, Max, exp, sqrt

from agf_theory.closed_form import symbols as sym

__all__ = ["lazy_correction", "lazy_distance_bound", "lazy_map"]

Part = Literal["along", "across"]


def _errors() -> tuple[Expr, Expr]:
    """Parts of the map less its goal at the start, along the goal and across it."""
    return sym.outer_0 * sym.parallel_0 - sym.goal_norm, sym.outer_0 * sym.across_0


def lazy_map(part: Part = "along") -> Expr:
    r"""The straight path.

    .. math:: \beta_*+(\beta_0-\beta_*)e^{-\delta t}

    Parameters
    ----------
    part : {"along", "across"}
        Of the map, along the goal or across it.

    Returns
    -------
    Expr in a_0, w_par, w_perp = parts of w along the goal and across it, b, delta, t
        The part across has the sign of a_0.

    Hypotheses
    ----------
    Whitened data, rates of one; delta > 0.

    Source
    ------
    This project; claim SN-17. Derived step by step in ``derivation("SN-17")``.

    Examples
    --------
    >>> lazy_map().subs(sym.t, 0)
    a_0*w_par
    """
    along, across = _errors()
    fallen = exp(-sym.neuron_imbalance * sym.t)
    return sym.goal_norm + along * fallen if part == "along" else across * fallen


def lazy_distance_bound() -> Expr:
    r"""Bound of the distance between the map and the straight path.

    .. math:: \|\beta(t)-\beta_*-(\beta_0-\beta_*)e^{-\delta t}\|
              \le\frac{2R^2\|\beta_0-\beta_*\|}{\delta}\,t\,e^{-\delta t},
              \qquad R=\max(b,\|\beta_0\|)

    Returns
    -------
    Expr in a_0, w_par, w_perp, b, delta, t
        At most :math:`2R^2\|\beta_0-\beta_*\|/(e\delta^2)`, at t = 1/delta.

    Hypotheses
    ----------
    As `lazy_map`.

    Source
    ------
    This project; claim SN-17. Derived step by step in ``derivation("SN-17")``.

    Examples
    --------
    >>> lazy_distance_bound().subs(sym.t, 0)
    0
    """
    along, across = _errors()
    largest = Max(sym.goal_norm**2, sym.outer_0**2 * (sym.parallel_0**2 + sym.across_0**2))
    delta, t = sym.neuron_imbalance, sym.t
    return 2 * largest * sqrt(along**2 + across**2) * t * exp(-delta * t) / delta


def lazy_correction(part: Part = "along") -> Expr:
    r"""What is added to the straight path to the next order; what is left is of the order of delta^-4.

    .. math:: -\frac{e^{-\tau}}{\delta^2}\Big\{e_0
              \big[b^2\tau+3\,\beta_*\!\cdot e_0(1-e^{-\tau})+\|e_0\|^2(1-e^{-2\tau})\big]
              +\beta_*\big[\beta_*\!\cdot e_0\,\tau+\|e_0\|^2(1-e^{-\tau})\big]\Big\},
              \qquad e_0=\beta_0-\beta_*,\ \tau=\delta t

    Parameters
    ----------
    part : {"along", "across"}

    Returns
    -------
    Expr in a_0, w_par, w_perp, b, delta, t

    Hypotheses
    ----------
    As `lazy_map`; the map at the start and delta t are kept while delta grows.

    Source
    ------
    This project; claim SN-17. Derived step by step in ``derivation("SN-17")``.

    Examples
    --------
    >>> lazy_correction().subs(sym.t, 0)
    0
    """
    along, across = _errors()
    b, delta = sym.goal_norm, sym.neuron_imbalance
    tau, square = delta * sym.t, along**2 + across**2
    once, twice = 1 - exp(-tau), 1 - exp(-2 * tau)
    by_error = b**2 * tau + 3 * b * along * once + square * twice
    if part == "across":
        return -exp(-tau) / delta**2 * across * by_error
    return -exp(-tau) / delta**2 * (along * by_error + b * (b * along * tau + square * once))
