"""The one-coordinate problem solved exactly, and its logistic limit."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Integer, Limit, Subs, Symbol, asinh, exp, oo, sinh, sqrt, tanh

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.diagonal import one_coordinate as one
from agf_theory.closed_form.diagonal.convention import CONVENTIONS, Convention, product_scale
from agf_theory.closed_form.obligations import LimitValue, Obligation, Rewriting

__all__ = ["one_coordinate"]

_EXPONENTIALS = Rewriting(("evaluation", "exponentials"))
_SIZE = Symbol("p", positive=True)  # |b|
_SCALE = Symbol("m", positive=True)
_GROWN = Symbol("q", positive=True)  # m*exp(2*eta*D*t)
_Row = tuple[str, Expr, str, Obligation]


def one_coordinate(
    coefficient: Callable[[Convention], Expr] = one.one_coordinate_coefficient,
    logistic: Callable[[], Expr] = one.one_coordinate_logistic,
) -> Derivation:
    """The learning curve of one coordinate at any alpha, and its limit, in both conventions."""
    rows: list[_Row] = [_double_angle()]
    for convention in CONVENTIONS:
        labelled = (*_solution(convention, coefficient), *_level(convention), *_clock(convention))
        rows += [(f"{label} ({convention})", *rest) for label, *rest in labelled]
    rows += _logistic(logistic)
    title = "One coordinate learns along this curve; a logistic curve as alpha tends to zero."
    return Derivation("diagonal.one_coordinate", title, tuple(Step(*row) for row in rows), "this project")


def _double_angle() -> _Row:
    tangent = tanh(sym.phi)
    return (
        "Double angle",
        equal(sinh(2 * sym.phi), 2 * tangent / (1 - tangent**2)),
        "So beta = m*sinh(2*phi) = 2*m*h/(1 - h**2) with h = tanh(phi).",
        _EXPONENTIALS,
    )


def _solution(convention: Convention, coefficient: Callable[[Convention], Expr]) -> tuple[_Row, ...]:
    scale, rate = product_scale(convention), one.one_coordinate_rate(convention)
    dual = one.one_coordinate_dual(convention)
    tangent = tanh(sym.eta * dual)
    from_tangent = 2 * scale * sym.x / (1 - sym.x**2)
    velocity = sym.eta * (sym.b * (1 - tangent**2) - 2 * sym.G * scale * tangent)
    limit = sym.b / (rate + sym.G * scale)
    return (
        (
            "Velocity of h",
            equal((1 - sym.x**2) * sym.eta * (sym.b - sym.G * from_tangent), _velocity(scale)),
            "dphi/dt = eta*(b - G*beta) and dh/dphi = 1 - h**2, written for x = h.",
            Rewriting(),
        ),
        ("Start", equal(Subs(dual, sym.t, 0), Integer(0)), "The flow starts at zero.", Rewriting()),
        (
            "The dual variable solves the flow",
            equal(Derivative(tangent, sym.t), velocity),
            "h = tanh(eta*s) obeys its equation; the solution from this start is unique.",
            Rewriting(),
        ),
        (
            "Coefficient",
            equal(coefficient(convention), Subs(from_tangent, sym.x, tangent)),
            "Double angle.",
            Rewriting(),
        ),
        (
            "Plateau",
            equal(Subs(from_tangent, sym.x, limit), sym.b / sym.G),
            "tanh(eta*D*t) tends to one, and h to b/(D + G*m).",
            Rewriting(),
        ),
    )


def _velocity(scale: Expr) -> Expr:
    return sym.eta * (sym.b * (1 - sym.x**2) - 2 * sym.G * scale * sym.x)


def _level(convention: Convention) -> tuple[_Row, ...]:
    scale = product_scale(convention)
    angle = asinh(sym.level * _SIZE / (sym.G * scale)) / 2
    tangent = tanh(sym.eta * one.one_coordinate_dual(convention)).subs(sym.b, _SIZE)
    time = one.one_coordinate_level_time(convention).subs(sym.b, _SIZE)
    return (
        (
            "Half angle at a level",
            equal(Subs(tangent, sym.t, time), tanh(angle)),
            "The curve inverted, for b = p > 0; negative b by symmetry.",
            Rewriting(),
        ),
        (
            "Coefficient at a level",
            equal(Subs(scale * sinh(2 * sym.x), sym.x, angle), sym.level * _SIZE / sym.G),
            "Double angle: there the coefficient is ell times its plateau value.",
            Rewriting(),
        ),
        (
            "Symmetry",
            equal(
                Subs(one.one_coordinate_coefficient(convention), sym.b, -_SIZE),
                -one.one_coordinate_coefficient(convention).subs(sym.b, _SIZE),
            ),
            "The coefficient is odd in b.",
            Rewriting(),
        ),
    )


def _clock(convention: Convention) -> tuple[_Row, ...]:
    """What exp(2*eta*b*t) has become, x/eta after the jump time."""
    inverse = {sym.alpha: exp(-sym.eta), sym.epsilon: 1 / sym.eta}
    scale = product_scale(convention).subs(inverse)
    time = (one.one_coordinate_jump_time(convention).subs(inverse) + sym.x / sym.eta).subs(sym.b, _SIZE)
    excess = one.one_coordinate_rate(convention).subs(inverse).subs(sym.b, _SIZE) - _SIZE
    return (
        (
            "Growth by the jump time",
            equal(Subs(scale * exp(2 * sym.eta * _SIZE * sym.T), sym.T, time), _growth_at(sym.x)),
            "The jump time is chosen so that alpha drops out.",
            Rewriting(("evaluation", "exponentials")),
        ),
        (
            "The rate is b to all orders",
            equal(Limit(sym.eta * excess, sym.eta, oo), Integer(0)),
            "So exp(2*eta*D*t) may be replaced by exp(2*eta*b*t): their ratio exp(2*eta*(D - b)*t) tends to one.",
            LimitValue(),
        ),
    )


def _growth_at(x: Expr) -> Expr:
    return 2 * _SIZE / sym.G * exp(2 * _SIZE * x)


def _logistic(logistic: Callable[[], Expr]) -> tuple[_Row, ...]:
    rate, exponential = sqrt(_SIZE**2 + sym.G**2 * _SCALE**2), _GROWN / _SCALE
    tangent = _SIZE * (exponential - 1) / (rate * (exponential + 1) + sym.G * _SCALE * (exponential - 1))
    coefficient = 2 * _SCALE * tangent / (1 - tangent**2)
    limit = _SIZE * _GROWN / (sym.G * _GROWN + 2 * _SIZE)
    ramp = sym.eta * sym.D * sym.t
    return (
        (
            "Ramp as an exponential",
            equal(tanh(ramp), (exp(2 * ramp) - 1) / (exp(2 * ramp) + 1)),
            "Definition of tanh.",
            _EXPONENTIALS,
        ),
        (
            "Limit of the coefficient at a given growth",
            equal(Limit(coefficient, _SCALE, 0, "+"), limit),
            "The coefficient with tanh(eta*D*t) as an exponential q/m; m tends to zero, q = m*exp(2*eta*D*t) stays.",
            LimitValue(),
        ),
        (
            "Logistic curve, negative b",
            equal(Subs(logistic(), sym.b, -_SIZE), -logistic().subs(sym.b, _SIZE)),
            "The curve is odd in b.",
            Rewriting(),
        ),
        (
            "Logistic curve",
            equal(Subs(limit, _GROWN, _growth_at(sym.x)), logistic().subs(sym.b, _SIZE)),
            "The growth at the time x/eta after the jump time.",
            _EXPONENTIALS,
        ),
    )
