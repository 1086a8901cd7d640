"""What the names and signs in an expression stand for: a closed list of functions, constants, symbols and operators."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import sympy
from sympy import Add, Expr, Integer, Mul, Pow, Rational, Symbol

from agf_theory.closed_form import symbols as theory
from agf_theory.closed_form.balls import ball_at
from agf_theory.closed_form.bounded_evaluation import TEXT_LIMITS, built
from agf_theory.errors import InputError

__all__ = ["CONSTANTS", "FUNCTIONS", "OPERATORS", "PRECISIONS", "THEORY_SYMBOLS", "signed"]

_MOST_ARGUMENTS = 8  # of Max and Min, which compare each with each
PRECISIONS = (64, 256, 1024, 4096)
"""Bits at which a constant is looked at: one that 1200 digits do not tell from its pole will not be told by more."""

_MANY = range(1, _MOST_ARGUMENTS + 1)


def _made(function: Callable[..., Any], *arguments: Expr) -> Any:
    return built(function, *arguments, limits=TEXT_LIMITS)


def _function(name: str) -> Callable[..., Any]:
    return partial(_made, getattr(sympy, name))


def _rounded(function: Any, argument: Expr) -> Expr:
    """The integer, if balls find it: SymPy simplifies its argument first, which takes minutes for sinh(448)."""
    if argument.free_symbols:
        raise InputError(f"{function.__name__} of a number is required, got one of an expression with symbols")
    for precision in PRECISIONS:
        integer = ball_at(function(argument, evaluate=False), {}, precision).unique_fmpz()
        if integer is not None:
            return Integer(int(integer))
    raise InputError(f"{function.__name__} of a number that is told from all integers is required, got a closer one")


_ONE_ARGUMENT = (
    *("exp", "log", "sinh", "cosh", "tanh", "coth", "asinh", "acosh", "atanh"),
    *("sin", "cos", "tan", "asin", "acos", "atan", "gamma", "sign"),
)
FUNCTIONS: Mapping[str, tuple[Callable[..., Any], range]] = MappingProxyType(
    {
        **{name: (_function(name), range(1, 2)) for name in _ONE_ARGUMENT},
        **{name: (partial(_rounded, getattr(sympy, name)), range(1, 2)) for name in ("floor", "ceiling")},
        "sqrt": (lambda argument: _made(Pow, argument, Rational(1, 2)), range(1, 2)),
        **dict.fromkeys(("Abs", "abs"), (_function("Abs"), range(1, 2))),
        **dict.fromkeys(("Max", "max"), (_function("Max"), _MANY)),
        **dict.fromkeys(("Min", "min"), (_function("Min"), _MANY)),
    }
)
"""What builds each function, and how many arguments it takes; raises `InputError` on what is too large."""

CONSTANTS: Mapping[str, Expr] = MappingProxyType({"pi": sympy.pi, "E": sympy.E})

THEORY_SYMBOLS: Mapping[str, Symbol] = MappingProxyType(
    {symbol.name: symbol for symbol in vars(theory).values() if isinstance(symbol, Symbol)}
)
"""The symbols of the theory by name, with their assumptions."""

OPERATORS: Mapping[type, Callable[[Expr, Expr], Any]] = MappingProxyType(
    {
        ast.Add: lambda left, right: _made(Add, left, right),
        ast.Sub: lambda left, right: _made(Add, left, _made(Mul, Integer(-1), right)),
        ast.Mult: lambda left, right: _made(Mul, left, right),
        ast.Div: lambda left, right: _made(Mul, left, _made(Pow, right, Integer(-1))),
        ast.Pow: lambda left, right: _made(Pow, left, right),
    }
)


def signed(sign: ast.unaryop, operand: Expr) -> Any:
    """The operand itself, or with its sign turned."""
    return _made(Mul, Integer(-1 if isinstance(sign, ast.USub) else 1), operand)
