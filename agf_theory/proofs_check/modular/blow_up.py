"""MOD-10: the blow-up time of a mode, and what it says about a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import numpy as np
import sympy

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses
from agf_theory.proofs_check.modular.blow_up_times import (
    BlowUp,
    at_one_mode,
    claimed_time,
    enclosed_flows,
    in_floats,
    never_in_every_case,
)
from agf_theory.proofs_check.modular.dormant_modes import FROZEN, HAS_TEMPLATE, DormantMode, Gaussian, ModeOfNeuron
from agf_theory.proofs_check.modular.small_networks import crossing_times
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import by_choice, without_arguments

__all__ = ["MOD_10"]

_TEMPLATE = (2.0, -1.0, -1.0)
_START = np.array(
    [
        [[0.1, -0.1, 0.6], [0.1, -0.5, 0.4]],
        [[1.3, 0.9, -0.7], [-1.3, -0.6, 0.0]],
        [[-2.3, -0.2, -1.2], [-0.7, -0.5, -0.3]],
    ]
)
_SCALES = (1e-2, 1e-3)


def small_networks(formula: BlowUp, context: Context) -> Evidence:
    """Two neurons modulo three, trained as a network: the first activates at its blow-up time, the second does not."""
    modes = [_mode(i) for i in range(2)]
    with flint.ctx.workprec(128):
        claimed = np.array([float(claimed_time(formula, mode).mid()) for mode in modes])
    first, second = np.argsort(claimed)
    seen = [crossing_times(_TEMPLATE, _START, scale, 4 * claimed.max()) for scale in _SCALES]
    misses = np.array([np.abs(times / claimed - 1) for times in seen])
    figures = {"claimed": claimed, "seen": seen[-1], "misses_of_first": misses[:, first]}
    # From norm 0.3 on a growing neuron has a time of order one left: the miss is of the order of the scale.
    if not misses[1, first] < misses[0, first] / 5:
        return Evidence.refuted("the first activation does not approach the least blow-up time", figures)
    if formula.later_too and misses[1, second] > 0.1:
        return Evidence.refuted("the second neuron of a class activates at another time", figures)
    if not misses[1, second] > 0.1:
        return Evidence.inconclusive("the second neuron activates at its blow-up time here", **figures)
    detail = "first activation off by the order of the scale; the second one, inside the class, by more than a tenth"
    return Evidence.of(Level.SAMPLED, detail, instances=len(_SCALES), **figures)


def _mode(i: int) -> DormantMode:
    """The mode of one neuron at frequency 1, the floats of its coefficients taken as exact."""
    phases = np.exp(-2j * np.pi * np.arange(3) / 3)
    u, v, w = (_exact(complex(weights[i] @ phases)) for weights in _START)
    return DormantMode(3, u, v, w, (Fraction(3), Fraction(0)))


def _exact(value: complex) -> Gaussian:
    return Fraction(value.real), Fraction(value.imag)


def another_time(formula: BlowUp, witness: Mapping[str, Any]) -> Evidence:
    """A balanced, aligned mode whose template grows fourfold at a time: 1/|û| falls by C|x̂| a unit of time."""
    mode, change, later = witness["mode"], witness["t"], witness["later"]
    amplitude, size = mode.u[0], mode.x[0]
    speed, new_speed = (2 * each**3 / Fraction(mode.p) ** 2 for each in (size, later))
    seen = change + (1 / amplitude - speed * change) / new_speed
    with flint.ctx.workprec(128):
        values = {sym.template_size: size, sym.modulus: mode.p, sym.size_u: amplitude}
        claimed = ball_value(formula.aligned(), values)
        fails = bool(claimed > flint.fmpq(seen.numerator, seen.denominator))
    said = {"mode": str(mode), "t": str(change), "later": str(later)}
    return failure(fails, Level.CERTIFIED, "the mode becomes infinite earlier", said, claimed=claimed.str(8), seen=seen)


def no_time(formula: BlowUp, witness: Mapping[str, Any]) -> Evidence:
    """Without a template nothing moves, and the formula divides by zero."""
    value = formula.aligned().subs(sym.template_size, 0)
    detail = "the mode stands still, and the formula has no finite value"
    none = bool(value.has(sympy.zoo, sympy.nan, sympy.oo))
    return failure(none, Level.EXACT, detail, {"mode": str(witness["mode"])}, value=str(value))


_OWN = BlowUp()
_ONE: Gaussian = (Fraction(1), Fraction(0))
_ALIGNED = DormantMode(2, _ONE, _ONE, _ONE, _ONE)
_WITHIN = {sym.gap_1: (0, 1), sym.gap_2: (1, 9), sym.gap_3: (1, 9)}


def _at_rate(rate: sympy.Expr) -> BlowUp:
    """All times with another rate in the place of C|x̂|."""
    factor = closed_form.activation_rate() / rate
    return replace(
        _OWN,
        rate=lambda: rate,
        growing=lambda: closed_form.growing_blow_up_time() * factor,
        turning=lambda: closed_form.turning_blow_up_time() * factor,
        legendre=lambda growing: closed_form.legendre_blow_up_time(growing) * factor,
        aligned=lambda: closed_form.aligned_blow_up_time() * factor,
    )


MOD_10 = Claim(
    id="MOD-10",
    system="modular",
    title="blow-up time of a mode",
    statement="With the residual frozen a mode becomes infinite at T = R_F(y_1, y_2, y_3)/(C|x̂|) if Re Z_0 ≥ 0 and at "
    "T = [2R_F(0, y_2 − y_1, y_3 − y_1) − R_F(y_1, y_2, y_3)]/(C|x̂|) if Re Z_0 < 0, y_1 the least real root of "
    "(|û|² − y)(|v̂|² − y)(|ŵ|² − y) = h²; never iff h = 0, Re Z_0 ≤ 0 and the two least amplitudes are equal.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "dormant phase of modular addition"),
    hypotheses=Hypotheses((ModeOfNeuron(), HAS_TEMPLATE, FROZEN)),
    formula=_OWN,
    checks=(
        Check("enclosed flows", enclosed_flows),
        Check("never", never_in_every_case),
        Check("floats", in_floats),
        Check("small networks", small_networks),
        Check(
            "derivation",
            partial(
                every_step,
                name="MOD-10",
                parts=lambda formula: {
                    "rate": formula.rate,
                    "cubic": formula.cubic,
                    "growing": formula.growing,
                    "turning": formula.turning,
                    "legendre": formula.legendre,
                    "aligned": formula.aligned,
                },
            ),
        ),
    ),
    mutants=(
        Mutant(
            "no-turn",
            replace(
                _OWN,
                turning=closed_form.growing_blow_up_time,
                legendre=lambda growing: closed_form.legendre_blow_up_time(),
            ),
            "the formula of Re Z ≥ 0 on both branches",
        ),
        Mutant("c-over-p-cubed", _at_rate(2 * sym.template_size**3 / sym.modulus**3), "C = 2|x̂|²/p³"),
        Mutant("c-over-p", _at_rate(2 * sym.template_size**3 / sym.modulus), "C = 2|x̂|²/p"),
        Mutant("first-power", _at_rate(2 * sym.template_size / sym.modulus**2), "|x̂| for |x̂|³ in C|x̂|"),
        Mutant(
            "h-dropped",
            replace(_OWN, cubic=lambda: closed_form.invariant_cubic().subs(sym.imaginary_part, 0)),
            "the roots for h = 0",
        ),
        Mutant("later-too", replace(_OWN, later_too=True), "T for later activations inside a class that is active"),
        Mutant(
            "never-if-wrong-sign",
            replace(_OWN, never=lambda: sympy.And(sympy.Eq(sym.imaginary_part, 0), sym.real_part < 0)),
            "infinite for every real mode with Re Z < 0",
        ),
        Mutant(
            "always-at-some-time",
            replace(_OWN, never=lambda: sympy.Lt(sym.size_w, 0)),
            "no mode stays finite",
        ),
    ),
    remark="The roots are those of the source's cubic in q, as y = q_0 − q: in this form u, v, w are on one footing, "
    "and Legendre's form needs no complex arguments and is one formula for both branches. In a network the least T is "
    "the first activation time to leading order as the scale tends to zero; later neurons of a class that is active "
    "follow another flow.",
    necessity=(
        Necessity(FROZEN, {"mode": _ALIGNED, "t": Fraction(1), "later": Fraction(4)}, another_time, (HAS_TEMPLATE,)),
        Necessity(
            HAS_TEMPLATE,
            {"mode": replace(_ALIGNED, x=(Fraction(0), Fraction(0)))},
            no_time,
            (FROZEN,),
        ),
    ),
    parts=(
        *without_arguments(_OWN, "rate"),
        *without_arguments(_OWN, "cubic"),
        *without_arguments(_OWN, "growing", within=_WITHIN),
        *without_arguments(_OWN, "turning", within=_WITHIN),
        *by_choice(_OWN, "legendre", (False,)),
        *without_arguments(_OWN, "aligned"),
    ),
    probes=(Probe("one mode", at_one_mode, examples=60, starts=1),),
)
