"""DIAG-07 and DIAG-08: alternating gradient flows are the limiting sequence on another clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, partial
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import flint
import sympy
from sympy import Basic, Expr, Order, cosh, log

from agf_theory.closed_form import diagonal as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.closed_form.diagonal import CONVENTIONS, Convention
from agf_theory.errors import UndecidedError
from agf_theory.numeric import diagonal as numeric
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.designs import EVERY_DESIGN, Design, with_leavers_first
from agf_theory.proofs_check.diagonal.frozen_necessity import DIAG_07_NEEDS
from agf_theory.proofs_check.diagonal.limiting_path import certified_path, design_witness
from agf_theory.proofs_check.diagonal.necessity import DIAG_08_NEEDS
from agf_theory.proofs_check.diagonal.path_certificates import interval, path_item
from agf_theory.proofs_check.diagonal.path_variations import WRONG_RULES, path_mutants
from agf_theory.proofs_check.diagonal.reference_path import Knot, Rules, follow, is_the_only_minimiser, quadratic_of
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, Outcome, weakest
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.identity import vanishes
from agf_theory.proofs_check.parts import Part, by_choice
from agf_theory.proofs_check.power_law import fit_power

__all__ = ["DIAG_07", "DIAG_08", "Clock"]

Ratio = Callable[[Convention], Expr]
Jumps = Sequence[tuple[Any, Sequence[Any]]]
"""Time and saddle of each jump."""

SCALES = ("0.6", "0.1", "1e-3", "1e-8", "1e-100")
PRECISION = 256
TERMS = 6
"""Terms of the series compared with the expanded level; the general one is the derivation's."""


@dataclass(frozen=True)
class Clock:
    """What DIAG-07 and DIAG-08 speak of.

    Attributes
    ----------
    ratio : function of the convention
        ρ as an expression in `symbols.alpha`.
    series : function of the number of powers of alpha**4 and the convention
        ρ expanded for small alpha.
    remainder : function of the number of powers
        Order of what the series leaves out.
    coefficient : function of the convention and, by name, `order`
        Of a power in the series, times log(1/alpha); of the power k without an order.
    jumps : function of a problem, an initialisation scale and a convention
        The alternating gradient flows: times and saddles, as balls at the current precision.
    """

    ratio: Ratio
    series: Callable[[int, Convention], Expr]
    remainder: Callable[[int], Order]
    coefficient: Callable[..., Expr]
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
        links += [_series_link(formula, order, convention, context) for order in range(1, TERMS + 1)]
        links += [_remainder_link(formula, order, convention, context) for order in range(TERMS)]
    return weakest(links).by_hand(
        "induction over the jumps, with one minimiser for both and leavers kept at their level in both"
    )


def terms_are_those_of_the_coefficient(formula: Clock, context: Context) -> Evidence:
    """Each term of the series, up to the twentieth, is the general coefficient that the derivation is about."""
    for convention in CONVENTIONS:
        for order in range(1, 21):
            term = formula.series(order, convention) - formula.series(order - 1, convention)
            coefficient = formula.coefficient(convention, order=order)
            general = formula.coefficient(convention).subs(sym.k, order)
            numbers = (sympy.expand(term * log(1 / sym.alpha) / sym.alpha ** (4 * order)), coefficient, general)
            if sympy.expand(numbers[0] - coefficient) != 0 or sympy.simplify(coefficient - general) != 0:
                witness = {"k": order, "convention": convention, "term, number, general": [str(n) for n in numbers]}
                return Evidence.refuted("a term of the series is not the general one", witness, instances=order)
    return Evidence.of(Level.EXACT, "terms of the series against the general coefficient", instances=40)


def _derived(formula: Clock) -> dict[str, Any]:
    return {"rho": formula.ratio, "rho_series_coefficient": formula.coefficient}


