"""What the hypotheses of DIAG-04, DIAG-06 and DIAG-08 are for: instances without one, where the statement fails."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import flint

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.problems import DiagonalNetwork, InitScale, zoo
from agf_theory.proofs_check.claims import Necessity
from agf_theory.proofs_check.diagonal.frozen_necessity import FROZEN, angle_after
from agf_theory.proofs_check.diagonal.path_variations import WRONG_RULES
from agf_theory.proofs_check.diagonal.reference_path import THEORY, follow, quadratic_of
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Quantity, Relation
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.necessity import failure

__all__ = ["DIAG_04_NEEDS", "DIAG_06_NEEDS", "DIAG_08_NEEDS"]

Witness = Mapping[str, Any]


def never_below_norm_one(formula: Any, witness: Witness) -> Evidence:
    """Squared norm 2m cosh(2φ) ≥ 2m, with 2m = 2α²: above one there is no time at which it is one.

    The formula's arccosh(1/(2m)) then is no real number.
    """
    smallest = 2 * witness["α"] ** 2
    detail = "the squared norm is never below 2α² > 1, and arccosh(1/(2α²)) is not real"
    figures = {"least_squared_norm": smallest, "argument_of_arccosh": 1 / smallest}
    return failure(smallest > 1, Level.EXACT, detail, witness, **figures)


def jump_before_the_start(formula: Any, witness: Witness) -> Evidence:
    """A coordinate that grows from the start, above norm one already: the formula's time is negative."""
    alpha, angle, g, eta = (witness[name] for name in ("α", "φ_0", "g", "η"))
    with flint.ctx.workprec(PRECISION):
        squared = 2 * ball(alpha) ** 2 * (2 * ball(angle)).cosh()
        start = ball_value(
            formula.signed_start("paper"),
            {sym.sigma: 1 if -g * angle >= 0 else -1, sym.norm_0: squared.sqrt(), sym.alpha: alpha},
        )
        values = {sym.alpha: alpha, sym.c: start, sym.eta: eta, sym.U: Fraction(abs(g), 2)}
        time = ball_value(formula.jump_time("paper"), values)
        fails, figures = bool(time < 0), {"squared_norm": squared.str(8), "jump_time": time.str(8)}
    return failure(fails, Level.CERTIFIED, "the jump time is negative", witness, **figures)


def never_moves(formula: Any, witness: Witness) -> Evidence:
    """A partial derivative of zero: the angle stays, and with it a norm below one; the formula divides by zero."""
    with flint.ctx.workprec(PRECISION):
        squared = 2 * ball(witness["α"]) ** 2 * (2 * ball(witness["φ_0"])).cosh()
        values = {sym.alpha: witness["α"], sym.c: 0, sym.eta: witness["η"], sym.U: abs(Fraction(witness["g"])) / 2}
        finite = bool(ball_value(formula.jump_time("paper"), values).is_finite())
        fails = witness["g"] == 0 and bool(squared < 1) and not finite
        figures = {"squared_norm_for_ever": squared.str(8)}
    return failure(fails, Level.CERTIFIED, "it never becomes active, and no time is stated", witness, **figures)


def not_yet_active(formula: Any, witness: Witness) -> Evidence:
    """The partial derivative changes at half the stated jump time: the norm at that time, from the angle."""
    alpha, angle, g, eta = (witness[name] for name in ("α", "φ_0", "g", "η"))
    assert angle == 0, "c = 0"
    with flint.ctx.workprec(PRECISION):
        values = {sym.alpha: alpha, sym.c: 0, sym.eta: eta, sym.U: abs(Fraction(g[0])) / 2}
        time = ball_value(formula.jump_time("paper"), values)
        reached = angle_after(g, ball(angle), ball(eta), time)
        squared = 2 * ball(alpha) ** 2 * (2 * reached).cosh()
        figures = {"stated_jump_time": time.str(8), "squared_norm_then": squared.str(8)}
    return failure(bool(squared < 1), Level.CERTIFIED, "its norm is below one at the stated time", witness, **figures)


def ends_at_larger_norm(formula: Any, witness: Witness) -> Evidence:
    """The sequence from another dual variable, in fractions: least squares at its end, but of larger ℓ1 norm."""
    problem = DiagonalNetwork(witness["X"], witness["y"])
    path = follow(problem, start=tuple(map(Fraction, witness["s(0)"])))
    end, least = path[-1].coefficients, formula(problem).coefficients
    slopes = quadratic_of(problem)
    assert not any(slopes.gradient(end)), "both are least-squares solutions"
    assert not any(slopes.gradient(least)), "both are least-squares solutions"
    norms = [sum(map(abs, beta), Fraction(0)) for beta in (end, least)]
    detail = "it ends at a least-squares solution, and another one has smaller ℓ1 norm"
    figures = {"end": end, "norm": norms[0], "smaller": least, "its_norm": norms[1]}
    return failure(norms[0] > norms[1], Level.EXACT, detail, witness, **figures)


