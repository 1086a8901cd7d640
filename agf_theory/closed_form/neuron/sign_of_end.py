"""When the usual form of the implicit bias holds, and where one sample takes a single linear neuron (SN-11)."""

from __future__ import annotations

from sympy import Expr, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.neuron.conservation import total_size
from agf_theory.closed_form.neuron.implicit_bias import bias_potential, start_pull

__all__ = ["one_sample_outer_square", "one_sample_side", "unrestricted_objective"]


def unrestricted_objective() -> Expr:
    r"""The objective as it is usually stated, for all starts.

    .. math:: \Psi_\delta(\beta)-\psi_\delta\,\hat\beta_0^\top\beta

    Returns
    -------
    Expr in delta, r = ||beta||, r_0 = ||beta_0||, u = beta_hat_0.beta

    Hypotheses
    ----------
    The outer weight ends with the sign it had, as it does where beta(t) is zero at no time.

    Source
    ------
    [kunin2024], a minimal model of lazy and rich learning; claim SN-11. Derived step by step in
    ``derivation("SN-11")``.

    Examples
    --------
    >>> sorted(map(str, unrestricted_objective().free_symbols))
    ['delta', 'r', 'r_0', 'u']
    """
    return bias_potential().subs(sym.total, total_size()) - start_pull() * sym.along_start


def one_sample_outer_square() -> Expr:
    r"""Where the outer weight ends on one sample of norm one: the positive root of a quadratic.

    .. math:: a_\infty^2=\tfrac12\big(\delta_x+\sqrt{\delta_x^2+4y_1^2}\big),\qquad\delta_x=a^2-(x^\top w)^2

    Returns
    -------
    Expr in delta_x, y_1

    Hypotheses
    ----------
    One sample, of norm one; `one_sample_side` is not zero, or the outer weight vanishes instead.

    Source
    ------
    This project; claim SN-11.

    Examples
    --------
    >>> one_sample_outer_square().subs({sym.sample_imbalance: 0, sym.sample_target: -3})
    3
    """
    return (sym.sample_imbalance + sqrt(sym.sample_imbalance**2 + 4 * sym.sample_target**2)) / 2


def one_sample_side() -> Expr:
    r"""A number with the sign of the outer weight at the end, on one sample of norm one; zero where that vanishes.

    .. math:: a_0a_\infty^2+y_1\,x^\top w_0

    Returns
    -------
    Expr in a_0, w_x = x.w_0, delta_x, y_1
        Where it has another sign than a_0, the outer weight passes zero, and the usual form of the bias fails.

    Hypotheses
    ----------
    One sample, of norm one.

    Source
    ------
    This project; claim SN-11.

    Examples
    --------
    >>> start = {sym.sample_imbalance: -3, sym.outer_0: 1, sym.along_sample: 2}
    >>> one_sample_side().subs({**start, sym.sample_target: -2})
    -3
    """
    return sym.outer_0 * one_sample_outer_square() + sym.sample_target * sym.along_sample
