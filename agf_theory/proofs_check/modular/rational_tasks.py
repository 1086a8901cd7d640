"""Modular addition with exact data: a template and the weights of one neuron, all rational."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

import flint

from agf_theory.errors import InputError
from agf_theory.numeric.modular.cyclotomic import CyclotomicField, CyclotomicNumber, discrete_fourier_transform
from agf_theory.proofs_check.hypotheses import Hypothesis, Relation
from agf_theory.proofs_check.linear.dormant_neurons import vector

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["CENTRED", "MODULI", "RationalTask", "TaskAndNeuron", "random_task"]

Vector = tuple[Fraction, ...]

MODULI = (*range(2, 14), 16, 20)
"""The orders p for which checks on instances compute in exact numbers."""


@dataclass(frozen=True)
class RationalTask:
    """A template x and weights u, v, w, each of p rational numbers."""

    x: Vector
    u: Vector
    v: Vector
    w: Vector

    @property
    def p(self) -> int:
        """Length of the vectors."""
        return len(self.x)

    @property
    def exact(self) -> tuple[list[flint.fmpq], ...]:
        """x, u, v, w in FLINT's rationals."""
        vectors = (self.x, self.u, self.v, self.w)
        return tuple([flint.fmpq(entry.numerator, entry.denominator) for entry in vector] for vector in vectors)

    @property
    def coefficients(self) -> tuple[tuple[CyclotomicNumber, ...], ...]:
        """Fourier coefficients of x, u, v, w, in the field of p-th roots of unity."""
        field = CyclotomicField(self.p)
        return tuple(discrete_fourier_transform(vector, field) for vector in self.exact)

    def __str__(self) -> str:
        return "; ".join(f"{name} = ({', '.join(map(str, getattr(self, name)))})" for name in _NAMES)


_NAMES = ("x", "u", "v", "w")


def random_task(random: Random, p: int, *, centred: bool) -> RationalTask:
    """Entries between −3 and 3 with denominators 1 and 2; the template not zero, its mean taken off if centred."""
    x, u, v, w = ([Fraction(random.randint(-6, 6), random.randint(1, 2)) for _ in range(p)] for _ in _NAMES)
    mean = sum(x, Fraction(0)) / p if centred else Fraction(0)
    x = [entry - mean for entry in x]
    if not any(x) or (not centred and not sum(x)):
        x = [Fraction(1) - (Fraction(1, p) if centred else 0), *[-Fraction(1, p) if centred else Fraction(0)] * (p - 1)]
    return RationalTask(*map(tuple, (x, u, v, w)))


@dataclass(frozen=True)
class TaskAndNeuron(Hypothesis):
    """Templates and neurons, centred and not."""

    variable: str = "task"
    restricts = False
    centred: bool | None = None

    def holds(self, instance: Mapping[str, Any]) -> bool:
        task = instance[self.variable]
        return len({len(getattr(task, name)) for name in _NAMES}) == 1 and task.p >= 2 and any(task.x)

    def draw(self, random: Random, size: int) -> RationalTask:
        p = random.randint(2, min(9, 3 + size))
        return random_task(random, p, centred=bool(random.randint(0, 1)) if self.centred is None else self.centred)

    def strategy(self) -> SearchStrategy[RationalTask]:
        from hypothesis import strategies as st

        return st.builds(self.draw, st.randoms(use_true_random=False), st.integers(0, 4))

    def encode(self, value: RationalTask) -> dict[str, Any]:
        return {name: list(map(str, getattr(value, name))) for name in _NAMES}

    def decode(self, plain: Any) -> RationalTask:
        try:
            return RationalTask(*(vector(plain[name], self.variable) for name in _NAMES))
        except (KeyError, TypeError):
            raise InputError(f"{self.variable}: an object with x, u, v, w is required") from None

    def __str__(self) -> str:
        return "a real template x of length p ≥ 2, not zero, and weights u, v, w"

    @property
    def range_drawn(self) -> str:
        return "p ≤ 9, rational entries"


CENTRED = Relation("x̂_0 = 0", lambda instance: not sum(instance["task"].x))
