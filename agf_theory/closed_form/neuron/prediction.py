"""The closed forms of a single neuron, put to work on a problem: weights in time, half-time, end and kernel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from math import log, sqrt, ulp
from typing import Any

from flint import arb, ctx, fmpq
from sympy import Expr, cosh, exp, expand, sinh

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.closed_form.neuron.delayed import delayed_half_time
from agf_theory.closed_form.neuron.end_state import end_predictor, inner_end_square, outer_end_square
from agf_theory.closed_form.neuron.solution import neuron_growth_rate, outer_propagated, parallel_propagated, stretch
from agf_theory.errors import HypothesisNotMet, UndecidedError
from agf_theory.problems import SingleNeuron
from agf_theory.problems.required import require_problem

__all__ = ["NeuronPrediction"]

_PRECISIONS = (192, 768, 3072, 12288, 49152)  # bits; the last decide signs at half-times down to chi = 1e-3000
_OF_VALUES = 3072  # bits of a number that is a double in the end
_EARLIEST = 1e-4  # in units of the fastest time of the flow
_HALVINGS = 60
_MARGIN = 1e-9  # so long after a crossing, relative to its time, its sign has to be certain
_LITTLE = 0.1

Criterion = Callable[[arb, arb, arb, arb, arb], arb]


@dataclass(frozen=True)
class NeuronPrediction:
    r"""What the closed forms say of one neuron on whitened data; nothing is integrated.

    Attributes
    ----------
    outer, delta, goal_squared, inner_squared, overlap : Fraction
        Exact: :math:`a_0,\ \delta,\ b^2,\ \|w_0\|^2` and :math:`\beta_*\cdot w_0`.
    inputs : int
        d.
    """

    outer: Fraction
    delta: Fraction
    goal_squared: Fraction
    inner_squared: Fraction
    overlap: Fraction
    inputs: int

    @classmethod
    def of(cls, problem: SingleNeuron) -> NeuronPrediction:
        """Read the exact numbers of a problem.

        Raises
        ------
        InputError
            If it is of another kind, or has no start.
        HypothesisNotMet
            If its data are not whitened, its rates are not one, or its goal is zero.
        """
        require_problem(problem, SingleNeuron)
        if not problem.whitened:
            raise HypothesisNotMet("closed form of a neuron: whitened data, XᵀX = I, are required")
        if any(rate != 1 for rate in problem.rational_rates):
            raise HypothesisNotMet(f"closed form of a neuron: rates of one are required, got {problem.rates}")
        goal, inner = problem.rational_X.transpose() * problem.rational_y, problem.rational_w0
        goals, inners = ([Fraction(int(e.p), int(e.q)) for e in each.entries()] for each in (goal, inner))
        squared = sum((g * g for g in goals), Fraction(0))
        if not squared:
            raise HypothesisNotMet("closed form of a neuron: a goal Xᵀy that is not zero is required")
        return cls(
            outer=problem.rational_a0,
            delta=problem.rational_delta,
            goal_squared=squared,
            inner_squared=sum((w * w for w in inners), Fraction(0)),
            overlap=sum((g * w for g, w in zip(goals, inners, strict=True)), Fraction(0)),
            inputs=problem.d,
        )

    @property
    def chi(self) -> float:
        """What decides the end, `end_predictor`; zero exactly where it is zero, else the least double at the least."""
        if self.end_sign == 0:
            return 0.0
        return float(self._value(end_predictor())) or self.end_sign * ulp(0.0)

    @property
    def end_sign(self) -> int:
        """Sign of the outer weight at the end; zero if the neuron does not reach its goal. Decided exactly."""
        # b chi = p + nu c with rational p, c and nu squared.
        constant, slope = self.goal_squared * self.outer - self.delta / 2 * self.overlap, self.overlap
        ahead = constant**2 - (self.goal_squared + self.delta**2 / 4) * slope**2
        leading = constant if ahead > 0 else slope
        return 0 if ahead == 0 and constant * slope <= 0 else int(leading > 0) - int(leading < 0)

    @property
    def size(self) -> float:
        """Norm of the map at the start, and so the size of mu."""
        return abs(float(self.outer)) * sqrt(self.inner_squared)

    @property
    def goal(self) -> float:
        """Norm b of the goal."""
        return sqrt(self.goal_squared)

    @property
    def cosine(self) -> float | None:
        """Of the angle between w and the goal at the start; None where w is zero."""
        if not self.inner_squared:
            return None
        return float(self.overlap) / sqrt(self.inner_squared * self.goal_squared)

    def plane_at(self, time: float) -> tuple[float, float]:
        r"""The map at a time: its part along the goal, and the norm of its part across.

        Parameters
        ----------
        time : float
            Flow time, not negative.

        Raises
        ------
        UndecidedError
            If the precision does not suffice.
        """
        for bits in _PRECISIONS:
            with ctx.workprec(bits):
                a, along, across, length = _propagated(_Coefficients.at(self, bits), arb(time))
                found = (a * along / length, abs(a) * across / length)
                if all(each.rel_accuracy_bits() > 40 or each.rad() < 1e-30 for each in found):
                    return float(found[0]), float(found[1])
        raise UndecidedError(f"map of the neuron at t = {time:g}: more than {_PRECISIONS[-1]} bits would be needed")

    def half_time(self) -> float | None:
        r"""First time at which the part of the map along the goal is b/2; None where there is none.

        The change of sign of :math:`\tilde a\tilde w_\parallel-\tfrac b2X`, between times that double, then halved.
        There is one at most from below. With :math:`R=(a^2+w_\parallel^2)/\|w_\perp\|^2` the part along the goal
        changes at b/2 at the rate :math:`\tfrac b2(R-1)\|w_\perp\|^2`, and R by
        :math:`2a(2bw_\parallel+\delta a)/(a^2+w_\parallel^2)` of itself. Where R is at least one there,
        :math:`-\delta a^2\le2a^2w_\parallel^2=b^2/2<2abw_\parallel`: R rises, and being a sum of a growing and a
        shrinking exponential it goes on rising.

        Raises
        ------
        UndecidedError
            If the precision does not suffice, for starts too close to chi = 0.
        """
        return None if self.end_sign == 0 else self._first(_beyond_half)

    def turning_time(self) -> float | None:
        r"""First time at which w is at 45 degrees to the goal or to its opposite; None where there is none.

        Far downstream, from a = 0, `delayed_half_time` is its leading order too: the map lags behind the direction by
        :math:`1/(2|\delta|)`. There is one at most from below: :math:`w_\parallel/\|w_\perp\|` is a sum of a growing
        and a shrinking exponential, and is monotone or has the convexity of its sign.

        Raises
        ------
        UndecidedError
            As `half_time`.
        """
        return None if self.end_sign == 0 else self._first(_beyond_turn)

    def _first(self, beyond: Criterion) -> float | None:
        """The time at which a quantity that is negative at the start changes its sign, as it does once, to a double."""

        def sign(time: float) -> int:
            return self._sign(beyond, time)

        if sign(0.0) >= 0:
            return None
        low, high = 0.0, _EARLIEST / sqrt(self.goal_squared + self.delta**2 / 4)
        while sign(high) < 0:
            low, high = high, 2 * high
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if not low < middle < high:
                break
            low, high = (middle, high) if sign(middle) < 0 else (low, middle)
        if sign(high * (1 + _MARGIN)) <= 0:
            raise UndecidedError(
                f"crossing of the neuron near t = {high:g}: more than {_PRECISIONS[-1]} bits would be needed; "
                "start further from chi = 0"
            )
        return high

    def kernel_change(self) -> float | None:
        r"""Relative change :math:`\|K_\infty-K_0\|_F/\|K_0\|_F` of the tangent kernel; None if :math:`K_0=0`.

        On whitened data the norms are those of :math:`M=a^2I+ww^\top`, whose end is known.
        """
        with ctx.workprec(_PRECISIONS[0]):
            a0, w0 = _ball(self.outer) ** 2, _ball(self.inner_squared)
            if self.end_sign:
                a1, w1 = self._value(outer_end_square()), self._value(inner_end_square())
                overlap = _ball(self.overlap) ** 2 / _ball(self.goal_squared) * w1  # (w0 . w at the end)^2
            else:
                a1, w1 = arb(0), -_ball(self.delta)
                overlap = w1 * (w0 - _ball(self.overlap) ** 2 / _ball(self.goal_squared))
            start = self.inputs * a0 * a0 + 2 * a0 * w0 + w0 * w0
            if not start > 0:
                return None
            change = a1 - a0
            squared = self.inputs * change * change + 2 * change * (w1 - w0) + w0 * w0 + w1 * w1 - 2 * overlap
            return float((squared.max(arb(0)) / start).sqrt())

    def delayed_half_time(self) -> float | None:
        """Half-time far downstream to leading order (claim SN-09); None unless delta < 0 and 0 < phi^2 < 1/2."""
        squared = self.overlap**2 / (self.inner_squared * self.goal_squared) if self.inner_squared else Fraction(0)
        if self.delta >= 0 or not 0 < squared < Fraction(1, 2):
            return None
        with ctx.workprec(_PRECISIONS[0]):
            cosine = {sym.cosine_0: _ball(squared).sqrt()}
            return float(ball_value(delayed_half_time(), self._symbols() | cosine))

    @cached_property
    def regime(self) -> str:
        """Lazy, rich, delayed rich, or between them.

        By convention: lazy, where the tangent kernel changes by less than a tenth (`kernel_change`); delayed rich,
        where the half-time is within a tenth of `delayed_half_time`; rich, where neither holds and the kernel changes
        by more than its own size. A neuron that does not reach its goal is of none of these: "saddle".
        """
        if not self.end_sign:
            return "saddle"
        change = self.kernel_change()
        if change is not None and change < _LITTLE:
            return "lazy"
        if self._delayed():
            return "delayed rich"
        return "rich" if change is None or change > 1 else "between"

    def _delayed(self) -> bool:
        """Whether the half-time is within a tenth of its leading order far downstream.

        There is one crossing at most from below, so that three signs tell and the half-time itself is not needed.
        """
        leading = self.delayed_half_time()
        if not leading:
            return False
        at = (0.0, (1 - _LITTLE) * leading, (1 + _LITTLE) * leading)
        return tuple(self._sign(_beyond_half, time) for time in at) == (-1, -1, 1)

    def asymptotic_half_time(self) -> float | None:
        r"""Half-time to leading order in its regime; None where there is no such expression.

        Lazy, upstream: :math:`\frac1\delta\log\frac{2(b-\beta_{\parallel0})}b`. Delayed rich: `delayed_half_time`.
        Rich, balanced: :math:`\frac1{2b}\log\frac{4b}{\mu_0(1+\phi_0)^2}`.
        """
        if self.half_time() is None:
            return None
        if self.regime == "delayed rich":
            return self.delayed_half_time()
        if self.regime == "lazy" and self.delta > 0:
            ahead = float(self.outer * self.overlap / self.goal_squared)
            return log(2 * (1 - ahead)) / float(self.delta)
        if self.regime == "rich" and self.delta == 0 and self.outer and self.cosine is not None:
            cosine = self.cosine if self.outer > 0 else -self.cosine
            return log(4 * self.goal / (self.size * (1 + cosine) ** 2)) / (2 * self.goal)
        return None

    def _sign(self, beyond: Criterion, time: float) -> int:
        """Sign of a quantity at a time; zero nearer to its zero than any precision can tell."""
        for bits in _PRECISIONS:
            with ctx.workprec(bits):
                known = _Coefficients.at(self, bits)
                found = beyond(*_propagated(known, arb(time)), known.goal)
                if found > 0 or found < 0:
                    return 1 if found > 0 else -1
        return 0

    def _value(self, expression: Expr) -> Any:
        with ctx.workprec(_OF_VALUES):
            return ball_value(expression, self._symbols())

    def _symbols(self) -> dict[Any, Any]:
        """Values of the symbols of the closed forms, at the current precision."""
        b = _ball(self.goal_squared).sqrt()
        parallel = _ball(self.overlap) / b
        across = _ball(self.inner_squared - self.overlap**2 / self.goal_squared).sqrt()
        known = {
            sym.outer_0: _ball(self.outer),
            sym.parallel_0: parallel,
            sym.across_0: across,
            sym.neuron_imbalance: _ball(self.delta),
            sym.goal_norm: b,
        }
        return known | {sym.rate: ball_value(neuron_growth_rate(), known)}


@dataclass(frozen=True)
class _Coefficients:
    """Of cosh, sinh and their like in the closed forms: what does not depend on time, so that time is cheap."""

    outer: tuple[arb, ...]
    parallel: tuple[arb, ...]
    across: arb
    length: tuple[arb, ...]
    goal: arb
    rate: arb
    delta: arb
    balanced: bool

    @classmethod
    @cache
    def at(cls, neuron: NeuronPrediction, bits: int) -> _Coefficients:
        with ctx.workprec(bits):
            values = neuron._symbols()
            balanced = neuron.delta == 0
            outer, parallel, length = _expansions(balanced)
            return cls(
                tuple(ball_value(each, values) for each in outer),
                tuple(ball_value(each, values) for each in parallel),
                values[sym.across_0],
                tuple(ball_value(each, values) for each in length),
                values[sym.goal_norm],
                values[sym.rate],
                values[sym.neuron_imbalance],
                balanced,
            )


@cache
def _expansions(balanced: bool) -> tuple[tuple[Expr, ...], ...]:
    """Coefficients of the propagated weights in cosh, sinh; of the stretch in those of twice the time and the rest."""
    once, twice = sym.rate * sym.t, 2 * sym.rate * sym.t
    across = sym.t if balanced else exp(-sym.neuron_imbalance * sym.t)
    return (
        _collected(outer_propagated(), (cosh(once), sinh(once))),
        _collected(parallel_propagated(), (cosh(once), sinh(once))),
        _collected(stretch(balanced), (cosh(twice), sinh(twice), across)),
    )


def _collected(expression: Expr, functions: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """Coefficients of the functions, and then what is left; none depends on time."""
    expanded = expand(expression)
    found = [expanded.coeff(function) for function in functions]
    left = expand(expanded - sum(c * f for c, f in zip(found, functions, strict=True)))
    assert not any(each.has(sym.t) for each in (*found, left)), "a closed form of another shape"
    return (*found, left)


def _propagated(known: _Coefficients, time: arb) -> tuple[arb, arb, arb, arb]:
    """The propagated weights, those across the goal by their norm, and the stretch."""
    sinh_once, cosh_once = (known.rate * time).sinh_cosh()
    sinh_twice, cosh_twice = (2 * known.rate * time).sinh_cosh()
    decay = time if known.balanced else (-known.delta * time).exp()
    a = known.outer[0] * cosh_once + known.outer[1] * sinh_once + known.outer[2]
    along = known.parallel[0] * cosh_once + known.parallel[1] * sinh_once + known.parallel[2]
    across = known.across * (-known.delta * time / 2).exp()
    length = known.length[0] * cosh_twice + known.length[1] * sinh_twice + known.length[2] * decay + known.length[3]
    return a, along, across, length


def _beyond_half(a: arb, along: arb, _: arb, length: arb, goal: arb) -> arb:
    return 2 * a * along - goal * length


def _beyond_turn(_a: arb, along: arb, across: arb, _length: arb, _goal: arb) -> arb:
    return along * along - across * across


def _ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))
