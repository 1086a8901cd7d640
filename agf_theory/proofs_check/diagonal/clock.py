"""DIAG-07 and DIAG-08: alternating gradient flows are the limiting sequence on another clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import flint
import sympy
from sympy import Expr, cosh, log

from agf_theory.closed_form import diagonal as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.diagonal import CONVENTIONS, Convention
from agf_theory.errors import UndecidedError
from agf_theory.numeric import diagonal as numeric
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.proofs_check.ball_evaluation import ball, ball_value
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.designs import EVERY_DESIGN, Design, with_leavers_first
from agf_theory.proofs_check.diagonal.limiting_path import certified_path, design_witness
from agf_theory.proofs_check.diagonal.necessity import DIAG_08_NEEDS
from agf_theory.proofs_check.diagonal.path_certificates import interval, path_item
from agf_theory.proofs_check.diagonal.path_variations import WRONG_RULES, path_mutants
from agf_theory.proofs_check.diagonal.reference_path import Knot, Rules, follow
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.hypotheses import Hypotheses
from agf_theory.proofs_check.identity import vanishes
from agf_theory.proofs_check.power_law import fit_power

__all__ = ["DIAG_07", "DIAG_08", "Clock"]

Ratio = Callable[[Convention], Expr]
Jumps = Sequence[tuple[Any, Sequence[Any]]]
"""Time and saddle of each jump."""

SCALES = ("0.6", "0.1", "1e-3", "1e-8", "1e-100")
PRECISION = 256


@dataclass(frozen=True)
class Clock:
    """What DIAG-07 and DIAG-08 speak of.

    Attributes
    ----------
    ratio : function of the convention
        ρ as an expression in `symbols.alpha`.
    series : function of the number of powers of alpha**4 and the convention
        ρ expanded for small alpha.
    jumps : function of a problem, an initialisation scale and a convention
        The alternating gradient flows: times and saddles, as balls at the current precision.
    """

    ratio: Ratio
    series: Callable[[int, Convention], Expr]
    jumps: Callable[[DiagonalNetwork, InitScale, Convention], Jumps]


def enclosed_jumps(problem: DiagonalNetwork, init_scale: InitScale, convention: Convention) -> Jumps:
    """Alternating gradient flows by `agf_theory.numeric`, in balls at the current precision."""
    sequence = numeric.alternating_gradient_flows(
        problem, init_scale, convention=convention, arithmetic="ball", precision=flint.ctx.prec
    )
    return list(zip(sequence.jump_times, sequence.saddles, strict=True))


def symbolic(formula: Clock, context: Context) -> Evidence:
    """By induction over the jumps: if every angle is ρ log(1/α) s, the next jump comes after ρ times the limiting wait.

    Then all angles again are ρ log(1/α) s, the same coordinates stand at the same boundary, and the saddle is the same.
    The level is where the norm is one: 2m cosh(2 ρ log(1/α)) = 1, with m = α² (paper) or α²/2 (slides). It is met by
    2 (ρ − 1) log(1/α) = log((1 + √(1 − 4x))/2), x = α⁴ (slides: log(1 + √(1 − x))), whose series is that of ρ.
    """
    links = [_wait_link(formula, convention, sign, context) for convention in CONVENTIONS for sign in (1, -1)]
    for convention in CONVENTIONS:
        start = {"paper": 2 * sym.alpha**2, "slides": sym.alpha**2}[convention]
        angle = sympy.simplify(formula.ratio(convention) * log(1 / sym.alpha))
        links.append(
            vanishes(
                start * cosh(2 * angle) - 1,
                what="norm one at the level ρ log(1/α)",
                random=context.random(),
                within={sym.alpha: (0, Fraction(1, 2))},
            )
        )
        links.append(_excess_link(convention, context))
        links += [_series_link(formula, order, convention, context) for order in (1, 2, 3)]
    return weakest(links).by_hand(
        "induction over the jumps, with one minimiser for both and leavers kept at their level in both"
    )


def _wait_link(formula: Clock, convention: Convention, sign: int, context: Context) -> Evidence:
    """DIAG-04 at the angle ρ log(1/α) s, for either sign of the partial derivative, against ρ × the limiting wait."""
    size, log_inverse = sympy.Symbol("h", positive=True), log(1 / sym.alpha)
    ratio = formula.ratio(convention)
    wait = closed_form.jump_time(convention).subs(
        {sym.c: -2 * sign * ratio * log_inverse * sym.s, sym.U: size / 2, sym.eta: log_inverse}
    )
    return vanishes(
        wait - ratio * (1 + sign * sym.s) / size,
        what="a wait is ρ times the limiting one",
        random=context.random(),
        within={sym.alpha: (0, Fraction(1, 2)), sym.s: (-1, 1)},
    )


_X = sympy.Symbol("x", positive=True)
"""alpha**4"""


def _excess(convention: Convention) -> Expr:
    """e^(2 (ρ − 1) log(1/α)), of x = alpha**4."""
    return {"paper": (1 + sympy.sqrt(1 - 4 * _X)) / 2, "slides": 1 + sympy.sqrt(1 - _X)}[convention]


def _excess_link(convention: Convention, context: Context) -> Evidence:
    """2m cosh(2 ρ log(1/α)) = 1, with e^(2 ρ log(1/α)) = E/α² in exponentials; of the two roots E the one above α²."""
    excess = _excess(convention)
    start = {"paper": 2, "slides": 1}[convention]  # 2m/α²
    return vanishes(
        start * (excess + _X / excess) / 2 - 1,
        what="norm one, without hyperbolic functions",
        random=context.random(),
        within={_X: (0, Fraction(1, 4))},
    )


def _series_link(formula: Clock, order: int, convention: Convention, context: Context) -> Evidence:
    expected = sympy.series(log(_excess(convention)), _X, 0, order + 1).removeO()
    claimed = 2 * log(1 / sym.alpha) * (formula.series(order, convention) - 1)
    residual = sympy.expand(sympy.simplify(claimed)) - expected.subs(_X, sym.alpha**4)
    what = "series of ρ in α⁴ to its third term"
    return vanishes(sympy.expand(residual), what=what, random=context.random(), within={sym.alpha: (0, Fraction(1, 2))})


def enclosed(formula: Clock, context: Context, *, count: int, scales: Sequence[str] = SCALES) -> Evidence:
    """Every jump in balls against ρ times the exact limiting sequence; the saddles are the same.

    Designs on which balls cannot decide (exactly dependent active columns) are left out, and counted.
    """
    number, undecided, leaving, widest = 0, 0, 0, 0.0
    items: list[dict[str, Any]] = []
    for problem in with_leavers_first(context.instances(count)):
        path = certified_path(problem)
        runs: list[dict[str, Any]] = []
        try:
            found, width = _compared(formula, problem, path, scales, runs)
        except UndecidedError:
            undecided += 1
            continue
        number += 1
        if found:
            return Evidence.refuted("another jump than ρ times the limiting one", found, instances=number)
        leaving += _leavers(path)
        widest = max(widest, width)
        if context.certificates:
            items.append({**path_item(problem, path), "runs": runs})
    figures = {"widest": widest, "undecided_designs": undecided, "leavers": leaving, "scales": list(scales)}
    if not widest < 1e-30:
        return Evidence.inconclusive("balls too wide", **figures)
    detail = "jump times enclosed in balls of width below 1e-30, saddles equal, both conventions"
    return Evidence.of(Level.CERTIFIED, detail, instances=number, **figures).certified_by("rescaled-path", items)


def _compared(
    formula: Clock, problem: DiagonalNetwork, path: Sequence[Knot], scales: Sequence[str], runs: list[dict[str, Any]]
) -> tuple[dict[str, Any], float]:
    """The first difference, and the widest ball; `runs` receives what was enclosed at each scale."""
    widest = 0.0
    for scale in map(InitScale, scales):
        for convention in CONVENTIONS:
            with flint.ctx.workprec(PRECISION):
                alpha = (-scale.log_inverse_ball()).exp()
                ratio = ball_value(formula.ratio(convention), {sym.alpha: alpha})
                jumps = formula.jumps(problem, scale, convention)
                expected = [(ratio * ball(knot.time), list(map(ball, knot.coefficients))) for knot in path]
                found, width = _first_difference(jumps, expected)
            if found:
                witness = design_witness(problem, found)
                return {**witness, "α": str(scale), "convention": convention}, widest
            widest = max(widest, width)
            enclosed = [{"time": interval(t), "coefficients": [interval(b) for b in saddle]} for t, saddle in jumps]
            runs.append({"alpha": str(scale.fraction), "convention": convention, "jumps": enclosed})
    return {}, widest


def _first_difference(jumps: Jumps, expected: Jumps) -> tuple[str, float]:
    widest = 0.0
    if len(jumps) != len(expected):
        return f"{len(jumps)} jumps instead of {len(expected)}", widest
    for k, ((time, saddle), (limit, coefficients)) in enumerate(zip(jumps, expected, strict=True), start=1):
        if not time.overlaps(limit):
            return f"jump {k} at {time.str(15)} instead of {limit.str(15)}", widest
        for i, (value, known) in enumerate(zip(saddle, coefficients, strict=True)):
            if not value.overlaps(known):
                return f"saddle {k}, coordinate {i}: {value.str(15)} instead of {known.str(15)}", widest
        differences = [time - limit, *(v - c for v, c in zip(saddle, coefficients, strict=True))]
        widest = max(widest, *(float(difference.rad()) for difference in differences))
    return "", widest


def _leavers(path: Sequence[Knot]) -> int:
    signs = [[bool(value) for value in knot.coefficients] for knot in path]
    return sum(a and not b for p, q in pairwise(signs) for a, b in zip(p, q, strict=True))


def ratio_tends_to_one(formula: Clock, context: Context) -> Evidence:
    """The limit of ρ and of its series, as log(1/α) tends to infinity; DIAG-08 does the rest."""
    links = [symbolic(formula, context)]
    for convention in CONVENTIONS:
        exact = 1 + log(_excess(convention).subs(_X, sympy.exp(-4 * sym.eta))) / (2 * sym.eta)
        limits = (
            sympy.limit(exact, sym.eta, sympy.oo),
            sympy.limit(formula.series(1, convention), sym.alpha, 0, "+"),
        )
        links += [vanishes(limit - 1, what="ρ tends to 1", random=context.random()) for limit in limits]
    return weakest(links)


def observed_rate(formula: Clock, context: Context, *, count: int) -> Evidence:
    """The worst relative distance of the jump times to their limit, over decades, and the power it falls with.

    Paper: α⁴/(2 log(1/α)), so (distance × log(1/α)) falls as α⁴. Slides: log 2/(2 log(1/α)), so the distance falls as
    the first power of 1/log(1/α). Balls carry 4000 bits: at α = 1e-100 the paper's distance is 1e-403.
    """
    number, worst = 0, dict.fromkeys(CONVENTIONS, 0.0)
    for problem in with_leavers_first(context.instances(count)):
        if not (path := certified_path(problem)):
            continue  # y orthogonal to every column: no jump, nothing to converge
        number += 1
        for convention in CONVENTIONS:
            measured = _distances(formula, problem, path, convention)
            if measured is None:
                witness = design_witness(problem, f"another number of jumps ({convention})")
                return Evidence.refuted("the jumps are not those of the limit", witness, instances=number)
            power = fit_power(*measured)
            worst[convention] = max(worst[convention], abs(power.exponent - _EXPECTED[convention]) + power.uncertainty)
            if not worst[convention] < _OFF:
                what = f"power {power} instead of {_EXPECTED[convention]} ({convention})"
                return Evidence.refuted("no such convergence", design_witness(problem, what), instances=number)
    detail = "distance to the limit falls as α⁴/log(1/α) (paper) and 1/log(1/α) (slides), α = 1e-2 … 1e-1000"
    figures = {f"exponent_off_{name}": value for name, value in worst.items()}
    return Evidence.of(Level.CONVERGED, detail, instances=number, **figures)


_EXPECTED = {"paper": 4, "slides": 1}
_DECADES = {"paper": ("1e-2", "1e-5", "1e-10", "1e-30", "1e-100"), "slides": ("1e-2", "1e-10", "1e-100", "1e-1000")}
_OFF = 1e-6
"""The next terms of either series are of relative size α⁴, below 1e-7 from α = 1e-2 on; they tilt the line by less."""


def _distances(
    formula: Clock, problem: DiagonalNetwork, path: Sequence[Knot], convention: Convention
) -> tuple[list[float], list[float]] | None:
    """Logarithms of the small parameter and of the worst distance; None if there are other jumps."""
    small, distances = [], []
    for scale in map(InitScale, _DECADES[convention]):
        with flint.ctx.workprec(4000):
            jumps = formula.jumps(problem, scale, convention)
            if len(jumps) != len(path):
                return None
            off = [abs(time / ball(knot.time) - 1) for (time, _), knot in zip(jumps, path, strict=True)]
            log_inverse, farthest = scale.log_inverse_ball(), max(off, key=lambda distance: distance.mid())
            if convention == "paper":
                small.append(-float(log_inverse))
                distances.append(float((farthest * log_inverse).log()))
            else:
                small.append(-float(log_inverse.log()))
                distances.append(float(farthest.log()))
    return small, distances


def _jumps_by(problem: DiagonalNetwork, init_scale: InitScale, convention: Convention, *, rules: Rules) -> Jumps:
    """Alternating gradient flows as the reference path has them, on the right clock."""
    return _on_the_clock(follow(problem, rules), lambda inverse: inverse.acosh(), init_scale, convention)


def _jumps_at(
    problem: DiagonalNetwork,
    init_scale: InitScale,
    convention: Convention,
    *,
    angle: Callable[[flint.arb], flint.arb],
) -> Jumps:
    """The right path, with neurons that become active at another angle, a function of 1/(2m)."""
    return _on_the_clock(certified_path(problem), angle, init_scale, convention)


def _on_the_clock(
    path: Sequence[Knot], angle: Callable[[flint.arb], flint.arb], init_scale: InitScale, convention: Convention
) -> Jumps:
    start = {"paper": 2, "slides": 1}[convention]  # 2m/α²
    log_inverse = init_scale.log_inverse_ball()
    ratio = angle((2 * log_inverse).exp() / start) / (2 * log_inverse)
    return [(ratio * ball(knot.time), list(map(ball, knot.coefficients))) for knot in path]


WRONG_ANGLES: Mapping[str, tuple[Callable[[flint.arb], flint.arb], str]] = MappingProxyType(
    {
        "threshold-alpha": (
            lambda inverse: inverse.sqrt().acosh(),
            "threshold for the norm where its square is meant: tends to half",
        ),
        "threshold-logarithm": (lambda inverse: inverse.log(), "log(1/(2m)) for arccosh(1/(2m))"),
        "threshold-asinh": (lambda inverse: inverse.asinh(), "arcsinh for arccosh"),
        "norm-two": (lambda inverse: (4 * inverse).acosh(), "activation at norm two"),
        "utility-not-normalised": (lambda inverse: inverse.acosh() / 2, "utility |g| for its maximum |g|/2"),
    }
)


def _jump_mutants(formula: Clock, rules: Iterable[str], angles: Iterable[str]) -> tuple[Mutant, ...]:
    """Wrong routines for the jumps: another rule of the path, or another angle of activation."""
    by_rules = path_mutants(lambda wrong: replace(formula, jumps=partial(_jumps_by, rules=wrong)), rules)
    by_angle = (
        Mutant(name, replace(formula, jumps=partial(_jumps_at, angle=WRONG_ANGLES[name][0])), WRONG_ANGLES[name][1])
        for name in angles
    )
    return (*by_rules, *by_angle)


def _other(convention: Convention) -> Convention:
    return "slides" if convention == "paper" else "paper"


_CLOSED_FORM = Clock(
    ratio=closed_form.rho,
    series=lambda order, convention: closed_form.rho_series(order, convention=convention),
    jumps=enclosed_jumps,
)

WITHOUT_TIES = tuple(name for name in WRONG_RULES if name != "ties-broken")
"""Where nobody ties, one arrival at a time is the rule."""

DIAG_07 = Claim(
    id="DIAG-07",
    system="diagonal",
    title="alternating gradient flows tend to the limiting sequence",
    statement="As α tends to zero the saddles of alternating gradient flows and their jump times, divided by log(1/α), "
    "tend to those of the limiting sequence.",
    kind=Kind.LIMIT,
    status=Status.THEOREM,
    source=Source("kunin2025", "diagonal linear networks"),
    hypotheses=Hypotheses((Design(("gaussian", "correlated", "few samples", "square", "orthogonal")),)),
    formula=_CLOSED_FORM,
    checks=(Check("observed rate", partial(observed_rate, count=12)), Check("limit of ρ", ratio_tends_to_one)),
    mutants=_jump_mutants(_CLOSED_FORM, WITHOUT_TIES, ("threshold-alpha", "utility-not-normalised")),
    remark="Follows from DIAG-08, which says how fast.",
)

DIAG_08 = Claim(
    id="DIAG-08",
    system="diagonal",
    title="alternating gradient flows on a rescaled clock",
    statement="At every α from which neurons start below norm one the saddles of alternating gradient flows are those "
    "of the limiting sequence, and every jump time divided by log(1/α) is ρ(α) = arccosh(1/(2m))/(2 log(1/α)) times "
    "the limiting one, m = α² (paper, α < 1/√2) or α²/2 (slides, α < 1).",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "docs/diagonal_networks.md, Finite α: the same path, another clock"),
    hypotheses=Hypotheses((Design(EVERY_DESIGN),)),
    formula=_CLOSED_FORM,
    checks=(
        Check("enclosed", partial(enclosed, count=40)),
        Check("symbolic", symbolic),
        Check("many enclosed", partial(enclosed, count=400), Cost.FULL, time_limit=240),
    ),
    mutants=(
        Mutant(
            "other-convention",
            replace(_CLOSED_FORM, ratio=lambda convention: closed_form.rho(_other(convention))),
            "ρ of the other convention",
        ),
        Mutant(
            "series-of-other-convention",
            replace(
                _CLOSED_FORM, series=lambda k, convention: closed_form.rho_series(k, convention=_other(convention))
            ),
            "series of the other convention",
        ),
        *_jump_mutants(_CLOSED_FORM, WRONG_RULES, WRONG_ANGLES),
    ),
    necessity=DIAG_08_NEEDS,
)
