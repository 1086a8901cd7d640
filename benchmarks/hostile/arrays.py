"""What is no problem, handed to the library itself: arrays, lists, tables, scales, values of symbols."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import flint
import numpy as np
import pandas as pd
import scipy.sparse
import sympy

from agf_theory.closed_form import diagonal, lookup, parse_expression, render, with_values
from agf_theory.problems import DiagonalNetwork, InitScale, zoo

__all__ = ["calls"]

_X, _Y = [[1, 0], [0, 1], [2, 3]], [1, 2, 3]
_ENTRIES: tuple[Any, ...] = (
    float("nan"), float("inf"), -float("inf"), np.nan, np.float32("inf"), np.longdouble("nan"), None, pd.NA, pd.NaT, np.ma.masked,
    True, False, np.True_, 1j, complex(1, 0), np.complex64(1), "", "x", "nan", "1+1", "__import__('os').mkdir('exploded')", "1/0",
    "1_0", "1e99999999", "9" * 5000, "0x10", b"1", bytearray(b"1"), memoryview(b"1"), [1], (1,), {1}, {}, set(), object(), int, abs,
    Ellipsis, slice(1), dt.date(2024, 1, 1), dt.timedelta(1), np.datetime64("2024-01-01"), np.timedelta64(1, "D"),
    Decimal("nan"), Decimal("inf"), Decimal("1e99999"), sympy.Symbol("x"), sympy.nan, sympy.oo, sympy.I, flint.arb(1), flint.acb(1),
    flint.fmpz_poly([1, 2]), np.array([1]), np.array(1j), 10**400, Fraction(1, 10**400), "１", "log(2)", np.void(b"ab"), range(2), iter([1]),
)  # fmt: skip
_TABLES: tuple[Any, ...] = (
    None, 1, 1.5, "12", b"12", "data.csv", [], [[]], [[], []], [[1], [1, 2]], [[1, 2], 3], [1, 2, 3], [[[1]]], {}, {"a": [1]}, {1, 2},
    (x for x in _X), iter(_X), map(list, _X), object(), int, np.array(1), np.array([]), np.zeros((0, 2)), np.zeros((3, 0)),
    np.zeros((2, 2, 2)), np.array([[1, 2], [3, np.nan], [5, 6]]), np.full((3, 2), np.inf), np.eye(3, 2) * 1j, np.eye(3, 2) > 0,
    np.array([["a", "b"]] * 3), np.array([[object()] * 2] * 3), np.array([[None, 1]] * 3), np.eye(3, 2).astype("M8[s]"),
    np.zeros(3, dtype=[("a", float), ("b", float)]), np.ma.masked_equal(_X, 0), np.ma.masked_all((3, 2)), scipy.sparse.csr_matrix(_X),
    scipy.sparse.eye(3), pd.DataFrame(), pd.DataFrame({"a": [1, None, 2]}), pd.DataFrame({"a": ["x", "y", "z"]}),
    pd.DataFrame({"a": pd.array([1, None, 3], dtype="Int64")}), pd.DataFrame({"a": pd.date_range("2024", periods=3)}),
    pd.DataFrame({"a": pd.Categorical(["x", "y", "z"])}), pd.DataFrame([[1, 2]] * 3, columns=["a", "a"]),
    pd.DataFrame({"a": [True, False, True]}), pd.Series([1, 2, 3]), flint.fmpq_mat(0, 0), flint.arb_mat(3, 2), sympy.Matrix([["x"]] * 3),
    [[10**400, 1]] * 3, [["1e400", 1]] * 3, [[1e-320, "1e-320"]] * 3, "x" * 10**6,
)  # fmt: skip
_TARGETS: tuple[Any, ...] = (
    None, 1, "123", [], [1], [1, 2], [1, 2, 3, 4], [[1], [2], [3]], [[1, 2, 3]], np.ones((3, 1)), np.ones((1, 3)), np.float64(1),
    np.array(["a", "b", "c"]), {1, 2, 3}, {0: 1, 1: 2, 2: 3}, range(0), pd.Series([1, 2, 3], index=[3, 4, 5]) * np.nan,
    pd.DataFrame({"a": [1, 2, 3]}), scipy.sparse.csr_matrix([[1, 2, 3]]), iter([1, 2, 3]), np.ma.masked_equal([1, 2, 3], 2), b"123",
)  # fmt: skip
_NAMES: tuple[Any, ...] = (
    "ab", [], ["a"], ["a", "b", "c"], ["a", "a"], ["a", ""], ["a", "b\n"], ["a", "x" * 300], ["a", "b\u202e"], ["a", "b\0"],
)  # fmt: skip
_SCALES: tuple[Any, ...] = (
    0, 1, 2, -1, 0.0, 1.0, -0.5, float("nan"), float("inf"), True, None, "", "x", "0", "1", "-1e-8", "1/0", "2/1", "1e-1000001", "nan",
    "log(2)", "__import__('os').mkdir('exploded')", b"0.1", [0.1], 1j, Decimal("nan"), Decimal(0), Fraction(3, 2), Fraction(1, 10**6000),
    np.float64("nan"), np.array([0.1]), np.True_, sympy.Rational(1), object(), "9" * 5000, "1e-99999999999999999999", "１e-8",
    1 - 1e-17, "0." + "9" * 400,
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    "1", "__import__('os').mkdir('exploded')", None, True, 1j, [1], float("nan"), float("inf"), b"1", object(), 0, -1, Fraction(-1, 2),
    sympy.Integer(-3), sympy.I, np.array([1]), {}, Decimal(1),
)  # fmt: skip


def calls() -> list[tuple[str, Callable[[], Any]]]:
    """What is called, and the call; every one must end in an error of the package."""
    made: list[tuple[str, Callable[[], Any]]] = []

    def add(what: str, function: Callable[..., Any], *arguments: Any, **named: Any) -> None:
        made.append((what, lambda: function(*arguments, **named)))

    for entry in _ENTRIES:
        add(f"an entry {type(entry).__name__}", DiagonalNetwork, [[1, entry], [2, 3], [4, 5]], _Y)
        add(f"a target entry {type(entry).__name__}", DiagonalNetwork, _X, [1, entry, 2])
    for table in _TABLES:
        add(f"a design {type(table).__name__}", DiagonalNetwork, table, _Y)
    for target in _TARGETS:
        add(f"a target {type(target).__name__}", DiagonalNetwork, _X, target)
    for names in _NAMES:
        add("names", DiagonalNetwork, _X, _Y, names=names)
    for scale in _SCALES:
        add(f"a scale {type(scale).__name__}", InitScale, scale)
    for value in _VALUES:
        add(f"a value {type(value).__name__}", with_values, diagonal.coefficient(), alpha=value)
    for text in (None, 1, b"1", [], sympy.Integer(1), "", "\0"):
        add(f"an expression {type(text).__name__}", parse_expression, text)
    for name in ("", "nobody", "__class__", "x" * 10**5):
        add("a name of the zoo", zoo.get, name)
        add("a name of a formula", lookup, name)
        add("a data set", DiagonalNetwork.from_dataset, name)
        add("a format", render, sympy.Integer(1), name)
    add("a title", DiagonalNetwork, _X, _Y, title="two\nlines")
    add("a constant column", DiagonalNetwork, [[1, 1], [1, 2], [1, 3]], _Y, standardize=True)
    return made
