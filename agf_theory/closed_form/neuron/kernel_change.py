"""How much the tangent kernel of a neuron on whitened data changes: along the flow, and to its end (SN-16, SN-18)."""

from __future__ import annotations

from sympy import Expr, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.neuron.conservation import total_size

__all__ = [
    "balanced_kernel_change",
    "delayed_kernel_change",
    "final_kernel_change",
    "final_kernel_growth",
    "kernel_distance_square",
    "kernel_square",
    "lazy_kernel_bound",
]


def _start_and_end() -> tuple[Expr, Expr]:
    """q at the start and at the end."""
    return total_size().subs(sym.map_norm, sym.map_norm_0), total_size().subs(sym.map_norm, sym.goal_norm)


def kernel_square() -> Expr:
    r"""Squared Frobenius norm of the tangent kernel at the start.

    .. math:: \|K_0\|_F^2=\operatorname{tr}M_0^2=(d-1)a_0^4+(a_0^2+\|w_0\|^2)^2

    Returns
    -------
    Expr in a_0, w_par, w_perp = parts of w along the goal and across it, d_x = d, the number of inputs

    Hypotheses
    ----------
    Whitened data, X^T X = I; rates of one.

    Source
    ------
    This project; claim SN-16. Derived step by step in ``derivation("SN-16")``.

    Examples
    --------
    >>> kernel_square().subs({sym.outer_0: 1, sym.parallel_0: 0, sym.across_0: 0})
    d_x
    """
    outer = sym.outer_0**2
    return (sym.inputs - 1) * outer**2 + (outer + sym.parallel_0**2 + sym.across_0**2) ** 2


def kernel_distance_square() -> Expr:
    r"""Squared Frobenius norm of what the tangent kernel has changed by, at weights of the flow.

    .. math:: \|K-K_0\|_F^2=(d+3)(a^2-a_0^2)^2+2\,(w_\parallel w_{\perp0}-w_\perp w_{\parallel0})^2

    Growth of the weights, and the area that w spans with its start. With the weights of SN-07 it is the change along
    the flow in closed form.

    Returns
    -------
    Expr in a, z_par, z_perp = parts of w now; a_0, w_par, w_perp = those at the start; d_x = d

    Hypotheses
    ----------
    As `kernel_square`.

    Source
    ------
    This project; claim SN-16. Derived step by step in ``derivation("SN-16")``.

    Examples
    --------
    >>> kernel_distance_square().subs({sym.outer_0: 0, sym.parallel_0: 0})
    a**4*(d_x + 3) + 2*w_perp**2*z_par**2
    """
    grown = sym.outer_weight**2 - sym.outer_0**2
    swept = sym.parallel * sym.across_0 - sym.across * sym.parallel_0
    return (sym.inputs + 3) * grown**2 + 2 * swept**2


def final_kernel_change() -> Expr:
    r"""Relative change of the tangent kernel from the start to the goal.

    .. math:: \frac{\|K_\infty-K_0\|_F}{\|K_0\|_F}
              =\sqrt{\frac{(d+3)(q_\infty-q_0)^2+2(q_\infty-\delta)(q_0-\delta)(1-\phi_0^2)}
              {4q_0^2+(d-1)(q_0+\delta)^2}},\qquad q_0=\sqrt{\delta^2+4r_0^2},\ q_\infty=\sqrt{\delta^2+4b^2}

    Returns
    -------
    Expr in delta, b, r_0 = the norm of the map at the start, phi_0 = the size of the cosine there, d_x = d

    Hypotheses
    ----------
    As `kernel_square`; chi is not zero.

    Source
    ------
    This project; claim SN-16. Derived step by step in ``derivation("SN-16")``.

    Examples
    --------
    >>> final_kernel_change().subs({sym.map_norm_0: sym.goal_norm, sym.cosine_0: 1})
    0
    """
    first, last = _start_and_end()
    delta = sym.neuron_imbalance
    turned = 2 * (last - delta) * (first - delta) * (1 - sym.cosine_0**2)
    change = (sym.inputs + 3) * (last - first) ** 2 + turned
    return sqrt(change / (4 * first**2 + (sym.inputs - 1) * (first + delta) ** 2))


