"""Families of neurons whose loss tends to an infimum that no neurons attain: as they merge, their weights diverge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError

__all__ = ["degenerate_fit"]

_Floats = NDArray[np.float64]


def degenerate_fit(neurons: int, distance: float, *, quarter: bool = False) -> _Floats:
    r"""Incoming weights of a family that is explicit in its distance from the limit.

    At a generic frequency the losses tend to 5/9 for two neurons, 1/6 for four, 0 for five; at p/4 to 3/8 for two and 0
    for three. Four neurons, and the two and three at p/4, rest on one trick: to first order the effects of stretching
    one input against the other cancel, or vanish at p/4, so that turns count that are of second order.

    Parameters
    ----------
    neurons : int
    distance : float
        h > 0; the loss exceeds its limit by a term of order h or higher.
    quarter : bool
        The frequency is p/4.

    Returns
    -------
    (neurons, 4) forms, as `FitSystem` has them

    Raises
    ------
    InputError
        If there is no such family, or the distance is not between 0 and 1/2.

    Examples
    --------
    >>> from agf_theory.numeric.modular.fit_system import fit_system
    >>> system = fit_system()
    >>> round(system.relative_loss(system.squares(degenerate_fit(2, 1e-3))), 5)
    0.55556
    """
    if not 0 < distance < 0.5:
        raise InputError(f"distance must lie between 0 and 1/2, got {distance}")
    families = {
        (2, False): _turned_pair,
        (4, False): _stretched_pairs,
        (5, False): _five,
        (2, True): _stretched_pair_at_a_quarter,
        (3, True): _three_at_a_quarter,
    }
    if (neurons, quarter) not in families:
        raise InputError(
            f"no degenerate family of {neurons} neurons at a {'quarter' if quarter else 'generic'} frequency"
        )
    return families[neurons, quarter](distance)


def _form(size_u: float, turn_u: float, size_v: float, turn_v: float) -> list[float]:
    """size_u cos(A - turn_u) + size_v cos(B - turn_v)."""
    return [
        size_u * np.cos(turn_u),
        size_u * np.sin(turn_u),
        size_v * np.cos(turn_v),
        size_v * np.sin(turn_v),
    ]


def _turned_pair(h: float) -> _Floats:
    return np.array([_form(1, h, 1, h), _form(1, -h, 1, -h)])


def _stretched_pair(h: float, base_u: float, base_v: float, sign: int = 1) -> list[list[float]]:
    """Two neurons, u stretched in one and v in the other, turned so that only the turn of the sum differs."""
    stretch, turn = np.exp(h), h
    other = 0.5 * np.arcsin(np.sin(2 * turn) / stretch**4)
    return [
        _form(stretch, base_u + sign * other, 1 / stretch, base_v - sign * turn),
        _form(1 / stretch, base_u + sign * turn, stretch, base_v - sign * other),
    ]


def _stretched_pairs(h: float) -> _Floats:
    quarter_turn = np.pi / 2
    return np.array([*_stretched_pair(h, 0, 0), *_stretched_pair(h, quarter_turn, quarter_turn, sign=-1)])


def _stretched_pair_at_a_quarter(h: float) -> _Floats:
    return np.array(_stretched_pair(h, np.pi / 4, -np.pi / 4))


def _three_at_a_quarter(h: float) -> _Floats:
    return np.array([*_stretched_pair(h, np.pi / 4, -np.pi / 4), _form(1, 3 * np.pi / 4, 1, np.pi / 4)])


def _five(h: float) -> _Floats:
    """Four forms that diagonalise Q_c and Q_s + h^2 (3 s_a^2 - 7 c_a^2) - c_b^2/(4 h^2) at once, and cos B."""
    cosine = np.array([[0, 0, 0.5, 0], [0, 0, 0, -0.5], [0.5, 0, 0, 0], [0, -0.5, 0, 0]])
    other = np.array([[-7, 0, 0, 0.5], [0, 3, 0.5, 0], [0, 0.5, -0.25, 0], [0.5, 0, 0, 0]])
    _, vectors = np.linalg.eig(np.linalg.solve(cosine, other))
    forms = (cosine @ vectors.real).T * np.array([h, h, 1 / h, 1 / h])
    forms /= np.linalg.norm(forms, axis=1, keepdims=True)
    return np.vstack([forms, [0, 0, 1, 0]])
