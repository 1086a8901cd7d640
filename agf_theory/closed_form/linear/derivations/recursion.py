"""LIN-10: interlacing of the residuals' singular values, and what it does to the recursion."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Expr, Ge, Integer, Matrix, MatrixSymbol, Mul, Rational, Subs, Symbol, eye, symbols

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import recursion
from agf_theory.closed_form.linear.recursion import plateau_length, stage_rate
from agf_theory.closed_form.matrix_words import WordIdentity
from agf_theory.closed_form.obligations import Nonnegative, Rewriting
from agf_theory.closed_form.tactics import Tactic

__all__ = ["lin_10"]

LARGEST = 4
"""The steps that speak of the k-th jump are taken for k up to this; for every k they are the same sum, longer."""

_RATIONAL = Rewriting(("evaluation", "common denominator"))
_SIGN: tuple[Tactic, ...] = ("evaluation", "common denominator")


def lin_10(
    accumulated_exponent: Callable[[int], Expr] = recursion.accumulated_exponent,
    jump_time: Callable[[int], Expr] = recursion.recursion_jump_time,
    earliest: Callable[[], Expr] = recursion.earliest_jump_time,
    latest: Callable[[], Expr] = recursion.latest_jump_time,
) -> Derivation:
    """Plateaus of the recursion have no negative length, and its k-th jump lies between 1/sigma_1 and 1/sigma_k."""
    steps = [_one_direction_removed(), *_interlacing(2)]
    for k in range(1, LARGEST + 1):
        steps += _of_jump(k, accumulated_exponent, jump_time, earliest, latest)
    return Derivation(
        "LIN-10",
        "The plateaus of the recursion have lengths that are not negative, and 1/sigma_1 <= tau_k <= 1/sigma_k.",
        tuple(steps),
        "this project; interlacing: Cauchy",
    )


def _one_direction_removed() -> Step:
    """For every size: |PRx|^2 = |Rx|^2 - (v.Rx)^2 with P = 1 - v v^T."""
    size, one = Symbol("n_y", integer=True, positive=True), MatrixSymbol("I_1", 1, 1)
    R = MatrixSymbol("R", size, sym.inputs)
    v, x = MatrixSymbol("v", size, 1), MatrixSymbol("x", sym.inputs, 1)
    kept = R * x - v * v.T * R * x
    instance = {
        v: Matrix([Rational(3, 5), Rational(4, 5)]),
        R: Matrix([[1, 2, 3], [-1, 1, 5]]),
        x: Matrix([2, -1, 1]),
        one: Matrix([1]),
    }
    return Step(
        "One direction projected out, every size",
        equal(kept.T * kept + (v.T * R * x).T * (v.T * R * x), (R * x).T * (R * x)),
        "So |PRx| is at most |Rx|, and is |Rx| where v.Rx = 0, on a space of one dimension less: by the principle of "
        "Courant and Fischer sigma_(j+1)(R) <= sigma_j(PR) <= sigma_j(R), for any number of singular values.",
        WordIdentity((equal(v.T * v, one), equal(one * v.T, v.T)), instance),
    )


def _interlacing(n: int) -> list[Step]:
    """S = R R^T in its eigenbasis, and P projects one direction v out: P S P has the squares of P R."""
    values, v, x = (
        symbols(f"s_1:{n + 1}", positive=True),
        symbols(f"v_1:{n + 1}", positive=True),
        Symbol("x", real=True),
    )
    size = Add(*(entry**2 for entry in v))
    column = Matrix(v)
    P = eye(n) - column * column.T / size
    S = Matrix.diag(*values)
    secular = Add(*(v[i] ** 2 * Mul(*(x - values[j] for j in range(n) if j != i)) for i in range(n)))
    steps = [
        Step(
            f"Characteristic polynomial after one direction is projected out, {n} eigenvalues",
            equal((x * eye(n) - P * S * P).det(method="berkowitz"), x * secular / size),
            "One eigenvalue is zero, and the others are the roots of the secular equation.",
            _RATIONAL,
        )
    ]
    gaps = symbols(f"g_1:{n}", nonnegative=True)
    descending = {values[m]: values[-1] + Add(*gaps[m:]) for m in range(n - 1)}
    for m in range(n):
        certificate = v[m] ** 2 * Mul(*_gaps(gaps, m, n))
        steps.append(
            Step(
                f"Sign of the secular polynomial at eigenvalue {m + 1} of {n}",
                Ge((-1) ** m * secular.subs(x, values[m]).subs(descending), 0, evaluate=False),
                "Only one summand is left; signs alternate along the eigenvalues, so that a root lies between each two "
                "neighbours: the squares of the singular values interlace.",
                Nonnegative(certificate, _SIGN),
            )
        )
    return steps


def _gaps(gaps: tuple[Symbol, ...], m: int, n: int) -> list[Expr]:
    """Distances of eigenvalue m from the others."""
    return [Add(*gaps[min(m, j) : max(m, j)]) for j in range(n) if j != m]


def _of_jump(
    k: int,
    exponent: Callable[[int], Expr],
    jump_time: Callable[[int], Expr],
    earliest: Callable[[], Expr],
    latest: Callable[[], Expr],
) -> list[Step]:
    lengths = [plateau_length(i + 1) for i in range(k)]
    total = Add(*lengths)
    above, below, apart = (symbols(f"{name}_0:{k}", nonnegative=True) for name in ("a", "b", "q"))
    own = [stage_rate(i, k - i) for i in range(k)]
    solved = {plateau_length(i): jump_time(i) - (jump_time(i - 1) if i > 1 else Integer(0)) for i in range(1, k + 1)}
    steps = [
        Step(
            f"Jump {k} by jump {k}",
            equal(Subs(exponent(k), tuple(solved), tuple(solved.values())), Integer(1)),
            "The neuron becomes active when its accumulated exponent is one.",
            _RATIONAL,
        ),
        Step(
            f"Jump {k} comes no later than its own singular value says",
            Ge(exponent(k).subs({own[i]: sym.sigma_k + above[i] for i in range(k)}), total / latest()),
            "Interlacing: the neuron grows with no less than sigma_k on every plateau. The left side is one.",
            Nonnegative(Add(*(above[i] * lengths[i] for i in range(k))), _SIGN),
        ),
        Step(
            f"Jump {k} comes no sooner than the largest singular value allows",
            Ge(total / earliest(), exponent(k).subs({own[i]: sym.sigma_1 - below[i] for i in range(k)})),
            "Interlacing: no neuron grows faster than sigma_1 on any plateau. The right side is one.",
            Nonnegative(Add(*(below[i] * lengths[i] for i in range(k))), _SIGN),
        ),
    ]
    if k > 1:
        before = {stage_rate(i, k - 1 - i): own[i] + apart[i] for i in range(k - 1)}
        steps.append(
            Step(
                f"Plateau before jump {k} has no negative length",
                Ge(exponent(k - 1).subs(before), exponent(k) - own[-1] * lengths[-1]),
                "On every plateau the neuron before it grows at least as fast, and has just reached one.",
                Nonnegative(Add(*(apart[i] * lengths[i] for i in range(k - 1))), _SIGN),
            )
        )
    return steps
