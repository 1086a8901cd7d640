"""The angle between the layers of a network on one-dimensional data, and what it contributes (TM-06, TM-07, TM-10)."""

from __future__ import annotations

from sympy import Abs, Expr, log, sqrt

from agf_theory.closed_form import symbols as sym

__all__ = [
    "alignment_change_bound",
    "alignment_cosine",
    "alignment_of_growth",
    "alignment_share",
    "balanced_change_bound",
    "final_alignment",
    "product_of_norms",
    "rescaling_change",
    "rescaling_change_bound",
    "rescaling_share",
]


def alignment_cosine() -> Expr:
    r"""Cosine of the angle between u and v, from the output.

    .. math:: \zeta=\frac{u\cdot v}{\|u\|\|v\|}=\frac f{\sqrt{f^2+\kappa^2}}

    Returns
    -------
    Expr in f, kappa_f = kappa

    Hypotheses
    ----------
    Neither layer is zero.

    Source
    ------
    This project; claim TM-06. Derived step by step in ``derivation("TM-06")``.

    Examples
    --------
    >>> alignment_cosine()
    f/sqrt(f**2 + kappa_f**2)
    """
    return sym.output / sqrt(sym.output**2 + sym.area**2)


def product_of_norms() -> Expr:
    r"""Product of the norms of the layers in units of the output.

    .. math:: \gamma\xi\|u\|\|v\|=\sqrt{f^2+\kappa^2}

    Returns
    -------
    Expr in f, kappa_f

    Source
    ------
    This project; claim TM-06. Derived step by step in ``derivation("TM-06")``.

    Examples
    --------
    >>> product_of_norms().subs(sym.output, 0)
    kappa_f
    """
    return sqrt(sym.output**2 + sym.area**2)


def final_alignment() -> Expr:
    r"""Cosine at the end.

    .. math:: \zeta_\infty=\frac{\bar y}{\sqrt{\bar y^2+\kappa^2}}

    Returns
    -------
    Expr in y_bar, kappa_f

    Hypotheses
    ----------
    The output ends at the target (TM-08); not both y_bar and kappa are zero.

    Source
    ------
    This project; claim TM-06. Derived step by step in ``derivation("TM-06")``.

    Examples
    --------
    >>> final_alignment()
    y_bar/sqrt(kappa_f**2 + y_bar**2)
    """
    return alignment_cosine().subs(sym.output, sym.target)


def alignment_of_growth() -> Expr:
    r"""Cosine of the angle, once the growth factor is known.

    .. math:: \zeta=\frac{P\rho-N/\rho}{\sqrt{(P\rho+N/\rho)^2-4c^2}}

    Returns
    -------
    Expr in P_f, N_f, c_f = c, rho_f = rho

    Source
    ------
    This project; claim TM-06. Derived step by step in ``derivation("TM-06")``.

    Examples
    --------
    >>> alignment_of_growth().subs({sym.layer_gap: 0, sym.shrinking_square: 0})
    1
    """
    growing, shrinking = sym.growing_square * sym.growth_factor, sym.shrinking_square / sym.growth_factor
    return (growing - shrinking) / sqrt((growing + shrinking) ** 2 - 4 * sym.layer_gap**2)


def rescaling_share() -> Expr:
    r"""Share of the layers' norms in a small relative change of the output.

    .. math:: \frac{d\log(\|u\|\|v\|)}{d\log|f|}=\zeta^2

    Returns
    -------
    Expr in zeta_f = zeta

    Hypotheses
    ----------
    The output is not zero.

    Source
    ------
    This project; claim TM-07. Derived step by step in ``derivation("TM-07")``.

    Examples
    --------
    >>> rescaling_share()
    zeta_f**2
    """
    return sym.layer_cosine**2


def alignment_share() -> Expr:
    r"""Share of the angle in a small relative change of the output: alignment, or disalignment where it falls.

    .. math:: \frac{d\log|\zeta|}{d\log|f|}=1-\zeta^2

    Returns
    -------
    Expr in zeta_f

    Hypotheses
    ----------
    The output is not zero.

    Source
    ------
    This project; claim TM-07. Derived step by step in ``derivation("TM-07")``.

    Examples
    --------
    >>> alignment_share()
    1 - zeta_f**2
    """
    return 1 - sym.layer_cosine**2


def rescaling_change() -> Expr:
    r"""Total change of the logarithm of the product of the norms.

    .. math:: \tfrac12\log\frac{\bar y^2+\kappa^2}{f_0^2+\kappa^2}

    Returns
    -------
    Expr in y_bar, f_0, kappa_f

    Hypotheses
    ----------
    The output ends at the target (TM-08). At any other time, and at a saddle, the output there stands for y_bar.

    Source
    ------
    This project; claim TM-07. Derived step by step in ``derivation("TM-07")``.

    Examples
    --------
    >>> rescaling_change().subs(sym.target, sym.output_start)
    0
    """
    return log((sym.target**2 + sym.area**2) / (sym.output_start**2 + sym.area**2)) / 2


def alignment_change_bound() -> Expr:
    r"""Bound of all change of the cosine.

    .. math:: |\zeta_\infty-\zeta_0|\le\frac{|\bar y-f_0|}\kappa

    Returns
    -------
    Expr in y_bar, f_0, kappa_f

    Hypotheses
    ----------
    kappa > 0.

    Source
    ------
    This project; claim TM-10. Derived step by step in ``derivation("TM-10")``.

    Examples
    --------
    >>> alignment_change_bound()
    Abs(f_0 - y_bar)/kappa_f
    """
    return Abs(sym.target - sym.output_start) / sym.area


def rescaling_change_bound() -> Expr:
    r"""Bound of all change of the logarithm of the product of the norms.

    .. math:: \Big|\log\frac{\|u\|\|v\|}{\|u_0\|\|v_0\|}\Big|\le\frac{|\bar y^2-f_0^2|}{2\kappa^2}

    Returns
    -------
    Expr in y_bar, f_0, kappa_f

    Hypotheses
    ----------
    kappa > 0.

    Source
    ------
    This project; claim TM-10. Derived step by step in ``derivation("TM-10")``.

    Examples
    --------
    >>> rescaling_change_bound()
    Abs(f_0**2 - y_bar**2)/(2*kappa_f**2)
    """
    return Abs(sym.target**2 - sym.output_start**2) / (2 * sym.area**2)


def balanced_change_bound() -> Expr:
    r"""Bound of all change of the cosine by the spread, for layers that are not too far from balance.

    .. math:: |\zeta_\infty-\zeta_0|\le\sqrt{4+B^2}\,\frac{|\bar y-f_0|}\Lambda\qquad(g|c|\le B\kappa)

    Returns
    -------
    Expr in B_f = B, y_bar, f_0, Lambda_f = Lambda
        Zero in the limit of the kernel phase, in which Lambda grows beyond y_bar and f_0.

    Hypotheses
    ----------
    kappa > 0; g |c| <= B kappa.

    Source
    ------
    This project; claim TM-10. Derived step by step in ``derivation("TM-10")``.

    Examples
    --------
    >>> balanced_change_bound().subs(sym.balance, 0)
    2*Abs(f_0 - y_bar)/Lambda_f
    """
    return sqrt(4 + sym.balance**2) * Abs(sym.target - sym.output_start) / sym.spread_f
