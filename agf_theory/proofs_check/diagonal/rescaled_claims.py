"""DIAG-07 and DIAG-08: alternating gradient flows are the limiting sequence on another clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from types import MappingProxyType

import flint
from sympy import Basic, Expr

from agf_theory.closed_form import diagonal as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball
from agf_theory.closed_form.diagonal import CONVENTIONS, Convention
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.diagonal.clock import CLOSED_FORM, Clock, Jumps
from agf_theory.proofs_check.diagonal.designs import EVERY_DESIGN, Design
from agf_theory.proofs_check.diagonal.frozen_necessity import DIAG_07_NEEDS
from agf_theory.proofs_check.diagonal.limiting_path import certified_path
from agf_theory.proofs_check.diagonal.necessity import DIAG_08_NEEDS
from agf_theory.proofs_check.diagonal.path_variations import WRONG_RULES, path_mutants
from agf_theory.proofs_check.diagonal.reference_path import Knot, Rules, follow
from agf_theory.proofs_check.diagonal.rescaled_level import (
    derived_parts,
    symbolic,
    terms_are_those_of_the_coefficient,
)
from agf_theory.proofs_check.diagonal.rescaled_limit import converging_times, observed_rate, ratio_tends_to_one
from agf_theory.proofs_check.diagonal.rescaled_path import enclosed, rescaled_path
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.hypotheses import Hypotheses
from agf_theory.proofs_check.parts import Part, by_choice

__all__ = ["DIAG_07", "DIAG_08"]


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


_SMALL = {sym.alpha: (0, Fraction(1, 2))}
"""Where ρ is real in both conventions, and its series near it."""

_RATIO_PARTS = by_choice(CLOSED_FORM, "ratio", CONVENTIONS, within=_SMALL)


def _series_parts(order: int) -> tuple[Part, ...]:
    """The series to one order, in one convention at a time."""

    def placed(chosen: Convention, expression: Basic) -> Clock:
        changed = lambda k, c: expression if (k, c) == (order, chosen) else CLOSED_FORM.series(k, c)  # noqa: E731
        return replace(CLOSED_FORM, series=changed)

    return tuple(
        Part(f"series to order {order}, {c}", CLOSED_FORM.series(order, c), partial(placed, c), _SMALL)
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
    formula=CLOSED_FORM,
    checks=(Check("observed rate", partial(observed_rate, count=12)), Check("limit of ρ", ratio_tends_to_one)),
    mutants=_jump_mutants(CLOSED_FORM, WITHOUT_TIES, ("threshold-alpha", "utility-not-normalised")),
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
    formula=CLOSED_FORM,
    checks=(
        Check("enclosed", partial(enclosed, count=40)),
        Check("symbolic", symbolic),
        Check("derivation", partial(every_step, name="DIAG-08", parts=derived_parts)),
        Check("terms", terms_are_those_of_the_coefficient),
        Check("many enclosed", partial(enclosed, count=400), Cost.FULL, time_limit=240),
    ),
    mutants=(
        Mutant(
            "other-convention",
            replace(CLOSED_FORM, ratio=lambda convention: closed_form.rho(_other(convention))),
            "ρ of the other convention",
        ),
        Mutant(
            "series-of-other-convention",
            replace(CLOSED_FORM, series=lambda k, convention: closed_form.rho_series(k, convention=_other(convention))),
            "series of the other convention",
        ),
        Mutant(
            "series-wrong-from-its-fourth-term",
            replace(CLOSED_FORM, series=partial(_wrong_from, first=4)),
            "a series that is right to its third term",
        ),
        Mutant(
            "series-wrong-from-its-tenth-term",
            replace(CLOSED_FORM, series=partial(_wrong_from, first=10)),
            "a series that is right to its ninth term",
        ),
        Mutant(
            "remainder-one-power-late",
            replace(CLOSED_FORM, remainder=lambda order: closed_form.rho_series_remainder(order + 1)),
            "a remainder one power too small",
        ),
        *_jump_mutants(CLOSED_FORM, WRONG_RULES, WRONG_ANGLES),
    ),
    parts=(*_RATIO_PARTS, *_series_parts(3)),
    necessity=DIAG_08_NEEDS,
    probes=(Probe("rescaled path", rescaled_path, examples=200),),
)