def final_kernel_growth() -> Expr:
    r"""Norm of the tangent kernel at the goal over that at the start.

    .. math:: \frac{\|K_\infty\|_F}{\|K_0\|_F}
              =\sqrt{\frac{4q_\infty^2+(d-1)(q_\infty+\delta)^2}{4q_0^2+(d-1)(q_0+\delta)^2}}

    Returns
    -------
    Expr in delta, b, r_0, d_x = d
        At delta = 0 it is b/r_0.

    Hypotheses
    ----------
    As `final_kernel_change`.

    Source
    ------
    This project; claim SN-16. Derived step by step in ``derivation("SN-16")``.

    Examples
    --------
    >>> final_kernel_growth().subs({sym.map_norm_0: sym.goal_norm})
    1
    """
    first, last = _start_and_end()
    delta, more = sym.neuron_imbalance, sym.inputs - 1
    return sqrt((4 * last**2 + more * (last + delta) ** 2) / (4 * first**2 + more * (first + delta) ** 2))


def lazy_kernel_bound() -> Expr:
    r"""Bound of the relative change upstream; also its leading order far upstream.

    .. math:: \frac{\|K_\infty-K_0\|_F}{\|K_0\|_F}
              \le\frac1{\delta^2}\sqrt{\frac{(d+3)(b^2-r_0^2)^2+2b^2r_0^2(1-\phi_0^2)}d}

    Returns
    -------
    Expr in delta, b, r_0, phi_0, d_x = d
        At most twice (b^2 + r_0^2)/delta^2, whatever d.

    Hypotheses
    ----------
    As `final_kernel_change`; delta > 0.

    Source
    ------
    This project; claim SN-18. Derived step by step in ``derivation("SN-18")``.

    Examples
    --------
    >>> lazy_kernel_bound().subs({sym.map_norm_0: 0, sym.inputs: 1})
    2*b**2/delta**2
    """
    goal, first = sym.goal_norm**2, sym.map_norm_0**2
    square = (sym.inputs + 3) * (goal - first) ** 2 + 2 * goal * first * (1 - sym.cosine_0**2)
    return sqrt(square / sym.inputs) / sym.neuron_imbalance**2


def balanced_kernel_change() -> Expr:
    r"""Relative change of a balanced neuron, delta = 0: about b/r_0 from a small start.

    .. math:: \frac{\|K_\infty-K_0\|_F}{\|K_0\|_F}
              =\sqrt{\Big(\frac b{r_0}-1\Big)^2+\frac{2b(1-\phi_0^2)}{(d+3)r_0}}

    Returns
    -------
    Expr in b, r_0, phi_0, d_x = d
        Exact for every r_0.

    Hypotheses
    ----------
    As `final_kernel_change`; delta = 0.

    Source
    ------
    This project; claim SN-18. Derived step by step in ``derivation("SN-18")``.

    Examples
    --------
    >>> balanced_kernel_change().subs({sym.cosine_0: 1, sym.goal_norm: 10, sym.map_norm_0: 1})
    9
    """
    ratio = sym.goal_norm / sym.map_norm_0
    return sqrt((ratio - 1) ** 2 + 2 * ratio * (1 - sym.cosine_0**2) / (sym.inputs + 3))


def delayed_kernel_change() -> Expr:
    r"""Relative change far downstream, in the limit: the kernel turns, and does not grow.

    .. math:: \frac{\|K_\infty-K_0\|_F}{\|K_0\|_F}\to\sqrt{2(1-\phi_0^2)}

    Returns
    -------
    Expr in phi_0
        As delta tends to minus infinity; what is left is of the order of delta^-2.

    Hypotheses
    ----------
    As `final_kernel_change`.

    Source
    ------
    This project; claim SN-18. Derived step by step in ``derivation("SN-18")``.

    Examples
    --------
    >>> delayed_kernel_change().subs(sym.cosine_0, 1)
    0
    """
    return sqrt(2 * (1 - sym.cosine_0**2))
