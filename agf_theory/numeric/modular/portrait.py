"""What trained weights look like by frequency: sizes, phases, and the outputs of the net."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.numeric.modular.spectral_coordinates import checked_weights
from agf_theory.problems import ModularAddition

__all__ = ["Portrait", "network_output", "portrait"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Portrait:
    r"""Neurons by the frequencies of the template.

    Attributes
    ----------
    powers : (H, C)
        Squared norm of each neuron's part at each frequency, u, v and w together.
    rest : (H,)
        Squared norm of w at frequencies the template lacks; u and v do nothing there.
    incoming : (H, C)
        :math:`s_u+s_v` in [0, 2π): phases of :math:`\hat u_k` and :math:`\hat v_k`.
    outgoing : (H, C)
        :math:`s_w+s_x` in [0, 2π). Equal to `incoming`, modulo 2π, where the neuron's utility is greatest for its
        amplitudes.
    """

    powers: Array
    rest: Array
    incoming: Array
    outgoing: Array


def portrait(problem: ModularAddition, u: ArrayLike, v: ArrayLike, w: ArrayLike) -> Portrait:
    """The portrait of weights u, v, w (H, p).

    Raises
    ------
    InputError
        Unless they are three finite arrays of one shape (H, p).
    """
    weights = checked_weights(problem, u, v, w)
    kept, p = np.array(problem.classes), problem.p
    shares = np.where(2 * kept % p == 0, 1, 2) / p
    u_hat, v_hat, w_hat = (np.fft.rfft(each, axis=1)[:, kept] for each in weights)
    powers = shares * (abs(u_hat) ** 2 + abs(v_hat) ** 2 + abs(w_hat) ** 2)
    rest = (weights[2] ** 2).sum(axis=1) - (shares * abs(w_hat) ** 2).sum(axis=1)
    phase_of_template = np.angle(problem.spectrum[kept])
    incoming = np.mod(np.angle(u_hat) + np.angle(v_hat), 2 * np.pi)
    outgoing = np.mod(np.angle(w_hat) + phase_of_template, 2 * np.pi)
    return Portrait(powers, np.maximum(rest, 0.0), incoming, outgoing)


def network_output(problem: ModularAddition, u: ArrayLike, v: ArrayLike, w: ArrayLike, a: int, b: int) -> Array:
    """What the net says to the pair (a, b), (p,); it should be the template shifted by a + b."""
    weights_u, weights_v, weights_w = checked_weights(problem, u, v, w)
    responses = weights_u @ np.roll(problem.template, a) + weights_v @ np.roll(problem.template, b)
    return np.asarray(responses**2 @ weights_w)
