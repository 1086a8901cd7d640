"""LIN-20: the matrix Riccati equation of balanced weights, and its solution."""

from __future__ import annotations

from collections.abc import Callable

from sympy import (
    BlockDiagMatrix,
    BlockMatrix,
    Derivative,
    Expr,
    Ge,
    Identity,
    Integer,
    Integral,
    Limit,
    MatrixExpr,
    MatrixSymbol,
    Rational,
    Subs,
    Symbol,
    ZeroMatrix,
)

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import balanced_matrix as balanced
from agf_theory.closed_form.linear.balanced_matrix import Term
from agf_theory.closed_form.matrix_algebra import velocity
from agf_theory.closed_form.obligations import (
    FundamentalTheorem,
    LimitValue,
    MatrixIdentity,
    Nonnegative,
    Obligation,
    Rewriting,
)

__all__ = ["lin_20"]

_OUTPUTS, _INPUTS = (Symbol(name, integer=True, positive=True) for name in ("n_y", "n_x"))
_CROSS = MatrixSymbol("Sigma_yx", _OUTPUTS, _INPUTS)
_RESIDUAL = MatrixSymbol("R", _OUTPUTS, _INPUTS)
_MAP = MatrixSymbol("B", _OUTPUTS, _INPUTS)
_OUTER = MatrixSymbol("Q_yy", _OUTPUTS, _OUTPUTS), MatrixSymbol("Q_xx", _INPUTS, _INPUTS)
_HALF = Rational(1, 2)
_Row = tuple[str, Expr, str, Obligation]


def lin_20(
    growth_matrix: Callable[[], MatrixExpr] = balanced.growth_matrix,
    growth_rate: Callable[[], Expr] = balanced.growth_rate,
    propagator: Callable[[Term], Expr] = balanced.propagator,
    integrated_propagator: Callable[[Term], Expr] = balanced.integrated_propagator,
    balanced_velocity: Callable[[], MatrixExpr] = balanced.balanced_velocity,
    balanced_solution: Callable[[], MatrixExpr] = balanced.balanced_solution,
) -> Derivation:
    """The Riccati equation for every number of outputs, inputs and hidden neurons, and its solution."""
    rows = (
        *_equation(growth_matrix, balanced_velocity),
        *_growth(growth_rate),
        *_functions_of_growth(propagator, integrated_propagator),
        *_solution(balanced_velocity, balanced_solution),
    )
    title = "Balanced weights of a whitened network follow a matrix Riccati equation, solved in closed form."
    return Derivation("LIN-20", title, tuple(Step(*row) for row in rows), "this project")


def _equation(growth_matrix: Callable[[], MatrixExpr], balanced_velocity: Callable[[], MatrixExpr]) -> tuple[_Row, ...]:
    J, theta = sym.signature, MatrixSymbol("Theta", sym.size, sym.hidden)
    outer = theta * theta.T
    moving = sym.coupling - _HALF * (outer - J * outer * J)
    claimed = balanced_velocity().subs(sym.growth, growth_matrix()).subs(sym.outer, outer)
    off_balance = theta.T * J * theta - sym.imbalance * Identity(sym.hidden)
    mirrored = theta.T * J.T * theta - sym.imbalance * Identity(sym.hidden)
    remainder = _HALF * (J * theta * off_balance * theta.T + theta * mirrored * theta.T * J.T)
    zeros = ZeroMatrix(_OUTPUTS, _OUTPUTS), ZeroMatrix(_INPUTS, _INPUTS)
    blocks = BlockMatrix([[_OUTER[0], _MAP], [_MAP.T, _OUTER[1]]])
    mirror = BlockDiagMatrix(Identity(_OUTPUTS), -Identity(_INPUTS))
    off_diagonal = BlockMatrix([[zeros[0], _MAP], [_MAP.T, zeros[1]]])
    pushing = BlockMatrix([[zeros[0], _RESIDUAL], [_RESIDUAL.T, zeros[1]]])
    return (
        (
            "Off-diagonal part",
            equal(off_diagonal, _HALF * (blocks - mirror * blocks * mirror)),
            "J = diag(I, -I), B = A*W in Q = Theta*Theta^T; so M(R) = M - (Q - J*Q*J)/2, as R = Sigma_yx - B.",
            MatrixIdentity(),
        ),
        (
            "Balance is conserved",
            equal(mirror * pushing, -pushing * mirror),
            "J anticommutes with M(R), so that Theta^T*J*Theta stands still under Theta' = M(R)*Theta, whatever R is.",
            MatrixIdentity(),
        ),
        (
            "Riccati equation and what is left",
            equal(moving * outer + outer * moving.T, claimed + remainder),
            "Theta' = M(R)*Theta; for balanced weights Theta^T*J*Theta = lambda*I, and the last two terms vanish.",
            MatrixIdentity(),
        ),
    )


