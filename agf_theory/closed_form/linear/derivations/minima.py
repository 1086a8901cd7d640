"""LIN-23: the derivative of the product of the layers, and the minima around weights of least rank."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Identity, Matrix, MatrixSymbol, Symbol

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import minima
from agf_theory.closed_form.matrix_words import WordIdentity
from agf_theory.closed_form.obligations import Rewriting

__all__ = ["lin_23"]

SOURCE = "[kunin2025] states smoothness without a condition; this project"
A, W = sym.outgoing, sym.incoming
X = MatrixSymbol("X", sym.outputs, sym.inputs)
PLUS_A, PLUS_W = MatrixSymbol("A^+", sym.hidden, sym.outputs), MatrixSymbol("W^+", sym.inputs, sym.hidden)
LEFT, RIGHT = Identity(sym.outputs) - A * PLUS_A, Identity(sym.inputs) - PLUS_W * W
CHANGE_A, CHANGE_W = MatrixSymbol("X_A", sym.outputs, sym.hidden), MatrixSymbol("X_W", sym.hidden, sym.inputs)

_INSTANCE = {
    A: Matrix([[2, 0], [0, 0], [0, 0]]),
    PLUS_A: Matrix([[1, 0, 0], [0, 0, 0]]) / 2,
    W: Matrix([[0, 3, 0, 0], [0, 0, 0, 0]]),
    PLUS_W: Matrix([[0, 0], [1, 0], [0, 0], [0, 0]]) / 3,
    X: Matrix(3, 4, range(1, 13)),
    CHANGE_A: Matrix([[1, 2], [3, 4], [5, 6]]),
    CHANGE_W: Matrix([[1, -1, 2, 0], [3, 1, -2, 1]]),
}
_PSEUDO_INVERSES = WordIdentity((equal(A * PLUS_A * A, A), equal(W * PLUS_W * W, W)), _INSTANCE)


def lin_23(product_jacobian_rank: Callable[[], Expr] = minima.product_jacobian_rank) -> Derivation:
    """Rank of the derivative of the product, every shape, and what the minima look like next to least rank."""
    nothing = 0 * X
    image = A * (PLUS_A * X) + (LEFT * X * PLUS_W) * W
    seen_a, seen_w = sym.rank_outgoing, sym.rank_incoming
    steps = (
        Step(
            "What the derivative cannot reach",
            equal(LEFT * (CHANGE_A * W + A * CHANGE_W) * RIGHT, nothing),
            "Outside the columns of A and the rows of W, every change of A W is zero.",
            _PSEUDO_INVERSES,
        ),
        Step(
            "It reaches everything else",
            equal(X - image, LEFT * X * RIGHT),
            "So X is in the image iff its projection vanishes: with changes (1 - A A^+) X W^+ of A and A^+ X of W.",
            _PSEUDO_INVERSES,
        ),
        Step(
            "Rank of the derivative",
            equal(
                product_jacobian_rank(),
                seen_a * sym.inputs + seen_w * sym.outputs - seen_a * seen_w,
            ),
            "The projections X -> (1 - A A^+) X (1 - W^+ W) have rank (d_y - r_A)(d_x - r_W).",
            Rewriting(),
        ),
        *_next_to_least_rank(),
    )
    return Derivation("LIN-23", "Where the minima of a linear network are smooth.", steps, SOURCE)


def _next_to_least_rank() -> tuple[Step, ...]:
    """In bases with B = diag(1, 0), where the leading block K of A is invertible: next to weights of rank r."""
    learned, spare = Symbol("r", integer=True, positive=True), Symbol("p", integer=True, positive=True)
    rows, columns = Symbol("n", integer=True, positive=True), Symbol("m", integer=True, positive=True)
    leading, inverse = MatrixSymbol("K", learned, learned), MatrixSymbol("K^-1", learned, learned)
    lower = MatrixSymbol("A_21", rows, learned)
    out, into = MatrixSymbol("X", rows, spare), MatrixSymbol("Y", spare, columns)
    out_2, into_2 = MatrixSymbol("X_2", rows, spare), MatrixSymbol("Y_2", spare, columns)
    time = Symbol("t", real=True)
    blocks = {
        leading: Matrix([[2, 1], [1, 1]]),
        inverse: Matrix([[1, -1], [-1, 2]]),
        lower: Matrix([[3, 4]]),
    }
    ends = {
        out: Matrix([[1, 2], [3, 4]]),
        into: Matrix([[5, 6, 7], [8, 9, 1]]),
        out_2: Matrix([[0, 1], [2, 0]]),
        into_2: Matrix([[1, 0, 1], [0, 3, 0]]),
    }
    curve = (time * out + time**2 * out_2) * (time * into + time**2 * into_2)
    cubic = time**3 * (out * into_2 + out_2 * into) + time**4 * out_2 * into_2
    return (
        Step(
            "Next to least rank",
            equal(lower * inverse * leading, lower),
            "A change of the hidden basis by [K, A_12; 0, 1] makes A = [1, 0; C, X] with C = A_21 K^-1, and then W = "
            "[1, 0; Y_1, Y], as A W has the first rows of B. The other rows ask for C = -X Y_1, which gives C, and "
            "for X Y = 0: X of d_y - r rows, H - r columns, Y of d_x - r columns.",
            WordIdentity((equal(inverse * leading, Identity(learned)),), blocks),
        ),
        Step(
            "The cone X Y = 0 is no manifold",
            equal(curve, time**2 * out * into + cubic),
            "If no size is zero: it holds all (X, 0) and all (0, Y), so that a manifold would have every "
            "(X, Y) for tangent; but a curve in it through zero has velocities with X Y = 0 alone. If one is zero, "
            "nothing is asked for, and the minima are smooth.",
            WordIdentity((), ends),
        ),
    )
