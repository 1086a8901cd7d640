"""Conditions of optimality of an end among all interpolants, from an objective of the map, as exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Integer, radsimp, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_at
from agf_theory.proofs_check.linear.rational_form import as_rational
from agf_theory.proofs_check.neuron.conserving_ends import ConservingEnd
from agf_theory.proofs_check.neuron.rational_neurons import dot

__all__ = ["Numbers", "differs_from_zero", "objective_slopes", "potential_slopes"]

_BITS = 256


@dataclass(frozen=True)
class Numbers:
    """What the formulas are asked at: exact numbers of one end, roots of rationals among them."""

    end: ConservingEnd

    def values(self) -> dict[Any, Expr]:
        end = self.end
        outer, inner = map(as_rational, end.rates)
        delta, squared = as_rational(end.delta), as_rational(dot(end.beta, end.beta))
        return {
            sym.eta_outer: outer,
            sym.eta_inner: inner,
            sym.neuron_imbalance: delta,
            sym.total: sqrt(delta**2 + 4 * outer * inner * squared),
            sym.map_norm: sqrt(squared),
            sym.map_norm_0: sqrt(as_rational(dot(end.beta0, end.beta0))),
            sym.sign_kept: as_rational(end.sign_kept),
        }


def objective_slopes(objective: Expr, end: ConservingEnd) -> list[Expr]:
    """Slopes along all shifts of the end of an objective in r and u = β̂_0 · β.

    If β_0 is zero, the first of them is that by u, along a direction that is none: only zero is right.
    """
    values = Numbers(end).values()
    start = values[sym.map_norm_0]
    values[sym.along_start] = as_rational(dot(end.beta, end.beta0)) / start if start else Integer(0)
    by_norm = objective.diff(sym.map_norm).subs(values) / values[sym.map_norm]
    by_start = objective.diff(sym.along_start).subs(values)
    if not start:
        return [by_start, *_slopes(end, ((by_norm, end.beta),))]
    return _slopes(end, ((by_norm, end.beta), (by_start / start, end.beta0)))


def potential_slopes(potential: Expr, pull: Callable[[dict[Any, Expr]], Expr], end: ConservingEnd) -> list[Expr]:
    """The same for a potential of q and a multiple, by `pull`, of the weights at the start; β_0 may be zero."""
    values = Numbers(end).values()
    product = values[sym.eta_outer] * values[sym.eta_inner]
    by_norm = potential.diff(sym.total).subs(values) * 4 * product / values[sym.total]
    return _slopes(end, ((by_norm, end.beta), (-pull(values), end.w0)))


def _slopes(end: ConservingEnd, terms: Sequence[tuple[Expr, Any]]) -> list[Expr]:
    return [
        radsimp(sum(factor * as_rational(dot(vector, shift)) for factor, vector in terms)) for shift in end.shifts()
    ]


def differs_from_zero(number: Expr) -> bool | None:
    """Whether an exact number is not zero: shown by a ball; None if neither that nor zero itself is seen."""
    if number == 0:
        return False
    ball = ball_at(number, {}, _BITS)
    return True if ball.is_finite() and not ball.contains(0) else None
