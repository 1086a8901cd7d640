"""LIN-09: the best maps of each rank, the other saddles, and the loss there."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sympy import (
    Add,
    Derivative,
    Expr,
    Ge,
    Identity,
    Matrix,
    MatrixExpr,
    MatrixSymbol,
    Mul,
    Rational,
    Subs,
    Symbol,
    cos,
    sin,
)
from sympy.core.relational import Equality

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import levels
from agf_theory.closed_form.matrix_words import WordIdentity
from agf_theory.closed_form.obligations import Nonnegative, Rewriting

__all__ = ["lin_09"]

SOURCE = "[kunin2025], fully connected linear networks, cost minimisation; the noise floor: this project"

SAMPLES = Symbol("n", integer=True, positive=True)
X = MatrixSymbol("X", sym.inputs, SAMPLES)  # Sigma_xx = X X^T, for moments of any data
BEST = MatrixSymbol("B*", sym.outputs, sym.inputs)
MAP = MatrixSymbol("C", sym.outputs, sym.inputs)  # any map
PLUS, P, OUTPUTS = sym.sigma_xx_inverse, sym.learned, sym.sigma_yy
INPUTS, CROSS = X * X.T, BEST * X * X.T
DROPS = CROSS * BEST.T
ONE = Identity(sym.outputs)

_PSEUDO_INVERSE = (
    equal(BEST * X * X.T * PLUS, BEST),
    equal(PLUS * X * X.T * BEST.T, BEST.T),
    equal(PLUS.T, PLUS),
)
_PROJECTION = (equal(P.T, P), equal(P * P, P))
_EIGENVECTORS = (equal(P * BEST * X * X.T * BEST.T, BEST * X * X.T * BEST.T * P),)
# A singular Sigma_xx; B* Sigma_xx B*^T = diag(2, 1/2), of which P is the first mode.
_INSTANCE = {
    X: Matrix([[1, 1], [0, 1], [0, 0]]),
    PLUS: Matrix([[1, -1, 0], [-1, 2, 0], [0, 0, 0]]),
    BEST: Matrix([[1, 0, 0], [Rational(1, 2), -1, 0]]),
    P: Matrix([[1, 0], [0, 0]]),
    OUTPUTS: Matrix([[3, 1], [1, 2]]),
    MAP: Matrix([[1, 2, 3], [-1, 1, 5]]),
}


def lin_09(
    best_map: Callable[[], MatrixExpr] = levels.best_map,
    drop_matrix: Callable[[], MatrixExpr] = levels.drop_matrix,
    saddle_map: Callable[[], MatrixExpr] = levels.saddle_map,
    saddle_residual: Callable[[], MatrixExpr] = levels.saddle_residual,
    unexplained: Callable[[], MatrixExpr] = levels.unexplained,
    loss_level: Callable[[int, Collection[int]], Expr] = levels.loss_level,
    escape_curvature: Callable[[], Expr] = levels.escape_curvature,
) -> Derivation:
    """Best maps of rank k, their levels, and the saddles beside them, for every shape and a singular Sigma_xx too."""
    saddle, residual = _in_samples(saddle_map()), _in_samples(saddle_residual())
    noise = OUTPUTS - DROPS
    left, angle = ONE - P, Symbol("phi", real=True)
    turned = -(sym.mu_learned * cos(angle) ** 2 + sym.mu_missed * sin(angle) ** 2) / 2
    all_less_the_first = Add(sum(map(_mu, (1, 2, 3))), -_mu(1), evaluate=False)
    steps = (
        _step("The least-squares map", equal(_in_samples(best_map()), BEST), "Its definition, in the samples."),
        _step(
            "The square completed",
            equal(_error(MAP), (MAP - BEST) * INPUTS * (MAP - BEST).T + noise),
            "E(y - Cx)(y - Cx)^T for any map C. Twice the loss is its trace.",
        ),
        _step(
            "The noise floor",
            equal(_in_samples(unexplained()), noise),
            "What is left at C = B*; the floor is half its trace.",
        ),
        _step("The falls", equal(_in_samples(drop_matrix()), DROPS), "The matrix whose eigenvectors are the modes."),
        _step(
            "Pythagoras",
            equal((left * BEST * X).T * (P * MAP - P * BEST) * X, 0 * X.T * X),
            "With P the projection on the columns of a map P C: (P C - B*) X is (P C - P B*) X, orthogonal to "
            "(1 - P) B* X, less the latter. So P B* is best among the maps with these columns.",
            *_PROJECTION,
        ),
        _step(
            "Loss at a projection of the least-squares map",
            equal(_error(P * BEST), noise + left * DROPS * left),
            "Twice the loss is twice the noise floor, plus tr M - tr P M, for any projection P.",
            *_PROJECTION,
        ),
        *_largest_trace(),
        _step("The saddle", equal(saddle, P * BEST), "P projects on eigenvectors of M, the largest for the best map."),
        _step("Its residual", equal(CROSS - saddle * INPUTS, residual), "Rows in the range of Sigma_xx.", *_PROJECTION),
        _step("Stationary in the incoming weights", equal(P * residual, 0 * BEST), "A = U: A^T R = 0.", *_PROJECTION),
        _step(
            "Stationary in the outgoing weights",
            equal(residual * saddle.T, 0 * OUTPUTS),
            "W = U^T B*: R W^T = 0, since P commutes with M.",
            *_PROJECTION,
            *_EIGENVECTORS,
        ),
        Step(
            "Loss level",
            equal(loss_level(3, (1,)), sym.noise + Mul(Rational(1, 2), all_less_the_first, evaluate=False)),
            "tr M - tr P M is the sum of the eigenvalues that are missed; here of three, one learned.",
            Rewriting(),
        ),
        Step(
            "Loss level, two of five modes learned",
            equal(loss_level(5, (2, 4)), sym.noise + Mul(Rational(1, 2), _mu(1) + _mu(3) + _mu(5), evaluate=False)),
            "Neither the first ones nor the last: the sum is over those that are missed, whichever they are.",
            Rewriting(),
        ),
        Step(
            "Escape",
            equal(Subs(Derivative(turned, (angle, 2)), angle, 0), escape_curvature()),
            "Turn one learned mode towards one that is missed: tr P M changes in these two terms.",
            Rewriting(),
        ),
    )
    return Derivation("LIN-09", "Saddles of a linear network, with the noise floor.", steps, SOURCE)


def _largest_trace() -> tuple[Step, ...]:
    """Ky Fan: among projections of rank k, tr P M is largest on the top eigenvectors; p = u_i.P u_i, sum of p = k."""
    low, excess = Symbol("mu_k", nonnegative=True), Symbol("delta", nonnegative=True)
    share, rest = Symbol("p", nonnegative=True), Symbol("q", nonnegative=True)
    return (
        Step(
            "A mode among the first k",
            Ge((low + excess) - (low + excess) * (1 - rest) - low * rest, 0, evaluate=False),
            "Its eigenvalue is mu_k + delta, its share p = 1 - q at most one.",
            Nonnegative(excess * rest),
        ),
        Step(
            "A mode beyond",
            Ge((low + excess) * share - low * share, 0, evaluate=False),
            "Its eigenvalue is mu_k - delta. Summed over all modes, the terms in mu_k cancel, as the shares add up to "
            "k: the sum of the first k eigenvalues is at least tr P M.",
            Nonnegative(excess * share),
        ),
    )


def _step(label: str, statement: Equality, why: str, *rules: Equality) -> Step:
    return Step(label, statement, why, WordIdentity((*_PSEUDO_INVERSE, *rules), _INSTANCE))


def _in_samples(expression: MatrixExpr) -> MatrixExpr:
    return expression.subs({sym.sigma_yx: CROSS, sym.sigma_xx: INPUTS})


def _error(chosen: MatrixExpr) -> MatrixExpr:
    """E(y - Cx)(y - Cx)^T of a map C."""
    return OUTPUTS - chosen * CROSS.T - CROSS * chosen.T + chosen * INPUTS * chosen.T


def _mu(i: int) -> Symbol:
    return Symbol(f"mu_{i}", nonnegative=True)
