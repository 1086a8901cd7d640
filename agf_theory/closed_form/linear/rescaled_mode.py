"""One mode of commuting moments on the rescaled clock, from a start that vanishes (LIN-14)."""

from __future__ import annotations

from sympy import Expr, exp

from agf_theory.closed_form import symbols as sym

__all__ = ["rescaled_mode_strength"]


def rescaled_mode_strength() -> Expr:
    r"""Strength of an aligned mode at the flow time tau*log(1/epsilon), from the start epsilon^2.

    .. math:: s(\tau L) = \frac{\sigma_k/\Lambda}
              {1+\big(\frac{\sigma_k}\Lambda e^{2L}-1\big)e^{-2\sigma_kL\tau}}

    As L grows it tends to 0 for tau < 1/sigma_k and to sigma_k/Lambda for tau > 1/sigma_k.

    Returns
    -------
    Expr in tau, sigma_k, Lambda = variance of the input along the mode, L = log(1/epsilon)

    Hypotheses
    ----------
    Commuting moments; neuron k starts at epsilon*(u_k, v_k) and hidden directions are orthogonal. Exact.

    Source
    ------
    Claim LIN-14 (this project). Derived step by step in ``derivation("LIN-14")``.

    Examples
    --------
    >>> rescaled_mode_strength().subs(sym.tau, 0)
    exp(-2*L)
    """
    final = sym.sigma_k / sym.variance
    distance = final * exp(2 * sym.log_inverse) - 1
    return final / (1 + distance * exp(-2 * sym.sigma_k * sym.log_inverse * sym.tau))
