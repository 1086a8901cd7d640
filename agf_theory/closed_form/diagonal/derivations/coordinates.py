"""DIAG-01: hyperbolic coordinates solve gradient flow."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Function, Gt, Integer, Subs, Symbol, exp
from sympy.core.relational import Relational

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.diagonal import coordinates, dual
from agf_theory.closed_form.diagonal.convention import CONVENTIONS, Convention
from agf_theory.closed_form.obligations import Nonnegative, Obligation, Rewriting

__all__ = ["diag_01"]

_EXPONENTIALS = Rewriting(("evaluation", "exponentials"))
_ANGLE = Function("phi", real=True)(sym.t)
_SIZE = Symbol("r", positive=True)  # |s|
_Row = tuple[str, Relational, str, Obligation]


def diag_01(coefficient: Callable[[Convention], Expr] = coordinates.coefficient) -> Derivation:
    """Hyperbolic coordinates, in both conventions, for any residual."""
    steps = (*_conservation(), *(step for convention in CONVENTIONS for step in _steps(convention, coefficient)))
    return Derivation("DIAG-01", "Hyperbolic coordinates solve gradient flow.", steps, "[kunin2025], diagonal networks")


def _conservation() -> tuple[Step, ...]:
    velocity_u, velocity_v = -sym.eta * sym.g * sym.v, -sym.eta * sym.g * sym.u
    difference = sym.u**2 - sym.v**2
    rate = Derivative(difference, sym.u) * velocity_u + Derivative(difference, sym.v) * velocity_v
    why = "Chain rule, with the flow du/dt = -eta*g*v, dv/dt = -eta*g*u; g may change in time."
    return (Step("The difference of squares is conserved", equal(rate, Integer(0)), why, Rewriting()),)


def _steps(convention: Convention, coefficient: Callable[[Convention], Expr]) -> tuple[Step, ...]:
    product = coordinates.weight_u(convention) * coordinates.weight_v(convention)
    rows: tuple[_Row, ...] = (
        *_weights(convention),
        *_mirror_map(convention, coefficient(convention)),
        ("Coefficient", equal(product, coefficient(convention)), "Double angle.", _EXPONENTIALS),
    )
    return tuple(Step(f"{label} ({convention})", *rest) for label, *rest in rows)


def _weights(convention: Convention) -> tuple[_Row, ...]:
    u, v = coordinates.weight_u(convention), coordinates.weight_v(convention)
    moving_u, moving_v = (weight.subs(sym.phi, _ANGLE) for weight in (u, v))
    return (
        (
            "Start of v",
            equal(Subs(v, sym.phi, 0), Integer(0)),
            "The initialisation has v = 0.",
            Rewriting(),
        ),
        (
            "Start of u",
            equal(Subs(u**2, sym.phi, 0), coordinates.conserved_quantity(convention)),
            "So u*u - v*v starts at this value.",
            Rewriting(),
        ),
        (
            "u is positive",
            Gt(u, 0, evaluate=False),
            "So the equation for v fixes the velocity of the angle.",
            Nonnegative(u, ("evaluation",)),
        ),
        (
            "Velocity of u",
            equal(Derivative(moving_u, sym.t), Derivative(_ANGLE, sym.t) * moving_v),
            "Chain rule: the flow du/dt = -eta*g*v holds if dphi/dt = -eta*g.",
            Rewriting(),
        ),
        (
            "Velocity of v",
            equal(Derivative(moving_v, sym.t), Derivative(_ANGLE, sym.t) * moving_u),
            "Chain rule: the flow dv/dt = -eta*g*u holds iff dphi/dt = -eta*g.",
            Rewriting(),
        ),
        (
            "Conserved quantity",
            equal(u**2 - v**2, coordinates.conserved_quantity(convention)),
            "Hyperbolic identity.",
            _EXPONENTIALS,
        ),
        ("Squared norm", equal(u**2 + v**2, coordinates.squared_norm(convention)), "Double angle.", _EXPONENTIALS),
    )


def _mirror_map(convention: Convention, beta: Expr) -> tuple[_Row, ...]:
    angle, norm = dual.hyperbolic_angle(convention), coordinates.squared_norm(convention)
    from_dual = dual.coefficient_from_dual(convention)
    at_dual = {sym.phi: sym.eta * sym.s, sym.alpha: exp(-sym.eta)}
    return (
        (
            "Mirror flow",
            equal(Derivative(angle, sym.x) * coordinates.coefficient_velocity(convention), -sym.eta * sym.g),
            "The angle is the mirror map of the coefficient: it moves with the gradient.",
            Rewriting(),
        ),
        (
            "Potential of the mirror flow",
            equal(Derivative(dual.hyperbolic_entropy(convention), sym.x), angle),
            "The derivative of the hyperbolic entropy is the mirror map.",
            Rewriting(),
        ),
        (
            "Velocity of the coefficient",
            equal(Derivative(beta, sym.phi) * sym.eta * sym.g, norm * sym.eta * sym.g),
            "The coefficient moves with the squared norm times the velocity of the angle.",
            Rewriting(),
        ),
        (
            "Logarithmic scale, positive dual variable",
            equal(Subs(from_dual, sym.s, _SIZE), beta.subs(at_dual).subs(sym.s, _SIZE)),
            "With alpha = exp(-eta) and phi = eta*s.",
            _EXPONENTIALS,
        ),
        (
            "Logarithmic scale, negative dual variable",
            equal(Subs(from_dual, sym.s, -_SIZE), beta.subs(at_dual).subs(sym.s, -_SIZE)),
            "With alpha = exp(-eta) and phi = eta*s.",
            _EXPONENTIALS,
        ),
        _inverse(convention, 1),
        _inverse(convention, -1),
    )


def _inverse(convention: Convention, direction: int) -> _Row:
    coefficient = direction * _SIZE
    back = dual.coefficient_from_dual(convention).subs(sym.s, direction * _SIZE)
    claimed = dual.dual_from_coefficient(convention).subs(sym.x, coefficient)
    return (
        f"Dual variable of a {'positive' if direction > 0 else 'negative'} coefficient",
        equal(back.subs(_SIZE, direction * claimed), coefficient),
        "It gives the coefficient back: exp(2*eta*(|s| - 1)) and exp(-2*eta*(|s| + 1)) are the two roots.",
        _EXPONENTIALS,
    )
