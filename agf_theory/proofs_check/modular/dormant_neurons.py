"""Whole dormant neurons on Z_p with rational weights, and their gradient pair by pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

import flint

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Relation
from agf_theory.proofs_check.strategies import Vector

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["CENTRED", "ModularNeuron", "RationalNeuron"]

_NAMES = ("x", "u", "v", "w")


@dataclass(frozen=True)
class RationalNeuron:
    """A template and the weights of one neuron, each (p,)."""

    x: Vector
    u: Vector
    v: Vector
    w: Vector

    @property
    def p(self) -> int:
        """Order of the group."""
        return len(self.x)

    def gradient(self) -> dict[str, list[flint.fmpq]]:
        """The gradient of the utility, mean over all p² pairs, by u, v and w: what a dormant neuron moves by."""
        p = self.p
        x, u, v, w = ([flint.fmpq(e.numerator, e.denominator) for e in getattr(self, name)] for name in _NAMES)
        into_u, into_v, out = (
            [_dot(weights, [x[(j - a) % p] for j in range(p)]) for a in range(p)] for weights in (u, v, w)
        )
        zero = flint.fmpq(0)
        found = {name: [zero] * p for name in ("u", "v", "w")}
        for a in range(p):
            for b in range(p):
                total = into_u[a] + into_v[b]
                pull = 2 * total * out[(a + b) % p]
                for j in range(p):
                    found["u"][j] += pull * x[(j - a) % p]
                    found["v"][j] += pull * x[(j - b) % p]
                    found["w"][j] += total * total * x[(j - a - b) % p]
        return {name: [entry / p**2 for entry in entries] for name, entries in found.items()}

    def __str__(self) -> str:
        return "; ".join(f"{name} = ({', '.join(map(str, getattr(self, name)))})" for name in _NAMES)


@dataclass(frozen=True)
class ModularNeuron(Hypothesis):
    """Neurons on groups of order 2 to 8, of both parities, with centred templates."""

    variable: str = "neuron"
    restricts = False

    def holds(self, instance: Mapping[str, Any]) -> bool:
        neuron = instance[self.variable]
        return len({len(getattr(neuron, name)) for name in _NAMES}) == 1 and any(neuron.x)

    def draw(self, random: Random, size: int) -> RationalNeuron:
        p = 2 + size % 7
        x, u, v, w = ([Fraction(random.randint(-3, 3), random.randint(1, 2)) for _ in range(p)] for _ in range(4))
        mean = sum(x, Fraction(0)) / p
        x = [entry - mean for entry in x]
        if not any(x):
            x[:2] = [Fraction(1), Fraction(-1)]
        return RationalNeuron(tuple(x), tuple(u), tuple(v), tuple(w))

    def strategy(self) -> SearchStrategy[RationalNeuron]:
        from hypothesis import strategies as st

        return st.builds(self.draw, st.randoms(use_true_random=False), st.integers(0, 6))

    def encode(self, value: RationalNeuron) -> dict[str, Any]:
        return {name: list(map(str, getattr(value, name))) for name in _NAMES}

    def decode(self, plain: Any) -> RationalNeuron:
        try:
            lists = [tuple(parse_number(entry, self.variable) for entry in plain[name]) for name in _NAMES]
        except (KeyError, TypeError):
            raise InputError(f"{self.variable}: an object with x, u, v, w is required") from None
        if len({len(each) for each in lists}) != 1 or not 2 <= len(lists[0]) <= 30:
            raise InputError(f"{self.variable}: four lists of one length from 2 to 30 are required")
        return RationalNeuron(*lists)

    def __str__(self) -> str:
        return "a neuron (u, v, w) and a template x ≠ 0 on Z_p"

    @property
    def range_drawn(self) -> str:
        return "2 ≤ p ≤ 8, rational weights"


CENTRED = Relation("x̂_0 = 0", lambda instance: sum(instance["neuron"].x, Fraction(0)) == 0)


def _dot(left: Sequence[flint.fmpq], right: Sequence[flint.fmpq]) -> flint.fmpq:
    total = flint.fmpq(0)
    for a, b in zip(left, right, strict=True):
        total += a * b
    return total
