"""MOD-10 at one mode: the formulas in balls against a flow that knows no elliptic integral, and against floats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from math import isfinite
from typing import Any

import flint
import sympy
from sympy import Expr, Poly
from sympy.logic.boolalg import Boolean

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.errors import UndecidedError
from agf_theory.numeric.modular import blow_up_time, enclosed_blow_up_time
from agf_theory.numeric.modular.enclosed_mode import enclosed_step, scaled_mode
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.hypotheses import Instance
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.modular.complex_balls import complex_ball
from agf_theory.proofs_check.modular.dormant_modes import DormantMode

__all__ = ["BlowUp", "at_one_mode", "claimed_time", "enclosed_flows", "in_floats", "never_in_every_case"]

BITS = 128
NARROW = 1e-9
"""Relative width that the balls of the flow stay below: they are left with about 12 digits."""


@dataclass(frozen=True)
class BlowUp:
    """The formulas of MOD-10, in the symbols of `closed_form.symbols`.

    Attributes
    ----------
    later_too : bool
        Whether a neuron that finds its own class already active jumps at its blow-up time all the same.
    """

    rate: Callable[[], Expr] = closed_form.activation_rate
    cubic: Callable[[], Expr] = closed_form.invariant_cubic
    growing: Callable[[], Expr] = closed_form.growing_blow_up_time
    turning: Callable[[], Expr] = closed_form.turning_blow_up_time
    legendre: Callable[[bool], Expr] = closed_form.legendre_blow_up_time
    aligned: Callable[[], Expr] = closed_form.aligned_blow_up_time
    never: Callable[[], Boolean] = closed_form.never_blows_up
    later_too: bool = False


def at_one_mode(formula: BlowUp, instance: Instance) -> Evidence:
    """One mode: its enclosed blow-up time against Carlson's, Legendre's and the aligned form; or that it has none."""
    mode: DormantMode = instance["mode"]
    never, bounded = _never(formula, mode), mode.stays_bounded
    if never != bounded:
        said = {"mode": str(mode), "claimed": "never" if never else "at some time"}
        return Evidence.refuted("whether the mode becomes infinite is claimed wrongly", said, instances=1)
    if bounded:
        return Evidence.of(Level.CERTIFIED, _DETAIL, instances=1, widest=0.0)
    with flint.ctx.workprec(BITS):
        seen = enclosed_blow_up_time(*mode.balls(), mode.p)
        try:
            return weakest([_cubic_after_a_step(formula, mode), _compared(formula, mode, seen)])
        except UndecidedError as undecided:
            return Evidence.inconclusive(str(undecided))


def _cubic_after_a_step(formula: BlowUp, mode: DormantMode) -> Evidence:
    """The cubic at what the squared amplitude of u has lost is the square of Re Z/|x̂|, at the start and later."""
    sizes = (sym.size_u, sym.size_v, sym.size_w)
    values: dict[Any, Any] = {size: ball(square).sqrt() for size, square in zip(sizes, mode.squares, strict=True)}
    values[sym.imaginary_part] = ball(mode.alignment[1]) / ball(mode.template_squared).sqrt()
    start = scaled_mode(*mode.balls())
    later = enclosed_step(start, 1 / (4 * sum((abs(each) for each in start), flint.arb(0))).mid())
    for u, v, w in (start, later):
        lost = abs(start[0]) ** 2 - abs(u) ** 2
        real = (u.conjugate() * v.conjugate() * w).real
        claimed = ball_value(formula.cubic(), {**values, sym.gap_1: lost})
        miss = claimed - real * real
        if not miss.contains(0):
            witness = {
                "mode": str(mode),
                "lost": lost.str(8),
                "claimed": claimed.str(8),
                "squared": (real * real).str(8),
            }
            return Evidence.refuted("the cubic is not the square of the speed", witness, instances=1)
    return Evidence.of(Level.CERTIFIED, _DETAIL, instances=1)


def _compared(formula: BlowUp, mode: DormantMode, seen: flint.arb) -> Evidence:
    widest = float(seen.rad() / seen.mid())
    for what, claimed in _claims(formula, mode):
        miss = claimed - seen
        if not miss.is_finite():
            return Evidence.inconclusive(f"no ball for {what}")
        if not miss.contains(0):
            witness = {"mode": str(mode), "seen": seen.str(12), "claimed": claimed.str(12)}
            return Evidence.refuted(f"{what} is another time", witness, instances=1)
        widest = max(widest, float(claimed.rad()) / float(seen.mid()))
    if not widest < NARROW:
        return Evidence.inconclusive("balls too wide", widest=widest)
    return Evidence.of(Level.CERTIFIED, _DETAIL, instances=1, widest=widest)


_DETAIL = "Taylor steps with a proved remainder, in balls of relative width below 1e-9 that meet those of the formulas"


def _claims(formula: BlowUp, mode: DormantMode) -> Iterator[tuple[str, flint.arb]]:
    values, roots = _values(formula, mode), _roots(formula, mode)
    yield "Carlson's form", claimed_time(formula, mode)
    if roots[0] not in (roots[1:]):  # its hypothesis: the least root is simple
        legendre = formula.legendre(mode.alignment[0] >= 0)
        at_turn = legendre.subs(sym.gap_1, 0) if roots[0] == 0 else legendre
        yield "Legendre's form", ball_value(at_turn, values)
    if mode.balanced_and_aligned:
        yield "the aligned form", ball_value(formula.aligned(), values)
        speed = ball_value(formula.rate(), values) * ball(mode.squares[0]).sqrt()
        yield "the inverse of rate times amplitude", 1 / speed


def claimed_time(formula: BlowUp, mode: DormantMode) -> flint.arb:
    """Carlson's form on its branch, in complex balls."""
    branch = formula.growing if mode.alignment[0] >= 0 else formula.turning
    roots = _roots(formula, mode)
    values = {**_data(mode), **dict(zip((sym.gap_1, sym.gap_2, sym.gap_3), roots, strict=True))}
    return complex_ball(branch(), values).real


