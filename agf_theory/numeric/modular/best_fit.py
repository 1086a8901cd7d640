"""The best relative loss of N neurons at one frequency, searched for from many starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.numeric.modular.fit_system import FitSystem, FrequencyClass, fit_system, missing_characters
from agf_theory.numeric.modular.least_squares import least_squares

__all__ = ["Amplitudes", "FitSearch", "search_best_fit"]

Amplitudes = Literal["general", "equal", "aligned"]
_Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FitSearch:
    """What a search found; its best value bounds the infimum from above, and nothing from below.

    Attributes
    ----------
    losses : (starts,)
        Relative losses, best first: loss at the frequency over half its energy.
    forms : (starts, N, d)
        Incoming weights of the neurons, as `FitSystem` has them.
    outgoing : (starts, N, 1 or 2)
        In units in which the target has squared norm one.
    """

    losses: _Floats
    forms: _Floats
    outgoing: _Floats

    @property
    def best(self) -> float:
        """The least relative loss found."""
        return float(self.losses[0])

    @property
    def largest_weights(self) -> _Floats:
        """By start: the largest norm of a neuron, its layers scaled to equal norms. Degenerate fits diverge."""
        sizes = np.linalg.norm(self.forms, axis=2) ** 2 * np.linalg.norm(self.outgoing, axis=2)
        return np.asarray(np.max(np.cbrt(sizes), axis=1))

    def exact_and_bounded(self, *, tolerance: float = 1e-20, bound: float = 20.0) -> int:
        """How many starts ended in a fit of relative loss below the tolerance with all neurons of norm below the bound.

        The neurons of the exact fits have norms of about one. Squared residuals of doubles end at about 1e-30, and a
        search that runs along a degenerate family passes every bound before its loss gets to the tolerance.
        """
        return int(np.sum((self.losses < tolerance) & (self.largest_weights < bound)))


def search_best_fit(
    neurons: int,
    *,
    kind: FrequencyClass = "generic",
    amplitudes: Amplitudes = "general",
    starts: int = 300,
    seed: int = 0,
    iterations: int = 300,
    without: tuple[int, int] | None = None,
) -> FitSearch:
    r"""Minimise the relative loss of N neurons at one frequency, from Gaussian starts.

    Parameters
    ----------
    neurons : int
        N.
    kind : "generic", "quarter" or "nyquist"
        The class of the frequency, see `fit_system`.
    amplitudes : "general", "equal" or "aligned"
        Any neurons; those with :math:`|\hat u_\xi|=|\hat v_\xi|`; those that also meet the phase condition
        :math:`s_u+s_v\equiv s_w+s_x`. The last two at a generic frequency alone.
    starts, seed, iterations : int
    without : (int, int), optional
        A character of the inputs at which nothing is asked for, at a generic frequency: one condition of nine dropped.

    Returns
    -------
    FitSearch
        The same for the same arguments. Local minima: an upper bound of the infimum, never a certificate.

    Raises
    ------
    InputError
        If there is no neuron or start, or the amplitudes are restricted at another frequency.

    Examples
    --------
    >>> round(search_best_fit(1, starts=10).best, 12)
    0.888888888889
    """
    if neurons < 1 or starts < 1:
        raise InputError(f"at least one neuron and one start are required, got {neurons} and {starts}")
    if amplitudes not in ("general", "equal", "aligned"):
        raise InputError(f"amplitudes must be general, equal or aligned, got {amplitudes!r}")
    if amplitudes != "general" and kind != "generic":
        raise InputError(f"{amplitudes} amplitudes are searched at a generic frequency, got {kind!r}")
    if without is not None and kind != "generic":
        raise InputError(f"a condition is dropped at a generic frequency, got {kind!r}")
    system = fit_system(kind)
    search = {"general": _General, "equal": _Equal, "aligned": _Aligned}[amplitudes](system, neurons)
    random = np.random.default_rng(seed)
    begin = random.standard_normal((starts, neurons * search.each))
    residuals = search.residuals if without is None else _Partial(search, without)
    losses, parameters = least_squares(residuals, begin, iterations=iterations)
    order = np.argsort(losses)
    forms, outgoing, _, _ = search.neurons_at(parameters[order])
    return FitSearch(losses[order], forms, outgoing)


class _General:
    """Parameters of a neuron: its form, its outgoing weights."""

    def __init__(self, system: FitSystem, neurons: int) -> None:
        self.system, self.count = system, neurons
        self.each = system.inputs + system.outgoing

    def neurons_at(self, parameters: _Floats) -> tuple[_Floats, _Floats, _Floats, _Floats]:
        """Forms (s, N, d), outgoing weights (s, N, o), and their derivatives by the parameters of the neuron."""
        own = parameters.reshape(len(parameters), self.count, self.each)
        d = self.system.inputs
        identity = np.broadcast_to(np.eye(self.each), (*own.shape[:2], self.each, self.each))
        return own[..., :d], own[..., d:], identity[..., :d, :], identity[..., d:, :]

    def residuals(self, parameters: _Floats) -> tuple[_Floats, _Floats]:
        """What is missing to the target, and its Jacobian."""
        forms, outgoing, by_form, by_outgoing = self.neurons_at(parameters)
        made = self.system.squares(forms)
        half = np.einsum("kij,snj->snki", self.system.coordinates, forms)
        slope = 2 * np.einsum("snki,snip->snkp", half, by_form)
        residual = np.einsum("sno,snk->sok", outgoing, made) - self.system.target
        jacobian = np.einsum("sno,snkp->soknp", outgoing, slope) + np.einsum("snop,snk->soknp", by_outgoing, made)
        starts = len(parameters)
        return residual.reshape(starts, -1), jacobian.reshape(starts, residual[0].size, -1)


class _Partial:
    """Residuals with one Fourier coefficient left out."""

    def __init__(self, search: _General, without: tuple[int, int]) -> None:
        self.search, self.kept = search, missing_characters(without)

    def __call__(self, parameters: _Floats) -> tuple[_Floats, _Floats]:
        residual, jacobian = self.search.residuals(parameters)
        return residual @ self.kept.T, np.einsum("km,smn->skn", self.kept, jacobian)


class _Equal(_General):
    """Parameters: the phases of u and v, the outgoing weights; the size of the form goes into these."""

    def __init__(self, system: FitSystem, neurons: int) -> None:
        super().__init__(system, neurons)
        self.each = 4

    def neurons_at(self, parameters: _Floats) -> tuple[_Floats, _Floats, _Floats, _Floats]:
        own = parameters.reshape(len(parameters), self.count, self.each)
        forms, by_form = _on_torus(own)
        by_outgoing = np.zeros((*own.shape[:2], 2, 4))
        by_outgoing[..., 0, 2] = by_outgoing[..., 1, 3] = 1
        return forms, own[..., 2:], by_form, by_outgoing


class _Aligned(_General):
    """Parameters: the phases of u and v, the square root of the weight."""

    def __init__(self, system: FitSystem, neurons: int) -> None:
        super().__init__(system, neurons)
        self.each = 3

    def neurons_at(self, parameters: _Floats) -> tuple[_Floats, _Floats, _Floats, _Floats]:
        own = parameters.reshape(len(parameters), self.count, self.each)
        forms, by_form = _on_torus(own)
        # The form is that of cos(A - phi) + cos(B - psi), the target (cos, sin)(A + B): weights point along phi + psi.
        phase, root = own[..., 0] + own[..., 1], own[..., 2]
        along, across = (np.stack(pair, axis=-1) for pair in _circle(phase))
        weight = (root**2)[..., None]
        by_outgoing = np.stack([weight * across, weight * across, 2 * root[..., None] * along], axis=-1)
        return forms, weight * along, by_form, by_outgoing


def _circle(phase: _Floats) -> tuple[tuple[_Floats, _Floats], tuple[_Floats, _Floats]]:
    c, s = np.cos(phase), np.sin(phase)
    return (c, s), (-s, c)


def _on_torus(own: _Floats) -> tuple[_Floats, _Floats]:
    """Forms (cos phi, sin phi, cos psi, sin psi) and their derivatives by all parameters of the neuron."""
    (a, b), (c, d) = _circle(own[..., 0]), _circle(own[..., 1])
    forms = np.stack([*a, *c], axis=-1)
    by_form = np.zeros((*own.shape[:2], 4, own.shape[-1]))
    by_form[..., 0, 0], by_form[..., 1, 0] = b
    by_form[..., 2, 1], by_form[..., 3, 1] = d
    return forms, by_form
