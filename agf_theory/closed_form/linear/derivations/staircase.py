"""LIN-11 and LIN-12: the staircase of whitened and of commuting moments."""

from __future__ import annotations

from collections.abc import Callable

from sympy import (
    Derivative,
    Expr,
    Gt,
    Identity,
    Integer,
    Integral,
    Limit,
    MatrixSymbol,
    Subs,
    Symbol,
    exp,
    oo,
)

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import balanced_matrix, staircase
from agf_theory.closed_form.obligations import (
    FundamentalTheorem,
    LimitValue,
    MatrixIdentity,
    Nonnegative,
    Obligation,
    Rewriting,
)

__all__ = ["lin_11", "lin_12"]

_MARGIN = Symbol("q", positive=True)  # relative distance from the jump time
_EXPONENTIALS = Rewriting(("evaluation", "exponentials"))
_Formula = Callable[[], Expr]
_Row = tuple[str, Expr, str, Obligation]


def lin_12(
    aligned_strength: _Formula = staircase.aligned_strength,
    staircase_jump_time: _Formula = staircase.staircase_jump_time,
    plateau_strength: _Formula = staircase.plateau_strength,
    loss_fall: _Formula = staircase.loss_fall,
    order_key: _Formula = staircase.order_key,
) -> Derivation:
    """The staircase of commuting moments from an aligned start."""
    rows = (
        *_mode(aligned_strength(), plateau_strength(), sym.variance),
        *_limits(aligned_strength(), staircase_jump_time(), plateau_strength()),
        *_levels(plateau_strength(), loss_fall(), sym.variance),
        *_order(staircase_jump_time(), order_key()),
    )
    title = "Modes of commuting moments are learned one by one, in the order of their singular values."
    return Derivation("LIN-12", title, tuple(Step(*row) for row in rows), "this project")


def lin_11(
    aligned_strength: _Formula = staircase.aligned_strength,
    staircase_jump_time: _Formula = staircase.staircase_jump_time,
    plateau_strength: _Formula = staircase.plateau_strength,
    loss_fall: _Formula = staircase.loss_fall,
) -> Derivation:
    """The staircase of whitened moments, from an aligned start and from a balanced one."""
    one = Integer(1)
    strength, plateau, fall = (
        formula().subs(sym.variance, one) for formula in (aligned_strength, plateau_strength, loss_fall)
    )
    rows = (
        *_mode(strength, plateau, one),
        *_limits(strength, staircase_jump_time(), plateau),
        *_levels(plateau, fall, one),
        *_from_balance(staircase_jump_time(), plateau),
    )
    title = "A whitened network learns its singular modes one by one, the k-th at 1/sigma_k."
    return Derivation("LIN-11", title, tuple(Step(*row) for row in rows), "this project")


def _mode(strength: Expr, plateau: Expr, variance: Expr) -> tuple[_Row, ...]:
    half = Symbol("a", positive=True)
    velocity = 2 * sym.strength * (sym.sigma_k - variance * sym.strength)
    return (
        (
            "Velocity of an aligned mode",
            equal(2 * half * (sym.sigma_k - variance * half**2) * half, Subs(velocity, sym.strength, half**2)),
            (
                "R*v_k = (sigma_k - Lambda*s)*u_k, R^T*u_k = (sigma_k - Lambda*s)*v_k, as Sigma_xx*v_k = Lambda*v_k: "
                "A^T*u_k = W*v_k = a*h moves with a' = (sigma_k - Lambda*s)*a, s = a^2, and no other mode enters."
            ),
            Rewriting(),
        ),
        (
            "Strength along the flow",
            equal(Derivative(strength, sym.t), velocity.subs(sym.strength, strength)),
            "The logistic curve solves the equation.",
            _EXPONENTIALS,
        ),
        (
            "Strength at the start",
            equal(Subs(strength, sym.t, 0), sym.overlap**2 / 2 * exp(-2 * sym.log_inverse)),
            "s = a^2 and the overlap is sqrt(2)*a, at scale epsilon = exp(-L).",
            _EXPONENTIALS,
        ),
        (
            "Strength at rest",
            equal(Limit(strength, sym.t, oo), plateau),
            "The mode comes to rest where the residual along it vanishes.",
            LimitValue(),
        ),
    )


def _limits(strength: Expr, jump_time: Expr, plateau: Expr) -> tuple[_Row, ...]:
    after, before = jump_time * (1 + _MARGIN), jump_time / (1 + _MARGIN)
    return (
        (
            "After its jump time a mode is learned",
            equal(Limit(strength.subs(sym.t, after * sym.log_inverse), sym.log_inverse, oo), plateau),
            "At any multiple 1 + q of the jump time, q > 0.",
            LimitValue(),
        ),
        (
            "Before its jump time a mode is dormant",
            equal(Limit(strength.subs(sym.t, before * sym.log_inverse), sym.log_inverse, oo), Integer(0)),
            "At the jump time divided by 1 + q.",
            LimitValue(),
        ),
    )