def _values(formula: BlowUp, mode: DormantMode) -> dict[Any, Any]:
    first, second, third = _roots(formula, mode)
    values: dict[Any, Any] = {**_data(mode), sym.size_u: ball(mode.squares[0]).sqrt(), sym.gap_1: first.real}
    values[sym.gap_mean] = ((second - first) * (third - first)).real.sqrt()
    values[sym.gap_sum] = (second + third - 2 * first).real
    return values


def _data(mode: DormantMode) -> dict[Any, Any]:
    return {sym.modulus: mode.p, sym.template_size: ball(mode.template_squared).sqrt()}


def _roots(formula: BlowUp, mode: DormantMode) -> list[flint.acb]:
    """The roots of the cubic under test at rational data, multiplicities counted, the least real one first."""
    squares, imaginary = mode.squares, mode.alignment[1] ** 2 / mode.template_squared
    numbers = dict(zip((sym.size_u, sym.size_v, sym.size_w), map(_root, squares), strict=True))
    cubic = Poly(sympy.expand(formula.cubic().subs({**numbers, sym.imaginary_part: _root(imaginary)})), sym.gap_1)
    coefficients = list(reversed(cubic.all_coeffs()))
    if not all(entry.is_Rational for entry in coefficients) or len(coefficients) != 4:
        raise UndecidedError(f"roots of a cubic with rational coefficients are required, got {cubic}")
    polynomial: Any = flint.fmpq_poly([flint.fmpq(entry.p, entry.q) for entry in coefficients])
    listed = [(flint.acb(root), count) for root, count in polynomial.complex_roots()]
    found = [root for root, count in listed for _ in range(count)]
    least = min((root for root in found if root.imag == 0), key=lambda root: float(root.real.mid()))
    found.remove(least)
    return [least, *found]


