"""The closed forms of a network on one-dimensional data, with the numbers of a given one in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

import flint
from sympy import Expr, Float, Integer, Rational, Symbol, atan, log, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.finite_width.alignment import alignment_cosine
from agf_theory.closed_form.finite_width.conservation import conserved_gap, conserved_gram
from agf_theory.closed_form.finite_width.reduction import effective_input, effective_output, effective_target
from agf_theory.closed_form.finite_width.scalar_flow import conserved_spread, final_output, kernel_ratio, tangent_kernel
from agf_theory.closed_form.finite_width.solution import discriminant, squared_start
from agf_theory.problems import OneDimensionalNetwork
from agf_theory.problems.required import require_problem

__all__ = ["NetworkValues"]

Values = Mapping[Symbol, Expr]

_DIGITS = 60
_CANCELLED = Float(10, _DIGITS) ** -50
"""What is left of a difference, in units of its terms, when it is zero: doubles that differ leave 1e-32 or more."""


@dataclass(frozen=True)
class NetworkValues:
    r"""What the closed forms say of a network: all of it follows from a few numbers of the start, whatever the width.

    Attributes
    ----------
    speed : Expr
        :math:`g=\gamma\xi\sqrt{\eta_u\eta_v}`; as the others, a number of 60 digits, zero if it is zero.
    growing_square, shrinking_square : Expr
        :math:`P,N`.
    target, output_start, output_end : Expr
        :math:`\bar y,f_0,f_\infty`.
    spread, area, gap : Expr
        :math:`\Lambda,\kappa,c`.

    Examples
    --------
    >>> values = NetworkValues.of(OneDimensionalNetwork([10, 0], [0, Fraction(1, 10)]))
    >>> float(values.spread), float(values.area), round(values.kernel_ratio or 0, 6), round(values.cosine_end or 0, 6)
    (100.01, 1.0, 1.0002, 0.707107)
    """

    speed: Expr
    growing_square: Expr
    shrinking_square: Expr
    target: Expr
    output_start: Expr
    output_end: Expr
    spread: Expr
    area: Expr
    gap: Expr

    @classmethod
    def of(cls, problem: OneDimensionalNetwork) -> Self:
        """The values of a network, from exact sums over its neurons; raises `InputError` for any other problem."""
        require_problem(problem, OneDimensionalNetwork)
        given = _given(problem)
        of_uu, of_vv = (given[s] for s in (sym.square_u, sym.square_v))
        total = of_uu / given[sym.eta_u] + of_vv / given[sym.eta_v]
        growing, shrinking = (
            _without_rounding(squared_start(which).xreplace(given), total) for which in ("growing", "shrinking")
        )
        gram = _without_rounding(conserved_gram().xreplace(given), of_uu * of_vv)
        scale = given[sym.output_scale] * given[sym.input_size]
        speed = scale * sqrt(given[sym.eta_u] * given[sym.eta_v])
        squares = {sym.growing_square: growing, sym.shrinking_square: shrinking, sym.speed: speed}
        target = effective_target().xreplace(given)
        return cls(
            speed=speed,
            growing_square=growing,
            shrinking_square=shrinking,
            target=target,
            output_start=effective_output().xreplace(given),
            output_end=final_output().xreplace({**squares, sym.target: target}),
            spread=conserved_spread().xreplace(squares),
            area=scale * sqrt(gram),
            gap=_without_rounding(conserved_gap().xreplace(given), total),
        )

    @property
    def kernel_start(self) -> float:
        """Tangent kernel at the start."""
        return self.kernel(self.output_start)

    @property
    def kernel_ratio(self) -> float | None:
        """Tangent kernel at the end over that at the start; None if that is zero, and nothing moves."""
        if self.kernel_start == 0:
            return None
        # Where the flow ends at the saddle and not at the target, the formula holds with that end.
        ends = {sym.target: self.output_end, sym.output_start: self.output_start, sym.spread_f: self.spread}
        return float(kernel_ratio().xreplace(ends))

    @property
    def cosine_start(self) -> float | None:
        """Cosine of the angle between the layers at the start; None if one of them is zero."""
        return self.cosine(self.output_start)

    @property
    def cosine_end(self) -> float | None:
        """The same at the end."""
        return self.cosine(self.output_end)

    @property
    def shares(self) -> tuple[float, float, float] | None:
        r"""Shares of rescaling, alignment and disalignment in the way of the output from its start to its end.

        Of a small step :math:`df`, rescaling has :math:`\zeta^2df` and the angle the rest (TM-07), which is alignment
        where :math:`|f|` grows and disalignment where it falls. Over the way the angle has

        .. math:: \int(1-\zeta^2)\,df=\int\frac{\kappa^2}{f^2+\kappa^2}\,df=\kappa\arctan\frac f\kappa .

        None if the output does not move.
        """
        first, last = self.output_start, self.output_end
        if first == last:
            return None
        before, after = (self._turned(value) for value in (first, last))
        crossed = first * last < 0
        aligning = abs(after) if crossed else max(abs(after) - abs(before), Integer(0))
        opposing = abs(before) if crossed else max(abs(before) - abs(after), Integer(0))
        way = abs(last - first)
        return float(1 - (aligning + opposing) / way), float(aligning / way), float(opposing / way)

    def kernel(self, output: Expr) -> float:
        """Tangent kernel when the output is this."""
        return float(tangent_kernel().xreplace({**self._constants, sym.output: output}))

    def cosine(self, output: Expr) -> float | None:
        """Cosine of the angle between the layers when the output is this; None if one layer is zero there."""
        if output == 0 and self.area == 0:
            return None
        return float(alignment_cosine().xreplace({sym.output: output, sym.area: self.area}))

    def output_after(self, share: Fraction) -> Expr:
        """The output after some share of its way from the start to the end."""
        return self.output_start + (self.output_end - self.output_start) * _number(share)

    def time_after(self, share: Fraction) -> float | None:
        r"""Time at which some share, below one, of the way from the start to the end is done.

        The growth factor is :math:`\rho=(2f+\sqrt{4f^2+\Lambda^2})/(gP)`, and the solution of TM-03 is solved for the
        exponential in it. None if the output does not move.
        """
        if self.output_start == self.output_end:
            return None
        if share == 0:
            return 0.0
        g, P, N, target = self.speed, self.growing_square, self.shrinking_square, self.target
        output, root = self.output_after(share), discriminant().xreplace(self._constants)
        size = sqrt(4 * output**2 + self.spread**2)
        # One of two forms of the same, that in which nothing cancels.
        rho = (2 * output + size) / (g * P) if output >= 0 else g * N / (size - 2 * output)
        if root == 0:
            return float(2 * (1 - rho) / (g**2 * (rho * P - N)))
        upper, lower = g * N + 2 * target, g * P - 2 * target
        decay = (root + upper - rho * (root + lower)) / (rho * (root - lower) - root + upper)
        return float(-log(decay) / (g * root))

    @property
    def _constants(self) -> Values:
        squares = {sym.growing_square: self.growing_square, sym.shrinking_square: self.shrinking_square}
        return {**squares, sym.speed: self.speed, sym.target: self.target, sym.spread_f: self.spread}

    def _turned(self, output: Expr) -> Expr:
        return Integer(0) if self.area == 0 else self.area * atan(output / self.area)


def _given(problem: OneDimensionalNetwork) -> dict[Symbol, Expr]:
    u, v = ([flint.fmpq(x.numerator, x.denominator) for x in xs] for xs in (problem.rational_u0, problem.rational_v0))
    pairs = {sym.square_u: (u, u), sym.square_v: (v, v), sym.inner_uv: (u, v)}
    found: dict[Symbol, Expr] = {}
    for symbol, (left, right) in pairs.items():
        total = sum((a * b for a, b in zip(left, right, strict=True)), flint.fmpq(0))
        found[symbol] = _number(Fraction(int(total.p), int(total.q)))
    of_u, of_v = problem.rational_effective_rates
    scalars = {
        sym.eta_u: of_u,
        sym.eta_v: of_v,
        sym.output_scale: problem.rational_gamma,
        sym.moment_aa: problem.rational_xi2,
        sym.moment_ay: problem.rational_ay,
    }
    found |= {symbol: _number(value) for symbol, value in scalars.items()}
    found[sym.input_size] = effective_input().xreplace(found)
    return found


def _number(value: Fraction) -> Expr:
    # Zero is exact, and everything else a float: SymPy would look for squares in the roots of long integers.
    return Float(Rational(value.numerator, value.denominator), _DIGITS) if value else Integer(0)


def _without_rounding(difference: Expr, size: Expr) -> Expr:
    return difference if abs(difference) > _CANCELLED * size else Integer(0)
