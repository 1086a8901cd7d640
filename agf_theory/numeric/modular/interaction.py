r"""How neurons act on one another: moments over all pairs (a, b) from means over a and over b alone.

With :math:`s_i=g_i(a)+h_i(b)`, :math:`g_i(a)=u_i\cdot x_a`, :math:`h_i(b)=v_i\cdot x_b`, the loss holds
:math:`\tfrac12\sum_{ij}(w_i\cdot w_j)\,\mathbb E[s_i^2s_j^2]`. As a and b are independent, nothing of size p² is
needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Responses", "pair_moments", "pulls"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Responses:
    """What neurons answer to the inputs.

    Attributes
    ----------
    g, h : (H, p)
        u·x_a and v·x_b.
    g_squared, h_squared : (H, p)
    mean_g, mean_h, mean_g_squared, mean_h_squared : (H,)
    centred : bool
        Whether the means of g and h are zero by the template, so that their terms are left out.
    """

    g: Array
    h: Array
    centred: bool
    g_squared: Array
    h_squared: Array
    mean_g: Array
    mean_h: Array
    mean_g_squared: Array
    mean_h_squared: Array

    @classmethod
    def of(cls, g: Array, h: Array, *, centred: bool = False) -> Responses:
        """Of values g and h."""
        gg, hh, p = g * g, h * h, g.shape[1]
        means = [each.sum(axis=1) / p for each in (g, h, gg, hh)]
        return cls(g, h, centred, gg, hh, *means)

    def swapped(self) -> Responses:
        """With the two inputs exchanged."""
        means = (self.mean_h, self.mean_g, self.mean_h_squared, self.mean_g_squared)
        return Responses(self.h, self.g, self.centred, self.h_squared, self.g_squared, *means)


def pair_moments(one: Responses, other: Responses) -> Array:
    """E[s_i² s_j²] over all pairs, (I, J), for i of one group of neurons and j of another."""
    p = one.g.shape[1]
    found = (one.g_squared @ other.g_squared.T + one.h_squared @ other.h_squared.T) / p
    found += np.outer(one.mean_g_squared, other.mean_h_squared) + np.outer(one.mean_h_squared, other.mean_g_squared)
    found += 4 / p**2 * (one.g @ other.g.T) * (one.h @ other.h.T)
    if not one.centred:
        found += 2 / p * (one.g_squared @ other.g.T) * other.mean_h
        found += 2 / p * (one.g @ other.g_squared.T) * one.mean_h[:, None]
        found += 2 / p * (one.h_squared @ other.h.T) * other.mean_g
        found += 2 / p * (one.h @ other.h_squared.T) * one.mean_g[:, None]
    return np.asarray(found)


def pulls(one: Responses, other: Responses, weights: Array) -> tuple[Array, Array]:
    """Σ_j weights[i, j] ∂E[s_i² s_j²]/∂g_i(a), (I, p), and the same for h_i(b); j is held fixed where i = j too."""
    return _pull(one, other, weights), _pull(one.swapped(), other.swapped(), weights)


def _pull(one: Responses, other: Responses, weights: Array) -> Array:
    """2/p Σ_j weights[i, j] E_b[s_i s_j²]."""
    p = one.g.shape[1]
    squares = weights @ other.g_squared
    found = one.g * (squares + (weights @ other.mean_h_squared)[:, None])
    found += 2 / p * (weights * (one.h @ other.h.T)) @ other.g
    if not one.centred:
        found += 2 * one.g * ((weights * other.mean_h) @ other.g) + one.mean_h[:, None] * squares
        found += (weights * (one.h @ other.h_squared.T)).sum(axis=1, keepdims=True) / p
    return np.asarray(2 / p * found)
