"""The one way text becomes an expression: a small grammar, limits on its size, and no evaluation of code.

.. code-block:: text

    expression = number | name | function "(" expression ("," expression)* ")" | "(" expression ")"
               | ("+" | "-") expression | expression ("+" | "-" | "*" | "/" | "**") expression

The operators bind as in Python: ``-x**2`` is -(x**2), ``2**3**2`` is 2**9. Numbers are those of
`agf_theory.problems.number_parser`: "0.1" is one tenth. Python's own parser takes the text apart, and what is not
in the grammar is refused; nothing in the text is ever run, and no name is looked up anywhere but in the lists here.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import sympy
from sympy import Expr, Rational

from agf_theory.closed_form.balls import ball_at
from agf_theory.closed_form.bounded_evaluation import TEXT_LIMITS, require_moderate
from agf_theory.closed_form.expression_names import (
    CONSTANTS,
    FUNCTIONS,
    OPERATORS,
    PRECISIONS,
    THEORY_SYMBOLS,
    signed,
)
from agf_theory.closed_form.expression_text import at, plain_text
from agf_theory.errors import InputError
from agf_theory.problems.description import listed
from agf_theory.problems.names import did_you_mean
from agf_theory.problems.number_parser import parse_number, quoted

__all__ = ["DEEPEST_TREE", "parse_expression"]

DEEPEST_TREE = 100
"""Operations within operations, a sum of 100 terms among them: SymPy recurses, on a stack of a thousand calls."""

_ALLOWED = "allowed are numbers, names of symbols, pi, E, + - * / ** ( ) and the functions " + ", ".join(
    name for name in FUNCTIONS if name not in ("abs", "max", "min")
)
# What Python calls the constructs that pass the look at the characters, in words.
_CONSTRUCTS = MappingProxyType(
    {
        ast.Tuple: "a list of expressions, or of none,",
        ast.Starred: "'*' before an argument",
        ast.Attribute: "an attribute",
        ast.Call: "a call of something that is no name of a function",
    }
)


def parse_expression(text: str, what: str = "", *, names: Mapping[str, Expr] | None = None) -> Expr:
    """The expression that a text spells, exactly; nothing in the text is run.

    Parameters
    ----------
    text : str
        At most 1000 ASCII characters of the grammar of this module. Integers in it, and in its value, may have 300
        significant digits, and powers of ten up to 5000 in size (see `agf_theory.closed_form.bounded_evaluation`).
    what : str
        Name of the quantity, to begin error messages with; none if empty.
    names : mapping of str to Expr, optional
        What names stand for; by default the symbols of the theory. ``pi`` and ``E`` stand for the constants unless
        they are given here.

    Returns
    -------
    Expr
        Every part of it that has no symbols is a finite real number.

    Raises
    ------
    InputError
        If the text is not of this grammar, exceeds a limit, or has a part that is no finite real number: a division by
        zero, the logarithm of a negative number. The message says what stands where, and what is allowed.

    Examples
    --------
    >>> parse_expression("log(2)/3 + 0.1")
    1/10 + log(2)/3
    >>> parse_expression("sqrt(1 - 4*alpha**4)").free_symbols == {THEORY_SYMBOLS["alpha"]}
    True
    >>> parse_expression("__import__('os')")
    Traceback (most recent call last):
        ...
    agf_theory.errors.InputError: names that begin with two underscores are not allowed, got '__import__' at ...
    """
    begun = f"{what}: " if what else ""
    plain = plain_text(text, begun, _ALLOWED)
    body = _taken_apart(plain, begun)
    _require_shallow(body, begun)
    return _Reader(plain, begun, {**CONSTANTS, **(THEORY_SYMBOLS if names is None else names)}).read(body)


def _taken_apart(plain: str, begun: str) -> ast.expr:
    lead = len(plain) - len(plain.lstrip(" \t"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # hints for programmers, which would be lines of their own
            # In brackets, so that leading spaces are no indentation; every position is then one larger.
            body = ast.parse(f"({plain})", mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        position = min(max((getattr(error, "offset", None) or 2) - 2, lead), len(plain))
        raise InputError(
            f"{begun}an expression such as log(2)/3 is required, got one that cannot be read {at(position, plain)}"
        ) from None
    return body


def _require_shallow(body: ast.expr, begun: str) -> None:
    level: list[ast.AST] = [body]
    for _ in range(DEEPEST_TREE):
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
        if not level:
            return
    raise InputError(
        f"{begun}at most {DEEPEST_TREE} operations within operations are allowed (a sum of more terms too), got more"
    )


class _Reader:
    """Builds the expression from the leaves upwards; parts without symbols are certified to be finite and real."""

    def __init__(self, text: str, begun: str, names: Mapping[str, Expr]) -> None:
        self._text, self._begun, self._names = text, begun, names

    def read(self, node: ast.expr) -> Expr:
        try:
            expression = self._build(node)
        except _Unsuitable as error:
            raise InputError(f"{self._begun}{error}") from None
        return expression

    def _build(self, node: ast.expr) -> Expr:
        if isinstance(node, ast.Constant):
            return self._number(node)
        if isinstance(node, ast.Name):
            return self._name(node)
        parts, build = self._operation(node)
        arguments = [self._build(part) for part in parts]
        try:
            expression = build(*arguments)
        except InputError as error:
            raise _Unsuitable(f"{error}, {self._at(node)}") from None
        self._require_real(expression, node)
        return expression

    def _operation(self, node: ast.expr) -> tuple[list[ast.expr], Callable[..., Any]]:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.UAdd, ast.USub)):
            return [node.operand], partial(signed, node.op)
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return [node.left, node.right], OPERATORS[type(node.op)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return node.args, self._called(node, node.func.id)
        construct = _CONSTRUCTS.get(type(node), "this construct of Python")
        raise _Unsuitable(f"{construct} is not allowed, got it {self._at(node)}; {_ALLOWED}")

    def _called(self, node: ast.Call, name: str) -> Callable[..., Any]:
        if name not in FUNCTIONS:
            raise _Unsuitable(
                f"{quoted(name)} {self._at(node)} is no function that is known{did_you_mean(name, FUNCTIONS)}; "
                f"{_ALLOWED}"
            )
        build, arity = FUNCTIONS[name]
        if len(node.args) not in arity or node.keywords:
            wanted = "one argument" if len(arity) == 1 else f"{arity[0]} to {arity[-1]} arguments"
            raise _Unsuitable(f"{name} takes {wanted}, got {len(node.args) + len(node.keywords)} {self._at(node)}")
        return build

    def _number(self, node: ast.Constant) -> Expr:
        segment = self._text[node.col_offset - 1 : (node.end_col_offset or 0) - 1]
        try:
            value = parse_number(segment)
            number: Expr = Rational(value.numerator, value.denominator)
            require_moderate(number, TEXT_LIMITS)
        except InputError as error:
            raise _Unsuitable(f"{error}, {self._at(node)}") from None
        return number

    def _name(self, node: ast.Name) -> Expr:
        if node.id in self._names:
            return self._names[node.id]
        if node.id in FUNCTIONS:
            raise _Unsuitable(f"{node.id} is a function and needs its argument, as in {node.id}(2), {self._at(node)}")
        close = did_you_mean(node.id, self._names)
        hint = close or f"; known are {listed(sorted(self._names))}"
        raise _Unsuitable(f"{quoted(node.id)} {self._at(node)} is no name that is known{hint}")

    def _require_real(self, expression: Any, node: ast.expr) -> None:
        if expression.has(sympy.oo, -sympy.oo, sympy.zoo, sympy.nan, sympy.I):
            raise _Unsuitable(f"a finite real number is required, got {_kind(expression)} {self._at(node)}")
        if expression.free_symbols or isinstance(expression, Rational):
            return
        for precision in PRECISIONS:
            ball = ball_at(expression, {}, precision)
            if ball.is_finite():
                break
        else:
            raise _Unsuitable(
                f"a number that is certainly finite and real is required, got one that is undefined or too close to "
                f"where it would be {self._at(node)}"
            )
        exponent = ball.abs_upper().man_exp()
        if int(exponent[0]).bit_length() + int(exponent[1]) > TEXT_LIMITS.bits:
            most = f"2**{TEXT_LIMITS.bits}"
            raise _Unsuitable(f"a number below {most} in size is required, got a larger one {self._at(node)}")

    def _at(self, node: ast.expr) -> str:
        return at(max(node.col_offset - 1, 0), self._text)


class _Unsuitable(Exception):
    """A part that cannot be had; becomes an `InputError` with the name of the quantity before it."""


def _kind(expression: Any) -> str:
    if expression.has(sympy.I):
        return "a complex one"
    return "something undefined" if expression.has(sympy.nan) else "an infinite one (division by zero?)"
