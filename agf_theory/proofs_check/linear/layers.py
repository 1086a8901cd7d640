"""Two layers with a polynomial loss of their product, and gradients of it in fractions: what LIN-01 is drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.framework.dual_numbers import Dual
from agf_theory.proofs_check.hypotheses import Hypothesis, Instance
from agf_theory.proofs_check.linear.rational_draws import any_matrix
from agf_theory.proofs_check.strategies.rational_matrix import Matrix

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["Layers", "LossOfTheMap"]

SHAPES = ((1, 1, 1), (2, 2, 2), (2, 1, 2), (2, 3, 1), (1, 2, 3), (3, 2, 3), (3, 3, 2), (2, 3, 2), (3, 1, 1))
DEGREE = 4

Terms = tuple[tuple[Fraction, tuple[tuple[int, int], ...]], ...]


@dataclass(frozen=True)
class Layers:
    """Weights A, W, a polynomial loss of B = A W, and learning rates.

    Attributes
    ----------
    outgoing : (c, H)
    incoming : (H, d)
    terms : tuple of (coefficient, entries)
        The loss: each term a coefficient times entries (i, j) of the map.
    rates : (Fraction, Fraction)
        Of A and of W.
    step : Fraction
        Of gradient descent.
    decay : Fraction
        Weight decay of A alone, decay ‖A‖²/2 added to the loss; a loss of the map has none.
    """

    outgoing: Matrix
    incoming: Matrix
    terms: Terms
    rates: tuple[Fraction, Fraction]
    step: Fraction
    decay: Fraction = Fraction(0)

    def gradients(self) -> tuple[Matrix, Matrix]:
        """By A and by W: the loss in dual numbers, one weight after the other."""
        by_layer = []
        for layer in (0, 1):
            weights = (self.outgoing, self.incoming)[layer]
            rows = [[self._slope(layer, i, j) for j in range(len(weights[0]))] for i in range(len(weights))]
            by_layer.append(tuple(map(tuple, rows)))
        return by_layer[0], by_layer[1]

    def _slope(self, layer: int, row: int, column: int) -> Fraction:
        A, W = (
            [
                [Dual(e, Fraction(layer == which and (i, j) == (row, column))) for j, e in enumerate(entries)]
                for i, entries in enumerate(weights)
            ]
            for which, weights in enumerate((self.outgoing, self.incoming))
        )
        total = Dual(Fraction(0))
        for coefficient, entries in self.terms:
            term = Dual(coefficient)
            for i, j in entries:
                term = term * sum((A[i][k] * W[k][j] for k in range(len(W))), Dual(Fraction(0)))
            total = total + term
        if self.decay:
            total = total + self.decay / 2 * sum((a**2 for line in A for a in line), Dual(Fraction(0)))
        return total.slope

    def __str__(self) -> str:
        shown = {"A": self.outgoing, "W": self.incoming}
        rows = [f"{name} = [{'; '.join(' '.join(map(str, row)) for row in m)}]" for name, m in shown.items()]
        loss = " + ".join(" ".join([f"({c})", *(f"b_{i + 1}{j + 1}" for i, j in entries)]) for c, entries in self.terms)
        decay = f" + {self.decay / 2} ‖A‖²" if self.decay else ""
        return f"{', '.join(rows)}, loss {loss}{decay}, rates {self.rates[0]}, {self.rates[1]}, step {self.step}"


@dataclass(frozen=True)
class LossOfTheMap(Hypothesis):
    """The loss depends on the weights through their product alone."""

    variable: str = "layers"

    def holds(self, instance: Instance) -> bool:
        layers: Layers = instance["layers"]
        return layers.decay == 0 and len(layers.outgoing[0]) == len(layers.incoming) and min(layers.rates) > 0

    def draw(self, random: Random, size: int) -> Layers:
        c, H, d = SHAPES[size % len(SHAPES)] if size < len(SHAPES) else random.choice(SHAPES)
        rates = (Fraction(random.randint(1, 6), 2), Fraction(random.randint(1, 6), 3))
        step = Fraction(random.randint(1, 5), 4)
        return Layers(any_matrix(random, c, H), any_matrix(random, H, d), _terms(random, c, d), rates, step)

    def strategy(self) -> SearchStrategy[Layers]:
        from hypothesis import strategies as st

        from agf_theory.proofs_check.strategies import rational_matrices, simple_rationals

        def of_shape(shape: tuple[int, int, int]) -> SearchStrategy[Layers]:
            c, H, d = shape
            entry = st.tuples(st.integers(0, c - 1), st.integers(0, d - 1))
            entries = st.lists(entry, min_size=1, max_size=DEGREE).map(tuple)
            term = st.tuples(simple_rationals(nonzero=True), entries)
            positive = simple_rationals(0, 3, low_included=False)
            terms = st.lists(term, min_size=1, max_size=3).map(tuple)
            weights = rational_matrices(c, H), rational_matrices(H, d)
            return st.builds(Layers, *weights, terms, st.tuples(positive, positive), positive)

        return st.sampled_from(SHAPES).flatmap(of_shape)

    def encode(self, value: Layers) -> dict[str, Any]:
        outgoing, incoming = ([list(map(str, row)) for row in m] for m in (value.outgoing, value.incoming))
        terms = [[str(c), [[str(i), str(j)] for i, j in entries]] for c, entries in value.terms]
        numbers = [*map(str, value.rates), str(value.step), str(value.decay)]
        return {"A": outgoing, "W": incoming, "loss": terms, "rates, step, decay": numbers}

    def decode(self, plain: Any) -> Layers:
        names = {"A", "W", "loss", "rates, step, decay"}
        if not isinstance(plain, Mapping) or set(plain) != names:
            raise InputError(f"layers: an object of {', '.join(sorted(names))} is required, got {type(plain).__name__}")
        try:
            outgoing, incoming = (
                tuple(tuple(parse_number(entry, name) for entry in row) for row in plain[name]) for name in ("A", "W")
            )
            terms = tuple(
                (
                    parse_number(c, "loss"),
                    tuple((int(parse_number(i, "loss")), int(parse_number(j, "loss"))) for i, j in e),
                )
                for c, e in plain["loss"]
            )
            first, second, step, decay = (parse_number(x, "rates, step, decay") for x in plain["rates, step, decay"])
        except (TypeError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(f"layers: lists of numbers are required, got {error}") from None
        return Layers(outgoing, incoming, terms, (first, second), step, decay)

    @property
    def range_drawn(self) -> str:
        return f"polynomials of degree up to {DEGREE} in the entries of the map, up to 3 × 3 × 3"

    def __str__(self) -> str:
        return "the loss a differentiable function of A W alone"


def _terms(random: Random, c: int, d: int) -> Terms:
    entry = [(i, j) for i in range(c) for j in range(d)]
    return tuple(
        (Fraction(random.choice((-3, -2, -1, 1, 2, 3)), 2), tuple(random.choices(entry, k=random.randint(1, DEGREE))))
        for _ in range(random.randint(2, 4))
    )
