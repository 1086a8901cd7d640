"""Derivative of the force on neurons: minus the Hessian of the loss, assembled neuron by neuron."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.modular.field import PopulationField
from agf_theory.numeric.modular.interaction import Responses, pair_moments

__all__ = ["derivative_of_force"]

Array = NDArray[np.float64]


def derivative_of_force(field: PopulationField, neurons: Array) -> Array:
    """The Jacobian of `field.force` at a net of N neurons: symmetric, (N, n, N, n), at a cost of O(N² p m²)."""
    count, n = neurons.shape
    m, rows, each = field.coordinates.size, field.coordinates.responses, np.arange(count)
    u, v, w = slice(0, m), slice(m, 2 * m), slice(2 * m, None)
    weights = neurons[:, w]
    overlaps, seen = weights @ weights.T, field.responses(neurons)
    found = np.zeros((count, n, count, n))
    found[:, w, :, w] -= pair_moments(seen, seen)[:, None, :, None] * np.eye(n - 2 * m)[None, :, None, :]
    for block, one in ((u, seen), (v, seen.swapped())):
        pull = _pulls_of_each(one) @ rows.T
        mixed = -pull.transpose(0, 2, 1)[:, :, :, None] * weights[:, None, None, :]
        mixed[each, :, each] -= np.einsum("ilm,ln->imn", pull, weights)
        found[:, block, :, w] += mixed
        found[:, w, :, block] += mixed.transpose(2, 3, 0, 1)
        found[:, block, :, block] -= _same_input(one, overlaps, rows)
    across = _two_inputs(seen, overlaps, rows)
    found[:, u, :, v] -= across
    found[:, v, :, u] -= across.transpose(2, 3, 0, 1)
    found[each, :, each] += _utility_blocks(field, neurons)
    return found


def _pulls_of_each(one: Responses) -> Array:
    """∂E[s_i² s_j²]/∂g_i(a) with j held fixed, (N, N, p)."""
    g, p = one.g, one.g.shape[1]
    squares = one.g_squared + one.mean_h_squared[:, None] + 2 * g * one.mean_h[:, None]
    found = g[:, None] * squares[None] + 2 / p * g[None] * (one.h @ one.h.T)[:, :, None]
    found += one.mean_h[:, None, None] * one.g_squared[None] + (one.h @ one.h_squared.T / p)[:, :, None]
    return np.asarray(2 / p * found)


def _same_input(one: Responses, overlaps: Array, rows: Array) -> Array:
    """Second derivatives by u_i and u_j, (N, m, N, m)."""
    g, p, (m, _), each = one.g, one.g.shape[1], rows.shape, np.arange(len(one.g))
    products = g[:, None] * g[None] + (one.h @ one.h.T / p)[:, :, None]
    products += g[:, None] * one.mean_h[None, :, None] + g[None] * one.mean_h[:, None, None]
    squares = one.g_squared + one.mean_h_squared[:, None] + 2 * g * one.mean_h[:, None]
    weighted = 4 / p * overlaps[:, :, None] * products
    weighted[each, each] += 2 / p * (overlaps @ squares)
    pairs = (rows[:, None, :] * rows[None]).reshape(m * m, p)
    found = weighted.reshape(-1, p) @ pairs.T
    return np.asarray(found.reshape(len(g), len(g), m, m).transpose(0, 2, 1, 3))


def _two_inputs(seen: Responses, overlaps: Array, rows: Array) -> Array:
    """Second derivatives by u_i and v_j, (N, m, N, m)."""
    g, h, p, each = seen.g, seen.h, seen.g.shape[1], np.arange(len(seen.g))
    by_g, by_h = g @ rows.T / p, h @ rows.T / p
    pairs = by_g[:, :, None, None] * by_h[None, None] + np.einsum("jm,in->imjn", by_g, by_h)
    own = 4 * np.einsum("il,lm,ln->imn", overlaps, by_g, by_h)
    if not seen.centred:
        mean = rows.mean(axis=1)
        gg = (g[:, None] * g[None]) @ rows.T / p
        hh = (h[:, None] * h[None]) @ rows.T / p
        pairs += gg.transpose(0, 2, 1)[:, :, :, None] * mean + mean[:, None, None] * hh[:, None]
        own += 2 * (overlaps @ (seen.g_squared @ rows.T / p))[:, :, None] * mean
        own += 2 * mean[:, None] * (overlaps @ (seen.h_squared @ rows.T / p))[:, None, :]
    found = 4 * overlaps[:, None, :, None] * pairs
    found[each, :, each] += own
    return np.asarray(found)


def _utility_blocks(field: PopulationField, neurons: Array) -> Array:
    """Derivative of the utility force, one block a neuron, (N, n, n)."""
    at, m = field.coordinates, field.coordinates.size
    u, v, w = (slice(k * m, (k + 1) * m) for k in range(3))
    z = np.ascontiguousarray(neurons[:, : 3 * m]).view(np.complex128).reshape(len(neurons), 3, m // 2)
    rate, found = field.cross_rates(), np.zeros((*neurons.shape, neurons.shape[1]))
    found[:, u, v] = found[:, v, u] = _multiplying(rate * z[:, 2], conjugate=True)
    for block, other in ((u, z[:, 1]), (v, z[:, 0])):
        found[:, block, w] = _multiplying(rate * np.conj(other), conjugate=False)
        found[:, w, block] = found[:, block, w].transpose(0, 2, 1)
    if not at.centred:
        second, mean = at.responses @ at.responses.T / at.p, at.responses.mean(axis=1)
        height = 2 * (neurons[:, w] @ mean)[:, None, None] * second
        for block in (u, v):
            mixed = 2 * (neurons[:, block] @ second)[:, :, None] * mean
            found[:, block, block] += height
            found[:, block, w] += mixed
            found[:, w, block] += mixed.transpose(0, 2, 1)
    absent = np.zeros(neurons.shape[1], dtype=bool)
    absent[1 : 3 * m : 2] = np.tile(at.is_real, 3)  # no second coordinate at k = 0 and k = p / 2
    found[:, absent] = 0
    found[:, :, absent] = 0
    return found


def _multiplying(factors: NDArray[np.complex128], *, conjugate: bool) -> Array:
    """Matrices of z -> c z or z -> c z̄ on (Re z, Im z), class by class, (N, m, m)."""
    count, classes = factors.shape
    found, each = np.zeros((count, classes, 2, classes, 2)), np.arange(classes)
    sign = -1.0 if conjugate else 1.0
    found[:, each, 0, each, 0], found[:, each, 0, each, 1] = factors.real, -sign * factors.imag
    found[:, each, 1, each, 0], found[:, each, 1, each, 1] = factors.imag, sign * factors.real
    return found.reshape(count, 2 * classes, 2 * classes)
