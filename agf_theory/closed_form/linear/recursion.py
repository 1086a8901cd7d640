"""The published recursion for the staircase, in the singular values of the residuals (LIN-10)."""

from __future__ import annotations

from sympy import Add, Expr, Integer, Symbol

from agf_theory.closed_form import symbols as sym

__all__ = [
    "accumulated_exponent",
    "earliest_jump_time",
    "latest_jump_time",
    "plateau_length",
    "recursion_jump_time",
    "stage_rate",
]


def stage_rate(stage: int, position: int) -> Symbol:
    """The singular value sigma^(i)_j of the residual on plateau i, j = 1 for the largest."""
    return Symbol(f"sigma^({stage})_{position}", positive=True)


def plateau_length(number: int) -> Symbol:
    """Delta_k, the time from jump k - 1 to jump k, over log(1/epsilon)."""
    return Symbol(f"Delta_{number}", nonnegative=True)


def accumulated_exponent(k: int = 2) -> Expr:
    r"""How much the k-th effective neuron has grown by the k-th jump.

    .. math:: \sum_{i=0}^{k-2}\sigma^{(i)}_{k-i}\Delta_{i+1}+\sigma^{(k-1)}_1\Delta_k

    It becomes active when this is one.

    Returns
    -------
    Expr in sigma^(i)_j and Delta_i
        In units of log(1/epsilon).

    Hypotheses
    ----------
    None: a definition. Whether the neuron grows so is the conjecture LIN-13.

    Source
    ------
    [kunin2025], the conjecture on fully connected linear networks.

    Examples
    --------
    >>> accumulated_exponent(2)
    Delta_1*sigma^(0)_2 + Delta_2*sigma^(1)_1
    """
    return Add(*(stage_rate(i, k - i) * plateau_length(i + 1) for i in range(k)))


def recursion_jump_time(k: int = 2) -> Expr:
    r"""The k-th jump time of the recursion, in singular values alone.

    .. math:: \tau_1 = \frac1{\sigma^{(0)}_1},\qquad
              \tau_2 = \frac1{\sigma^{(0)}_1}
                       + \frac1{\sigma^{(1)}_1}\Big(1-\frac{\sigma^{(0)}_2}{\sigma^{(0)}_1}\Big),\quad\dots

    Returns
    -------
    Expr in sigma^(i)_j
        Flow time of the loss E||y - AWx||^2/2, divided by log(1/epsilon).

    Hypotheses
    ----------
    None: what `accumulated_exponent` = 1 gives for jumps 1 to k, one after the other.

    Source
    ------
    [kunin2025], the conjecture on fully connected linear networks.

    Examples
    --------
    >>> recursion_jump_time(1)
    1/sigma^(0)_1
    """
    lengths: list[Expr] = []
    for n in range(1, k + 1):
        grown = Add(*(stage_rate(i, n - i) * lengths[i] for i in range(n - 1)))
        lengths.append((Integer(1) - grown) / stage_rate(n - 1, 1))
    return Add(*lengths)


def earliest_jump_time() -> Expr:
    r"""Before this time nothing jumps.

    .. math:: \tau_k\ge\frac1{\sigma_1}

    Returns
    -------
    Expr in sigma_1, the largest singular value of Sigma_yx

    Hypotheses
    ----------
    Singular values that interlace: sigma^(i)_(j+1) <= sigma^(i+1)_j <= sigma^(i)_j.

    Source
    ------
    Claim LIN-10 (this project). Derived step by step in ``derivation("LIN-10")``.

    Examples
    --------
    >>> earliest_jump_time()
    1/sigma_1
    """
    return 1 / sym.sigma_1


def latest_jump_time() -> Expr:
    r"""By this time the k-th jump has come.

    .. math:: \tau_k\le\frac1{\sigma_k}

    Attained where the neuron grows with sigma_k on every plateau: whitened moments, commuting co-ordered ones.

    Returns
    -------
    Expr in sigma_k, the k-th singular value of Sigma_yx

    Hypotheses
    ----------
    As `earliest_jump_time`.

    Source
    ------
    Claim LIN-10 (this project). Derived step by step in ``derivation("LIN-10")``.

    Examples
    --------
    >>> latest_jump_time()
    1/sigma_k
    """
    return 1 / sym.sigma_k