def _wait_link(formula: Clock, convention: Convention, sign: int, context: Context) -> Evidence:
    """DIAG-04 at the angle ρ log(1/α) s, for either sign of the partial derivative, against ρ × the limiting wait."""
    size, log_inverse = sympy.Symbol("h", positive=True), log(1 / sym.alpha)
    ratio = formula.ratio(convention)
    wait = closed_form.jump_time(convention).subs(
        {sym.c: -2 * sign * ratio * log_inverse * sym.s, sym.U: size / 2, sym.eta: log_inverse}
    )
    return vanishes(
        wait - ratio * closed_form.hitting_time().subs(sym.g, sign * size),
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
    expected = _expanded(convention, order)
    claimed = 2 * log(1 / sym.alpha) * (formula.series(order, convention) - 1)
    residual = sympy.expand(sympy.expand(claimed) - expected.subs(_X, sym.alpha**4))
    what = f"series of ρ in α⁴ to its term {TERMS}"
    return vanishes(residual, what=what, random=context.random(), within={sym.alpha: (0, Fraction(1, 2))})


@cache
def _expanded(convention: Convention, order: int) -> Expr:
    """log of the excess to the power `order` of x: the square root's series, and term by term that of its logarithm.

    x/E' E = Σ k c_k x^k term by term, so the c_k follow from the e_k by the recurrence k e_k = Σ j c_j e_(k−j).
    """
    excess = sympy.Poly(sympy.series(_excess(convention), _X, 0, order + 1).removeO(), _X).all_coeffs()[::-1]
    constant, e = excess[0], [coefficient / excess[0] for coefficient in excess]
    c: list[Expr] = [sympy.Integer(0)]
    for k in range(1, order + 1):
        c.append(e[k] - sum((j * c[j] * e[k - j] for j in range(1, k)), sympy.Integer(0)) / k)
    return log(constant) + sum((c[k] * _X**k for k in range(1, order + 1)), sympy.Integer(0))


def _remainder_link(formula: Clock, order: int, convention: Convention, context: Context) -> Evidence:
    """The first term left out is a constant times the stated order: their ratio does not depend on α."""
    left_out = formula.series(order + 1, convention) - formula.series(order, convention)
    ratio = sympy.simplify(left_out / formula.remainder(order).expr)
    if ratio == 0:
        return Evidence.inconclusive("nothing is left out of the series")
    what = "order of the remainder of the series"
    return vanishes(ratio.diff(sym.alpha), what=what, random=context.random(), within={sym.alpha: (0, Fraction(1, 2))})


def rescaled_path(formula: Clock, instance: Instance, *, scales: Sequence[str] = SCALES) -> Evidence:
    """Every jump of one problem in balls against ρ times the exact limiting sequence; the saddles are the same.

    Raises `UndecidedError` where balls cannot decide: exactly dependent active columns.
    """
    return _rescaled_path(formula, instance["problem"], scales)[0]


def _rescaled_path(formula: Clock, problem: DiagonalNetwork, scales: Sequence[str]) -> tuple[Evidence, dict[str, Any]]:
    """What is found, and its certificate."""
    path = certified_path(problem)
    runs: list[dict[str, Any]] = []
    found, widest = _compared(formula, problem, path, scales, runs)
    if found:
        return Evidence.refuted("another jump than ρ times the limiting one", found, instances=1), {}
    if not widest < 1e-30:
        return Evidence.inconclusive("balls too wide", widest=widest), {}
    detail = "jump times enclosed in balls of width below 1e-30, saddles equal, both conventions"
    figures = {"widest": widest, "leavers": _leavers(path)}
    return Evidence.of(Level.CERTIFIED, detail, instances=1, **figures), {**path_item(problem, path), "runs": runs}


def enclosed(formula: Clock, context: Context, *, count: int, scales: Sequence[str] = SCALES) -> Evidence:
    """Every jump in balls against ρ times the exact limiting sequence; the saddles are the same.

    Designs on which balls cannot decide (exactly dependent active columns) are left out, and counted.
    """
    number, undecided, leaving, widest, detail = 0, 0, 0, 0.0, ""
    items: list[dict[str, Any]] = []
    for problem in with_leavers_first(context.instances(count)):
        try:
            one, item = _rescaled_path(formula, problem, scales)
        except UndecidedError:
            undecided += 1
            continue
        number += 1
        if one.level is None:
            return replace(one, instances=one.instances and number)
        leaving, widest, detail = leaving + one.figures["leavers"], max(widest, one.figures["widest"]), one.detail
        if context.certificates:
            items.append(item)
    figures = {"widest": widest, "undecided_designs": undecided, "leavers": leaving, "scales": list(scales)}
    return Evidence.of(Level.CERTIFIED, detail, instances=number, **figures).certified_by("rescaled-path", items)


def _compared(
    formula: Clock, problem: DiagonalNetwork, path: Sequence[Knot], scales: Sequence[str], runs: list[dict[str, Any]]
) -> tuple[dict[str, Any], float]:
    """The first difference, and the widest ball; `runs` receives what was enclosed at each scale."""
    widest, loss = 0.0, quadratic_of(problem)
    for scale in map(InitScale, scales):
        for convention in CONVENTIONS:
            with flint.ctx.workprec(PRECISION):
                alpha = (-scale.log_inverse_ball()).exp()
                ratio = ball_value(formula.ratio(convention), {sym.alpha: alpha})
                jumps = formula.jumps(problem, scale, convention)
                expected = [
                    (
                        ratio * ball(knot.time),
                        list(map(ball, knot.coefficients)) if is_the_only_minimiser(loss, knot) else [],
                    )
                    for knot in path
                ]
                found, width = _first_difference(jumps, expected)
            if found:
                witness = design_witness(problem, found)
                return {**witness, "α": str(scale), "convention": convention}, widest
            widest = max(widest, width)
            enclosed = [{"time": interval(t), "coefficients": [interval(b) for b in saddle]} for t, saddle in jumps]
            runs.append({"alpha": str(scale.fraction), "convention": convention, "jumps": enclosed})
    return {}, widest


def _first_difference(jumps: Jumps, expected: Jumps) -> tuple[str, float]:
    """In times, and in saddles but for those that are one of several minimisers: no coefficients are expected there."""
    widest = 0.0
    if len(jumps) != len(expected):
        return f"{len(jumps)} jumps instead of {len(expected)}", widest
    for k, ((time, saddle), (limit, coefficients)) in enumerate(zip(jumps, expected, strict=True), start=1):
        if not time.overlaps(limit):
            return f"jump {k} at {time.str(15)} instead of {limit.str(15)}", widest
        pairs = list(zip(saddle, coefficients, strict=True)) if coefficients else []
        for i, (value, known) in enumerate(pairs):
            if not value.overlaps(known):
                return f"saddle {k}, coordinate {i}: {value.str(15)} instead of {known.str(15)}", widest
        differences = [time - limit, *(value - known for value, known in pairs)]
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


def converging_times(formula: Clock, instance: Instance) -> Evidence:
    """The powers with which the worst relative distance of one problem's jump times to their limit falls."""
    problem = instance["problem"]
    path = certified_path(problem)
    if not path:
        return Evidence.inconclusive("y orthogonal to every column: no jump, nothing to converge")
    off = dict.fromkeys(CONVENTIONS, 0.0)
    for convention in CONVENTIONS:
        measured = _distances(formula, problem, path, convention)
        if measured is None:
            witness = design_witness(problem, f"another number of jumps ({convention})")
            return Evidence.refuted("the jumps are not those of the limit", witness, instances=1)
        power = fit_power(*measured)
        off[convention] = abs(power.exponent - _EXPECTED[convention]) + power.uncertainty
        if not off[convention] < _OFF:
            what = f"power {power} instead of {_EXPECTED[convention]} ({convention})"
            return Evidence.refuted("no such convergence", design_witness(problem, what), instances=1)
    detail = "distance to the limit falls as α⁴/log(1/α) (paper) and 1/log(1/α) (slides), α = 1e-2 … 1e-1000"
    return Evidence.of(Level.CONVERGED, detail, instances=1, **{f"exponent_off_{k}": v for k, v in off.items()})


def observed_rate(formula: Clock, context: Context, *, count: int) -> Evidence:
    """The worst relative distance of the jump times to their limit, over decades, and the power it falls with.

    Paper: α⁴/(2 log(1/α)), so (distance × log(1/α)) falls as α⁴. Slides: log 2/(2 log(1/α)), so the distance falls as
    the first power of 1/log(1/α). Balls carry 4000 bits: at α = 1e-100 the paper's distance is 1e-403.
    """
    number, detail = 0, ""
    worst = {f"exponent_off_{convention}": 0.0 for convention in CONVENTIONS}
    for problem in with_leavers_first(context.instances(count)):
        one = converging_times(formula, {"problem": problem})
        if one.outcome is Outcome.INCONCLUSIVE:
            continue
        number += 1
        if one.level is None:
            return replace(one, instances=number)
        worst, detail = {name: max(worst[name], one.figures[name]) for name in worst}, one.detail
    return Evidence.of(Level.CONVERGED, detail, instances=number, **worst)


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
    remainder=closed_form.rho_series_remainder,
    coefficient=closed_form.rho_series_coefficient,
    jumps=enclosed_jumps,
)


