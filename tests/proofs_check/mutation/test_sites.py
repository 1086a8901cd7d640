"""Every operator on a toy expression, and what is not a site."""

import os
import subprocess
import sys

import pytest
import sympy
from sympy import Eq, Function, MatrixSymbol, Or, Piecewise, Symbol, cosh, exp, floor, log, sin, sinh, sqrt

from agf_theory.closed_form import diagonal, framework
from agf_theory.proofs_check import get
from agf_theory.proofs_check.mutation import breed, mutations
from agf_theory.proofs_check.mutation.operators import changes_at

x, y = sympy.symbols("x y", real=True)
p = Symbol("p", positive=True)


def bred(expression):
    return {mutation.expression for mutation in mutations(expression)}


@pytest.mark.parametrize(
    ("expression", "mutants"),
    [
        (3 * x, [4 * x, 2 * x, 6 * x, 3 * x / 2, -3 * x, x]),
        (x / 3, [4 * x / 3, -2 * x / 3, 2 * x / 3, x / 6, -x / 3]),
        (x + y**2, [x - y**2, -x + y**2, x, y**2]),
        (x * sin(y), [x, sin(y), y * sin(y), x * sin(x), -x * sin(y)]),
        (sinh(2 * x), [cosh(2 * x), sympy.tanh(2 * x), sinh(x), sinh(4 * x), sinh(3 * x), sinh(-2 * x)]),
        (sympy.asinh(x), [sympy.acosh(x), sympy.atanh(x)]),
        (sin(x), [sympy.cos(x)]),
        (exp(x), [log(x), exp(-x)]),
        (floor(x), [sympy.ceiling(x)]),
        (sympy.Max(x, y), [sympy.Min(x, y)]),
        (sympy.Abs(x) / 2, [x / 2, sympy.Abs(x)]),
        (x**2, [x**3, x, x**4, x**-2]),
        (sqrt(p), [p, p ** sympy.Rational(3, 2), 1 / sqrt(p)]),
        (p**x, [p ** (x + 1), p ** (x - 1), p**-x, p]),
        (x < y, [x <= y]),
        (x >= y, [x > y]),
        (
            sympy.Or(x < 0, y > 1),
            [sympy.And(x < 0, y > 1), x < 0, y > 1, sympy.Or(x >= 0, y > 1), sympy.Or(x <= 0, y > 1)],
        ),
        (sympy.And(x < 0, y > 1), [sympy.Or(x < 0, y > 1), sympy.And(x < 0, y <= 1), sympy.And(x < 0, y >= 1)]),
        (~sympy.And(x, y), [sympy.And(x, y)]),
        (Piecewise((x, Or(Eq(p, 0), x < 0)), (y, True)), [Piecewise((x, x < 0), (y, True))]),
    ],
)
def test_each_operator_gives_its_mutants(expression, mutants):
    assert set(mutants) <= bred(expression)


def test_symbols_are_swapped_for_those_of_their_own_kind_only():
    assert y + 2 * p * y in bred(x + 2 * p * y)
    assert not any(mutant in bred(x + 2 * p * y) for mutant in (p + 2 * p * y, x + 2 * x * y))


def test_each_mutant_occurs_once_although_several_changes_lead_to_it():
    found = [mutation.expression for mutation in mutations(2 * x)]
    assert len(set(found)) == len(found)


def test_a_change_that_sympy_undoes_stays_so_that_it_can_be_listed():
    assert [m.what for m in mutations(cosh(x)) if m.expression == cosh(x)] == ["sign of the argument"]


def test_a_division_by_zero_is_no_mutant():
    assert all(not mutant.has(sympy.zoo, sympy.nan) for mutant in bred(1 / (x - 1) + 1 / p))


def test_an_equality_stays_one_and_is_changed_on_both_sides():
    identity = framework.euler_identity(2)
    changed = bred(identity)
    assert all(isinstance(mutant, Eq) for mutant in changed)
    assert any(mutant.lhs != identity.lhs for mutant in changed)
    assert any(mutant.rhs != identity.rhs for mutant in changed)


def test_what_an_undefined_function_is_applied_to_is_no_site():
    assert all(
        mutant.has(Function("h")(2 * x)) or not mutant.has(Function("h")) for mutant in bred(Function("h")(2 * x))
    )


def test_matrix_mutants_have_the_shape_of_the_original_inside_and_outside():
    n = Symbol("n", integer=True, positive=True)
    a, b = MatrixSymbol("a", n, 1), MatrixSymbol("b", n, 1)
    expression = (sympy.Identity(n) - a * a.T) * b
    changed = bred(expression)
    assert b in changed
    assert -expression in changed
    assert (sympy.Identity(n) - b * a.T) * b in changed
    assert all(mutant.subs(n, 2).shape == (2, 1) for mutant in changed)


def test_the_names_are_the_same_in_every_process():
    line = "from agf_theory.proofs_check import get; from agf_theory.proofs_check.mutation import breed; "
    line += "print(ascii([bred.mutant.name for bred in breed(get('DIAG-02'))]))"
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"  # so that sets have another order than here
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    run = subprocess.run([sys.executable, "-c", line], env=environment, capture_output=True, text=True, check=True)
    here = [each.mutant.name for each in breed(get("DIAG-02"))]
    assert run.stdout == f"{here!a}\n"
    assert here


def test_sites_are_found_in_every_corner_of_a_formula():
    sites = {mutation.path for mutation in mutations(diagonal.accumulated_utility())}
    assert max(map(len, sites)) >= 5


def test_a_number_is_off_by_one_doubled_halved_and_negated():
    assert [change.node for change in changes_at(sympy.Integer(6), ())] == [7, 5, 12, 3, -6]
