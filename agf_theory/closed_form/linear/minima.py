"""The minima of a linear network: where they form a smooth manifold, and where they do not (LIN-23)."""

from __future__ import annotations

from sympy import Eq, Expr, Min, Or
from sympy.logic.boolalg import Boolean

from agf_theory.closed_form import symbols as sym

__all__ = ["minima_are_smooth", "product_jacobian_rank"]


def product_jacobian_rank() -> Expr:
    r"""Rank of the derivative of the product of the layers.

    .. math:: \operatorname{rank}\big((\dot A,\dot W)\mapsto\dot A\,W+A\,\dot W\big)
              = d_yd_x-(d_y-r_A)(d_x-r_W)

    Its image are the matrices X with :math:`P_A^\perp X P_W^\perp=0`, where the projections are those on the complement
    of the columns of A and on that of the rows of W.

    Returns
    -------
    Expr in d_y, d_x, r_A = rank A, r_W = rank W

    Hypotheses
    ----------
    None; any width.

    Source
    ------
    This project; claim LIN-23. Derived step by step in ``derivation("LIN-23")``.

    Examples
    --------
    >>> product_jacobian_rank().subs({sym.rank_outgoing: 0, sym.rank_incoming: 0})
    0
    """
    missed = (sym.outputs - sym.rank_outgoing) * (sym.inputs - sym.rank_incoming)
    return sym.outputs * sym.inputs - missed


def minima_are_smooth() -> Boolean:
    r"""Whether the weights with A W = B form a smooth submanifold.

    .. math:: \{(A,W):AW=B\}\ \text{smooth}\iff \operatorname{rank}B=\min(d_y,d_x)\ \text{or}\ \operatorname{rank}B=H

    In the first case of dimension :math:`H(d_y+d_x)-d_yd_x`: B is a regular value. In the second of dimension
    :math:`H^2`: one orbit of the changes of basis of the hidden space. Otherwise there are weights of least rank next
    to which the set looks like a flat space times :math:`\{(X,Y):XY=0\}`; for one output, one input, one neuron and
    B = 0 it is the cross :math:`aw=0`.

    Returns
    -------
    Boolean in r_B = rank B, d_y, d_x, H

    Hypotheses
    ----------
    r_B <= H and r_B <= min(d_y, d_x). Minima of the loss where Sigma_xx is definite and B the least-squares
    map, or the best map of rank H where that is the only one (then r_B = H).

    Source
    ------
    [kunin2025] states smoothness without a condition: an erratum. This project; claim LIN-23. Derived step by step in
    ``derivation("LIN-23")``.

    Examples
    --------
    >>> minima_are_smooth().subs({sym.rank_map: 0, sym.outputs: 1, sym.inputs: 1, sym.hidden: 1})
    False
    """
    full = Eq(sym.rank_map, Min(sym.outputs, sym.inputs))
    return Or(full, Eq(sym.rank_map, sym.hidden))
