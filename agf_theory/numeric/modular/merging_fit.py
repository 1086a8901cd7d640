"""Where the best loss is not attained: neurons that merge while their weights diverge, computed in the limit.

Neurons at the points t_1, ..., t_n of a curve of forms, with weights that diverge as the points merge, make in the
limit any combination of the first n Taylor coefficients of the square of the curve: its jet. These are searched for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.numeric.modular.best_fit import Amplitudes
from agf_theory.numeric.modular.fit_system import FitSystem, FrequencyClass, fit_system
from agf_theory.numeric.modular.least_squares import least_squares

__all__ = ["MergingSearch", "search_merging_fit"]

_Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class MergingSearch:
    """What a search over jets found: upper bounds of an infimum that the neurons themselves only approach.

    Attributes
    ----------
    losses : (starts,)
        Relative losses of the limits, best first.
    curves : tuple of (starts, order, d)
        For each group of neurons that merge, the Taylor coefficients of its curve of forms.
    """

    losses: _Floats
    curves: tuple[_Floats, ...]

    @property
    def best(self) -> float:
        """The least relative loss found."""
        return float(self.losses[0])

    def losses_along(self, distances: Sequence[float], *, kind: FrequencyClass = "generic") -> tuple[float, ...]:
        """Relative losses of actual neurons on the best curves, at these distances from one another.

        Each group stands at the points 0, h, -h, 2h, ... of its curve, the truncated Taylor series, with the best
        outgoing weights: they tend to the best loss as the distance h goes to zero, and the weights diverge.
        """
        system = fit_system(kind)
        found = []
        for distance in distances:
            forms = []
            for curve in self.curves:
                order = curve.shape[1]
                times = distance * np.array([(k + 1) // 2 * (-1) ** k for k in range(order)], dtype=float)
                forms.append(np.vander(times, order, increasing=True) @ curve[0])
            found.append(system.relative_loss(system.squares(np.concatenate(forms))))
        return tuple(found)


def search_merging_fit(
    groups: Sequence[int],
    *,
    kind: FrequencyClass = "generic",
    amplitudes: Amplitudes = "general",
    starts: int = 40,
    seed: int = 0,
    iterations: int = 300,
) -> MergingSearch:
    r"""Minimise the relative loss over limits of neurons that merge in groups.

    Parameters
    ----------
    groups : sequence of int
        Sizes of the groups: (2, 2) for two pairs, (5,) for five neurons along one curve, (2, 1) for a pair and one.
    kind : "generic" or "quarter"
        The class of the frequency.
    amplitudes : "general" or "equal"
        Whether the curves run among all forms, or among those with :math:`|\hat u_\xi|=|\hat v_\xi|`: on the torus of
        the phases.
    starts, seed, iterations : int

    Raises
    ------
    InputError
        If a group is empty, or the class or the amplitudes are others.
    """
    if not groups or min(groups) < 1 or starts < 1:
        raise InputError(f"groups of at least one neuron and one start are required, got {tuple(groups)} and {starts}")
    if kind == "nyquist" or amplitudes not in ("general", "equal") or (amplitudes == "equal" and kind != "generic"):
        raise InputError(f"no merging fits for {amplitudes} amplitudes at a frequency of class {kind}")
    limits = _Limits(fit_system(kind), tuple(groups), amplitudes == "equal")
    random = np.random.default_rng(seed)
    begin = random.standard_normal((starts, limits.size))
    losses, parameters = least_squares(limits.residuals, begin, iterations=iterations)
    order = np.argsort(losses)
    curves = tuple(curve for curve, _, _ in limits.groups_at(parameters[order]))
    return MergingSearch(losses[order], curves)


class _Limits:
    """Parameters group by group: the curve's coefficients (or those of its two phases), then the outgoing weights."""

    def __init__(self, system: FitSystem, groups: tuple[int, ...], on_torus: bool) -> None:
        self.system, self.groups, self.on_torus = system, groups, on_torus
        self.shape = 2 if on_torus else system.inputs
        self.size = sum(order * (self.shape + system.outgoing) for order in groups)

    def groups_at(self, parameters: _Floats) -> list[tuple[_Floats, _Floats, _Floats]]:
        """Curve (s, order, d), its derivative by its parameters (s, order, d, q), outgoing weights (s, order, o)."""
        found, start = [], 0
        for order in self.groups:
            middle, end = start + order * self.shape, start + order * (self.shape + self.system.outgoing)
            own = parameters[:, start:middle].reshape(len(parameters), order, self.shape)
            outgoing = parameters[:, middle:end].reshape(len(parameters), order, self.system.outgoing)
            curve, slope = _torus_curve(own) if self.on_torus else _free_curve(own)
            found.append((curve, slope, outgoing))
            start = end
        return found

    def residuals(self, parameters: _Floats) -> tuple[_Floats, _Floats]:
        """What is missing to the target, and its Jacobian."""
        starts = len(parameters)
        residual = np.tile(-self.system.target, (starts, 1, 1))
        pieces = []
        for curve, slope, outgoing in self.groups_at(parameters):
            order, half = curve.shape[1], np.einsum("kij,snj->snki", self.system.coordinates, curve)
            made = np.zeros((starts, order, half.shape[2]))
            moved = np.zeros((*made.shape, slope.shape[-1]))
            for n in range(order):
                for i in range(n + 1):
                    made[:, n] += np.einsum("ski,si->sk", half[:, i], curve[:, n - i])
                    moved[:, n] += 2 * np.einsum("ski,sip->skp", half[:, i], slope[:, n - i])
            residual += np.einsum("sno,snk->sok", outgoing, made)
            by_curve = np.einsum("sno,snkp->sokp", outgoing, moved)
            by_outgoing = np.einsum("snk,oq->soknq", made, np.eye(self.system.outgoing))
            pieces += [part.reshape(starts, residual[0].size, -1) for part in (by_curve, by_outgoing)]
        return residual.reshape(starts, -1), np.concatenate(pieces, axis=2)


def _free_curve(own: _Floats) -> tuple[_Floats, _Floats]:
    starts, order, d = own.shape
    identity = np.eye(order * d).reshape(order, d, order * d)
    return own, np.broadcast_to(identity, (starts, order, d, order * d))


def _torus_curve(phases: _Floats) -> tuple[_Floats, _Floats]:
    """Taylor coefficients of (cos phi, sin phi, cos psi, sin psi) along the curve whose phases have these coefficients.

    With E = exp(i phi), E' = i phi' E: n E_n = i sum_j j phi_j E_(n-j); and E_n moves by i E_(n-j) with phi_j.
    """
    starts, order, _ = phases.shape
    series = np.zeros((starts, order, 2), dtype=complex)
    series[:, 0] = np.exp(1j * phases[:, 0])
    for n in range(1, order):
        series[:, n] = 1j / n * sum(j * phases[:, j] * series[:, n - j] for j in range(1, n + 1))
    curve = np.stack([series[..., 0].real, series[..., 0].imag, series[..., 1].real, series[..., 1].imag], axis=-1)
    slope = np.zeros((starts, order, 4, order, 2))
    for n in range(order):
        for j in range(n + 1):
            turned = 1j * series[:, n - j]
            for circle in (0, 1):
                slope[:, n, 2 * circle, j, circle] = turned[:, circle].real
                slope[:, n, 2 * circle + 1, j, circle] = turned[:, circle].imag
    return curve, slope.reshape(starts, order, 4, -1)
