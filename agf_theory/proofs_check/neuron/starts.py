"""Starts of single linear neurons on whitened data, in fractions: what the solutions in time are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

from agf_theory.closed_form import symbols as sym
from agf_theory.errors import InputError
from agf_theory.problems import SingleNeuron
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Relation
from agf_theory.proofs_check.linear.rational_draws import orthogonal_matrix
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, identity, product, transpose

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["ORTHONORMAL", "RATES_OF_ONE", "NeuronStart", "WhitenedStart"]

ONE = Fraction(1)
EXTREMES = (Fraction(1000), Fraction(1, 10**6), Fraction(-1000), Fraction(-1, 10**6))


@dataclass(frozen=True)
class WhitenedStart:
    """A start in a plane through the goal, turned to any frame, and a time.

    Attributes
    ----------
    frame : (d, d)
        The design, rows orthonormal; the goal is b times the first row, and w lies in the plane of the first two.
    b, a, parallel, across : Fraction
        Norm of the goal, outer weight, parts of w along the goal and across it; the last not negative.
    time : Fraction
    rates : (Fraction, Fraction)
    stretched : Fraction
        By what the first row of the design is multiplied; whitened data have one.
    """

    frame: Matrix
    b: Fraction
    a: Fraction
    parallel: Fraction
    across: Fraction
    time: Fraction
    rates: tuple[Fraction, Fraction] = (ONE, ONE)
    stretched: Fraction = ONE

    @property
    def delta(self) -> Fraction:
        """a² − ‖w‖²."""
        return self.a**2 - self.parallel**2 - self.across**2

    @property
    def problem(self) -> SingleNeuron:
        """The same for the numeric route: nothing of the plane is left but the numbers."""
        first, *rest = self.frame
        X = [[self.stretched * entry for entry in first], *map(list, rest)]
        y = [self.b / self.stretched, *[Fraction(0)] * len(rest)]
        second = rest[0] if rest else (Fraction(0),) * len(first)
        w = [self.parallel * p + self.across * q for p, q in zip(first, second, strict=True)]
        return SingleNeuron(X, y, self.a, w, self.rates)

    @property
    def values(self) -> dict[Any, Fraction]:
        """By the symbols of the formulas, but for nu and t."""
        return {
            sym.outer_0: self.a,
            sym.parallel_0: self.parallel,
            sym.across_0: self.across,
            sym.neuron_imbalance: self.delta,
            sym.goal_norm: self.b,
        }

    def __str__(self) -> str:
        more = "" if self.rates == (ONE, ONE) else f", rates {self.rates[0]}, {self.rates[1]}"
        more += "" if self.stretched == 1 else f", first row times {self.stretched}"
        parts = f"a = {self.a}, w along = {self.parallel}, across = {self.across}"
        return f"d = {len(self.frame)}, b = {self.b}, {parts}, t = {self.time}{more}"


ORTHONORMAL = Relation(
    "whitened data, XᵀX = I",
    lambda instance: (
        instance["start"].stretched == 1
        and product(instance["start"].frame, transpose(instance["start"].frame))
        == identity(len(instance["start"].frame))
    ),
)
RATES_OF_ONE = Relation("both rates are one", lambda instance: instance["start"].rates == (ONE, ONE))


@dataclass(frozen=True)
class NeuronStart(Hypothesis):
    """A start of a single linear neuron whose goal is not zero.

    Attributes
    ----------
    balanced : bool
        a = ‖w‖ in every draw, among them w along the goal and opposite to it; otherwise in some.
    extremes : bool
        Imbalances of ±1000 and ±10⁻⁶ are drawn too.
    upstream : bool
        |a| > ‖w‖ in every draw.
    from_zero : bool
        a = 0 and w ahead, along the goal or at an acute angle to it, in every draw.
    """

    variable: str = "start"
    balanced: bool = False
    extremes: bool = False
    upstream: bool = False
    from_zero: bool = False
    restricts = False

    def holds(self, instance: Mapping[str, Any]) -> bool:
        start = instance[self.variable]
        return isinstance(start, WhitenedStart) and start.b > 0 and start.across >= 0

    def draw(self, random: Random, size: int) -> WhitenedStart:
        d = (2, 3, 1, 2)[size % 4]
        b = Fraction(random.randint(2, 6), 4)
        slope = Fraction(random.randint(-6, 6), 4)
        cosine, sine = (1 - slope**2) / (1 + slope**2), abs(2 * slope) / (1 + slope**2)
        if d == 1:
            cosine, sine = Fraction(random.choice((-1, 1))), Fraction(0)
        norm = Fraction(random.randint(1, 6), 4)
        a = norm if self.balanced or size % 5 == 2 else Fraction(random.randint(-5, 5), 4)
        if self.upstream:
            a = random.choice((-1, 1)) * (norm + Fraction(random.randint(1, 8), 4))
        if self.from_zero:
            a, norm = Fraction(0), 2 * norm
            cosine, sine = (abs(cosine), sine) if cosine else (Fraction(4, 5), Fraction(3, 5))
        start = (norm * cosine, norm * sine)
        if self.extremes and d > 1 and size % 3 == 0:
            a, start = _of_imbalance(EXTREMES[(size // 3 + size // 12) % len(EXTREMES)], a, start)
        # As many of the integrator's steps for large weights as for small ones.
        scale = a**2 + start[0] ** 2 + start[1] ** 2 + b
        time = Fraction(random.randint(2, 6), 1) / max(1, int(2 * scale)) / 2
        return WhitenedStart(orthogonal_matrix(random, d), b, a, *start, time)

    def strategy(self) -> SearchStrategy[WhitenedStart]:
        from hypothesis import strategies as st

        return st.builds(self.draw, st.randoms(use_true_random=False), st.integers(0, 30))

    def encode(self, value: WhitenedStart) -> dict[str, Any]:
        numbers = {name: str(getattr(value, name)) for name in _NUMBERS}
        return {"frame": [list(map(str, row)) for row in value.frame], "rates": list(map(str, value.rates)), **numbers}

    def decode(self, plain: Any) -> WhitenedStart:
        try:
            frame = tuple(tuple(parse_number(entry, "frame") for entry in row) for row in plain["frame"])
            rates = tuple(parse_number(rate, "rates") for rate in plain["rates"])
            numbers = {name: parse_number(plain[name], name) for name in _NUMBERS}
        except (KeyError, TypeError):
            raise InputError(f"{self.variable}: an object as `encode` gives it is required") from None
        if len(rates) != 2 or any(len(row) != len(frame) for row in frame) or not frame:
            raise InputError(f"{self.variable}: a square frame and two rates are required")
        return WhitenedStart(frame=frame, rates=(rates[0], rates[1]), **numbers)

    def __str__(self) -> str:
        return "a start with any weights, and a goal Xᵀy that is not zero; squared loss"

    @property
    def range_drawn(self) -> str:
        more = ", some with δ = ±1000 or ±10⁻⁶" if self.extremes else ""
        return f"rational weights and times, one to three inputs{more}"


_NUMBERS = ("b", "a", "parallel", "across", "time", "stretched")


def _of_imbalance(
    delta: Fraction, a: Fraction, inner: tuple[Fraction, Fraction]
) -> tuple[Fraction, tuple[Fraction, Fraction]]:
    """Weights near those given with this imbalance: (a − w)(a + w) = δ + across² for one of the two along the goal."""
    along, across = inner
    total = abs(a) + abs(along) if abs(delta) < 1 else Fraction(40)
    total = total or Fraction(1)
    difference = (delta + across**2) / total
    sign = 1 if along >= 0 else -1
    return (total + difference) / 2 * (1 if a >= 0 else -1), (sign * (total - difference) / 2, across)
