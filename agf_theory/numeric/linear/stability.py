"""Whether a saddle is stable under its own active neurons: if not, how fast they leave it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.linear.adapted import AdaptedMoments
from agf_theory.numeric.linear.critical_point import change_of_gradient, gradient
from agf_theory.numeric.linear.decoupled import balanced_factors, singular_pairs
from agf_theory.numeric.linear.moments import Moments
from agf_theory.problems import LinearNetwork

__all__ = ["escape_rate", "escape_rates", "linearised_rates", "not_robust"]

Array = NDArray[np.float64]

SMALLEST = 1e-7
"""Of σ_1: a rate below it is zero within the accuracy to which saddles are known."""
AT_REST = 1e-3
"""Largest gradient, relative to Σ_yx times the weights, of a map that counts as a saddle that is nearly reached: its
escape rate is off by as much."""


def escape_rates(problem: LinearNetwork, maps: Iterable[Array]) -> Array:
    """The rate at which the active neurons leave each saddle (K, c, d) of a sequence, if anything disturbs them.

    Zero where the saddle is the best map of its rank. A positive rate g says that the stage is not robust: data that
    are off by ρ, or rounding errors of that size, end it after about log(1/ρ)/g units of flow time.

    Parameters
    ----------
    problem : LinearNetwork
    maps : iterable of matrices
        (c, d) each, critical points of the loss, as the saddles of `limiting_sequence` are.

    Returns
    -------
    (K,) array

    Examples
    --------
    >>> reversed_order = LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]])
    >>> escape_rates(reversed_order, [np.diag([0.5, 0.0]), np.diag([0.5, 2.0])]).round(5)
    array([0.20377, 0.     ])
    """
    moments = Moments.of(problem)
    return np.array([escape_rate(moments, np.asarray(found)) for found in maps])


def escape_rate(moments: Moments, found: Array) -> float:
    """Largest growth rate of the active neurons of a critical point under the flow linearised there; at least zero.

    The neurons are balanced, as they are after an initialisation that vanishes, and as many as the rank of the map.
    """
    rate = float(linearised_rates(moments, found).max(initial=0.0))
    return rate if rate > SMALLEST * float(np.linalg.norm(moments.sigma_yx, 2)) else 0.0


def linearised_rates(moments: Moments, found: Array) -> Array:
    """All rates of the flow of the active neurons linearised at a critical point; none at the zero map.

    Minus the eigenvalues of the Hessian at balanced weights, zeros of the symmetries among them.
    """
    weights = _weights(found)
    if not weights.size:
        return np.zeros(0)
    units = np.eye(weights.size).reshape(-1, *weights.shape)
    hessian = np.array([change_of_gradient(moments, weights, unit).ravel() for unit in units])
    return -np.linalg.eigvalsh((hessian + hessian.T) / 2)


def not_robust(adapted: AdaptedMoments, maps: Iterable[Array]) -> tuple[str, ...]:
    """What a reader must know of saddles, in adapted coordinates, that their own neurons leave when disturbed.

    A map that is no critical point, as that of a plateau too short to be one, is passed over.
    """
    rates = [escape_rate(adapted.moments, found) if _is_critical(adapted.moments, found) else 0.0 for found in maps]
    return tuple(
        f"saddle {k} is not robust: its own neurons leave it at rate g = {rate:.6g}; data off by a relative ρ end the "
        f"stage after about log(1/ρ)/g, rounding errors after {36 / rate:.3g} units of flow time"
        for k, rate in enumerate(rates, start=1)
        if rate > 0
    )


def _weights(found: Array) -> Array:
    return balanced_factors(singular_pairs(found, floor=1e-9 * float(np.linalg.norm(found, 2))))


def _is_critical(moments: Moments, found: Array) -> bool:
    weights = _weights(found)
    scale = float(np.linalg.norm(moments.sigma_yx, 2) * np.linalg.norm(weights))
    return bool(np.linalg.norm(gradient(moments, weights)) <= AT_REST * scale)