def _root(number: Any) -> Expr:
    return sympy.sqrt(sympy.Rational(number.numerator, number.denominator))


def _never(formula: BlowUp, mode: DormantMode) -> bool:
    """The condition under test, at exact numbers."""
    real, imaginary = mode.alignment
    a, b, c = map(_root, sorted(mode.squares))
    parts = {sym.real_part: real, sym.imaginary_part: imaginary}
    exact = {symbol: sympy.Rational(part.numerator, part.denominator) for symbol, part in parts.items()}
    return bool(formula.never().subs({**exact, sym.size_u: a, sym.size_v: b, sym.size_w: c}))


def enclosed_flows(formula: BlowUp, context: Context) -> Evidence:
    """Rational modes on both branches: blow-up times of the differential equation, enclosed without the formula."""
    drawn = list(context.instances(12))
    found = over_instances(at_one_mode, formula, drawn)
    if found.level is None:
        return found
    turning = sum(instance["mode"].alignment[0] < 0 for instance in drawn)
    never = sum(_never(formula, instance["mode"]) for instance in drawn)
    aligned = sum(instance["mode"].balanced_and_aligned for instance in drawn)
    if not (turning and never and aligned):
        return Evidence.inconclusive("a branch was not met", turning=turning, never=never, aligned=aligned)
    return replace(found, figures={**found.figures, "turning": turning, "never": never, "aligned": aligned})


def never_in_every_case(formula: BlowUp, context: Context) -> Evidence:
    """Signs of h and of Re Z, and whether the two least amplitudes are equal: the condition under test, case by case.

    Amplitudes and sizes are symbols in each case, so that it decides for all of them.
    """
    least, further = sympy.symbols("a c", nonnegative=True)
    apart, size = sympy.symbols("d r", positive=True)
    for h, real, more in product((0, size, -size), (-size, 0, size), (0, apart)):
        amplitudes = (least, least + more, least + more + further)
        values = {sym.imaginary_part: h, sym.real_part: real}
        values |= dict(zip((sym.size_u, sym.size_v, sym.size_w), amplitudes, strict=True))
        claimed = formula.never().subs(values, simultaneous=True)
        wanted = h == 0 and real in (0, -size) and more == 0
        if claimed not in (sympy.true, sympy.false):
            return Evidence.inconclusive("the condition is left open in a case", case=str(values), left=str(claimed))
        if bool(claimed) != wanted:
            witness = {"case": str(values), "claimed": "never" if claimed else "at some time"}
            return Evidence.refuted("whether such modes become infinite is claimed wrongly", witness)
    argument = "the least root is double iff h = 0 and the two least amplitudes are equal, and a turn there never ends"
    return Evidence.of(Level.PROVED, "the condition in all eighteen cases").by_hand(argument)


def in_floats(formula: BlowUp, context: Context) -> Evidence:
    """The numeric route, symmetric and in floats, against Carlson's form in balls."""
    count, largest = 0, 0.0
    for instance in context.instances(60):
        mode: DormantMode = instance["mode"]
        if _never(formula, mode):
            continue
        u, v, w, x = (complex(*map(float, part)) for part in (mode.u, mode.v, mode.w, mode.x))
        found = blow_up_time(u, v, w, x, mode.p)
        with flint.ctx.workprec(BITS):
            claimed = claimed_time(formula, mode)
        miss = abs(found / float(claimed.mid()) - 1) if isfinite(found) else float("inf")
        # Rounded squares of amplitudes move a time by their relative error, magnified by at most a thousand here.
        if not miss < 1e-12:
            return Evidence.refuted(
                "floats give another time", {"mode": str(mode), "float": found}, instances=count + 1
            )
        count, largest = count + 1, max(largest, miss)
    return Evidence.of(Level.SAMPLED, "floats within 1e-12 of Carlson's form", instances=count, largest=largest)
