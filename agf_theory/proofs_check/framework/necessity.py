"""What the hypotheses of FRM-03 to FRM-08 are for: instances without one of them, at which the statement fails."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import flint
import sympy
from sympy import Expr, Symbol

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.proofs_check.claims import Necessity
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.framework.euler_necessity import exact
from agf_theory.proofs_check.framework.neurons import PolynomialUtility
from agf_theory.proofs_check.hypotheses import Quantity, Relation
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.necessity import failure

__all__ = ["FRM_03_NEEDS", "FRM_04_NEEDS", "FRM_05_NEEDS", "FRM_06_NEEDS", "FRM_07_NEEDS", "FRM_08_NEEDS"]

Witness = Mapping[str, Any]


def inhomogeneous_growth(formula: Any, witness: Witness) -> Evidence:
    """U = q θ² + l θ in one dimension, κ = 2, η = 1: the flow has a formula, rational when e^(2qt) = 2."""
    q, linear, start = (exact(witness[name]) for name in ("q", "l", "N_0"))
    t = Symbol("t", positive=True)
    norm = (start + linear / (2 * q)) * sympy.exp(2 * q * t) - linear / (2 * q)
    assert sympy.expand(norm.diff(t) - 2 * q * norm - linear) == 0, "the flow of the witness"
    time = sympy.log(2) / (2 * q)
    seen = sympy.simplify(norm.subs(t, time))
    accumulated = 2 * (q + linear) * time  # κ Û t, as Û = U(1) all the time
    claimed = sympy.simplify(formula(2).subs({sym.norm_0: start, sym.eta: 1, sym.S: accumulated}))
    detail = "a utility with a linear term grows to another norm"
    return failure(
        sympy.simplify(seen - claimed) != 0, Level.EXACT, detail, witness, norm=str(seen), claimed=str(claimed)
    )


def threshold_off_norm_one(formula: Any, witness: Witness) -> Evidence:
    """U = q θ² + l θ in one dimension, κ = 2, η = 1: its accumulated utility at norm one against the threshold."""
    q, linear, start = (exact(witness[name]) for name in ("q", "l", "N_0"))
    time = sympy.log((2 * q + linear) / (2 * q * start + linear)) / (2 * q)  # from N' = 2qN + l, N = 1
    accumulated = 2 * (q + linear) * time  # κ Û t, as Û = U(1) all the time
    with flint.ctx.workprec(PRECISION):
        seen = ball_value(accumulated, {})
        claimed = ball_value(formula(2), {sym.norm_0: witness["N_0"], sym.eta: 1})
        fails, figures = bool(seen != claimed), {"accumulated": seen.str(8), "threshold": claimed.str(8)}
    detail = "a utility with a linear term has accumulated another utility at norm one"
    return failure(fails, Level.CERTIFIED, detail, witness, **figures)


def bound_before_the_start(formula: Any, witness: Witness) -> Evidence:
    """U = u θ^κ at its maximiser: both bounds are the jump time, which no neuron has before time zero."""
    height = exact(witness["u"])
    values = {sym.norm_0: exact(witness["N_0"]), sym.eta: exact(witness["η"]), sym.U: height, sym.U_0: height}
    upper = formula.upper(witness["κ"]).subs(values)
    detail = "the latest jump time lies before the start"
    return failure(bool(upper < 0), Level.EXACT, detail, witness, upper_bound=str(upper))


def earlier_than_the_bound(formula: Any, witness: Witness) -> Evidence:
    """U = q θ² + l θ in one dimension, κ = 2, η = 1: Û = q + l all the time; from N' = 2qN + l the time to norm one."""
    q, linear, start = (exact(witness[name]) for name in ("q", "l", "N_0"))
    with flint.ctx.workprec(PRECISION):
        seen = ball_value(sympy.log((2 * q + linear) / (2 * q * start + linear)) / (2 * q), {})
        lower = ball_value(
            formula.lower(2), {sym.norm_0: witness["N_0"], sym.eta: 1, sym.U: witness["q"] + witness["l"]}
        )
        fails, figures = bool(seen < lower), {"jump_time": seen.str(8), "lower_bound": lower.str(8)}
    detail = "a utility with a linear term is active before its lower bound"
    return failure(fails, Level.CERTIFIED, detail, witness, **figures)


