r"""Loss and gradient over all p² pairs of inputs, exact, without the pairs: O(H p log p + H² p) operations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.numeric.modular.interaction import Responses, pair_moments, pulls
from agf_theory.numeric.modular.spectral_coordinates import checked_weights
from agf_theory.problems import ModularAddition

__all__ = ["population_gradient", "population_loss"]

Array = NDArray[np.float64]


def population_loss(problem: ModularAddition, u: ArrayLike, v: ArrayLike, w: ArrayLike) -> float:
    r"""The loss :math:`\tfrac12\mathbb E\|x_{a+b}-f_\theta(x_a,x_b)\|^2`, mean over all pairs (a, b).

    Parameters
    ----------
    problem : ModularAddition
        Any template, centred or not.
    u, v, w : (H, p)
        Weights of any number of neurons, one a row.

    Raises
    ------
    InputError
        Unless the weights are three finite arrays of one shape (H, p).

    Source
    ------
    This project; claim MOD-19.

    Examples
    --------
    >>> one_neuron = [[1, 0, 0]]
    >>> print(f"{population_loss(ModularAddition([1, 0, -1]), one_neuron, one_neuron, one_neuron):.12g}")
    2.33333333333
    """
    seen = _Seen.of(problem, *checked_weights(problem, u, v, w))
    energy = sum(problem.energy(k) for k in problem.classes)
    return float(energy / 2 - seen.utilities().sum() + (seen.overlaps * seen.moments).sum() / 2)


def population_gradient(
    problem: ModularAddition, u: ArrayLike, v: ArrayLike, w: ArrayLike
) -> tuple[Array, Array, Array]:
    """The gradient of `population_loss` by u, by v and by w, each (H, p); parameters and errors as there."""
    seen = _Seen.of(problem, *checked_weights(problem, u, v, w))
    by_g, by_h = pulls(seen.responses, seen.responses, seen.overlaps)
    util_g, util_h, util_y = seen.utility_by_values()
    by_w = seen.moments @ seen.w - seen.adjoint(util_y)
    return seen.adjoint(by_g - util_g), seen.adjoint(by_h - util_h), by_w


@dataclass(frozen=True, eq=False)
class _Seen:
    """What loss and gradient have in common: responses g, h and y(c) = w·x_c, with moments and overlaps w_i·w_j."""

    spectrum: NDArray[np.complex128]
    w: Array
    y: Array
    responses: Responses
    moments: Array
    overlaps: Array

    @classmethod
    def of(cls, problem: ModularAddition, u: Array, v: Array, w: Array) -> _Seen:
        spectrum = np.asarray(problem.spectrum[: problem.p // 2 + 1])
        g, h, y = (_transformed(each, np.conj(spectrum)) for each in (u, v, w))
        responses = Responses.of(g, h)
        return cls(spectrum, w, y, responses, pair_moments(responses, responses), w @ w.T)

    def adjoint(self, values: Array) -> Array:
        """From derivatives by u·x_a to derivatives by u."""
        return _transformed(values, self.spectrum)

    def utilities(self) -> Array:
        """E[(g_i(a) + h_i(b))² y_i(a + b)], (H,)."""
        seen, p = self.responses, self.y.shape[1]
        both = np.fft.irfft(np.fft.rfft(seen.g) * np.fft.rfft(seen.h), p)  # Σ_a g(a) h(c − a)
        means = self.y.mean(axis=1) * (seen.mean_g_squared + seen.mean_h_squared)
        return np.asarray(means + 2 / p**2 * (both * self.y).sum(axis=1))

    def utility_by_values(self) -> tuple[Array, Array, Array]:
        """Derivatives of the utilities by g_i(a), h_i(b) and y_i(c), each (H, p)."""
        seen, p = self.responses, self.y.shape[1]
        g_hat, h_hat, y_hat = (np.fft.rfft(each) for each in (seen.g, seen.h, self.y))
        mean = 2 / p * self.y.mean(axis=1, keepdims=True)
        by_g = mean * seen.g + 2 / p**2 * np.fft.irfft(np.conj(h_hat) * y_hat, p)
        by_h = mean * seen.h + 2 / p**2 * np.fft.irfft(np.conj(g_hat) * y_hat, p)
        squares = (seen.mean_g_squared + seen.mean_h_squared)[:, None] / p
        return by_g, by_h, squares + 2 / p**2 * np.fft.irfft(g_hat * h_hat, p)


def _transformed(values: Array, spectrum: NDArray[np.complex128]) -> Array:
    return np.asarray(np.fft.irfft(np.fft.rfft(values) * spectrum, values.shape[1]))
