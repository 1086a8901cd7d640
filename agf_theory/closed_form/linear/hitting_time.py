"""When a dormant neuron of a linear network reaches norm one: bound, expansion, enclosure (LIN-05, LIN-06)."""

from __future__ import annotations

from sympy import Expr, Integer, Symbol, exp, log, sqrt

from agf_theory.closed_form import symbols as sym

__all__ = [
    "aligned_jump_time",
    "dormant_jump_time",
    "dormant_jump_time_lower",
    "dormant_jump_time_upper",
    "dormant_later_term",
    "initial_overlap",
    "other_eigenvalues",
]


def aligned_jump_time() -> Expr:
    r"""Jump time of a neuron that starts at a maximiser of the utility; no other neuron of its norm is earlier.

    .. math:: t_{\rm jump}\ge\frac{\mathcal L}{\sigma_1},\qquad \mathcal L=-\log\|\theta(0)\|

    Returns
    -------
    Expr in L = log(1/norm at the start), sigma_1 = largest singular value of the residual
        Flow time with rate 1.

    Hypotheses
    ----------
    Residual frozen and not zero; norm at the start below one. Equality iff theta(0) lies in the span of the growing
    eigenvectors of sigma_1.

    Source
    ------
    [kunin2025], linear networks, for aligned neurons; claim LIN-05. Derived step by step in ``derivation("LIN-05")``.

    Examples
    --------
    >>> aligned_jump_time()
    L/sigma_1
    """
    return sym.log_inverse / sym.sigma_1


def initial_overlap(multiplicity: int = 1) -> Expr:
    r"""Size of the projection of the unit start on the growing eigenvectors of the largest singular value.

    .. math:: \|z_1\| = \Big(\sum_{i\le m}\tfrac12(\alpha_i+\omega_i)^2\Big)^{1/2},\qquad
              \alpha_i=u_i^\top\hat a,\ \omega_i=v_i^\top\hat w

    Parameters
    ----------
    multiplicity : int
        Of the largest singular value.

    Returns
    -------
    Expr in alpha_i, omega_i, i = 1, ..., multiplicity

    Hypotheses
    ----------
    u_i, v_i matched singular vectors of the largest singular value.

    Source
    ------
    This project; claim LIN-06. Derived step by step in ``derivation("LIN-06")``.

    Examples
    --------
    >>> initial_overlap()
    sqrt(2)*Abs(alpha_1 + omega_1)/2
    """
    coefficients = [
        (Symbol(f"alpha_{i}", real=True), Symbol(f"omega_{i}", real=True)) for i in range(1, multiplicity + 1)
    ]
    return sqrt(sum(((alpha + omega) ** 2 / 2 for alpha, omega in coefficients), Integer(0)))


def other_eigenvalues(count: int) -> tuple[tuple[Symbol, Symbol], ...]:
    r"""Symbols for the eigenvalues of M(R) below the largest, and for the projections of the unit start on them.

    Returns
    -------
    `count` pairs (lambda_j, z_j)
        lambda_j is a smaller singular value (growing), 0 (kernel), or minus a singular value (decaying).

    Examples
    --------
    >>> other_eigenvalues(2)
    ((lambda_2, z_2), (lambda_3, z_3))
    """
    return tuple((Symbol(f"lambda_{j}", real=True), Symbol(f"z_{j}", nonnegative=True)) for j in range(2, count + 2))


def dormant_later_term() -> Expr:
    r"""Squared projection on another eigenvector of M(R) at the leading jump time: what is left out of it.

    .. math:: q_j = z_j^2\,z_1^{-2\lambda_j/\sigma_1}\,\varepsilon^{2-2\lambda_j/\sigma_1}

    Returns
    -------
    Expr in z_2, lambda_2 = the other eigenvalue, z_1, sigma_1, L = log(1/epsilon)

    Hypotheses
    ----------
    As `dormant_jump_time`; lambda_2 < sigma_1.

    Source
    ------
    This project; claim LIN-06. Derived step by step in ``derivation("LIN-06")``.

    Examples
    --------
    >>> dormant_later_term().subs(sym.log_inverse, 0)
    z_2**2*exp(-2*lambda_2*log(z_1)/sigma_1)
    """
    ((eigenvalue, overlap),) = other_eigenvalues(1)
    ratio = eigenvalue / sym.sigma_1
    return overlap**2 * exp(-2 * ratio * log(sym.z_1) - 2 * (1 - ratio) * sym.log_inverse)


