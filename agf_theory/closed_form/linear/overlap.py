"""The mean of the logarithm of the overlap of a random neuron with the top modes (LIN-07)."""

from __future__ import annotations

from sympy import Expr, digamma

from agf_theory.closed_form import symbols as sym

__all__ = ["mean_log_inverse_overlap"]


def mean_log_inverse_overlap() -> Expr:
    r"""Mean of log(1/overlap) for a start of uniform direction.

    .. math:: \mathbb E\log\frac1{\|z_1\|} = \tfrac12\Big(\psi\big(\tfrac n2\big)-\psi\big(\tfrac m2\big)\Big)

    So the mean jump time of a random neuron of norm epsilon is that of an aligned one plus this over sigma_1.

    Returns
    -------
    Expr in n = c + d = dimension of the neuron, m = multiplicity of the largest singular value

    Hypotheses
    ----------
    theta(0)/||theta(0)|| uniform on the unit sphere, as for independent normal entries of one variance; m <= n.

    Source
    ------
    This project; claim LIN-07. Derived step by step in ``derivation("LIN-07")``.

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(mean_log_inverse_overlap(), n=4, m=2)
    1/2
    """
    return (digamma(sym.dimension / 2) - digamma(sym.multiplicity / 2)) / 2
