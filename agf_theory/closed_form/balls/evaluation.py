"""One pass over an expression: every node as an exact rational or a ball, at the current precision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy
from flint import arb, fmpq
from sympy import Basic, Expr, Symbol
from sympy.core.function import AppliedUndef

from agf_theory.closed_form.balls.arithmetic import power, power_is_real, product, total
from agf_theory.closed_form.balls.branches import piecewise
from agf_theory.closed_form.balls.combinatorial import (
    binomial,
    binomial_is_real,
    hypergeometric,
    hypergeometric_is_real,
)
from agf_theory.closed_form.balls.elementary import ELEMENTARY
from agf_theory.closed_form.balls.finite_range import over_range
from agf_theory.closed_form.balls.magnitude import rescued
from agf_theory.closed_form.balls.number import Number, exactly, is_good, less, settled
from agf_theory.closed_form.balls.real_function import RealFunction
from agf_theory.closed_form.balls.shown import number_text, short_text
from agf_theory.closed_form.balls.special import SPECIAL
from agf_theory.closed_form.balls.values import Value, binary_value, value_number
from agf_theory.errors import UndecidedError

__all__ = ["FUNCTIONS", "Evaluation"]

FUNCTIONS: Mapping[Any, RealFunction] = {**ELEMENTARY, **SPECIAL}
"""The closed list of functions of numbers, besides sums, products, powers, `Piecewise`, `Sum` and `Product`."""

_CONSTANTS: Mapping[Expr, Callable[[], arb]] = {
    sympy.pi: arb.pi,
    sympy.E: arb.const_e,
    sympy.EulerGamma: arb.const_euler,
    sympy.Catalan: arb.const_catalan,
    sympy.GoldenRatio: lambda: (1 + arb(5).sqrt()) / 2,
}


class Evaluation:
    """The value of an expression and of all its parts, at the current precision.

    Parameters
    ----------
    values : mapping of Symbol to value
        int, Fraction, flint.fmpq, flint.arb, InitScale, float or an expression that is a number.

    Attributes
    ----------
    floats : list of str
        The floats that were met; they taint the result.
    outside : list of str
        Where a function certainly has no real value.
    open_conditions : list of str
        Conditions that balls at this precision leave open.
    """

    def __init__(self, values: Mapping[Any, Value]) -> None:
        self._values = dict(values)
        self._known: dict[Basic, Number] = {}
        self.floats: list[str] = []
        self.outside: list[str] = []
        self.open_conditions: list[str] = []

    def number(self, node: Basic) -> Number:
        """The value of a node; not finite where it is undefined, or where balls cannot tell.

        Raises
        ------
        UndecidedError
            If the node is outside the closed list, or a symbol without a value.
        """
        if node not in self._known:
            self._known[node] = self._evaluated(node)
        return self._known[node]

    def with_values(self, more: Mapping[Symbol, Value]) -> Evaluation:
        """An evaluation at which some symbols have other values; what it meets is told here too."""
        inner = Evaluation({**self._values, **more})
        inner.floats, inner.outside, inner.open_conditions = self.floats, self.outside, self.open_conditions
        return inner

    def undecided(self, condition: Basic) -> None:
        """A condition was left open."""
        self.open_conditions.append(str(condition))

    def refusal(self, node: Basic, why: str) -> UndecidedError:
        """The error for a node that is not evaluated."""
        return UndecidedError(f"no ball for {short_text(node)}: {why}")

    def _evaluated(self, node: Basic) -> Number:
        if node in self._values:
            return self._given(node)
        if isinstance(node, sympy.Rational):
            return settled(fmpq(node.p, node.q))
        if isinstance(node, sympy.Float):
            self.floats.append(str(node))
            return binary_value(node)
        if node in _CONSTANTS:
            return _CONSTANTS[node]()
        rule = _RULES.get(node.func)
        if rule is not None:
            plain = rule(self, node)
        elif node.func in FUNCTIONS:
            arguments = tuple(map(self.number, node.args))
            function = FUNCTIONS[node.func]
            plain = self._inside(node, function.inside(*arguments), lambda: function.at(arguments))
        else:
            raise self.refusal(node, _why_not(node))
        return plain if is_good(plain) else rescued(node, plain, self)

    def _given(self, symbol: Basic) -> Number:
        value = self._values[symbol]
        if isinstance(value, Expr):
            return Evaluation.number(self._apart(), value)
        if isinstance(value, float):
            self.floats.append(f"{symbol} = {value!r}")
        return value_number(value, str(symbol))

    def _apart(self) -> Evaluation:
        """For the expressions that are values: they are numbers, no symbol has a value in them."""
        apart = self.with_values({})
        apart._values = {}
        return apart

    def _inside(self, node: Basic, answer: bool | None, value: Callable[[], Number]) -> Number:
        if answer:
            return value()
        if answer is False:
            arguments = ", ".join(
                number_text(self.number(argument)) for argument in node.args if isinstance(argument, Expr)
            )
            self.outside.append(f"{short_text(node)} at {arguments}")
        return arb.nan()

    def _sum(self, node: Basic) -> Number:
        return total(map(self.number, node.args))

    def _product(self, node: Basic) -> Number:
        return product(map(self.number, node.args))

    def _power(self, node: Basic) -> Number:
        base, exponent = map(self.number, node.args)
        return self._inside(node, power_is_real(base, exponent), lambda: power(base, exponent))

    def _log(self, node: Basic) -> Number:
        if len(node.args) == 2:
            return product(
                (self.number(sympy.log(node.args[0])), power(self.number(sympy.log(node.args[1])), fmpq(-1)))
            )
        (argument,) = node.args
        if argument.is_Add and sympy.S.One in argument.args:
            # log(1 + u) keeps the digits of a small u, which 1 + u has lost.
            rest = total(self.number(term) for term in argument.args if term is not sympy.S.One)
            if less(-1, rest) and not isinstance(rest, fmpq):
                return rest.log1p()
        return self._of_function(node, ELEMENTARY[sympy.log])

    def _of_function(self, node: Basic, function: RealFunction) -> Number:
        arguments = tuple(map(self.number, node.args))
        return self._inside(node, function.inside(*arguments), lambda: function.at(arguments))

    def _binomial(self, node: Basic) -> Number:
        n, k = map(self.number, node.args)
        return self._inside(node, binomial_is_real(n, k), lambda: settled(binomial(n, k)))

    def _hypergeometric(self, node: Basic) -> Number:
        upper, lower, x = node.args
        above, below = tuple(map(self.number, upper)), tuple(map(self.number, lower))
        argument = self.number(x)
        inside = hypergeometric_is_real(above, below, argument)
        return self._inside(node, inside, lambda: settled(hypergeometric(above, below, argument)))

    def _acot(self, node: Basic) -> Number:
        argument = self.number(node.args[0])
        if exactly(argument, 0):
            return arb.pi() / 2
        return self._of_function(node, ELEMENTARY[sympy.acot])

    def _lambert_w(self, node: Basic) -> Number:
        branch = self.number(node.args[1]) if len(node.args) == 2 else fmpq(0)
        arguments, function = (self.number(node.args[0]), branch), SPECIAL[sympy.LambertW]
        return self._inside(node, function.inside(*arguments), lambda: function.at(arguments))


_RULES: Mapping[Any, Callable[[Evaluation, Basic], Number]] = {
    sympy.Add: Evaluation._sum,
    sympy.Mul: Evaluation._product,
    sympy.Pow: Evaluation._power,
    sympy.log: Evaluation._log,
    sympy.acot: Evaluation._acot,
    sympy.LambertW: Evaluation._lambert_w,
    sympy.binomial: Evaluation._binomial,
    sympy.hyper: Evaluation._hypergeometric,
    sympy.Piecewise: lambda evaluation, node: piecewise(node, evaluation),
    sympy.Sum: lambda evaluation, node: over_range(node, evaluation, total),
    sympy.Product: lambda evaluation, node: over_range(node, evaluation, product),
}


def _why_not(node: Basic) -> str:
    if isinstance(node, Symbol):
        return "a value for this symbol is required, none was given"
    if isinstance(node, AppliedUndef):
        return f"{node.func} is an undefined function"
    if node.is_Atom:
        return "it is no real number"
    return f"{node.func.__name__} is not in the list of functions that are evaluated in balls"
