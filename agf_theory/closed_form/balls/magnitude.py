"""Numbers too large or too small even for balls, by sign and logarithm: cosh(exp(100)) under a logarithm, say.

Arb gives up on exp(x) when x has more bits than about twice the precision, and a hyperbolic function of a wide ball is
a ball around zero. What is asked for is mostly moderate all the same: a quotient, a logarithm. Such a node is evaluated
once more here, by the logarithms of what is under it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy
from flint import arb
from sympy import Expr

from agf_theory.closed_form.balls.number import Number, exactly, is_good, sign_of, whole

if TYPE_CHECKING:
    from agf_theory.closed_form.balls.evaluation import Evaluation

__all__ = ["Magnitude", "magnitude", "rescued"]


@dataclass(frozen=True)
class Magnitude:
    """The number sign * exp(logarithm), sign 1 or -1."""

    sign: int
    logarithm: arb

    def number(self) -> arb:
        """The number itself, as far as balls reach."""
        return self.sign * self.logarithm.exp()


def magnitude(node: Expr, evaluation: Evaluation) -> Magnitude | None:
    """Sign and logarithm of a node; None where they are not to be had."""
    number = evaluation.number(node)
    if is_good(number):
        sign = sign_of(number)
        return Magnitude(sign, abs(arb(number)).log()) if sign else None
    rule = _RULES.get(node.func)
    found = rule(node, evaluation) if rule is not None else None
    return found if found is not None and found.logarithm.is_finite() else None


def _of_exp(node: Expr, evaluation: Evaluation) -> Magnitude:
    return Magnitude(1, arb(evaluation.number(node.args[0])))


def _of_cosh(node: Expr, evaluation: Evaluation) -> Magnitude:
    size = abs(arb(evaluation.number(node.args[0])))
    return Magnitude(1, size + (-2 * size).exp().log1p() - arb(2).log())


def _of_sinh(node: Expr, evaluation: Evaluation) -> Magnitude | None:
    argument = evaluation.number(node.args[0])
    sign, size = sign_of(argument), abs(arb(argument))
    return Magnitude(sign, size + (-(-2 * size).exp()).log1p() - arb(2).log()) if sign else None


def _of_reciprocal(of: Callable[[Expr, Evaluation], Magnitude | None]) -> Callable[..., Magnitude | None]:
    def rule(node: Expr, evaluation: Evaluation) -> Magnitude | None:
        found = of(node, evaluation)
        return Magnitude(found.sign, -found.logarithm) if found else None

    return rule


def _of_gamma(node: Expr, evaluation: Evaluation) -> Magnitude:
    shift = 1 if node.func is sympy.factorial else 0
    return Magnitude(1, (arb(evaluation.number(node.args[0])) + shift).lgamma())


def _of_product(node: Expr, evaluation: Evaluation) -> Magnitude | None:
    sign, logarithm = 1, arb(0)
    for factor in node.args:
        found = magnitude(factor, evaluation)
        if found is None:
            return None
        sign, logarithm = sign * found.sign, logarithm + found.logarithm
    return Magnitude(sign, logarithm)


def _of_power(node: Expr, evaluation: Evaluation) -> Magnitude | None:
    found, exponent = magnitude(node.args[0], evaluation), evaluation.number(node.args[1])
    n = whole(exponent)
    if found is None or (found.sign < 0 and n is None):
        return None
    return Magnitude(found.sign if n is not None and n % 2 else 1, found.logarithm * arb(exponent))


def _of_sum(node: Expr, evaluation: Evaluation) -> Magnitude | None:
    """The largest term, taken out of the sum."""
    terms = [magnitude(term, evaluation) for term in node.args if not exactly(evaluation.number(term), 0)]
    found = [term for term in terms if term is not None]
    if len(found) < len(terms) or not found:
        return None
    largest = max(found, key=lambda term: term.logarithm.mid()).logarithm
    ratio = sum((term.sign * (term.logarithm - largest).exp() for term in found), arb(0))
    sign = sign_of(ratio)
    return Magnitude(sign, largest + abs(ratio).log()) if sign else None


_RULES: dict[type, Callable[[Expr, Evaluation], Magnitude | None]] = {
    sympy.exp: _of_exp,
    sympy.cosh: _of_cosh,
    sympy.sinh: _of_sinh,
    sympy.sech: _of_reciprocal(_of_cosh),
    sympy.csch: _of_reciprocal(_of_sinh),
    sympy.gamma: _of_gamma,
    sympy.factorial: _of_gamma,
    sympy.Mul: _of_product,
    sympy.Pow: _of_power,
    sympy.Add: _of_sum,
}

_OVER_LARGE = 64  # exp(64) is past any precision in use: tanh is one to within exp(-exp(64))


def _log(of: Magnitude) -> arb:
    return of.logarithm if of.sign > 0 else arb.nan()


def _asinh(of: Magnitude) -> arb:
    """The logarithm of the argument and the root of its square and one: log(2) above the argument's own, if large."""
    return of.sign * (of.logarithm + (1 + (-2 * of.logarithm).exp()).sqrt().log1p())


def _acosh(of: Magnitude) -> arb:
    if of.sign < 0 or not of.logarithm > 0:
        return arb.nan()
    return of.logarithm + (1 - (-2 * of.logarithm).exp()).sqrt().log1p()


def _tanh(of: Magnitude) -> arb:
    if not of.logarithm > _OVER_LARGE:
        return arb.nan()
    return of.sign * (1 + arb(0, 1) * 2 * (-2 * arb(_OVER_LARGE).exp()).exp())


_OF_LARGE: dict[type, Callable[[Magnitude], arb]] = {
    sympy.log: _log,
    sympy.asinh: _asinh,
    sympy.acosh: _acosh,
    sympy.tanh: _tanh,
}


def rescued(node: Expr, plain: Number, evaluation: Evaluation) -> Number:
    """The value of a node, by logarithms if they give what the balls of its arguments do not."""
    better = None
    if node.func in (sympy.Add, sympy.Mul, sympy.Pow):
        rule = _RULES[node.func]
        found = rule(node, evaluation)
        better = found.number() if found is not None else None
    elif node.func in _OF_LARGE and len(node.args) == 1:
        of = magnitude(node.args[0], evaluation)
        better = _OF_LARGE[node.func](of) if of is not None else None
    return better if better is not None and better.is_finite() else plain