def reset_changes_the_path(formula: Any, witness: Witness) -> Evidence:
    """Leavers that start again from zero, in fractions, against ρ times the limiting sequence, in balls."""
    problem, scale = zoo.get(witness["problem"], DiagonalNetwork), InitScale(witness["α"])
    rules = WRONG_RULES["leavers-reset"][0] if witness["leavers"] == "start again" else THEORY
    path = follow(problem, rules)
    with flint.ctx.workprec(PRECISION):
        alpha = (-scale.log_inverse_ball()).exp()
        ratio = ball_value(formula.ratio("paper"), {sym.alpha: alpha})
        seen = [ratio * ball(knot.time) for knot in path]
        stated = [time for time, _ in formula.jumps(problem, scale, "paper")]
        apart = [k for k, (a, b) in enumerate(zip(seen, stated, strict=False), start=1) if not a.overlaps(b)]
        figures = {"jump_times": [t.str(8) for t in seen], "stated": [t.str(8) for t in stated]}
    detail = "the jumps are not those of the limiting sequence" + (f", from jump {apart[0]} on" if apart else "")
    return failure(len(seen) != len(stated) or bool(apart), Level.CERTIFIED, detail, witness, **figures)


def clock_is_not_real(formula: Any, witness: Witness) -> Evidence:
    """ρ = arccosh(1/(2α²))/(2 log(1/α)), where 2α² > 1."""
    alpha = witness["α"]
    with flint.ctx.workprec(PRECISION):
        finite = bool(ball_value(formula.ratio("paper"), {sym.alpha: alpha}).is_finite())
    detail = "1/(2α²) < 1, so that ρ is not real: neurons start above norm one"
    fails = 2 * alpha**2 > 1 and not finite
    return failure(fails, Level.EXACT, detail, witness, argument_of_arccosh=1 / (2 * alpha**2))


def _starts_below_norm_one(witness: Witness) -> bool:
    return bool(2 * ball(witness["α"]) ** 2 * (2 * ball(witness["φ_0"])).cosh() < 1)


_CAN_START_BELOW = Relation("α < 1/√2, where 2m = 2α²", lambda w: 2 * w["α"] ** 2 < 1)
_ANGLE, _FORCE, _RATE = Quantity("φ_0"), Quantity("g", nonzero=True), Quantity("η", 0)

DIAG_04_NEEDS = (
    Necessity(
        _RATE,
        {"α": Fraction(2, 5), "φ_0": Fraction(1, 10), "g": -1, "η": -1},
        jump_before_the_start,
        (_ANGLE, _FORCE, _CAN_START_BELOW, Relation("‖θ‖ < 1, where α < 1/√2", _starts_below_norm_one)),
    ),
    Necessity(
        _CAN_START_BELOW,
        {"α": Fraction(4, 5), "φ_0": 0, "g": -1, "η": 1},
        never_below_norm_one,
        (_ANGLE, _FORCE, _RATE),
    ),
    Necessity(
        Relation("‖θ‖ < 1, where α < 1/√2", _starts_below_norm_one),
        {"α": Fraction(2, 5), "φ_0": Fraction(3, 2), "g": -1, "η": 1},
        jump_before_the_start,
        (_ANGLE, _FORCE, _RATE, _CAN_START_BELOW),
    ),
    Necessity(
        _FORCE,
        {"α": Fraction(2, 5), "φ_0": 0, "g": 0, "η": 1},
        never_moves,
        (_ANGLE, _RATE, _CAN_START_BELOW),
    ),
    Necessity(
        FROZEN,
        {"α": Fraction(2, 5), "φ_0": 0, "g": (-1, 1), "η": 1},
        not_yet_active,
        (_ANGLE, _RATE, _CAN_START_BELOW),
    ),
)
DIAG_06_NEEDS = (
    Necessity(
        Relation("start at s = 0", lambda w: not any(map(Fraction, w["s(0)"]))),
        {"X": [[1, 2]], "y": [1], "s(0)": ["9/10", "0"]},
        ends_at_larger_norm,
        (Relation("the start lies inside the boundary", lambda w: all(abs(Fraction(s)) < 1 for s in w["s(0)"])),),
    ),
)
DIAG_08_NEEDS = (
    Necessity(
        Relation("leavers keep their accumulated utility", lambda w: w["leavers"] != "start again"),
        {"problem": "reactivation", "α": "1e-8", "leavers": "start again"},
        reset_changes_the_path,
    ),
    Necessity(_CAN_START_BELOW, {"α": Fraction(4, 5)}, clock_is_not_real),
)
