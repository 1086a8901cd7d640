"""DIAG-10: pinned levels, the effective jump time of one coordinate, and the kicks of the others."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Ge, Integral, MatrixExpr, Subs, Symbol, asinh, exp, log, sign, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.diagonal import corrections, one_coordinate
from agf_theory.closed_form.diagonal.convention import CONVENTIONS, Convention, product_scale
from agf_theory.closed_form.obligations import (
    FundamentalTheorem,
    MatrixIdentity,
    Nonnegative,
    Obligation,
    Rewriting,
    SameSquare,
)

__all__ = ["diag_10"]

_SIZE = Symbol("p", positive=True)  # |beta| or |b|
_Z = Symbol("z", nonnegative=True)
_LOGARITHMS = Rewriting(("evaluation", "logarithms"))
_Row = tuple[str, Expr, str, Obligation]


def diag_10(
    pinned_level: Callable[[Convention], Expr] = corrections.pinned_level,
    corrected_jump_time: Callable[[Convention], Expr] = corrections.corrected_jump_time,
    dormant_kick: Callable[[], MatrixExpr] = corrections.dormant_kick,
    active_kick: Callable[[], Expr] = corrections.active_kick,
) -> Derivation:
    """Jump times to all orders: exact for one coordinate; for several, what the plateaus fix."""
    rows: list[_Row] = [*_bounds()]
    for convention in CONVENTIONS:
        labelled = (
            *_levels(convention, pinned_level, active_kick),
            *_one_coordinate(convention),
            *_joiner(convention, pinned_level, corrected_jump_time),
        )
        rows += [(f"{label} ({convention})", *rest) for label, *rest in labelled]
    rows += _kick(dormant_kick)
    title = "Levels and kicks give the jump times of gradient flow to all orders in 1/log(1/alpha)."
    return Derivation("DIAG-10", title, tuple(Step(*row) for row in rows), "this project")


def _bounds() -> tuple[_Row, ...]:
    """Bounds on what the pinned level leaves out: log((1 + sqrt(1 + z))/2) with z = (m/beta)**2."""
    root, w = sqrt(1 + _Z), Symbol("w", nonnegative=True)
    return (
        (
            "Bound on the root",
            Ge(1 + _Z / 2, root, evaluate=False),
            "Half the square of sqrt(1 + z) - 1.",
            Nonnegative((root - 1) ** 2 / 2),
        ),
        (
            "Slope of the bound on the logarithm",
            Ge(Derivative(w - log(1 + w), w), 0, evaluate=False),
            "log(1 + w) <= w: both vanish at zero. So the level is too small by at most z/4 in units of 1/(2*eta).",
            Nonnegative(w / (1 + w)),
        ),
        (
            "Root of a large argument",
            equal(sqrt(1 + _SIZE**2), _SIZE * sqrt(1 + _SIZE**-2)),
            "Both are positive and have the same square.",
            SameSquare(),
        ),
        (
            "Inverse hyperbolic sine",
            equal(asinh(_SIZE), log(_SIZE + sqrt(1 + _SIZE**2))),
            "By its definition.",
            _LOGARITHMS,
        ),
    )


def _by_logarithm(expression: Expr) -> Expr:
    """The expression with arcsinh(X) = log(X*(1 + sqrt(1 + X**-2))), X > 0."""
    return expression.replace(asinh, lambda size: log(size * (1 + sqrt(1 + size**-2))))


def _levels(
    convention: Convention, pinned_level: Callable[[Convention], Expr], active_kick: Callable[[], Expr]
) -> tuple[_Row, ...]:
    scale, inverse = product_scale(convention), {sym.alpha: exp(-sym.eta), sym.epsilon: 1 / sym.eta}
    exact = corrections.pinned_level_exact(convention)
    missing = log((1 + sqrt(1 + scale**2 / sym.beta**2)) / 2)
    at_size = {sym.beta: _SIZE, **inverse}
    previous = sign(sym.beta) * pinned_level(convention).subs(sym.beta, sym.beta_previous)
    leaver = sign(sym.beta_previous) * (
        corrections.leaver_level(convention) - pinned_level(convention).subs(sym.beta, sym.beta_previous)
    )
    return (
        (
            "What the pinned level leaves out",
            equal(2 * sym.eta * (_by_logarithm(exact) - pinned_level(convention)).subs(at_size), missing.subs(at_size)),
            "With X = |beta|/m, by the two steps before; the remainder is between 0 and (m/beta)**2/4.",
            _LOGARITHMS,
        ),
        (
            "Kick of an active coordinate",
            equal(sign(sym.beta) * pinned_level(convention) - previous, active_kick()),
            "From one pinned level to the next; the sign stays.",
            _LOGARITHMS,
        ),
        (
            "Kick of a leaver",
            equal(leaver, corrections.leaver_kick()),
            "From its pinned level to the intercept of its decay.",
            _LOGARITHMS,
        ),
    )


def _one_coordinate(convention: Convention) -> tuple[_Row, ...]:
    scale, rate = product_scale(convention), one_coordinate.one_coordinate_rate(convention)
    half = sym.b / (rate + sym.G * scale)
    duration = one_coordinate.one_coordinate_effective_jump_time(convention).subs(sym.b, _SIZE)
    level = corrections.pinned_level_exact(convention).subs(sym.beta, _SIZE / sym.G)
    curve = one_coordinate.one_coordinate_coefficient(convention).subs({sym.b: _SIZE, sym.t: sym.tau})
    dual = one_coordinate.one_coordinate_dual(convention).subs(sym.b, _SIZE)
    final = Symbol("s_oo", positive=True)
    to_all_orders = corrections.pinned_level(convention).subs(sym.beta, _SIZE / sym.G) / _SIZE
    return (
        (
            "Area above the learning curve",
            equal(Integral(1 - curve / (_SIZE / sym.G), (sym.tau, 0, sym.t)), dual / _SIZE),
            "ds/dt = b - G*beta = b*(1 - beta/(b/G)), and s starts at zero.",
            FundamentalTheorem(),
        ),
        (
            "Final level of one coordinate",
            equal(2 * half / (1 - half**2), sym.b / (sym.G * scale)),
            "tanh(eta*s) tends to b/(D + G*m); its double angle is that of arcsinh(b/(G*m)).",
            Rewriting(),
        ),
        (
            "Effective jump time of one coordinate",
            equal(Subs(final / _SIZE, final, level), duration),
            "The whole area: the final level over b.",
            Rewriting(),
        ),
        (
            "Jump time of one coordinate to all orders",
            equal(one_coordinate.one_coordinate_jump_time(convention).subs(sym.b, _SIZE), to_all_orders),
            "The pinned level in the place of the exact one.",
            _LOGARITHMS,
        ),
    )


def _joiner(
    convention: Convention,
    pinned_level: Callable[[Convention], Expr],
    corrected_jump_time: Callable[[Convention], Expr],
) -> tuple[_Row, ...]:
    time = Symbol("T_k", positive=True)
    return (
        (
            "The joiner reaches its pinned level",
            equal(
                Subs(sym.s - (time - sym.T) * sym.g, time, corrected_jump_time(convention)),
                sign(sym.beta) * pinned_level(convention),
            ),
            "Linear drift from the previous jump.",
            Rewriting(),
        ),
    )


def _kick(dormant_kick: Callable[[], MatrixExpr]) -> tuple[_Row, ...]:
    active_move = sym.gram_active * sym.jump_active
    return (
        (
            "Kick of the dormant coordinates",
            equal(dormant_kick().subs(sym.kick_active, active_move), sym.gram_dormant_active * sym.jump_active),
            "With J the integral of (plateau value - beta), active coordinates move by G_AA*J, dormant ones by G_DA*J.",
            MatrixIdentity(),
        ),
    )