def barrier_below_norm_one(formula: Any, witness: Witness) -> Evidence:
    """f = θ² on one target y, residual y − c θ²: with c > 0 the neuron stops at θ² = y/c, for ever below norm one.

    Its velocity 2 η θ (y − c θ²) is zero there, so that no solution from below crosses; with c = 0 none stops.
    """
    target, feedback, start, eta = (witness[name] for name in ("y", "c", "θ_0", "η"))
    residual = target - feedback * start**2
    with flint.ctx.workprec(PRECISION):
        upper = ball_value(formula.upper(2), {sym.norm_0: start, sym.eta: eta, sym.U_0: residual})
        finite = bool(upper.is_finite() and upper > 0)
        shown = upper.str(8)
    stops = feedback > 0 and start**2 < target / feedback < 1
    figures = {"latest_jump_time": shown, "largest_squared_norm": target / feedback if feedback else "none"}
    detail = "the residual vanishes before norm one: the neuron stops there, and never becomes active"
    return failure(bool(stops and finite), Level.CERTIFIED, detail, witness, **figures)


def never_active(formula: Any, witness: Witness) -> Evidence:
    """U = p θ_1² − q θ_2² on one of its axes, which it never leaves: N = N_0 e^(2 η u t), u its utility there."""
    first, second = (Fraction(entry) for entry in witness["direction"])
    assert {first, second} == {0, 1}, "on an axis the flow stays on it"
    utility = witness["p"] * first**2 - witness["q"] * second**2
    values = {sym.norm_0: exact(witness["N_0"]), sym.eta: exact(witness["η"]), sym.U_0: exact(utility)}
    upper = formula.upper(2).subs(values)
    detail = "the norm falls for ever, and the latest jump time lies before the start"
    return failure(utility <= 0 and bool(upper < 0), Level.EXACT, detail, witness, U_0=utility, upper_bound=str(upper))


def force_at_zero(formula: Any, witness: Witness) -> Evidence:
    """f = Σ θ_j^κ x_j: the active neuron at its least-squares solution, the other at zero; its gradient there."""
    degree, y, active, dormant = (witness[name] for name in ("κ", "y", "x active", "x dormant"))
    solution = sum(a * t for a, t in zip(active, y, strict=True)) / Fraction(sum(a * a for a in active))
    residual = [t - solution * a for a, t in zip(active, y, strict=True)]
    assert sum(r * a for r, a in zip(residual, active, strict=True)) == 0, "the active neuron is critical"
    slope = sum((r * x for r, x in zip(residual, dormant, strict=True)), Fraction(0)) / len(y)
    (force,) = PolynomialUtility(degree, 1, {(degree,): slope}).gradient((Fraction(0),))
    scaling = formula().subs(sym.kappa, degree).subs(sym.level, 0)
    detail = "the gradient in the neuron at zero is not zero"
    return failure(force != 0 and scaling != 0, Level.EXACT, detail, witness, gradient=force, factor=str(scaling))


def no_degree_is_conserved(formula: Any, witness: Witness) -> Evidence:
    """One sample x = 1 with residual 1, a = 1: the velocity of the quantity at two weights, as polynomials in κ."""
    z = Symbol("z")
    activation = sum(exact(c) * z ** (k + 1) for k, c in enumerate(witness["σ"]))
    rates = [_velocity(formula, activation, exact(weight), (1, 1)) for weight in witness["w"]]
    common = sympy.gcd(*rates)
    detail = "for no κ does the quantity stand still at both weights"
    return failure(
        bool(common.is_number and common != 0), Level.EXACT, detail, witness, velocities=list(map(str, rates))
    )


def another_rate_for_each_layer(formula: Any, witness: Witness) -> Evidence:
    """A linear neuron, κ = 2, at w = a = x = 1 and residual 1."""
    rate = _velocity(formula, Symbol("z"), sympy.Integer(1), witness["rates"]).subs(sym.kappa, 2)
    return failure(rate != 0, Level.EXACT, "the quantity moves", witness, velocity=str(rate))


def _velocity(formula: Any, activation: Expr, weight: Expr, rates: tuple[Any, Any]) -> Expr:
    z = Symbol("z")
    quantity = formula(None)
    moves = (rates[0] * activation.diff(z), rates[1] * activation)  # of w and a, at a = x = r = 1
    change = quantity.diff(sym.w) * moves[0] + quantity.diff(sym.a) * moves[1]
    return sympy.expand(change.subs({sym.w: weight, sym.a: 1}).subs(z, weight))