_SMALL = {sym.alpha: (0, Fraction(1, 2))}
"""Where ρ is real in both conventions, and its series near it."""

_RATIO_PARTS = by_choice(_CLOSED_FORM, "ratio", CONVENTIONS, within=_SMALL)


def _series_parts(order: int) -> tuple[Part, ...]:
    """The series to one order, in one convention at a time."""

    def placed(chosen: Convention, expression: Basic) -> Clock:
        changed = lambda k, c: expression if (k, c) == (order, chosen) else _CLOSED_FORM.series(k, c)  # noqa: E731
        return replace(_CLOSED_FORM, series=changed)

    return tuple(
        Part(f"series to order {order}, {c}", _CLOSED_FORM.series(order, c), partial(placed, c), _SMALL)
        for c in CONVENTIONS
    )


def _wrong_from(order: int, convention: Convention, *, first: int) -> Expr:
    """Every term from one on doubled."""
    right = closed_form.rho_series(min(order, first - 1), convention=convention)
    return 2 * closed_form.rho_series(order, convention=convention) - right


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
    parts=_RATIO_PARTS,
    remark="Follows from DIAG-08, which says how fast.",
    necessity=DIAG_07_NEEDS,
    probes=(Probe("converging times", converging_times, examples=200),),
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
        Check("derivation", partial(every_step, name="DIAG-08", parts=_derived)),
        Check("terms", terms_are_those_of_the_coefficient),
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
        Mutant(
            "series-wrong-from-its-fourth-term",
            replace(_CLOSED_FORM, series=partial(_wrong_from, first=4)),
            "a series that is right to its third term",
        ),
        Mutant(
            "series-wrong-from-its-tenth-term",
            replace(_CLOSED_FORM, series=partial(_wrong_from, first=10)),
            "a series that is right to its ninth term",
        ),
        Mutant(
            "remainder-one-power-late",
            replace(_CLOSED_FORM, remainder=lambda order: closed_form.rho_series_remainder(order + 1)),
            "a remainder one power too small",
        ),
        *_jump_mutants(_CLOSED_FORM, WRONG_RULES, WRONG_ANGLES),
    ),
    parts=(*_RATIO_PARTS, *_series_parts(3)),
    necessity=DIAG_08_NEEDS,
    probes=(Probe("rescaled path", rescaled_path, examples=200),),
)
