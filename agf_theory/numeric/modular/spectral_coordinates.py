"""Neurons in the coordinates of their flow: Fourier coefficients at the template's frequencies, and the rest of w."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.errors import InputError
from agf_theory.problems import ModularAddition

__all__ = ["SpectralCoordinates", "checked_weights"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SpectralCoordinates:
    r"""An orthonormal change of basis, fixed by the template.

    With C classes of frequencies in the template and m = 2 C, a neuron is a row of 3 m + r numbers: u, v and w by m
    each, then r for the part of w at all other frequencies. Parts of u and v at other frequencies receive no gradient
    and do nothing: they are left out. Two numbers a class are the real and the imaginary part of the Fourier
    coefficient, scaled to unit norm; at k = 0 and k = p / 2 the second is zero and stays so.

    Attributes
    ----------
    p : int
    classes : (C,) int
    coefficients : (C,) complex
        The template's, unnormalised.
    is_real : (C,) bool
        Whether the frequency is 0 or p / 2.
    unit : (C,)
        Unnormalised coefficient of a unit vector of the class.
    basis : (m, p)
        Rows are the basis vectors; zero where `is_real` leaves no second one.
    responses : (m, p)
        u·x_a by u's coordinates.
    energies : (C,)
        Squared norms of the template's components.
    """

    p: int
    classes: NDArray[np.int64]
    coefficients: NDArray[np.complex128]
    is_real: NDArray[np.bool_]
    unit: Array
    basis: Array
    responses: Array
    energies: Array

    @classmethod
    def of(cls, problem: ModularAddition) -> SpectralCoordinates:
        """The coordinates of a problem."""
        p, classes = problem.p, np.array(problem.classes)
        is_real = 2 * classes % p == 0
        coefficients = np.where(is_real, problem.spectrum[classes].real, problem.spectrum[classes])
        amplitude = np.where(is_real, 1.0, np.sqrt(2.0)) / np.sqrt(p)
        # k a is reduced modulo p while it is an integer: the cosine of a large angle would lose digits.
        waves = amplitude[:, None] * np.exp(2j * np.pi * (np.outer(classes, np.arange(p)) % p) / p)
        return cls(
            p,
            classes,
            coefficients,
            is_real,
            np.sqrt(p) * np.where(is_real, 1.0, np.sqrt(0.5)),
            _rows(waves, is_real),
            _rows(np.conj(coefficients)[:, None] * waves, is_real),
            np.array([problem.energy(int(k)) for k in classes]),
        )

    @property
    def size(self) -> int:
        """m, the coordinates of u, of v, and of the part of w that the utility sees."""
        return 2 * len(self.classes)

    @property
    def centred(self) -> bool:
        """Whether the template has mean zero."""
        return bool(self.classes[0] != 0)

    def reduced(self, u: Array, v: Array, w: Array) -> tuple[Array, Array]:
        """Neurons (H, 3 m + r) of weights (H, p), and the (r, p) orthonormal rows that span the idle part of w."""
        seen = w @ self.basis.T
        idle = w - seen @ self.basis
        left, values, rows = np.linalg.svd(idle, full_matrices=False)
        kept = values > values.max(initial=0.0) * max(idle.shape) * np.finfo(float).eps
        kept &= values > np.linalg.norm(w) * self.p * np.finfo(float).eps  # what rounding left of a w without idle part
        return np.hstack([u @ self.basis.T, v @ self.basis.T, seen, (left * values)[:, kept]]), rows[kept]

    def weights(self, neurons: Array, idle_rows: Array) -> tuple[Array, Array, Array]:
        """u, v, w of neurons; without the parts of u and v at frequencies that the template lacks."""
        m = self.size
        u, v, w = (neurons[:, k * m : (k + 1) * m] @ self.basis for k in range(3))
        return u, v, w + neurons[:, 3 * m :] @ idle_rows


def checked_weights(problem: ModularAddition, *weights: ArrayLike) -> tuple[Array, Array, Array]:
    """u, v, w as floats.

    Raises
    ------
    InputError
        Unless they are three finite arrays of one shape (H, p).
    """
    u, v, w = (np.asarray(each, dtype=float) for each in weights)
    if not u.ndim == 2 == v.ndim == w.ndim or not u.shape == v.shape == w.shape or u.shape[1] != problem.p:
        raise InputError(
            f"weights: u, v and w of one shape (H, {problem.p}) are required, got {u.shape}, {v.shape} and {w.shape}"
        )
    if not (np.isfinite(u).all() and np.isfinite(v).all() and np.isfinite(w).all()):
        raise InputError("weights: finite numbers are required, got an infinite one or one that is no number")
    return u, v, w


def _rows(waves: NDArray[np.complex128], is_real: NDArray[np.bool_]) -> Array:
    """Re(z wave) as a linear function of (Re z, Im z)."""
    rows = np.empty((2 * len(waves), waves.shape[1]))
    rows[0::2], rows[1::2] = waves.real, np.where(is_real[:, None], 0.0, -waves.imag)
    return rows
