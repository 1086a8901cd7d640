"""DIAG-04: when a dormant coordinate becomes active, sign flips included."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import numpy as np
import sympy
from scipy.integrate import solve_ivp
from sympy import Expr, Symbol, acosh, cosh

from agf_theory.closed_form import diagonal as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.closed_form.diagonal import CONVENTIONS, Convention
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.dormant_integral import utility_integral
from agf_theory.proofs_check.diagonal.frozen_necessity import FROZEN
from agf_theory.proofs_check.diagonal.necessity import DIAG_04_NEEDS
from agf_theory.proofs_check.diagonal.path_certificates import interval
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Quantity, Relation
from agf_theory.proofs_check.identity import PRECISION, vanishes
from agf_theory.proofs_check.parts import by_choice

__all__ = ["DIAG_04", "DormantJump"]


@dataclass(frozen=True)
class DormantJump:
    """The formulas of DIAG-04.

    Attributes
    ----------
    jump_time : function of the convention
        In alpha, the signed start c, eta and the maximal normalised utility U.
    signed_start : function of the convention
        In sigma, the present norm N_0 and alpha.
    """

    jump_time: Callable[[Convention], Expr] = closed_form.jump_time
    signed_start: Callable[[Convention], Expr] = closed_form.signed_start


def symbolic(formula: DormantJump, context: Context) -> Evidence:
    """At the jump time 2m cosh(4 η Û* τ + c) = 1; the signed start is 2 φ_0 sign(−g) for all four pairs of signs.

    The angle moves linearly and |2φ_0| is below the threshold, so this is the first time the norm is one: before it
    the angle lies between the two thresholds.
    """
    links = []
    growth = Symbol("w", positive=True)  # e^(2|φ_0|) = 1 + w
    e = 1 + growth
    for convention in CONVENTIONS:
        scale = {"paper": sym.alpha**2, "slides": sym.alpha**2 / 2}[convention]
        tau = formula.jump_time(convention)
        squared = 2 * scale * cosh(4 * sym.eta * sym.U * tau + sym.c)
        links.append(
            vanishes(
                squared - 1,
                what="norm one at the jump time",
                random=context.random(),
                within={sym.alpha: (0, Fraction(1, 2))},
            )
        )
        for sigma in (1, -1):
            # c = σ·2|φ_0|: with −g φ_0 ≥ 0 it is 2 φ_0 sign(−g) = 2|φ_0|, otherwise minus that.
            norm = sympy.sqrt(scale * (e + 1 / e))
            claimed = formula.signed_start(convention).subs({sym.sigma: sigma, sym.norm_0: norm}).rewrite(sympy.log)
            residual = claimed - sigma * sympy.log(e)
            links.append(
                vanishes(residual, what="signed start from the norm", random=context.random(), tactics=(_by_factors,))
            )
            links.append(vanishes(residual.subs(growth, 0), what="zero start at φ = 0", random=context.random()))
    return weakest(links).by_hand("the angle moves linearly between the two thresholds, so this time is the first")


def _by_factors(residual: Expr) -> Expr:
    rooted = residual.replace(
        lambda node: node.is_Pow and node.exp == sympy.Rational(1, 2),
        lambda node: sympy.sqrt(sympy.factor(sympy.together(node.base))),
    )
    rational = rooted.replace(sympy.log, lambda inner: sympy.log(sympy.cancel(sympy.together(inner))))
    return sympy.simplify(sympy.expand_log(rational, force=False))


def norm_one_at_the_jump(formula: DormantJump, instance: Instance) -> Evidence:
    """One neuron in balls, in both conventions: its norm at the jump time, and the accumulated utility up to it."""
    widest = 0.0
    for convention in CONVENTIONS:
        with flint.ctx.workprec(PRECISION):
            _, misses = _jump_and_misses(formula, instance, convention)
        for what, miss in misses.items():
            if not miss.contains(0):
                witness = {**instance, "convention": convention, what: miss.str(10)}
                return Evidence.refuted(f"{what} is not zero at the jump time", witness, instances=1)
            widest = max(widest, float(miss.rad()))
    if not widest < 1e-30:
        return Evidence.inconclusive("balls too wide", widest=widest)
    detail = "norm and accumulated utility at the jump time, in balls of width below 1e-30"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=widest)


def enclosed(formula: DormantJump, context: Context) -> Evidence:
    """Balls: the norm at the jump time, and the quadrature of κ Û up to it against the threshold −log‖θ‖/η."""
    count, widest, detail = 0, 0.0, ""
    items: list[dict[str, Any]] = []
    for count, instance in enumerate(context.instances(24), start=1):
        one = norm_one_at_the_jump(formula, instance)
        if one.level is None:
            return replace(one, instances=one.instances and count)
        widest, detail = max(widest, one.figures["widest"]), one.detail
        if context.certificates:
            with flint.ctx.workprec(PRECISION):
                items += [_certificate(instance, c, _jump_and_misses(formula, instance, c)[0]) for c in CONVENTIONS]
    found = Evidence.of(Level.CERTIFIED, detail, instances=count, widest=widest)
    return found.certified_by("dormant-jump", items)


def _certificate(instance: Instance, convention: Convention, tau: flint.arb) -> dict[str, Any]:
    names = {"partial_derivative": "g", "angle": "φ_0", "eta": "η", "alpha": "α"}
    numbers = {field: str(instance[name]) for field, name in names.items()}
    return {**numbers, "convention": convention, "time": interval(tau)}


def _jump_and_misses(
    formula: DormantJump, instance: Instance, convention: Convention
) -> tuple[flint.arb, dict[str, flint.arb]]:
    """The jump time, and what should be zero there."""
    g, angle, eta, alpha = (ball(instance[name]) for name in ("g", "φ_0", "η", "α"))
    squared_start = _squared_norm(angle, alpha, convention)
    sigma = 1 if -instance["g"] * instance["φ_0"] >= 0 else -1
    start = ball_value(
        formula.signed_start(convention), {sym.sigma: sigma, sym.norm_0: squared_start.sqrt(), sym.alpha: alpha}
    )
    if instance["φ_0"] == 0:
        start = flint.arb(0)  # acosh(1) in balls: the ball around 1 reaches below it
    values = {sym.alpha: alpha, sym.c: start, sym.eta: eta, sym.U: abs(g) / 2}
    tau = ball_value(formula.jump_time(convention), values)
    utility = utility_integral(g, angle, eta, tau)
    return tau, {
        "log of the norm": _squared_norm(angle - eta * g * tau, alpha, convention).log(),
        "accumulated utility − threshold": utility + squared_start.log() / (2 * eta),
    }


def _squared_norm(angle: flint.arb, alpha: flint.arb, convention: Convention) -> flint.arb:
    start = {"paper": 2 * alpha * alpha, "slides": alpha * alpha}[convention]  # u² at the start, where v = 0
    return start * (angle.cosh() ** 2 + angle.sinh() ** 2)


def integrated_neurons(formula: DormantJump, context: Context) -> Evidence:
    """The weights of one coordinate, integrated until their norm is one; the first such time.

    Compared is the angle at which that happens: times times η |g|. A step errs by 1e-13 of the weights; of the growing
    one of u ± v that is at most e^(2|φ_0|) < 55 as much, while it is still the smaller. With some hundred steps and the
    event located on an interpolant of order seven, 1e-8 is allowed.
    """
    count, worst = 0, 0.0
    for count, instance in enumerate(context.instances(16), start=1):
        convention = CONVENTIONS[count % 2]
        seen = _integrated_jump(instance, convention)
        g, angle, eta, alpha = (float(instance[name]) for name in ("g", "φ_0", "η", "α"))
        start = 2 * angle * float(np.sign(-g))
        values = {sym.alpha: alpha, sym.c: start, sym.eta: eta, sym.U: abs(g) / 2}
        claimed = complex(formula.jump_time(convention).subs(values).evalf())
        miss = abs(claimed - seen) * eta * abs(g)
        worst = max(worst, miss)
        if not miss <= 1e-8:
            witness = {**instance, "convention": convention, "jump time": seen, "claimed": str(claimed)}
            return Evidence.refuted("an integrated neuron jumps at another time", witness, instances=count)
    return Evidence.of(Level.SAMPLED, "jump times of integrated neurons", instances=count, worst=worst)


def _integrated_jump(instance: Instance, convention: Convention) -> float:
    g, angle, eta, alpha = (float(instance[name]) for name in ("g", "φ_0", "η", "α"))
    size = {"paper": np.sqrt(2) * alpha, "slides": alpha}[convention]

    def norm_one(_: float, weights: Any) -> float:
        return float(np.log(np.dot(weights, weights)))

    norm_one.terminal = True  # type: ignore[attr-defined]
    run = solve_ivp(
        lambda _, weights: -eta * g * weights[::-1],
        (0.0, 1e6),
        [size * np.cosh(angle), size * np.sinh(angle)],
        method="DOP853",
        rtol=1e-13,
        atol=1e-16,
        events=norm_one,
    )
    return float(run.t_events[0][0])


def _starts_below_norm_one(instance: Instance) -> bool:
    """In either convention: the paper's norm is the larger. No rational φ_0 ≠ 0 and α leave the balls undecided."""
    with flint.ctx.workprec(PRECISION):
        return bool(_squared_norm(ball(instance["φ_0"]), ball(instance["α"]), "paper") < 1)


