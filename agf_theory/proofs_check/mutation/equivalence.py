"""Whether a mutant is the original in another form: balls tell two expressions apart, only a proof makes them one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import flint
import sympy
from sympy import Basic, Equality, Expr, Integer, Piecewise, Symbol
from sympy.matrices.expressions.matexpr import MatrixExpr

from agf_theory.closed_form.balls import ball_value
from agf_theory.closed_form.matrices import exact_matrices, with_matrices
from agf_theory.closed_form.tactics import TACTICS
from agf_theory.closed_form.witnesses import with_example_functions
from agf_theory.errors import UndecidedError
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.identity import PRECISION, random_point
from agf_theory.proofs_check.mutation.operators import CONDITIONS
from agf_theory.proofs_check.parts import Part

__all__ = ["certainly_differs", "has_a_value", "proved_equal"]

POINTS = 12
"""Legal points at which a difference is looked for. One where the balls exclude zero is enough."""


def certainly_differs(part: Part, mutated: Basic) -> bool:
    """Whether the two differ at a legal point, by balls that exclude zero there.

    False decides nothing: the balls may be too wide, or one of the two has no real value at any point that was tried.
    """
    original, other = part.expression, _without_factor(part, mutated)
    if isinstance(original, CONDITIONS) and not isinstance(original, Equality):
        original, other = _indicator(original), _indicator(other)
    difference = None if part.expression == mutated else _difference(original, other)
    if difference is None:
        return False
    random = Random(0)
    for case in _cases(part, with_example_functions(difference)):
        for _ in range(POINTS):
            point = random_point(case, random, part.within)
            try:
                with flint.ctx.workprec(PRECISION):
                    value = ball_value(case, point)
            except UndecidedError:
                break  # a function or a number without balls, at this point as at every other
            if value > 0 or value < 0:
                return True
    return False


def proved_equal(part: Part, mutated: Basic) -> Evidence:
    """Evidence that the two are the same for all legal values: proved, or inconclusive.

    Values to put in for symbols that take few, then simplifications, each of them exact under the assumptions of the
    symbols; where the hypotheses bound a symbol, it is written in one that its assumptions bound.
    """
    if part.expression == mutated:
        return _verdict("the same in SymPy's standard form")
    if part.up_to_factor and (factor := sympy.simplify(mutated / part.expression)).is_number and factor != 0:
        return _verdict(f"a multiple says the same, and it is the original times {factor}")
    if isinstance(part.expression, MatrixExpr):
        same = (part.expression - mutated).doit()
        zero = isinstance(same, sympy.ZeroMatrix)
        return _verdict("the difference is the zero matrix" if zero else "")
    difference = _difference(part.expression, mutated)
    if difference is None:
        return _verdict("")
    found = [_tactic_to_zero(_inside(case, part)) for case in _cases(part, difference)]
    return _verdict(", ".join(dict.fromkeys(found)) if all(found) else "")


def has_a_value(part: Part, mutated: Basic) -> Evidence:
    """Refuted at a legal point where the original is a real number and the mutant none: infinite, undefined, complex.

    Points are rational, every second one of them integral where the domain allows: poles like to be there.
    """
    if isinstance(mutated, (*CONDITIONS, MatrixExpr)):
        return Evidence.inconclusive("values are looked at for expressions alone")
    random = Random(0)
    for trial in range(4 * POINTS):
        point = random_point(part.expression - mutated, random, part.within)
        if trial % 2:
            point = {symbol: _rounded(value, *part.within.get(symbol, (0, None))) for symbol, value in point.items()}
        point |= {symbol: random.choice(values) for symbol, values in part.values.items() if symbol in point}
        exact = {symbol: _exact(value) for symbol, value in point.items()}
        if _is_real(part.expression.subs(exact)) and _is_none(value := mutated.subs(exact)):
            witness = {**{str(symbol): str(number) for symbol, number in exact.items()}, "value": str(value)}
            return Evidence.refuted("the formula has no finite real value at a legal point", witness)
    return Evidence.inconclusive("a value wherever it was looked for")


def _rounded(value: Fraction, low: Fraction | int, high: Fraction | int | None) -> Fraction:
    whole = Fraction(round(value))
    return whole if whole > low and (high is None or whole < high) else Fraction(value)


def _is_real(value: Expr) -> bool:
    return not _is_none(value) and bool(value.is_extended_real)


def _is_none(value: Expr) -> bool:
    return value.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo) or value.is_extended_real is False


def _verdict(how: str) -> Evidence:
    if not how:
        return Evidence.inconclusive("not told apart from the original, and not proved equal to it")
    return Evidence.of(Level.PROVED, f"equal to the original: {how}")


def _difference(original: Basic, mutated: Basic) -> Expr | None:
    """An expression that vanishes iff the two say the same; None if there is none."""
    if isinstance(original, Equality):
        if not isinstance(mutated, Equality):
            return None
        return (original.lhs - original.rhs - (mutated.lhs - mutated.rhs)).doit()
    if isinstance(original, CONDITIONS):
        return None  # only balls tell other conditions apart
    if isinstance(original, MatrixExpr):
        matrices = exact_matrices(original)
        try:
            left, right = with_matrices(original, matrices), with_matrices(mutated, matrices)
            return sum(((a - b) ** 2 for a, b in zip(left, right, strict=True)), sympy.Integer(0))
        except (ValueError, TypeError, AttributeError):
            return None
    return original - mutated


def _indicator(condition: Basic) -> Expr:
    """One where a condition holds, and zero where it does not."""
    return Piecewise((Integer(1), condition), (Integer(0), True))


def _without_factor(part: Part, mutated: Basic) -> Basic:
    """The mutant divided by the factor it has at one point, where a multiple says the same."""
    if not part.up_to_factor:
        return mutated
    point = random_point(part.expression, Random(1), part.within)
    factor = (mutated / part.expression).subs({symbol: _exact(value) for symbol, value in point.items()})
    return mutated / factor if factor.is_Rational and factor != 0 else mutated


def _cases(part: Part, difference: Expr) -> Iterator[Expr]:
    """The difference for every choice of values of the symbols that take few."""
    symbols = [symbol for symbol in part.values if symbol in difference.free_symbols]
    for chosen in product(*(part.values[symbol] for symbol in symbols)):
        yield difference.subs(dict(zip(symbols, chosen, strict=True)))


def _inside(expression: Expr, part: Part) -> Expr:
    """The expression in positive symbols, from which the bounded ones are made."""
    made = {}
    for i, (symbol, (low, high)) in enumerate(sorted(part.within.items(), key=str)):
        positive = Symbol(f"p_{i}", positive=True)
        share = positive if high is None else _exact(high - low) * positive / (1 + positive)
        made[symbol] = _exact(low) + share
    return expression.subs(made)


def _exact(number: Fraction | int) -> Any:
    fraction = Fraction(number)
    return sympy.Rational(fraction.numerator, fraction.denominator)


def _tactic_to_zero(difference: Expr) -> str:
    for name, tactic in _tactics():
        if tactic(difference) == 0:
            return f"the difference is zero after {name}"
    return ""


def _factored_roots(expression: Expr) -> Expr:
    return sympy.expand(
        expression.replace(
            lambda node: node.is_Pow and not node.exp.is_Integer, lambda node: sympy.factor(node.base) ** node.exp
        )
    )


def _tactics() -> Iterator[tuple[str, Callable[[Expr], Expr]]]:
    yield from TACTICS.items()
    yield "factoring under roots", _factored_roots
    yield "simplification", sympy.simplify
    yield "simplification of exponentials", lambda e: sympy.simplify(sympy.expand(e.rewrite(sympy.exp)))