def no_plateau(formula: Any, witness: Witness) -> Evidence:
    """f = θ^κ on one target, one neuron, α → 0: the loss at half the time at which its sequence drops, κ = 1 or 2.

    With the residual frozen norm one is reached after (1 − α)/y if κ = 1, and −log(α)/(2y) if κ = 2. The flow is
    θ = y (1 − e^(−t)) + α e^(−t), and θ² = y/(1 + (y/α² − 1) e^(−4yt)).
    """
    y, degree, time = exact(witness["y"]), witness["κ"], Symbol("t", positive=True)
    alpha = Symbol("alpha", positive=True)
    flow, jump = {
        1: (y * (1 - sympy.exp(-time)) + alpha * sympy.exp(-time), (1 - alpha) / y),
        2: (y / (1 + (y / alpha**2 - 1) * sympy.exp(-4 * y * time)), -sympy.log(alpha) / (2 * y)),
    }[degree]
    output = flow  # f itself: θ, or θ²
    speed = degree**2 * output ** (2 - sympy.Rational(2, degree)) * (y - output)  # f' = (df/dθ)² (y − f)
    assert sympy.simplify(output.diff(time) - speed) == 0, "the flow of the witness"
    level, loss = y**2 / 2, (y - output.subs(time, jump / 2)) ** 2 / 2
    limit = sympy.limit(sympy.simplify(loss), alpha, 0, "+")
    detail = "half-way to the stated drop the loss is below its level: there is no plateau"
    return failure(bool(limit < level), Level.EXACT, detail, witness, loss_level=str(level), loss=str(limit))


_HOMOGENEOUS = Relation("utility homogeneous of degree κ", lambda w: w["l"] == 0)
_LINEAR_TERM = {"utility": "q θ² + l θ", "q": 1, "l": 1, "N_0": Fraction(1, 10), "κ": 2, "η": 1}

FRM_03_NEEDS = (Necessity(_HOMOGENEOUS, _LINEAR_TERM, inhomogeneous_growth, (Quantity("N_0", 0),)),)
FRM_04_NEEDS = (Necessity(_HOMOGENEOUS, _LINEAR_TERM, threshold_off_norm_one, (Quantity("N_0", 0),)),)
FRM_05_NEEDS = (
    Necessity(_HOMOGENEOUS, _LINEAR_TERM, earlier_than_the_bound, (Quantity("N_0", 0, 1),)),
    Necessity(
        Relation("‖θ(0)‖ < 1", lambda w: w["N_0"] < 1),
        {"utility": "u θ^κ", "u": 1, "κ": 3, "N_0": 2, "η": 1},
        bound_before_the_start,
        (Quantity("u", 0), Quantity("η", 0)),
    ),
    Necessity(
        Relation("residual frozen", lambda w: w["c"] == 0),
        {"residual": "y − c θ²", "y": Fraction(1, 2), "c": 1, "θ_0": Fraction(1, 10), "η": 1},
        barrier_below_norm_one,
        (Quantity("θ_0", 0, 1), Relation("utility positive at the start", lambda w: w["y"] > w["c"] * w["θ_0"] ** 2)),
    ),
    Necessity(
        Relation("Û(0) > 0 for the upper bound", lambda w: w["p"] * w["direction"][0] > w["q"] * w["direction"][1]),
        {"utility": "p θ_1² − q θ_2²", "p": 1, "q": 1, "direction": (0, 1), "N_0": Fraction(1, 2), "η": 1},
        never_active,
        (Quantity("N_0", 0, 1), Quantity("η", 0), Quantity("p", 0)),
    ),
)
FRM_06_NEEDS = (
    Necessity(
        Quantity("κ", 1),
        {"κ": 1, "y": (1, 1), "x active": (1, 0), "x dormant": (0, 1)},
        force_at_zero,
    ),
)
FRM_08_NEEDS = (Necessity(Quantity("κ", 2, low_included=True), {"f": "θ^κ", "κ": 1, "y": 1}, no_plateau),)
FRM_07_NEEDS = (
    Necessity(
        Relation("σ homogeneous", lambda w: sum(1 for c in w["σ"] if c) == 1),
        {"σ": (1, 1), "meaning of σ": "coefficients of z, z², …", "w": (1, 2)},
        no_degree_is_conserved,
    ),
    Necessity(
        Relation("one rate for both layers", lambda w: w["rates"][0] == w["rates"][1]),
        {"rates": (1, 2), "σ": (1,)},
        another_rate_for_each_layer,
        (Relation("σ homogeneous", lambda w: sum(1 for c in w["σ"] if c) == 1),),
    ),
)