def _levels(plateau: Expr, fall: Expr, variance: Expr) -> tuple[_Row, ...]:
    gained = sym.sigma_k * sym.x - variance * sym.x**2 / 2
    return (
        (
            "Loss along a mode",
            equal(Integral(sym.sigma_k - variance * sym.u, (sym.u, 0, sym.x)), gained),
            "The derivative of the loss in the strength is Lambda*s - sigma_k; modes add up.",
            FundamentalTheorem(),
        ),
        (
            "Fall of the loss",
            equal(Subs(gained, sym.x, plateau), fall),
            "From strength zero to the strength at rest.",
            Rewriting(),
        ),
    )


def _order(jump_time: Expr, key: Expr) -> tuple[_Row, ...]:
    faster = {sym.sigma_k: sym.sigma_k + _MARGIN}
    other = Symbol("Lambda_2", positive=True)
    return (
        (
            "A larger singular value jumps first",
            Gt(jump_time - jump_time.subs(faster), 0, evaluate=False),
            "Whatever the variances are.",
            Nonnegative(_MARGIN / (sym.sigma_k * (sym.sigma_k + _MARGIN))),
        ),
        (
            "The order is that of the singular values",
            Gt(key.subs({**faster, sym.variance: other}), key, evaluate=False),
            "Of two modes with variances Lambda and Lambda_2; the fall of the loss may have the other order.",
            Nonnegative(_MARGIN),
        ),
    )


def _from_balance(jump_time: Expr, plateau: Expr) -> tuple[_Row, ...]:
    """The solution of LIN-20 in the eigenbasis of the growth matrix, as the scale vanishes."""
    L = sym.log_inverse
    Y = MatrixSymbol("Y", sym.size, sym.hidden)
    squared_row = exp(-2 * L) * (exp(2 * sym.sigma_k * sym.t) - 1) / (2 * sym.sigma_k)
    after, before = (
        squared_row.subs(sym.t, L * time) for time in (jump_time * (1 + _MARGIN), jump_time / (1 + _MARGIN))
    )
    size = Symbol("p", positive=True)  # of the imbalance at unit scale
    shrinking = balanced_matrix.growth_rate().subs(sym.imbalance, size * exp(-2 * L))
    return (
        (
            "Push through",
            equal(
                (Identity(sym.size) + Y * Y.T) * Y,
                Y * (Identity(sym.hidden) + Y.T * Y),
            ),
            (
                "LIN-20 in the eigenbasis of F, with D = (exp(2*nu*t) - 1)/(2*nu), Y = eps*sqrt(D)*Z and rho^2 = "
                "exp(2*nu*t)/D: Q = rho*K*rho with K = Y*(I + Y^T*Y)^-1*Y^T = I - (I + Y*Y^T)^-1."
            ),
            MatrixIdentity(),
        ),
        (
            "Rows of learned modes grow without bound",
            equal(Limit(1 / after, L, oo), Integer(0)),
            (
                "Where z_1..z_k are linearly independent, I - K is there at most (1 + |Y_2|^2)*(Y_1*Y_1^T)^-1, "
                "Y_1 their rows and Y_2 the others; it tends to zero."
            ),
            LimitValue(),
        ),
        (
            "Rows of dormant modes vanish",
            equal(Limit(before, L, oo), Integer(0)),
            "There K is at most Y_2*Y_2^T. K is between 0 and I, so that its other blocks vanish with these.",
            LimitValue(),
        ),
        (
            "Rows of the kernel vanish",
            equal(Limit(exp(-2 * L) * L * _MARGIN, L, oo), Integer(0)),
            "On the kernel of F the integral is t; on decaying modes it is bounded.",
            LimitValue(),
        ),
        (
            "Weight of a learned mode",
            equal(Limit(sym.sigma_k / (1 - exp(-2 * sym.sigma_k * sym.t)), sym.t, oo), plateau),
            "Half of rho^2: the block of u_k*v_k^T in phi_k*phi_k^T, phi_k = (u_k, v_k)/sqrt(2), is one half.",
            LimitValue(),
        ),
        (
            "The imbalance shrinks with the scale",
            equal(Limit(L * (shrinking - sym.sigma_k), L, oo), Integer(0)),
            "It is epsilon^2 times that at unit scale, so that rates are sigma_k and eigenvectors phi_k in the limit.",
            LimitValue(),
        ),
    )
