r"""What the theory says of each frequency of a template, whatever the neurons are."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from agf_theory.problems import ModularAddition

__all__ = ["Frequency", "FrequencyKind", "frequencies", "frequency_names", "lower_bounds"]

Array = NDArray[np.float64]

FrequencyKind = Literal["generic", "quarter", "nyquist", "DC"]

_NEURONS: dict[FrequencyKind, int] = {"generic": 6, "quarter": 4, "nyquist": 2, "DC": 1}


@dataclass(frozen=True)
class Frequency:
    r"""One class of frequencies, ±k.

    Attributes
    ----------
    k : int
        From 0 to p // 2.
    kind : "generic", "quarter", "nyquist" or "DC"
        "quarter": :math:`4k\equiv0` but not :math:`2k\equiv0` modulo p. A quarter frequency is generic in all but the
        number of neurons.
    modulus : float
        :math:`|\hat x_k|`, unnormalised.
    energy : Fraction or float
        Squared norm :math:`E_k` of the template's part at ±k; exact where the spectrum is known exactly.
    utility : float
        Greatest utility at k of a neuron with :math:`\|u\|^2+\|v\|^2+\|w\|^2=1`, mean over pairs; for a template with
        a mean, the bound by that class in Theorem A.
    neurons : int
        The fewest neurons pure at ±k that fit the part of the template at ±k exactly and at bounded weights.
    """

    k: int
    kind: FrequencyKind
    modulus: float
    energy: Any
    utility: float
    neurons: int


def frequencies(problem: ModularAddition) -> tuple[Frequency, ...]:
    r"""The frequencies that occur in the template, ascending, with their greatest utilities.

    For a centred template the utility is :math:`\sqrt{2p/27}\,|\hat x_k|^3/p^2` at a generic frequency and
    :math:`\sqrt2` times that expression at the Nyquist frequency. With a mean :math:`\hat x_0` it is
    :math:`2\sqrt{p/27}\,m_k/p^2`, where :math:`m_k=|\hat x_k|^2(\hat x_0^2+c|\hat x_k|^2)^{1/2}` with c = 1/2 and 1,
    and :math:`2|\hat x_0|^3` for the mean itself.

    Parameters
    ----------
    problem : ModularAddition

    Source
    ------
    Utilities: this project, claims MOD-02, MOD-05 and MOD-07. Neurons: MOD-14 and MOD-16.

    Examples
    --------
    >>> for found in frequencies(ModularAddition.from_spectrum(8, {1: 4, 2: 4, 4: 4})):
    ...     print(found.k, found.kind, found.energy, round(found.utility, 4), found.neurons)
    1 generic 4 0.7698 6
    2 quarter 4 0.7698 4
    4 nyquist 2 1.0887 2
    """
    return tuple(_frequency(problem, k) for k in problem.classes)


def frequency_names(problem: ModularAddition) -> tuple[str, ...]:
    """Names of the frequencies of the template: ξ=1, ξ=3, ..."""
    return tuple(f"ξ={k}" for k in problem.classes)


def lower_bounds(problem: ModularAddition, u: Array, v: Array, w: Array) -> Array:
    r"""A time before which no dormant neuron blows up at each frequency, (number of classes,).

    :math:`1/(3\,\mathcal U_k\max_i\|\theta_i^{(k)}\|)`, where :math:`\mathcal U_k` is the greatest utility at k and
    :math:`\theta_i^{(k)}` the part of neuron i at ±k. Times scale as 1/c when all weights are multiplied by c.

    Parameters
    ----------
    problem : ModularAddition
        With a centred template.
    u, v, w : (H, p)

    Notes
    -----
    Reached by a neuron that starts aligned and balanced, and by no other. A neuron of norm c at k has norm one at
    :math:`(1/c-1)/(3\,\mathcal U_k)` at the earliest: less by :math:`1/(3\,\mathcal U_k)`, whatever c.
    Source: this project, claim MOD-11.

    Examples
    --------
    >>> problem = ModularAddition([1, -1])
    >>> aligned = np.array([[0.5, -0.5]])  # T = 1 / (C |x̂| |û|) = 1/4
    >>> lower_bounds(problem, aligned, aligned, aligned).round(6)
    array([0.25])
    """
    return np.array([_bound(problem, found, (u, v, w)) for found in frequencies(problem)])


def _frequency(problem: ModularAddition, k: int) -> Frequency:
    kind = _kind(k, problem.p)
    p, size, mean = problem.p, float(abs(problem.spectrum[k])), float(problem.spectrum[0].real)
    share = 0.5 if kind in ("generic", "quarter") else 1.0
    greatest = 2 * size**3 if kind == "DC" else size**2 * np.sqrt(mean**2 + share * size**2)
    utility = float(2 * np.sqrt(p / 27) * greatest / p**2)
    return Frequency(k, kind, size, _energy(problem, k), utility, _NEURONS[kind])


def _kind(k: int, p: int) -> FrequencyKind:
    if k == 0:
        return "DC"
    if 2 * k == p:
        return "nyquist"
    return "quarter" if 4 * k == p else "generic"


def _energy(problem: ModularAddition, k: int) -> Any:
    if problem.rational_spectrum is None:
        return problem.energy(k)
    real, imaginary = problem.rational_spectrum[k]
    share = 1 if 2 * k % problem.p == 0 else 2
    return Fraction(share * (real**2 + imaginary**2)) / problem.p


def _bound(problem: ModularAddition, found: Frequency, weights: tuple[Array, Array, Array]) -> float:
    share = 1 if 2 * found.k % problem.p == 0 else 2
    parts = [np.fft.rfft(each, axis=1)[:, found.k] for each in weights]
    norms = np.sqrt(share / problem.p * sum(abs(part) ** 2 for part in parts))
    largest = float(norms.max())
    return 1 / (3 * found.utility * largest) if largest > 0 else float("inf")
