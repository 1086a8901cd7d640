"""One frequency and neurons that are pure at it: the functions they make, as quadratic forms, and the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError

__all__ = ["CHARACTERS", "FitSystem", "FrequencyClass", "fit_system", "missing_characters"]

FrequencyClass = Literal["generic", "quarter", "nyquist"]
_Floats = NDArray[np.float64]
_HALF = 1 / np.sqrt(2)
_WAVES = {(2, 0): (1, 2), (0, 2): (3, 4), (1, 1): (5, 6), (1, -1): (7, 8)}  # coordinates of their cosine and sine
CHARACTERS = ((0, 0), *(pair for j, k in _WAVES for pair in ((j, k), (-j, -k))))
"""Where the squares of neurons at a generic frequency have Fourier coefficients; the target's is (-1, -1)."""


@dataclass(frozen=True, eq=False)
class FitSystem:
    """What N neurons at one frequency can make, in an orthonormal basis of functions of the two inputs.

    A neuron is a linear form, z -> form.z with z = (cos, sin of the angle of a; cos, sin of that of b), and its
    outgoing weights. It makes the function (form.z)^2, whose coordinates are quadratic in the form, times them.

    Attributes
    ----------
    coordinates : (functions, d, d)
        Symmetric matrices: the k-th coordinate of (form.z)^2 is form.coordinates[k].form.
    target : (outgoing, functions)
        What is to be made, of squared norm one: a residual's squared norm is a relative loss.
    """

    coordinates: _Floats
    target: _Floats

    @property
    def inputs(self) -> int:
        """Length d of a form."""
        return int(self.coordinates.shape[1])

    @property
    def outgoing(self) -> int:
        """Number of outgoing weights of a neuron: cosine and sine, or one at the Nyquist frequency."""
        return int(self.target.shape[0])

    def squares(self, forms: _Floats) -> _Floats:
        """Coordinates (..., functions) of the squares of forms (..., d)."""
        return self.products(forms, forms)

    def products(self, forms: _Floats, others: _Floats) -> _Floats:
        """Coordinates (..., functions) of products of two forms each."""
        return np.asarray(np.einsum("...i,kij,...j->...k", forms, self.coordinates, others, optimize=True))

    def relative_loss(self, functions: _Floats) -> float:
        """Least relative loss with any outgoing weights, given the coordinates (n, functions) of what is to be used."""
        left, sizes, _ = np.linalg.svd(functions.T, full_matrices=False)
        span = left[:, sizes > sizes[0] * 1e-12]
        return float(np.sum((self.target - self.target @ span @ span.T) ** 2))


def fit_system(kind: FrequencyClass = "generic") -> FitSystem:
    r"""The fit at a frequency :math:`\xi` of a class.

    Parameters
    ----------
    kind : "generic", "quarter" or "nyquist"
        :math:`4\xi\not\equiv0`; :math:`4\xi\equiv0`, :math:`2\xi\not\equiv0`, that is p/4 and 3p/4;
        :math:`2\xi\equiv0`, :math:`\xi\not\equiv0`.

    Raises
    ------
    InputError
        If the class is another.
    """
    if kind == "nyquist":
        product, size = [[0.0, 1.0], [1.0, 0.0]], [[1.0, 0.0], [0.0, 1.0]]
        return FitSystem(np.array([product, size]), np.array([[1.0, 0.0]]))
    if kind not in ("generic", "quarter"):
        raise InputError(f"class of the frequency must be generic, quarter or nyquist, got {kind!r}")
    entry = np.zeros((9, 4, 4))
    entry[0] = np.eye(4) / 2
    entry[1, :2, :2] = entry[3, 2:, 2:] = np.diag([1.0, -1.0])
    entry[2, :2, :2] = entry[4, 2:, 2:] = [[0.0, 1.0], [1.0, 0.0]]
    pairs = {
        5: ((0, 2, 1), (1, 3, -1)),
        6: ((0, 3, 1), (1, 2, 1)),
        7: ((0, 2, 1), (1, 3, 1)),
        8: ((1, 2, 1), (0, 3, -1)),
    }
    for row, places in pairs.items():
        for i, j, sign in places:
            entry[row, i, j] = entry[row, j, i] = sign / 2
    # cos 2A, sin 2A, cos 2B, sin 2B, then cos and sin of A + B and of A - B, each of mean square one half
    entry[1:5] *= _HALF / 2
    entry[5:] *= _HALF
    if kind == "quarter":  # sin 2A = sin 2B = 0, and cos 2A, cos 2B are +1 or -1: of mean square one
        entry = entry[[0, 1, 3, 5, 6, 7, 8]]
        entry[1:3] /= _HALF
    target = np.zeros((2, len(entry)))
    target[0, -4] = target[1, -3] = _HALF
    return FitSystem(entry, target)


def missing_characters(without: tuple[int, int] | None = None) -> _Floats:
    """What is missing, character by character: an isometry of residuals at a generic frequency, or all of it but one.

    Parameters
    ----------
    without : (int, int), optional
        A character whose condition is not imposed.

    Returns
    -------
    (18 or 16, 18)
        Acts on residuals (outgoing, functions), flattened: real and imaginary parts of the Fourier coefficients.

    Raises
    ------
    InputError
        If there is no such character.

    Examples
    --------
    >>> import numpy as np
    >>> every = missing_characters()
    >>> bool(np.allclose(every.T @ every, np.eye(18)))
    True
    """
    if without is not None and without not in CHARACTERS:
        raise InputError(f"character must be one of {', '.join(map(str, CHARACTERS))}, got {without}")
    rows = []
    for j, k in CHARACTERS:
        if (j, k) == without:
            continue
        # Outgoing weights are w_cos - i w_sin times exp(i theta c), so a function has z = cosine row - i sine row.
        sign = 1 if (j, k) in _WAVES else -1
        cosine, sine = _WAVES.get((sign * j, sign * k), (0, 0))
        real, imaginary = np.zeros((2, 9)), np.zeros((2, 9))
        real[0, cosine], imaginary[1, cosine] = 1, -1
        if sine:
            real[1, sine], imaginary[0, sine] = -sign, -sign
        rows += [part.ravel() / np.linalg.norm(part) for part in (real, imaginary)]
    return np.array(rows)