def _derived(formula: DormantJump) -> dict[str, Any]:
    """The signed start without a convention is that from the angle, and not under test here."""

    def start(convention: Convention | None) -> Expr:
        return closed_form.signed_start() if convention is None else formula.signed_start(convention)

    return {"jump_time": formula.jump_time, "signed_start": start}


def _with_threshold(inverse: Callable[[Convention], Expr]) -> Callable[[Convention], Expr]:
    return lambda convention: (acosh(inverse(convention)) - sym.c) / (4 * sym.eta * sym.U)


_CLOSED_FORM = DormantJump()

DIAG_04 = Claim(
    id="DIAG-04",
    system="diagonal",
    title="jump time of a dormant coordinate",
    statement="With the residual frozen a coordinate of norm ‖θ‖ < 1 and maximal normalised utility Û* becomes active "
    "after (arccosh(1/(2m)) − c)/(4 η Û*), where m = α² (paper) or α²/2 (slides) and c = σ arccosh(‖θ‖²/(2m)), σ = 1 "
    "if it grows from the start and −1 if it first shrinks.",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("kunin2025", "diagonal linear networks"),
    hypotheses=Hypotheses(
        (
            Quantity("g", nonzero=True, drawn=(-9, 9)),
            Quantity("φ_0", drawn=(-2, 2)),
            Quantity("η", 0, drawn=(0, 5)),
            Quantity("α", 0, drawn=(0, Fraction(1, 2))),
            Relation("‖θ‖ < 1", _starts_below_norm_one),
            FROZEN,
        )
    ),
    formula=_CLOSED_FORM,
    checks=(
        Check("symbolic", symbolic),
        Check("enclosed", enclosed),
        Check("integrated neurons", integrated_neurons),
        Check("derivation", partial(every_step, name="DIAG-04", parts=_derived)),
    ),
    mutants=(
        Mutant(
            "sign-of-start",
            replace(_CLOSED_FORM, jump_time=lambda c: closed_form.jump_time(c).subs(sym.c, -sym.c)),
            "wrong sign of c",
        ),
        Mutant(
            "sign-of-sigma",
            replace(_CLOSED_FORM, signed_start=lambda c: closed_form.signed_start(c).subs(sym.sigma, 1)),
            "σ = 1 also for neurons that first shrink",
        ),
        Mutant(
            "threshold-alpha",
            replace(_CLOSED_FORM, jump_time=_with_threshold(lambda c: 1 / sym.alpha)),
            "threshold α for 2α²",
        ),
        Mutant(
            "two-for-four",
            replace(_CLOSED_FORM, jump_time=lambda c: 2 * closed_form.jump_time(c)),
            "2 for 4 in the denominator",
        ),
    ),
    parts=(
        *by_choice(_CLOSED_FORM, "jump_time", CONVENTIONS, within={sym.alpha: (0, Fraction(1, 2))}),
        *by_choice(
            _CLOSED_FORM,
            "signed_start",
            CONVENTIONS,
            within={sym.alpha: (0, Fraction(1, 2)), sym.norm_0: (0, 1)},
            values={sym.sigma: (1, -1)},
        ),
    ),
    necessity=DIAG_04_NEEDS,
    probes=(Probe("norm one at the jump", norm_one_at_the_jump),),
)