def dormant_jump_time(others: int = 1) -> Expr:
    r"""Jump time of a dormant neuron from a small start, with its first correction.

    .. math:: t_{\rm jump} = \frac1{\sigma_1}\Big[\mathcal L+\log\frac1{z_1}\Big]-\frac1{2\sigma_1}\sum_jq_j,\qquad
              q_j = z_j^2\,z_1^{-2\lambda_j/\sigma_1}\,\varepsilon^{2-2\lambda_j/\sigma_1}

    Parameters
    ----------
    others : int
        Number of eigenvalues of M(R) below sigma_1 that are taken along: smaller singular values give the large terms,
        the kernel and the decaying modes terms of order epsilon**2 and beyond.

    Returns
    -------
    Expr in L, sigma_1, z_1 = size of the projection on the top growing eigenvectors, lambda_j, z_j
        Flow time with rate 1.

    Hypotheses
    ----------
    Residual frozen; theta(0) = epsilon times a start of which z_1, z_j are the projections; z_1 not 0. With all terms,
    and q their sum, off by at most 2 q**2/(2 sigma_1) where q <= 1/15; see `dormant_jump_time_lower`.

    Source
    ------
    This project; claim LIN-06. Derived step by step in ``derivation("LIN-06")``.

    Examples
    --------
    >>> dormant_jump_time(0)
    (L - log(z_1))/sigma_1
    """
    ((eigenvalue, overlap),) = other_eigenvalues(1)
    term = dormant_later_term()
    total = sum((term.subs({eigenvalue: other, overlap: z}) for other, z in other_eigenvalues(others)), Integer(0))
    return (sym.log_inverse - log(sym.z_1)) / sym.sigma_1 - total / (2 * sym.sigma_1)


def dormant_jump_time_lower() -> Expr:
    r"""A time before which the neuron has not jumped, from the sum q of all later terms.

    .. math:: t_{\rm jump}\ge\frac1{\sigma_1}\Big[\mathcal L+\log\frac1{z_1}-\frac12\log\frac2{1+\sqrt{1-4q}}\Big]

    Returns
    -------
    Expr in L, sigma_1, z_1, q = sum of `dormant_later_term` over all other eigenvalues

    Hypotheses
    ----------
    As `dormant_jump_time`; q <= 1/4; norm at the start below one.

    Source
    ------
    This project; claim LIN-06. Derived step by step in ``derivation("LIN-06")``.

    Examples
    --------
    >>> dormant_jump_time_lower().subs(sym.later_terms, 0)
    (L - log(z_1))/sigma_1
    """
    catalan = 2 / (1 + sqrt(1 - 4 * sym.later_terms))
    return (sym.log_inverse - log(sym.z_1) - log(catalan) / 2) / sym.sigma_1


def dormant_jump_time_upper() -> Expr:
    r"""A time by which the neuron has jumped, from the sum q of all later terms.

    .. math:: t_{\rm jump}\le\frac1{\sigma_1}\Big[\mathcal L+\log\frac1{z_1}-\frac12\log(1+q)\Big]

    Returns
    -------
    Expr in L, sigma_1, z_1, q = sum of `dormant_later_term` over all other eigenvalues

    Hypotheses
    ----------
    As `dormant_jump_time`; any q.

    Source
    ------
    This project; claim LIN-06. Derived step by step in ``derivation("LIN-06")``.

    Examples
    --------
    >>> dormant_jump_time_upper().subs(sym.later_terms, 0)
    (L - log(z_1))/sigma_1
    """
    return (sym.log_inverse - log(sym.z_1) - log(1 + sym.later_terms) / 2) / sym.sigma_1