def _growth(growth_rate: Callable[[], Expr]) -> tuple[_Row, ...]:
    half = sym.imbalance / 2
    outputs, inputs = half * Identity(_OUTPUTS), half * Identity(_INPUTS)
    explicit = BlockMatrix([[outputs, _CROSS], [_CROSS.T, -inputs]])
    squares = (half**2 * Identity(_OUTPUTS) + _CROSS * _CROSS.T, half**2 * Identity(_INPUTS) + _CROSS.T * _CROSS)
    rate = growth_rate()
    return (
        (
            "Square of the growth matrix",
            equal(explicit * explicit, BlockDiagMatrix(*squares)),
            "Its blocks on the diagonal cancel in the others: F^2 is diagonal in the singular vectors of Sigma_yx.",
            MatrixIdentity(),
        ),
        (
            "Eigenvalues on a mode",
            equal(Subs((sym.x - half) * (sym.x + half), sym.x, rate), sym.sigma_k**2),
            "det(F - x) = 0 on the plane of u_k and v_k, for x and for -x.",
            Rewriting(),
        ),
        (
            "The rate is the positive one",
            Ge(rate, sym.sigma_k, evaluate=False),
            "Balanced weights with an imbalance grow faster.",
            Nonnegative(half**2 / (balanced.growth_rate() + sym.sigma_k)),
        ),
    )


def _functions_of_growth(propagator: Callable[[Term], Expr], integrated: Callable[[Term], Expr]) -> tuple[_Row, ...]:
    t, rate = sym.t, sym.rate
    doubled = {term: propagator(term).subs(t, 2 * sym.tau) for term in balanced.TERMS}
    exponentials = Rewriting(("evaluation", "exponentials"))
    even, odd = propagator("identity"), propagator("growth")
    limits = {"identity": t, "growth": t**2}
    return (
        (
            "Propagator, even part",
            equal(Derivative(even, t), rate**2 * odd),
            "P' = F*P with F^2 = nu^2: the coefficient of I is nu^2 times that of F.",
            exponentials,
        ),
        ("Propagator, odd part", equal(Derivative(odd, t), even), "The coefficient of F in P' = F*P.", exponentials),
        ("Propagator at the start", equal(Subs(even, t, 0), Integer(1)), "P = I at t = 0.", Rewriting()),
        ("Odd part at the start", equal(Subs(odd, t, 0), Integer(0)), "P = I at t = 0.", Rewriting()),
        *(
            (
                f"Integral of the squared propagator, {term}",
                equal(Integral(doubled[term], (sym.tau, 0, t)), integrated(term)),
                "exp(2*F*s) is the propagator at twice the time.",
                FundamentalTheorem(("evaluation", "exponentials")),
            )
            for term in balanced.TERMS
        ),
        *(
            (
                f"Where the growth matrix vanishes, {term}",
                equal(Limit(integrated(term), rate, 0, "+"), limits[term]),
                "On the kernel of F the integral is t.",
                LimitValue(),
            )
            for term in balanced.TERMS
        ),
    )


def _solution(
    balanced_velocity: Callable[[], MatrixExpr], balanced_solution: Callable[[], MatrixExpr]
) -> tuple[_Row, ...]:
    solution, P = balanced_solution(), sym.propagator
    start = {P: Identity(sym.size), sym.propagator_squared: ZeroMatrix(sym.size, sym.size)}
    motion = {P: sym.growth * P, sym.propagator_squared: P.T * P}
    return (
        (
            "Start",
            equal(solution.subs(start), sym.start * sym.start.T),
            "At t = 0 the propagator is the identity and its integral zero.",
            MatrixIdentity(),
        ),
        (
            "The solution solves the equation",
            equal(velocity(solution, motion), balanced_velocity().subs(sym.outer, solution)),
            "P' = F*P, and P_2' = P^T*P since P = exp(F*t) is symmetric; the solution from this start is unique.",
            MatrixIdentity(),
        ),
    )
