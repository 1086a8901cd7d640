"""DIAG-02 to DIAG-04: accumulated utility, maximal utility and jump time of a dormant coordinate."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Ge, Gt, Integer, Integral, Rational, Subs, Symbol, Tuple, cosh, sinh, tanh

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.diagonal import coordinates, dormant, utility
from agf_theory.closed_form.diagonal.convention import CONVENTIONS, Convention, product_scale
from agf_theory.closed_form.framework import threshold
from agf_theory.closed_form.obligations import FundamentalTheorem, Nonnegative, Rewriting

__all__ = ["diag_02", "diag_03", "diag_04"]

_KUNIN = "[kunin2025], diagonal networks"
_EXPONENTIALS = Rewriting(("evaluation", "exponentials"))
_DIRECTIONS = ((1, "positive"), (-1, "negative"))  # sign of the partial derivative


def _with_utility(expression: Expr, direction: int) -> Subs:
    """The expression at |g| = 2*U and phi_0 = c*sign(-g)/2, where the partial derivative has this sign."""
    return Subs(expression, (sym.g, sym.phi_0), (2 * direction * sym.U, -direction * sym.c / 2))


def diag_02(accumulated_utility: Callable[[], Expr] = dormant.accumulated_utility) -> Derivation:
    """Accumulated utility of a dormant coordinate."""
    u, v = coordinates.weight_u(), coordinates.weight_v()
    along = utility.utility_along_flow().subs(sym.phi, dormant.dormant_angle())
    in_time = sym.U * tanh(4 * sym.eta * sym.U * sym.t + sym.c)
    signs = [
        Step(
            f"Utility in time, partial derivative {name}",
            equal(_with_utility(along, direction), in_time),
            "The angle moves linearly; |g| = 2*U and c = 2*phi_0*sign(-g).",
            _EXPONENTIALS,
        )
        for direction, name in _DIRECTIONS
    ]
    steps = (
        Step(
            "Utility at an angle",
            equal(utility.normalised_utility().subs({sym.u: u, sym.v: v}), utility.utility_along_flow()),
            "Hyperbolic coordinates; the scale cancels, so both conventions agree.",
            _EXPONENTIALS,
        ),
        *signs,
        Step(
            "Accumulated utility",
            equal(Integral(2 * in_time.subs(sym.t, sym.tau), (sym.tau, 0, sym.t)), accumulated_utility()),
            "kappa = 2; the logarithm of cosh has tanh as derivative.",
            FundamentalTheorem(("evaluation", "exponentials")),
        ),
    )
    return Derivation("DIAG-02", "Accumulated utility of a dormant coordinate.", steps, _KUNIN)


def diag_03(
    maximal_utility: Callable[[], Expr] = utility.maximal_normalised_utility,
    maximiser: Callable[[], Tuple] = utility.utility_maximiser,
) -> Derivation:
    """Largest normalised utility of a coordinate and where it is attained."""
    steps = [
        step for direction, name in _DIRECTIONS for step in _maximum(direction, name, maximal_utility(), maximiser())
    ]
    return Derivation("DIAG-03", "Largest normalised utility of a coordinate.", tuple(steps), _KUNIN)


def _maximum(direction: int, name: str, largest: Expr, maximiser: Tuple) -> tuple[Step, ...]:
    size = Symbol("p", positive=True)  # |g|
    on_circle = -sym.g * sym.u * sym.v
    bound = (largest * (sym.u**2 + sym.v**2)).subs(sym.g, direction * size)
    certificate = size * (sym.u + direction * sym.v) ** 2 / 2
    return (
        Step(
            f"The maximiser is a unit vector, partial derivative {name}",
            equal(Subs(maximiser[0] ** 2 + maximiser[1] ** 2, sym.g, direction * size), Integer(1)),
            "The maximum is taken over the unit circle.",
            Rewriting(),
        ),
        Step(
            f"No direction has more, partial derivative {name}",
            Ge(bound, on_circle.subs(sym.g, direction * size), evaluate=False),
            "The difference is |g|/2 times a square.",
            Nonnegative(certificate),
        ),
        Step(
            f"The maximiser has as much, partial derivative {name}",
            equal(
                on_circle.subs({sym.u: maximiser[0], sym.v: maximiser[1]}).subs(sym.g, direction * size),
                Subs(largest, sym.g, direction * size),
            ),
            "The square vanishes there.",
            Rewriting(),
        ),
    )


def diag_04(
    jump_time: Callable[[Convention], Expr] = dormant.jump_time,
    signed_start: Callable[[Convention | None], Expr] = dormant.signed_start,
) -> Derivation:
    """Jump time of a dormant coordinate, neurons that first shrink included, in both conventions."""
    steps = (*_before(), *(step for name in CONVENTIONS for step in _jump(name, jump_time, signed_start)))
    return Derivation("DIAG-04", "Jump time of a dormant coordinate.", steps, _KUNIN)


def _before() -> tuple[Step, ...]:
    below, above = Symbol("p", positive=True), Symbol("q", positive=True)
    level, present = (above + below) / 2, (above - below) / 2
    return (
        Step(
            "The norm stays below its threshold until then",
            Gt(cosh(level), cosh(present)),
            "The arguments run from c to A = arccosh(1/(2m)); p = A - y and q = A + y are positive while -A < y < A.",
            Nonnegative(2 * sinh(above / 2) * sinh(below / 2), ("evaluation", "exponentials")),
        ),
    )


def _jump(
    convention: Convention,
    jump_time: Callable[[Convention], Expr],
    signed_start: Callable[[Convention | None], Expr],
) -> list[Step]:
    scale = product_scale(convention)
    grown = 2 * scale * cosh(4 * sym.eta * sym.U * sym.t + sym.c)
    norm = coordinates.squared_norm(convention)
    rows = [
        (
            f"Squared norm in time, partial derivative {name}",
            equal(_with_utility(norm.subs(sym.phi, dormant.dormant_angle()), direction), grown),
            "The angle moves linearly; |g| = 2*U and c = 2*phi_0*sign(-g).",
            _EXPONENTIALS,
        )
        for direction, name in _DIRECTIONS
    ]
    rows += [
        (
            f"Signed start from the norm, {name}",
            equal(Subs(2 * scale * cosh(sym.c), sym.c, signed_start(convention).subs(sym.sigma, start)), sym.norm_0**2),
            "At t = 0; cosh is even, so the norm leaves the sign to be known from the angle.",
            Rewriting(),
        )
        for start, name in ((1, "growing"), (-1, "first shrinking"))
    ]
    rows += [
        (
            f"Signed start from the angle, partial derivative {name}",
            equal(Subs(signed_start(None), sym.g, direction * sym.U), -2 * direction * sym.phi_0),
            "2*phi_0*sign(-g).",
            Rewriting(),
        )
        for direction, name in _DIRECTIONS
    ]
    initial = {sym.norm_0: (2 * scale * cosh(sym.c)) ** Rational(1, 2)}
    rows += [
        (
            "Norm one by the accumulated utility",
            equal(dormant.activation_threshold(convention), threshold(2).subs(initial)),
            "Threshold of FRM-04, degree two, for the present norm.",
            Rewriting(("evaluation", "logarithms")),
        ),
        (
            "Accumulated utility at the jump time",
            equal(
                Subs(dormant.accumulated_utility(), sym.t, jump_time(convention)),
                dormant.activation_threshold(convention),
            ),
            "So the threshold is met.",
            Rewriting(("evaluation", "logarithms")),
        ),
        (
            "Norm one at the jump time",
            equal(Subs(grown, sym.t, jump_time(convention)), Integer(1)),
            "cosh undoes arccosh.",
            Rewriting(),
        ),
    ]
    return [Step(f"{label} ({convention})", *rest) for label, *rest in rows]
