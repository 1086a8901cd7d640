"""The frequency classes of an exact template, and cosine neurons on one of them, exact or in balls."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from typing import Any

import flint

from agf_theory.numeric.modular.cyclotomic import CyclotomicField, CyclotomicNumber, discrete_fourier_transform
from agf_theory.proofs_check.hypotheses import Relation
from agf_theory.proofs_check.modular.rational_tasks import RationalTask

__all__ = [
    "BEST_IS_GENERIC",
    "best_classes",
    "cosine",
    "is_generic",
    "phase_of",
    "root_cosine",
    "squared_moduli",
    "squared_norm",
    "torus_field",
]

PRECISION = 192


def is_generic(k: int, p: int) -> bool:
    """Whether a frequency differs from its negative."""
    return 2 * k % p != 0


def squared_moduli(task: RationalTask) -> dict[int, CyclotomicNumber]:
    """The squared modulus of every coefficient of the template that is not zero, k = 0, ..., p // 2."""
    coefficients = discrete_fourier_transform(task.exact[0], CyclotomicField(task.p))
    squares = {k: coefficients[k] * coefficients[k].conjugate() for k in range(task.p // 2 + 1)}
    return {k: square for k, square in squares.items() if not square.is_zero()}


def best_classes(task: RationalTask) -> list[int]:
    """The classes of largest utility of a centred template; ties are decided exactly."""
    sixths = {k: y**3 * (1 if is_generic(k, task.p) else 2) for k, y in squared_moduli(task).items() if k}
    if not sixths:
        return []
    with flint.ctx.workprec(PRECISION):
        best = max(sixths, key=lambda k: float(sixths[k].ball().real.mid()))
    return [k for k, value in sixths.items() if (value - sixths[best]).is_zero()]


def _generic_alone(instance: Any) -> bool:
    best = best_classes(instance["task"])
    return len(best) == 1 and is_generic(best[0], instance["task"].p)


BEST_IS_GENERIC = Relation("one class has the largest utility, and it is generic", _generic_alone)


def cosine(p: int, k: int, phase: flint.arb) -> list[flint.arb]:
    """(p,) balls: cos(2πka/p + phase)."""
    turn = 2 * flint.arb.pi() * k / p
    return [(turn * a + phase).cos() for a in range(p)]


def phase_of(task: RationalTask, k: int) -> flint.arb:
    """A ball around the argument of the template's coefficient, which is not zero."""
    value = discrete_fourier_transform(task.exact[0], CyclotomicField(task.p))[k].ball()
    return (-value).arg() + flint.arb.pi() if value.real < 0 else value.arg()


def root_cosine(p: int, k: int, factor: CyclotomicNumber) -> list[CyclotomicNumber]:
    """(p,) exact: the real part of the factor times exp(2πika/p)."""
    field = factor.field
    step = field.order // p
    return [(factor * field.root(k * a * step)).real_part() for a in range(p)]


def torus_field(p: int) -> CyclotomicField:
    """With the p-th and the twelfth roots of unity."""
    return CyclotomicField(lcm(p, 12))


def squared_norm(vector: Sequence[Any]) -> Any:
    """The sum of the squares."""
    total = vector[0] * vector[0]
    for entry in vector[1:]:
        total = total + entry * entry
    return total
