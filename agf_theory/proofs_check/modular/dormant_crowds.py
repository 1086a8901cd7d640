"""Several dormant neurons with a few modes each, in exact Fourier coefficients, and a bound of their norms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Relation
from agf_theory.proofs_check.modular.dormant_modes import DormantMode, Gaussian, ModeOfNeuron

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["BELOW_ONE", "LARGEST", "Crowd", "DormantCrowd", "single_mode"]

Neuron = tuple[DormantMode, ...]


@dataclass(frozen=True)
class Crowd:
    """Neurons on one group and one template, each a tuple of modes at different frequencies.

    Attributes
    ----------
    neurons : tuple of tuples of DormantMode
        A mode with p even and all coefficients real is at the Nyquist frequency if it is named so.
    nyquist : tuple of bool
        Mode by mode, the same for all neurons.
    bound_squared : Fraction
        N_0², said to be the largest squared norm.
    """

    neurons: tuple[Neuron, ...]
    nyquist: tuple[bool, ...]
    bound_squared: Fraction

    @property
    def p(self) -> int:
        """Order of the group."""
        return self.neurons[0][0].p

    def squared_norm(self, neuron: Neuron) -> Fraction:
        """‖θ‖² by Parseval: a generic frequency counts twice, for itself and its negative."""
        terms = (
            (1 if single else 2) * sum(mode.squares, Fraction(0))
            for mode, single in zip(neuron, self.nyquist, strict=True)
        )
        return sum(terms, Fraction(0)) / self.p

    @property
    def squared_norms(self) -> tuple[Fraction, ...]:
        """‖θ_i‖² for each neuron."""
        return tuple(map(self.squared_norm, self.neurons))

    def __str__(self) -> str:
        modes = "; ".join(" | ".join(map(str, neuron)) for neuron in self.neurons)
        return f"{modes}; Nyquist {self.nyquist}, N_0² = {self.bound_squared}"


@dataclass(frozen=True)
class DormantCrowd(Hypothesis):
    """One or two neurons with one or two modes, aligned and balanced ones among them, with N_0 their largest norm."""

    variable: str = "crowd"
    restricts = False

    def holds(self, instance: Mapping[str, Any]) -> bool:
        crowd = instance[self.variable]
        same = all(mode.p == crowd.p for neuron in crowd.neurons for mode in neuron)
        return same and all(len(neuron) == len(crowd.nyquist) for neuron in crowd.neurons)

    def draw(self, random: Random, size: int) -> Crowd:
        p = 2 * random.randint(2, 4)
        if size % 3 == 0:
            return single_mode(random.choice((3, 4)) * random.choice((1, -1)), p, nyquist=size % 2 == 1)
        count, nyquist = random.randint(1, 2), (False, random.random() < 0.5)
        templates = [_scaled(_mode(random, p, single).x, Fraction(1)) for single in nyquist]
        neurons = []
        for _ in range(count):
            modes = [_mode(random, p, single) for single in nyquist]
            neurons.append(tuple(_with(m, x, Fraction(1, 12)) for m, x in zip(modes, templates, strict=True)))
        crowd = Crowd(tuple(neurons), nyquist, Fraction(0))
        return Crowd(crowd.neurons, nyquist, max(crowd.squared_norms))

    def strategy(self) -> SearchStrategy[Crowd]:
        from hypothesis import strategies as st

        return st.builds(self.draw, st.randoms(use_true_random=False), st.integers(0, 5))

    def encode(self, value: Crowd) -> dict[str, Any]:
        mode = ModeOfNeuron()
        return {
            "neurons": [[mode.encode(each) for each in neuron] for neuron in value.neurons],
            "nyquist": [int(single) for single in value.nyquist],
            "bound_squared": str(value.bound_squared),
        }

    def decode(self, plain: Any) -> Crowd:
        mode = ModeOfNeuron(self.variable)
        try:
            neurons = tuple(tuple(mode.decode(each) for each in neuron) for neuron in plain["neurons"])
            nyquist = tuple(bool(single) for single in plain["nyquist"])
            bound = parse_number(plain["bound_squared"], self.variable)
        except (KeyError, TypeError):
            raise InputError(f"{self.variable}: an object with neurons, nyquist, bound_squared is required") from None
        if not neurons or any(len(neuron) != len(nyquist) or not neuron for neuron in neurons):
            raise InputError(f"{self.variable}: at least one neuron, each with one mode a frequency, is required")
        return Crowd(neurons, nyquist, bound)

    def __str__(self) -> str:
        return "dormant neurons (u, v, w) on Z_p, x̂_0 = 0, and a number N_0"

    @property
    def range_drawn(self) -> str:
        return "p = 4, 6, 8; up to two neurons and two classes, N_0 their largest norm"


LARGEST = Relation(
    "‖θ_i(0)‖ ≤ N_0 for every neuron i",
    lambda instance: max(instance["crowd"].squared_norms) <= instance["crowd"].bound_squared,
)
BELOW_ONE = Relation("0 < N_0 < 1", lambda instance: 0 < instance["crowd"].bound_squared < 1)


def single_mode(size: int, p: int, *, nyquist: bool, scale: Fraction = Fraction(1, 20)) -> Crowd:
    """One balanced and aligned mode of a template with x̂ = size: the bound is met."""
    x: Gaussian = (Fraction(size), Fraction(0))
    u: Gaussian = (5 * scale, Fraction(0)) if nyquist else (3 * scale, 4 * scale)
    sign = 1 if size > 0 else -1
    mode = DormantMode(p, u, (5 * scale, Fraction(0)), (sign * u[0], sign * u[1]), x)
    crowd = Crowd(((mode,),), (nyquist,), Fraction(0))
    return Crowd(crowd.neurons, crowd.nyquist, crowd.squared_norms[0])


def _mode(random: Random, p: int, real: bool) -> DormantMode:
    drawn = ModeOfNeuron().draw(random, 4 if real else 0)
    return DormantMode(p, drawn.u, drawn.v, drawn.w, drawn.x)


def _with(mode: DormantMode, x: Gaussian, scale: Fraction) -> DormantMode:
    return DormantMode(mode.p, _scaled(mode.u, scale), _scaled(mode.v, scale), _scaled(mode.w, scale), x)


def _scaled(value: Gaussian, factor: Fraction) -> Gaussian:
    return value[0] * factor, value[1] * factor
