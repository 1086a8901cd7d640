"""A frequency and its group as a hypothesis: what the claims on the number of neurons draw their instances from."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sympy import Basic, Eq, Mod, Ne, false, simplify, true

from agf_theory.closed_form import symbols as sym
from agf_theory.errors import InputError
from agf_theory.proofs_check.hypotheses import Hypothesis, Instance, Relation

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["GENERIC", "Frequency", "GroupFrequency", "by_class"]

_LARGEST_ORDER = 12


class Frequency(NamedTuple):
    """A frequency xi of the integers modulo p, from 1 to p // 2."""

    p: int
    xi: int

    def __str__(self) -> str:
        return f"{self.xi}/{self.p}"


@dataclass(frozen=True)
class GroupFrequency(Hypothesis):
    """Any p from 2 and any xi from 1 to p // 2: what kind of thing the variable is, no condition."""

    variable: str = "ξ/p"
    restricts: ClassVar[bool] = False

    def holds(self, instance: Instance) -> bool:
        p, xi = instance[self.variable]
        return bool(p >= 2 and 1 <= xi <= p // 2)

    def draw(self, random: Random, size: int) -> Frequency:
        p = random.randint(2, min(_LARGEST_ORDER, 5 + size))
        return Frequency(p, random.randint(1, p // 2))

    def strategy(self) -> SearchStrategy[Frequency]:
        from hypothesis import strategies as st

        return st.integers(2, _LARGEST_ORDER).flatmap(lambda p: st.integers(1, p // 2).map(lambda xi: Frequency(p, xi)))

    def encode(self, value: Frequency) -> str:
        return str(value)

    def decode(self, plain: Any) -> Frequency:
        pieces = plain.split("/") if isinstance(plain, str) else ()
        if len(pieces) != 2 or not all(piece.isascii() and piece.isdecimal() and len(piece) < 6 for piece in pieces):
            raise InputError(f"{self.variable}: a text such as 1/5 is required, got {plain!r:.40}")
        return Frequency(int(pieces[1]), int(pieces[0]))

    @property
    def range_drawn(self) -> str:
        return f"p ≤ {_LARGEST_ORDER}"

    def __str__(self) -> str:
        return "ξ in {1, …, p // 2}, p ≥ 2"


GENERIC = Relation("4ξ ≢ 0 mod p", lambda instance: 4 * instance["ξ/p"].xi % instance["ξ/p"].p != 0)


def by_class(expression: Basic) -> dict[str, Basic] | None:
    """The value of a formula on Nyquist, quarter and generic frequencies, for every p; None if more decides.

    A formula in which xi and p occur in the congruences 2 xi = 0 and 4 xi = 0 alone has one value a class.
    """
    xi, p = sym.frequency, sym.modulus
    found = {}
    for name, (half, quarter) in {"nyquist": (True, True), "quarter": (False, True), "generic": (False, False)}.items():
        values: dict[Basic, Basic] = {}
        for factor, holds in ((2, half), (4, quarter)):
            values |= {
                Eq(Mod(factor * xi, p), 0): true if holds else false,
                Ne(Mod(factor * xi, p), 0): false if holds else true,
            }
        found[name] = simplify(expression.xreplace(values))
    return None if any(value.free_symbols for value in found.values()) else found
